import Basics
import Testing

@testable import Linkage

/// Rules that were chosen, against what they do on generated people.
@Suite struct BlockingChooserTests {
  private static let people = SmallPeople(count: 3_000, seed: 2)
  private static let fields = Field.prepare(people.records, SmallPeople.matching, threads: 1)

  /// Choosing takes a second in a debug build: once for each budget.
  private static let choices = [3_000, 60_000, 1_500_000].map { BlockingChooser(fields, budget: $0).choose() }

  private static func candidates(_ choice: BlockingChooser.Choice) -> CandidatePairs {
    var matching = SmallPeople.matching
    matching.blocking = choice.rules
    return Linker(people.records, matching).candidates()
  }

  @Test(arguments: zip([3_000, 60_000], [0, 1]))
  func keepsWithinItsBudget(budget: Int, index: Int) {
    let choice = Self.choices[index]
    #expect(choice.budget == budget)
    #expect(choice.totalPairs <= budget)
    #expect(choice.rules.count == choice.pairs.count && choice.rules.count == choice.added.count)
    #expect(!choice.rules.isEmpty && choice.rules.count <= PatternTable.ruleLimit)
    let candidates = Self.candidates(choice)
    // All records were looked at, so each rule's pairs are counted; only hashes of keys may fall together.
    for (rule, pairs) in choice.pairs.enumerated() {
      let found = candidates.blocks[rule].pairs + candidates.blocks[rule].pairsLeftOut
      #expect(abs(pairs - found) <= 5 + found / 100, "\(choice.rules[rule]): \(pairs) estimated, \(found) found")
    }
    #expect(candidates.count <= budget + budget / 50)
  }

  @Test func findsTrueMatches() {
    let choice = Self.choices[1]
    let candidates = Self.candidates(choice)
    let found = Set((0..<candidates.count).map { [Int(candidates.left[$0]), Int(candidates.right[$0])] })
    let truth = Self.people.truePairs
    let share = Double(truth.count { found.contains([$0.0, $0.1]) }) / Double(truth.count)
    #expect(truth.count > 700)
    #expect(share >= 0.99, "\(share) of \(truth.count) by \(choice.rules)")
  }

  @Test func moreBudgetFindsNoLess() {
    let shares = Self.choices.map(\.found)
    #expect(shares[0] <= shares[1] + 0.01 && shares[1] <= shares[2] + 0.01, "\(shares)")
    #expect(shares[2] <= 1)
  }

  @Test func choosesTheSameAgain() {
    let (one, other) = (Self.choices[1], BlockingChooser(Self.fields, budget: 60_000).choose())
    #expect(one.rules == other.rules && one.pairs == other.pairs && one.added == other.added)
  }

  /// Records beyond the sample are reckoned up by the square of their share.
  @Test func estimatesFromASample() {
    var draws = SplitMix64(seed: 4)
    let field = SmallRecords.field(.code, (0..<30_000).map { _ in "C\(1_000 + draws.below(3_000))" })
    let sample = (0..<20_000).map { _ in draws.below(30_000) }.sorted()
    var counter = PairCounter(recordCount: 30_000)
    let estimate = counter.pairs(SampledKeys(field, .exact, sample))
    let exact = field.counts.reduce(0) { $0 + Int($1) * (Int($1) - 1) / 2 }
    // A record drawn twice pairs with itself, too.
    #expect(
      Double(estimate) / Double(exact) > 0.8 && Double(estimate) / Double(exact) < 1.3, "\(estimate), in truth \(exact)"
    )
  }

  @Test(arguments: [(500, 1_500_000), (125_000, 1_500_000), (1_000_000, 12_000_000)])
  func budgets(records: Int, pairs: Int) { #expect(BlockingChooser.budget(recordCount: records) == pairs) }

  @Test func comparesAllOfFewRecords() {
    #expect(BlockingChooser.comparesAll(recordCount: 1_000))
    #expect(!BlockingChooser.comparesAll(recordCount: 1_001))
  }
}
