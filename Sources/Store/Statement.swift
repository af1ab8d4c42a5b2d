import Basics
import CSQLite

/// A prepared statement. Parameters count from 1, columns from 0, as in SQLite.
public final class Statement {
  public let sql: String
  private let statement: OpaquePointer?
  private let database: Database

  init(_ statement: OpaquePointer?, of database: Database, sql: String) {
    self.statement = statement
    self.database = database
    self.sql = sql
  }

  deinit { sqlite3_finalize(statement) }

  // MARK: Parameters

  public func bind(_ parameter: Int, _ value: Int64) { check(sqlite3_bind_int64(statement, Int32(parameter), value)) }

  public func bind(_ parameter: Int, _ text: String) {
    var text = text
    text.withUTF8 { bind(parameter, utf8: UnsafeRawBufferPointer($0)) }
  }

  /// Copies the bytes.
  public func bind(_ parameter: Int, utf8 bytes: UnsafeRawBufferPointer) {
    bind(parameter, bytes, guiyi_sqlite_transient())
  }

  /// Does not copy: the bytes must stay until the statement was run or reset.
  public func bind(_ parameter: Int, borrowed bytes: UnsafeRawBufferPointer) {
    bind(parameter, bytes, guiyi_sqlite_static())
  }

  public func bindNull(_ parameter: Int) { check(sqlite3_bind_null(statement, Int32(parameter))) }

  public func bind(_ parameter: Int, _ value: SQLValue) {
    switch value {
    case .null: bindNull(parameter)
    case .integer(let value): bind(parameter, value)
    case .real(let value): check(sqlite3_bind_double(statement, Int32(parameter), value))
    case .text(let text): bind(parameter, text)
    }
  }

  private func bind(
    _ parameter: Int, _ bytes: UnsafeRawBufferPointer, _ destructor: sqlite3_destructor_type?
  ) {
    // Without an address SQLite would take an empty text for null.
    let address = bytes.baseAddress ?? emptyText
    let text = address.assumingMemoryBound(to: CChar.self)
    check(sqlite3_bind_text64(statement, Int32(parameter), text, UInt64(bytes.count), destructor, UInt8(SQLITE_UTF8)))
  }

  private func check(_ code: Int32) {
    precondition(code == SQLITE_OK, "no such parameter, or the statement is running: \(sql)")
  }

  // MARK: Running

  /// Goes to the next row; false when there is none, and the statement is ready to run again.
  /// - Throws: `sql_error`, or what a registered table found wrong.
  public func step() throws(Problem) -> Bool {
    let code = sqlite3_step(statement)
    if code == SQLITE_ROW { return true }
    guard code == SQLITE_DONE || statement == nil else {
      let problem = database.failure(code, sql: sql)
      sqlite3_reset(statement)
      throw problem
    }
    sqlite3_reset(statement)
    return false
  }

  /// Runs a statement that gives no rows, as an INSERT does.
  public func run() throws(Problem) { while try step() {} }

  /// Ends a statement before its last row.
  public func reset() { sqlite3_reset(statement) }

  // MARK: The row at hand

  public var columnCount: Int { Int(sqlite3_column_count(statement)) }

  public func columnName(_ column: Int) -> String { String(cString: sqlite3_column_name(statement, Int32(column))) }

  public func isNull(_ column: Int) -> Bool { sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL }

  /// The type of the value at hand, whatever the column's.
  public enum Kind: String, Sendable { case null, integer, real, text, blob }

  public func kind(_ column: Int) -> Kind {
    switch sqlite3_column_type(statement, Int32(column)) {
    case SQLITE_INTEGER: .integer
    case SQLITE_FLOAT: .real
    case SQLITE_TEXT: .text
    case SQLITE_BLOB: .blob
    default: .null
    }
  }

  /// 0 where null.
  public func integer(_ column: Int) -> Int64 { sqlite3_column_int64(statement, Int32(column)) }

  /// UTF-8 of the value, valid until the next step; empty where null.
  public func bytes(_ column: Int) -> UnsafeRawBufferPointer {
    guard let text = sqlite3_column_text(statement, Int32(column)) else {
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    return UnsafeRawBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, Int32(column))))
  }

  /// nil where null.
  public func text(_ column: Int) -> String? { isNull(column) ? nil : String(decoding: bytes(column), as: UTF8.self) }

  public func value(_ column: Int) -> SQLValue {
    switch sqlite3_column_type(statement, Int32(column)) {
    case SQLITE_NULL: .null
    case SQLITE_INTEGER: .integer(integer(column))
    case SQLITE_FLOAT: .real(sqlite3_column_double(statement, Int32(column)))
    default: .text(String(decoding: bytes(column), as: UTF8.self))
    }
  }
}

/// An address for texts of no bytes.
nonisolated(unsafe) let emptyText = UnsafeRawPointer(UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1))
