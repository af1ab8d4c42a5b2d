import Glibc

/// Why two records have the weight that they have: what each comparison says, in bits, and what it comes to.
///
/// `weight` is the sum of `prior`, of `bits` of each comparison, of `bits` of each group and of `household`.
public struct Explanation: Sendable, Equatable {
  /// What one comparison says.
  public struct Part: Sendable, Equatable {
    public var id: String
    /// As they were compared, folded; nil where a value is missing and for the order of names.
    public var left: String?
    public var right: String?
    /// `missing`, `not_compared` or a level of the comparison's ladder.
    public var level: String
    public var meaning: String
    /// Shares of pairs at this level: of true matches, of pairs of different entities, of different people of one
    /// household. 1 where nothing was compared.
    public var m: Double
    public var u: Double
    public var h: Double
    /// log2(m / u).
    public var agreementBits: Double
    /// How much rarer (positive) or commoner the values are than those that usually agree so.
    public var frequencyBits: Double
    /// How many records have each value in this field, and how many have any.
    public var leftCount: Int
    public var rightCount: Int
    public var knownCount: Int
    /// Whether the value of one record stands in another field's place.
    public var isSwapped: Bool

    public var bits: Double { agreementBits + frequencyBits }
    public var isCompared: Bool { level != "missing" && level != "not_compared" }
  }

  /// What it adds that fields of a group change together: moved house, a new name.
  public struct Group: Sendable, Equatable {
    public var group: FieldGroup
    public var bits: Double
    /// Of true matches: in how many the group is as it was.
    public var kept: Double
  }

  public var left: Int
  public var right: Int
  /// log2 of the odds that two records drawn at random are one.
  public var prior: Double
  /// In the order of the matching's fields.
  public var parts: [Part]
  public var groups: [Group]
  /// −log2(1 + H / U), of how likely such a pair is for people of one household and for others; nil without households.
  public var household: Double?
  /// In bits.
  public var weight: Double

  public var probability: Double { 1 / (1 + exp2(-weight)) }
  public var areNamesSwapped: Bool { parts.contains(where: \.isSwapped) }
}

extension Linker {
  /// Takes the weight of two records, candidates or not, apart. O(comparisons).
  public func explain(_ a: Int, _ b: Int, _ model: MatchModel) -> Explanation {
    let pattern = patterns.pattern(a, b)
    let scorer = scorer(model)
    let scored = scorer.parts(a, b, pattern)
    var result = Explanation(
      left: a, right: b, prior: Double(scorer.prior), parts: [], groups: [],
      household: shape.hasHouseholds ? Double(scored.household) : nil, weight: 0)
    for k in shape.comparisons.indices {
      result.parts.append(part(k, a, b, pattern, model, frequency: Double(scored.frequencies[k])))
    }
    for (g, group) in shape.groups.enumerated() {
      result.groups.append(.init(group: group.group, bits: Double(scored.groups[g]), kept: model.kept[g]))
    }
    result.weight =
      result.prior + result.parts.reduce(0) { $0 + $1.bits } + result.groups.reduce(0) { $0 + $1.bits }
      + (result.household ?? 0)
    return result
  }

  private func part(
    _ k: Int, _ a: Int, _ b: Int, _ pattern: UInt64, _ model: MatchModel, frequency: Double
  ) -> Explanation.Part {
    let comparison = shape.comparisons[k]
    let level = Int(PatternTable.level(pattern, k))
    var part = Explanation.Part(
      id: comparison.id, left: nil, right: nil, level: "missing", meaning: "missing", m: 1, u: 1, h: 1,
      agreementBits: 0, frequencyBits: frequency, leftCount: 0, rightCount: 0, knownCount: 0, isSwapped: false)
    if let number = comparison.fieldNumber {
      let field = fields[number]
      let (x, y) = patterns.values(k, a, b, pattern)
      (part.left, part.leftCount) = x < 0 ? (nil, 0) : (field.values.string(x), Int(field.counts[Int(x)]))
      (part.right, part.rightCount) = y < 0 ? (nil, 0) : (field.values.string(y), Int(field.counts[Int(y)]))
      part.knownCount = field.known
      if x >= 0 && y >= 0 && level == 0 { (part.level, part.meaning) = ("not_compared", Self.elsewhere(comparison)) }
    }
    if case .swappable(_, _, let order) = comparison.subject {
      part.isSwapped = PatternTable.level(pattern, order) > 1
    }
    if level == 0 { return part }
    let rung = comparison.ladder.levels[level - 1]
    (part.level, part.meaning) = (rung.id, rung.meaning)
    part.m = model.m[k][level]
    part.u = model.u[k][level]
    part.h = model.h[k][level]
    part.agreementBits = log2(part.m) - log2(part.u)
    return part
  }

  /// Why two values that are there were not compared.
  private static func elsewhere(_ comparison: Comparison) -> String {
    if case .script(_, let isAcross) = comparison.subject {
      return isAcross ? "both names are in one script" : "the names are in two scripts"
    }
    if case .namesakes(_, let agree, _) = comparison.subject {
      return agree ? "the names do not agree" : "the names agree"
    }
    return "not compared"
  }
}
