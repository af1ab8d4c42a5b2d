import Columns
import Definition
import StageKit

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
    column.name == "notes" ? .int32 : column.storage.columnType
  }
}
