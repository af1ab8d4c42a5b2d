import Columns
import Definition

/// The tables that merge writes.
enum ProfileSchema {
  static func profiles(_ merge: MergeDefinition) -> TableSchema {
    TableSchema(
      "profiles",
      CustomerRow.profileColumns(of: merge).map { column in
        let type: ColumnType =
          switch column.storage {
          case .text: .utf8
          case .code: .code
          // Counts of our own; the party table's integers are as wide as ingest writes them.
          case .integer: CustomerRow.mergeColumns.contains(column) || column.name == "notes" ? .int32 : .int64
          case .money: .money
          case .date: .date
          case .timestamp: .timestamp
          case .boolean: .boolean
          }
        return ColumnSpec(column.name, type, isNullable: column.name != CustomerRow.customerId.name)
      })
  }

  static func provenance(_ merge: MergeDefinition) -> TableSchema {
    TableSchema(
      "provenance",
      merge.attributes.flatMap { attribute in
        [
          ColumnSpec("\(attribute.columns[0])_record", .int32),
          ColumnSpec("\(attribute.columns[0])_rivals", .int16, isNullable: false),
        ]
      })
  }
}
