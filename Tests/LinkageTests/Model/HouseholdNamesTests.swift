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

  /// People in families, their names in one column: spouses share name, address and telephone, and are not one person.
  @Test func familiesStayApart() {
    let people = SmallPeople(count: 700, seed: 5)
    let names = people.columns[0].indices.map { "\(people.columns[0][$0] ?? "") \(people.columns[1][$0] ?? "")" }
    let others = [2, 3, 4, 5, 6]
    let records = SmallRecords.set(
      [("name", names.map(Optional.some))] + others.map { (SmallPeople.columnNames[$0], people.columns[$0]) })
    let matching = Matching(
      fields: [SmallRecords.plan("name", .wholeName, .name)]
        + SmallPeople.matching.fields.filter { plan in others.contains { SmallPeople.columnNames[$0] == plan.id } },
      swappable: [], blocking: [])
    let linker = Linker(records, matching, Linker.Settings(threads: 2))
    let candidates = linker.candidates()
    let trained = linker.train(candidates)
    let result = linker.link(candidates, trained.model)
    #expect(people.f1(result.clusters) > 0.97, "\(people.f1(result.clusters))")
    // The household class is about people of one family name.
    #expect(trained.model.h[0][13] > 0.5, "\(trained.model.h[0])")
  }
}
