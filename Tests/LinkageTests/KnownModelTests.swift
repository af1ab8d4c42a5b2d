import Testing

@Suite struct KnownModelTests {
  private static let model = KnownModel(
    lambda: 0.02, m: [[0.7, 0.2, 0.1], [0.9, 0.1], [0.5, 0.25, 0.15, 0.1]],
    u: [[0.01, 0.04, 0.95], [0.5, 0.5], [0.001, 0.009, 0.09, 0.9]],
    household: KnownModel.Household(share: 0.05, levels: [[0.8, 0.1, 0.1], [0.5, 0.5], [0.02, 0.03, 0.05, 0.9]]))

  /// What is counted in the patterns is what was stated, to five standard deviations.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func patternsHaveTheStatedShares(seed: UInt64) {
    let pairs = 1_000_000
    let model = Self.model
    let patterns = model.draw(pairs: pairs, seed: seed)
    func expect(_ found: Int, of total: Int, _ share: Double, _ what: String) {
      let deviation = (Double(total) * share * (1 - share)).squareRoot()
      #expect(
        abs(Double(found) - Double(total) * share) <= 5 * deviation, "seed \(seed), \(what): \(found) of \(total)")
    }
    let matches = patterns.reduce(0) { $0 + $1.matches }
    let families = patterns.reduce(0) { $0 + $1.household }
    #expect(patterns.reduce(0) { $0 + $1.count } == pairs)
    expect(matches, of: pairs, 0.02, "matches")
    expect(families, of: pairs, 0.05, "households")
    for comparison in model.m.indices {
      for level in model.m[comparison].indices {
        let here = patterns.filter { $0.levels[comparison] == level }
        let what = "comparison \(comparison), level \(level)"
        expect(here.reduce(0) { $0 + $1.matches }, of: matches, model.m[comparison][level], "m of \(what)")
        let others = here.reduce(0) { $0 + $1.count - $1.matches - $1.household }
        expect(others, of: pairs - matches - families, model.u[comparison][level], "u of \(what)")
      }
    }
  }

  @Test func levelsAreIndependentGivenTheClass() {
    let matches = Self.model.draw(pairs: 2_000_000, seed: 5)
    let total = matches.reduce(0) { $0 + $1.matches }
    let both = matches.filter { $0.levels[0] == 0 && $0.levels[1] == 0 }.reduce(0) { $0 + $1.matches }
    #expect(abs(Double(both) / Double(total) - 0.63) < 0.012)
  }

  @Test func sameSeedGivesTheSamePatterns() {
    #expect(Self.model.draw(pairs: 5_000, seed: 1) == Self.model.draw(pairs: 5_000, seed: 1))
    #expect(Self.model.draw(pairs: 5_000, seed: 1) != Self.model.draw(pairs: 5_000, seed: 2))
  }

  /// The stated probabilities are those of the pairs drawn.
  @Test func probabilitiesAreCalibrated() {
    let patterns = Self.model.draw(pairs: 3_000_000, seed: 9)
    for pattern in patterns where pattern.count > 10_000 {
      let share = Double(pattern.matches) / Double(pattern.count)
      #expect(abs(share - Self.model.probability(pattern.levels)) < 0.02, "\(pattern)")
    }
  }

  @Test func binomialsHaveTheirMeanAndVariance() {
    var random = KnownRandom(state: 3)
    for (count, share) in [(20, 0.3), (1_000, 0.002), (400, 0.7), (5_000, 0.4)] {
      let drawn = (0..<4_000).map { _ in Double(random.binomial(count, share)) }
      let mean = drawn.reduce(0, +) / 4_000
      let variance = drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4_000
      let expected = Double(count) * share * (1 - share)
      #expect(abs(mean - Double(count) * share) < 5 * (expected / 4_000).squareRoot(), "\(count), \(share)")
      #expect(abs(variance / expected - 1) < 0.15, "\(count), \(share)")
    }
  }
}
