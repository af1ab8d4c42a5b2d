/// Records that strong pairs connect, with the pairs inside each group of them.
///
/// Linear in records and pairs; 4 bytes a pair inside a component and 8 a record. Records that no strong pair names are in
/// no component.
struct PairComponents: Sendable {
  /// Records by component, ascending inside each; components by their first record.
  private(set) var members: [Int32] = []
  /// By component, its first place in `members`, and the end.
  private(set) var memberStarts: [Int] = [0]
  /// By record, -1 in none.
  private(set) var component: [Int32]
  /// By record: its place inside its component.
  private(set) var place: [Int32]
  /// Places in the given pairs, by component: every pair inside it, weak ones too.
  private(set) var pairs: [Int32] = []
  private(set) var pairStarts: [Int] = [0]

  /// - Parameters:
  ///   - floor: pairs of at least this weight, in bits, connect.
  ///   - alsoConnected: what connects records besides.
  init(recordCount: Int, pairs scored: [ScoredPair], floor: Float, alsoConnected: [RecordPair] = []) {
    precondition(scored.count < Int(Int32.max))
    var sets = DisjointSets(count: recordCount)
    for pair in scored where pair.weight >= floor { sets.union(pair.left, pair.right) }
    for pair in alsoConnected { sets.union(pair.left, pair.right) }
    component = sets.roots()
    place = [Int32](repeating: 0, count: recordCount)
    groupMembers()
    groupPairs(scored)
  }

  var count: Int { memberStarts.count - 1 }

  func members(_ component: Int) -> Range<Int> { memberStarts[component]..<memberStarts[component + 1] }

  func pairs(_ component: Int) -> Range<Int> { pairStarts[component]..<pairStarts[component + 1] }

  /// Cluster numbers by record, by first record: each component, and each record that is in none.
  func clustering() -> Clustering { Clustering(roots: component.indices.map { root($0) }) }

  private func root(_ record: Int) -> Int32 {
    component[record] < 0 ? Int32(record) : members[memberStarts[Int(component[record])]]
  }

  /// Turns roots into numbers of components that have more than one record.
  private mutating func groupMembers() {
    var sizes = [Int32](repeating: 0, count: component.count)
    for root in component { sizes[Int(root)] += 1 }
    var numbers = [Int32](repeating: -1, count: component.count)
    var total = 0
    for root in sizes.indices where sizes[root] > 1 {
      numbers[root] = Int32(memberStarts.count - 1)
      total += Int(sizes[root])
      memberStarts.append(total)
    }
    members = [Int32](repeating: 0, count: total)
    var filled = [Int32](repeating: 0, count: memberStarts.count - 1)
    for record in component.indices {
      let number = numbers[Int(component[record])]
      component[record] = number
      if number < 0 { continue }
      place[record] = filled[Int(number)]
      members[memberStarts[Int(number)] + Int(place[record])] = Int32(record)
      filled[Int(number)] += 1
    }
  }

  private mutating func groupPairs(_ scored: [ScoredPair]) {
    var ends = [Int](repeating: 0, count: count + 1)
    for pair in scored {
      let number = component(of: pair)
      if number >= 0 { ends[number + 1] += 1 }
    }
    for number in 1..<ends.count { ends[number] += ends[number - 1] }
    pairStarts = ends
    pairs = [Int32](repeating: 0, count: ends[ends.count - 1])
    for (index, pair) in scored.enumerated() {
      let number = component(of: pair)
      if number < 0 { continue }
      pairs[ends[number]] = Int32(index)
      ends[number] += 1
    }
  }

  /// -1 where the two are not in one component, or are one record.
  @inline(__always)
  private func component(of pair: ScoredPair) -> Int {
    let number = component[Int(pair.left)]
    return number == component[Int(pair.right)] && pair.left != pair.right ? Int(number) : -1
  }
}

/// Which records belong together.
public struct Clustering: Sendable, Equatable {
  /// By record, from 0, in the order of first records.
  public var numbers: [Int32]
  public var count: Int

  /// - Parameter roots: by record, any record of its cluster that is the same for all of the cluster.
  init(roots: [Int32]) {
    numbers = [Int32](repeating: -1, count: roots.count)
    count = 0
    var given = [Int32](repeating: -1, count: roots.count)
    for record in roots.indices {
      let root = Int(roots[record])
      if given[root] < 0 {
        given[root] = Int32(count)
        count += 1
      }
      numbers[record] = given[root]
    }
  }

  /// The components of the pairs of at least a weight, in bits: what chains strangers together, for comparison.
  public static func connected(recordCount: Int, pairs: [ScoredPair], threshold: Float) -> Clustering {
    PairComponents(recordCount: recordCount, pairs: pairs, floor: threshold).clustering()
  }
}
