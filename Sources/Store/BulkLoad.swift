import Basics
import CSQLite
import Columns

extension Database {
  /// Creates a table and loads tables of one length into it, their columns side by side, in row order; types as
  /// `TableSource` says.
  /// - Parameters:
  ///   - primaryKey: columns; one INTEGER column becomes the rowid. Sort the rows by it beforehand: random keys load
  ///     several times slower.
  ///   - withoutRowID: for narrow tables with a composite key.
  /// - Returns: the number of rows.
  /// - Throws: `different_row_counts`, `duplicate_column`, `invalid_name`, `sql_error`, `damaged_table`.
  @discardableResult
  public func load(
    _ name: String, from tables: [Table], primaryKey: [String] = [], withoutRowID: Bool = false
  ) throws(Problem) -> Int {
    let sourceName = "source of \(name)"
    let source = try register(sourceName, tables: tables)
    defer { try? unregister(sourceName) }
    var key: [String] = []
    for column in primaryKey { key.append(try quotedIdentifier(column)) }
    let constraint = key.isEmpty ? "" : "PRIMARY KEY (\(key.joined(separator: ", ")))"
    try execute(try source.declaration(of: name, constraint: constraint) + (withoutRowID ? " WITHOUT ROWID" : ""))
    try execute("INSERT INTO \(try quotedIdentifier(name)) SELECT * FROM \(try quotedIdentifier(sourceName))")
    return source.rowCount
  }
}
