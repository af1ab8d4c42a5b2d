/// Linking by a model that was learnt before.
extension Linker {
  /// The tree of clusters by average weight, under constraints; cut it with `Dendrogram.clusters(threshold:)`.
  ///
  /// - Parameter pairs: scored by `model`, each once.
  public func dendrogram(
    _ pairs: [ScoredPair], _ model: MatchModel, constraints: LinkConstraints
  ) -> Dendrogram {
    dendrogram(pairs, by: scorer(model), constraints: constraints)
  }

  func dendrogram(_ pairs: [ScoredPair], by scorer: PairScorer, constraints: LinkConstraints) -> Dendrogram {
    averageLinkage(prior: scorer.prior).dendrogram(
      recordCount: recordCount, pairs: pairs, constraints: constraints, score: { scorer.weight(Int($0), Int($1)) })
  }
}

/// Weighs any pair of a linker's records by a model.
public struct ModelScorer: Sendable {
  private let scorer: PairScorer

  public init(_ linker: Linker, _ model: MatchModel) { scorer = linker.scorer(model) }

  /// What a pair weighs of which nothing is known, in bits: the prior odds.
  public var prior: Double { Double(scorer.prior) }

  /// In bits.
  public func weight(_ a: Int32, _ b: Int32) -> Double { Double(scorer.weight(Int(a), Int(b))) }
}
