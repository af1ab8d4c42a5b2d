/// What a column holds, each with one layout in an Arrow file.
public enum ColumnType: String, Sendable, Hashable, CaseIterable {
  case boolean, int8, int16, int32, int64
  /// Days since 1970-01-01 (Arrow date32).
  case date
  /// Seconds since 1970-01-01T00:00:00, without a zone (Arrow timestamp[s]).
  case timestamp
  case utf8
  /// One of few texts, kept as a number into a dictionary (Arrow dictionary<int32, utf8>).
  case code
  /// Minor units of a currency (Arrow int64 with the field's metadata `unit=minor`).
  case money
}

/// One column: its name, its type, whether it may be empty, and what else is to be known of it.
public struct ColumnSpec: Sendable, Hashable {
  public var name: String
  public var type: ColumnType
  public var isNullable: Bool
  /// Written sorted by key. `unit=minor` of a money column is written and read by itself.
  public var metadata: [String: String]

  public init(_ name: String, _ type: ColumnType, isNullable: Bool = true, metadata: [String: String] = [:]) {
    self.name = name
    self.type = type
    self.isNullable = isNullable
    self.metadata = metadata
  }
}

/// A table's name and its columns, in order; names are distinct.
public struct TableSchema: Sendable, Hashable {
  public var name: String
  public var columns: [ColumnSpec]
  /// Written sorted by key, beside the table's name (key `table`).
  public var metadata: [String: String]

  public init(_ name: String, _ columns: [ColumnSpec], metadata: [String: String] = [:]) {
    self.name = name
    self.columns = columns
    self.metadata = metadata
  }

  public init(name: String, columns: [ColumnSpec]) { self.init(name, columns) }

  public func index(of name: String) -> Int? { columns.firstIndex { $0.name == name } }

  public subscript(name: String) -> ColumnSpec? { index(of: name).map { columns[$0] } }
}
