import Basics
import Columns
import TestSupport
import Testing

@testable import Store

@Suite struct ExpressionGuardTests {
  let folder: TemporaryFolder
  let database: Database

  init() throws {
    folder = try TemporaryFolder()
    try writePeople(to: folder.path + "/people.arrow")
    database = try Database.inMemory()
    try database.execute("CREATE TABLE secrets(name TEXT)")
    try database.register("people", tables: [Table(folder.path + "/people.arrow")])
    try database.register("others", tables: [Table(folder.path + "/people.arrow")])
  }

  @Test(arguments: [
    "aum >= 5000000", "active AND branch = '北京'", "coalesce(name, '') LIKE '张%'",
    "CASE WHEN aum > 0 THEN 'a;b' ELSE \"name\" END",
    "days_between(birth, '2026-11-20') > 10", "age_on(birth, '2026-11-20') BETWEEN 18 AND 60", "branch IN ('北京', '上海')",
    "max(aum, 0) + min(customer, 3) * abs(-2)", "month_day(birth) = '02-29'", "(aum)", "name IS NOT NULL",
    "iif(active, 1, 0)",
    "add_days(birth, -15) < '2026-01-01'", "substr(name, 1, 1) || upper('a') GLOB '*'", "people.aum % 7 = 0",
    "'it''s -- fine'",
    "aum - -1", "name COLLATE NOCASE = 'o''brien'", "round(aum / 100.0)",
  ])
  func expressionsOfColumnsPass(expression: String) throws {
    #expect(database.check(expression: expression, over: "people") == [])
    try database.guardExpressions()
    #expect(try database.query("SELECT (\(expression)) FROM people").count == 4)
  }

  private static let functions =
    "one of abs, add_days, age_on, coalesce, days_between, glob, ifnull, iif, instr, length, like, lower, ltrim, max, min, "
    + "month_day, nullif, replace, round, rtrim, substr, substring, trim, upper"
  private static let columns = "one of customer, name, birth, seen, aum, active, branch"

  @Test(
    arguments: [
      ("brith > '2000-01-01'", "unknown_column", "people has no column brith", columns, "Use birth"),
      ("people.amu > 1", "unknown_column", "people has no column people.amu", columns, "Use aum"),
      ("\"nmae\" = 'x'", "unknown_column", "people has no column nmae", columns, "Use name"),
      ("xyzzy", "unknown_column", "people has no column xyzzy", columns, nil),
      ("rowid = 1", "unknown_column", "people has no column ROWID", columns, nil),
      (
        "day_between(birth, seen)", "unknown_function", "there is no function day_between", functions,
        "Use days_between"
      ),
      ("random() > 0", "forbidden_function", "random is not allowed in an expression", functions, nil),
      ("date('now') > birth", "forbidden_function", "date is not allowed in an expression", functions, nil),
      ("CURRENT_DATE > birth", "forbidden_function", "current_date is not allowed in an expression", functions, nil),
      (
        "strftime('%Y', birth) = '2000'", "forbidden_function", "strftime is not allowed in an expression", functions,
        nil
      ),
      ("count(*) > 1", "forbidden_function", "count is not allowed in an expression", functions, nil),
      ("load_extension('x')", "forbidden_function", "load_extension is not allowed in an expression", functions, nil),
      ("name ->> '$.a'", "forbidden_function", "->> is not allowed in an expression", functions, nil),
      ("max(aum) > 1", "invalid_expression", "misuse of aggregate function max()", nil, nil),
      ("aum >", "invalid_expression", "near \")\": syntax error", nil, nil),
      ("aum, name", "invalid_expression", "row value misused", nil, nil),
      ("abs()", "invalid_expression", "wrong number of arguments to function abs()", nil, nil),
      ("name IN secrets", "invalid_expression", "IN takes a list in parentheses", nil, nil),
      ("name IN others", "invalid_expression", "IN takes a list in parentheses", nil, nil),
      ("others.name = 'x'", "unknown_column", "people has no column others.name", columns, "Use name"),
      ("1; DROP TABLE secrets", "invalid_expression", "one expression, without a semicolon", nil, nil),
      (
        "1) FROM people UNION SELECT (name", "invalid_expression", "a parenthesis is closed that was never opened", nil,
        nil
      ),
      ("(SELECT name FROM secrets)", "invalid_expression", "SELECT is not allowed in an expression", nil, nil),
      ("EXISTS (VALUES (1))", "invalid_expression", "VALUES is not allowed in an expression", nil, nil),
      ("min(aum) OVER ()", "invalid_expression", "OVER is not allowed in an expression", nil, nil),
      ("aum > ?1", "invalid_expression", "an expression has no parameters", nil, nil),
      ("aum > :line", "invalid_expression", "an expression has no parameters", nil, nil),
      ("aum -- > 1", "invalid_expression", "an expression has no comments", nil, nil),
      ("aum /* x */ > 1", "invalid_expression", "an expression has no comments", nil, nil),
      ("'abc", "invalid_expression", "a quotation mark is not closed", nil, nil),
      ("(aum > 1", "invalid_expression", "a parenthesis is not closed", nil, nil),
      ("[aum] > 1", "invalid_expression", "names are quoted with \", not with [", nil, nil),
      (" \n", "invalid_expression", "an expression is empty", nil, nil),
    ] as [(String, String, String, String?, String?)])
  func whatIsWrongIsNamed(expression: String, code: String, message: String, expected: String?, advice: String?) throws
  {
    let place = Place("tags.yaml", line: 3)
    #expect(
      database.check(expression: expression, over: "people", at: place)
        == [Problem(code, message, at: place, found: expression, expected: expected, advice: advice)])
    // The check alone leaves no guard behind.
    #expect(try database.query("SELECT count(*) FROM secrets") == [[.integer(0)]])
  }

  @Test(arguments: [
    "SELECT name FROM secrets", "SELECT name FROM sqlite_master", "ATTACH 'x' AS y", "PRAGMA user_version",
    "CREATE TABLE x(a)", "INSERT INTO secrets VALUES('a')", "DELETE FROM people", "DROP TABLE secrets", "BEGIN",
    "VACUUM",
    "SELECT random() FROM people", "SELECT * FROM pragma_database_list", "ANALYZE",
    "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x FROM r) SELECT * FROM r",
  ])
  func theGuardRefusesAllElse(sql: String) throws {
    try database.guardExpressions()
    #expect(throws: Problem.self) { try database.execute(sql) }
    #expect(try database.query("SELECT count_of FROM (SELECT customer AS count_of FROM people)").count == 4)
  }

  @Test func everyUnknownColumnIsNamed() {
    let problems = database.check(
      expression: "aumm > 1 AND nmae = 'x' OR aumm < \"other one\" AND soundexy(name)", over: "people")
    #expect(
      problems.map { [$0.code, $0.message, $0.advice] } == [
        ["unknown_column", "people has no column aumm", "Use aum"],
        ["unknown_column", "people has no column nmae", "Use name"],
        ["unknown_column", "people has no column other one", nil],
        ["unknown_function", "there is no function soundexy", nil],
      ])
    // Granting a column does not make it one.
    #expect(database.check(expression: "nmae = 'x'", over: "people").count == 1)
  }

  @Test func anUnknownTableIsNamed() {
    #expect(
      database.check(expression: "1", over: "persons").map(\.description)
        == ["error [unknown_table]: no table persons is registered."])
  }
}

