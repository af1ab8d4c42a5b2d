import Basics
import Columns
import Definition
import Standards
import Store

/// One tag's column while it is filled: holds every value against the declared type, and counts carriers.
final class TagColumn {
  let rule: TagRule
  private(set) var carriers = 0
  private let builder: ColumnBuilder
  /// Customers by code of a text, or by 0 and 1 of a boolean.
  private var counts: [Int] = [0, 0]
  private var wrong: (values: Int, found: String)?

  init(_ rule: TagRule, builder: ColumnBuilder) {
    self.rule = rule
    self.builder = builder
  }

  /// A text tag has few values, so it is kept as codes.
  static func spec(_ rule: TagRule) -> ColumnSpec {
    ColumnSpec(rule.id, rule.type == .text ? .code : rule.type.storage.columnType)
  }

  /// Takes the value that SQLite gave in `column` of the row at hand.
  func append(_ statement: Statement, _ column: Int) {
    let kind = statement.kind(column)
    if kind == .null { return builder.appendNull() }
    switch (rule.type, kind) {
    case (.text, .text):
      let code = builder.dictionary.intern(statement.bytes(column))
      builder.append(code: code)
      if Int(code) >= counts.count { counts.append(contentsOf: repeatElement(0, count: Int(code) + 1)) }
      counts[Int(code)] += 1
    case (.integer, .integer), (.money, .integer): builder.append(statement.integer(column))
    case (.boolean, .integer):
      let value = statement.integer(column)
      guard value == 0 || value == 1 else { return reject("an integer other than 0 and 1") }
      builder.append(value)
      counts[Int(value)] += 1
    case (.date, .text):
      guard let date = CalendarDate(statement.bytes(column)) else {
        return reject("text that is not a date yyyy-MM-dd")
      }
      builder.append(Int64(date.days))
    default: return reject(kind.rawValue)
    }
    carriers += 1
  }

  private func reject(_ found: String) {
    wrong = (values: (wrong?.values ?? 0) + 1, found: wrong?.found ?? found)
    builder.appendNull()
  }

  /// Says that values were not of the declared type; without the values, which may be a person's.
  var problem: Problem? {
    guard let wrong else { return nil }
    return Problem(
      "tag_type",
      "the tag \(rule.id) is declared as \(rule.type.rawValue), but for \(wrong.values) customers it has another type",
      at: rule.value.place, found: wrong.found, expected: Self.expected(rule.type),
      advice: "Correct the tag's type or its value")
  }

  private static func expected(_ type: TagRule.ValueType) -> String {
    switch type {
    case .text: "text"
    case .integer: "integer"
    case .boolean: "integer 0 or 1"
    case .date: "text yyyy-MM-dd"
    case .money: "integer (minor units)"
    }
  }

  /// How many customers carry each value, sorted by value; for other types, or many values, how many carry the tag.
  var figures: [(name: String, value: Int)] {
    let mostValues = 50
    switch rule.type {
    case .boolean: return [("tag.\(rule.id).false", counts[0]), ("tag.\(rule.id).true", counts[1])]
    case .text where builder.dictionary.count <= mostValues:
      return (0..<builder.dictionary.count).map { code in
        ("tag.\(rule.id).\(builder.dictionary.string(Int32(code)))", counts[code])
      }.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
    case .text, .integer, .date, .money: return [("tag.\(rule.id)", carriers)]
    }
  }
}
