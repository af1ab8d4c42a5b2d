import Linkage

/// What `matching.yaml` says: how records are matched, and what a person may decide instead of the engine.
public struct MatchingDefinition: Sendable, Equatable {
  /// Which sources hold everybody once.
  public enum WithoutDuplicates: Sendable, Equatable {
    /// Found out from the pairs.
    case automatic
    /// Those with these names; none where empty.
    case sources([String])
  }

  public var matching: Matching
  /// Clusters are cut at this average weight, in bits; nil: where the model expects the best F1.
  public var threshold: Double?
  public var withoutDuplicates: WithoutDuplicates

  public init(
    matching: Matching, threshold: Double? = nil, withoutDuplicates: WithoutDuplicates = .automatic
  ) {
    self.matching = matching
    self.threshold = threshold
    self.withoutDuplicates = withoutDuplicates
  }
}
