/// Average linkage of one component after another by chains of nearest neighbours.
///
/// From any cluster to its nearest, to the nearest of that, until two are nearest to each other: these are joined (Murtagh
/// 1983, "A survey of recent advances in hierarchical clustering algorithms"; Müllner 2011). As no join brings
/// a third cluster nearer than its nearer part was, the tree is the one that joining the globally nearest first gives.
/// Nearness is a strict order: average, then first records; both averages and ties of them are exact, so that the argument
/// holds with ties.
struct NeighbourChain: ~Copyable {
  private let work: LinkageWork
  private var lists = NeighbourLists()
  private var slots = SlotLists()
  private var result = LinkageResult()
  private var pending = Scratch<Int32>()
  private var chain: [Int] = []
  private var extra: [(a: Int32, b: Int32, weight: Float)] = []
  private var isScored: [Bool] = []
  private let floor: Double
  private let unscored: Int64
  private let unscoredProbability: Int64
  private let clip: Float

  init(_ work: LinkageWork) {
    self.work = work
    let settings = work.settings
    clip = settings.clip
    let floor = (Double(settings.floor) * Exact.weightUnit).rounded(.up)
    self.floor = floor
    unscored = min(Exact.weight(settings.unscored, clip: clip), Int64(max(floor, -Double(1 << 40))) - 1)
    unscoredProbability = Exact.probability(settings.unscored)
  }

  /// What came of the components run so far, which it forgets.
  mutating func take() -> LinkageResult {
    let taken = result
    result = LinkageResult()
    return taken
  }

  mutating func run(_ component: Int) {
    load(component)
    joinStated(component)
    pending.reserve(2 * lists.count)
    var waiting = lists.count
    for place in 0..<waiting { pending[place] = Int32(waiting - 1 - place) }
    while waiting > 0 {
      waiting -= 1
      let start = Int(pending[waiting])
      if lists.root(start) != start { continue }
      chain.append(start)
      while let tip = chain.last {
        let (nearest, between) = self.nearest(to: tip)
        if nearest < 0 {
          // Nothing will ever be near enough: what is joined is no nearer than its parts.
          chain.removeAll()
        } else if chain.count > 1, chain[chain.count - 2] == nearest {
          chain.removeLast(2)
          join(tip, nearest, between, component, isStated: false)
          pending[waiting] = Int32(min(tip, nearest))
          waiting += 1
        } else {
          chain.append(nearest)
        }
      }
    }
  }

  private mutating func load(_ component: Int) {
    let (components, pairs) = (work.components, work.pairs)
    let range = components.members(component)
    lists.reset(count: range.count)
    slots.load(work.constraints, members: components.members[range])
    func place(_ record: Int32) -> Int32 { components.place[Int(record)] }
    scoreOnDemand(component)
    let inside = components.pairs(component)
    for index in inside {
      let pair = pairs[Int(components.pairs[index])]
      lists.expect(place(pair.left), place(pair.right))
    }
    for pair in extra { lists.expect(pair.a, pair.b) }
    work.apart.forEach(in: component) { lists.expect(place($0.left), place($0.right)) }
    lists.open()
    for index in inside {
      let pair = pairs[Int(components.pairs[index])]
      lists.add(
        place(pair.left), place(pair.right), weight: Exact.weight(work.settings.counted(pair.weight), clip: clip),
        probability: Exact.probability(pair.weight))
    }
    for pair in extra {
      let probability = Exact.probability(pair.weight)
      result.unscoredProbability += probability
      lists.add(
        pair.a, pair.b, weight: Exact.weight(work.settings.counted(pair.weight), clip: clip), probability: probability)
    }
    work.apart.forEach(in: component) { lists.keepApart(place($0.left), place($0.right)) }
  }

