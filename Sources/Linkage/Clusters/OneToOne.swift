/// Pairs records of two sources that hold no duplicates so that each has at most one partner and the sum of the weights above
/// the threshold is greatest.
///
/// Exact in each component of eligible pairs whose smaller side is within a limit (`Assignment`); in larger ones the best
/// pair is taken again and again, which gives at least half the greatest sum. The same result for any order of the pairs.
public struct OneToOne: Sendable {
  /// Pairs of less, in bits, are never made.
  public var threshold: Float
  /// As in `AverageLinkage`.
  public var clip: Float
  /// Up to how many records on its smaller side a component is solved exactly.
  public var exactLimit: Int

  public init(threshold: Float = 0, clip: Float = 20, exactLimit: Int = 500) {
    self.threshold = threshold
    self.clip = clip
    self.exactLimit = exactLimit
  }

  public struct Matching: Sendable {
    /// By left record, then right. Stated pairs that were not scored have an infinite weight.
    public var links: [ScoredPair] = []
    public var conflicts: [LinkConflict] = []
    /// Components too large for the exact method.
    public var approximated = 0

    public func clustering(recordCount: Int) -> Clustering {
      var roots = (0..<recordCount).map { Int32($0) }
      for link in links { roots[Int(link.right)] = link.left }
      return Clustering(roots: roots)
    }
  }

  /// - Parameter isSecond: by record, whether it is of the second source; pairs within one source are left out.
  public func match(
    isSecond: [Bool], pairs: [ScoredPair], constraints: LinkConstraints = LinkConstraints()
  ) -> Matching {
    var matching = Matching()
    var isTaken = [Bool](repeating: false, count: isSecond.count)
    let apart = Set(constraints.apart)
    let stated = state(constraints, apart, isSecond, &isTaken, &matching)
    var eligible: [ScoredPair] = []
    for pair in pairs {
      let (left, right) = (Int(pair.left), Int(pair.right))
      if stated.contains(RecordPair(pair.left, pair.right)) {
        matching.links.append(pair)
      } else if pair.weight >= threshold, isSecond[left] != isSecond[right], !isTaken[left], !isTaken[right],
        constraints.conflict(pair.left, pair.right, apart: apart) == nil
      {
        eligible.append(pair)
      }
    }
    let scored = Set(matching.links.map { RecordPair($0.left, $0.right) })
    for pair in stated where !scored.contains(pair) {
      matching.links.append(ScoredPair(pair.left, pair.right, .infinity))
    }
    solve(eligible, isSecond, &matching)
    matching.links.sort { ($0.left, $0.right) < ($1.left, $1.right) }
    return matching
  }

  /// Takes the pairs said to belong together, in the order of records, where nothing speaks against it.
  private func state(
    _ constraints: LinkConstraints, _ apart: Set<RecordPair>, _ isSecond: [Bool], _ isTaken: inout [Bool],
    _ matching: inout Matching
  ) -> Set<RecordPair> {
    var stated: Set<RecordPair> = []
    for pair in Set(constraints.together).sorted() {
      let (left, right) = (Int(pair.left), Int(pair.right))
      if let reason = constraints.conflict(pair.left, pair.right, apart: apart) {
        matching.conflicts.append(LinkConflict(pair: pair, reason: reason))
      } else if isSecond[left] == isSecond[right] || isTaken[left] || isTaken[right] {
        let source = isSecond[left] && (isSecond[right] || isTaken[left]) ? 1 : 0
        matching.conflicts.append(LinkConflict(pair: pair, reason: .source(source)))
      } else {
        isTaken[left] = true
        isTaken[right] = true
        stated.insert(pair)
      }
    }
    return stated
  }

  private func solve(_ eligible: [ScoredPair], _ isSecond: [Bool], _ matching: inout Matching) {
    let components = PairComponents(recordCount: isSecond.count, pairs: eligible, floor: threshold)
    var assignment = Assignment()
    for component in 0..<components.count {
      var edges = components.pairs(component).map { eligible[Int(components.pairs[$0])] }
      if edges.count == 1 {
        matching.links.append(edges[0])
        continue
      }
      let members = components.members(component)
      let seconds = members.reduce(0) { $0 + (isSecond[Int(components.members[$1])] ? 1 : 0) }
      let rowsAreSecond = seconds * 2 < members.count
      if (rowsAreSecond ? seconds : members.count - seconds) > exactLimit {
        matching.approximated += 1
        takeBest(&edges, members: members, components, &matching)
        continue
      }
      // The method finds one of the best; which one must not depend on the order in which pairs came.
      edges.sort { ($0.left, $0.right) < ($1.left, $1.right) }
      assignment.reset(count: members.count)
      let base = Exact.weight(threshold, clip: clip)
      for (index, edge) in edges.enumerated() {
        let leftIsRow = isSecond[Int(edge.left)] == rowsAreSecond
        let (row, column) = leftIsRow ? (edge.left, edge.right) : (edge.right, edge.left)
        // One unit for the pair itself, so that a pair right at the threshold is made.
        assignment.add(
          row: Int(components.place[Int(row)]), column: Int(components.place[Int(column)]),
          gain: max(0, Exact.weight(edge.weight, clip: clip) - base) + 1, edge: index)
      }
      for index in assignment.solve() { matching.links.append(edges[index]) }
    }
  }

  private func takeBest(
    _ edges: inout [ScoredPair], members: Range<Int>, _ components: PairComponents, _ matching: inout Matching
  ) {
    edges.sort { a, b in
      if a.weight != b.weight { return a.weight > b.weight }
      return (a.left, a.right) < (b.left, b.right)
    }
    var isTaken = [Bool](repeating: false, count: members.count)
    for edge in edges {
      let (left, right) = (Int(components.place[Int(edge.left)]), Int(components.place[Int(edge.right)]))
      if isTaken[left] || isTaken[right] { continue }
      isTaken[left] = true
      isTaken[right] = true
      matching.links.append(edge)
    }
  }
}

extension LinkConstraints {
  /// Why two records alone may not be together.
  func conflict(_ a: Int32, _ b: Int32, apart: Set<RecordPair>) -> LinkConflict.Reason? {
    if !apart.isEmpty, apart.contains(RecordPair(a, b)) { return .apart }
    for (slot, column) in slots.enumerated() {
      let (left, right) = (column[Int(a)], column[Int(b)])
      if left >= 0, right >= 0, left != right { return .slot(slot) }
    }
    let source = source(Int(a))
    return source >= 0 && source == self.source(Int(b)) && a != b ? .source(Int(source)) : nil
  }
}
