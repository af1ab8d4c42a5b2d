import TestSupport
import Testing

@testable import Linkage

@Suite struct AverageLinkageTests {
  private static let settings = AverageLinkage(floor: -1, clip: 10, unscored: -6, onDemandLimit: 0)

  private static func weights(_ graph: RandomGraph) -> (Int, Int) -> Double {
    var known: [RecordPair: Double] = [:]
    for pair in graph.pairs {
      known[RecordPair(pair.left, pair.right)] = Double(min(max(pair.weight, -settings.clip), settings.clip))
    }
    return { known[RecordPair(Int32($0), Int32($1))] ?? Double(settings.unscored) }
  }

  private static func graphs(_ count: Int) -> [RandomGraph] {
    (0..<count).map { seed in
      RandomGraph(seed: UInt64(seed), step: [0.25, 1, 4][seed % 3], isConstrained: seed % 4 != 0)
    }
  }

  @Test func `The tree is the one that the definition gives, with ties and constraints`() {
    var (merges, conflicts) = (0, 0)
    for graph in Self.graphs(240) {
      let fast = Self.settings.dendrogram(
        recordCount: graph.recordCount, pairs: graph.pairs, constraints: graph.constraints)
      let slow = SlowLinkage(graph, floor: Double(Self.settings.floor), weight: Self.weights(graph))
      let expected = slow.merges.map { "\($0.first)+\($0.second) \($0.average) \($0.pairs)" }
      let found = fast.merges.map { "\($0.first)+\($0.second) \($0.average) \($0.pairs)" }
      // Joins that were stated come first in both, in the order of the statements and of records.
      let stated = slow.merges.count { $0.average.isInfinite }
      #expect(Array(found.dropFirst(stated)) == Array(expected.dropFirst(stated)), "\(graph)")
      #expect(found.prefix(stated).sorted() == expected.prefix(stated).sorted(), "\(graph)")
      #expect(fast.conflicts == slow.conflicts, "\(graph)")
      let clusters = fast.clusters(threshold: Double(Self.settings.floor))
      #expect(clusters == slow.clustering(recordCount: graph.recordCount), "\(graph)")
      merges += found.count
      conflicts += fast.conflicts.count
    }
    #expect(merges > 500 && conflicts > 20, "the graphs must give something to compare")
  }

