import Columns
import Definition

extension MeasureDefinition {
  /// The type of the measure's column: numbers for counts, else the type of what is aggregated.
  var columnType: ColumnType {
    switch aggregate {
    case .count, .distinct: .int64
    case .first, .last: .code
    case .sum, .minimum, .maximum: of.flatMap { table.storage(of: $0) }?.columnType ?? .int64
    }
  }
}

extension RecordKind {
  /// How a column is stored, or nil where the kind has no such column.
  func storage(of column: String) -> Storage? { columns.first { $0.name == column }?.storage }
}

extension RecordKind.Storage {
  var columnType: ColumnType {
    switch self {
    case .text: .utf8
    case .code: .code
    case .integer: .int64
    case .money: .money
    case .date: .date
    case .timestamp: .timestamp
    case .boolean: .boolean
    }
  }
}
