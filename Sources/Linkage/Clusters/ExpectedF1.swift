/// What precision, recall and F1 of pairs in clusters the model itself expects at every threshold.
///
/// From the probabilities: of the pairs inside clusters, their sum is expected to be true; of all pairs together, their
/// sum is. F1 = 2 TP / (pairs inside + true pairs), with expected counts in place of counts, which for many pairs is close
/// to the expected F1 (Ye et al. 2012, "Optimizing F-measures: a tale of two approaches").
public struct ExpectedF1: Sendable {
  public struct Point: Sendable, Equatable {
    /// In bits: it gives these clusters, and lies halfway to the next average that would change them.
    public var threshold: Double
    /// How many merges are made.
    public var merges: Int
    public var pairs: Int64
    public var truePositives: Double
    /// Of all pairs, in clusters or not.
    public var truePairs: Double

    public var falsePositives: Double { Double(pairs) - truePositives }
    public var falseNegatives: Double { truePairs - truePositives }
    public var precision: Double { pairs == 0 ? 1 : truePositives / Double(pairs) }
    public var recall: Double { truePairs == 0 ? 1 : truePositives / truePairs }
    public var f1: Double {
      let sum = Double(pairs) + truePairs
      return sum == 0 ? 1 : 2 * truePositives / sum
    }
  }

  /// Highest threshold first, one for each set of clusters there is; only one where nothing is ever joined.
  public private(set) var points: [Point] = []
  /// Of the highest F1; of equal ones, the highest threshold.
  public private(set) var best: Point

  /// - Parameters:
  ///   - missedPairs: true pairs expected among those that nobody scored.
  ///   - isTransitive: whether unscored pairs inside clusters count as `Dendrogram.expectedTransitive` says, in place of
  ///     the probability of their default weight.
  public init(_ dendrogram: Dendrogram, missedPairs: Double = 0, isTransitive: Bool = false) {
    let merges = dendrogram.merges
    func gain(_ merge: Dendrogram.Merge) -> Double {
      if !isTransitive || merge.unscored == 0 { return 0 }
      return dendrogram.expectedTransitive(merge) - Double(merge.unscored) * dendrogram.unscoredProbability
    }
    let truePairs = merges.reduce(dendrogram.expectedTruePairs + missedPairs) { $0 + gain($1) }
    let floor = Double(dendrogram.floor)
    var (pairs, positives) = (Int64(0), 0.0)
    best = Point(threshold: floor, merges: 0, pairs: 0, truePositives: 0, truePairs: truePairs)
    for (index, merge) in merges.enumerated() {
      pairs += merge.pairs
      positives += merge.expectedTrue + gain(merge)
      let next = index + 1 < merges.count ? merges[index + 1].average : nil
      if next == merge.average { continue }
      let threshold = next.map { Self.between(merge.average, $0) } ?? floor
      let point = Point(
        threshold: threshold, merges: index + 1, pairs: pairs, truePositives: positives, truePairs: truePairs)
      if points.isEmpty || point.f1 > best.f1 { best = point }
      points.append(point)
    }
    if points.isEmpty { points = [best] }
  }

  /// The last point whose threshold is at least the given one, nil where none is.
  public func point(threshold: Double) -> Point? {
    var (low, high) = (0, points.count)
    while low < high {
      let middle = (low + high) / 2
      if points[middle].threshold >= threshold { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : points[low - 1]
  }

  /// Above `lower`, at most `upper`.
  private static func between(_ upper: Double, _ lower: Double) -> Double {
    if upper.isInfinite { return lower + 1 }
    let middle = (upper + lower) / 2
    return middle > lower ? middle : upper
  }
}
