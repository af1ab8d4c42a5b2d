import Columns
import Definition

extension RecordKind.Storage {
  /// The layout in a table on disk.
  public var columnType: ColumnType {
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