  /// Fills `extra` with the pairs of a small component that nobody has scored.
  private mutating func scoreOnDemand(_ component: Int) {
    extra.removeAll(keepingCapacity: true)
    let components = work.components
    let range = components.members(component)
    let count = range.count
    guard let score = work.score, count <= work.settings.onDemandLimit else { return }
    let inside = components.pairs(component)
    if inside.count == count * (count - 1) / 2 { return }
    isScored.removeAll(keepingCapacity: true)
    isScored.append(contentsOf: repeatElement(false, count: count * count))
    for index in inside {
      let pair = work.pairs[Int(components.pairs[index])]
      isScored[Int(components.place[Int(pair.left)]) * count + Int(components.place[Int(pair.right)])] = true
    }
    for a in 0..<count {
      for b in a + 1..<max(count, a + 1) where !isScored[a * count + b] {
        let weight = score(components.members[range.lowerBound + a], components.members[range.lowerBound + b])
        extra.append((Int32(a), Int32(b), weight))
      }
    }
  }

  /// Joins what is said to belong together, where nothing speaks against it, in the order of records.
  private mutating func joinStated(_ component: Int) {
    var stated: [RecordPair] = []
    work.together.forEach(in: component) { stated.append($0) }
    for pair in stated {
      let a = lists.root(Int(work.components.place[Int(pair.left)]))
      let b = lists.root(Int(work.components.place[Int(pair.right)]))
      if a == b { continue }
      var between = Neighbour(tag: Int32(b), count: 0, weight: 0, probability: 0)
      lists.forEachNeighbour(of: a) { if $0.pointee.place == b { between = $0.pointee } }
      let slot = slots.conflict(a, b)
      if between.isApart {
        result.conflicts.append(LinkConflict(pair: pair, reason: .apart))
      } else if slot >= 0 {
        let source = slot - work.constraints.slots.count
        result.conflicts.append(LinkConflict(pair: pair, reason: source < 0 ? .slot(slot) : .source(source)))
      } else {
        join(a, b, between, component, isStated: true)
      }
    }
  }

  /// The root of the nearest cluster that may be joined, -1 for none, and what is between.
  private func nearest(to tip: Int) -> (Int, Neighbour) {
    var (best, bestAverage, bestSum, bestCells) = (-1, floor, Int64(0), Int64(1))
    var between = Neighbour(tag: -1, count: 0, weight: 0, probability: 0)
    let size = lists.size(tip)
    lists.forEachNeighbour(of: tip) { pointer in
      let neighbour = pointer.pointee
      if neighbour.isApart { return }
      let other = neighbour.place
      let cells = Int64(size) * Int64(lists.size(other))
      let sum = neighbour.weight + (cells - Int64(neighbour.count)) * unscored
      let average = Double(sum) / Double(cells)
      if average < bestAverage { return }
      if best >= 0, average == bestAverage {
        let (left, right) = (Int128(sum) * Int128(bestCells), Int128(bestSum) * Int128(cells))
        if left < right { return }
        if left == right, (min(tip, other), max(tip, other)) > (min(tip, best), max(tip, best)) { return }
      }
      if slots.conflict(tip, other) >= 0 {
        pointer.pointee.tag = ~neighbour.tag
        return
      }
      (best, bestAverage, bestSum, bestCells) = (other, average, sum, cells)
      between = neighbour
    }
    return (best, between)
  }

  private mutating func join(_ a: Int, _ b: Int, _ between: Neighbour, _ component: Int, isStated: Bool) {
    let (first, second) = (min(a, b), max(a, b))
    let start = work.components.memberStarts[component]
    let cells = Int64(lists.size(a)) * Int64(lists.size(b))
    let missing = cells - Int64(between.count)
    let guessed = missing * unscoredProbability
    result.unscoredProbability += guessed
    result.merges.append(
      Dendrogram.Merge(
        first: work.components.members[start + first], second: work.components.members[start + second],
        average: isStated
          ? .infinity : Double(between.weight + missing * unscored) / Double(cells) / Exact.weightUnit,
        pairs: cells, unscored: missing, expectedTrue: Double(between.probability + guessed) / Exact.probabilityUnit))
    lists.join(first, second)
    slots.join(first, second)
  }
}
