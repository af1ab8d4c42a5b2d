import Basics
import Columns
import Definition
import StageKit

/// Finds out which party records are one customer, and links every fact to its customer.
///
/// Reads ingest's tables and the memberships of the last published run; writes customers, membership, pairs, review and
/// links, and how far the records have drifted from the model. The rules run on one thread, as they build on one another;
/// the model on as many as there are.
public enum ResolveStage: Stage {
  public static let name = StageName.resolve

  /// Kinds of facts that belong to a party.
  static let factKinds = RecordKind.allCases.filter { $0 != .party }

  public static func run(_ context: StageContext) throws -> StageResult {
    let ingest = context.folder(of: .ingest)
    let sources = context.pipeline.sources.filter { $0.kind == .party }
    let party = try Table(parts: sources.map { "\(ingest)/party/\($0.id).arrow" })
    let definition = context.pipeline.resolve
    let keys = try PartyKeys(party, context.pipeline.conventions)
    let rules = DeterministicRules.resolve(
      keys, by: definition, sparesSharedMobiles: definition.linkage != nil)
    let model = try definition.linkage.map { linkage in
      try ModelLinks(
        rules, keys, party, sources: sources.map(\.id), definition, linkage, threads: context.threads)
    }
    let resolution = model.map { rules.extended(by: $0) } ?? rules
    context.progress(party.rowCount, of: party.rowCount, "records")

    let records = try RecordIndex(party, sources: sources.map(\.id))
    let (clusterOfRow, clusters) = Customers.clusters(of: resolution.roots)
    let ids = try CustomerIds(
      clusters: clusters, clusterOfRow: clusterOfRow, records: records, previousRun: context.previousRun)
    let customers = Customers(clusterOfRow: clusterOfRow, numbers: ids.numbers)

    let tables = ResolveTables(folder: context.outputFolder)
    var result = StageResult()
    let memberships = try tables.writeMembership(party, customers, lastNumber: ids.lastNumber)
    result.tables = [
      ("customers.arrow", try tables.writeCustomers(customers, lastNumber: ids.lastNumber)),
      ("membership.arrow", memberships),
      ("pairs.arrow", try tables.writePairs(resolution.joins, causes: definition.causes)),
      ("review.arrow", try tables.writeReview(resolution.reviews)),
    ]
    report(
      resolution, ids, customers, records: party.rowCount, memberships: memberships, definition, into: &result)
    if let model { try report(model, folder: context.outputFolder, into: &result) }
    try linkFacts(context, records, customers, into: &result)
    return result
  }

  private static func report(
    _ resolution: Resolution, _ ids: CustomerIds, _ customers: Customers, records: Int, memberships: Int,
    _ definition: ResolveDefinition, into result: inout StageResult
  ) {
    let inCustomers = customers.recordCounts.reduce(Int64(0)) { $0 + Int64($1) }
    result.equations = [
      ConservationEquation(
        "party records", "read", Int64(records),
        [.init("customers", Int64(customers.count)), .init("joined", Int64(resolution.joins.count))]),
      ConservationEquation("members", "memberships", Int64(memberships), [.init("records of customers", inCustomers)]),
    ]
    result.figures = [
      ("party_records", records), ("customers", customers.count), ("customer_ids_kept", ids.kept),
      ("customer_ids_new", customers.count - ids.kept), ("customer_ids_retired", ids.retired),
    ]
    for (index, rule) in definition.rules.enumerated() {
      result.figures.append(("joined_by_\(rule.id)", resolution.joinsByRule[index]))
    }
    result.figures.append(("shared_mobiles", resolution.sharedMobiles))
    for reason in Review.Reason.allCases {
      let count = resolution.reviews.reduce(0) { $0 + ($1.reason == reason ? 1 : 0) }
      result.figures.append(("review_\(reason.code)", count))
    }
    result.figures.append(("records_in_large_groups", resolution.recordsInLargeGroups))
    if resolution.recordsInLargeGroups > 0 {
      result.warnings.append(
        Problem(
          "large_group",
          "\(resolution.recordsInLargeGroups) records stand in groups of more than "
            + "\(DeterministicRules.peopleLimit) different people and were compared with the first of these only",
          severity: .warning,
          advice: "Look for a document number or a mobile that many records hold, and have its source corrected"))
    }
  }

  /// Says how far tonight's records are from those that the model was learnt from; a model is never trained here.
  private static func report(_ model: ModelLinks, folder: String, into result: inout StageResult) throws(Problem) {
    try Files.write(model.drift.json.pretty, to: "\(folder)/drift.json")
    result.figures += [
      ("candidate_pairs", model.candidatePairs), ("links", model.links),
      ("joined_by_\(LinkageDefinition.cause)", model.joins.count), ("drifted_comparisons", model.drifted.count),
    ]
    for row in model.drifted {
      result.warnings.append(
        Problem(
          "model_drift", "the records are no longer like those that the model was learnt from: \(row.change)",
          severity: .warning, at: Place("resolve/drift.json", field: row.comparison),
          advice: "Find out why, and train a new model with guiyi train if it is to stay so"))
    }
  }

  private static func linkFacts(
    _ context: StageContext, _ records: RecordIndex, _ customers: Customers, into result: inout StageResult
  ) throws {
    let folder = "\(context.outputFolder)/links"
    try Files.makeFolder(folder)
    let links = FactLinks(
      records: records, customers: customers, ingest: context.folder(of: .ingest), folder: folder)
    for kind in factKinds {
      let count = try links.write(kind, sources: context.pipeline.sources.filter { $0.kind == kind })
      result.tables.append(("links/\(kind.rawValue).arrow", count.facts))
      result.equations.append(
        ConservationEquation(
          "\(kind.rawValue) links", "facts", Int64(count.facts),
          [.init("linked", Int64(count.linked)), .init("orphaned", Int64(count.orphaned))]))
      result.figures.append(("orphaned_\(kind.rawValue)", count.orphaned))
      context.progress(count.facts, of: count.facts, "\(kind.rawValue) rows")
    }
  }
}
