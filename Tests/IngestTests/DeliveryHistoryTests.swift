import Basics
@testable import Definition
import StageKit
import Standards
import Testing

@testable import Ingest

/// Nights that follow one another: what the ledger remembers, and what is held against the last accepted delivery.
struct DeliveryHistoryTests {
  private static let header = IngestStageTests.header

  private static func people(_ numbers: ClosedRange<Int>, _ rest: String = "王芳,,,,") -> String {
    header + numbers.map { "C\($0),\(rest)\n" }.joined()
  }

  private func bench(_ change: (inout SourceDefinition) -> Void = { _ in }) throws -> IngestBench {
    var bench = try IngestBench()
    var people = IngestBench.people
    change(&people)
    bench.sources = [people]
    return bench
  }

  /// Runs one night on the one before it.
  @discardableResult
  private func run(_ bench: inout IngestBench, day: Int, _ extract: String?) throws -> StageResult {
    bench.date = IngestBench.date.adding(days: day)
    bench.previous = day == 0 ? nil : "night\(day - 1)"
    let name = "people_\(bench.date.compact).csv"
    if let extract { try bench.deliver(extract, as: name) } else { try Files.remove("\(bench.folder.path)/in/\(name)") }
    return try bench.run(into: "night\(day)")
  }

  private func refusal(_ bench: inout IngestBench, day: Int, _ extract: String?) -> [String] {
    do {
      try run(&bench, day: day, extract)
      return []
    } catch let problems as Problems {
      return problems.list.map(\.description)
    } catch {
      return ["\(error)"]
    }
  }

  // MARK: The ledger

