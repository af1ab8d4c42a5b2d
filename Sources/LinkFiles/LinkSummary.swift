import Basics
import Linkage

extension LinkResult {
  /// The scored pairs of at least a weight, in bits.
  public func linkedPairs(from weight: Float) -> LinkedPairs {
    var linked = LinkedPairs()
    for (pair, probability) in zip(pairs, probabilities) where pair.weight >= weight {
      linked.left.append(pair.left)
      linked.right.append(pair.right)
      linked.weights.append(pair.weight)
      linked.probabilities.append(probability)
    }
    return linked
  }
}

/// What a person wants to know first of a linkage: what was compared, how, and what came of it.
public struct LinkSummary: Sendable {
  private let run: LinkRun
  private let candidates: CandidatePairs
  private let result: LinkResult

  public init(_ run: LinkRun, _ candidates: CandidatePairs, _ result: LinkResult) {
    self.run = run
    self.candidates = candidates
    self.result = result
  }

  public var text: String {
    var lines: [String] = []
    let count = run.input.records.count
    lines.append(
      "\(count) records are \(result.clusters.count) entities: \(linked) records have another one of the same.")
    lines.append("")
    lines.append("evidence   " + run.matching.fields.map { "\($0.id) (\($0.kind.rawValue))" }.joined(separator: ", "))
    let unused = run.table.columns.filter { column in !run.matching.fields.contains { $0.columns.contains(column.name) }
    }
    if !unused.isEmpty {
      lines.append("not used   " + unused.map { "\($0.name) (\($0.kind.title))" }.joined(separator: ", "))
    }
    if let choice = run.choice, run.matching.blocking.isEmpty {
      lines.append("compared   all \(candidates.count) pairs (budget \(choice.budget))")
    } else {
      let budget = run.choice.map { ", budget \($0.budget)" } ?? ""
      lines.append("compared   \(candidates.count) pairs by \(run.matching.blocking.count) blocking rules\(budget)")
      let left = candidates.blocks.reduce(0) { $0 + $1.pairsLeftOut }
      if left > 0 { lines.append("left out   \(left) pairs of blocks that are too large; see guiyi link blocking") }
    }
    lines.append(
      "links      \(result.pairs.count { $0.weight >= result.pairThreshold }) pairs of at least "
        + "\(Decimals.text(Double(result.pairThreshold), 1)) bits; clusters of an average of at least "
        + "\(Decimals.text(result.clusterThreshold, 1)) bits")
    if result.withoutDuplicates.contains(true) {
      let names = zip(run.sourceNames, result.withoutDuplicates).filter(\.1).map(\.0)
      lines.append("sources    without duplicates inside: \(names.joined(separator: ", "))")
    }
    lines.append(
      "expected   precision \(Decimals.text(result.expected.precision, 3)), recall \(Decimals.text(result.expected.recall, 3)), "
        + "F1 \(Decimals.text(result.expected.f1, 3)) of pairs in clusters, by the model itself")
    return lines.joined(separator: "\n") + "\n"
  }

  private var linked: Int { result.confidences.reduce(0) { $0 + ($1.size > 1 ? $1.size : 0) } }
}
