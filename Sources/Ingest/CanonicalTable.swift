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
          column.name, column.columnType, isNullable: true, metadata: column.storage == .money ? ["unit": "minor"] : [:]
        )
      })
  }
}