  @Test func `The ledger remembers what was accepted in the last 400 days`() throws {
    var bench = try bench()
    try run(&bench, day: 0, Self.people(1...1))
    try run(&bench, day: 1, Self.people(1...2))
    let columns = ["source", "file", "business_date", "records", "sum"]
    let first = "people,people_20261120.csv,2026-11-20,1,"
    #expect(
      try bench.lines("ledger", columns, in: "night1") == [first, "people,people_20261121.csv,2026-11-21,2,"])
    bench.date = IngestBench.date.adding(days: 400)
    bench.previous = "night1"
    try bench.deliver(Self.people(1...3), as: "people_\(bench.date.compact).csv")
    _ = try bench.run(into: "later")
    #expect(
      try bench.lines("ledger", ["business_date", "records"], in: "later") == ["2026-11-21,2", "2027-12-25,3"])
  }

  @Test func `The same content under another date is refused`() throws {
    var bench = try bench()
    try run(&bench, day: 0, Self.people(1...2))
    try run(&bench, day: 1, Self.people(1...3))
    let sha256 = try SHA256.ofFile("\(bench.folder.path)/in/people_20261120.csv").hex
    #expect(
      refusal(&bench, day: 2, Self.people(1...2)) == [
        "people_20261122.csv: error [repeated_delivery]: the file has the content of people_20261120.csv, accepted on "
          + "2026-11-20; found sha256 \(sha256.prefix(12))…, expected another content. Ask the source system for the "
          + "delivery of 2026-11-22; if nothing has changed, run again with --accept people --reason \"…\"."
      ])
    bench.sources[0].arrival.repeated = .warn
    #expect(try run(&bench, day: 2, Self.people(1...2)).warnings.map(\.code) == ["repeated_delivery"])
    bench.sources[0].arrival.repeated = .accept
    #expect(try run(&bench, day: 2, Self.people(1...2)).warnings.isEmpty)
  }

  @Test func `A night that is run again does not meet itself, and a file without records repeats nothing`() throws {
    var bench = try bench()
    try run(&bench, day: 0, Self.header)
    try run(&bench, day: 1, Self.header)
    try run(&bench, day: 2, Self.people(1...2))
    #expect(refusal(&bench, day: 2, Self.people(1...2)) == [])
  }

  @Test func `The same content under another name of one night is refused`() throws {
    var bench = try bench()
    var others = bench.sources[0]
    others.id = "others"
    others.file = FilePattern("others_{date:yyyyMMdd}.csv")
    bench.sources.append(others)
    try bench.deliver(Self.people(1...2), as: "others_20261120.csv")
    #expect(
      refusal(&bench, day: 0, Self.people(1...2)).map { $0.prefix(113) } == [
        "others_20261120.csv: error [repeated_delivery]: the file has the content of people_20261120.csv, accepted tonight"
      ])
    // One file that feeds two sources is one delivery.
    bench.sources[1].file = bench.sources[0].file
    #expect(refusal(&bench, day: 0, Self.people(1...2)) == [])
  }

  @Test func `An extract without records is refused where that is declared`() throws {
    var bench = try bench { $0.arrival.empty = .refuse }
    #expect(
      refusal(&bench, day: 0, Self.header) == [
        "people_20261120.csv: error [empty_extract]: the extract of people holds no records. Ask the source system whether "
          + "that is true; if it is, run again with --accept people --reason \"…\"."
      ])
    bench.sources[0].arrival.empty = .accept
    #expect(try run(&bench, day: 0, Self.header).warnings.isEmpty)
    // Where the sender says so, it is so.
    bench.sources[0].arrival.empty = .refuse
    bench.sources[0].arrival.control = ControlStatement(FilePattern("{date:yyyyMMdd}.ctl"), columns: [.rows])
    try bench.deliver("0\n", as: "20261120.ctl")
    #expect(refusal(&bench, day: 0, Self.header) == [])
    try bench.deliver("3\n", as: "20261120.ctl")
    #expect(refusal(&bench, day: 0, Self.header).map { $0.contains("[count_mismatch]") } == [true])
  }

  // MARK: Bad records

  @Test func `More bad records than usual are said, too many are refused and can be looked at`() throws {
    var bench = try bench {
      $0.reject = RejectLimits(
        warn: RejectLimit(perThousand: 100, atLeastRows: 1),
        fail: RejectLimit(rows: 2, perThousand: 1_000, atLeastRows: 1))
    }
    let bad = Self.people(1...8) + "C8,王芳,,,,\n,,,,,\n"
    let warnings = try run(&bench, day: 0, bad).warnings
    #expect(
      warnings.map(\.description).last
        == "people_20261120.csv: warning [quarantined]: 2 of 10 records went to quarantine: duplicate_key 1, "
        + "missing_required 1. Look at them with `guiyi quarantine show people`.")
    #expect(
      warnings.map(\.description).first
        == "people_20261120.csv: warning [many_rejected]: more records of people than usual break their contract; found 2 "
        + "of 10, expected at most 100 in a thousand. Look at them with `guiyi quarantine show people`, and tell the "
        + "owners of bench."
    )
    #expect(
      refusal(&bench, day: 1, bad + ",,,,,\n") == [
        "people_20261121.csv: error [too_many_rejected]: too many records of people break their contract; found 3 of 11: "
          + "duplicate_key 1, missing_required 2, expected at most 2 records. Look at them with `guiyi quarantine show people`; raise `reject` in sources/people.yaml only "
          + "if they may be lost."
      ])
    #expect(try bench.table("quarantine", in: "night1").rowCount == 3)
    #expect(!Files.exists("\(bench.folder.path)/night1/ingest/deliveries.arrow"))
  }

  // MARK: Limits of change

  static let changes: [(limit: @Sendable (inout ChangeLimits) -> Void, extract: String, message: String?)] = [
    ({ $0.rows = .init(fallPercent: 10) }, people(1...90), nil),
    (
      { $0.rows = .init(fallPercent: 10, growPercent: 20) }, people(1...89),
      "[rows_changed]: the extract of people holds far fewer records than the last accepted delivery; found 89 records, "
        + "expected 100 -10 % +20 %, as on 2026-11-20."
    ),
    ({ $0.rows = .init(growPercent: 20) }, people(1...120), nil),
    (
      { $0.rows = .init(growPercent: 20) }, people(1...121),
      "[rows_changed]: the extract of people holds far more records than the last accepted delivery; found 121 records, "
        + "expected 100 +20 %, as on 2026-11-20."
    ),
    (
      {
        $0.rows = .init(fallPercent: 10)
        $0.atLeastRows = 101
      }, people(1...50), nil
    ),
    ({ $0.emptyPoints = 5 }, people(1...95) + (96...100).map { "C\($0),王芳,01,,,\n" }.joined(), nil),
    (
      { $0.emptyPoints = 5 }, header + (1...100).map { "C\($0),王芳,,,,\($0 > 5 ? "" : "1990-01-01")\n" }.joined(), nil
    ),
    (
      { $0.codes = .refuse }, people(1...100, "王芳,02,,,"),
      "[codes_changed]: doc_type has other codes than in the last accepted delivery; found +passport, expected , as on "
        + "2026-11-20."
    ),
  ]

  @Test(arguments: changes.indices)
  func `A change beyond a limit is refused`(index: Int) throws {
    let (limit, extract, message) = Self.changes[index]
    var bench = try bench { limit(&$0.change) }
    try run(&bench, day: 0, Self.people(1...100))
    let advice = " Ask the source system; if it is true, run again with --accept people --reason \"…\"."
    #expect(
      refusal(&bench, day: 1, extract)
        == [message].compactMap { $0 }.map { "people_20261121.csv: error \($0)\(advice)" })
  }

  @Test func `A field that is empty more often is noticed`() throws {
    var bench = try bench {
      $0.change.emptyPoints = 5
      $0.change.reaction = .warn
    }
    try run(&bench, day: 0, Self.people(1...100, "王芳,,,,1990-01-01"))
    let half = Self.people(1...94, "王芳,,,,1990-01-01") + (95...100).map { "C\($0),王芳,,,,\n" }.joined()
    #expect(
      try run(&bench, day: 1, half).warnings.map(\.description) == [
        "people_20261121.csv: warning [empty_share_changed]: born is empty far more often than in the last accepted "
          + "delivery; found 6 % of 100 records, expected at most 5 points more than 0 %, as on 2026-11-20. Ask the source "
          + "system whether that is true."
      ])
  }

  @Test func `Amounts off by a factor are noticed without a control sum`() throws {
    var bench = try IngestBench()
    var accounts = IngestBench.accounts
    accounts.arrival = ArrivalRule()
    accounts.change.sum = .init(fallPercent: 50, growPercent: 100)
    accounts.change.atLeastRows = 1
    bench.sources = [accounts]
    try bench.deliver("A1|6|D001|CNY|100.00|0\n", as: "accounts_20261120.txt")
    _ = try bench.run(into: "night0")
    bench.date = IngestBench.date.adding(days: 1)
    bench.previous = "night0"
    for (amount, isRefused) in [
      ("200.00", false), ("200.01", true), ("50.00", false), ("49.99", true), ("-100.00", true),
    ] {
      try bench.deliver("A1|6|D001|CNY|\(amount)|0\n", as: "accounts_20261121.txt")
      let problems = isRefused ? try #require(throws: Problems.self) { try bench.run() } : nil
      if !isRefused { _ = try bench.run() }
      #expect(
        problems?.description
          == (isRefused
            ? "accounts_20261121.txt: error [sum_changed]: the sum of balance is far from that of the last accepted "
              + "delivery; found \(amount), expected 100.00 -50 % +100 %, as on 2026-11-20. Ask the source system; if it is "
              + "true, run again with --accept accounts --reason \"…\"." : nil))
    }
  }

  @Test func `What is held against a delivery is the last accepted one, however long ago`() throws {
    var bench = try bench {
      $0.change.rows = .init(fallPercent: 10)
      $0.arrival.onMissing = .empty
    }
    try run(&bench, day: 0, Self.people(1...100))
    try run(&bench, day: 1, nil)
    #expect(
      refusal(&bench, day: 2, Self.people(1...50)).map {
        $0.hasSuffix(
          "as on 2026-11-20. Ask the source system; "
            + "if it is true, run again with --accept people --reason \"…\".")
      } == [true])
  }

  // MARK: By hand

  @Test func `A person can take a delivery that limits refuse, and the night says so`() throws {
    var bench = try bench { $0.change.rows = .init(fallPercent: 10) }
    try run(&bench, day: 0, Self.people(1...100))
    bench.acceptance = Acceptance(sources: ["people"], reason: "branch 7 moved, asked Li")
    let result = try run(&bench, day: 1, Self.people(1...50))
    #expect(
      result.warnings.map(\.description) == [
        "people_20261121.csv: warning [rows_changed]: the extract of people holds far fewer records than the last accepted "
          + "delivery; found 50 records, expected 100 -10 %, as on 2026-11-20. Accepted by hand: branch 7 moved, asked Li."
      ])
    #expect(
      try bench.lines("deliveries", ["source", "accepted_by_hand"], in: "night1") == ["people,branch 7 moved, asked Li"]
    )
    // What needed no hand is not said to have had one.
    try run(&bench, day: 2, Self.people(1...51))
    #expect(try bench.lines("deliveries", ["accepted_by_hand"], in: "night2") == [""])
  }

  @Test func `No hand overrides what the sender says`() throws {
    var bench = try bench {
      $0.arrival.control = ControlStatement(FilePattern("{date:yyyyMMdd}.ctl"), columns: [.rows])
    }
    bench.acceptance = Acceptance(sources: ["people"], reason: "sure")
    try bench.deliver("3\n", as: "20261120.ctl")
    #expect(refusal(&bench, day: 0, Self.people(1...2)).map { $0.contains("[count_mismatch]") } == [true])
  }

  // MARK: Carrying forward

  @Test func `The last accepted delivery is carried forward byte for byte, by its own date`() throws {
    var bench = try bench { $0.arrival.onMissing = .carry }
    try run(&bench, day: 0, Self.people(1...3))
    let result = try run(&bench, day: 1, nil)
    #expect(
      result.warnings.map(\.description) == [
        "people_20261121.csv: warning [carried_forward]: the extract of people has not arrived; the delivery of 2026-11-20, "
          + "1 day before this night, stands for it. When it arrives, run the night again: guiyi run --date 2026-11-21."
      ])
    #expect(result.equations.map(\.description) == ["people part: stands 3 = carried from 2026-11-20 3"])
    #expect(try run(&bench, day: 2, nil).warnings[0].message.contains("of 2026-11-20, 2 days before"))
    let hashes = try (0...2).map { try SHA256.ofFile("\(bench.folder.path)/night\($0)/ingest/party/people.arrow").hex }
    #expect(Set(hashes).count == 1)
    #expect(
      try bench.lines(
        "deliveries", ["file", "business_date", "delivered", "read", "carried", "rows"], in: "night2")
        == ["people_20261120.csv,2026-11-22,2026-11-20,,3,3"])
    #expect(try bench.lines("ledger", ["business_date"], in: "night2") == ["2026-11-20"])
    // What was carried is what the next one is held against.
    bench.sources[0].change.rows = .init(fallPercent: 10)
    bench.sources[0].change.atLeastRows = 1
    #expect(refusal(&bench, day: 3, Self.people(1...2)).map { $0.contains("[rows_changed]") } == [true])
  }

  @Test func `Nothing is carried where nothing was accepted`() throws {
    var bench = try bench { $0.arrival.onMissing = .carry }
    #expect(
      refusal(&bench, day: 0, nil) == [
        "people_20261120.csv: error [missing_extract]: the extract of people has not arrived, and there is no accepted "
          + "delivery that could stand for it. Ask the owners of bench for it."
      ])
  }

  @Test func `An old night run again after later ones has the same bytes`() throws {
    var bench = try bench { $0.load = .increment(nil) }
    for (day, numbers) in [1...3, 3...4, 5...5].enumerated() { try run(&bench, day: day, Self.people(numbers)) }
    func hashes() throws -> [String] {
      let folder = "\(bench.folder.path)/night1/ingest"
      return try Files.filesBelow(folder).map { try "\($0) \(SHA256.ofFile("\(folder)/\($0)").hex)" }
    }
    let before = try hashes()
    try run(&bench, day: 1, Self.people(3...4))
    #expect(try hashes() == before)
    #expect(before.count == 5)
  }

  @Test(arguments: [[], ["a"], ["", ""], ["a|b", "c\\", "\\|"], ["", "x", ""]])
  func `Codes are written as one text and read back`(codes: [String]) {
    // A single empty code cannot be told from none, and no code is empty.
    #expect(CodeList.codes(CodeList.text(codes)) == codes)
  }
}
