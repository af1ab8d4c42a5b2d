import Basics

/// Links records: prepares fields, makes candidate pairs, estimates a model, scores, clusters.
public struct Linker: Sendable {
  public struct Settings: Sendable {
    public var threads = 1
    /// Of the random pairs from which chance agreement is estimated.
    public var seed: UInt64 = 1
    public var samples = 500_000
    /// Pairs of a smaller weight, in bits, are forgotten once they are scored.
    public var keptWeight: Float = -10

    public init(threads: Int = 1) { self.threads = threads }
  }

  public let matching: Matching
  public let settings: Settings
  public let recordCount: Int
  let fields: [Field]
  let shape: ModelShape
  let patterns: PairPatterns

  /// - Parameter acrossScripts: ids of the fields of whole names that are compared in two comparisons, within a script and
  ///   across; nil: those whose names are in several scripts.
  public init(
    _ records: RecordSet, _ matching: Matching, _ settings: Settings = Settings(), acrossScripts: [String]? = nil
  ) {
    self.init(
      Field.prepare(records, matching, threads: settings.threads), matching, recordCount: records.count, settings,
      acrossScripts: acrossScripts)
  }

  init(
    _ fields: [Field], _ matching: Matching, recordCount: Int, _ settings: Settings, acrossScripts: [String]? = nil
  ) {
    self.fields = fields
    self.matching = matching
    self.settings = settings
    self.recordCount = recordCount
    let mixed = fields.indices.filter { number in
      acrossScripts?.contains(fields[number].plan.id) ?? fields[number].features.names?.areMixed ?? false
    }
    shape = ModelShape(Comparison.all(matching, mixed: mixed))
    patterns = PairPatterns(fields, shape.comparisons)
  }

  // MARK: Model

  /// Estimates the model from the candidate pairs, and from what people said of some.
  public func train(_ candidates: CandidatePairs, labels: [PairLabel] = []) -> TrainedModel {
    let answers = PatternAnswers.all(
      labels.map { (patterns.pattern(Int($0.left), Int($0.right)), $0.isMatch) }, candidates.table)
    let random = RandomPairs.sample(
      patterns, recordCount: recordCount, samples: settings.samples, seed: settings.seed, threads: settings.threads)
    var expectation = Expectation(
      shape, Observations(candidates.table, blocked: blocked, answers: answers), random: random,
      recordCount: recordCount, threads: settings.threads)
    expectation.run()
    return TrainedModel(
      model: expectation.model, logLikelihoods: expectation.logLikelihoods, ruleShares: expectation.ruleShares)
  }

  /// By blocking rule: the comparisons that tell nothing of its pairs, because the rule made them agree: those of the fields
  /// that it blocks on, and where that is an e-mail address, those of names and birth, of which people make addresses
  /// (`ann.smith1984@…`): strangers who share one agree in them far more often than by chance.
  var blocked: [Set<Int>] {
    if matching.blocking.isEmpty { return [[]] }
    let kinds = Dictionary(uniqueKeysWithValues: matching.fields.map { ($0.id, $0.kind) })
    return matching.blocking.map { rule in
      let names = Set(rule.atoms.map(\.field))
      let isOfEmail = rule.atoms.contains { kinds[$0.field] == .email }
      return Set(
        shape.comparisons.indices.filter { number in
          let comparison = shape.comparisons[number]
          if isOfEmail, comparison.isOfNames || comparison.group == .birth { return true }
          return comparison.fieldNumber.map { names.contains(matching.fields[$0].id) } ?? false
        })
    }
  }

  // MARK: Scores

  /// The candidate pairs of at least `keptWeight`, in the order of the records.
  public func score(_ candidates: CandidatePairs, _ model: MatchModel) -> [ScoredPair] {
    score(candidates, by: scorer(model))
  }

  /// Costs as much as there are distinct values: make it once.
  func scorer(_ model: MatchModel) -> PairScorer { PairScorer(shape, model, patterns) }

  func score(_ candidates: CandidatePairs, by scorer: PairScorer) -> [ScoredPair] {
    let pieces = Parallel.ranges(candidates.count, pieces: 64)
    let parts = Parallel.map(candidates.count == 0 ? 0 : pieces.count, threads: settings.threads) { piece in
      var scored: [ScoredPair] = []
      for pair in pieces[piece] {
        let (a, b) = (candidates.left[pair], candidates.right[pair])
        let weight = scorer.weight(Int(a), Int(b), candidates.table.patterns[Int(candidates.patterns[pair])])
        if weight >= settings.keptWeight { scored.append(ScoredPair(a, b, weight)) }
      }
      return scored
    }
    var result: [ScoredPair] = []
    result.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for part in parts { result += part }
    return result
  }

  /// The weight of any pair, candidate or not; for many pairs make a `ModelScorer`.
  public func weight(_ a: Int, _ b: Int, _ model: MatchModel) -> Float { scorer(model).weight(a, b) }
}

/// A model as it was estimated.
public struct TrainedModel: Sendable {
  public var model: MatchModel
  /// By iteration, in nats, with the prior; rises but for the correction of u in the first iterations, by which it may fall
  /// in the last digits.
  public var logLikelihoods: [Double]
  /// By blocking rule: shares of matches and of households among its pairs.
  public var ruleShares: [(match: Double, household: Double)]

  public init(model: MatchModel, logLikelihoods: [Double] = [], ruleShares: [(match: Double, household: Double)] = []) {
    self.model = model
    self.logLikelihoods = logLikelihoods
    self.ruleShares = ruleShares
  }
}
