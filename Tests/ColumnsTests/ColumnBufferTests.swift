import Basics
import TestSupport
import Testing

@testable import Columns

/// Buffers that are written as batches, held against a builder that takes one value at a time.
struct ColumnBufferTests {
  private static let schema = TableSchema(
    "values",
    [
      ColumnSpec("flag", .boolean), ColumnSpec("day", .date), ColumnSpec("amount", .money), ColumnSpec("note", .utf8),
      ColumnSpec("code", .code),
    ])

  private typealias Row = (flag: Bool?, day: Int32?, amount: Int64?, note: String?, code: String?)

  private func rows(_ random: inout SeededRandom) -> [Row] {
    (0..<Int.random(in: 0...70, using: &random)).map { _ in
      func maybe<Value>(_ value: Value) -> Value? { Int.random(in: 0...3, using: &random) == 0 ? nil : value }
      return (
        maybe(Int.random(in: 0...1, using: &random) == 1), maybe(Int32(Int.random(in: -9...9, using: &random))),
        maybe(Int64(Int.random(in: -9...9, using: &random))),
        maybe(String(repeating: "文", count: Int.random(in: 0...20, using: &random))),
        maybe("code \(Int.random(in: 0...4, using: &random))")
      )
    }
  }

  private func fill(_ buffers: [ColumnBuffer], _ rows: [Row]) {
    for row in rows {
      for buffer in buffers { buffer.reserve(rows: 1) }
      put(buffers[0], UInt8(row.flag == true ? 1 : 0), row.flag != nil)
      put(buffers[1], row.day ?? 0, row.day != nil)
      put(buffers[2], row.amount ?? 0, row.amount != nil)
      let text = Array((row.note ?? "").utf8)
      buffers[3].reserve(text: text.count, behind: buffers[3].textCount)
      text.withUnsafeBytes { bytes in
        if let base = bytes.baseAddress {
          (buffers[3].text + buffers[3].textCount).copyMemory(from: base, byteCount: text.count)
        }
      }
      put(buffers[3], Int32(buffers[3].textCount + text.count), row.note != nil)
      put(buffers[4], row.code.map { buffers[4].dictionary.intern($0) } ?? 0, row.code != nil)
    }
  }

  private func put<Value: FixedWidthInteger>(_ buffer: ColumnBuffer, _ value: Value, _ isPresent: Bool) {
    buffer.values.assumingMemoryBound(to: Value.self)[buffer.count] = value
    buffer.presence[buffer.count] = isPresent ? 1 : 2
    buffer.add(rows: 1)
  }

  @Test(arguments: 0..<30) func `Batches read back as they were filled, less what was dropped`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let folder = try TemporaryFolder()
    let writer = try TableWriter("\(folder.path)/buffers.arrow", schema: Self.schema)
    let reference = try TableWriter("\(folder.path)/reference.arrow", schema: Self.schema)
    let filtered = try TableWriter("\(folder.path)/expected.arrow", schema: Self.schema)
    let buffers = Self.schema.columns.map { ColumnBuffer($0, firstCodes: $0.type == .code ? ["never used"] : []) }
    var dropped: [Int] = []
    var count = 0
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      for buffer in buffers { buffer.removeAll() }
      let rows = rows(&random)
      fill(buffers, rows)
      let start = rows.isEmpty ? 0 : Int.random(in: 0...rows.count, using: &random)
      let kept = (start..<max(start, rows.count)).map { _ in UInt8(Int.random(in: 0...1, using: &random)) } + [0]
      for buffer in buffers { buffer.keep(from: start, kept) }
      for (index, row) in rows.enumerated() where index < start || kept[index - start] == 1 {
        try append(row, to: reference)
        if Int.random(in: 0...4, using: &random) == 0 { dropped.append(count) } else { try append(row, to: filtered) }
        count += 1
      }
      try writer.append(buffers)
    }
    _ = try (writer.finish(), reference.finish(), filtered.finish())
    #expect(try texts("buffers", folder) == texts("reference", folder), "seed \(seed)")
    #expect(
      try Table("\(folder.path)/buffers.arrow").column("code").dictionary
        == Table("\(folder.path)/reference.arrow").column("code").dictionary)
    let left = try TableFilter.copy("\(folder.path)/buffers.arrow", to: "\(folder.path)/left.arrow", without: dropped)
    #expect(left == count - dropped.count)
    #expect(try texts("left", folder) == texts("expected", folder), "seed \(seed)")
  }

  private func append(_ row: Row, to writer: TableWriter) throws {
    if let flag = row.flag { writer.column(at: 0).append(flag) } else { writer.column(at: 0).appendNull() }
    if let day = row.day { writer.column(at: 1).append(Int64(day)) } else { writer.column(at: 1).appendNull() }
    if let amount = row.amount { writer.column(at: 2).append(amount) } else { writer.column(at: 2).appendNull() }
    writer.column(at: 3).append(row.note)
    writer.column(at: 4).append(row.code)
    try writer.endRow()
  }

  private func texts(_ name: String, _ folder: TemporaryFolder) throws -> [[String]] {
    try RecordTables.texts("\(folder.path)/\(name).arrow")
  }
}
