import Basics
import Columns
import TestSupport
import Testing

@testable import Store

/// Four customers, with a null in every column that may have one.
private let people = TableSchema(
  "people",
  [
    ColumnSpec("customer", .int64, isNullable: false), ColumnSpec("name", .utf8), ColumnSpec("birth", .date),
    ColumnSpec("seen", .timestamp), ColumnSpec("aum", .money), ColumnSpec("active", .boolean),
    ColumnSpec("branch", .code),
  ])

func writePeople(to path: String) throws {
  try TableWriter.write(
    path, schema: people,
    columns: [
      .int64([1, 2, 3, 4]), .strings(["张伟", "", nil, "O'Brien"]),
      .int32([11_016, -25_568, 0, 20_777], valid: [true, true, false, true]),
      .int64([1_795_161_661, -1, 0, 4_102_444_800], valid: [true, true, false, true]),
      .int64([5_000_000, 4_999_999, 0, -1], valid: [true, true, false, true]),
      .booleans([true, false, false, true], valid: [true, true, false, true]),
      .codes([0, 1, -1, 0], dictionary: ["北京", "上海"]),
    ], batchRows: 3)
}

@Suite struct TableSourceTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path + "/people.arrow"
    try writePeople(to: path)
  }

  @Test func everyTypeHasItsForm() throws {
    let database = try Database.inMemory()
    try database.register("people", tables: [Table(path)])
    #expect(
      try database.query("SELECT * FROM people") == [
        [
          .integer(1), .text("张伟"), .text("2000-02-29"), .text("2026-11-20T08:01:01"), .integer(5_000_000), .integer(1),
          .text("北京"),
        ],
        [
          .integer(2), .text(""), .text("1899-12-31"), .text("1969-12-31T23:59:59"), .integer(4_999_999), .integer(0),
          .text("上海"),
        ],
        [.integer(3), .null, .null, .null, .null, .null, .null],
        [
          .integer(4), .text("O'Brien"), .text("2026-11-20"), .text("2100-01-01T00:00:00"), .integer(-1), .integer(1),
          .text("北京"),
        ],
      ])
    #expect(
      try database.query("SELECT branch, count(*), sum(aum) FROM people GROUP BY branch ORDER BY branch")
        == [
          [.null, .integer(1), .null], [.text("上海"), .integer(1), .integer(4_999_999)],
          [.text("北京"), .integer(2), .integer(4_999_999)],
        ])
    let write = #expect(throws: Problem.self) { try database.execute("DELETE FROM people") }
    #expect(write?.message == "SQLite: table people may not be modified")
  }

  @Test(arguments: [
    ("rowid = 2", [3]), ("rowid = 4", []), ("rowid = -1", []), ("rowid >= 1 AND rowid < 3", [2, 3]), ("rowid > 2", [4]),
    ("rowid <= 0", [1]), ("rowid > 9223372036854775806", []), ("rowid < -9223372036854775807", []),
    ("rowid > 1.5", [3, 4]),
    ("rowid = 1.0", [2]), ("rowid = '1'", [2]), ("rowid >= 9223372036854775807", []), ("rowid > 'a'", []),
    ("rowid IN (0, 3)", [1, 4]), ("rowid = NULL", []),
  ])
  func rowNumbersNarrowAScan(condition: String, customers: [Int64]) throws {
    let database = try Database.inMemory()
    try database.register("people", tables: [Table(path)])
    let rows = try database.query("SELECT customer FROM people WHERE \(condition) ORDER BY rowid")
    #expect(rows == customers.map { [.integer($0)] })
  }

  @Test func joinsByRowNumber() throws {
    let database = try Database.inMemory()
    try database.register("people", tables: [Table(path)])
    let sql = "SELECT a.customer FROM people a JOIN people b ON b.rowid = a.customer - 2 WHERE b.customer = 2"
    #expect(try database.query(sql) == [[.integer(3)]])
    let plan = try database.query("EXPLAIN QUERY PLAN " + sql)
    #expect(plan.contains { $0.last == .text("SCAN b VIRTUAL TABLE INDEX 1:") })
  }

  @Test func alignedTablesAreOne() throws {
    let measures = folder.path + "/measures.arrow"
    try TableWriter.write(
      measures, schema: TableSchema("measures", [ColumnSpec("trades", .int32)]),
      columns: [.int32([7, 8, 9, 10])])
    let database = try Database.inMemory()
    try database.register("customers", tables: [Table(path), Table(measures)])
    #expect(
      try database.query("SELECT customer, trades FROM customers WHERE active AND trades > 7")
        == [[.integer(4), .integer(10)]])
    let exists = #expect(throws: Problem.self) { try database.register("Customers", tables: [Table(path)]) }
    #expect(exists?.description == "error [table_exists]: the database already has a table Customers.")
    try database.unregister("customers")
    let gone = #expect(throws: Problem.self) { try database.query("SELECT 1 FROM customers") }
    #expect(gone?.message == "SQLite: no such table: customers")
  }

  @Test func tablesThatDoNotMatchAreRefused() throws {
    let other = folder.path + "/other.arrow"
    let database = try Database.inMemory()
    try TableWriter.write(
      other, schema: TableSchema("other", [ColumnSpec("x", .int8)]), columns: [.int32([1])])
    let rows = #expect(throws: Problem.self) { try database.register("c", tables: [Table(path), Table(other)]) }
    #expect(
      rows?.description
        == "\(other): error [different_row_counts]: tables side by side as c have different numbers of rows; "
        + "found 1, expected 4 as in \(path).")
    try TableWriter.write(
      other, schema: TableSchema("other", [ColumnSpec("Name", .utf8)]), columns: [.strings([nil, nil, nil, nil])])
    let name = #expect(throws: Problem.self) { try database.register("c", tables: [Table(path), Table(other)]) }
    #expect(
      name?.description
        == "\(other): error [duplicate_column]: tables people and other, side by side as c, both have a column Name.")
  }

  @Test func aDamagedColumnIsNamedByItself() throws {
    var bytes: [UInt8] = []
    do {
      let file = try MappedFile(path)
      bytes = withExtendedLifetime(file) { Array(file.bytes) }
    }
    // Codes 0 and 1 and the texts' offsets stand somewhere: break every four bytes that look like the code 1.
    let marker = Array("北京上海".utf8)
    let start = try #require((0..<bytes.count - 12).first { Array(bytes[$0..<$0 + 12]) == marker })
    // The offsets 0, 6, 12 of the dictionary stand in the 64 bytes before.
    bytes[start - 64 + 4] = 200
    try folder.write(bytes, to: "damaged.arrow")
    let database = try Database.inMemory()
    try database.register("people", tables: [Table(folder.path + "/damaged.arrow")])
    #expect(try database.query("SELECT count(name) FROM people") == [[.integer(3)]])
    let problem = #expect(throws: Problem.self) { try database.query("SELECT branch FROM people") }
    #expect(
      problem?.description
        == "\(folder.path)/damaged.arrow, field branch: error [damaged_table]: not a whole Arrow file: "
        + "a text lies outside of its batch. Run the stage that wrote it again.")
  }

  @Test func aLoadedTableIsTheSameTwice() throws {
    for name in ["a", "b"] {
      let database = try Database(creating: folder.path + "/\(name).sqlite")
      #expect(try database.load("people", from: [Table(path)], primaryKey: ["customer"]) == 4)
      try database.finish(indexes: ["CREATE INDEX people_branch ON people(branch)"])
    }
    let a = try MappedFile(folder.path + "/a.sqlite")
    let b = try MappedFile(folder.path + "/b.sqlite")
    withExtendedLifetime((a, b)) { #expect(a.bytes.elementsEqual(b.bytes)) }
    let database = try Database(readOnly: folder.path + "/a.sqlite")
    try database.register("mapped", tables: [Table(path)])
    #expect(try database.query("SELECT * FROM people") == database.query("SELECT * FROM mapped"))
    #expect(
      try database.query("SELECT sql FROM sqlite_master WHERE name = 'people'") == [
        [
          .text(
            "CREATE TABLE \"people\" (\"customer\" INTEGER NOT NULL, \"name\" TEXT, \"birth\" TEXT, \"seen\" TEXT, "
              + "\"aum\" INTEGER, \"active\" INTEGER, \"branch\" TEXT, PRIMARY KEY (\"customer\"))")
        ]
      ])
  }
}

