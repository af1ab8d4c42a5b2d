import Basics
import Columns
import Glibc
import TestSupport
import Testing

@testable import Store

@Suite struct DatabaseTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func bytes(of path: String) throws -> [UInt8] {
    let file = try MappedFile(path)
    return withExtendedLifetime(file) { Array(file.bytes) }
  }

  private func load(_ path: String) throws {
    let database = try Database(creating: path)
    try database.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, amount INTEGER)")
    let insert = try database.prepare("INSERT INTO t VALUES(?, ?, ?)")
    for id in 0..<5000 {
      insert.bind(1, Int64(id))
      insert.bind(2, "客户\(id * 7919 % 5000)")
      if id % 3 == 0 { insert.bindNull(3) } else { insert.bind(3, Int64(id) * 100) }
      try insert.run()
    }
    try database.finish(indexes: ["CREATE INDEX t_name ON t(name)"])
  }

  @Test func equalLoadsAreEqualBytesAndPrivate() throws {
    let (a, b) = (folder.path + "/a.sqlite", folder.path + "/b.sqlite")
    try load(a)
    try load(b)
    #expect(try bytes(of: a) == bytes(of: b))
    #expect(try Files.names(in: folder.path) == ["a.sqlite", "b.sqlite"])
    var status = stat()
    #expect(stat(a, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    let database = try Database(readOnly: a)
    #expect(
      try database.query("SELECT count(*), count(amount), sum(amount), min(name) FROM t")
        == [[.integer(5000), .integer(3333), .integer(833_166_700), .text("客户0")]])
    #expect(try database.query("PRAGMA page_size") == [[.integer(32_768)]])
    #expect(try database.query("PRAGMA integrity_check") == [[.text("ok")]])
  }

  @Test func valuesComeBack() throws {
    let database = try Database.inMemory()
    try database.execute("CREATE TABLE t(a, b, c, d, e); ")
    let insert = try database.prepare("INSERT INTO t VALUES(?1, ?2, ?3, ?4, ?5)")
    insert.bind(1, Int64.min)
    insert.bind(2, "")
    insert.bindNull(3)
    insert.bind(5, .real(0.5))
    let name = Array("欧阳".utf8)
    try name.withUnsafeBytes { bytes in
      insert.bind(4, borrowed: bytes)
      try insert.run()
    }
    let select = try database.prepare("SELECT a, b, c, d, e, typeof(b) AS kind FROM t")
    #expect(try select.step())
    #expect((0..<6).map(select.value) == [.integer(.min), .text(""), .null, .text("欧阳"), .real(0.5), .text("text")])
    #expect(select.integer(0) == .min)
    #expect(select.text(1) == "")
    #expect(select.text(2) == nil)
    #expect(select.bytes(3).count == 6)
    #expect(select.columnName(5) == "kind")
    #expect(try !select.step())
  }

  @Test func errorsHoldTheSQLButNeverItsValues() throws {
    let path = folder.path + "/t.sqlite"
    let database = try Database(creating: path)
    try database.execute("CREATE TABLE t(id TEXT PRIMARY KEY)")
    let insert = try database.prepare("INSERT INTO t\n  VALUES(?1)")
    insert.bind(1, "13812345678")
    try insert.run()
    let twice = #expect(throws: Problem.self) { try insert.run() }
    #expect(
      twice?.description
        == "\(path): error [sql_error]: SQLite: UNIQUE constraint failed: t.id; found INSERT INTO t VALUES(?1).")
    let syntax = #expect(throws: Problem.self) { try database.execute("SELECT 1; SELEC 2") }
    #expect(syntax?.description == "\(path): error [sql_error]: SQLite: near \"SELEC\": syntax error; found SELEC 2.")
    // A name in double quotes is never taken for a text.
    let name = #expect(throws: Problem.self) { try database.execute("SELECT \"nmae\" FROM t") }
    #expect(name?.message == "SQLite: no such column: nmae")
  }

  @Test func whatIsNoDatabaseIsNamed() throws {
    let path = try folder.write(String(repeating: "not a database ", count: 100), to: "t.sqlite")
    let problem = #expect(throws: Problem.self) { try Database(readOnly: path) }
    #expect(
      problem?.description
        == "\(path): error [damaged_database]: not a whole SQLite database: file is not a database. "
        + "Run the stage that wrote it again.")
    let none = #expect(throws: Problem.self) { try Database(readOnly: folder.path + "/none.sqlite") }
    #expect(
      none?.description
        == "\(folder.path)/none.sqlite: error [unreadable_file]: cannot open the database: unable to open database file. "
        + "Check that it exists and its permissions.")
  }

  @Test func readOnlyIsReadOnly() throws {
    let path = folder.path + "/t.sqlite"
    try load(path)
    let before = try bytes(of: path)
    let database = try Database(readOnly: path)
    let problem = #expect(throws: Problem.self) { try database.execute("DELETE FROM t") }
    #expect(problem?.code == "unwritable_file")
    #expect(try bytes(of: path) == before)
  }

  @Test(arguments: [
    ("name", "\"name\""), ("a\"b", "\"a\"\"b\""), ("表 1", "\"表 1\""),
    ("x); DROP TABLE t; --", "\"x); DROP TABLE t; --\""),
  ])
  func identifiersAreQuoted(name: String, quoted: String) throws {
    #expect(try quotedIdentifier(name) == quoted)
    let database = try Database.inMemory()
    try database.execute("CREATE TABLE \(quoted)(\(quoted) TEXT)")
    #expect(try database.query("SELECT name FROM sqlite_master") == [[.text(name)]])
  }

  @Test(arguments: [
    ("", "\"\""), ("a\nb", "\"a\\nb\""), ("a\0", "\"a\\u0000\""),
    (String(repeating: "x", count: 129), "\"" + String(repeating: "x", count: 129) + "\""),
  ])
  func whatIsNoNameIsRefused(name: String, found: String) {
    let problem = #expect(throws: Problem.self) { try quotedIdentifier(name) }
    #expect(
      problem?.description
        == "error [invalid_name]: not the name of a table or column; found \(found), "
        + "expected 1 to 128 bytes without control characters.")
  }
}
