/// What linking found.
public struct LinkResult: Sendable {
  public var model: MatchModel
  /// Candidate pairs of at least the kept weight, in the order of the records.
  public var pairs: [ScoredPair]
  /// By pair: the probability that both records are one, calibrated by the clusters.
  public var probabilities: [Float]
  /// Pairs of at least this weight, in bits, are links: there the F1 that the model itself expects is highest.
  public var pairThreshold: Float
  /// By record.
  public var clusters: Clustering
  public var confidences: [ClusterConfidence]
  /// In bits, of the average weight between what is joined.
  public var clusterThreshold: Double
  public var expected: ExpectedF1.Point
  /// By source: whether it holds everybody once.
  public var withoutDuplicates: [Bool]
  public var conflicts: [LinkConflict]
}

extension Linker {
  /// Scores the candidates by a model and clusters them.
  ///
  /// - Parameters:
  ///   - sources: by record the number of its source, or empty.
  ///   - withoutDuplicates: by source, whether it holds everybody once; nil: found out from the pairs.
  ///   - constraints: what must be together or apart whatever the weights say.
  ///   - threshold: of the average weight in clusters, in bits; nil: where the expected F1 is highest.
  public func link(
    _ candidates: CandidatePairs, _ model: MatchModel, sources: [Int32] = [],
    withoutDuplicates: [Bool]? = nil, constraints stated: LinkConstraints = LinkConstraints(),
    threshold given: Double? = nil
  ) -> LinkResult {
    let scorer = scorer(model)
    return link(
      score(candidates, by: scorer), model, scorer, sources: sources, withoutDuplicates: withoutDuplicates,
      constraints: stated, threshold: given)
  }

  /// - Parameter pairs: scored by `scorer`.
  func link(
    _ pairs: [ScoredPair], _ model: MatchModel, _ scorer: PairScorer, sources: [Int32],
    withoutDuplicates: [Bool]?, constraints stated: LinkConstraints, threshold given: Double?
  ) -> LinkResult {
    var constraints = stated
    if !sources.isEmpty {
      constraints.sources = sources
      constraints.withoutDuplicates = withoutDuplicates ?? SourceDuplicates.withoutDuplicates(pairs, sources)
    }
    let dendrogram = dendrogram(pairs, by: scorer, constraints: constraints)
    let expected = ExpectedF1(dendrogram)
    // Where everybody has one record a source, a link has rivals to beat besides the threshold.
    let isExclusive = !constraints.withoutDuplicates.isEmpty && !constraints.withoutDuplicates.contains(false)
    let threshold = given ?? (min(3, max(-1, expected.best.threshold)) - (isExclusive ? 2.5 : 0))
    let clusters = dendrogram.clusters(threshold: threshold)
    let calibration = Calibration(pairs, clusters)
    let probabilities = pairs.map { calibration.probability($0.weight) }
    return LinkResult(
      model: model, pairs: pairs, probabilities: probabilities,
      pairThreshold: Calibration.threshold(pairs, probabilities), clusters: clusters,
      confidences: dendrogram.confidences(of: clusters, threshold: threshold), clusterThreshold: threshold,
      expected: expected.point(threshold: threshold) ?? expected.best, withoutDuplicates: constraints.withoutDuplicates,
      conflicts: dendrogram.conflicts)
  }
}

extension Linker {
  /// - Parameter prior: in bits.
  func averageLinkage(prior: Float) -> AverageLinkage {
    var linkage = AverageLinkage(floor: -4, clip: 14, unscored: -8, onDemandLimit: 300, threads: settings.threads)
    linkage.prior = prior
    return linkage
  }
}

/// Which sources hold everybody once.
enum SourceDuplicates {
  /// A source holds no duplicates where next to no matches are expected inside it, beside those with other sources.
  static func withoutDuplicates(_ pairs: [ScoredPair], _ sources: [Int32]) -> [Bool] {
    let count = Int(sources.max() ?? -1) + 1
    guard count > 1 else { return [Bool](repeating: false, count: max(0, count)) }
    var inside = [Double](repeating: 0, count: count)
    var across = [Double](repeating: 0, count: count)
    for pair in pairs where pair.weight > 0 {
      let (a, b) = (sources[Int(pair.left)], sources[Int(pair.right)])
      guard a >= 0, b >= 0 else { continue }
      if a == b {
        inside[Int(a)] += 2 * pair.probability
      } else {
        across[Int(a)] += pair.probability
        across[Int(b)] += pair.probability
      }
    }
    return zip(inside, across).map { $0 < 0.1 * $1 }
  }
}
