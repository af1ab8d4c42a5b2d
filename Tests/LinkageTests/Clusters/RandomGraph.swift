import TestSupport

@testable import Linkage

/// A small graph of scored pairs with ties, planted groups and constraints.
struct RandomGraph: CustomStringConvertible {
  let seed: UInt64
  var recordCount: Int
  var pairs: [ScoredPair] = []
  var constraints = LinkConstraints()
  private var random: SeededRandom

  /// - Parameter step: weights are multiples of it, in bits: the greater, the more ties.
  init(seed: UInt64, mostRecords: Int = 14, step: Float, isConstrained: Bool) {
    self.seed = seed
    random = SeededRandom(seed: seed)
    recordCount = Int.random(in: 1...mostRecords, using: &random)
    let density = Double.random(in: 0.1...1, using: &random)
    let groups = Int.random(in: 1...4, using: &random)
    for left in 0..<recordCount {
      for right in left + 1..<max(recordCount, left + 1) where Double.random(in: 0..<1, using: &random) < density {
        let range: ClosedRange<Float> = left % groups == right % groups ? -4...12 : -12...4
        let weight = (Float.random(in: range, using: &random) / step).rounded() * step
        pairs.append(ScoredPair(Int32(left), Int32(right), weight))
      }
    }
    if isConstrained { constrain() }
  }

  var description: String { "seed \(seed)" }

  private mutating func constrain() {
    let records = 0..<recordCount
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      constraints.slots.append(records.map { _ in Int32.random(in: -3...1, using: &random) })
    }
    constraints.sources = records.map { _ in Int32.random(in: 0...4, using: &random) }
    constraints.withoutDuplicates = (0..<Int.random(in: 0...5, using: &random)).map { _ in
      Bool.random(using: &random)
    }
    constraints.apart = somePairs()
    constraints.together = somePairs()
  }

  private mutating func somePairs() -> [RecordPair] {
    if recordCount < 2 { return [] }
    var result: [RecordPair] = []
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let (a, b) = (Int.random(in: 0..<recordCount, using: &random), Int.random(in: 0..<recordCount, using: &random))
      if a != b { result.append(RecordPair(Int32(a), Int32(b))) }
    }
    return result
  }

  /// The same pairs and constraints in another order.
  func shuffled() -> RandomGraph {
    var other = self
    other.pairs.shuffle(using: &other.random)
    other.constraints.apart.shuffle(using: &other.random)
    other.constraints.together.shuffle(using: &other.random)
    return other
  }

  /// What is said against two clusters, each a list of records.
  func conflict(_ a: [Int], _ b: [Int]) -> LinkConflict.Reason? {
    for x in a {
      for y in b where constraints.apart.contains(RecordPair(Int32(x), Int32(y))) { return .apart }
    }
    for (slot, column) in constraints.slots.enumerated() {
      if Set((a + b).map { column[$0] }.filter { $0 >= 0 }).count > 1 { return .slot(slot) }
    }
    for (source, isSingle) in constraints.withoutDuplicates.enumerated() where isSingle {
      if (a + b).filter({ constraints.sources[$0] == Int32(source) }).count > 1 { return .source(source) }
    }
    return nil
  }
}

/// Average linkage as its definition says: all pairs of clusters, all pairs of their records, again after each join.
struct SlowLinkage {
  var clusters: [[Int]]
  var merges: [(first: Int, second: Int, average: Double, pairs: Int)] = []
  var conflicts: [LinkConflict] = []

  /// - Parameter weight: of any two records, the smaller first.
  init(_ graph: RandomGraph, floor: Double, weight: (Int, Int) -> Double) {
    clusters = (0..<graph.recordCount).map { [$0] }
    for pair in Set(graph.constraints.together).sorted() {
      let a = clusters.firstIndex { $0.contains(Int(pair.left)) }!
      let b = clusters.firstIndex { $0.contains(Int(pair.right)) }!
      if a == b { continue }
      if let reason = graph.conflict(clusters[a], clusters[b]) {
        conflicts.append(LinkConflict(pair: pair, reason: reason))
      } else {
        join(min(a, b), max(a, b), .infinity)
      }
    }
    while true {
      var best: (a: Int, b: Int, sum: Double, cells: Double)?
      for a in clusters.indices {
        for b in clusters.indices where a < b && graph.conflict(clusters[a], clusters[b]) == nil {
          var sum = 0.0
          for x in clusters[a] { for y in clusters[b] { sum += weight(min(x, y), max(x, y)) } }
          let cells = Double(clusters[a].count * clusters[b].count)
          // Exact, as weights are small multiples of a power of 2; the first of equals stays.
          if sum >= floor * cells, best.map({ sum * $0.cells > $0.sum * cells }) ?? true { best = (a, b, sum, cells) }
        }
      }
      guard let best else { break }
      join(best.a, best.b, best.sum / best.cells)
    }
  }

  /// Clusters stay in the order of their first records.
  private mutating func join(_ a: Int, _ b: Int, _ average: Double) {
    merges.append((clusters[a][0], clusters[b][0], average, clusters[a].count * clusters[b].count))
    clusters[a] = (clusters[a] + clusters[b]).sorted()
    clusters.remove(at: b)
  }

  func clustering(recordCount: Int) -> Clustering {
    var roots = [Int32](repeating: 0, count: recordCount)
    for cluster in clusters { for record in cluster { roots[record] = Int32(cluster[0]) } }
    return Clustering(roots: roots)
  }
}
