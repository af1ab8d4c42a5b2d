import TestSupport
import Testing

@testable import Linkage

@Suite struct OneToOneTests {
  private static func isSecond(_ count: Int) -> [Bool] { (0..<count).map { $0 % 2 == 1 } }

  /// The greatest sum of weights above the threshold over all matchings, by trying them all: each record of the first
  /// source alone or with each free partner.
  private static func greatest(
    _ record: Int32, _ sides: [Bool], _ pairs: [ScoredPair], _ taken: Set<Int32>, _ threshold: Float
  ) -> Float {
    if record == sides.count { return 0 }
    var best = greatest(record + 1, sides, pairs, taken, threshold)
    if sides[Int(record)] { return best }
    for pair in pairs where pair.left == record || pair.right == record {
      let other = pair.left == record ? pair.right : pair.left
      if taken.contains(other) { continue }
      let rest = greatest(record + 1, sides, pairs, taken.union([other]), threshold)
      best = max(best, pair.weight - threshold + rest)
    }
    return best
  }

  /// Weights that leave many matchings close to each other.
  private static func tight(_ seed: Int) -> RandomGraph {
    var graph = RandomGraph(seed: UInt64(seed), mostRecords: 10, step: seed % 2 == 0 ? 4 : 0.5, isConstrained: false)
    if seed % 4 < 2 { return graph }
    var random = SeededRandom(seed: UInt64(seed))
    graph.recordCount = 10
    graph.pairs = []
    for left in 0..<Int32(10) {
      for right in left + 1..<max(10, left + 1) {
        graph.pairs.append(ScoredPair(left, right, Float(Int.random(in: 4...12, using: &random))))
      }
    }
    return graph
  }

  @Test(arguments: [Float(0), 2]) func `The sum is the greatest that there is`(threshold: Float) {
    for seed in 0..<60 {
      let graph = Self.tight(seed)
      let sides = Self.isSecond(graph.recordCount)
      let matcher = OneToOne(threshold: threshold)
      let links = matcher.match(isSecond: sides, pairs: graph.pairs).links
      #expect(Set(links.flatMap { [$0.left, $0.right] }).count == 2 * links.count, "\(graph)")
      #expect(links.allSatisfy { sides[Int($0.left)] != sides[Int($0.right)] }, "\(graph)")
      let eligible = graph.pairs.filter {
        $0.weight >= threshold && sides[Int($0.left)] != sides[Int($0.right)]
      }
      let sum = links.reduce(0) { $0 + $1.weight - threshold }
      let best = Self.greatest(0, sides, eligible, [], threshold)
      #expect(sum == best, "\(graph)")
      let again = matcher.match(isSecond: sides, pairs: graph.shuffled().pairs).links
      #expect(again == links, "\(graph)")
      let greedy = OneToOne(threshold: threshold, exactLimit: 0).match(isSecond: sides, pairs: graph.pairs).links
      #expect(Set(greedy.flatMap { [$0.left, $0.right] }).count == 2 * greedy.count, "\(graph)")
      #expect(2 * greedy.reduce(0) { $0 + $1.weight - threshold } >= best, "\(graph)")
    }
  }

  @Test func `The second best partner is taken where that serves both`() {
    // Records 0, 1 of the first source; 2, 3 of the second.
    let sides = [false, false, true, true]
    let pairs = [ScoredPair(0, 2, 10), ScoredPair(1, 2, 9), ScoredPair(0, 3, 8), ScoredPair(1, 3, 1)]
    let exact = OneToOne().match(isSecond: sides, pairs: pairs)
    #expect(exact.links.map { [$0.left, $0.right] } == [[0, 3], [1, 2]])
    #expect(exact.clustering(recordCount: 4).numbers == [0, 1, 1, 0])
    let greedy = OneToOne(exactLimit: 1).match(isSecond: sides, pairs: pairs)
    #expect(greedy.links.map { [$0.left, $0.right] } == [[0, 2], [1, 3]])
    #expect(exact.approximated == 0 && greedy.approximated == 1)
  }

  @Test func `Statements and constraints come before weights`() {
    let sides = [false, false, false, true, true, true]
    let pairs = [ScoredPair(0, 3, 10), ScoredPair(0, 4, 5), ScoredPair(1, 4, 9), ScoredPair(2, 5, 7)]
    var constraints = LinkConstraints()
    constraints.together = [RecordPair(0, 4), RecordPair(1, 3), RecordPair(0, 5), RecordPair(0, 1)]
    constraints.slots = [[-1, -1, 1, -1, -1, 2]]
    let matching = OneToOne().match(isSecond: sides, pairs: pairs, constraints: constraints)
    #expect(matching.links == [ScoredPair(0, 4, 5), ScoredPair(1, 3, .infinity)])
    #expect(matching.conflicts.map(\.pair) == [RecordPair(0, 1), RecordPair(0, 5)])
    constraints.together = []
    constraints.apart = [RecordPair(0, 3)]
    let apart = OneToOne().match(isSecond: sides, pairs: pairs, constraints: constraints)
    #expect(apart.links == [ScoredPair(1, 4, 9)])
  }
}
