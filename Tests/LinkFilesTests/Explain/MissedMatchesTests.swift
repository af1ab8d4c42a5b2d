import Basics
import Testing

@testable import LinkFiles
@testable import Linkage

@Suite("How many matches no rule makes")
struct MissedMatchesTests {
  /// Five fields with two keys each, the second shared wherever the first is, as a sound is with a name.
  private static let fields = (0..<5).map { UInt64(3) << UInt64(2 * $0) }
  /// Exact keys of two fields each, and one sound with one exact key.
  private static let rules: [UInt64] = [0b0101, 0b01_0100, 0b0100_0001, 0b01_0000_0100, 0b10_0001_0000, 0b01_0100_0000]

  /// Expected matches by the keys they share: of each kind, how often a field's first key is shared, and its second
  /// only. Without those that no rule makes, and how many these are.
  private static func drawn(_ kinds: [(share: Double, same: Double, similar: Double)], of count: Double)
    -> (shared: SharedKeys, missed: Double)
  {
    var (rows, missed) = ([UInt64: Double](), 0.0)
    for code in 0..<243 {
      let states = (0..<5).map { code / [1, 3, 9, 27, 81][$0] % 3 }
      let keys = states.enumerated().reduce(UInt64(0)) { $0 | UInt64([3, 2, 0][$1.element]) << UInt64(2 * $1.offset) }
      let matches = kinds.reduce(0.0) { sum, kind in
        sum + count * kind.share
          * states.reduce(1) { $0 * [kind.same, kind.similar, 1 - kind.same - kind.similar][$1] }
      }
      if rules.contains(where: { $0 & keys == $0 }) { rows[keys, default: 0] += matches } else { missed += matches }
    }
    let sorted = rows.sorted { $0.key < $1.key }.map { SharedKeys.Row(keys: $0.key, matches: $0.value) }
    return (SharedKeys(rows: sorted, rules: rules, fields: fields), missed)
  }

  @Test(
    "Of two kinds of matches, those missed are found again",
    arguments: [(0.3, 0.35), (0.5, 0.4), (0.15, 0.3), (0.4, 0.5)])
  func recovery(hard: Double, same: Double) throws {
    let (shared, missed) = Self.drawn([(1 - hard, 0.85, 0.1), (hard, same, 0.2)], of: 10_000)
    let found = try #require(MissedMatches(shared).count)
    #expect(missed > 300)
    #expect(abs(found / missed - 1) < 0.1, "\(found) of \(missed)")
  }

  @Test("Of one kind, too")
  func oneKind() throws {
    let (shared, missed) = Self.drawn([(1, 0.6, 0.2)], of: 5_000)
    let found = try #require(MissedMatches(shared).count)
    #expect(abs(found / missed - 1) < 0.05, "\(found) of \(missed)")
  }

  @Test("What all rules find is not missed")
  func perfect() throws {
    let rows = [SharedKeys.Row(keys: 0x3FF, matches: 1_000)]
    #expect(try #require(MissedMatches(SharedKeys(rows: rows, rules: Self.rules, fields: Self.fields)).count) < 0.5)
  }

  @Test("Two fields are two catches, as Petersen counts them")
  func twoFields() throws {
    let rows = [SharedKeys.Row(keys: 1, matches: 300), .init(keys: 2, matches: 200), .init(keys: 3, matches: 1_000)]
    let found = MissedMatches(SharedKeys(rows: rows, rules: [1, 2], fields: [1, 2]))
    #expect(found.classCount == 1)
    // 1,300 found by one, 1,200 by the other, 1,000 by both: 1,300 · 1,200 / 1,000 in all, 1,500 of them found.
    #expect(abs(try #require(found.count) - 60) < 1)
  }

  @Test("One field, or no match, says nothing")
  func nothing() {
    let rows = [SharedKeys.Row(keys: 1, matches: 30), .init(keys: 3, matches: 10)]
    #expect(MissedMatches(SharedKeys(rows: rows, rules: [1, 2], fields: [3])).count == nil)
    #expect(MissedMatches(SharedKeys(rows: [], rules: [1, 2], fields: [1, 2])).count == nil)
  }

  @Test("Unmade pairs as counted over all combinations", arguments: 1...20)
  func unmade(seed: Int) {
    var draws = SplitMix64(seed: UInt64(seed))
    let fields = (0..<4).map { UInt64(7) << UInt64(3 * $0) }
    let rules = (0..<5).map { _ -> UInt64 in
      (0..<2).reduce(0) { mask, _ in mask | 1 << UInt64(draws.below(12)) }
    }
    let rows = (0..<40).map { _ in SharedKeys.Row(keys: draws.next() & 0xFFF, matches: 1) }
    let states = UnmadeStates(SharedKeys(rows: rows, rules: rules, fields: fields))
    let shares = states.categories.map { categories -> [Double] in
      let weights = categories.map { _ in Double(1 + draws.below(9)) }
      return weights.map { $0 / weights.reduce(0, +) }
    }
    let found = states.probability(shares)
    var (all, parts) = (0.0, shares.map { $0.map { _ in 0.0 } })
    func visit(_ field: Int, _ keys: UInt64, _ share: Double, _ chosen: [Int]) {
      if field == 4 {
        if rules.contains(where: { $0 & keys == $0 }) { return }
        all += share
        for (field, category) in chosen.enumerated() { parts[field][category] += share }
        return
      }
      for (category, more) in states.categories[field].enumerated() {
        visit(field + 1, keys | more, share * shares[field][category], chosen + [category])
      }
    }
    visit(0, 0, 1, [])
    #expect(abs(found.unmade - all) < 1e-12, "seed \(seed)")
    for (a, b) in zip(found.parts.joined(), parts.joined()) { #expect(abs(a - b) < 1e-12, "seed \(seed)") }
  }
}
