/// Moves single records to the clusters where they fit best, as long as the sum of the weights above the threshold, over all
/// pairs inside clusters, rises: local search for correlation clustering (Bansal, Blum & Chawla 2004; Elsner & Schudy 2009,
/// "Bounding and comparing methods for correlation clustering beyond ILP").
///
/// Records go in their order, each to the best cluster, of equal ones to that of the smallest number, or to one of its own.
/// Records with stated partners stay. A pass costs the pairs inside components, and the sizes of clusters under slots.
public struct ClusterRefinement: Sendable {
  /// In bits: pairs of more belong inside.
  public var threshold: Float
  /// As in `AverageLinkage`.
  public var clip: Float
  public var unscored: Float
  public var passes: Int

  public init(threshold: Float = 0, clip: Float = 20, unscored: Float = -10, passes: Int = 3) {
    self.threshold = threshold
    self.clip = clip
    self.unscored = unscored
    self.passes = passes
  }

  /// Gives the new clusters and how many moves were made.
  public func refine(
    _ clustering: Clustering, pairs: [ScoredPair], constraints: LinkConstraints = LinkConstraints()
  ) -> (clustering: Clustering, moves: Int) {
    var firsts = [Int32](repeating: -1, count: clustering.count)
    var connected: [RecordPair] = []
    for (record, number) in clustering.numbers.enumerated() {
      if firsts[Int(number)] < 0 {
        firsts[Int(number)] = Int32(record)
      } else {
        connected.append(RecordPair(firsts[Int(number)], Int32(record)))
      }
    }
    let recordCount = clustering.numbers.count
    let components = PairComponents(
      recordCount: recordCount, pairs: pairs, floor: threshold, alsoConnected: connected)
    var isFixed = [Bool](repeating: false, count: recordCount)
    for pair in constraints.together {
      isFixed[Int(pair.left)] = true
      isFixed[Int(pair.right)] = true
    }
    var moves = Moves(self, pairs, components, constraints, clustering, isFixed: isFixed)
    for component in 0..<components.count { moves.run(component) }
    return (Clustering(roots: moves.labels), moves.count)
  }

  /// The sum that `refine` raises, in bits; unscored pairs count too.
  public func objective(_ clustering: Clustering, pairs: [ScoredPair]) -> Double {
    var sizes = [Int64](repeating: 0, count: clustering.count)
    for number in clustering.numbers { sizes[Int(number)] += 1 }
    let base = Exact.weight(threshold, clip: clip)
    let missing = Exact.weight(unscored, clip: clip) - base
    var sum = sizes.reduce(0) { $0 + $1 * ($1 - 1) / 2 } * missing
    for pair in pairs where clustering.numbers[Int(pair.left)] == clustering.numbers[Int(pair.right)] {
      sum += Exact.weight(pair.weight, clip: clip) - base - missing
    }
    return Double(sum) / Exact.weightUnit
  }
}

/// The moves inside one component after another.
private struct Moves {
  private struct Edge {
    var other: Int32
    /// Above what an unscored pair counts.
    var excess: Int64
    var isApart: Bool
  }

  private let settings: ClusterRefinement
  private let pairs: [ScoredPair]
  private let components: PairComponents
  private let constraints: LinkConstraints
  private let apart: ComponentPairs
  private let isFixed: [Bool]
  private let missing: Int64
  private let hasSlots: Bool
  /// By record, the first record that its cluster had, or the record itself once it went off alone; by such a record, the
  /// size of the cluster.
  private(set) var labels: [Int32]
  private var sizes: [Int32]
  /// By label, first record of the cluster; by record, the next and the one before: -1 for none.
  private var heads: [Int32]
  private var nexts: [Int32]
  private var befores: [Int32]
  private(set) var count = 0
  private var starts: [Int32] = []
  private var edges: [Edge] = []
  /// By record used as a label: summed excess of the record in hand, whether apart; those met.
  private var excess: [Int64]
  private var isBarred: [Bool]
  private var isMet: [Bool]

  init(
    _ settings: ClusterRefinement, _ pairs: [ScoredPair], _ components: PairComponents,
    _ constraints: LinkConstraints, _ clustering: Clustering, isFixed: [Bool]
  ) {
    self.settings = settings
    self.pairs = pairs
    self.components = components
    self.constraints = constraints
    self.isFixed = isFixed
    apart = ComponentPairs(constraints.apart, components)
    missing =
      Exact.weight(settings.unscored, clip: settings.clip) - Exact.weight(settings.threshold, clip: settings.clip)
    hasSlots = !constraints.slots.isEmpty || constraints.withoutDuplicates.contains(true)
    let records = clustering.numbers.count
    labels = [Int32](repeating: -1, count: records)
    sizes = [Int32](repeating: 0, count: records)
    heads = labels
    nexts = labels
    befores = labels
    excess = [Int64](repeating: 0, count: records)
    isBarred = [Bool](repeating: false, count: records)
    isMet = isBarred
    var firsts = [Int32](repeating: -1, count: clustering.count)
    for record in 0..<records {
      let number = Int(clustering.numbers[record])
      if firsts[number] < 0 { firsts[number] = Int32(record) }
      enter(Int32(record), firsts[number])
    }
  }

