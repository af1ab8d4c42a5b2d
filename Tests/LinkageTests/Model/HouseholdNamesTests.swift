import Testing

@testable import Linkage

@Suite struct HouseholdNamesTests {
  /// Missing, then 15 levels; those from the 14th on without a family name in common.
  private let u =
    [1] + [0.002, 0.001, 0.001, 0.002, 0.001, 0.001, 0.001, 0.003, 0.002, 0.004, 0.002, 0.01, 0.03, 0.04, 0.9]

  @Test func shareIsGivenBack() {
    #expect(u.count == Ladder.wholeName.count)
    for share in [0.05, 0.5, 0.95] {
      let h = HouseholdNames.shares(u: u, sharing: share)
      #expect(abs(h.dropFirst().reduce(0, +) - 1) < 1e-12)
      #expect(abs(HouseholdNames.share(h.map { $0 * 1_000 }, priorPairs: 0) - share) < 1e-12)
      // A household takes no name for the same that is not so by chance.
      #expect(abs(h[1] / h[13] - u[1] / u[13]) < 1e-12 && abs(h[14] / h[15] - u[14] / u[15]) < 1e-12)
    }
  }

  @Test func priorHoldsWithoutPairs() {
    let none = [Double](repeating: 0, count: u.count)
    #expect(HouseholdNames.share(none, priorPairs: 20) == HouseholdNames.startingShare)
    let best = HouseholdNames.logPrior(h: HouseholdNames.shares(u: u, sharing: 0.95), priorPairs: 20)
    for share in [0.5, 0.9, 0.99] {
      #expect(HouseholdNames.logPrior(h: HouseholdNames.shares(u: u, sharing: share), priorPairs: 20) < best)
    }
  }
}
