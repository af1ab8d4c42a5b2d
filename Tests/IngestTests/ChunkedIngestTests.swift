import Basics
import Columns
@testable import Definition
import TestSupport
import Testing

@testable import Ingest

/// Chunks, threads and duplicates, held against an obvious reference over random extracts.
struct ChunkedIngestTests {
  /// Reads one extract as ingest does, with chunks and spills small enough to meet every border.
  private func read(
    _ text: String, in folder: TemporaryFolder, as name: String, threads: Int, chunkBytes: Int
  ) throws -> (result: SourceResult, part: String) {
    let path = try folder.write(text, to: "\(name).csv")
    let part = "\(folder.path)/\(name).arrow"
    let order = IngestOrder(
      source: IngestBench.people, file: "\(name).csv", path: path, bytes: text.utf8.count, partPath: part)
    let reading = ParallelIngest(businessDate: IngestBench.date, threads: threads, chunkBytes: chunkBytes)
    return (try reading.read([order])[0].get(), part)
  }

  private func rows(_ path: String) throws -> [String] {
    try RecordTables.texts(path).map { $0.joined(separator: "|") }
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    let file = try MappedFile(path)
    return withExtendedLifetime(file) { Array(file.bytes) }
  }

  /// A record, where the reference expects it.
  private struct Expected: Equatable {
    var line: Int
    var offset: Int
    var key: String
  }

  /// Records with repeated keys, names over several lines, bad dates and stray quotes.
  private struct Extract {
    var text = IngestStageTests.header
    var accepted: [Expected] = []
    var quarantined: [String] = []

    init(_ random: inout SeededRandom) {
      var line = 2
      var known: Set<String> = []
      for _ in 0..<Int.random(in: 0...60, using: &random) {
        let key = "C\(Int.random(in: 0...40, using: &random))"
        let place = Expected(line: line, offset: text.utf8.count, key: key)
        switch Int.random(in: 0...9, using: &random) {
        case 0:
          text += "\(key),\"王\n芳\",,,,\n"
          line += 1
          note(place, &known)
        case 1:
          text += "\(key),王芳,,,,1990-13-01\n"
          quarantined.append("\(line) bad_date")
        case 2:
          text += "\(key),王\"芳,,,,\n"
          quarantined.append("\(line) stray_quote")
        case 3:
          text += " \(key) ,\"李, 四\",01,11010519491231002X,13812345678,1949-12-31\n"
          note(place, &known)
        default:
          text += "\(key),张三,,,13912345670,1990-02-28\n"
          note(place, &known)
        }
        line += 1
      }
    }

    private mutating func note(_ place: Expected, _ known: inout Set<String>) {
      if known.insert(place.key).inserted {
        accepted.append(place)
      } else {
        quarantined.append("\(place.line) duplicate_key")
      }
    }
  }

  @Test(arguments: 0..<60) func `Any chunks and threads give the records of the reference`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let extract = Extract(&random)
    let folder = try TemporaryFolder()
    let chunkBytes = Int.random(in: 20...400, using: &random)
    let (whole, wholePart) = try read(extract.text, in: folder, as: "whole", threads: 1, chunkBytes: 1 << 20)
    let (result, part) = try read(extract.text, in: folder, as: "one", threads: 1, chunkBytes: chunkBytes)
    let (_, several) = try read(extract.text, in: folder, as: "several", threads: 4, chunkBytes: chunkBytes)

    let table = try Table(part)
    let (lines, offsets, keys) = (try table.column("line"), try table.column("offset"), try table.column("key"))
    let found = (0..<table.rowCount).map {
      Expected(line: Int(lines.integer($0)), offset: Int(offsets.integer($0)), key: keys.text($0))
    }
    #expect(found == extract.accepted, "seed \(seed)")
    #expect(result.quarantined.map { "\($0.line) \($0.code)" } == extract.quarantined, "seed \(seed)")
    #expect(result.records == extract.accepted.count + extract.quarantined.count)
    #expect(try rows(part) == rows(wholePart))
    #expect(result.profile == whole.profile)
    #expect(result.quarantined.map(\.raw) == whole.quarantined.map(\.raw))
    #expect(try bytes(part) == bytes(several))
  }

  @Test func `A record that reaches over chunks is read once`() throws {
    let folder = try TemporaryFolder()
    let long = "C1,\"\(String(repeating: "王\n", count: 9))\",,,,\n"
    let (result, part) = try read(
      IngestStageTests.header + long + "C2,李四,,,,\n", in: folder, as: "long", threads: 2, chunkBytes: 16)
    #expect(result.records == 2)
    #expect(try rows(part).map { $0.split(separator: "|", omittingEmptySubsequences: false)[1] } == ["2", "12"])
  }

  @Test func `Keys with one hash are told apart, spilled or not`() throws {
    let folder = try TemporaryFolder()
    for rowsInMemory in [1, 3, 4_096] {
      let keys = KeyPartitions(scratchPath: "\(folder.path)/keys", rowsInMemory: rowsInMemory)
      let hashes: [UInt64] = [7, 1 << 60, 7, 9, 1 << 60, 7, 1 << 61]
      try hashes.withUnsafeBufferPointer { try keys.add($0, firstRow: 10) }
      #expect(try keys.repeatedRows(limit: 100) == [10, 11, 12, 14, 15])
      #expect(try keys.repeatedRows(limit: 3) == nil)
    }
    #expect(!Files.exists("\(folder.path)/keys"))
  }

  @Test func `Amounts of duplicates are counted with the quarantined`() throws {
    var bench = try IngestBench()
    var accounts = IngestBench.accounts
    accounts.arrival = ArrivalRule(sumOf: "balance")
    bench.sources = [accounts]
    try bench.deliver(
      "A1|6|D001|CNY|100.00|0\nA2|6|D001|CNY|5.00|1\nA1|6|D001|CNY|7.00|0\n", as: "accounts_20261120.txt")
    let path = "\(bench.folder.path)/in/accounts_20261120.txt"
    let order = IngestOrder(
      source: accounts, file: "accounts.txt", path: path, bytes: try Files.size(path),
      partPath: "\(bench.folder.path)/part.arrow")
    let result = try ParallelIngest(businessDate: IngestBench.date, threads: 1).read([order])[0].get()
    #expect(result.accepted == 2)
    #expect(result.sums.map(\.accepted) == [10_500])
    #expect(result.sums.map(\.quarantined) == [700])
    #expect(result.profile.last?.codes == ["closed", "open"])
    #expect(result.quarantined.map(\.raw) == ["A1|6|D001|CNY|7.00|0"])
    #expect(result.quarantined.map(\.line) == [3])
  }
}
