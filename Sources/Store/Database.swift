import Basics
import CSQLite
import Columns
import Glibc

/// A value of SQLite, for small results; bulk work reads columns of a `Statement`.
public enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
}

/// One connection to a SQLite database. One thread at a time.
public final class Database: @unchecked Sendable {
  /// nil for a database in memory.
  public let path: String?
  private var connection: OpaquePointer?
  /// Registered tables by lower-case name.
  var sources: [String: TableSource] = [:]
  /// What a virtual table found wrong during a statement, in its own words instead of SQLite's.
  var sourceProblem: Problem?
  var isGuarded = false
  /// While a registered table tells SQLite its columns.
  var isDeclaring = false
  /// A function or table that the guard has just refused.
  var refused: Refusal?

  private init(path: String?, flags: Int32) throws(Problem) {
    self.path = path
    let code = sqlite3_open_v2(path ?? ":memory:", &connection, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK else {
      let problem = Problem.sqlite(connection, code: code, path: path, sql: nil)
      sqlite3_close_v2(connection)
      throw problem
    }
    sqlite3_extended_result_codes(connection, 1)
    try require(guiyi_sqlite_strict_names(connection))
    try registerDateFunctions()
  }

  /// Creates a new file (0600) for one bulk load, in one transaction that `finish` ends.
  ///
  /// Nothing protects the file from a crash before `finish`: load into a temporary folder and rename. The same statements
  /// give the same bytes.
  /// - Throws: `unwritable_file`.
  public convenience init(creating path: String) throws(Problem) {
    try Files.remove(path)
    _ = try FileWriter(path).finish()
    try self.init(path: path, flags: SQLITE_OPEN_READWRITE)
    try execute(
      """
      PRAGMA page_size = 32768; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; BEGIN
      """)
  }

  /// Opens a finished file.
  /// - Throws: `unreadable_file`, `damaged_database`.
  public convenience init(readOnly path: String) throws(Problem) {
    try self.init(path: path, flags: SQLITE_OPEN_READONLY)
    try require(guiyi_sqlite_defensive(handle))
    // SQLite reads nothing until it is asked; what is no database should be noticed here.
    try execute("PRAGMA temp_store = MEMORY; PRAGMA schema_version")
  }

  /// A database in memory, for queries over registered tables.
  public static func inMemory() throws(Problem) -> Database {
    let database = try Database(path: nil, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    try database.execute("PRAGMA temp_store = MEMORY")
    return database
  }

  deinit { sqlite3_close_v2(connection) }

  /// The connection, which only `finish` closes before its time.
  var handle: OpaquePointer {
    guard let connection else { preconditionFailure("the database was finished") }
    return connection
  }

  /// Ends a bulk load: makes the indexes, commits, closes and fsyncs. The database cannot be used afterwards.
  /// - Parameter indexes: statements such as `CREATE INDEX …`, run after the rows are in.
  public func finish(indexes: [String] = []) throws(Problem) {
    guard let path else { preconditionFailure("only a database that was created on disk is finished") }
    for statement in indexes { try execute(statement) }
    try execute("COMMIT")
    // Statements that somebody still holds keep a closed connection, which writes nothing any more.
    sqlite3_close_v2(connection)
    connection = nil
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unwritable(path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .unwritable(path) }
  }

  // MARK: Statements

  /// Prepares the first statement of `sql`; the rest is not looked at.
  /// - Throws: `sql_error` with SQLite's message and the SQL.
  public func prepare(_ sql: String) throws(Problem) -> Statement { try prepareFirst(sql[...]).statement }

  /// Runs one or more statements, separated by semicolons; rows that they give are dropped.
  public func execute(_ sql: String) throws(Problem) {
    var rest = sql[...]
    while !rest.allSatisfy(\.isWhitespace) {
      let (statement, after) = try prepareFirst(rest)
      while try statement.step() {}
      rest = after
    }
  }

  /// All rows of a small result.
  public func query(_ sql: String, _ arguments: [SQLValue] = []) throws(Problem) -> [[SQLValue]] {
    let statement = try prepare(sql)
    for (index, argument) in arguments.enumerated() { statement.bind(index + 1, argument) }
    var rows: [[SQLValue]] = []
    while try statement.step() { rows.append((0..<statement.columnCount).map(statement.value)) }
    return rows
  }

  private func prepareFirst(_ sql: Substring) throws(Problem) -> (statement: Statement, rest: Substring) {
    var pointer: OpaquePointer?
    var text = String(sql)
    var used = 0
    refused = nil
    let code = text.withUTF8 { utf8 -> Int32 in
      utf8.withMemoryRebound(to: CChar.self) { characters in
        var tail: UnsafePointer<CChar>?
        let code = sqlite3_prepare_v2(handle, characters.baseAddress, Int32(characters.count), &pointer, &tail)
        if let tail, let base = characters.baseAddress { used = tail - base }
        return code
      }
    }
    guard code == SQLITE_OK else { throw failure(code, sql: text) }
    let end = text.utf8.index(text.startIndex, offsetBy: used)
    return (Statement(pointer, of: self, sql: String(text[..<end])), text[end...])
  }

  /// The problem of a failed call: a virtual table's own, where it had one.
  func failure(_ code: Int32, sql: String?) -> Problem {
    sourceProblem.take() ?? .sqlite(handle, code: code, path: path, sql: sql)
  }

  func require(_ code: Int32, sql: String? = nil) throws(Problem) {
    guard code == SQLITE_OK else { throw failure(code, sql: sql) }
  }
}
