import Basics
@testable import Definition
import StageKit
import Standards
import TestSupport
import Testing

@testable import Ingest

/// What senders say of their files, and what is refused before anything is used.
struct StatementTests {
  static let rows = "A1|6|D001|CNY|100.00|0\nA2|6|D001|CNY|-0.50|1\n"
  static let name = "accounts_20261120.txt"

  private func bench(
    control: [StatementColumn]? = nil, separator: String = "|", headerLines: Int = 0, header: [StatementColumn]? = nil,
    trailer: [StatementColumn]? = nil
  ) throws -> IngestBench {
    var bench = try IngestBench()
    var accounts = IngestBench.accounts
    accounts.arrival.control = control.map {
      ControlStatement(
        FilePattern("core_{date:yyyyMMdd}.ctl"), separator: separator, columns: $0, headerLines: headerLines)
    }
    accounts.arrival.header = header.map { MarkedStatement("HEADER", columns: $0) }
    accounts.arrival.trailer = trailer.map { MarkedStatement("TRAILER", columns: $0) }
    bench.sources = [accounts]
    return bench
  }

  private func problems(_ bench: IngestBench, _ extract: String, control: String? = nil) throws -> [String] {
    try bench.deliver(extract, as: Self.name)
    if let control { try bench.deliver(control, as: "core_20261120.ctl") }
    do {
      _ = try bench.run()
      return []
    } catch let problems as Problems {
      #expect(problems.kind == .data)
      return problems.list.map(\.description)
    }
  }

  // MARK: Control files

  static let allColumns: [StatementColumn] = [
    .ignored, .file, .date("yyyyMMdd"), .rows, .bytes, .sum(nil), .sum("balance"), .sha256, .md5, .ignored,
  ]

  /// A line of `allColumns` that is true, but for the columns given.
  private static func line(_ wrong: [Int: String] = [:]) -> String {
    let sha256 = "50ca3df6bfca7b98ef9a2dd7a4dc48b2c1ef55a2a4a7bc9b1c9b8ac0dbaf5d2f"
    let fields = ["1", name, "20261120", "2", "45", "99.50", "99.50", sha256, "0", "remark"]
    return fields.enumerated().map { wrong[$0.offset] ?? $0.element }.joined(separator: "|!|")
  }

  private func digests() throws -> (sha256: String, md5: String) {
    let bench = try IngestBench()
    try bench.deliver(Self.rows, as: "x")
    let path = "\(bench.folder.path)/in/x"
    return (try SHA256.ofFile(path).hex, try MD5.ofFile(path))
  }

