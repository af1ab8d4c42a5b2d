import Basics
import CSQLite
import Columns

/// How a column is given to SQLite.
enum SourceShape: UInt8 {
  /// Not asked for yet: its values are checked when they are.
  case unknown, integer, date, timestamp, text
  /// One date for all rows, in no table.
  case sameDate
}

/// One column of a registered table.
struct SourceColumn {
  var shape: SourceShape
  var column: Unmanaged<Column>?
  /// For `sameDate`, in days.
  var days = 0
}

/// Which columns a `TableSource` has.
struct SourceLayout {
  var columns: [ColumnSpec] = []
  /// The table that each column is in; -1 for none.
  var owners: [Int] = []
  var rowCount = 0
  private var seen: [String: String] = [:]
  private let name: String

  init(_ name: String) { self.name = name }

  mutating func add(_ column: ColumnSpec, from table: String, at place: Place?, owner: Int) throws(Problem) {
    // SQLite does not tell upper from lower case in names.
    if let earlier = seen.updateValue(table, forKey: column.name.lowercased()) {
      throw Problem(
        "duplicate_column",
        "tables \(earlier) and \(table), side by side as \(name), both have a column \(column.name)", at: place)
    }
    columns.append(column)
    owners.append(owner)
  }

  /// - Parameter shared: columns that are taken from the first table only.
  mutating func add(_ tables: [Table], shared: Set<String>) throws(Problem) {
    rowCount = tables[0].rowCount
    for (index, table) in tables.enumerated() {
      guard table.rowCount == rowCount else {
        throw Problem(
          "different_row_counts", "tables side by side as \(name) have different numbers of rows",
          at: Place(table.paths[0]), found: String(table.rowCount),
          expected: "\(rowCount) as in \(tables[0].paths[0])")
      }
      for column in table.schema.columns where index == 0 || !shared.contains(column.name) {
        try add(column, from: table.schema.name, at: Place(table.paths[0]), owner: index)
      }
    }
  }
}

/// Tables of one length, side by side, that SQL reads as one table straight from the mapped files.
///
/// Integers, money (minor units) and booleans (0, 1) are INTEGER; texts and codes are TEXT; dates are TEXT `yyyy-MM-dd`,
/// timestamps TEXT `yyyy-MM-ddTHH:mm:ss`. The rowid is the row's number, from 0.
public final class TableSource: @unchecked Sendable {
  public let name: String
  public let rowCount: Int
  /// Names and types of the columns, in order.
  public let columns: [ColumnSpec]
  private let tables: [Table]
  private let owners: [Int]
  let slots: UnsafeMutablePointer<SourceColumn>
  private weak var database: Database?

  /// - Parameters:
  ///   - layout: of `tables`; columns without a table hold the dates of `dates`, or nothing.
  ///   - dates: by column name, in days.
  init(_ name: String, _ tables: [Table], _ layout: SourceLayout, dates: [String: Int], of database: Database) {
    self.name = name
    self.tables = tables
    columns = layout.columns
    owners = layout.owners
    rowCount = layout.rowCount
    self.database = database
    slots = .allocate(capacity: columns.count)
    slots.initialize(repeating: SourceColumn(shape: .unknown, column: nil), count: columns.count)
    for (index, column) in columns.enumerated() {
      if let days = dates[column.name] { slots[index] = SourceColumn(shape: .sameDate, column: nil, days: days) }
    }
  }

  deinit {
    for index in columns.indices { slots[index].column?.release() }
    slots.deallocate()
  }

  /// `CREATE TABLE …` with the columns' SQLite types.
  func declaration(of table: String, constraint: String = "") throws(Problem) -> String {
    var parts: [String] = []
    for column in columns {
      let type = Self.isText(column.type) ? "TEXT" : "INTEGER"
      parts.append("\(try quotedIdentifier(column.name)) \(type)\(column.isNullable ? "" : " NOT NULL")")
    }
    if !constraint.isEmpty { parts.append(constraint) }
    return "CREATE TABLE \(try quotedIdentifier(table)) (\(parts.joined(separator: ", ")))"
  }

