import Glibc

/// The match weight of pairs: log2 of the odds that two records are one, by the model and by how common their values are.
struct PairScorer: Sendable {
  private let shape: ModelShape
  private let patterns: PairPatterns
  /// By comparison and level, 16 places a comparison.
  private let rungs: [Rung]
  /// By comparison.
  private let sides: [Side]
  private let logKept: [(same: Float, changed: Float)]
  private let logHouseholdKept: [(same: Float, changed: Float)]
  private let priorM: Float
  private let priorH: Float
  /// By field, one behind the other, by value: log2 of its frequency.
  private let logFrequencies: [Float]
  /// By field: of whole names, how common they are.
  private let nameFrequencies: [NameFrequencies?]

  /// How much the frequencies of two values count that are not the same.
  static let similarPower: Float = 0.5

  /// What a level of a comparison says, in bits.
  private struct Rung {
    var m: Float = 0
    var u: Float = 0
    var h: Float = 0
    /// log2 (h − u) where that is positive, NaN elsewhere; of fields that a household does not share.
    var twins: Float = .nan
    /// log2 of the mean frequency, and how much frequencies count.
    var mean: Float = 0
    var power: Float = 0
  }

  /// Where a comparison finds the values that it compared.
  private struct Side {
    /// -1 of the order of names.
    var field = -1
    /// The field of that record in which the names are swapped.
    var other = -1
    /// By how many bits the level of the order of names is shifted in a pattern; -1 where nothing is swapped.
    var orderShift = -1
    /// Where the frequencies of the field begin.
    var frequencies = 0
    var isShared = false
    var isWholeName = false
  }

  init(_ shape: ModelShape, _ model: MatchModel, _ patterns: PairPatterns) {
    self.shape = shape
    self.patterns = patterns
    logKept = model.kept.map { (log2f(Float($0)), log2f(Float(1 - $0))) }
    logHouseholdKept = model.householdKept.map { (log2f(Float($0)), $0 < 1 ? log2f(Float(1 - $0)) : -.infinity) }
    let rest = 1 - model.matchShare - model.householdShare
    priorM = Float(log2(model.matchShare / rest))
    priorH = shape.hasHouseholds ? Float(log2(model.householdShare / rest)) : -.infinity
    var starts: [Int] = []
    var frequencies: [Float] = []
    for field in patterns.fields {
      starts.append(frequencies.count)
      frequencies += field.counts.map { log2f(Float(max(1, $0)) / Float(max(1, field.known))) }
    }
    logFrequencies = frequencies
    let partners = model.matchShare * Double(max(0, (patterns.fields.first?.recordCount ?? 0) - 1))
    nameFrequencies = patterns.fields.map { field in
      field.features.names.map { NameFrequencies($0.parts, counts: field.counts, discount: max(2, 1 + partners)) }
    }
    rungs = shape.comparisons.indices.flatMap { Self.rungs($0, model) }
    sides = shape.comparisons.map { comparison in
      guard let field = comparison.fieldNumber else { return Side() }
      var side = Side(field: field, other: field, isShared: comparison.isShared, isWholeName: comparison.isWholeName)
      if case .swappable(_, let other, let order) = comparison.subject {
        (side.other, side.orderShift) = (other, order * 4)
      }
      if field < starts.count { side.frequencies = starts[field] }
      return side
    }
  }

  private static func rungs(_ k: Int, _ model: MatchModel) -> [Rung] {
    (0..<16).map { level in
      guard level > 0, level < model.m[k].count else { return Rung() }
      let (m, u, h, mean) = (model.m[k][level], model.u[k][level], model.h[k][level], model.frequencyMeans[k][level])
      return Rung(
        m: log2f(Float(m)), u: log2f(Float(u)), h: log2f(Float(h)), twins: h > u ? log2f(Float(h - u)) : .nan,
        mean: mean > 0 ? log2f(Float(mean)) : 0, power: mean > 0 ? level == 1 ? 1 : similarPower : 0)
    }
  }

  /// How much rarer or commoner than usual, in bits, the values are that two records agree in; positive for rare ones.
  func frequencyBits(_ k: Int, _ level: Int, _ a: Int, _ b: Int, _ pattern: UInt64) -> Float {
    rarity(level, rungs[k * 16 + level], sides[k], a, b, pattern)
  }

  @inline(__always)
  private func rarity(_ level: Int, _ rung: Rung, _ side: Side, _ a: Int, _ b: Int, _ pattern: UInt64) -> Float {
    if rung.power == 0 || side.field < 0 { return 0 }
    let order = side.orderShift < 0 ? 0 : pattern >> UInt64(side.orderShift) & 15
    let x = patterns.code(order == 3 ? side.other : side.field, a)
    let y = patterns.code(order == 2 ? side.other : side.field, b)
    if side.isWholeName, let names = nameFrequencies[side.field] { return Self.nameBits(names, level, Int(x), Int(y)) }
    let commoner = max(logFrequencies[side.frequencies &+ Int(x)], logFrequencies[side.frequencies &+ Int(y)])
    return (rung.mean - commoner) * rung.power
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

  /// The weight of any two records, candidates or not.
  func weight(_ a: Int, _ b: Int) -> Float {
    let (a, b) = (min(a, b), max(a, b))
    return weight(a, b, patterns.pattern(a, b))
  }

  /// - Parameter pattern: of the two records.
  func weight(_ a: Int, _ b: Int, _ pattern: UInt64) -> Float {
    var m = priorM
    var u: Float = 0
    var h = priorH
    for k in shape.alone { add(k, a, b, pattern, &m, &u, &h) }
    for (g, group) in shape.groups.enumerated() {
      var (same, home) = (logKept[g].same, logHouseholdKept[g].same)
      let before = u
      for k in group.members { add(k, a, b, pattern, &same, &u, &home) }
      m += logSum2(same, logKept[g].changed + (u - before))
      h += logSum2(home, logHouseholdKept[g].changed + (u - before))
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
      var (same, home): (Float, Float) = (0, logHouseholdKept[g].same)
      for k in group.members { add(k, a, b, pattern, &same, &u, &home) }
      h += logSum2(home, logHouseholdKept[g].changed + (u - before))
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
    let (rung, side) = (rungs[k &* 16 &+ level], sides[k])
    let rarity = rarity(level, rung, side, a, b, pattern)
    m += rung.m
    u += rung.u - rarity
    if side.isShared {
      h += rung.h
    } else if side.isWholeName {
      h += rung.h - rarity
    } else {
      // Twins have one birthday whatever the day; that others of a household have it is chance.
      h += rung.twins.isNaN ? rung.h - rarity : logSum2(rung.twins, rung.u - rarity)
    }
  }
}

@inline(__always)
func logSum2(_ a: Float, _ b: Float) -> Float {
  let (high, low) = a > b ? (a, b) : (b, a)
  if high - low > 24 { return high }
  return high + log2f(1 + exp2f(low - high))
}