  @Test func `A control file may have any layout`() throws {
    let bench = try bench(control: Self.allColumns, separator: "|!|", headerLines: 1)
    let digests = try digests()
    let line = Self.line([7: digests.sha256.uppercased(), 8: digests.md5])
    let text = Array("no|!|file|!|…\r\n\(line)|!|more".utf8) + [0xB1, 0xB8, 0x7C, 0xFF] + Array("\r\n\r\n".utf8)
    try bench.deliver(text, as: "core_20261120.ctl")
    #expect(try problems(bench, Self.rows) == [])
    #expect(
      try bench.lines("deliveries", ["source", "delivered", "bytes", "stated", "read", "sum"]) == [
        "accounts,2026-11-20,45,2,2,99.50"
      ])
  }

  @Test func `MD5 is that of RFC 1321`() throws {
    let bench = try IngestBench()
    for (text, digest) in [
      ("", "d41d8cd98f00b204e9800998ecf8427e"), ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
    ] {
      try bench.deliver(text, as: "x")
      #expect(try MD5.ofFile("\(bench.folder.path)/in/x") == digest)
    }
  }

  @Test func `Everything that a control file states is held against the file, all at once`() throws {
    let bench = try bench(control: Self.allColumns, separator: "|!|")
    let digests = try digests()
    let ask = "Ask the source system to deliver the file again."
    let zeros = String(repeating: "0", count: 64)
    let before = Self.line([2: "20261119", 4: "46", 7: zeros, 8: digests.md5]) + "\n"
    #expect(
      try problems(bench, Self.rows, control: before) == [
        "\(Self.name): error [wrong_business_date]: the control file core_20261120.ctl states another business date than the night's; found "
          + "2026-11-19, expected 2026-11-20. Ask the source system for the delivery of 2026-11-20.",
        "\(Self.name): error [size_mismatch]: the control file core_20261120.ctl states another size than the file has; found 45 bytes, "
          + "expected 46 bytes. \(ask)",
        "\(Self.name): error [checksum_mismatch]: the control file core_20261120.ctl states another sha256 than the file has; found "
          + "\(digests.sha256), expected \(zeros). \(ask)",
      ])
    let after = Self.line([3: "3", 5: "9950.00", 6: "99.49", 7: digests.sha256, 8: digests.md5]) + "\n"
    #expect(
      try problems(bench, Self.rows, control: after) == [
        "\(Self.name): error [count_mismatch]: the control file core_20261120.ctl states another number of records than the extract holds; "
          + "found 2, expected 3. \(ask)",
        "\(Self.name): error [sum_mismatch]: the control file core_20261120.ctl states another sum than the extract holds; found 99.50, "
          + "expected 9950.00. \(ask)",
        "\(Self.name): error [sum_mismatch]: the control file core_20261120.ctl states another sum of balance than the extract holds; found "
          + "99.50, expected 99.49. \(ask)",
      ])
  }

  static let unreadable: [(columns: [StatementColumn], line: String, expected: String)] = [
    ([.file, .rows], "\(name)|two", "file|rows"), ([.file, .rows], "\(name)|-2", "file|rows"),
    ([.file, .rows], "\(name)|2|3", "file|rows"), ([.file, .bytes], "\(name)|", "file|bytes"),
    ([.file, .sum("fee")], "\(name)|1,00", "file|sum of fee"),
    ([.file, .date("yyyy-MM-dd")], "\(name)|20261120", "file|yyyy-MM-dd"),
    ([.file, .sha256], "\(name)|abc", "file|sha256"),
    ([.file, .md5], "\(name)|\(String(repeating: "g", count: 32))", "file|md5"),
  ]

  @Test(arguments: unreadable)
  func `A control file that cannot be read is refused`(columns: [StatementColumn], line: String, expected: String)
    throws
  {
    #expect(
      try problems(bench(control: columns), Self.rows, control: line + "\n") == [
        "core_20261120.ctl:1: error [bad_control_file]: a line of the control file cannot be read; expected \(expected). "
          + "Ask the source system to deliver the control file again."
      ])
  }

  @Test func `A file that is listed twice is listed the same`() throws {
    let bench = try bench(control: [.file, .rows])
    #expect(try problems(bench, Self.rows, control: "\(Self.name)|2\n\(Self.name)|2\n") == [])
    #expect(
      try problems(bench, Self.rows, control: "\(Self.name)|2\n\(Self.name)|3\n") == [
        "core_20261120.ctl:2: error [bad_control_file]: the control file states different figures for one file; expected "
          + "file|rows. Ask the source system to deliver the control file again."
      ])
    #expect(try problems(self.bench(control: [.rows]), Self.rows, control: "2\n") == [])
  }

  @Test func `A missing extract of which records are promised is not an empty one`() throws {
    var bench = try bench(control: [.file, .rows])
    bench.sources[0].arrival.onMissing = .empty
    try bench.deliver("\(Self.name)|0\n", as: "core_20261120.ctl")
    #expect(try bench.run().warnings.map(\.code) == ["missing_extract"])
    try bench.deliver("\(Self.name)|2\n", as: "core_20261120.ctl")
    let problems = try #require(throws: Problems.self) { try bench.run() }
    #expect(
      problems.description
        == "accounts_20261120.txt: error [promised_extract]: the control file states records of an extract that is not "
        + "there; found no file, expected 2 records. Ask the source system to deliver the file again.")
  }

  @Test(arguments: 1...200)
  func `Whatever stands in a control file, it is read or refused`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let bench = try bench(control: [.file, .rows, .sum(nil), .sha256])
    let alphabet = Array("accounts_20261120.txt||||0123456789.-\r\n\n".utf8) + [0x81, 0xFE, 0xFF, 0x30, 0]
    let bytes = (0..<Int.random(in: 0...120, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
    try bench.deliver(bytes, as: "core_20261120.ctl")
    let path = "\(bench.folder.path)/in/core_20261120.ctl"
    do throws(Problem) {
      let file = try ControlFile(path, named: "c", bench.sources[0].arrival.control!, decimals: 2)
      _ = try file.statement(for: Self.name)
    } catch {
      #expect(["bad_control_file", "not_in_control_file"].contains(error.code), "seed \(seed)")
    }
  }

  // MARK: Headers and trailers

  static let marked: [(extract: String, message: String?)] = [
    ("HEADER|20261120\n" + rows + "TRAILER|2|99.50\n", nil),
    (
      "HEADER|20261121\n" + rows + "TRAILER|2|99.50\n",
      "accounts_20261120.txt:1: error [wrong_business_date]: the header states another business date than the night's; "
        + "found 2026-11-21, expected 2026-11-20. Ask the source system for the delivery of 2026-11-20."
    ),
    (
      rows + "TRAILER|2|99.50\n",
      "accounts_20261120.txt: error [missing_header]: the extract does not begin with its header; expected a first line "
        + "HEADER|yyyyMMdd. Ask the source system to deliver the file again."
    ),
    (
      "HEADER|today\n" + rows + "TRAILER|2|99.50\n",
      "accounts_20261120.txt:1: error [bad_header]: the header cannot be read; expected HEADER|yyyyMMdd. Ask the source "
        + "system to deliver the file again."
    ),
    (
      "HEADER|20261120\n" + rows + "TRAILER|2\n",
      "accounts_20261120.txt:4: error [bad_trailer]: the trailer cannot be read; expected TRAILER|rows|sum. Ask the source "
        + "system to deliver the file again."
    ),
    (
      "HEADER|20261120\n" + rows + "TRAILER|2|99.50\nA3|6|D001|CNY|0.00|1\n",
      "accounts_20261120.txt:4: error [missing_trailer]: the extract does not end with its trailer, so it may have been cut "
        + "off; expected a last line TRAILER|rows|sum. Ask the source system to deliver the file again."
    ),
    (
      "HEADER|20261120\n" + rows + "TRAILER|2|99.50\nA3|6|D001|CNY|0.00|1\nTRAILER|3|99.50\n",
      "accounts_20261120.txt:4: error [misplaced_trailer]: the extract has 2 trailers, so it may hold two deliveries; "
        + "expected one trailer. Ask the source system to deliver the file again."
    ),
    (
      "HEADER|20261120\n" + rows + "HEADER|20261120\nTRAILER|2|99.50\n",
      "accounts_20261120.txt:4: error [misplaced_header]: the extract has 2 headers, so it may hold two deliveries; "
        + "expected one header. Ask the source system to deliver the file again."
    ),
  ]

  @Test(arguments: marked)
  func `Header and trailer stand where they should and are true`(extract: String, message: String?) throws {
    let bench = try bench(header: [.mark, .date("yyyyMMdd")], trailer: [.mark, .rows, .sum(nil)])
    #expect(try problems(bench, extract) == [message].compactMap { $0 })
  }

  @Test func `A header may name its file`() throws {
    let bench = try bench(header: [.mark, .file])
    #expect(try problems(bench, "HEADER|out/accounts_20261120.txt\n" + Self.rows) == [])
    #expect(
      try problems(bench, "HEADER|loans_20261120.txt\n" + Self.rows) == [
        "accounts_20261120.txt:1: error [wrong_file]: the header states the name of another file; found loans_20261120.txt, "
          + "expected accounts_20261120.txt. Ask the source system to deliver the file again."
      ])
  }

  // MARK: Files that are two

  static let repeats: [(extract: String, isRefused: Bool)] = [
    (rows + rows, true), (rows, false), (rows + "\n" + rows, false), ("1212", false), ("A|A|", false),
  ]

  @Test(arguments: repeats)
  func `A file that was written twice into itself is refused`(extract: String, isRefused: Bool) throws {
    var bench = try bench()
    bench.sources[0].arrival = ArrivalRule()
    let found = try problems(bench, extract)
    #expect(
      found
        == (isRefused
          ? [
            "accounts_20261120.txt: error [concatenated_twice]: the second half of the file repeats the first; found "
              + "\(extract.utf8.count) bytes, expected \(extract.utf8.count / 2) bytes. Ask the source system to deliver the "
              + "file again."
          ] : []))
  }

  @Test func `All sources are named at once, a shared control file once`() throws {
    var bench = try bench(control: [.file, .rows])
    var other = bench.sources[0]
    other.id = "loans"
    other.file = FilePattern("loans_{date:yyyyMMdd}.txt")
    bench.sources.append(other)
    bench.sources.append(IngestBench.people)
    try bench.deliver(Self.rows, as: "loans_20261120.txt")
    try bench.deliver("no,name\n", as: "people_20261120.csv")
    let found = try problems(bench, Self.rows, control: "\(Self.name)|3\nloans_20261120.txt|1\n")
    #expect(
      found.map { $0.prefix(50) }.sorted() == [
        "accounts_20261120.txt: error [count_mismatch]: the", "loans_20261120.txt: error [count_mismatch]: the co",
        "people_20261120.csv:1: error [missing_column]: the",
      ])
    #expect(try problems(bench, Self.rows, control: "x\n").count == 2)
  }
}
