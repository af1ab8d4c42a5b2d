import Testing

@testable import Linkage

@Suite struct ClusterRefinementTests {
  private static let refinement = ClusterRefinement(threshold: 0, clip: 10, unscored: -6, passes: 50)

  /// The clusters that moving one record to another cluster or to one of its own can give.
  private static func neighbours(_ clusters: Clustering, _ record: Int) -> [Clustering] {
    (0...clusters.count).map { target in
      var labels = clusters.numbers
      labels[record] = Int32(target)
      // One label more than clusters may be as many as records: roots must be records.
      let roots = labels.map { label in Int32(labels.firstIndex(of: label)!) }
      return Clustering(roots: roots)
    }
  }

  private static func isAllowed(_ clusters: Clustering, _ graph: RandomGraph) -> Bool {
    (0..<clusters.count).allSatisfy { number in
      let members = clusters.numbers.indices.filter { clusters.numbers[$0] == Int32(number) }
      return members.indices.allSatisfy { index in
        members.indices.allSatisfy { $0 == index || graph.conflict([members[index]], [members[$0]]) == nil }
      }
    }
  }

  @Test func `Ends where no single move is better, and never below where it began`() {
    var moved = 0
    for seed in 0..<120 {
      var graph = RandomGraph(seed: UInt64(seed), mostRecords: 10, step: 0.5, isConstrained: seed % 2 == 1)
      graph.constraints.together = []
      let start =
        seed % 3 == 0
        ? Clustering(roots: (0..<Int32(graph.recordCount)).map { $0 })
        : AverageLinkage(floor: -1, clip: 10, unscored: -6).dendrogram(
          recordCount: graph.recordCount, pairs: graph.pairs, constraints: graph.constraints
        ).clusters(threshold: seed % 3 == 1 ? 6 : -1)
      let (end, moves) = Self.refinement.refine(start, pairs: graph.pairs, constraints: graph.constraints)
      moved += moves
      let value = Self.refinement.objective(end, pairs: graph.pairs)
      let before = Self.refinement.objective(start, pairs: graph.pairs)
      #expect(moves == 0 ? end == start : value > before, "\(graph)")
      #expect(Self.isAllowed(end, graph), "\(graph)")
      for record in 0..<graph.recordCount {
        for other in Self.neighbours(end, record) where Self.isAllowed(other, graph) {
          #expect(Self.refinement.objective(other, pairs: graph.pairs) <= value, "\(graph), record \(record)")
        }
      }
      let again = Self.refinement.refine(start, pairs: graph.shuffled().pairs, constraints: graph.constraints)
      #expect(again.clustering == end, "\(graph)")
    }
    #expect(moved > 100, "the graphs must give something to move")
  }

  @Test func `Records with stated partners stay`() {
    let start = Clustering(roots: [0, 0, 2])
    let pairs = [ScoredPair(0, 1, -5), ScoredPair(1, 2, 5)]
    #expect(Self.refinement.refine(start, pairs: pairs).clustering.numbers == [0, 1, 1])
    var constraints = LinkConstraints()
    constraints.together = [RecordPair(0, 1)]
    let fixed = Self.refinement.refine(start, pairs: pairs, constraints: constraints)
    #expect(fixed.clustering.numbers == [0, 0, 1])
  }
}
