import Dispatch
import Glibc
import Synchronization

/// Joins the two clusters of highest average weight between them, again and again (UPGMA on log odds), inside the components
/// of strong pairs.
///
/// Near linear in pairs: each join reads the neighbour lists of a few clusters. The same result for any order of the
/// pairs, any number of threads; equal averages go by the first records of the two clusters, smallest first.
public struct AverageLinkage: Sendable {
  /// Pairs of at least this weight, in bits, make the components, and joins of a smaller average are never made.
  public var floor: Float
  /// Weights count within plus and minus this, in bits, at most 64: one absurd pair must not decide for a cluster.
  public var clip: Float
  /// What a pair inside a component counts that was never scored, in bits; taken as just below the floor where it is not.
  public var unscored: Float
  /// Up to how many records a component's unscored pairs are scored on demand.
  public var onDemandLimit: Int
  public var threads: Int
  /// The weight of a pair of which nothing is known, in bits: log2 of the prior odds. With it, pairs that tell little count
  /// little: their weight moves towards `neutral`.
  public var prior: Float?
  /// In bits.
  public var neutral: Float = -2

  /// What a pair's weight counts for where clusters are weighed.
  ///
  /// A pair of which next to nothing could be compared has the prior odds, far below one; between two clusters that other
  /// pairs prove to be one it must not speak against them as a pair does that differs.
  @inline(__always)
  func counted(_ weight: Float) -> Float {
    guard let prior else { return weight }
    let told = 1 - exp2(-abs(weight - prior) / 3)
    return weight < neutral ? neutral + (weight - neutral) * told : weight
  }

  public init(floor: Float = 0, clip: Float = 20, unscored: Float = -10, onDemandLimit: Int = 64, threads: Int = 1) {
    self.floor = floor
    self.clip = clip
    self.unscored = unscored
    self.onDemandLimit = onDemandLimit
    self.threads = threads
  }

  /// Gives the whole tree down to the floor.
  ///
  /// - Parameters:
  ///   - pairs: each at most once.
  ///   - score: weighs a pair of records, left < right, that is not in `pairs`; called from any thread.
  public func dendrogram(
    recordCount: Int, pairs: [ScoredPair], constraints: LinkConstraints = LinkConstraints(),
    score: (@Sendable (Int32, Int32) -> Float)? = nil
  ) -> Dendrogram {
    precondition(clip > 0 && clip <= Exact.widestClip, "weights are clipped to at most 64 bits")
    let components = PairComponents(
      recordCount: recordCount, pairs: pairs, floor: floor, alsoConnected: constraints.together)
    let work = LinkageWork(
      settings: self, pairs: pairs, components: components, constraints: constraints,
      together: ComponentPairs(constraints.together, components), apart: ComponentPairs(constraints.apart, components),
      score: score)
    let parts = chunks(components)
    let results = Mutex([LinkageResult](repeating: LinkageResult(), count: parts.count))
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, parts.count))) { _ in
      var chain = NeighbourChain(work)
      while true {
        let part = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if part >= parts.count { break }
        for component in parts[part] { chain.run(component) }
        let result = chain.take()
        results.withLock { $0[part] = result }
      }
    }
    var whole = LinkageResult()
    results.withLock { for part in $0 { whole.add(part) } }
    return dendrogram(whole, recordCount: recordCount, pairs: pairs)
  }

  private func dendrogram(
    _ result: LinkageResult, recordCount: Int, pairs: [ScoredPair]
  ) -> Dendrogram {
    var expected = result.unscoredProbability
    for pair in pairs { expected += Exact.probability(pair.weight) }
    let merges = result.merges.sorted { a, b in
      if a.average != b.average { return a.average > b.average }
      return (a.first, a.second) < (b.first, b.second)
    }
    return Dendrogram(
      recordCount: recordCount, floor: floor, merges: merges,
      expectedTruePairs: Double(expected) / Exact.probabilityUnit,
      unscoredProbability: Double(Exact.probability(unscored)) / Exact.probabilityUnit,
      conflicts: result.conflicts.sorted { $0.pair < $1.pair })
  }

  /// Runs of components with about the same number of pairs.
  private func chunks(_ components: PairComponents) -> [Range<Int>] {
    let most = max(4096, components.pairs.count / 64)
    var (chunks, first) = ([Range<Int>](), 0)
    for component in 0..<components.count {
      if components.pairStarts[component + 1] - components.pairStarts[first] >= most {
        chunks.append(first..<component + 1)
        first = component + 1
      }
    }
    if first < components.count { chunks.append(first..<components.count) }
    return chunks
  }
}

/// What all threads read.
struct LinkageWork: Sendable {
  var settings: AverageLinkage
  var pairs: [ScoredPair]
  var components: PairComponents
  var constraints: LinkConstraints
  var together: ComponentPairs
  var apart: ComponentPairs
  var score: (@Sendable (Int32, Int32) -> Float)?
}

/// What came of some components.
struct LinkageResult: Sendable {
  var merges: [Dendrogram.Merge] = []
  var conflicts: [LinkConflict] = []
  /// Of pairs scored on demand, and of those never scored that came to be inside a cluster; in units of `Exact`.
  var unscoredProbability: Int64 = 0

  mutating func add(_ other: Self) {
    merges += other.merges
    conflicts += other.conflicts
    unscoredProbability += other.unscoredProbability
  }
}

/// Stated pairs by component, ascending in each; those across components are left out.
struct ComponentPairs: Sendable {
  private var pairs: [(component: Int32, pair: RecordPair)] = []

  init(_ stated: [RecordPair], _ components: PairComponents) {
    for pair in Set(stated).sorted() {
      let component = components.component[Int(pair.left)]
      if component < 0 || component != components.component[Int(pair.right)] || pair.left == pair.right { continue }
      pairs.append((component, pair))
    }
    pairs.sort { ($0.component, $0.pair) < ($1.component, $1.pair) }
  }

  func forEach(in component: Int, _ body: (RecordPair) -> Void) {
    var (low, high) = (0, pairs.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(pairs[middle].component) < component { low = middle + 1 } else { high = middle }
    }
    while low < pairs.count, Int(pairs[low].component) == component {
      body(pairs[low].pair)
      low += 1
    }
  }
}
