import Basics
import Columns
import Definition
import Store
import StageKit

/// Audience and suppressions as SQL over the customer row and the tags.
enum CampaignExpressions {
  /// The name that messages give the customer row.
  static let table = "customer"

  /// The rules that apply to a campaign, in order.
  static func suppressions(_ rules: [SuppressionRule], for campaign: CampaignDefinition) -> [SuppressionRule] {
    rules.filter { $0.scenarios.isEmpty || $0.scenarios.contains(campaign.scenario) }
  }

  /// For each customer of the audience: its row, and the first suppression that holds, from 1, or 0.
  static func sql(audience: SQLExpression, suppressions: [SuppressionRule]) -> String {
    // Line ends keep expressions apart, which may hold anything but comments.
    var first = "0"
    if !suppressions.isEmpty {
      let cases = suppressions.enumerated().map { "WHEN (\n\($1.when.text)\n) THEN \($0 + 1)" }
      first = "CASE \(cases.joined(separator: " ")) ELSE 0 END"
    }
    return "SELECT rowid, \(first) FROM \(table) WHERE (\n\(audience.text)\n)"
  }

  /// Everything that is wrong with the expressions, found without data.
  static func check(_ broadcast: BroadcastDefinition, columns: [RecordKind.Column]) throws(Problem) -> [Problem] {
    let database = try Database.inMemory()
    try database.register(table, columns: columns.map { ColumnSpec($0.name, $0.storage.columnType) })
    let expressions = broadcast.suppressions.map(\.when) + broadcast.campaigns.map(\.audience)
    return expressions.flatMap { database.check(expression: $0.text, over: table, at: $0.place) }
  }

  /// Calls `candidate` for each customer of the audience, in order.
  /// - Throws: `campaign_failed` for an expression that cannot be evaluated; what `candidate` throws.
  static func evaluate(
    _ campaign: CampaignDefinition, suppressions: [SuppressionRule], in database: Database,
    candidate: (_ row: Int, _ suppression: Int) throws(Problem) -> Void
  ) throws(Problem) {
    let statement = try database.prepare(sql(audience: campaign.audience, suppressions: suppressions))
    while try step(statement, campaign, suppressions, database) {
      try candidate(Int(statement.integer(0)), Int(statement.integer(1)))
    }
  }

  private static func step(
    _ statement: Statement, _ campaign: CampaignDefinition, _ suppressions: [SuppressionRule], _ database: Database
  ) throws(Problem) -> Bool {
    do {
      return try statement.step()
    } catch  where error.code == "sql_error" {
      throw culprit(campaign, suppressions, database) ?? error
    }
  }

  /// The first expression that fails when evaluated alone.
  private static func culprit(
    _ campaign: CampaignDefinition, _ suppressions: [SuppressionRule], _ database: Database
  ) -> Problem? {
    let named =
      [("the audience of \(campaign.id)", campaign.audience)]
      + suppressions.map { ("the suppression \($0.reason)", $0.when) }
    for (name, expression) in named {
      do {
        let statement = try database.prepare("SELECT 1 FROM \(table) WHERE (\n\(expression.text)\n)")
        while try statement.step() {}
      } catch {
        return Problem(
          "campaign_failed", "\(name) cannot be evaluated: \(error.message)", at: expression.place,
          found: expression.text)
      }
    }
    return nil
  }
}
