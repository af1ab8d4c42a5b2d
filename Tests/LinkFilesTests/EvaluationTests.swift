import Basics
import Linkage
import TestSupport
import Testing

@testable import LinkFiles

/// Records, truth, clusters and pairs drawn at random, with slow obvious counts.
private struct Drawn {
  var truth: [Int32]
  var clusters: [Int32]
  var pairs: LinkedPairs
  var records: RecordSet
  /// By two records.
  private var table: [Float?]
  var count: Int { truth.count }

  init(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let count = Int.random(in: 1...40, using: &random)
    let groups = Int32.random(in: 1...Int32(count), using: &random)
    truth = (0..<count).map { _ in Int32.random(in: -1..<groups, using: &random) }
    let truth = truth
    clusters = (0..<count).map { record in
      let isRight = truth[record] >= 0 && Bool.random(using: &random)
      return isRight ? truth[record] : Int32.random(in: 0..<Int32(count), using: &random)
    }
    pairs = LinkedPairs()
    for a in 0..<Int32(count) {
      for b in a + 1..<max(a + 1, Int32(count)) where Int.random(in: 0..<3, using: &random) > 0 {
        let isSwapped = Bool.random(using: &random)
        pairs.left.append(isSwapped ? b : a)
        pairs.right.append(isSwapped ? a : b)
        let weight = Float(Int.random(in: -8...8, using: &random)) / 2
        pairs.weights.append(weight)
        pairs.probabilities.append((weight + 5) / 10)
      }
    }
    table = [Float?](repeating: nil, count: count * count)
    for pair in 0..<pairs.count {
      let (a, b) = (Int(pairs.left[pair]), Int(pairs.right[pair]))
      table[min(a, b) * count + max(a, b)] = pairs.weights[pair]
    }
    let values = (0..<count).map { _ in Int.random(in: 0..<4, using: &random) }
    records = RecordSet(
      files: [.init(name: "f.csv", recordCount: count)],
      columns: [InternedColumn(name: "v", values: values.map { $0 == 0 ? nil : "\($0)" })])
  }

  /// All pairs of records whose entities are known.
  func forEachPair(_ body: (Int, Int) -> Void) {
    for a in 0..<count { for b in (a + 1)..<max(a + 1, count) where truth[a] >= 0 && truth[b] >= 0 { body(a, b) } }
  }

  func weight(_ a: Int, _ b: Int) -> Float? { table[a * count + b] }
}