struct SharedColumnTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func table(_ name: String, _ columns: [String], rows: Int64) throws -> Table {
    let path = "\(folder.path)/\(name).arrow"
    try TableWriter.write(
      path, schema: TableSchema(name: name, columns: columns.map { ColumnSpec($0, .int64) }),
      columns: columns.map { _ in .int64(Array(0..<rows)) })
    return try Table(path)
  }

  @Test func `a shared column is the first table's, and a date stands in every row`() throws {
    let database = try Database.inMemory()
    let tables = [try table("a", ["id", "x"], rows: 2), try table("b", ["id", "y"], rows: 2)]
    let source = try database.register("row", tables: tables, shared: ["id"], dates: [("today", 20_777)])
    #expect(source.columns.map(\.name) == ["id", "x", "y", "today"])
    #expect(database.check(expression: "x + y > 0 AND today > '2026'", over: "row") == [])
    #expect(
      try database.query("SELECT id, x + y, today FROM row") == [
        [.integer(0), .integer(0), .text("2026-11-20")], [.integer(1), .integer(2), .text("2026-11-20")],
      ])
  }

  @Test func `columns without tables have no rows, and expressions over them are checked`() throws {
    let database = try Database.inMemory()
    try database.register("row", columns: [ColumnSpec("age", .int32)])
    #expect(try database.query("SELECT age FROM row").isEmpty)
    #expect(database.check(expression: "age > 17", over: "row") == [])
    #expect(database.check(expression: "agee > 17", over: "row").map(\.advice) == ["Use age"])
  }

  @Test func `the kind is the value's`() throws {
    let statement = try Database.inMemory().prepare("SELECT NULL, 1, 1.5, 'a', x'00'")
    #expect(try statement.step())
    #expect((0..<5).map(statement.kind) == [.null, .integer, .real, .text, .blob])
  }
}
