import Basics
import TestSupport
import Testing

@testable import Columns

@Suite struct RoundTripTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: [
    (rows: 0, batchRows: 100), (1, 100), (7, 8), (8, 8), (9, 8), (63, 1), (64, 64), (1000, 37), (5000, 4096),
    (9000, 65_536),
  ])
  func everyTypeComesBack(rows: Int, batchRows: Int) throws {
    let path = folder.path + "/t.arrow"
    let written = randomRows(rows, everyType, seed: UInt64(rows))
    try write(written, everyType, to: path, batchRows: batchRows)
    let table = try Table(path)
    #expect(table.schema == everyType)
    #expect(table.rowCount == rows)
    #expect(try readAll(table) == written)
    for (index, spec) in everyType.columns.enumerated() {
      let column = try table.column(spec.name)
      #expect(column.nullCount == written.count { $0[index] == .null })
      #expect(column.count == rows)
    }
  }

  @Test func equalRowsAreEqualBytes() throws {
    let rows = randomRows(500, everyType, seed: 3)
    try write(rows, everyType, to: folder.path + "/a.arrow", batchRows: 128)
    try write(rows, everyType, to: folder.path + "/b.arrow", batchRows: 128)
    #expect(try bytes(of: folder.path + "/a.arrow") == bytes(of: folder.path + "/b.arrow"))
  }

  @Test func bodiesBeginAtMultiplesOf64() throws {
    let path = folder.path + "/t.arrow"
    try write(randomRows(100, everyType, seed: 4), everyType, to: path, batchRows: 32)
    let file = try ArrowFile(path)
    #expect(file.batches.count == 4)
    for slice in file.batches.joined() {
      let base = try #require(file.file.bytes.baseAddress)
      #expect((slice.values - base) % 64 == 0)
      if let validity = slice.validity { #expect((UnsafeRawPointer(validity) - base) % 64 == 0) }
    }
  }

  @Test func aValueAsText() throws {
    let path = folder.path + "/t.arrow"
    let schema = TableSchema(
      "t",
      [
        ColumnSpec("b", .boolean), ColumnSpec("n", .int16), ColumnSpec("d", .date), ColumnSpec("at", .timestamp),
        ColumnSpec("m", .money), ColumnSpec("s", .utf8), ColumnSpec("c", .code),
      ])
    let rows: [[Cell]] = [
      [
        .integer(1), .integer(-5), .integer(20_777), .integer(20_777 * 86_400 + 3661), .integer(12_345), .text("张"),
        .text("x"),
      ],
      [.integer(0), .integer(0), .integer(0), .integer(-1), .integer(-5), .text(""), .text("")],
      [.integer(1), .integer(9), .integer(-719_468), .integer(0), .integer(Int64.min), .text("a"), .text("x")],
      [Cell](repeating: .null, count: 7),
    ]
    try write(rows, schema, to: path)
    #expect(
      try textRows(Table(path)) == [
        ["true", "-5", "2026-11-20", "2026-11-20T01:01:01", "123.45", "张", "x"],
        ["false", "0", "1970-01-01", "1969-12-31T23:59:59", "-0.05", "", ""],
        ["true", "9", "0000-03-01", "1970-01-01T00:00:00", "-92233720368547758.08", "a", "x"],
        ["", "", "", "", "", "", ""],
      ])
    let column = try Table(path).column("s")
    #expect([column.string(0), column.string(1), column.string(3)] == ["张", "", nil])
  }

  @Test func wholeColumnsAreTheSameBytesAsRows() throws {
    let schema = TableSchema(
      "t",
      [
        ColumnSpec("a", .money), ColumnSpec("b", .date), ColumnSpec("c", .boolean), ColumnSpec("d", .utf8),
        ColumnSpec("e", .code),
      ])
    let count = 2500
    let valid = (0..<count).map { $0 % 3 != 0 }
    try TableWriter.write(
      folder.path + "/columns.arrow", schema: schema,
      columns: [
        .int64((0..<count).map(Int64.init), valid: valid), .int32((0..<count).map(Int32.init)),
        .booleans((0..<count).map { $0 % 2 == 0 }), .strings((0..<count).map { $0 % 5 == 0 ? nil : "v\($0)" }),
        .codes((0..<count).map { Int32($0 % 3) - 1 }, dictionary: ["一", "二"]),
      ], batchRows: 1500)
    let codes: [Cell] = [.null, .text("一"), .text("二")]
    let rows = (0..<count).map { row -> [Cell] in
      let number = Cell.integer(Int64(row))
      let text = row % 5 == 0 ? Cell.null : .text("v\(row)")
      return [valid[row] ? number : .null, number, .integer(row % 2 == 0 ? 1 : 0), text, codes[row % 3]]
    }
    try write(rows, schema, to: folder.path + "/rows.arrow", batchRows: 1500)
    #expect(try bytes(of: folder.path + "/columns.arrow") == bytes(of: folder.path + "/rows.arrow"))
    #expect(try readAll(Table(folder.path + "/columns.arrow")) == rows)
  }

  @Test func copyingColumnsGivesTheSameTable() throws {
    let rows = randomRows(300, everyType, seed: 5)
    try write(rows, everyType, to: folder.path + "/a.arrow", batchRows: 50)
    let table = try Table(folder.path + "/a.arrow")
    let writer = try TableWriter(folder.path + "/b.arrow", schema: everyType, batchRows: 50)
    for row in (0..<table.rowCount).reversed() {
      for spec in everyType.columns { writer.column(spec.name).append(try table.column(spec.name), row: row) }
      try writer.endRow()
    }
    #expect(writer.rowCount == 300)
    #expect(try writer.finish() == 300)
    #expect(try readAll(Table(folder.path + "/b.arrow")) == rows.reversed())
  }

  /// Buffers above and below the size that the file's writer copies, mixed.
  @Test func largeBatchesComeBack() throws {
    let path = folder.path + "/t.arrow"
    let count = 40_000
    let schema = TableSchema("t", [ColumnSpec("a", .int8), ColumnSpec("b", .int64), ColumnSpec("c", .int8)])
    let values = (0..<count).map { Int64($0 % 100) }
    try TableWriter.write(path, schema: schema, columns: [.int64(values), .int64(values), .int64(values)])
    let table = try Table(path)
    for name in ["a", "b", "c"] {
      let column = try table.column(name)
      #expect((0..<count).allSatisfy { column.integer($0) == values[$0] })
    }
  }

  @Test func aBatchWithMuchTextIsWrittenEarly() throws {
    let path = folder.path + "/t.arrow"
    let schema = TableSchema("t", [ColumnSpec("s", .utf8)])
    let writer = try TableWriter(path, schema: schema, batchRows: 65_536, textLimit: 5000)
    for _ in 0..<2500 {
      writer.column("s").append("0123456789")
      try writer.endRow()
    }
    _ = try writer.finish()
    #expect(try ArrowFile(path).batches.map { $0[0].count } == [1024, 1024, 452])
  }

  @Test func unknownColumnsNameTheNearest() throws {
    let path = folder.path + "/t.arrow"
    try write([], TableSchema("party", [ColumnSpec("mobile", .utf8), ColumnSpec("name", .utf8)]), to: path)
    let table = try Table(path)
    let problem = #expect(throws: Problem.self) { try table.column("moblie") }
    #expect(
      problem?.description
        == "\(path): error [unknown_column]: table party has no column moblie; expected one of mobile, name. Use mobile."
    )
  }

  @Test func aMissingFileIsUnreadable() {
    let problem = #expect(throws: Problem.self) { try Table(folder.path + "/none.arrow") }
    #expect(problem?.code == "unreadable_file")
  }
}

