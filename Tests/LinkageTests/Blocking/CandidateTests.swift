import Basics
import Testing

@testable import Linkage

/// Candidate pairs against a slow obvious reference.
@Suite struct CandidateTests {
  private static let fields = [
    SmallRecords.plan("given", .givenName, .name), SmallRecords.plan("town", .text, .address),
    SmallRecords.plan("born", .date, .birth), SmallRecords.plan("notes", .longText),
  ]

  /// By record the texts of the four fields, nil for missing.
  private static func columns(seed: UInt64, count: Int) -> [[String?]] {
    var draws = SplitMix64(seed: seed)
    var columns = [[String?]](repeating: [], count: 4)
    for _ in 0..<count {
      let values = [
        draws.letters(2 + draws.below(2), of: "abc"), draws.letters(7, of: "xy"),
        "19\(50 + draws.below(5))-0\(1 + draws.below(3))-1\(draws.below(5))",
        (0...draws.below(4)).map { _ in draws.letters(1, of: "abcdefghijkl") }.joined(separator: " "),
      ]
      for (index, value) in values.enumerated() { columns[index].append(draws.below(8) == 0 ? nil : value) }
    }
    return columns
  }

  private static func matching(_ rules: [[(String, Matching.KeyPart)]], largest: Int = 2_000) -> Matching {
    let rules = rules.map { Matching.BlockingRule($0.map { Matching.KeyAtom($0.0, $0.1) }) }
    return Matching(fields: fields, swappable: [], blocking: rules, largestBlock: largest)
  }

  private static func linker(_ columns: [[String?]], _ matching: Matching, threads: Int = 1) -> Linker {
    Linker(SmallRecords.set(Array(zip(fields.map(\.id), columns))), matching, Linker.Settings(threads: threads))
  }

  // MARK: Reference

  /// The keys of a value as texts.
  private static func keys(_ text: String, _ part: Matching.KeyPart) -> [String] {
    switch part {
    case .exact: [text]
    case .prefix(let length): [String(text.prefix(length))]
    case .suffix(let length): text.count < length ? [] : [String(text.suffix(length))]
    case .year: [String(text.prefix(4))]
    case .yearAndMonth: [String(text.prefix(7))]
    case .monthAndDay: [String(text.suffix(5))]
    case .words: Set(text.split(separator: " ").map(String.init)).sorted()
    default: []
    }
  }

  /// By record its keys under a rule.
  private static func keys(_ columns: [[String?]], _ rule: Matching.BlockingRule) -> [[String]] {
    columns[0].indices.map { record in
      rule.atoms.reduce([""]) { found, atom in
        let field = fields.firstIndex { $0.id == atom.field }!
        let own = columns[field][record].map { keys($0, atom.part) } ?? []
        return found.flatMap { key in own.map { key + "|" + $0 } }
      }
    }
  }

  private struct Reference {
    /// By pair: a bit for each rule that makes it.
    var masks: [[Int]: UInt32] = [:]
    var figures: [BlockFigures] = []
  }

  private static func reference(_ columns: [[String?]], _ matching: Matching) -> Reference {
    var result = Reference()
    for (rule, keys) in matching.blocking.map({ Self.keys(columns, $0) }).enumerated() {
      var blocks: [String: [Int]] = [:]
      for (record, own) in keys.enumerated() { for key in own { blocks[key, default: []].append(record) } }
      var figures = BlockFigures()
      for block in blocks.values where block.count > 1 {
        figures.blocks += 1
        figures.recordsInBlocks += block.count
        figures.largestBlock = max(figures.largestBlock, block.count)
        let isTooLarge = block.count > matching.largestBlock
        for (place, a) in block.enumerated() {
          for (distance, b) in block[(place + 1)...].enumerated() {
            if isTooLarge, distance >= matching.largestBlock / 2 {
              figures.pairsLeftOut += 1
            } else {
              figures.pairs += 1
              result.masks[[a, b], default: 0] |= 1 << UInt32(rule)
            }
          }
        }
      }
      result.figures.append(figures)
    }
    return result
  }

  private func expectSame(_ candidates: CandidatePairs, _ reference: Reference, _ seed: UInt64) {
    var found: [[Int]: UInt32] = [:]
    var last = [-1, -1]
    for index in 0..<candidates.count {
      let pair = [Int(candidates.left[index]), Int(candidates.right[index])]
      #expect(pair[0] < pair[1], "seed \(seed)")
      #expect(last.lexicographicallyPrecedes(pair), "seed \(seed): \(last) before \(pair)")
      last = pair
      found[pair] = candidates.table.rules[Int(candidates.patterns[index])]
    }
    #expect(found == reference.masks, "seed \(seed)")
    #expect(candidates.blocks == reference.figures, "seed \(seed)")
    #expect(candidates.table.counts.reduce(0) { $0 + Int($1) } == candidates.count)
  }

  // MARK: Tests