  @Test func `Cut at a threshold it gives what linkage with that floor gives, and averages never rise`() {
    for graph in Self.graphs(90) {
      let tree = Self.settings.dendrogram(
        recordCount: graph.recordCount, pairs: graph.pairs, constraints: graph.constraints)
      #expect(zip(tree.merges, tree.merges.dropFirst()).allSatisfy { $0.average >= $1.average }, "\(graph)")
      for threshold in [-1, 0, 1.5, 3, 8] {
        let slow = SlowLinkage(graph, floor: threshold, weight: Self.weights(graph))
        #expect(
          tree.clusters(threshold: threshold) == slow.clustering(recordCount: graph.recordCount),
          "\(graph), threshold \(threshold)")
      }
    }
  }

  @Test func `Pairs that were never scored are scored on demand in small components only`() {
    let score: @Sendable (Int32, Int32) -> Float = { (a: Int32, b: Int32) -> Float in Float((a * 7 + b * 5) % 9) - 4 }
    for graph in Self.graphs(60) {
      var settings = Self.settings
      settings.onDemandLimit = 8
      let components = PairComponents(
        recordCount: graph.recordCount, pairs: graph.pairs, floor: settings.floor,
        alsoConnected: graph.constraints.together)
      let known = Set(graph.pairs.map { RecordPair($0.left, $0.right) })
      let base = Self.weights(graph)
      let slow = SlowLinkage(graph, floor: Double(settings.floor)) { a, b in
        let component = components.component[a]
        let isSmall =
          component >= 0 && component == components.component[b] && components.members(Int(component)).count <= 8
        return isSmall && !known.contains(RecordPair(Int32(a), Int32(b)))
          ? Double(score(Int32(a), Int32(b))) : base(a, b)
      }
      let fast = settings.dendrogram(
        recordCount: graph.recordCount, pairs: graph.pairs, constraints: graph.constraints, score: score)
      #expect(
        fast.clusters(threshold: Double(settings.floor)) == slow.clustering(recordCount: graph.recordCount), "\(graph)")
    }
  }

  @Test func `A chain of 7,000 strangers does not become one cluster`() {
    let count = 7000
    let pairs = (1..<Int32(count)).map { (record: Int32) in ScoredPair(record - 1, record, Float(3 + record % 5)) }
    #expect(Clustering.connected(recordCount: count, pairs: pairs, threshold: 0).count == 1)
    let clusters = AverageLinkage().dendrogram(recordCount: count, pairs: pairs).clusters(threshold: 0)
    var sizes = [Int](repeating: 0, count: clusters.count)
    for number in clusters.numbers { sizes[Int(number)] += 1 }
    #expect(sizes.max()! <= 2)
  }

  @Test func `The order of pairs and the number of threads change nothing`() {
    for graph in Self.graphs(20) + [Self.large()] {
      var settings = Self.settings
      let first = settings.dendrogram(
        recordCount: graph.recordCount, pairs: graph.pairs, constraints: graph.constraints)
      for threads in [1, 2, 5] {
        let other = graph.shuffled()
        settings.threads = threads
        let again = settings.dendrogram(
          recordCount: other.recordCount, pairs: other.pairs, constraints: other.constraints)
        #expect(again.merges == first.merges, "\(graph), \(threads) threads")
        #expect(again.expectedTruePairs == first.expectedTruePairs, "\(graph), \(threads) threads")
        #expect(again.conflicts == first.conflicts, "\(graph), \(threads) threads")
      }
    }
  }

  /// Thousands of records in many components, so that there is work for several threads.
  private static func large() -> RandomGraph {
    var graph = RandomGraph(seed: 99, step: 1, isConstrained: false)
    var random = SeededRandom(seed: 99)
    graph.recordCount = 6000
    graph.pairs = []
    for left in 0..<5995 {
      for distance in 1...4 where left % 10 + distance < 10 {
        let weight = Float(Int.random(in: -6...10, using: &random))
        graph.pairs.append(ScoredPair(Int32(left), Int32(left + distance), weight))
      }
    }
    return graph
  }

  @Test func `Stated pairs are joined unless something speaks against it`() {
    var constraints = LinkConstraints()
    constraints.slots = [[-1, -1, -1, 5, 6, 5, -1, -1]]
    constraints.sources = [0, 0, 1, 1, 1, 1, 2, 2]
    constraints.withoutDuplicates = [true]
    constraints.apart = [RecordPair(7, 6)]
    constraints.together = [(0, 1), (0, 2), (3, 4), (5, 3), (6, 7), (2, 6), (2, 7)].map { RecordPair($0.0, $0.1) }
    let tree = AverageLinkage().dendrogram(recordCount: 8, pairs: [], constraints: constraints)
    #expect(
      tree.conflicts == [
        LinkConflict(pair: RecordPair(0, 1), reason: .source(0)),
        LinkConflict(pair: RecordPair(2, 7), reason: .apart),
        LinkConflict(pair: RecordPair(3, 4), reason: .slot(0)),
        LinkConflict(pair: RecordPair(6, 7), reason: .apart),
      ])
    #expect(tree.clusters(threshold: 20).numbers == [0, 1, 0, 2, 3, 2, 0, 4])
  }

  @Test func `Weights out of bounds, and pairs of a record with itself, do no harm`() {
    let pairs = [
      ScoredPair(0, 1, .infinity), ScoredPair(1, 2, -.infinity), ScoredPair(0, 2, .nan), ScoredPair(3, 3, 9),
      ScoredPair(2, 3, 1000),
    ]
    let tree = AverageLinkage().dendrogram(recordCount: 4, pairs: pairs)
    #expect(tree.merges.map(\.average) == [20, 20])
    #expect(tree.clusters(threshold: 0).numbers == [0, 0, 1, 1])
    let nothing = AverageLinkage().dendrogram(recordCount: 0, pairs: [])
    #expect(nothing.clusters(threshold: 0).count == 0)
  }
}
