import Basics
import CSQLite

extension Problem {
  /// The last error of a connection, with its SQL as it was prepared: bound values never appear.
  static func sqlite(_ handle: OpaquePointer?, code: Int32, path: String?, sql: String?) -> Problem {
    let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
    let place = path.map { Place($0) }
    switch code & 0xFF {
    case SQLITE_NOTADB, SQLITE_CORRUPT:
      return Problem(
        "damaged_database", "not a whole SQLite database: \(message)", at: place,
        advice: "Run the stage that wrote it again")
    case SQLITE_CANTOPEN:
      return Problem(
        "unreadable_file", "cannot open the database: \(message)", at: place,
        advice: "Check that it exists and its permissions")
    case SQLITE_FULL, SQLITE_IOERR, SQLITE_READONLY:
      return Problem(
        "unwritable_file", "cannot write the database: \(message)", at: place,
        advice: "Check the folder's permissions and free space")
    default:
      return Problem("sql_error", "SQLite: \(message)", at: place, found: sql.map(oneLine))
    }
  }

  private static func oneLine(_ sql: String) -> String {
    let words = sql.split { $0 == " " || $0 == "\n" || $0 == "\t" }.joined(separator: " ")
    return words.count > 500 ? words.prefix(500) + "…" : words
  }
}

/// A table's or column's name in double quotes, safe in SQL whatever it holds.
/// - Throws: `invalid_name` where it is empty, longer than 128 bytes, or holds a control character.
public func quotedIdentifier(_ name: String) throws(Problem) -> String {
  guard !name.isEmpty, name.utf8.count <= 128, name.utf8.allSatisfy({ $0 >= 32 && $0 != 127 }) else {
    throw Problem(
      "invalid_name", "not the name of a table or column", found: JSON.quoted(name),
      expected: "1 to 128 bytes without control characters")
  }
  return "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}
