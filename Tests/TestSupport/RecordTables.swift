import Basics
import Columns
import Definition
import StageKit
import Standards

/// Writes small canonical tables as ingest would, from texts.
public enum RecordTables {
  /// One record: column name to text; columns left out are null. Dates `2026-11-20`, times `2026-11-20T08:00:00`, money
  /// `12.34`, booleans `true` and `false`.
  public typealias Row = [String: String]

  /// Writes `<ingest>/<kind>/<source>.arrow`.
  public static func write(_ kind: RecordKind, _ source: String, _ rows: [Row], ingest: String) throws {
    let columns = RecordKind.placeColumns + kind.columns
    let schema = TableSchema(kind.rawValue, columns.map { ColumnSpec($0.name, $0.columnType) })
    try Files.makeFolder("\(ingest)/\(kind.rawValue)")
    let writer = try TableWriter("\(ingest)/\(kind.rawValue)/\(source).arrow", schema: schema)
    for (index, row) in rows.enumerated() {
      var row = row
      row["source"] = source
      row["line"] = String(index + 2)
      row["offset"] = String(index * 100)
      for name in row.keys where !columns.contains(where: { $0.name == name }) {
        throw Problem("unknown_column", "a test's row has the column \(name), which \(kind.rawValue) has not")
      }
      for (place, column) in columns.enumerated() { try append(row[column.name], to: writer.column(at: place)) }
      try writer.endRow()
    }
    _ = try writer.finish()
  }

  private static func append(_ text: String?, to builder: ColumnBuilder) throws {
    guard let text else { return builder.appendNull() }
    let bad = Problem("bad_test_value", "no \(builder.spec.type.rawValue)", found: text)
    switch builder.spec.type {
    case .utf8, .code: builder.append(text)
    case .boolean: builder.append(text == "true")
    case .date:
      guard let date = CalendarDate(text) else { throw bad }
      builder.append(Int64(date.days))
    case .timestamp:
      var text = text
      guard let time = text.withUTF8({ Timestamp(UnsafeRawBufferPointer($0), format: .iso) }) else { throw bad }
      builder.append(time.seconds)
    case .money: builder.append(try Money.parse(text).minorUnits)
    case .int8, .int16, .int32, .int64:
      guard let number = Int64(text) else { throw bad }
      builder.append(number)
    }
  }

  /// Every row of a table as CSV texts, columns in order.
  public static func texts(_ path: String) throws -> [[String]] {
    let table = try Table(path)
    let columns = try table.schema.columns.map { try table.column($0.name) }
    return (0..<table.rowCount).map { row in columns.map { $0.text(row) } }
  }
}
