import Basics
import Glibc
import Testing

@testable import Linkage

/// Parameters that are known are given back, and probabilities mean what they say.
@Suite struct RecoveryTests {
  /// All pairs, as without blocking.
  private static let whole = KnownPatterns(seed: 1)
  private static let expectation = estimate(whole, blocked: [[]])
  /// Pairs of the same birth or the same phone only.
  private static let blocked = estimate(KnownPatterns(seed: 2, blocked: [2, 5]), blocked: [[2], [5]])

  private static func estimate(_ known: KnownPatterns, blocked: [Set<Int>]) -> Linkage.Expectation {
    var expectation = Linkage.Expectation(
      KnownPatterns.shape, Observations(known.table, blocked: blocked), random: KnownPatterns.random,
      recordCount: KnownPatterns.recordCount)
    expectation.run()
    return expectation
  }

  /// Largest difference of two tables, by comparison and level.
  private func expectNear(
    _ found: [[Double]], _ known: [[Double]], within tolerance: Double, _ what: String, but hidden: Int = -1
  ) {
    for k in known.indices where k != hidden {
      for level in known[k].indices {
        let (one, other) = (found[k][level + 1], known[k][level])
        #expect(
          abs(one - other) <= tolerance, "\(what) of \(KnownPatterns.shape.comparisons[k].id), level \(level + 1)")
      }
    }
  }

  private func expectParameters(_ model: MatchModel, m tolerance: Double, unseenHousehold: Int = -1) {
    // Six standard errors of a share of 0.25 among 3,000 matches are 0.047.
    expectNear(model.m, KnownPatterns.m, within: tolerance, "m")
    // Next to no two of a household are born on one day, so h of phones is not seen where birth blocks.
    expectNear(model.h, KnownPatterns.h, within: 0.06, "h", but: unseenHousehold)
    // Households are not taken out of u, so it is above by their share at most.
    expectNear(model.u, KnownPatterns.u, within: KnownPatterns.householdShare + 0.002, "u")
    for (found, kept) in zip(model.kept, KnownPatterns.kept) { #expect(abs(found - kept) <= 0.03) }
    #expect(model.householdKept[0] == 1)
    // Households of two addresses are hard to tell from strangers.
    #expect(abs(model.householdKept[1] - KnownPatterns.householdKept) <= 0.13)
  }

  @Test func everyPair() {
    let model = Self.expectation.model
    expectParameters(model, m: 0.03)
    #expect(abs(model.matchShare / KnownPatterns.matchShare - 1) < 0.03, "λ \(model.matchShare)")
    #expect(abs(model.householdShare / KnownPatterns.householdShare - 1) < 0.25, "\(model.householdShare)")
  }

  /// Blocked by birth and by phone: m of each is learnt where the other one blocks.
  @Test func underBlocking() {
    let model = Self.blocked.model
    expectParameters(model, m: 0.05, unseenHousehold: 5)
    // What blocking finds: 0.95 · 0.85 and 0.7 · 0.65 of the matches, but for both.
    let (birth, phone) = (0.95 * 0.85, 0.7 * 0.65)
    let found = KnownPatterns.matchShare * (birth + phone - birth * phone)
    #expect(abs(model.matchShare / found - 1) < 0.05, "λ \(model.matchShare), not \(found)")
  }

  @Test(arguments: [false, true])
  func likelihoodNeverFalls(isBlocked: Bool) {
    let expectation = isBlocked ? Self.blocked : Self.expectation
    let steps = expectation.logLikelihoods
    #expect(expectation.settled > 1 && steps.count > expectation.settled + 1)
    for (step, (before, after)) in zip(steps, steps.dropFirst()).enumerated() {
      // Until u has settled it is corrected by what random pairs show, not maximised: that may cost a millionth. Afterwards
      // nothing but the rounding of a sum may be lost.
      let tolerance = step < expectation.settled ? 1e-6 : 1e-13
      #expect(after >= before - tolerance * abs(before), "step \(step): from \(before) to \(after)")
    }
    #expect(steps.last! > steps[0] + 100, "the likelihood hardly rose")
  }

  /// From bad starts too: shares drawn at random, u held from the first step on.
  @Test(arguments: 1...6)
  func likelihoodNeverFallsFromAnywhere(seed: UInt64) {
    var draws = SplitMix64(seed: seed)
    var model = Self.expectation.model
    for k in model.m.indices {
      for table in [\MatchModel.m, \MatchModel.h] {
        let shares = model[keyPath: table][k].map { _ in 0.01 + draws.unit() }
        let sum = shares.dropFirst().reduce(0, +)
        model[keyPath: table][k] = [1] + shares.dropFirst().map { $0 / sum }
      }
    }
    var expectation = Linkage.Expectation(
      KnownPatterns.shape, Observations(Self.whole.table, blocked: [[]]), random: KnownPatterns.random,
      recordCount: KnownPatterns.recordCount, from: model)
    expectation.iterate()
    // The first step brings h under its limits, which may cost something.
    for _ in 0..<30 { expectation.iterate(holdsRandom: true) }
    for (before, after) in zip(expectation.logLikelihoods.dropFirst(2), expectation.logLikelihoods.dropFirst(3)) {
      #expect(after >= before - 1e-13 * abs(before), "seed \(seed): from \(before) to \(after)")
    }
  }

  @Test func limitedSharesSumToOneAndHoldTheirLimits() {
    var draws = SplitMix64(seed: 5)
    for _ in 0..<200 {
      var shares = [1.0] + (0..<6).map { _ in draws.unit() + 1e-3 }
      let sum = shares.dropFirst().reduce(0, +)
      for level in 1..<7 { shares[level] /= sum }
      let limits = [1.0] + (0..<5).map { _ in draws.unit() * 0.3 } + [1]
      let before = shares
      Linkage.Expectation.limit(&shares, by: limits)
      #expect(abs(shares.dropFirst().reduce(0, +) - 1) < 1e-12)
      let factors = (1..<7).filter { shares[$0] < limits[$0] }.map { shares[$0] / before[$0] }
      #expect(factors.allSatisfy { abs($0 - factors[0]) < 1e-9 && $0 >= 1 - 1e-12 }, "others grow by one factor")
      for level in 1..<7 { #expect(shares[level] <= limits[level] + 1e-12) }
    }
  }

  @Test func sameForAnyNumberOfThreads() {
    func model(_ threads: Int) -> MatchModel {
      var expectation = Linkage.Expectation(
        KnownPatterns.shape, Observations(Self.whole.table, blocked: [[]]), random: KnownPatterns.random,
        recordCount: KnownPatterns.recordCount, threads: threads)
      for _ in 0..<3 { expectation.iterate() }
      return expectation.model
    }
    #expect(model(1) == model(2))
    #expect(model(1) == model(5))
  }

  // MARK: Calibration

  private struct Bin {
    var pairs = 0
    var matches = 0
    var probability = 0.0

    var gap: Double { abs(Double(matches) - probability) / Double(max(1, pairs)) }
  }

  /// Pairs in ten bins of equal width by their probability.
  private static let bins: [Bin] = {
    let scorer = PairScorer(KnownPatterns.shape, expectation.model, PairPatterns([], KnownPatterns.shape.comparisons))
    var bins = [Bin](repeating: Bin(), count: 10)
    for (pattern, isMatch) in whole.pairs {
      let probability = 1 / (1 + exp2(-Double(scorer.weight(0, 1, pattern))))
      let bin = min(9, Int(probability * 10))
      bins[bin].pairs += 1
      bins[bin].matches += isMatch ? 1 : 0
      bins[bin].probability += probability
    }
    return bins
  }()

  /// ECE = Σ |B|/n · |share of matches in B − mean probability in B| (Naeini, Cooper and Hauskrecht 2015, section 2).
  private func calibrationError(_ bins: [Bin]) -> Double {
    let all = Double(bins.reduce(0) { $0 + $1.pairs })
    return bins.reduce(0) { $0 + $1.gap * Double($1.pairs) / all }
  }

  @Test func expectedCalibrationError() {
    #expect(calibrationError(Self.bins) <= 0.02)
    // The many sure strangers hide the others: without them too.
    #expect(calibrationError(Array(Self.bins.dropFirst())) <= 0.02)
  }

  @Test func reliabilityByBins() {
    for (number, bin) in Self.bins.enumerated() where bin.pairs >= 50 {
      // Four standard errors of a share, and 0.05 for what is not estimated exactly.
      let tolerance = 0.05 + 4 * 0.5 / Double(bin.pairs).squareRoot()
      #expect(bin.gap <= tolerance, "bin \(number): \(bin)")
    }
    #expect(Self.bins.count { $0.pairs >= 50 } >= 5, "\(Self.bins)")
  }

  /// A calibration test that passes whatever the probabilities are shows nothing: doubled odds are noticed.
  @Test func calibrationErrorNoticesOverconfidence() {
    var bins = Self.bins.dropFirst().map { $0 }
    for index in bins.indices { bins[index].probability = bins[index].probability * 0.8 }
    #expect(calibrationError(bins) > 0.02)
  }
}
