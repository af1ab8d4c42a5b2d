import Basics
import TestSupport
import Testing

@testable import LinkFiles
@testable import Linkage

@Suite("What blocking makes and misses")
struct BlockingTextTests {
  /// 400 people, every second one twice; the second time town or date of birth may differ.
  static func linked(seed: UInt64) -> (Linker, CandidatePairs, TrainedModel, LinkResult) {
    var random = SeededRandom(seed: seed)
    var (names, dates, towns): ([String?], [String?], [String?]) = ([], [], [])
    for person in 0..<400 {
      let name = "\(["mar", "jon", "pet", "luc"][person % 4])\(["an", "el", "or", "is", "um"][person / 4 % 5])\(person)"
      let date = "19\(10 + Int.random(in: 0..<80, using: &random))-0\(1 + person % 9)-1\(person % 7)"
      let town = "town\(Int.random(in: 0..<60, using: &random))"
      for copy in 0..<(person % 2 + 1) {
        names.append(name)
        dates.append(copy == 1 && Int.random(in: 0..<5, using: &random) == 0 ? "2001-01-01" : date)
        towns.append(copy == 1 && Int.random(in: 0..<5, using: &random) == 0 ? "elsewhere" : town)
      }
    }
    let records = RecordSet(
      files: [.init(name: "a", recordCount: names.count)],
      columns: [
        InternedColumn(name: "name", values: names), InternedColumn(name: "born", values: dates),
        InternedColumn(name: "town", values: towns),
      ])
    let matching = Matching(
      fields: [
        .init(id: "name", kind: .text, group: .name, columns: ["name"], isShared: false),
        .init(id: "born", kind: .date, group: .birth, columns: ["born"], isShared: false),
        .init(id: "town", kind: .text, group: .address, columns: ["town"], isShared: true),
      ], swappable: [],
      blocking: [
        .init([.init("born", .exact)]), .init([.init("town", .exact)]),
        .init([.init("town", .prefix(3)), .init("born", .year)]),
      ], largestBlock: 30)
    let linker = Linker(records, matching)
    let candidates = linker.candidates()
    let trained = linker.train(candidates)
    return (linker, candidates, trained, linker.link(candidates, trained.model))
  }

