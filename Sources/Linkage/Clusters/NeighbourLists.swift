/// What two clusters have between them: the pairs that were scored, summed.
struct Neighbour: BitwiseCopyable {
  /// A record of the other cluster, as its place in the component; `~place` where the two must stay apart.
  var tag: Int32
  /// Scored pairs.
  var count: Int32
  /// Of their weights and probabilities, in units of `Exact`.
  var weight: Int64
  var probability: Int64

  var isApart: Bool { tag < 0 }
  var place: Int { Int(tag < 0 ? ~tag : tag) }
}

/// Clusters of one component, each with a list of its neighbours.
///
/// A list is a chain of segments in one block of memory, one segment a record, and is joined to another in constant time.
/// What it says of clusters that have since been joined is summed up when it is next read, in place. Each edge stands in the
/// lists of both its ends.
struct NeighbourLists: ~Copyable {
  private var entries = Scratch<Neighbour>()
  /// By place: first entry, room and filled part of its segment, the next segment of the list, and by root the last one.
  private var starts = Scratch<Int>()
  private var rooms = Scratch<Int32>()
  private var filled = Scratch<Int32>()
  private var nexts = Scratch<Int32>()
  private var tails = Scratch<Int32>()
  private var parents = Scratch<Int32>()
  private var sizes = Scratch<Int32>()
  /// By root, in the course of a reading: its entry in the list that is read, -1 before it is met.
  private var met = Scratch<Int>()
  private(set) var count = 0

  /// Makes clusters of one record each, without neighbours; every `expect` must come before `open`, and every `add` after.
  mutating func reset(count: Int) {
    self.count = count
    starts.reserve(count)
    rooms.reserve(count)
    filled.reserve(count)
    nexts.reserve(count)
    tails.reserve(count)
    parents.reserve(count)
    sizes.reserve(count)
    met.reserve(count)
    rooms.fill(count, with: 0)
    filled.fill(count, with: 0)
    nexts.fill(count, with: -1)
    sizes.fill(count, with: 1)
    met.fill(count, with: -1)
    for place in 0..<count {
      tails[place] = Int32(place)
      parents[place] = Int32(place)
    }
  }

  /// Announces an edge.
  @inline(__always)
  func expect(_ a: Int32, _ b: Int32) {
    rooms[Int(a)] += 1
    rooms[Int(b)] += 1
  }

  mutating func open() {
    var total = 0
    for place in 0..<count {
      starts[place] = total
      total += Int(rooms[place])
    }
    entries.reserve(total)
  }

  @inline(__always)
  func add(_ a: Int32, _ b: Int32, weight: Int64, probability: Int64) {
    append(Neighbour(tag: b, count: 1, weight: weight, probability: probability), to: Int(a))
    append(Neighbour(tag: a, count: 1, weight: weight, probability: probability), to: Int(b))
  }

  func keepApart(_ a: Int32, _ b: Int32) {
    append(Neighbour(tag: ~b, count: 0, weight: 0, probability: 0), to: Int(a))
    append(Neighbour(tag: ~a, count: 0, weight: 0, probability: 0), to: Int(b))
  }

  @inline(__always)
  private func append(_ entry: Neighbour, to place: Int) {
    entries[starts[place] + Int(filled[place])] = entry
    filled[place] += 1
  }

  @inline(__always)
  func size(_ root: Int) -> Int { Int(sizes[root]) }

  /// The smallest place of the cluster.
  @inline(__always)
  func root(_ place: Int) -> Int {
    var current = place
    while Int(parents[current]) != current {
      let grandparent = parents[Int(parents[current])]
      parents[current] = grandparent
      current = Int(grandparent)
    }
    return current
  }

  /// Joins two clusters, `a` < `b` their roots.
  func join(_ a: Int, _ b: Int) {
    parents[b] = Int32(a)
    sizes[a] += sizes[b]
    nexts[Int(tails[a])] = Int32(b)
    tails[a] = tails[b]
  }

  /// Calls `body` with each neighbour of a cluster, whose `place` is a root; `body` may change the tag's sign.
  ///
  /// Linear in the list; afterwards the list has one entry a neighbour.
  @inline(__always)
  func forEachNeighbour(of root: Int, _ body: (UnsafeMutablePointer<Neighbour>) -> Void) {
    compact(root)
    var segment = root
    while segment >= 0 {
      let start = starts[segment]
      for index in start..<start + Int(filled[segment]) {
        let entry = entries.pointer(index)
        met[entry.pointee.place] = -1
        body(entry)
      }
      segment = Int(nexts[segment])
    }
  }

  /// Sums up the entries of one neighbour; leaves its place in `met`.
  private func compact(_ root: Int) {
    var (segment, target, used) = (root, root, Int32(0))
    while segment >= 0 {
      let start = starts[segment]
      for index in start..<start + Int(filled[segment]) {
        var entry = entries[index]
        let other = self.root(entry.place)
        if other == root { continue }
        let known = met[other]
        if known >= 0 {
          merge(entry, into: entries.pointer(known))
          continue
        }
        // What is written is never ahead of what is read.
        while used == rooms[target] {
          filled[target] = used
          target = Int(nexts[target])
          used = 0
        }
        entry.tag = entry.isApart ? ~Int32(other) : Int32(other)
        entries[starts[target] + Int(used)] = entry
        met[other] = starts[target] + Int(used)
        used += 1
      }
      segment = Int(nexts[segment])
    }
    filled[target] = used
    nexts[target] = -1
    tails[root] = Int32(target)
  }

  @inline(__always)
  private func merge(_ entry: Neighbour, into known: UnsafeMutablePointer<Neighbour>) {
    known.pointee.count += entry.count
    known.pointee.weight += entry.weight
    known.pointee.probability += entry.probability
    if entry.isApart, !known.pointee.isApart { known.pointee.tag = ~known.pointee.tag }
  }
}
