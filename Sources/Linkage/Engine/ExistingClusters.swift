/// The clusters of records that were there before: they come first, and linking new ones to them never changes them.
public struct ExistingClusters: Sendable, Equatable {
  /// By existing record: its cluster, numbered from 0.
  public var numbers: [Int32]
  public var count: Int

  /// - Parameter count: of clusters; no number is as great.
  public init(numbers: [Int32], count: Int) {
    precondition(numbers.allSatisfy { $0 >= 0 && Int($0) < count })
    self.numbers = numbers
    self.count = count
  }

  public var recordCount: Int { numbers.count }

  /// The records of the clusters of which `isWanted` says so, ascending, by cluster; empty for others.
  func members(where isWanted: [Bool]) -> [[Int32]] {
    var members = [[Int32]](repeating: [], count: count)
    for (record, number) in numbers.enumerated() where isWanted[Int(number)] {
      members[Int(number)].append(Int32(record))
    }
    return members
  }
}

/// A new record that fits two existing clusters: it is in the one, and somebody should say whether both are one entity.
public struct LinkBridge: Sendable, Equatable {
  public var record: Int32
  /// Numbers of existing clusters: of the one that it is in, and of another that it fits.
  public var cluster: Int32
  public var other: Int32
  /// The average weights between it and both, in bits, of at most 300 records each.
  public var weight: Float
  public var otherWeight: Float
}

/// What came of linking new records to existing clusters.
public struct ExtendedLinkage: Sendable {
  /// Its clusters are those of all records; its pairs hold a new record each.
  public var result: LinkResult
  /// By record: the existing cluster that it is in, -1 for none.
  public var clusters: [Int32]
  /// By record, then by the other cluster.
  public var bridges: [LinkBridge]
  /// Records said to stay apart that are in one existing cluster, which linking new records does not divide.
  public var overruled: [RecordPair]
}

extension Linker {
  /// Scores the candidates by a model and joins new records to existing clusters, or to one another.
  ///
  /// Existing clusters are neither divided nor joined. A group of new records goes to the existing cluster that it weighs
  /// most with. The cost follows the candidates and the clusters that they touch.
  /// - Parameters:
  ///   - candidates: those that hold a new record, as of `candidates(firstNewRecord:)`.
  ///   - sources, withoutDuplicates: as for `link`. Where nil, of sources without existing records only it is found out,
  ///     others may hold duplicates.
  ///   - constraints: what people said of pairs.
  ///   - threshold: of the average weight in clusters, in bits; few new records do not tell a good one.
  public func extend(
    _ existing: ExistingClusters, by candidates: CandidatePairs, _ model: MatchModel, sources: [Int32] = [],
    withoutDuplicates: [Bool]? = nil, constraints stated: LinkConstraints = LinkConstraints(), threshold: Double
  ) -> ExtendedLinkage {
    let firstNew = Int32(existing.recordCount)
    let scorer = scorer(model)
    let scored = score(candidates, by: scorer)
    var touched = [Bool](repeating: false, count: existing.count)
    func touch(_ record: Int32) { if record < firstNew { touched[Int(existing.numbers[Int(record)])] = true } }
    for pair in scored where pair.weight >= averageLinkage(prior: 0).floor { touch(pair.left) }
    for pair in stated.together + stated.apart {
      touch(pair.left)
      touch(pair.right)
    }
    let members = existing.members(where: touched)

    var constraints = stated
    let overruled = stated.apart.filter { pair in
      pair.right < firstNew && existing.numbers[Int(pair.left)] == existing.numbers[Int(pair.right)]
    }
    constraints.apart.removeAll(where: overruled.contains)
    // No cluster holds two existing ones, and all records of one are joined before anything else is: a star from its first
    // record comes before every pair of it with a new record.
    let new = recordCount - existing.recordCount
    constraints.slots.append(existing.numbers + [Int32](repeating: -1, count: new))
    for cluster in members {
      for record in cluster.dropFirst() { constraints.together.append(.init(cluster[0], record)) }
    }

    var once: [Bool] = []
    if !sources.isEmpty {
      once = withoutDuplicates ?? SourceDuplicates.withoutDuplicates(scored, sources)
      if withoutDuplicates == nil {
        for source in sources.prefix(existing.recordCount) where source >= 0 { once[Int(source)] = false }
      }
    }
    let free = Self.withoutRepetition(sources, once, members)
    var result = link(
      scored, model, scorer, sources: free, withoutDuplicates: once, constraints: constraints, threshold: threshold)
    let numbers = result.cover(existing)
    let bridges = bridges(existing, members, scored, scorer, numbers, apart: Set(constraints.apart), Float(threshold))
    return ExtendedLinkage(result: result, clusters: numbers, bridges: bridges, overruled: overruled)
  }