  @Test("Figures as one pair after the other gives them", arguments: 1...2)
  func figures(seed: Int) throws {
    let (linker, candidates, trained, result) = Self.linked(seed: UInt64(seed))
    let figures = BlockingFigures(
      linker.matching, candidates, trained, result.pairs, result.probabilities, recordCount: linker.recordCount,
      budget: 100_000, missed: MissedMatches(SharedKeys(linker, result.pairs, result.probabilities)))
    var (pairs, only, added) = ([0, 0, 0], [0, 0, 0], [0, 0, 0])
    var matches = [0.0, 0.0, 0.0]
    var all = 0.0
    for pair in 0..<candidates.count {
      let mask = candidates.table.rules[Int(candidates.patterns[pair])]
      let rules = (0..<3).filter { mask >> UInt32($0) & 1 == 1 }
      for rule in rules { pairs[rule] += 1 }
      added[rules[0]] += 1
      if rules.count == 1 { only[rules[0]] += 1 }
      let scored = result.pairs.firstIndex { $0.left == candidates.left[pair] && $0.right == candidates.right[pair] }
      let probability = scored.map { Double(result.probabilities[$0]) } ?? 0
      all += probability
      if rules.count == 1 { matches[rules[0]] += probability }
    }
    #expect(figures.rules.map(\.pairs) == pairs, "seed \(seed)")
    #expect(figures.rules.map(\.pairsOnly) == only, "seed \(seed)")
    #expect(figures.rules.map(\.pairsAdded) == added, "seed \(seed)")
    #expect(added.reduce(0, +) == figures.pairs)
    for rule in 0..<3 { #expect(abs(figures.rules[rule].matchesOnly - matches[rule]) < 1e-6, "seed \(seed)") }
    #expect(abs(figures.matches - all) < 1e-6)
    // Of 200 true matches 8 differ in both fields.
    let missed = try #require(figures.missed)
    #expect(missed.classCount == 1)
    #expect(abs((missed.count ?? 0) - 8) < 8, "\(missed), seed \(seed)")
    #expect(figures.rules.contains { $0.blocks.pairsLeftOut > 0 && $0.matchesLeftOut >= 0 })
  }

  private static func rule(_ atoms: [String], _ blocks: BlockFigures, _ pairs: [Int], _ matches: [Double])
    -> BlockingFigures.Rule
  {
    BlockingFigures.Rule(
      atoms: atoms, blocks: blocks, pairs: pairs[0], pairsOnly: pairs[1], pairsAdded: pairs[2], matches: matches[0],
      matchesOnly: matches[1], matchesAdded: matches[2], matchesLeftOut: matches[3])
  }

  static let figures = BlockingFigures(
    recordCount: 60_000, budget: 1_500_000, pairs: 12_500, matches: 280,
    rules: [
      rule(
        ["born"], .init(blocks: 1_000, recordsInBlocks: 5_000, largestBlock: 12, pairs: 12_000, pairsLeftOut: 0),
        [12_000, 11_000, 12_000], [250.2, 80, 250, 0]),
      rule(
        ["sound of family", "first 3 characters of town"],
        .init(blocks: 90, recordsInBlocks: 9_000, largestBlock: 4_000, pairs: 1_600, pairsLeftOut: 70_000),
        [1_500, 500, 500], [199.7, 30, 30, 12.34]),
    ],
    missed: MissedMatches(count: 14.04, classCount: 2))

  @Test func text() {
    #expect(
      BlockingText.text(Self.figures) == """
        60,000 records make 1,799,970,000 pairs; 2 rules pick 12,500 of them, of a budget of 1,500,000.

        rule  records agree in                                blocks  largest   pairs  only here    adds  matches  only here  adds  left out  may miss
           1  born                                             1,000       12  12,000     11,000  12,000      250       80.0   250         0       0.0
           2  sound of family and first 3 characters of town      90    4,000   1,500        500     500      200       30.0  30.0    70,000      12.3

        Adds: what no rule above makes. Left out: pairs of too large blocks; may miss: matches expected among them.

        All rules together find 280 matches. At least an estimated 14.0 are missed (4.8 %).
        So many agree in no rule if there are two kinds of matches, easy and hard to find, and fields agree independently in either (Agresti 1994).
        Matches that have next to nothing in common are beyond this estimate, so that more may be missed.

        """)
  }

  @Test("Without rules all pairs are compared; with one rule there is no estimate")
  func others() {
    let none = BlockingFigures(recordCount: 1_000, budget: 0, pairs: 499_500, matches: 3, rules: [])
    #expect(BlockingText.text(none) == "1,000 records make 499,500 pairs, and all are compared.\n")
    var one = Self.figures
    one.rules.removeLast()
    one.missed = MissedMatches(SharedKeys(rows: [.init(keys: 1, matches: 280)], rules: [1], fields: [1]))
    #expect(one.missed?.count == nil)
    #expect(
      BlockingText.text(one).hasSuffix(
        """
        All rules together find 280 matches.
        What they miss cannot be estimated: that takes rules of two fields that find matches.

        """))
    #expect(BlockingText.json(one).contains("\"at_least\": null"))
    #expect(BlockingText.json(none).contains("\"missed\": null"))
  }

  @Test func json() {
    var one = Self.figures
    one.rules.removeFirst()
    #expect(
      BlockingText.json(one) == """
        {
          "records": 60000,
          "all_pairs": 1799970000,
          "pairs": 12500,
          "budget": 1500000,
          "matches": 280.0,
          "rules": [
            {
              "atoms": [
                "sound of family",
                "first 3 characters of town"
              ],
              "blocks": 90,
              "records_in_blocks": 9000,
              "largest_block": 4000,
              "pairs": 1500,
              "pairs_only": 500,
              "pairs_added": 500,
              "matches": 199.7,
              "matches_only": 30.0,
              "matches_added": 30.0,
              "pairs_left_out": 70000,
              "matches_left_out": 12.34
            }
          ],
          "missed": {
            "at_least": 14.04,
            "classes": 2
          }
        }

        """)
  }

  @Test(
    "Atoms in words",
    arguments: [
      (Matching.KeyPart.exact, "x"), (.prefix(3), "first 3 characters of x"), (.suffix(6), "last 6 characters of x"),
      (.yearAndMonth, "year and month of x"), (.similar, "similar x"), (.words, "a word of x"),
    ])
  func atoms(part: Matching.KeyPart, text: String) {
    #expect(BlockingFigures.text(.init("x", part)) == text)
  }
}
