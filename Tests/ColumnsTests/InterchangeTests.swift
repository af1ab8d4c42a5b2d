import Basics
import Foundation
import TestSupport
import Testing

@testable import Columns

/// The interpreter of an environment with pyarrow and duckdb, which `scripts/test.sh` makes.
private let python = ProcessInfo.processInfo.environment["GUIYI_PYTHON"]

@Suite(
  .enabled(
    if: python != nil,
    "needs pyarrow and duckdb: run scripts/test.sh, which installs them and sets GUIYI_PYTHON to their interpreter"))
struct InterchangeTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs `interchange.py`, beside this file; gives its output by lines.
  private func run(_ arguments: String...) throws -> [String] {
    let process = Process()
    // GUIYI_PYTHON is the environment's folder or its interpreter.
    let place = try #require(python)
    process.executableURL = URL(fileURLWithPath: Files.isFolder(place) ? place + "/bin/python3" : place)
    process.arguments = [Files.parent(#filePath) + "/interchange.py"] + arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// As the helper prints rows: money as a plain number.
  private func line(_ row: [Cell], _ schema: TableSchema) -> String {
    let texts = zip(row, schema.columns).map { cell, spec -> String in
      switch (cell, spec.type) {
      case (.null, _): ""
      case (.text(let text), _): JSON.quoted(text)
      case (.integer(let value), .boolean): value == 1 ? "true" : "false"
      case (.integer(let value), .date): CivilDay.text(Int(value))
      case (.integer(let value), .timestamp): CivilDay.text(seconds: value)
      case (.integer(let value), _): String(value)
      }
    }
    return "[" + texts.map { $0.hasPrefix("\"") ? $0 : "\"\($0)\"" }.joined(separator: ", ") + "]"
  }

  /// Python's dates end with the year 9999 and begin with the year 1.
  private func rowsForPython(_ count: Int) -> [[Cell]] {
    randomRows(count, everyType, seed: 21).map { row in
      zip(row, everyType.columns).map { cell, spec in
        guard case .integer(let value) = cell else { return cell }
        switch spec.type {
        case .date: return .integer(value.magnitude % 2 == 0 ? abs(value) % 50_000 : -abs(value) % 50_000)
        case .timestamp: return .integer(value % 4_000_000_000)
        default: return cell
        }
      }
    }
  }

  @Test func pyarrowReadsOurs() throws {
    let path = folder.path + "/t.arrow"
    let rows = rowsForPython(300)
    try write(rows, everyType, to: path, batchRows: 128)
    let lines = try run("read", path)
    #expect(lines[0] == #"{"business_date": "2026-11-20", "table": "sample"}"#)
    let types = [
      "bool", "int8", "int16", "int32", "int64", "date32[day]", "timestamp[s]", "string",
      "dictionary<values=string, indices=int32, ordered=0>", "int64",
    ]
    for (index, spec) in everyType.columns.enumerated() {
      var metadata = spec.metadata.map { "\"\($0.key)\": \"\($0.value)\"" }
      if spec.type == .money { metadata.append(#""unit": "minor""#) }
      #expect(
        lines[1 + index] == "\(spec.name) \(types[index / 2]) \(spec.isNullable ? "null" : "never null") "
          + "{\(metadata.sorted().joined(separator: ", "))}")
    }
    #expect(Array(lines[(1 + everyType.columns.count)...]) == rows.map { line($0, everyType) })
  }

  @Test func pyarrowReadsAnEmptyTable() throws {
    let path = folder.path + "/t.arrow"
    try write([], everyType, to: path)
    #expect(try run("read", path).count == 1 + everyType.columns.count)
  }

  @Test func duckDBQueriesOurs() throws {
    let path = folder.path + "/t.arrow"
    let rows = rowsForPython(500)
    try write(rows, everyType, to: path, batchRows: 200)
    func index(_ name: String) -> Int { everyType.index(of: name)! }
    func integers(_ rows: [[Cell]], _ name: String) -> [Int64] {
      rows.compactMap { if case .integer(let value) = $0[index(name)] { value } else { nil } }
    }
    func texts(_ rows: [[Cell]], _ name: String) -> [String] {
      rows.compactMap { if case .text(let text) = $0[index(name)] { text } else { nil } }
    }
    let groups = Dictionary(grouping: rows) { texts([$0], "code")[0] }
    let expected = groups.keys.sorted().map { code -> String in
      let group = groups[code]!
      let numbers = [
        code, String(group.count), String(integers(group, "money").reduce(0, +)),
        CivilDay.text(Int(integers(group, "date").min()!)),
        CivilDay.text(seconds: integers(group, "timestamp").max()!),
        String(texts(group, "utf8").reduce(0) { $0 + $1.count }), String(texts(group, "utf8_optional").count),
        String(integers(group, "boolean").reduce(0, +)),
      ]
      return "[" + numbers.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }
    #expect(try run("duckdb", path) == expected)
  }

  @Test func weReadPyarrows() throws {
    let path = folder.path + "/t.arrow"
    _ = try run("write", path)
    let table = try Table(path)
    #expect(
      table.schema
        == TableSchema(
          "foreign",
          [
            ColumnSpec("flag", .boolean), ColumnSpec("tiny", .int8), ColumnSpec("short", .int16),
            ColumnSpec("int", .int32), ColumnSpec("long", .int64, isNullable: false), ColumnSpec("day", .date),
            ColumnSpec("at", .timestamp), ColumnSpec("text", .utf8), ColumnSpec("code", .code),
            ColumnSpec("amount", .money),
          ], metadata: ["made_by": "pyarrow"]))
    let expected = (0..<76).map { row -> [String] in
      let number = Int64(row)
      let long = String(number * 1_000_000_000_000_000)
      if row % 4 == 1 { return ["", "", "", "", long, "", "", "", "", ""] }
      let cents = row * 101 % 100
      return [
        row % 2 == 0 ? "true" : "false", String(row - 40), String(-row * 100), String(row * 1_000_000), long,
        CivilDay.text(20_777 + row), CivilDay.text(seconds: 86_400 * 20_777 + number),
        String(repeating: "行", count: row % 3) + String(row), ["甲", "乙", "丙"][row % 3],
        "\(row * 101 / 100).\(cents < 10 ? "0" : "")\(cents)",
      ]
    }
    #expect(try textRows(table) == expected)
    #expect(try table.column("code").dictionary == ["甲", "乙", "丙"])
  }

  @Test(arguments: [
    ("compressed", "compressed batches; expected uncompressed batches"),
    ("float", "the type of column x; expected one of \(allTypes)"),
    ("unsigned", "the type of column x; expected one of \(allTypes)"),
    ("zoned", "the type of column x; expected one of \(allTypes)"),
    ("milliseconds", "the type of column x; expected one of \(allTypes)"),
    ("list", "the type of column x; expected one of \(allTypes)"),
    ("small-dictionary", "the dictionary of column x; expected dictionary<int32, utf8>"),
    ("null-in-dictionary", "a null in a dictionary; expected nulls in the column itself"),
  ])
  func whatWeDoNotReadIsNamed(kind: String, message: String) throws {
    let path = folder.path + "/t.arrow"
    _ = try run("write-foreign", kind, path)
    let problem = #expect(throws: Problem.self) { try Table(path) }
    #expect(
      problem?.description
        == "\(path): error [unsupported_table]: the Arrow file holds what is not read here: \(message).")
  }

  @Test(arguments: [("sliced", ["bb", "", "dd"]), ("deltas", ["a", "b", "c"])])
  func otherLayoutsOfTheSameTypes(kind: String, expected: [String]) throws {
    let path = folder.path + "/t.arrow"
    _ = try run("write-foreign", kind, path)
    #expect(try textRows(Table(path)).map { $0[0] } == expected)
  }
}

private let allTypes = "boolean, int8, int16, int32, int64, date, timestamp, utf8, code, money"
