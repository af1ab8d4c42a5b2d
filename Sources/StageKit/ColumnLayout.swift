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

extension RecordKind.Column {
  /// The layout in a table on disk; the bits of `notes` take a narrower one.
  public var columnType: ColumnType { name == "notes" ? .int32 : storage.columnType }
}

extension ColumnSpec {
  private static let rowOf = "row_of"

  /// A column of row numbers, from 0, in the whole table of party records; the file itself says so.
  public static func partyRecord(_ name: String, isNullable: Bool = false) -> ColumnSpec {
    ColumnSpec(name, .int32, isNullable: isNullable, metadata: [rowOf: RecordKind.party.rawValue])
  }

  /// Whether the column holds row numbers of party records.
  public var isPartyRecord: Bool { metadata[Self.rowOf] == RecordKind.party.rawValue }
}
