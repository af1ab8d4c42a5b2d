import Basics
import CSQLite
import Columns

/// How a column is given to SQLite.
enum SourceShape: UInt8 {
  /// Not asked for yet: its values are checked when they are.
  case unknown, integer, date, timestamp, text
}

/// One column of a registered table.
struct SourceColumn {
  var shape: SourceShape
  var column: Unmanaged<Column>?
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

  /// - Throws: `different_row_counts`, `duplicate_column`.
  init(_ name: String, _ tables: [Table], of database: Database) throws(Problem) {
    precondition(!tables.isEmpty, "a source has tables")
    var columns: [ColumnSpec] = []
    var owners: [Int] = []
    var seen: [String: String] = [:]
    for (index, table) in tables.enumerated() {
      guard table.rowCount == tables[0].rowCount else {
        throw Problem(
          "different_row_counts", "tables side by side as \(name) have different numbers of rows",
          at: Place(table.paths[0]), found: String(table.rowCount),
          expected: "\(tables[0].rowCount) as in \(tables[0].paths[0])")
      }
      for column in table.schema.columns {
        // SQLite does not tell upper from lower case in names.
        if let earlier = seen.updateValue(table.schema.name, forKey: column.name.lowercased()) {
          throw Problem(
            "duplicate_column",
            "tables \(earlier) and \(table.schema.name), side by side as \(name), both have a column "
              + column.name, at: Place(table.paths[0]))
        }
        columns.append(column)
        owners.append(index)
      }
    }
    self.name = name
    self.tables = tables
    self.columns = columns
    self.owners = owners
    self.database = database
    rowCount = tables[0].rowCount
    slots = .allocate(capacity: columns.count)
    slots.initialize(repeating: SourceColumn(shape: .unknown, column: nil), count: columns.count)
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
  /// - Throws: `different_row_counts`, `duplicate_column`, `table_exists`, `invalid_name`.
  @discardableResult
  public func register(_ name: String, tables: [Table]) throws(Problem) -> TableSource {
    _ = try quotedIdentifier(name)
    // Not by a query, which the guard would refuse.
    let isTable = sqlite3_table_column_metadata(handle, nil, name, nil, nil, nil, nil, nil, nil) == SQLITE_OK
    if isTable || sources[name.lowercased()] != nil {
      throw Problem("table_exists", "the database already has a table \(name)", at: path.map { Place($0) })
    }
    let source = try TableSource(name, tables, of: self)
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
