import Basics
import Columns
import Definition
import Linkage
import StageKit

/// Learns a model from the party records of an ingested night, for the nights to come.
public struct ModelTraining: Sendable {
  public let matching: Matching
  /// Estimates for the comments of matching.yaml; nil where the matching was given.
  public let choice: BlockingChooser.Choice?
  public let model: StoredModel
  public let records: Int
  public let candidatePairs: Int
  /// Pairs that are links by the model.
  public let links: Int

  /// - Parameters:
  ///   - ingest: the folder of the stage's result.
  ///   - given: what to learn a model for; nil: chosen.
  ///   - madeBy: the program, as the model file calls it.
  /// - Throws: `unreadable_file`, `damaged_table`; `no_evidence` where nothing can be learnt.
  public init(
    _ pipeline: PipelineDefinition, ingest: String, matching given: Matching?, threads: Int, madeBy: String
  ) throws {
    let sources = pipeline.sources.filter { $0.kind == .party }.map(\.id)
    let paths = sources.map { "\(ingest)/party/\($0).arrow" }
    let party = try Table(parts: paths)
    let keys = try PartyKeys(party, pipeline.conventions)
    let rules = DeterministicRules.resolve(keys, by: pipeline.resolve, sparesSharedMobiles: true)
    let table = try PartyRecords.records(
      party, columns: given?.columns ?? PartyMatching.columns, mobiles: rules.mobiles, sources: sources)
    let settings = Linker.Settings(threads: threads)
    let linker: Linker
    if let given {
      linker = Linker(table, given, settings)
      choice = nil
    } else {
      let fields = PartyMatching.fields(table)
      guard fields.count > 1, table.count > 1 else {
        throw Problems(.data, [Self.noEvidence(records: table.count, fields.map(\.id))])
      }
      let chosen = MatchingChooser.choose(table, fields, settings)
      linker = chosen.linker
      choice = chosen.choice
    }
    matching = linker.matching
    records = table.count
    let candidates = linker.candidates()
    candidatePairs = candidates.count
    let trained = linker.train(candidates)
    var constraints = LinkConstraints()
    constraints.slots = NeverTogether.columns(for: keys).columns
    constraints.together = rules.joins.map { RecordPair($0.left, $0.right) }
    let result = linker.link(candidates, trained.model, constraints: constraints)
    links = result.pairs.count { $0.weight >= result.pairThreshold }
    model = StoredModel(
      linker, candidates, trained, result, madeBy: madeBy, trainingHash: try ModelFile.trainingHash(of: paths))
  }

  private static func noEvidence(records: Int, _ fields: [String]) -> Problem {
    Problem(
      "no_evidence", "there is nothing to learn a model from", found: "\(records) records with \(fields.count) columns",
      expected: "some hundred records with names and other columns")
  }
}