  /// Tells SQLite the columns, which the guard of expressions must not take for an attempt to create a table.
  func declare(_ declaration: String, _ connection: OpaquePointer?) -> Int32 {
    database?.isDeclaring = true
    defer { database?.isDeclaring = false }
    return sqlite3_declare_vtab(connection, declaration)
  }

  private static func isText(_ type: ColumnType) -> Bool {
    switch type {
    case .utf8, .code, .date, .timestamp: true
    case .boolean, .int8, .int16, .int32, .int64, .money: false
    }
  }

  /// Has a column's values checked, at its first use; false where they are damaged.
  func resolve(_ index: Int) -> Bool {
    let spec = columns[index]
    do {
      let column = try tables[owners[index]].column(spec.name)
      let shape: SourceShape =
        switch spec.type {
        case .date: .date
        case .timestamp: .timestamp
        case .utf8, .code: .text
        case .boolean, .int8, .int16, .int32, .int64, .money: .integer
        }
      slots[index] = SourceColumn(shape: shape, column: .passRetained(column))
      return true
    } catch {
      database?.sourceProblem = error
      return false
    }
  }
}

extension Database {
  /// Makes tables readable by SQL under one name, as one table with their columns side by side; they must have the same
  /// number of rows and distinct column names. Nothing is loaded.
  /// - Parameters:
  ///   - shared: columns that all tables have alike; they are taken from the first.
  ///   - dates: columns that no table has and that hold one date, in days since 1970-01-01, in every row.
  /// - Throws: `different_row_counts`, `duplicate_column`, `table_exists`, `invalid_name`.
  @discardableResult
  public func register(
    _ name: String, tables: [Table], shared: Set<String> = [], dates: [(name: String, days: Int)] = []
  ) throws(Problem) -> TableSource {
    precondition(!tables.isEmpty, "a source has tables")
    var layout = SourceLayout(name)
    try layout.add(tables, shared: shared)
    for date in dates { try layout.add(ColumnSpec(date.name, .date), from: name, at: nil, owner: -1) }
    let days = Dictionary(dates.map { ($0.name, $0.days) }, uniquingKeysWith: { first, _ in first })
    return try register(name, TableSource(name, tables, layout, dates: days, of: self))
  }

  /// Registers a table that has these columns and no rows, to check expressions before there is data.
  /// - Throws: `duplicate_column`, `table_exists`, `invalid_name`.
  @discardableResult
  public func register(_ name: String, columns: [ColumnSpec]) throws(Problem) -> TableSource {
    var layout = SourceLayout(name)
    for column in columns { try layout.add(column, from: name, at: nil, owner: -1) }
    return try register(name, TableSource(name, [], layout, dates: [:], of: self))
  }

  private func register(_ name: String, _ source: TableSource) throws(Problem) -> TableSource {
    _ = try quotedIdentifier(name)
    // Not by a query, which the guard would refuse.
    let isTable = sqlite3_table_column_metadata(handle, nil, name, nil, nil, nil, nil, nil, nil) == SQLITE_OK
    if isTable || sources[name.lowercased()] != nil {
      throw Problem("table_exists", "the database already has a table \(name)", at: path.map { Place($0) })
    }
    let retained = Unmanaged.passRetained(source).toOpaque()
    let release: @convention(c) (UnsafeMutableRawPointer?) -> Void = { pointer in
      if let pointer { Unmanaged<TableSource>.fromOpaque(pointer).release() }
    }
    try require(sqlite3_create_module_v2(handle, name, TableModule.shared, retained, release))
    sources[name.lowercased()] = source
    return source
  }

  /// Takes a registered table away again; statements that read it must be done.
  public func unregister(_ name: String) throws(Problem) {
    guard sources.removeValue(forKey: name.lowercased()) != nil else { return }
    try require(sqlite3_create_module_v2(handle, name, nil, nil, nil))
  }
}
