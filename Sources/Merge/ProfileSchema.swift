import Columns
import Definition
import StageKit

/// The tables that merge writes.
enum ProfileSchema {
  static func profiles(_ merge: MergeDefinition) -> TableSchema {
    TableSchema(
      "profiles",
      CustomerRow.profileColumns(of: merge).map { column in
        // Counts of our own; the party table's integers are as wide as ingest writes them.
        let isNarrow = CustomerRow.mergeColumns.contains(column) || column.name == "notes"
        let type = column.storage == .integer && isNarrow ? .int32 : column.storage.columnType
        return ColumnSpec(column.name, type, isNullable: column.name != CustomerRow.customerId.name)
      })
  }

  static func provenance(_ merge: MergeDefinition) -> TableSchema {
    TableSchema(
      "provenance",
      [ColumnSpec(CustomerRow.customerId.name, .utf8, isNullable: false)]
        + merge.attributes.flatMap { attribute in
          [
            .partyRecord("\(attribute.columns[0])_record", isNullable: true),
            ColumnSpec("\(attribute.columns[0])_rivals", .int16, isNullable: false),
          ]
        })
  }
}
