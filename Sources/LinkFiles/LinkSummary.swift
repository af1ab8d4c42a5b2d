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
  private let outcome: LinkOutcome
  private var run: LinkRun { outcome.run }
  private var candidates: CandidatePairs { outcome.candidates }
  private var result: LinkResult { outcome.result }

  public init(_ outcome: LinkOutcome) { self.outcome = outcome }

  public var text: String {
    var lines = head + [""] + evidence + compared
    lines.append(
      "links      \(result.pairs.count { $0.weight >= result.pairThreshold }) pairs of at least "
        + "\(Decimals.text(Double(result.pairThreshold), 1)) bits; clusters of an average of at least "
        + "\(Decimals.text(result.clusterThreshold, 1)) bits")
    if result.withoutDuplicates.contains(true) {
      let names = zip(run.sourceNames, result.withoutDuplicates).filter(\.1).map(\.0)
      lines.append("sources    without duplicates inside: \(names.joined(separator: ", "))")
    }
    if outcome.extended == nil {
      lines.append(
        "expected   precision \(Decimals.text(result.expected.precision, 3)), recall \(Decimals.text(result.expected.recall, 3)), "
          + "F1 \(Decimals.text(result.expected.f1, 3)) of pairs in clusters, by the model itself")
    }
    lines += labels + bridges
    if let drift = outcome.drift { lines += ["", String(drift.text.dropLast())] }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: What came of it

  private var head: [String] {
    guard let existing = run.existing, let extended = outcome.extended else {
      let linked = result.confidences.reduce(0) { $0 + ($1.size > 1 ? $1.size : 0) }
      return [
        "\(run.input.records.count) records are \(result.clusters.count) entities: \(linked) records have another one of "
          + "the same."
      ]
    }
    let new = extended.clusters.dropFirst(existing.recordCount)
    let joined = new.count { $0 >= 0 }
    let entities = result.clusters.count - existing.clusters.count
    var lines = [
      "\(new.count) new records: \(joined) in existing clusters, \(new.count - joined) in \(entities) new ones."
    ]
    let unlisted =
      existing.unlisted > 0 && run.request.clusters != nil
      ? "; \(existing.unlisted) of them were in none and got new numbers" : ""
    lines.append("existing   \(existing.recordCount) records in \(existing.clusters.count) clusters\(unlisted)")
    return lines
  }

  private var evidence: [String] {
    var lines = [
      "evidence   " + run.matching.fields.map { "\($0.id) (\($0.kind.rawValue))" }.joined(separator: ", ")
    ]
    let unused = run.table.columns.filter { column in
      !run.matching.fields.contains { $0.columns.contains(column.name) }
    }
    if !unused.isEmpty {
      lines.append("not used   " + unused.map { "\($0.name) (\($0.kind.title))" }.joined(separator: ", "))
    }
    return lines
  }

  private var compared: [String] {
    var lines: [String] = []
    let isPart = run.existing != nil && outcome.stored != nil
    let pairs = isPart ? "\(candidates.count) pairs of new records" : "\(candidates.count) pairs"
    let budget = run.choice.map { ", budget \($0.budget)" } ?? ""
    if run.matching.blocking.isEmpty {
      lines.append("compared   all \(pairs)\(budget)")
    } else {
      lines.append("compared   \(pairs) by \(run.matching.blocking.count) blocking rules\(budget)")
      let left = candidates.blocks.reduce(0) { $0 + $1.pairsLeftOut }
      if left > 0 { lines.append("left out   \(left) pairs of blocks that are too large; see guiyi link blocking") }
    }
    if run.existing != nil, outcome.stored == nil {
      lines.append(
        "trained    of all these pairs, as no model was given; with --model only those of new records are made")
    }
    return lines
  }

  // MARK: What people said

  private static let shown = 10

  private var labels: [String] {
    guard let labels = run.labels?.labels, !labels.isEmpty else { return [] }
    let yes = labels.count(where: \.isMatch)
    let use = outcome.stored == nil ? "" : "; they do not change the model, which was given"
    var lines = ["labels     \(yes) yes, \(labels.count - yes) no\(use)"]
    let refused = result.conflicts.map { "\(names($0.pair)): said to be one, but \(reason($0))" }
    let overruled = (outcome.extended?.overruled ?? []).map {
      "\(names($0)): said not to be one, but they are in one existing cluster, which this run does not divide"
    }
    let all = refused + overruled
    if all.isEmpty { return lines }
    lines.append("conflicts  \(all.count) \(all.count == 1 ? "answer" : "answers") could not be followed:")
    lines += all.prefix(Self.shown).map { "           \($0)" }
    if all.count > Self.shown { lines.append("           and \(all.count - Self.shown) more") }
    return lines
  }

  private func names(_ pair: RecordPair) -> String {
    [pair.left, pair.right].map { ExplanationText.name(of: Int($0), in: run.input.records) }
      .joined(separator: " and ")
  }

  private func reason(_ conflict: LinkConflict) -> String {
    switch conflict.reason {
    case .slot: "they are in two existing clusters, which this run does not join"
    case .apart: "other answers keep records of theirs apart"
    case .source(let source): "both have a record of \(run.sourceNames[source]), which holds everybody once"
    }
  }

  private var bridges: [String] {
    guard let bridges = outcome.extended?.bridges, !bridges.isEmpty else { return [] }
    let records = Set(bridges.map(\.record)).count
    return [
      "bridges    \(records) new \(records == 1 ? "record fits" : "records fit") more than one existing cluster; see "
        + "bridges.csv, and decide whether these are one"
    ]
  }
}