@Suite struct DateFunctionTests {
  @Test(arguments: [
    ("days_between('2026-11-20', '2026-12-05')", SQLValue.integer(15)),
    ("days_between('2026-12-05', '2026-11-20')", .integer(-15)),
    ("days_between('2026-11-20T23:59:59', '2026-11-21')", .integer(1)), ("days_between(NULL, '2026-11-21')", .null),
    ("days_between('2026-11-21', NULL)", .null), ("add_days('2026-12-25', 15)", .text("2027-01-09")),
    ("add_days('2024-03-01', -1)", .text("2024-02-29")), ("add_days('2024-03-01', NULL)", .null),
    ("add_days('9999-12-31', 0)", .text("9999-12-31")), ("add_days('0000-01-01', 0)", .text("0000-01-01")),
    ("month_day('2026-11-20')", .text("11-20")), ("month_day(NULL)", .null),
    ("age_on('2000-11-20', '2026-11-20')", .integer(26)), ("age_on('2000-11-21', '2026-11-20')", .integer(25)),
    ("age_on('2000-02-29', '2026-02-28')", .integer(25)), ("age_on('2000-02-29', '2026-03-01')", .integer(26)),
    ("age_on('2000-02-29', '2028-02-29')", .integer(28)), ("age_on('2026-11-20', '2026-11-20')", .integer(0)),
  ])
  func values(expression: String, value: SQLValue) throws {
    #expect(try Database.inMemory().query("SELECT \(expression)") == [[value]])
  }

  @Test(arguments: [
    ("days_between('2026-11-20', '2026-11-31')", "argument 2 is not a date yyyy-MM-dd"),
    ("month_day('20261120')", "argument 1 is not a date yyyy-MM-dd"),
    ("month_day(5)", "argument 1 is not a date yyyy-MM-dd"),
    ("age_on('', '2026-11-20')", "argument 1 is not a date yyyy-MM-dd"),
    ("add_days('9999-12-31', 1)", "add_days: the result is not within the years 0 to 9999"),
    ("add_days('0000-01-01', -1)", "add_days: the result is not within the years 0 to 9999"),
    ("add_days('2026-11-20', 9223372036854775807)", "add_days: the result is not within the years 0 to 9999"),
  ])
  func errors(expression: String, message: String) throws {
    let problem = #expect(throws: Problem.self) { try Database.inMemory().query("SELECT \(expression)") }
    #expect(problem?.message == "SQLite: \(message)")
  }
}