  private static let rules: [[[(String, Matching.KeyPart)]]] = [
    [[("given", .exact)]],
    [[("given", .prefix(2)), ("born", .year)], [("town", .suffix(3)), ("born", .yearAndMonth)]],
    [[("notes", .words)], [("born", .monthAndDay)], [("town", .prefix(6)), ("given", .exact)]],
    [[("notes", .words), ("born", .year)], [("born", .exact)], [("given", .exact), ("town", .prefix(1))]],
  ]

  @Test(arguments: [1, 2, 3] as [UInt64], rules.indices)
  func allPairsOfAnyRuleOnce(seed: UInt64, rules: Int) {
    let columns = Self.columns(seed: seed, count: 160)
    let matching = Self.matching(Self.rules[rules])
    let reference = Self.reference(columns, matching)
    #expect(reference.masks.count > 50)
    expectSame(Self.linker(columns, matching).candidates(), reference, seed)
  }

  @Test(arguments: [2, 3, 5], rules.indices)
  func largeBlocksAreBounded(largest: Int, rules: Int) {
    let columns = Self.columns(seed: 8, count: 160)
    let matching = Self.matching(Self.rules[rules], largest: largest)
    let reference = Self.reference(columns, matching)
    #expect(reference.figures.contains { $0.pairsLeftOut > 0 })
    expectSame(Self.linker(columns, matching).candidates(), reference, 8)
  }

  @Test func aSkewedBlockStaysLinear() {
    let count = 3_000
    let columns: [[String?]] = [
      Array(repeating: "ann", count: count), Array(repeating: nil, count: count), Array(repeating: nil, count: count),
      Array(repeating: nil, count: count),
    ]
    let candidates = Self.linker(columns, Self.matching([[("given", .exact)]], largest: 20)).candidates()
    #expect(candidates.count == count * 10 - 55)
    #expect(candidates.blocks[0].pairs == candidates.count)
    #expect(candidates.blocks[0].pairsLeftOut == count * (count - 1) / 2 - candidates.count)
    #expect(candidates.blocks[0].largestBlock == count)
  }

  @Test func withoutRulesEveryPair() {
    let columns = Self.columns(seed: 4, count: 70)
    let candidates = Self.linker(columns, Self.matching([])).candidates()
    let all = (0..<70).flatMap { a in ((a + 1)..<70).map { [Int32(a), Int32($0)] } } + []
    #expect((0..<candidates.count).map { [candidates.left[$0], candidates.right[$0]] } == all)
    #expect(candidates.table.rules.allSatisfy { $0 == 1 })
  }

  @Test(arguments: [0, 1])
  func noPairsOfNoRecords(count: Int) {
    let columns = Self.columns(seed: 4, count: count)
    #expect(Self.linker(columns, Self.matching([])).candidates().count == 0)
    #expect(Self.linker(columns, Self.matching([[("given", .exact)]])).candidates().count == 0)
  }

  @Test(arguments: [2, 5])
  func sameForAnyNumberOfThreads(threads: Int) {
    let columns = Self.columns(seed: 6, count: 300)
    let matching = Self.matching(Self.rules[3])
    let one = Self.linker(columns, matching).candidates()
    let many = Self.linker(columns, matching, threads: threads).candidates()
    #expect(one.left == many.left && one.right == many.right && one.patterns == many.patterns)
    #expect(one.table.patterns == many.table.patterns && one.table.rules == many.table.rules)
    #expect(one.table.counts == many.table.counts && one.blocks == many.blocks)
  }

  @Test func patternsAreThoseOfTheirPairs() {
    let linker = Self.linker(Self.columns(seed: 7, count: 200), Self.matching(Self.rules[2]))
    let candidates = linker.candidates()
    for index in 0..<candidates.count {
      let pattern = candidates.table.patterns[Int(candidates.patterns[index])]
      #expect(pattern == linker.patterns.pattern(Int(candidates.left[index]), Int(candidates.right[index])))
    }
  }
}

@Suite struct PatternTableTests {
  @Test func countsEachPatternAndRule() {
    var draws = SplitMix64(seed: 3)
    var table = PatternTable()
    var expected: [[UInt64]: Int32] = [:]
    var numbers: [[UInt64]: Int32] = [:]
    // More kinds than places at first, so that the table grows.
    for _ in 0..<6_000 {
      let (pattern, rules) = (UInt64(draws.below(900)) << 40 | 7, UInt32(1 + draws.below(3)))
      let number = table.add(pattern, rules: rules)
      let key = [pattern, UInt64(rules)]
      expected[key, default: 0] += 1
      #expect(numbers[key] ?? number == number)
      numbers[key] = number
    }
    #expect(table.patterns.count == expected.count && expected.count > 2_000)
    for index in table.patterns.indices {
      #expect(table.counts[index] == expected[[table.patterns[index], UInt64(table.rules[index])]])
    }
  }

  @Test func readsLevels() {
    #expect((0..<16).map { PatternTable.level(0xFEDC_BA98_7654_3210, $0) } == Array(0...15))
  }
}
