import Foundation
import Testing

@testable import Linkage

@Suite struct ExpectedF1Tests {
  private static let settings = AverageLinkage(floor: -1, clip: 10, unscored: -6)

  /// Pairs inside clusters, and how many are expected to be true, counted one by one.
  private static func count(_ graph: RandomGraph, _ clusters: Clustering) -> (pairs: Int64, expected: Double) {
    var known: [RecordPair: Double] = [:]
    for pair in graph.pairs {
      known[RecordPair(pair.left, pair.right)] = 1 / (1 + pow(2, -Double(pair.weight)))
    }
    var (pairs, expected) = (Int64(0), 0.0)
    for a in 0..<graph.recordCount {
      for b in a + 1..<max(graph.recordCount, a + 1) where clusters.numbers[a] == clusters.numbers[b] {
        pairs += 1
        expected += known[RecordPair(Int32(a), Int32(b))] ?? 1 / (1 + pow(2, 6))
      }
    }
    return (pairs, expected)
  }

  @Test func `Expected counts at every threshold are those of the clusters cut there`() {
    for seed in 0..<80 {
      let graph = RandomGraph(seed: UInt64(seed), step: 1, isConstrained: seed % 2 == 0)
      let tree = Self.settings.dendrogram(
        recordCount: graph.recordCount, pairs: graph.pairs, constraints: graph.constraints)
      let curve = ExpectedF1(tree)
      for point in curve.points {
        let clusters = tree.clusters(threshold: point.threshold)
        let (pairs, expected) = Self.count(graph, clusters)
        #expect(point.pairs == pairs, "\(graph)")
        #expect(abs(point.truePositives - expected) < 1e-6, "\(graph)")
        #expect(curve.point(threshold: point.threshold) == point, "\(graph)")
        #expect(point.truePositives <= point.truePairs + 1e-9, "\(graph)")
        let confidences = tree.confidences(of: clusters, threshold: point.threshold)
        #expect(confidences.reduce(0) { $0 + $1.size } == graph.recordCount, "\(graph)")
        #expect(confidences.reduce(0) { $0 + $1.pairs } == pairs, "\(graph)")
        #expect(confidences.allSatisfy { $0.pairs == Int64($0.size * ($0.size - 1) / 2) }, "\(graph)")
        #expect(confidences.allSatisfy { (0...1).contains($0.confidence) }, "\(graph)")
        #expect(confidences.allSatisfy { $0.weakestLink >= point.threshold }, "\(graph)")
      }
      let best = curve.points.map(\.f1).max()!
      #expect(curve.best.f1 == best, "\(graph)")
      #expect(zip(curve.points, curve.points.dropFirst()).allSatisfy { $0.threshold > $1.threshold }, "\(graph)")
    }
  }

  @Test func `The best threshold leaves out what lowers F1`() {
    // Two sure pairs and a doubtful one between them that would make four more pairs.
    let pairs = [ScoredPair(0, 1, 10), ScoredPair(2, 3, 8), ScoredPair(1, 2, 1)]
    let tree = AverageLinkage(floor: -20, unscored: -30).dendrogram(recordCount: 4, pairs: pairs)
    let curve = ExpectedF1(tree)
    #expect(tree.merges.count == 3)
    #expect(curve.best.merges == 2)
    #expect(curve.best.threshold < 8 && curve.best.threshold > tree.merges[2].average)
    #expect(tree.clusters(threshold: curve.best.threshold).numbers == [0, 0, 1, 1])
    #expect(ExpectedF1(tree, missedPairs: 5).best.recall < curve.best.recall)
  }

  @Test func `Unscored pairs inside clusters can count like the scored ones that join them`() {
    // Weights of 0 are true half the time; 0 and 2 were never compared.
    let pairs = [ScoredPair(0, 1, 31), ScoredPair(1, 2, 0)]
    let tree = AverageLinkage(floor: -20, unscored: -31).dendrogram(recordCount: 3, pairs: pairs)
    #expect(tree.merges.map(\.unscored) == [0, 1])
    #expect(tree.merges.map { tree.expectedTransitive($0) } == [0, 0.5])
    #expect(ExpectedF1(tree).points.map(\.truePositives) == [1, 1.5])
    let transitive = ExpectedF1(tree, isTransitive: true).points
    #expect(transitive.map(\.truePositives) == [1, 2])
    #expect(transitive.map(\.truePairs) == [2, 2])
  }

  @Test func `Nothing to join gives one point`() {
    let tree = AverageLinkage().dendrogram(recordCount: 3, pairs: [ScoredPair(0, 2, -5)])
    let curve = ExpectedF1(tree)
    #expect(curve.points.count == 1)
    #expect(curve.best.pairs == 0 && curve.best.precision == 1 && curve.best.recall == 0)
  }
}
