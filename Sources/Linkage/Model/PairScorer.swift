import Glibc

/// The match weight of pairs: log2 of the odds that two records are one, by the model and by how common their values are.
struct PairScorer: Sendable {
  private let shape: ModelShape
  private let fields: [Field]
  /// By comparison, by level: log2 m, log2 u, log2 h.
  private let logM: [[Float]]
  private let logU: [[Float]]
  private let logH: [[Float]]
  private let logKept: [(same: Float, changed: Float)]
  private let priorM: Float
  private let priorH: Float
  /// By field, by value: log2 of its frequency; and by comparison and level, log2 of the mean and how much it counts.
  private let logFrequencies: [[Float]]
  private let scale: [[(mean: Float, power: Float)]]
  /// By field: of whole names, how common they are.
  private let nameFrequencies: [NameFrequencies?]

  /// How much the frequencies of two values count that are not the same.
  static let similarPower: Float = 0.5

  init(_ shape: ModelShape, _ model: MatchModel, _ fields: [Field]) {
    self.shape = shape
    self.fields = fields
    logM = model.m.map { $0.map { log2f(Float($0)) } }
    logU = model.u.map { $0.map { log2f(Float($0)) } }
    logH = model.h.map { $0.map { log2f(Float($0)) } }
    logKept = model.kept.map { (log2f(Float($0)), log2f(Float(1 - $0))) }
    let rest = 1 - model.matchShare - model.householdShare
    priorM = Float(log2(model.matchShare / rest))
    priorH = shape.hasHouseholds ? Float(log2(model.householdShare / rest)) : -.infinity
    logFrequencies = fields.map { field in field.counts.map { log2f(Float(max(1, $0)) / Float(max(1, field.known))) } }
    let partners = model.matchShare * Double(max(0, (fields.first?.recordCount ?? 0) - 1))
    nameFrequencies = fields.map { field in
      field.features.names.map { NameFrequencies($0.parts, counts: field.counts, discount: max(2, 1 + partners)) }
    }
    scale = model.frequencyMeans.map { means in
      means.enumerated().map { level, mean in
        mean > 0 ? (log2f(Float(mean)), level == 1 ? 1 : Self.similarPower) : (0, 0)
      }
    }
  }

  /// How much rarer or commoner than usual, in bits, the values are that two records agree in; positive for rare ones.
  @inline(__always)
  func frequencyBits(_ k: Int, _ level: Int, _ a: Int, _ b: Int, _ pattern: UInt64) -> Float {
    let scale = scale[k][level]
    if scale.power == 0 { return 0 }
    guard let (x, y, _) = shape.comparisons[k].values(fields, a, b, pattern) else { return 0 }
    guard let number = shape.comparisons[k].fieldNumber else { return 0 }
    if let names = nameFrequencies[number] { return Self.nameBits(names, level, Int(x), Int(y)) }
    let commoner = max(logFrequencies[number][Int(x)], logFrequencies[number][Int(y)])
    return (scale.mean - commoner) * scale.power
  }

  /// Of the commoner of two whole names, or of their family names, where no more agrees.
  @inline(__always)
  private static func nameBits(_ names: NameFrequencies, _ level: Int, _ x: Int, _ y: Int) -> Float {
    switch NameAgreement(rawValue: UInt8(level - 1)) {
    case .same, .otherForm, .reordered, .romanised, .contained: -max(names.whole[x], names.whole[y])
    case .nickname, .initials, .slip, .romanisedLoosely, .similarWords, .similar:
      -max(names.whole[x], names.whole[y]) * similarPower
    case .familyAlone, .familyOnly: -max(names.family[x], names.family[y])
    case .givenOnly, .different, nil: 0
    }
  }

  /// Log2 of the odds that two records drawn at random are one.
  var prior: Float { priorM }

  /// - Parameter pattern: of the two records.
  func weight(_ a: Int, _ b: Int, _ pattern: UInt64) -> Float {
    var m = priorM
    var u: Float = 0
    var h = priorH
    for k in shape.alone { add(k, a, b, pattern, &m, &u, &h) }
    for (g, group) in shape.groups.enumerated() {
      var same = logKept[g].same
      let before = u
      for k in group.members { add(k, a, b, pattern, &same, &u, &h) }
      m += logSum2(same, logKept[g].changed + (u - before))
    }
    return m - logSum2(u, h)
  }

  /// What the weight of a pair holds besides the prior and log2(m / u) of each comparison.
  struct Parts {
    /// By comparison: how much rarer or commoner than usual its values are, in bits.
    var frequencies: [Float]
    /// By group: what it adds that the group may have changed as a whole, in bits.
    var groups: [Float]
    /// What it takes that both may be different people of one household, in bits; never positive.
    var household: Float
  }

  /// The parts of `weight`, for people to read.
  func parts(_ a: Int, _ b: Int, _ pattern: UInt64) -> Parts {
    var parts = Parts(frequencies: [], groups: [], household: 0)
    var u: Float = 0
    var h = priorH
    var alone: Float = 0
    for k in shape.alone { add(k, a, b, pattern, &alone, &u, &h) }
    for (g, group) in shape.groups.enumerated() {
      let before = u
      var same: Float = 0
      for k in group.members { add(k, a, b, pattern, &same, &u, &h) }
      parts.groups.append(logSum2(logKept[g].same + same, logKept[g].changed + (u - before)) - same)
    }
    for k in shape.comparisons.indices {
      parts.frequencies.append(frequencyBits(k, Int(PatternTable.level(pattern, k)), a, b, pattern))
    }
    parts.household = u - logSum2(u, h)
    return parts
  }

  @inline(__always)
  private func add(
    _ k: Int, _ a: Int, _ b: Int, _ pattern: UInt64, _ m: inout Float, _ u: inout Float, _ h: inout Float
  ) {
    let level = Int(PatternTable.level(pattern, k))
    if level == 0 { return }
    let rarity = frequencyBits(k, level, a, b, pattern)
    m += logM[k][level]
    u += logU[k][level] - rarity
    if shape.comparisons[k].isShared {
      h += logH[k][level]
    } else if shape.comparisons[k].isWholeName {
      h += logH[k][level] - rarity
    } else {
      h += logU[k][level] - rarity
    }
  }
}

@inline(__always)
func logSum2(_ a: Float, _ b: Float) -> Float {
  let (high, low) = a > b ? (a, b) : (b, a)
  if high - low > 24 { return high }
  return high + log2f(1 + exp2f(low - high))
}
