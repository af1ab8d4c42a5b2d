import Columns
import Definition

/// The table schema of a canonical kind: where a record came from, then its columns.
enum CanonicalTable {
  static func schema(of kind: RecordKind) -> TableSchema {
    TableSchema(
      kind.rawValue,
      (RecordKind.placeColumns + kind.columns).map { column in
        ColumnSpec(
          column.name, type(of: column), isNullable: true, metadata: column.storage == .money ? ["unit": "minor"] : [:])
      })
  }

  private static func type(of column: RecordKind.Column) -> ColumnType {
    switch column.storage {
    case .text: .utf8
    case .code: .code
    case .integer: column.name == "notes" ? .int32 : .int64
    case .money: .money
    case .date: .date
    case .timestamp: .timestamp
    case .boolean: .boolean
    }
  }
}
