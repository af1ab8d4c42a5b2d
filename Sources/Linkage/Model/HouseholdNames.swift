import Glibc

/// How whole names agree among different people of one household: h of the three-class model.
///
/// With probability s they share the family name. Then they agree as two people do who share one by chance; else as two do
/// who do not:
///
///     h(level) = s u(level) / u(family)         where the family name agrees
///     h(level) = (1 - s) u(level) / u(other)    elsewhere
///
/// u(family) and u(other) being the sums of u over the levels of either sort. So s is all there is to learn, and a household
/// never takes names for the same that are no more so by chance.
enum HouseholdNames {
  /// Where estimation of s begins: near 1, for a household is found by the name that it shares. From lower shares estimation can
  /// end where "households" are strangers of one area, and families count as matches.
  static let startingShare = 0.95
  /// Levels, missing as 0, at which the family names agree.
  private static let family = 1...Int(NameAgreement.familyOnly.rawValue) + 1

  /// By level.
  static func shares(u: [Double], sharing share: Double) -> [Double] {
    let ofFamily = u[family].reduce(0, +)
    let ofOthers = u[(family.upperBound + 1)...].reduce(0, +)
    return u.indices.map { level in
      if level == 0 { return u[0] }
      return family.contains(level) ? share * u[level] / ofFamily : (1 - share) * u[level] / ofOthers
    }
  }

  /// The share of pairs, by level, in which the family names agree; with as many more pairs at `startingShare`.
  static func share(_ pairs: [Double], priorPairs: Double) -> Double {
    let ofFamily = pairs[family].reduce(0, +)
    return (ofFamily + priorPairs * startingShare) / (pairs.dropFirst().reduce(0, +) + priorPairs)
  }

  /// Logarithm of the beta prior on s, but for a constant.
  static func logPrior(h: [Double], priorPairs: Double) -> Double {
    let share = h[family].reduce(0, +)
    return priorPairs * (startingShare * log(share) + (1 - startingShare) * log(1 - share))
  }
}
