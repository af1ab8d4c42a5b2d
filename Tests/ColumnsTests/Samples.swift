import Basics
import TestSupport

@testable import Columns

/// One value as tests state it.
enum Cell: Equatable {
  case null
  case integer(Int64)
  case text(String)
}

/// SplitMix64: small, seeded, the same everywhere.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A schema with one nullable and one never empty column of every type.
let everyType = TableSchema(
  "sample",
  ColumnType.allCases.flatMap { type in
    [
      ColumnSpec("\(type.rawValue)_optional", type, metadata: ["source": "crm", "label": "栏目"]),
      ColumnSpec(type.rawValue, type, isNullable: false),
    ]
  },
  metadata: ["business_date": "2026-11-20"])

func randomCell(_ spec: ColumnSpec, using generator: inout SeededGenerator) -> Cell {
  if spec.isNullable && Int.random(in: 0..<4, using: &generator) == 0 { return .null }
  func integer(_ range: ClosedRange<Int64>) -> Cell { .integer(Int64.random(in: range, using: &generator)) }
  switch spec.type {
  case .boolean: return integer(0...1)
  case .int8: return integer(-128...127)
  case .int16: return integer(-32_768...32_767)
  case .int32: return integer(Int64(Int32.min)...Int64(Int32.max))
  case .int64: return integer(Int64.min...Int64.max)
  case .date: return integer(-719_528...2_932_896)
  case .timestamp: return integer(-62_167_219_200...253_402_300_799)
  case .money: return integer(-1_000_000_000_000...1_000_000_000_000)
  case .utf8:
    let texts = ["", "a", "张伟", "欧阳娜娜", "a,b\"c\"", "line\nbreak", "𠮷野家", "0123456789012345678901234567890123456789"]
    return .text(texts.randomElement(using: &generator)! + String(Int.random(in: 0..<1000, using: &generator)))
  case .code: return .text("C" + String(Int.random(in: 0..<20, using: &generator)))
  }
}

func randomRows(_ count: Int, _ schema: TableSchema, seed: UInt64) -> [[Cell]] {
  var generator = SeededGenerator(seed: seed)
  return (0..<count).map { _ in schema.columns.map { randomCell($0, using: &generator) } }
}

func write(_ rows: [[Cell]], _ schema: TableSchema, to path: String, batchRows: Int = 65_536) throws {
  let writer = try TableWriter(path, schema: schema, batchRows: batchRows)
  for row in rows {
    for (index, cell) in row.enumerated() {
      switch cell {
      case .null: writer.column(at: index).appendNull()
      case .integer(let value): writer.column(at: index).append(value)
      case .text(let text): writer.column(at: index).append(text)
      }
    }
    try writer.endRow()
  }
  _ = try writer.finish()
}

/// Everything a table holds, through the random access.
func readAll(_ table: Table) throws -> [[Cell]] {
  let columns = try table.schema.columns.map { try table.column($0.name) }
  return (0..<table.rowCount).map { row in
    columns.map { column in
      if column.isNull(row) { return .null }
      switch column.spec.type {
      case .utf8: return .text(String(decoding: column.bytes(row), as: UTF8.self))
      case .code: return .text(column.dictionary[Int(column.code(row))])
      default: return .integer(column.integer(row))
      }
    }
  }
}

/// Each value as CSV text, as a person would read the table.
func textRows(_ table: Table) throws -> [[String]] {
  let columns = try table.schema.columns.map { try table.column($0.name) }
  return (0..<table.rowCount).map { row in columns.map { $0.text(row) } }
}

func bytes(of path: String) throws -> [UInt8] {
  let file = try MappedFile(path)
  return withExtendedLifetime(file) { Array(file.bytes) }
}
