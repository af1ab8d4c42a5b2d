import Basics
import CSQLite

/// What the guard refused while a statement was prepared.
enum Refusal: Equatable {
  case function(String)
  case table(String)
  case column(String, table: String)
  case other
}

extension Database {
  /// Functions that an expression may use: each depends on its arguments only.
  public static let expressionFunctions: [String] =
    ([
      "abs", "coalesce", "glob", "ifnull", "iif", "instr", "length", "like", "lower", "ltrim", "max", "min", "nullif",
      "replace", "round", "rtrim", "substr", "substring", "trim", "upper",
    ] + dateFunctions).sorted()

  private static let allowedFunctions = Set(expressionFunctions)

  /// From now on only SELECT over registered tables, with the functions of `expressionFunctions`, can be prepared: no other
  /// table, no clock, no random number, nothing that writes or opens files.
  public func guardExpressions() throws(Problem) {
    let code = sqlite3_set_authorizer(
      handle,
      { database, action, first, second, _, _ in
        guard let database else { return SQLITE_DENY }
        let owner = Unmanaged<Database>.fromOpaque(database).takeUnretainedValue()
        return owner.authorize(action, first.map { String(cString: $0) }, second.map { String(cString: $0) })
      }, Unmanaged.passUnretained(self).toOpaque())
    try require(code)
    isGuarded = true
  }

  private func authorize(_ action: Int32, _ first: String?, _ second: String?) -> Int32 {
    if isDeclaring { return SQLITE_OK }
    let refusal: Refusal
    switch action {
    case SQLITE_SELECT: return SQLITE_OK
    case SQLITE_FUNCTION:
      let name = second ?? ""
      if Self.allowedFunctions.contains(name.lowercased()) { return SQLITE_OK }
      refusal = .function(name)
    case SQLITE_READ:
      guard let source = sources[(first ?? "").lowercased()] else {
        refusal = .table(first ?? "")
        break
      }
      // The row number is a matter of storage, not of the customer. An empty name stands for the table as a whole.
      let column = second ?? ""
      if column.isEmpty || source.columns.contains(where: { $0.name == column }) { return SQLITE_OK }
      refusal = .column(column, table: source.name)
    default: refusal = .other
    }
    refused = refused ?? refusal
    return SQLITE_DENY
  }

  /// Everything that is wrong with one SQL expression over a registered table: it must be a single expression of the
  /// table's columns, without subqueries, aggregates, parameters and comments, and only with `expressionFunctions`.
  ///
  /// Every column that the table lacks is named, then the first mistake of another kind.
  /// - Parameter place: where the expression stands in its definition.
  public func check(expression: String, over table: String, at place: Place? = nil) -> [Problem] {
    guard let source = sources[table.lowercased()] else {
      return [Problem("unknown_table", "no table \(table) is registered", at: place)]
    }
    if let problem = ExpressionText.check(expression, at: place) { return [problem] }
    let wasGuarded = isGuarded
    defer {
      if !wasGuarded {
        sqlite3_set_authorizer(handle, nil, nil)
        isGuarded = false
      }
    }
    var problems: [Problem] = []
    var unknown: [String] = []
    while let message = prepareMessage(of: expression, over: source, with: unknown) {
      problems.append(explain(message, of: expression, source, place))
      // SQLite stops at the first column that it does not know; granted, it goes on to the next mistake.
      guard refused == nil, let name = Self.unknownColumn(in: message), !unknown.contains(name) else { break }
      unknown.append(name)
    }
    return problems
  }

  /// What SQLite says of an expression, or nil where it can be prepared.
  ///
  /// - Parameter extra: columns that are taken to be there.
  private func prepareMessage(of expression: String, over source: TableSource, with extra: [String]) -> String? {
    do {
      try guardExpressions()
      var tables = try quotedIdentifier(source.name)
      if !extra.isEmpty {
        let columns = try extra.map { name throws(Problem) in "NULL AS \(try quotedIdentifier(name))" }
        tables += ", (SELECT \(columns.joined(separator: ", ")))"
      }
      // In WHERE rather than in SELECT, as aggregates are not allowed there.
      _ = try prepare("SELECT 1 FROM \(tables) WHERE (\n\(expression)\n)")
      return nil
    } catch {
      return sqlite3_errmsg(handle).map { String(cString: $0) } ?? ""
    }
  }

  private static let noSuchColumn = "no such column: "

  /// The name without a table that SQLite did not find.
  private static func unknownColumn(in message: String) -> String? {
    guard message.hasPrefix(noSuchColumn) else { return nil }
    let name = message.dropFirst(noSuchColumn.count)
    return name.contains(".") ? nil : String(name)
  }

  private func explain(_ message: String, of expression: String, _ source: TableSource, _ place: Place?) -> Problem {
    func wrong(_ code: String, _ message: String, expected: [String] = [], advice: String? = nil) -> Problem {
      let list = expected.isEmpty ? nil : "one of \(expected.joined(separator: ", "))"
      return Problem(code, message, at: place, found: expression, expected: list, advice: advice)
    }
    func after(_ prefix: String) -> String? {
      message.hasPrefix(prefix) ? String(message.dropFirst(prefix.utf8.count)) : nil
    }
    let functions = Self.expressionFunctions
    switch refused {
    case .function(let name):
      return wrong("forbidden_function", "\(name) is not allowed in an expression", expected: functions)
    case .table(let name): return wrong("forbidden_table", "an expression reads \(source.name) only, not \(name)")
    case .column(let name, _):
      return wrong("unknown_column", "\(source.name) has no column \(name)", expected: source.columns.map(\.name))
    case .other: return wrong("invalid_expression", "not allowed in an expression")
    case nil: break
    }
    if let name = after(Self.noSuchColumn) {
      let names = source.columns.map(\.name)
      let bare = name.split(separator: ".").last.map(String.init) ?? name
      let near = nearest(bare, among: names)
      return wrong(
        "unknown_column", "\(source.name) has no column \(name)", expected: names, advice: near.map { "Use \($0)" })
    }
    if let name = after("no such function: ") {
      let near = nearest(name, among: functions)
      return wrong(
        "unknown_function", "there is no function \(name)", expected: functions, advice: near.map { "Use \($0)" })
    }
    return wrong("invalid_expression", message)
  }
}
