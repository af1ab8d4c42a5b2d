import Basics
import Columns
import Definition
import StageKit
import Store

/// Makes one profile of each customer's records: surviving values with their provenance, AUM, relationship manager and
/// permissions.
///
/// Reads ingest's and resolve's tables; writes `profiles.arrow`, `provenance.arrow` and `profiles.sqlite`.
public enum MergeStage: Stage {
  public static let name = StageName.merge

  public static func run(_ context: StageContext) throws -> StageResult {
    let night = MergeNight(context)
    guard let party = try night.table(.party) else {
      throw Problem("no_parties", "the pipeline has no source of parties", advice: "Add a source of kind party")
    }
    let customers = try night.resolved("customers")
    let id = try customers.column("customer_id")
    let records = try CustomerRecords(try night.resolved("membership"), customers: customers.rowCount)
    let survivorship = try Survivorship(party)
    let assets = try Assets(
      night, isKnown: try knownAssets(party, records, survivorship, night.pipeline.merge.aum),
      id: { id.string($0) ?? "" })
    let facts = CustomerFacts(
      assets: assets, managers: try Managers(night, customers: records.count),
      consents: try Consents(night, customers: records.count))
    var attributes: [Attribute] = []
    for rule in night.pipeline.merge.attributes {
      attributes.append(try Attribute(rule, party: party, pipeline: night.pipeline))
    }
    var writer = try ProfileWriter(
      night, party: party, attributes: attributes, survivorship: survivorship, records: records, facts: facts,
      folder: context.outputFolder)
    for customer in 0..<records.count {
      try writer.append(customer, id: id.bytes(customer))
      if customer & 0xFFFF == 0 { context.progress(customer, of: records.count, "customers") }
    }
    let rows = try writer.finish()
    try writeDatabase(context.outputFolder)
    return report(night, facts, rows, customers: records.count)
  }

  /// By customer: whether one of its records is in a source that knows the AUM.
  private static func knownAssets(
    _ party: Table, _ records: CustomerRecords, _ survivorship: Survivorship, _ rule: AUMRule
  ) throws(Problem) -> [Bool] {
    let knows = try party.column("source").dictionary.map { rule.knownWhenIn.contains($0) }
    return (0..<records.count).map { customer in
      records.range(customer).contains { knows[Int(survivorship.source(records.row($0)))] }
    }
  }

  private static func writeDatabase(_ folder: String) throws {
    let database = try Database(creating: "\(folder)/profiles.sqlite")
    try database.load("profile", from: [try Table("\(folder)/profiles.arrow")], primaryKey: ["customer_id"])
    try database.finish()
  }

  private static func report(
    _ night: MergeNight, _ facts: CustomerFacts, _ rows: (profiles: Int, provenance: Int), customers: Int
  ) -> StageResult {
    var result = StageResult()
    result.tables = [
      ("profiles.arrow", rows.profiles), ("provenance.arrow", rows.provenance), ("profiles.sqlite", rows.profiles),
    ]
    let unknown = facts.assets.aum.reduce(0) { $0 + ($1 == nil ? 1 : 0) }
    result.equations =
      facts.assets.tally.equations() + [
        ConservationEquation(
          "customers", "resolved", Int64(customers), [.init("profiles", Int64(rows.profiles))])
      ]
    result.figures = [
      ("profiles", rows.profiles), ("aum_known", customers - unknown), ("aum_unknown", unknown),
      ("with_manager", facts.managers.assignments.reduce(0) { $0 + ($1 < 0 ? 0 : 1) }),
    ]
    if !facts.assets.tally.currencies.isEmpty {
      result.warnings.append(
        Problem(
          "no_rate",
          "\(facts.assets.tally.rows[Assets.Reason.noRate.rawValue]) holdings are in currencies without a rate; "
            + "the AUM of their customers is not known", severity: .warning,
          found: facts.assets.tally.currencies.joined(separator: ", "),
          advice: "Add the currencies to rates in pipeline.yaml"))
    }
    return result
  }
}
