import Basics
import Glibc
import Testing

@testable import Linkage

@Suite struct CalibrationTests {
  /// Pairs (2k, 2k + 1) of random weights; those for which `isJoined` says so are in one cluster.
  private func pairs(_ count: Int, seed: UInt64, isJoined: (Float, inout SplitMix64) -> Bool) -> (
    [ScoredPair], Clustering
  ) {
    var draws = SplitMix64(seed: seed)
    var pairs: [ScoredPair] = []
    var roots: [Int32] = []
    for number in 0..<Int32(count) {
      let weight = Float(draws.unit() * 40 - 20)
      pairs.append(ScoredPair(2 * number, 2 * number + 1, weight))
      roots += [2 * number, isJoined(weight, &draws) ? 2 * number : 2 * number + 1]
    }
    return (pairs, Clustering(roots: roots))
  }

  @Test(arguments: [1, 2, 3] as [UInt64], [0, 50, 3_000])
  func monotoneAndBounded(seed: UInt64, count: Int) {
    // Clusters that have nothing to do with the weights, so that bins must be pooled.
    let (pairs, clusters) = pairs(count, seed: seed) { _, draws in draws.below(2) == 0 }
    let calibration = Calibration(pairs, clusters)
    let probabilities = stride(from: Float(-60), through: 60, by: 0.25).map { calibration.probability($0) }
    #expect(probabilities.allSatisfy { $0 > 0 && $0 < 1 }, "seed \(seed)")
    for (before, after) in zip(probabilities, probabilities.dropFirst()) { #expect(before <= after, "seed \(seed)") }
  }

  @Test func withoutPairsTheModelPrevails() {
    let calibration = Calibration([], Clustering(roots: []))
    for weight in stride(from: Float(-10), to: 10, by: 0.5) {
      #expect(abs(calibration.probability(weight + 0.25) - 1 / (1 + exp2(-(weight + 0.25)))) < 0.001)
    }
  }

  @Test func clustersCorrectAModelThatIsTooSure() {
    // Of pairs of 4 bits and more only every other one is in a cluster.
    let (pairs, clusters) = pairs(20_000, seed: 4) { weight, draws in weight > 4 && draws.below(2) == 0 }
    let calibration = Calibration(pairs, clusters)
    #expect(abs(calibration.probability(9) - 0.5) < 0.06)
    #expect(calibration.probability(-3) < 0.02)
  }

  @Test func thresholdIsWhereExpectedF1IsHighest() {
    let (pairs, clusters) = pairs(4_000, seed: 5) { weight, draws in draws.unit() < 1 / (1 + Double(exp2(-weight))) }
    let calibration = Calibration(pairs, clusters)
    let probabilities = pairs.map { calibration.probability($0.weight) }
    func expectedF1(_ threshold: Float) -> Double {
      var (taken, inside, all) = (0.0, 0.0, 0.0)
      for (pair, probability) in zip(pairs, probabilities) {
        all += Double(probability)
        if pair.weight >= threshold { (taken, inside) = (taken + 1, inside + Double(probability)) }
      }
      return 2 * inside / (taken + all)
    }
    let threshold = Calibration.threshold(pairs, probabilities)
    for other in stride(from: Float(-12), to: 20, by: 0.5) {
      #expect(expectedF1(threshold) >= expectedF1(other) - 1e-9, "\(other) beats \(threshold)")
    }
    #expect(expectedF1(threshold) > 0.9)
  }
}
