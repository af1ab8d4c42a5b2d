import Basics

/// What was learnt from records once, to link others by: the content of `model.json`.
public struct StoredModel: Sendable, Equatable {
  /// Of the file's form; others are refused.
  public static let version = 2

  public struct Level: Sendable, Equatable, Codable {
    /// `missing`, `exact`, `one_slip`, …
    public var level: String
    /// Shares among matches, among strangers, and among different people of one household.
    public var m: Double
    public var u: Double
    public var h: Double
    /// log2(m / u), in bits: for people to read, not read back.
    public var weight: Double
    public var meanFrequency: Double
    /// Pairs that showed it, of those that were links in the training data.
    public var links: Int

    enum CodingKeys: String, CodingKey {
      case level, m, u, h, weight
      case meanFrequency = "mean_frequency"
      case links
    }
  }

  public struct Comparison: Sendable, Equatable, Codable {
    public var id: String
    /// "missing" first, then from agreement to difference.
    public var levels: [Level]
  }

  /// How often a group of fields stays as it is between two records of one entity.
  public struct Group: Sendable, Equatable, Codable {
    public var group: String
    public var kept: Double
    /// The same of two people of one household; 1 where a household does not share the group.
    public var householdKept: Double

    public init(group: String, kept: Double, householdKept: Double = 1) {
      self.group = group
      self.kept = kept
      self.householdKept = householdKept
    }

    enum CodingKeys: String, CodingKey {
      case group, kept
      case householdKept = "household_kept"
    }
  }

  /// What it was learnt from, and how.
  public struct Training: Sendable, Equatable, Codable {
    /// Of the data, as `ModelFile.trainingHash` gives it.
    public var sha256: String
    public var records: Int
    /// Of the random pairs; the bits of an unsigned number.
    public var seed: Int
    public var samples: Int
    /// By blocking rule.
    public var pairsByRule: [Int]
    public var iterations: Int
    /// In nats, with the logarithm of the prior.
    public var firstLogLikelihood: Double
    public var lastLogLikelihood: Double

    public init(
      sha256: String, records: Int, seed: UInt64, samples: Int, pairsByRule: [Int], logLikelihoods: [Double]
    ) {
      self.sha256 = sha256
      self.records = records
      self.seed = Int(truncatingIfNeeded: seed)
      self.samples = samples
      self.pairsByRule = pairsByRule
      iterations = logLikelihoods.count
      firstLogLikelihood = logLikelihoods.first ?? 0
      lastLogLikelihood = logLikelihoods.last ?? 0
    }

    enum CodingKeys: String, CodingKey {
      case sha256, records, seed, samples
      case pairsByRule = "pairs_by_rule"
      case iterations
      case firstLogLikelihood = "first_log_likelihood"
      case lastLogLikelihood = "last_log_likelihood"
    }
  }

  /// The program, as it calls itself.
  public var madeBy: String
  public var training: Training
  public var matchShare: Double
  public var householdShare: Double
  /// Both in bits, as `LinkResult` gives them.
  public var pairThreshold: Double
  public var clusterThreshold: Double
  public var groups: [Group]
  public var comparisons: [Comparison]
}

extension StoredModel {
  /// Of what was learnt and found in the training data.
  ///
  /// - Parameters:
  ///   - madeBy: the program and its version.
  ///   - trainingHash: see `ModelFile.trainingHash`.
  public init(
    _ linker: Linker, _ candidates: CandidatePairs, _ trained: TrainedModel, _ result: LinkResult, madeBy: String,
    trainingHash: String
  ) {
    let training = Training(
      sha256: trainingHash, records: linker.recordCount, seed: linker.settings.seed, samples: linker.settings.samples,
      pairsByRule: candidates.blocks.map(\.pairs), logLikelihoods: trained.logLikelihoods)
    self.init(
      trained.model, comparisons: linker.comparisonNames, groups: linker.keptGroups, training: training, madeBy: madeBy,
      links: linker.levelCounts(among: result.pairs, atLeast: result.pairThreshold),
      pairThreshold: Double(result.pairThreshold), clusterThreshold: result.clusterThreshold)
  }

  /// - Parameter links: by comparison, by level: pairs that were links.
  public init(
    _ model: MatchModel, comparisons: [(id: String, levels: [String])], groups: [FieldGroup], training: Training,
    madeBy: String, links: [[Int]], pairThreshold: Double, clusterThreshold: Double
  ) {
    self.madeBy = madeBy
    self.training = training
    matchShare = model.matchShare
    householdShare = model.householdShare
    self.pairThreshold = pairThreshold
    self.clusterThreshold = clusterThreshold
    self.groups = groups.enumerated().map {
      Group(group: $1.word, kept: model.kept[$0], householdKept: model.householdKept[$0])
    }
    self.comparisons = comparisons.enumerated().map { k, comparison in
      let levels = comparison.levels.enumerated().map { level, name in
        Level(
          level: name, m: model.m[k][level], u: model.u[k][level], h: model.h[k][level],
          weight: Self.bits(model.m[k][level], model.u[k][level]), meanFrequency: model.frequencyMeans[k][level],
          links: links[k][level])
      }
      return Comparison(id: comparison.id, levels: levels)
    }
  }

  /// To four decimals, which is more than it is known to.
  private static func bits(_ m: Double, _ u: Double) -> Double {
    guard m > 0, u > 0 else { return 0 }
    return (Logarithm.binary(m / u) * 10_000).rounded() / 10_000
  }
}