  mutating func run(_ component: Int) {
    load(component)
    let range = components.members(component)
    for _ in 0..<settings.passes {
      let before = count
      for place in 0..<range.count {
        let record = components.members[range.lowerBound + place]
        if !isFixed[Int(record)] { move(record, place) }
      }
      if count == before { break }
    }
  }

  private mutating func load(_ component: Int) {
    let members = components.members(component).count
    starts = [Int32](repeating: 0, count: members + 1)
    var listed: [(Int32, Int32, Int64, Bool)] = []
    for index in components.pairs(component) {
      let pair = pairs[Int(components.pairs[index])]
      let base = Exact.weight(settings.threshold, clip: settings.clip) + missing
      listed.append((pair.left, pair.right, Exact.weight(pair.weight, clip: settings.clip) - base, false))
    }
    apart.forEach(in: component) { listed.append(($0.left, $0.right, 0, true)) }
    for (left, right, _, _) in listed {
      starts[Int(components.place[Int(left)]) + 1] += 1
      starts[Int(components.place[Int(right)]) + 1] += 1
    }
    for place in 0..<members { starts[place + 1] += starts[place] }
    edges = [Edge](repeating: Edge(other: 0, excess: 0, isApart: false), count: 2 * listed.count)
    var ends = starts
    for (left, right, excess, isApart) in listed {
      for (from, to) in [(left, right), (right, left)] {
        let place = Int(components.place[Int(from)])
        edges[Int(ends[place])] = Edge(other: to, excess: excess, isApart: isApart)
        ends[place] += 1
      }
    }
  }

  private mutating func move(_ record: Int32, _ place: Int) {
    var met: [Int32] = []
    for edge in edges[Int(starts[place])..<Int(starts[place + 1])] {
      let label = labels[Int(edge.other)]
      if !isMet[Int(label)] {
        isMet[Int(label)] = true
        met.append(label)
      }
      excess[Int(label)] += edge.excess
      if edge.isApart { isBarred[Int(label)] = true }
    }
    let own = labels[Int(record)]
    let stay = excess[Int(own)] + missing * Int64(sizes[Int(own)] - 1)
    // Alone is worth nothing.
    var (best, bestValue) = (Int32(-1), max(stay, 0))
    for label in met where label != own && !isBarred[Int(label)] {
      let value = excess[Int(label)] + missing * Int64(sizes[Int(label)])
      if value < bestValue || value == bestValue && (best < 0 || label > best) { continue }
      if hasSlots, contradicts(record, label) { continue }
      (best, bestValue) = (label, value)
    }
    for label in met {
      isMet[Int(label)] = false
      isBarred[Int(label)] = false
      excess[Int(label)] = 0
    }
    if bestValue <= stay { return }
    count += 1
    leave(record)
    enter(record, best >= 0 ? best : freeLabel(record))
  }

  /// A label that no cluster has: of the component's records, as many as clusters at most, one is always free.
  private func freeLabel(_ record: Int32) -> Int32 {
    if sizes[Int(record)] == 0 { return record }
    let component = Int(components.component[Int(record)])
    for index in components.members(component) where sizes[Int(components.members[index])] == 0 {
      return components.members[index]
    }
    return record
  }

  private func contradicts(_ record: Int32, _ label: Int32) -> Bool {
    var member = heads[Int(label)]
    while member >= 0 {
      if constraints.conflict(record, member, apart: []) != nil { return true }
      member = nexts[Int(member)]
    }
    return false
  }

  private mutating func enter(_ record: Int32, _ label: Int32) {
    labels[Int(record)] = label
    sizes[Int(label)] += 1
    let head = heads[Int(label)]
    nexts[Int(record)] = head
    befores[Int(record)] = -1
    if head >= 0 { befores[Int(head)] = record }
    heads[Int(label)] = record
  }

  private mutating func leave(_ record: Int32) {
    let (label, next, before) = (Int(labels[Int(record)]), nexts[Int(record)], befores[Int(record)])
    sizes[label] -= 1
    if before >= 0 { nexts[Int(before)] = next } else { heads[label] = next }
    if next >= 0 { befores[Int(next)] = before }
  }
}