  /// Takes the source away from records whose existing cluster holds another one of the same source without duplicates:
  /// the cluster stays, and gets no more of them.
  private static func withoutRepetition(_ sources: [Int32], _ once: [Bool], _ clusters: [[Int32]]) -> [Int32] {
    guard once.contains(true) else { return sources }
    var free = sources
    for cluster in clusters where cluster.count > 1 {
      var seen: Set<Int32> = []
      for record in cluster {
        let source = sources[Int(record)]
        if source >= 0, once[Int(source)], !seen.insert(source).inserted { free[Int(record)] = -1 }
      }
    }
    return free
  }

  /// - Parameter numbers: by record: the existing cluster that it is in, -1 for none.
  private func bridges(
    _ existing: ExistingClusters, _ members: [[Int32]], _ scored: [ScoredPair], _ scorer: PairScorer,
    _ numbers: [Int32], apart: Set<RecordPair>, _ threshold: Float
  ) -> [LinkBridge] {
    let firstNew = Int32(existing.recordCount)
    var others: [(record: Int32, cluster: Int32)] = []
    for pair in scored where pair.weight >= threshold && pair.left < firstNew {
      let (own, other) = (numbers[Int(pair.right)], existing.numbers[Int(pair.left)])
      if own >= 0, own != other { others.append((pair.right, other)) }
    }
    others.sort { ($0.record, $0.cluster) < ($1.record, $1.cluster) }
    let linkage = averageLinkage(prior: scorer.prior)
    func average(_ record: Int32, _ cluster: Int32) -> Float {
      let some = members[Int(cluster)].prefix(linkage.onDemandLimit)
      let sum = some.reduce(Float(0)) { sum, member in
        let weight = scorer.weight(Int(member), Int(record))
        return sum + min(linkage.clip, max(-linkage.clip, linkage.counted(weight)))
      }
      return sum / Float(some.count)
    }
    var bridges: [LinkBridge] = []
    for (index, (record, other)) in others.enumerated() {
      if index > 0, others[index - 1] == (record, other) { continue }
      if !apart.isEmpty, members[Int(other)].contains(where: { apart.contains(RecordPair($0, record)) }) { continue }
      let weight = average(record, other)
      if weight < threshold { continue }
      let own = numbers[Int(record)]
      bridges.append(
        LinkBridge(record: record, cluster: own, other: other, weight: average(record, own), otherWeight: weight))
    }
    return bridges
  }
}

extension LinkResult {
  /// Lets the clusters hold the existing ones that linking did not look at; gives the existing cluster of each record,
  /// -1 for none.
  mutating func cover(_ existing: ExistingClusters) -> [Int32] {
    let own = clusters.numbers
    var sets = DisjointSets(count: own.count)
    var firsts = [Int32](repeating: -1, count: existing.count)
    for (record, number) in existing.numbers.enumerated() {
      if firsts[Int(number)] < 0 { firsts[Int(number)] = Int32(record) }
      sets.union(firsts[Int(number)], Int32(record))
    }
    var heads = [Int32](repeating: -1, count: clusters.count)
    for (record, number) in own.enumerated() {
      if heads[Int(number)] < 0 { heads[Int(number)] = Int32(record) }
      sets.union(heads[Int(number)], Int32(record))
    }
    let roots = sets.roots()
    clusters = Clustering(roots: roots)
    var known = [ClusterConfidence](repeating: ClusterConfidence(size: 0), count: clusters.count)
    var held = [Int32](repeating: -1, count: clusters.count)
    for (record, number) in clusters.numbers.enumerated() {
      let old = confidences[Int(own[record])]
      let size = known[Int(number)].size
      if old.size > 1 { known[Int(number)] = old }
      known[Int(number)].size = size + 1
      if record < existing.recordCount { held[Int(number)] = existing.numbers[record] }
    }
    confidences = known
    return clusters.numbers.map { held[Int($0)] }
  }
}
