import Basics
import Glibc

/// A Fellegi–Sunter model with stated parameters that makes comparison patterns, for tests that recover them.
///
/// Given its class, a pair's levels are independent: P(γ | class) = Π_k p_k[γ_k] (Fellegi and Sunter 1969, section 3).
struct KnownModel {
  /// Pairs of the same level of every comparison.
  struct Pattern: Equatable {
    /// By comparison.
    var levels: [UInt8]
    var count = 0
    /// Of `count`: pairs of the same person, and of two persons of one household.
    var matches = 0
    var household = 0
  }

  /// A third class: pairs of two persons who share a household, non-matches that agree in part.
  struct Household {
    /// Of all pairs.
    var share: Double
    /// By comparison and level.
    var levels: [[Double]]
  }

  /// P(match) of all pairs.
  var lambda: Double
  /// P(level | match), P(level | non-match), by comparison; each sums to 1.
  var m: [[Double]]
  var u: [[Double]]
  var household: Household?

  /// Every possible pattern with the numbers of pairs that were drawn; the last comparison's level changes fastest, and
  /// patterns without a pair are left out. O(patterns) whatever the number of pairs.
  func draw(pairs: Int, seed: UInt64) -> [Pattern] {
    var random = KnownRandom(state: seed)
    let matches = random.binomial(pairs, lambda)
    let share = household.map { $0.share / (1 - lambda) } ?? 0
    let families = random.binomial(pairs - matches, share)
    var patterns = emptyPatterns()
    spread(matches, over: m, of: &patterns, &random) { $0.matches += $1 }
    if let household { spread(families, over: household.levels, of: &patterns, &random) { $0.household += $1 } }
    spread(pairs - matches - families, over: u, of: &patterns, &random) { _, _ in }
    return patterns.filter { $0.count > 0 }
  }

  /// P(match | levels) of the model itself.
  func probability(_ levels: [UInt8]) -> Double {
    func likelihood(_ share: Double, _ parameters: [[Double]]) -> Double {
      zip(parameters, levels).reduce(share) { $0 * $1.0[Int($1.1)] }
    }
    let other = household.map { likelihood($0.share, $0.levels) } ?? 0
    let match = likelihood(lambda, m)
    return match / (match + other + likelihood(1 - lambda - (household?.share ?? 0), u))
  }

  private func emptyPatterns() -> [Pattern] {
    var patterns = [Pattern(levels: [])]
    for comparison in m {
      patterns = patterns.flatMap { pattern in
        comparison.indices.map { Pattern(levels: pattern.levels + [UInt8($0)]) }
      }
    }
    return patterns
  }

  /// Splits pairs of one class comparison by comparison, each time by the multinomial of its levels.
  private func spread(
    _ pairs: Int, over parameters: [[Double]], of patterns: inout [Pattern], _ random: inout KnownRandom,
    note: (inout Pattern, Int) -> Void
  ) {
    var counts = [pairs]
    for levels in parameters { counts = counts.flatMap { random.multinomial($0, levels) } }
    for index in patterns.indices {
      patterns[index].count += counts[index]
      note(&patterns[index], counts[index])
    }
  }
}

/// SplitMix64, with the draws that a model needs.
struct KnownRandom {
  var state: UInt64

  /// Above 0 and below 1.
  mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return (Double((mixed ^ (mixed >> 31)) >> 11) + 0.5) / 9_007_199_254_740_992
  }

  mutating func multinomial(_ count: Int, _ shares: [Double]) -> [Int] {
    var (left, share) = (count, shares.reduce(0, +))
    return shares.enumerated().map { index, own in
      let drawn = index == shares.count - 1 ? left : binomial(left, min(1, own / share))
      left -= drawn
      share -= own
      return drawn
    }
  }

  /// Exact for a variance up to 100, by inversion (Kachitvichyanukul and Schmeiser 1988, algorithm BINV); above it the
  /// normal approximation, whose error is far below its standard deviation.
  mutating func binomial(_ count: Int, _ share: Double) -> Int {
    if share > 0.5 { return count - binomial(count, 1 - share) }
    if count == 0 || share <= 0 { return 0 }
    let variance = Double(count) * share * (1 - share)
    if variance > 100 {
      let normal = sqrt(-2 * log(uniform())) * cos(2 * .pi * uniform())
      return min(count, max(0, Int((Double(count) * share + normal * sqrt(variance)).rounded())))
    }
    let odds = share / (1 - share)
    var density = exp(Double(count) * log1p(-share))
    var (left, drawn) = (uniform(), 0)
    while left > density && drawn < count {
      left -= density
      drawn += 1
      density *= odds * Double(count - drawn + 1) / Double(drawn)
    }
    return drawn
  }
}
