import Basics
import Testing

@testable import Linkage

/// Patterns found with memory are those found without.
@Suite struct PatternFinderTests {
  /// Records with swapped names, slips, missing values and names in two scripts.
  private func patterns(seed: UInt64, count: Int) -> PairPatterns {
    var draws = SplitMix64(seed: seed)
    let given = ["john", "jon", "mary", "marie", "bill", "william", "anna", "lee", "li"]
    let family = ["smith", "smyth", "lee", "john", "taylor", "tailor", "brown"]
    let whole = ["賴雅芳", "赖雅芳", "LAI Nga Fong", "Nga Fong Lai", "John Smith", "Smith, John", "J. Smith", "王小明"]
    var columns: [[String?]] = Array(repeating: [], count: 5)
    for _ in 0..<count {
      var name = (draws.pick(given), draws.pick(family))
      if draws.below(5) == 0 { swap(&name.0, &name.1) }
      let values = [
        name.0, name.1, "19\(50 + draws.below(4))-0\(1 + draws.below(3))-1\(draws.below(4))", draws.pick(whole),
        "555010\(10 + draws.below(12))",
      ]
      for (index, value) in values.enumerated() { columns[index].append(draws.below(6) == 0 ? nil : value) }
    }
    let ids = ["given", "family", "born", "whole", "phone"]
    let kinds: [FieldKind] = [.givenName, .familyName, .date, .wholeName, .phone]
    let matching = Matching(
      fields: zip(ids, kinds).map { SmallRecords.plan($0, $1, .name) }, swappable: [("given", "family")], blocking: [])
    return Linker(SmallRecords.set(Array(zip(ids, columns))), matching).patterns
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func memoryChangesNothing(seed: UInt64) {
    let count = 90
    let pairs = patterns(seed: seed, count: count)
    // Five fields, the order of names, and whole names across scripts.
    #expect(pairs.comparisons.count == 7)
    var finder = PatternFinder(pairs)
    var (left, right, found): ([Int32], [Int32], [UInt64]) = ([], [], [])
    for a in 0..<Int32(count) {
      for b in (a + 1)..<max(a + 1, Int32(count)) { (left, right) = (left + [a], right + [b]) }
    }
    var levels = [Set<UInt8>](repeating: [], count: pairs.comparisons.count)
    // The second time everything is remembered.
    for round in 1...2 {
      finder.find(left: left, right: right, into: &found)
      #expect(found.count == left.count)
      for index in left.indices {
        let (a, b) = (Int(left[index]), Int(right[index]))
        let pattern = pairs.pattern(a, b)
        #expect(found[index] == pattern, "seed \(seed), round \(round), records \(a) and \(b)")
        let other = pairs.pattern(b, a)
        #expect(
          mirrored(other) == pattern || turned(other) == pattern, "seed \(seed), records \(b) and \(a)")
        for k in levels.indices { levels[k].insert(PatternTable.level(pattern, k)) }
      }
    }
    #expect(levels[5] == [0, 1, 2, 3], "all orders of names, and none")
    #expect(levels[3].count > 3 && levels[6].count > 2)
  }

  /// With the records in the other order, the names are swapped in the other one; nothing else changes.
  private func mirrored(_ pattern: UInt64) -> UInt64 {
    let order = PatternTable.level(pattern, 5)
    return order < 2 ? pattern : pattern ^ UInt64(order ^ (5 - order)) << 20
  }

  /// Where it is not known which record has them swapped, it is said of the second: the two levels change places.
  private func turned(_ pattern: UInt64) -> UInt64 {
    if PatternTable.level(pattern, 5) != 2 { return pattern }
    return pattern & ~0xFF | (pattern & 15) << 4 | (pattern >> 4) & 15
  }

  @Test func turnedNames() {
    let records = SmallRecords.set([
      ("given", ["john", "smith", "mary", "john", nil]), ("family", ["smith", "john", "jones", "brown", nil]),
    ])
    let matching = Matching(
      fields: [SmallRecords.plan("given", .givenName, .name), SmallRecords.plan("family", .familyName, .name)],
      swappable: [("given", "family")], blocking: [])
    let pairs = Linker(records, matching).patterns
    func levels(_ a: Int, _ b: Int) -> [UInt8] { (0..<3).map { PatternTable.level(pairs.pattern(a, b), $0) } }
    // John comes more often as a given name, so it is the second record that has them swapped.
    #expect(levels(0, 1) == [1, 1, 2])
    #expect(levels(1, 0) == [1, 1, 3])
    #expect(levels(0, 2) == [8, 8, 1])
    #expect(levels(0, 3) == [1, 8, 1])
    #expect(levels(1, 3) == [8, 8, 1])
    #expect(levels(0, 4) == [0, 0, 0])
  }

  @Test func memoryOfManyValues() {
    // More value pairs than places: what was forgotten is compared again.
    let field = SmallRecords.field(.code, (0..<600).map { "\(100_000 + $0 * 37)" })
    let comparer = FieldComparer(field)
    var memory = LevelMemory(valueCount: 1)
    for _ in 0..<2 {
      for a in stride(from: Int32(0), to: 600, by: 7) {
        for b in stride(from: a + 1, to: 600, by: 13) {
          #expect(memory.level(a, b, comparer) == comparer.level(a, b))
        }
      }
    }
  }
}
