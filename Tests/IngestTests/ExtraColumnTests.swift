import Basics
import Columns
@testable import Definition
import StageKit
import Standards
import TestSupport
import Testing

@testable import Ingest

/// `columns_changed: {added: keep}`: columns that a definition does not know are kept beside the part.
struct ExtraColumnTests {
  static let source: SourceDefinition = {
    var source = IngestBench.people
    source.format = .delimited(separator: ",", quote: 34, header: true, columns: ["listed"])
    source.columnChanges.added = .keep
    return source
  }()

  static let header = "vip,no,name,doc_type,doc,mobile,born,listed,line,vip\n"

  private func bytes(_ path: String) throws -> [UInt8] {
    let file = try MappedFile(path)
    return withExtendedLifetime(file) { Array(file.bytes) }
  }

  /// Every row of a table with the names of its columns in front.
  private func rows(_ path: String) throws -> [String] {
    let names = try Table(path).schema.columns.map(\.name)
    return ([names] + (try RecordTables.texts(path))).map { $0.joined(separator: "|") }
  }

  @Test func `Values of unknown columns are kept as they came, for accepted records only`() throws {
    var bench = try IngestBench()
    bench.sources = [Self.source]
    try bench.deliver(
      Self.header
        + " 金 ,C1,王芳,,,,,x,7,a\n\"a\nb\",C2,李四,,,,,x,,\n白,C3,张三,,,,1990-13-01,x,8,b\n黑,C1,赵六,,,,,x,9,c\n银,C4,钱七,,,,,x,9,d\n",
      as: "people_20261120.csv")
    let result = try bench.run()
    #expect(
      try rows("\(bench.folder.path)/out/ingest/extra/people.arrow") == [
        "line|offset|vip|line_2|vip_2", "2|54| 金 |7|a", "3|78|a\nb||", "7|170|银|9|d",
      ])
    #expect(try bench.lines("party/people", ["line", "key"]) == ["2,C1", "3,C2", "7,C4"])
    #expect(
      result.tables.prefix(2).map { "\($0.path) \($0.rows)" } == ["party/people.arrow 3", "extra/people.arrow 3"])
    #expect(result.warnings.map(\.code) == ["quarantined"])
  }

  @Test func `Where every column is known there is no such table`() throws {
    var bench = try IngestBench()
    bench.sources = [Self.source]
    try bench.deliver("no,name,doc_type,doc,mobile,born\nC1,王芳,,,,\n", as: "people_20261120.csv")
    let result = try bench.run()
    #expect(!result.tables.contains { $0.path.hasPrefix("extra/") })
    #expect(!Files.exists("\(bench.folder.path)/out/ingest/extra"))
  }

  @Test func `An increment keeps what tonight's records bring, whatever the part holds of earlier ones`() throws {
    var bench = try IngestBench()
    var people = Self.source
    people.load = .increment(nil)
    bench.sources = [people]
    try bench.deliver("no,name,doc_type,doc,mobile,born,vip\nC1,王芳,,,,,a\n", as: "people_20261120.csv")
    _ = try bench.run(into: "first")
    bench.previous = "first"
    bench.date = CalendarDate(year: 2026, month: 11, day: 21)!
    try bench.deliver("no,name,doc_type,doc,mobile,born,vip\nC2,李四,,,,,b\n", as: "people_20261121.csv")
    _ = try bench.run()
    #expect(try bench.lines("party/people", ["key"]) == ["C1", "C2"])
    #expect(try bench.lines("extra/people", ["line", "vip"]) == ["2,b"])
  }

  @Test(arguments: 0..<8) func `Any chunks and threads keep the same bytes`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var text = Self.header
    var expected: [String] = []
    var known: Set<Int> = []
    var line = 2
    for record in 0..<200 {
      let key = Int.random(in: 0..<300, using: &random)
      let isBad = Int.random(in: 0..<10, using: &random) == 0
      let isLong = Int.random(in: 0..<6, using: &random) == 0
      if !isBad, known.insert(key).inserted {
        expected.append("\(line)|\(text.utf8.count)|\(isLong ? "v\n\(record)" : "v\(record)")||w")
      }
      text += "\(isLong ? "\"v\n\(record)\"" : "v\(record)"),C\(key),王芳,,,,\(isBad ? "1990" : ""),,,w\n"
      line += isLong ? 2 : 1
    }
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "people.csv")
    for threads in [1, 4] {
      var order = IngestOrder(
        source: Self.source, file: "people.csv", path: path, bytes: text.utf8.count,
        partPath: "\(folder.path)/\(threads).arrow")
      order.extraPath = "\(folder.path)/\(threads)/extra.arrow"
      let reading = ParallelIngest(businessDate: IngestBench.date, threads: threads, chunkBytes: 300)
      let result = try reading.read([order])[0].get()
      #expect(result.extraRows == expected.count, "seed \(seed)")
      #expect(try rows("\(folder.path)/\(threads)/extra.arrow").dropFirst() == expected[...], "seed \(seed)")
    }
    #expect(try bytes("\(folder.path)/1/extra.arrow") == bytes("\(folder.path)/4/extra.arrow"))
  }
}