@Suite("Evaluation")
struct EvaluationTests {
  @Test("Clusters are counted as by looking at every pair and every set")
  func clusters() {
    for seed in UInt64(1)...150 {
      let drawn = Drawn(seed: seed)
      let agreement = ClusterAgreement(clusters: drawn.clusters, truth: drawn.truth)
      var pairs = PairCounts()
      drawn.forEachPair { a, b in
        let (isTrue, isClaimed) = (drawn.truth[a] == drawn.truth[b], drawn.clusters[a] == drawn.clusters[b])
        if isTrue && isClaimed { pairs.right += 1 }
        if !isTrue && isClaimed { pairs.wrong += 1 }
        if isTrue && !isClaimed { pairs.missed += 1 }
      }
      #expect(agreement.pairs == pairs, "seed \(seed)")
      let known = (0..<drawn.count).filter { drawn.truth[$0] >= 0 }
      let entities = Set(Dictionary(grouping: known) { drawn.truth[$0] }.values.map(Set.init))
      let found = Set(Dictionary(grouping: known) { drawn.clusters[$0] }.values.map(Set.init))
      let right = entities.intersection(found)
      #expect(
        agreement.exact
          == PairCounts(right: right.count, wrong: found.count - right.count, missed: entities.count - right.count),
        "seed \(seed)")
      let groups = right.count { $0.count > 1 }
      #expect(
        agreement.exactGroups
          == PairCounts(
            right: groups, wrong: found.count { $0.count > 1 } - groups,
            missed: entities.count { $0.count > 1 } - groups),
        "seed \(seed)")
      if known.isEmpty { continue }
      var (precision, recall) = (0.0, 0.0)
      for record in known {
        let cluster = known.filter { drawn.clusters[$0] == drawn.clusters[record] }
        let entity = known.filter { drawn.truth[$0] == drawn.truth[record] }
        let both = Double(Set(cluster).intersection(entity).count)
        precision += both / Double(cluster.count) / Double(known.count)
        recall += both / Double(entity.count) / Double(known.count)
      }
      #expect(abs(agreement.bCubed.precision - precision) < 1e-12, "seed \(seed)")
      #expect(abs(agreement.bCubed.recall - recall) < 1e-12, "seed \(seed)")
      #expect(abs(agreement.bCubed.f1 - 2 * precision * recall / (precision + recall)) < 1e-12, "seed \(seed)")
    }
  }

  @Test("Every threshold gives the counts of the pairs at and above it, and the best is the best of all")
  func thresholds() {
    for seed in UInt64(1)...100 {
      let drawn = Drawn(seed: seed)
      let sweep = ThresholdSweep(drawn.pairs, truth: drawn.truth)
      var bestF1 = -1.0
      for half in -10...10 {
        let weight = Float(half) / 2
        var counts = PairCounts()
        drawn.forEachPair { a, b in
          let isLink = drawn.weight(a, b).map { $0 >= weight } ?? false
          let isTrue = drawn.truth[a] == drawn.truth[b]
          counts.right += isLink && isTrue ? 1 : 0
          counts.wrong += isLink && !isTrue ? 1 : 0
          counts.missed += !isLink && isTrue ? 1 : 0
        }
        #expect(sweep.row(at: weight).counts == counts, "seed \(seed), weight \(weight)")
        if counts.right + counts.wrong > 0 { bestF1 = max(bestF1, counts.rates.f1) }
      }
      #expect((sweep.best?.counts.rates.f1 ?? -1) == bestF1, "seed \(seed)")
      let table = sweep.table
      #expect(table.count <= 22, "seed \(seed)")
      #expect(zip(table, table.dropFirst()).allSatisfy { $0.weight > $1.weight }, "seed \(seed)")
      let recalls = sweep.curve.map(\.counts.rates.recall)
      #expect(zip(recalls, recalls.dropFirst()).allSatisfy { $0 <= $1 }, "seed \(seed)")
    }
  }

  @Test("Errors by kind are those of every pair")
  func errors() {
    for seed in UInt64(1)...100 {
      let drawn = Drawn(seed: seed)
      let agreement = ClusterAgreement(clusters: drawn.clusters, truth: drawn.truth)
      let errors = LinkErrors(
        drawn.records, clusters: drawn.clusters, truth: drawn.truth, pairs: drawn.pairs, threshold: 1,
        agreement: agreement)
      var counts = [Int](repeating: 0, count: 5)
      var field = LinkErrors.Field(name: "v")
      let codes = drawn.records.columns[0].codes
      drawn.forEachPair { a, b in
        let (isTrue, isClaimed) = (drawn.truth[a] == drawn.truth[b], drawn.clusters[a] == drawn.clusters[b])
        if isTrue == isClaimed { return }
        let weight = drawn.weight(a, b)
        let kind: LinkErrors.Kind
        if isClaimed {
          kind = (weight ?? -100) >= 1 ? .joinedByScore : .joinedByOthers
        } else if let weight {
          kind = weight >= 1 ? .missedByClustering : .missedByScore
        } else {
          kind = .missedByBlocking
        }
        counts[kind.rawValue] += 1
        if codes[a] < 0 || codes[b] < 0 {
          field.missing[kind.rawValue] += 1
        } else if codes[a] == codes[b] {
          field.same[kind.rawValue] += 1
        } else {
          field.different[kind.rawValue] += 1
        }
      }
      #expect(errors.counts == counts, "seed \(seed)")
      #expect(errors.lookedAt == counts, "seed \(seed)")
      #expect(errors.fields == [field], "seed \(seed)")
      for kind in LinkErrors.Kind.allCases {
        let weights = errors.examples[kind.rawValue].compactMap(\.weight)
        let ordered = zip(weights, weights.dropFirst()).allSatisfy { kind.isJoin ? $0 >= $1 : $0 <= $1 }
        #expect(ordered, "seed \(seed), \(kind)")
        #expect(errors.examples[kind.rawValue].isEmpty == (counts[kind.rawValue] == 0), "seed \(seed), \(kind)")
      }
    }
  }

  /// Seven records: a right cluster, a join, and three ways of missing.
  private var small: Evaluation {
    let records = RecordSet(
      files: [.init(name: "a.csv", recordCount: 4), .init(name: "b.csv", recordCount: 3)],
      columns: [
        InternedColumn(name: "name", values: ["ann", "ann", "bob", "bob", "cy", "cy", "di"]),
        InternedColumn(name: "town", values: ["x", nil, "y", "z", "y", "y", "x"]),
      ])
    let truth = InternedColumn(name: "who", values: ["1", "1", "2", "3", "4", "4", nil])
    let pairs = LinkedPairs(
      left: [0, 2, 4], right: [1, 3, 5], weights: [8, 5, -2], probabilities: [0.996, 0.97, 0.2])
    return Evaluation(
      records, truth: Truth(truth), clusters: [0, 0, 2, 2, 4, 5, 0], pairs: pairs, threshold: 3)
  }

  @Test("The report")
  func report() {
    #expect(
      small.text == """
        Truth from column who: 6 of 7 records (85.7 %) are of 4 known entities, 2 pairs of records are of one.
        They are in 4 clusters, the largest of 2 records.

                                                 precision  recall      F1  right  wrong  missed
        clusters, their pairs                       0.5000  0.5000  0.5000      1      1       1
        clusters, exact                             0.2500  0.2500  0.2500      1      3       3
        clusters of two or more, exact              0.5000  0.5000  0.5000      1      1       1
        clusters, B-cubed                           0.8333  0.8333  0.8333
        pairs from 3.00 bits on                     0.5000  0.5000  0.5000      1      1       1
        pairs at their best, from -2.00 bits on     0.6667  1.0000  0.8000      2      1       0
        The threshold costs 0.3000 of the F1 that the best of all thresholds would give.

        Pairs that went wrong in clusters:
          two entities, joined by their score    1
          two entities, joined by way of others  0
          one entity, missed by blocking         0
          one entity, missed by their score      1
          one entity, missed by clustering       0

        Fields of these pairs: same / different / missing
              joined (1)  missed, scored (1)  missed by blocking (0)
        name   1 / 0 / 0           1 / 0 / 0               0 / 0 / 0
        town   0 / 1 / 0           1 / 0 / 0               0 / 0 / 0

        Pairs by threshold:
        weight  probability  precision  recall      F1  right  wrong  missed
           8.0     0.996000     1.0000  0.5000  0.6667      1      0       1
           7.0     0.996000     1.0000  0.5000  0.6667      1      0       1
           6.0     0.996000     1.0000  0.5000  0.6667      1      0       1
           5.0     0.970000     0.5000  0.5000  0.5000      1      1       1
           4.0     0.970000     0.5000  0.5000  0.5000      1      1       1
           3.0     0.970000     0.5000  0.5000  0.5000      1      1       1
           2.0     0.970000     0.5000  0.5000  0.5000      1      1       1
           1.0     0.970000     0.5000  0.5000  0.5000      1      1       1
           0.0     0.970000     0.5000  0.5000  0.5000      1      1       1
          -1.0     0.970000     0.5000  0.5000  0.5000      1      1       1
          -2.0     0.200000     0.6667  1.0000  0.8000      2      1       0

        Pairs to look at:
          joined by their score:
            a.csv row 3 and a.csv row 4, 5.00 bits
          missed by their score:
            b.csv row 1 and b.csv row 2, -2.00 bits

        """)
  }

  @Test("The curve says in words what it shows")
  func chart() {
    let svg = PrecisionRecallChart.svg(small, name: "a & b")
    #expect(svg.contains("<title id=\"pr-title\">Precision and recall of pairs, a &amp; b</title>"))
    #expect(
      svg.contains(
        "<desc id=\"pr-desc\">At the threshold of 3.00 bits precision is 0.5000, recall 0.5000, F1 0.5000; the best F1 of "
          + "all thresholds is 0.8000.</desc>"))
    // From recall 0.5 at precision 1 over precision 0.5 to recall 1: the axes begin at 0 and are 400 long.
    #expect(svg.contains("points=\"264.0,24.0 264.0,224.0 464.0,157.3\""))
    #expect(svg.contains("prefers-color-scheme: dark"))
  }

  @Test("Nothing to evaluate is no failure")
  func nothing() {
    let records = RecordSet(
      files: [.init(name: "a.csv", recordCount: 2)], columns: [InternedColumn(name: "v", values: ["a", nil])])
    let truth = Truth(InternedColumn(name: "t", values: [nil, nil]))
    let evaluation = Evaluation(records, truth: truth, clusters: [0, 1], pairs: LinkedPairs(), threshold: 0)
    #expect(evaluation.clusters.pairs.rates == Rates(precision: 1, recall: 1, f1: 1))
    #expect(evaluation.sweep.best == nil)
    #expect(evaluation.text.hasPrefix("Truth from column t: 0 of 2 records (0.0 %) are of 0 known entities"))
    #expect(PrecisionRecallChart.svg(evaluation, name: "x").hasSuffix("</svg>\n"))
  }
}