@Suite struct PartsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func partsAreReadAsOneWithOneDictionary() throws {
    var all: [[Cell]] = []
    var paths: [String] = []
    var starts: [Int] = []
    for (index, rows) in [40, 0, 5000, 1, 300].enumerated() {
      let part = randomRows(rows, everyType, seed: UInt64(index + 10))
      let path = folder.path + "/\(index).arrow"
      try write(part, everyType, to: path, batchRows: [16, 1000, 700, 1, 300][index])
      starts.append(all.count)
      all += part
      paths.append(path)
    }
    let table = try Table(parts: paths)
    #expect(table.partStarts == starts)
    #expect(table.partStarts == [0, 40, 40, 5040, 5041])
    #expect(try readAll(table) == all)
    #expect([0, 39, 40, 5039, 5040, 5041, 5340].map(table.part(of:)) == [0, 0, 2, 2, 3, 4, 4])
    let codes = try table.column("code")
    #expect(Set(codes.dictionary).count == codes.dictionary.count)
    #expect(codes.code(of: codes.dictionary[3]) == 3)
    #expect(codes.code(of: "nowhere") == nil)
    // In the order in which the texts first come, over the parts.
    var seen: [String] = []
    for row in all {
      if case .text(let text) = row[everyType.index(of: "code")!], !seen.contains(text) { seen.append(text) }
    }
    #expect(codes.dictionary == seen)
  }

  @Test func partsWithOtherColumnsAreRefused() throws {
    try write([], TableSchema("a", [ColumnSpec("x", .int32), ColumnSpec("y", .utf8)]), to: folder.path + "/a.arrow")
    try write([], TableSchema("b", [ColumnSpec("x", .int32), ColumnSpec("y", .code)]), to: folder.path + "/b.arrow")
    try write([], TableSchema("c", [ColumnSpec("x", .int32)]), to: folder.path + "/c.arrow")
    let a = folder.path + "/a.arrow"
    let type = #expect(throws: Problem.self) { try Table(parts: [a, folder.path + "/b.arrow"]) }
    #expect(
      type?.description
        == "\(folder.path)/b.arrow: error [different_schema]: parts of one table have the same columns, but column 2 differs; "
        + "found y code, expected y utf8 as in \(a).")
    let count = #expect(throws: Problem.self) { try Table(parts: [a, folder.path + "/c.arrow"]) }
    #expect(
      count?.description
        == "\(folder.path)/c.arrow: error [different_schema]: parts of one table have the same columns; "
        + "found 1 columns, expected 2 as in \(a).")
    let none = #expect(throws: Problem.self) { try Table(parts: []) }
    #expect(none?.description == "error [no_table]: a table of no files has no columns. Give at least one file.")
  }
}
