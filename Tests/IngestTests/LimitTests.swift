import Basics
import Columns
@testable import Definition
import StageKit
import TestSupport
import Testing

@testable import Ingest

/// What is too long costs a record; what is too large, cut or wrong throughout costs the delivery, and nothing of it is used.
struct LimitTests {
  private static let header = IngestStageTests.header

  private func bench(
    _ bytes: [UInt8], compression: ExtractCompression = .none, _ change: (inout ReadLimits) -> Void = { _ in }
  ) throws -> IngestBench {
    var bench = try IngestBench()
    var people = IngestBench.people
    people.compression = compression
    change(&people.limits)
    bench.sources = [people]
    try bench.deliver(bytes, as: "people_20261120.csv")
    return bench
  }

  // MARK: Of a record

  static let long: [(name: String, change: @Sendable (inout ReadLimits) -> Void, row: String, code: String)] = [
    ("record", { $0.recordBytes = 60 }, "C2,\(String(repeating: "a", count: 60)),,,,", "record_too_long"),
    ("field", { $0.fieldBytes = 10 }, "C2,李四李四,,,,", "field_too_long"),
    ("quoted lines", { $0.quotedLines = 2 }, "C2,\"a\nb\nc\",,,,", "unclosed_quote"),
    ("quoted bytes", { $0.quotedBytes = 20 }, "C2,\"aaaaaaaaaaaaaaaaaaaaaaaa\nb\",,,,", "unclosed_quote"),
  ]

  @Test(arguments: long)
  func `What is too long costs its record`(
    name: String, change: @Sendable (inout ReadLimits) -> Void, row: String, code: String
  ) throws {
    let text = Self.header + "C1,王芳,,,,\n\(row)\nC3,张三,,,,\n"
    let bench = try bench(Array(text.utf8), change)
    let result = try bench.run()
    #expect(try bench.lines("party/people", ["key"]) == ["C1", "C3"])
    #expect(try bench.lines("quarantine", ["line", "code"]).first == "3,\(code)")
    #expect(result.equations.allSatisfy { $0.holds })
  }

  // MARK: Of a file

  private func problem(_ bench: IngestBench) throws -> String {
    let problems = try #require(throws: Problems.self) { try bench.run() }
    #expect(problems.kind == .data)
    // What is refused leaves nothing behind but what people want to look at.
    let written = try Files.filesBelow("\(bench.folder.path)/out/ingest")
    #expect(!written.contains("deliveries.arrow") && !written.contains("ledger.arrow"))
    return problems.description
  }

  private static let rows = Array((header + (0..<20_000).map { "C\($0),王芳,,,,\n" }.joined()).utf8)

  @Test(arguments: [ExtractCompression.none, .gzip])
  func `A file that is larger than its limit is refused`(compression: ExtractCompression) throws {
    let bytes = compression == .gzip ? Gzip.compressed(Self.rows) : Self.rows
    let refused = try bench(bytes, compression: compression) { $0.fileBytes = Self.rows.count - 1 }
    let message = try problem(refused)
    let size = Self.rows.count
    let expected =
      compression == .gzip
      ? "[gzip_too_large]: the compressed file holds more than is allowed; found more than \(size - 1) bytes, expected "
        + "at most \(size - 1) bytes. If the file is genuine, raise the limit in the source's definition."
      : "[extract_too_large]: the extract of people is larger than is allowed; found \(size) bytes, expected at most "
        + "\(size - 1) bytes. If the file is genuine, raise `file_bytes` in the `limits` of sources/people.yaml."
    #expect(message == "people_20261120.csv: error \(expected)")
    let accepted = try bench(bytes, compression: compression) { $0.fileBytes = Self.rows.count }
    #expect(try accepted.run().figures.first { $0.name == "records" }?.value == 20_000)
  }

  @Test func `A file that expands more than its limit is refused`() throws {
    let line = [UInt8](repeating: 32, count: 65_535) + [10]
    let bytes = Gzip.compressed(Array(Self.header.utf8) + [[UInt8]](repeating: line, count: 300).joined())
    let message = try problem(bench(bytes, compression: .gzip))
    #expect(message.contains("error [gzip_too_large]: the compressed file expands beyond what is allowed; found "))
    #expect(message.contains("expected at most 200."))
  }

  @Test func `A compressed file that was cut is refused`() throws {
    let whole = Gzip.compressed(Self.rows)
    let cut = whole.dropLast(whole.count / 3)
    let message = try problem(bench(Array(cut), compression: .gzip))
    #expect(
      message
        == "people_20261120.csv, byte \(cut.count): error [damaged_gzip]: the compressed file is damaged: it ends before "
        + "its content does. Ask the source system to deliver it again; nothing of it was used.")
  }

  // MARK: Of what is remembered of an extract

  private func read(_ text: String, _ limits: IngestLimits) throws -> Result<SourceResult, Problem> {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "people.csv")
    var order = IngestOrder(
      source: IngestBench.people, file: "people.csv", path: path, bytes: text.utf8.count,
      partPath: "\(folder.path)/people.arrow")
    order.limits = limits
    return ParallelIngest(businessDate: IngestBench.date, threads: 2, chunkBytes: 200).read([order])[0]
  }

  @Test func `Too many repeated keys are refused`() throws {
    let text = Self.header + (0..<40).map { "C\($0 % 20),王芳,,,,\n" }.joined()
    #expect(try read(text, IngestLimits(repeatedKeys: 40)).get().quarantined.count == 20)
    let problem = #expect(throws: Problem.self) { try read(text, IngestLimits(repeatedKeys: 39)).get() }
    #expect(
      problem?.description
        == "people.csv: error [too_many_repeated_keys]: more than 39 records of people repeat a key of another. Look "
        + "whether it holds two deliveries, or give `unique` in sources/people.yaml.")
  }

  @Test func `More quarantined records than memory has for them are refused`() throws {
    let text = Self.header + (0..<9_000).map { "C\($0),,,,,\n" }.joined()
    #expect(try read(text, IngestLimits(quarantinedBytes: 4 << 20)).get().quarantined.count == 9_000)
    let problem = #expect(throws: Problem.self) { try read(text, IngestLimits(quarantinedBytes: 1 << 20)).get() }
    #expect(
      problem?.description
        == "people.csv: error [too_many_rejected]: too many records of people break their contract to be listed; found "
        + "3789 of the first 3789, expected at most 1 MiB of them. Look whether the extract is what sources/people.yaml "
        + "describes.")
  }
}
