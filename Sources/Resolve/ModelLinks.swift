import Basics
import Columns
import Definition
import Linkage

/// What a stored model adds to what the rules joined.
struct ModelLinks {
  /// One a join, behind those of the rules.
  var joins: [Join] = []
  /// By row: the smallest row of its customer, after both.
  var roots: [Int32]
  /// Those of the rules that are still open, and the model's; sorted, each once.
  var reviews: [Review]
  var candidatePairs = 0
  /// Pairs of records that are links by the model's own threshold, whatever joined them.
  var links = 0
  var drift: Drift

  /// Shares among fewer links than this say more of the night's size than of its records.
  static let leastLinks = 1_000

  /// Comparisons that show that the records are no longer like those that the model was learnt from.
  var drifted: [Drift.Row] { links < Self.leastLinks ? [] : drift.rows.filter { $0.degree == .changed } }

  /// Links what the rules left apart.
  ///
  /// What the rules joined stays together, and what may never be one customer stays apart, with whole customers, however
  /// much weighs for it. A customer joins nobody where it fits two that are not one: the odds for the one must outweigh
  /// those for the other.
  ///
  /// - Parameter sources: ids of the party sources, in the order of the table's parts.
  /// - Throws: `unreadable_file`, `damaged_table`; what in the model does not fit.
  init(
    _ rules: Resolution, _ keys: PartyKeys, _ party: Table, sources: [String], _ definition: ResolveDefinition,
    _ linkage: LinkageDefinition, threads: Int
  ) throws {
    let matching = linkage.matching.matching
    let records = try PartyRecords.records(
      party, columns: matching.columns, mobiles: rules.mobiles, sources: sources)
    let linker = Linker(
      records, matching, Linker.Settings(threads: threads), acrossScripts: linkage.model.fieldsAcrossScripts)
    let model = try linkage.model.matchModel(for: linker, file: linkage.modelFile)
    let candidates = linker.candidates()
    candidatePairs = candidates.count
    let pairs = linker.score(candidates, model)
    var customers = RuleCustomers(rules.roots, joins: rules.joins, keys)
    var between = CustomerPairs(pairs, customers.roots)
    between.judge(
      &customers, undecided: rules.undecided, ModelScorer(linker, model), joinFrom: linkage.joinFrom)

    var constraints = LinkConstraints()
    constraints.slots = customers.slots(NeverTogether.columns(for: keys).columns)
    constraints.slots += customers.slots(Self.withoutDuplicates(linkage.matching, records))
    constraints.apart = between.apart
    let tree = linker.dendrogram(between.scored, model, constraints: constraints)
    var sets = DisjointSets(count: party.rowCount)
    for join in rules.joins { sets.union(join.left, join.right) }
    let cause = Int32(definition.rules.count)
    for merge in tree.merges.prefix(tree.mergeCount(threshold: linkage.joinFrom)) where merge.average.isFinite {
      guard sets.union(merge.first, merge.second) else { continue }
      customers.join(merge.first, merge.second)
      joins.append(Join(left: merge.first, right: merge.second, rule: cause, weight: merge.average))
    }
    roots = sets.roots()
    reviews = between.reviews(
      rules.reviews, &customers, finalRoots: roots, from: linkage.reviewFrom, joinFrom: linkage.joinFrom)
    let threshold = Float(linkage.model.pairThreshold)
    links = pairs.count { $0.weight >= threshold }
    drift = Drift(
      linkage.model,
      links: zip(
        linker.comparisonNames,
        linker.levelCounts(among: pairs, atLeast: threshold)
      ).map { ($0.id, $1) })
  }

  /// By source that holds everybody once: a column in which each of its records has a value of its own.
  private static func withoutDuplicates(_ matching: MatchingDefinition, _ records: RecordSet) -> [[Int32]] {
    // Nothing is presumed of a source of which nobody has said so.
    guard case .sources(let names) = matching.withoutDuplicates else { return [] }
    var start = 0
    var columns: [[Int32]] = []
    for file in records.files {
      if names.contains(file.name) {
        var column = [Int32](repeating: -1, count: records.count)
        for row in start..<start + file.recordCount { column[row] = Int32(row) }
        columns.append(column)
      }
      start += file.recordCount
    }
    return columns
  }
}
