import Basics
import Columns
import Definition
import StageKit
import TestSupport
import Testing

@testable import Audit

struct TableDumpTests {
  let folder: TemporaryFolder
  let record: StageRecord

  init() throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    let schema = TableSchema(
      name: "party",
      columns: [
        ColumnSpec("source", .code), ColumnSpec("name", .utf8), ColumnSpec("aum", .money), ColumnSpec("born", .date),
      ])
    try Files.makeFolder(folder.path + "/party")
    func write(_ source: String, _ rows: [(String, Int64?)]) throws {
      let writer = try TableWriter("\(folder.path)/party/\(source).arrow", schema: schema)
      for (name, aum) in rows {
        writer.column("source").append(source)
        writer.column("name").append(name)
        if let aum { writer.column("aum").append(aum) } else { writer.column("aum").appendNull() }
        writer.column("born").append(0)
        try writer.endRow()
      }
      _ = try writer.finish()
    }
    try write("mobile", [("张伟", 5_000_000), ("O\"Neill, Ann", nil)])
    try write("core", [("李娜", -1)])
    record = StageRecord(
      stage: .ingest, inputs: [],
      result: StageResult(tables: [("party/mobile.arrow", 2), ("party/core.arrow", 1)]), files: [])
  }

  private func dump(
    _ name: String, where conditions: [TableDump.Condition] = [], limit: Int? = nil, showValues: Bool = false
  ) throws -> String {
    var text = ""
    try TableDump(name, in: folder.path, record: record)
      .write(where: conditions, limit: limit, showValues: showValues) { text += $0 }
    return text
  }

  @Test func namesPartyRecordsBySourceAndKey() throws {
    let run = try TemporaryFolder()
    try Files.makeFolder(run.path + "/ingest/party")
    try Files.makeFolder(run.path + "/resolve")
    let party = TableSchema("party", [ColumnSpec("source", .code), ColumnSpec("key", .utf8)])
    for (source, key) in [("crm", "C1"), ("core", "6")] {
      try TableWriter.write(
        "\(run.path)/ingest/party/\(source).arrow", schema: party,
        columns: [.codes([0], dictionary: [source]), .strings([key])])
    }
    let ingest = StageResult(tables: [("party/crm.arrow", 1), ("party/core.arrow", 1)])
    try StageRecord(stage: .ingest, inputs: [], result: ingest, files: []).write(to: run.path + "/ingest")
    let pairs = TableSchema("pairs", [.partyRecord("left"), .partyRecord("right", isNullable: true)])
    try TableWriter.write(
      "\(run.path)/resolve/pairs.arrow", schema: pairs,
      columns: [.int32([0, 1]), .int32([1, 0], valid: [true, false])])
    let resolve = StageRecord(stage: .resolve, inputs: [], result: StageResult(tables: [("pairs.arrow", 2)]), files: [])
    let table = try TableDump("pairs", in: run.path + "/resolve", record: resolve)
    var text = ""
    try table.write { text += $0 }
    #expect(text == "left,right\ncrm:C1,core:6\ncore:6,\n")
    text = ""
    try table.write(where: [.init(column: "left", value: "core:6")]) { text += $0 }
    #expect(text == "left,right\ncore:6,\n")
  }

  @Test func masksUnlessAsked() throws {
    #expect(
      try dump("party") == """
        source,name,aum,born
        mobile,张*,50000.00,1970-01-01
        mobile,O**********n,,1970-01-01
        core,李*,-0.01,1970-01-01

        """)
    #expect(
      try dump("party", showValues: true) == """
        source,name,aum,born
        mobile,张伟,50000.00,1970-01-01
        mobile,"O""Neill, Ann",,1970-01-01
        core,李娜,-0.01,1970-01-01

        """)
  }

  @Test(
    arguments: [
      ([TableDump.Condition(column: "source", value: "core")], nil, "core,李*,-0.01,1970-01-01\n"),
      ([.init(column: "name", value: "张伟")], nil, "mobile,张*,50000.00,1970-01-01\n"),
      ([.init(column: "aum", value: "")], nil, "mobile,O**********n,,1970-01-01\n"),
      ([.init(column: "source", value: "mobile"), .init(column: "aum", value: "-0.01")], nil, ""),
      ([], 1, "mobile,张*,50000.00,1970-01-01\n"),
      ([], 0, ""),
    ] as [([TableDump.Condition], Int?, String)])
  func filters(conditions: [TableDump.Condition], limit: Int?, expected: String) throws {
    #expect(try dump("party", where: conditions, limit: limit) == "source,name,aum,born\n" + expected)
  }

  @Test func namesTables() throws {
    #expect(
      TableDump.tables(of: record).map { "\($0.name) \($0.rows)" } == ["party 3", "party/mobile 2", "party/core 1"])
    #expect(try dump("party/core.arrow") == "source,name,aum,born\ncore,李*,-0.01,1970-01-01\n")
    let problem = #expect(throws: Problem.self) { try dump("partys") }
    #expect(
      problem?.description
        == "error [unknown_table]: ingest has no such table; found \"partys\", expected one of party, party/mobile, "
        + "party/core. Use party.")
    #expect(throws: Problem.self) { try dump("party", where: [.init(column: "sorce", value: "")]) }
  }

  @Test func `Columns that no definition knows are tables of their own, and are masked`() throws {
    let schema = TableSchema(
      "extra", [ColumnSpec("line", .int64), ColumnSpec("vip", .utf8, metadata: ["personal": "unknown"])])
    try Files.makeFolder("\(folder.path)/extra")
    try TableWriter.write(
      "\(folder.path)/extra/core.arrow", schema: schema, columns: [.int64([2]), .strings(["13812345678"])])
    let record = StageRecord(
      stage: .ingest, inputs: [], result: StageResult(tables: [("extra/core.arrow", 1)]), files: [])
    #expect(TableDump.tables(of: record).map { "\($0.name) \($0.rows)" } == ["extra/core 1"])
    var text = ""
    try TableDump("extra/core", in: folder.path, record: record).write { text += $0 }
    #expect(text == "line,vip\n2,1*********8\n")
    #expect(throws: Problem.self) { try TableDump("extra", in: folder.path, record: record) }
  }
}
