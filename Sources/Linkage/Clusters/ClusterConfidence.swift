import Glibc

/// How sure one cluster is.
public struct ClusterConfidence: Sendable, Equatable {
  /// Records.
  public var size = 1
  public var pairs: Int64 = 0
  /// How many of its pairs are expected to be true.
  public var expectedTrue: Double = 0
  /// The average weight across the weakest of the joins that made it, in bits: about what the cut that is easiest to make
  /// costs. Infinite for one record, or where all joins were stated.
  public var weakestLink: Double = .infinity

  /// The share of its pairs expected to be true, 0…1; 1 for one record.
  public var confidence: Double { pairs == 0 ? 1 : expectedTrue / Double(pairs) }
  /// The probability of a pair that weighs as much as the weakest link.
  public var weakestProbability: Double { 1 / (1 + exp2(-weakestLink)) }
}

extension Dendrogram {
  /// By cluster number, how sure the clusters of `clusters(threshold:)` are; linear in records and merges.
  public func confidences(of clustering: Clustering, threshold: Double) -> [ClusterConfidence] {
    var confidences = [ClusterConfidence](repeating: ClusterConfidence(size: 0), count: clustering.count)
    for number in clustering.numbers { confidences[Int(number)].size += 1 }
    for merge in merges.prefix(mergeCount(threshold: threshold)) {
      let number = Int(clustering.numbers[Int(merge.first)])
      confidences[number].pairs += merge.pairs
      confidences[number].expectedTrue += merge.expectedTrue
      confidences[number].weakestLink = min(confidences[number].weakestLink, merge.average)
    }
    return confidences
  }
}
