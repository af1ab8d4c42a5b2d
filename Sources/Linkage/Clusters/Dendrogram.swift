/// Which clusters are joined in what order, from which the clusters at any threshold are cut.
///
/// Averages never rise from one merge to the next of the same records, so that the clusters at a threshold are what the
/// merges at or above it join: average linkage is monotone (Müllner 2011, "Modern hierarchical, agglomerative clustering
/// algorithms"), a default weight below the floor counts like any other weight, and two clusters that constraints
/// keep apart stay apart whatever they are joined to, as if their average were minus infinity.
public struct Dendrogram: Sendable {
  public struct Merge: Sendable, Equatable {
    /// The first records of the two clusters, `first` < `second`.
    public var first: Int32
    public var second: Int32
    /// Of the weights of the pairs between them, in bits; infinite where they were said to belong together.
    public var average: Double
    /// Pairs between the two clusters, scored or not.
    public var pairs: Int64
    /// How many of these were never scored.
    public var unscored: Int64
    /// How many of all are expected to be true: the sum of their probabilities.
    public var expectedTrue: Double
  }

  public internal(set) var recordCount: Int
  /// No merge has a smaller average, in bits.
  public internal(set) var floor: Float
  /// By average, highest first, then by first and second record.
  public internal(set) var merges: [Merge]
  /// Of all pairs: scored ones by their probability, others where they came to be inside a cluster.
  public internal(set) var expectedTruePairs: Double
  /// Of one that was never scored, as it stands in the sums.
  public internal(set) var unscoredProbability: Double
  /// Pairs said to belong together that were not joined, ascending.
  public internal(set) var conflicts: [LinkConflict]

  /// Of the pairs that a merge puts together and nobody scored, how many are true if they are as likely as its scored ones:
  /// two records that are both like a third are one more likely than a stranger is, though no rule found the pair.
  public func expectedTransitive(_ merge: Merge) -> Double {
    let scored = Double(merge.pairs - merge.unscored)
    if scored == 0 { return merge.average.isInfinite ? Double(merge.unscored) : 0 }
    let expected = merge.expectedTrue - Double(merge.unscored) * unscoredProbability
    return Double(merge.unscored) * expected / scored
  }

  /// How many merges have at least an average, in bits.
  public func mergeCount(threshold: Double) -> Int {
    var (low, high) = (0, merges.count)
    while low < high {
      let middle = (low + high) / 2
      if merges[middle].average >= threshold { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The clusters of average at least a threshold, in bits, which is not below the floor.
  public func clusters(threshold: Double) -> Clustering {
    var sets = DisjointSets(count: recordCount)
    for merge in merges.prefix(mergeCount(threshold: threshold)) { sets.union(merge.first, merge.second) }
    return Clustering(roots: sets.roots())
  }
}
