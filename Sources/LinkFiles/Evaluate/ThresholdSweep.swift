import Linkage

/// What scored pairs are worth at every threshold: all pairs of that weight and above are taken for links.
public struct ThresholdSweep: Sendable {
  /// A threshold and what it gives.
  public struct Row: Sendable, Equatable {
    /// Pairs of this weight and above, in bits.
    public var weight: Float
    /// The lowest probability among them.
    public var probability: Float
    public var counts: PairCounts
  }

  /// One a distinct weight, from the highest down.
  private var steps: [Row] = []
  /// Pairs of one entity, scored or not.
  public let truePairs: Int
  /// The row of the highest F1, of several the one of the highest weight; nil where no pair was scored.
  public private(set) var best: Row?
  /// The weight of the lowest and of a high true pair, between which thresholds are worth showing.
  private var interesting: ClosedRange<Float>?

  /// O(pairs). Pairs with a record whose entity is not known are left out.
  public init(_ pairs: LinkedPairs, truth: [Int32]) {
    var sizes = [Int](repeating: 0, count: Int(truth.max() ?? -1) + 1)
    for code in truth where code >= 0 { sizes[Int(code)] += 1 }
    truePairs = sizes.reduce(0) { $0 + ClusterAgreement.pairs($1) }
    var keyed = KeyedRows(capacity: pairs.count)
    for pair in 0..<pairs.count {
      let (a, b) = (truth[Int(pairs.left[pair])], truth[Int(pairs.right[pair])])
      if a >= 0 && b >= 0 { keyed.append(Self.descending(pairs.weights[pair]), row: Int32(pair)) }
    }
    keyed.sort()
    var counts = PairCounts(missed: truePairs)
    for (index, row) in keyed.rows.enumerated() {
      let pair = Int(row)
      let isRight = truth[Int(pairs.left[pair])] == truth[Int(pairs.right[pair])]
      counts.right += isRight ? 1 : 0
      counts.missed -= isRight ? 1 : 0
      counts.wrong += isRight ? 0 : 1
      let lowest = min(pairs.probabilities[pair], steps.last?.probability ?? .infinity)
      if index > 0, keyed.keys[index - 1] == keyed.keys[index] {
        steps[steps.count - 1].counts = counts
        steps[steps.count - 1].probability = lowest
      } else {
        steps.append(Row(weight: pairs.weights[pair], probability: lowest, counts: counts))
      }
    }
    findBest()
  }

  /// Ascending where the weight descends; both zeros are one weight.
  private static func descending(_ weight: Float) -> UInt64 {
    let bits = (weight == 0 ? 0 : weight).bitPattern
    let ascending = bits >> 31 == 1 ? ~bits : bits | 1 << 31
    return UInt64(~ascending)
  }

  private mutating func findBest() {
    var bestF1 = -1.0
    var (low, high): (Float, Float) = (.infinity, -.infinity)
    for (index, step) in steps.enumerated() {
      let f1 = step.counts.rates.f1
      if f1 > bestF1 { (bestF1, best) = (f1, step) }
      if step.counts.right > (index == 0 ? 0 : steps[index - 1].counts.right) { low = step.weight }
      // Nine in ten true pairs lie below this weight.
      if high == -.infinity, step.counts.right * 10 >= truePairs { high = step.weight }
    }
    if low <= high { interesting = low...high }
  }

  /// What a threshold gives.
  public func row(at weight: Float) -> Row {
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].weight >= weight { low = middle + 1 } else { high = middle }
    }
    if low == 0 { return Row(weight: weight, probability: 1, counts: PairCounts(missed: truePairs)) }
    return Row(weight: weight, probability: steps[low - 1].probability, counts: steps[low - 1].counts)
  }

  /// Thresholds at even steps from the lowest weight of a true pair to one that few reach, at most 22, from the highest.
  public var table: [Row] {
    guard let interesting else { return [] }
    let bounded = max(interesting.lowerBound, -60)...max(min(interesting.upperBound, 200), -60)
    let spread = bounded.upperBound - bounded.lowerBound
    let step = [0.5, 1, 2, 3, 5, 10, 20].first { spread / $0 <= 19 } ?? 50
    var rows: [Row] = []
    var weight = (bounded.upperBound / step).rounded(.up) * step
    while true {
      rows.append(row(at: weight))
      if weight <= bounded.lowerBound { return rows }
      weight -= step
    }
  }

  /// Precision and recall along the thresholds, from the highest down; only points that stand at least a four-hundredth
  /// apart in either, with the first, the best and the last.
  public var curve: [Row] {
    var points: [Row] = []
    var last = Rates(precision: -1, recall: -1, f1: 0)
    for (index, step) in steps.enumerated() {
      let rates = step.counts.rates
      let isApart = max(abs(rates.precision - last.precision), abs(rates.recall - last.recall)) >= 1 / 400
      if isApart || step == best || index == steps.count - 1 {
        points.append(step)
        last = rates
      }
    }
    return points
  }
}
