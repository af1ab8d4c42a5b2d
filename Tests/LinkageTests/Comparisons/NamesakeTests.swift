import Basics
import Testing

@testable import Linkage

/// E-mail addresses are made of names: where names agree, they are compared apart from others.
@Suite struct NamesakeTests {
  private static let matching = Matching(
    fields: [
      SmallRecords.plan("given", .givenName, .name), SmallRecords.plan("family", .familyName, .name, isShared: true),
      SmallRecords.plan("email", .email, .contact, isShared: true),
    ], swappable: [("given", "family")], blocking: [])

  private func levels(_ one: [String?], _ other: [String?]) -> [UInt8] {
    let columns = zip(["given", "family", "email"], zip(one, other)).map { ($0, [$1.0, $1.1]) }
    let pairs = Linker(SmallRecords.set(columns), Self.matching).patterns
    // The order of names is the fourth comparison, addresses of namesakes the fifth.
    return [2, 4].map { PatternTable.level(pairs.pattern(0, 1), $0) }
  }

  @Test func comparedApart() {
    #expect(levels(["ann", "smith", "ann.smith1@x.com"], ["ann", "jones", "ann.smith1@x.com"]) == [0, 1])
    #expect(levels(["ann", "smith", "ann.smith1@x.com"], ["anne", "smith", "anne.smith1@x.com"]) == [0, 2])
    #expect(levels(["ann", "smith", "home@x.com"], ["bob", "jones", "home@x.com"]) == [1, 0])
    #expect(levels(["ann", "smith", nil], ["ann", "smith", "ann@x.com"]) == [0, 0])
    #expect(levels([nil, nil, "home@x.com"], ["ann", "smith", "home@x.com"]) == [1, 0])
    // Names in one another's places agree too.
    #expect(levels(["smith", "ann", "ann@x.com"], ["ann", "smith", "bob@y.org"]) == [0, 6])
  }

  /// Namesakes have like addresses by chance: u says so, where that of all random pairs does not.
  @Test func chanceAgreementOfNamesakes() {
    var draws = SplitMix64(seed: 3)
    let count = 3_000
    let (given, family) = ((0..<26).map { _ in draws.letters(8) }, (0..<676).map { _ in draws.letters(9) })
    var columns: [[String?]] = [[], [], []]
    for _ in 0..<count {
      let name = (draws.pick(given), draws.pick(family))
      columns[0].append(name.0)
      columns[1].append(name.1)
      columns[2].append("\(name.0).\(draws.letters(3))@example.com")
    }
    var settings = Linker.Settings()
    settings.samples = 40_000
    let linker = Linker(
      SmallRecords.set(Array(zip(["given", "family", "email"], columns))), Self.matching, settings)
    let random = RandomPairs.sample(
      linker.patterns, recordCount: count, samples: settings.samples, seed: 1, threads: 1)
    // Levels 1 to 5: like each other in any way.
    func alike(_ k: Int) -> Double { random.shares[k][1...5].reduce(0, +) }
    #expect(alike(4) > 10 * alike(2), "\(alike(4)) of namesakes, \(alike(2)) of others")
    // One in 26 has the given name, one in 676 the family name.
    let expected = 1.0 / 26 + 1.0 / 676
    #expect(abs(random.known[4] / expected - 1) < 0.1, "\(random.known[4])")
  }

  @Test func namesakePairsAreDrawnAlike() throws {
    let field = SmallRecords.field(.givenName, ["a", "b", "a", "c", "a", "b", nil, "d"])
    let pairs = try #require(NamesakePairs([field], [0]))
    var draws = SplitMix64(seed: 9)
    var counts: [[Int32]: Int] = [:]
    for _ in 0..<8_000 {
      let (a, b) = pairs.next(&draws)
      counts[[min(a, b), max(a, b)], default: 0] += 1
    }
    #expect(Set(counts.keys) == [[0, 2], [0, 4], [2, 4], [1, 5]])
    // Five standard deviations of a quarter of 8,000.
    for (pair, count) in counts { #expect(abs(count - 2_000) < 200, "\(pair): \(count)") }
    #expect(NamesakePairs([SmallRecords.field(.givenName, ["a", "b", nil])], [0]) == nil)
  }
}
