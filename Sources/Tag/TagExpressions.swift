import Basics
import Columns
import Definition
import Store
import StageKit

/// The expressions of all tags as one SQL statement over the customer row.
enum TagExpressions {
  /// The name that messages give the customer row.
  static let table = "customer"

  static func sql(_ tags: [TagRule]) -> String {
    // An expression may end in anything but a comment, so line ends keep each apart.
    let values = tags.map { "(\n\($0.value.text)\n)" }
    return "SELECT \(values.joined(separator: ", ")) FROM \(table)"
  }

  /// Everything that is wrong with the expressions, found without data.
  static func check(_ tags: [TagRule], columns: [RecordKind.Column]) throws(Problem) -> [Problem] {
    let database = try Database.inMemory()
    try database.register(table, columns: columns.map { ColumnSpec($0.name, $0.storage.columnType) })
    return tags.flatMap { database.check(expression: $0.value.text, over: table, at: $0.value.place) }
  }

  /// Evaluates the tags for all customers, in order.
  /// - Parameter row: called for each customer, to read the values of the row at hand.
  /// - Throws: `tag_failed` for an expression that cannot be evaluated; what `row` throws.
  static func evaluate(
    _ tags: [TagRule], in database: Database, row: (Statement) throws(Problem) -> Void
  ) throws(Problem) {
    let statement = try database.prepare(sql(tags))
    while try step(statement, tags, database) { try row(statement) }
  }

  private static func step(
    _ statement: Statement, _ tags: [TagRule], _ database: Database
  ) throws(Problem) -> Bool {
    do {
      return try statement.step()
    } catch  where error.code == "sql_error" {
      throw culprit(tags, database) ?? error
    }
  }

  /// The first tag that fails when evaluated alone.
  private static func culprit(_ tags: [TagRule], _ database: Database) -> Problem? {
    for tag in tags {
      do {
        let statement = try database.prepare(sql([tag]))
        while try statement.step() {}
      } catch {
        return Problem(
          "tag_failed", "the tag \(tag.id) cannot be evaluated: \(error.message)", at: tag.value.place,
          found: tag.value.text)
      }
    }
    return nil
  }
}
