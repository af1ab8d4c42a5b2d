import Linkage

/// How clusters agree with true entities, over the records whose entity is known.
public struct ClusterAgreement: Sendable, Equatable {
  /// Records whose entity is known; others are taken out of their clusters.
  public var recordCount = 0
  public var entityCount = 0
  public var clusterCount = 0
  /// Pairs of records in one cluster against pairs of one entity.
  public var pairs = PairCounts()
  /// Clusters that are an entity, no record more or less, those of one record with them.
  public var exact = PairCounts()
  /// Of two or more records only.
  public var exactGroups = PairCounts()
  /// Mean over records of the share of its cluster that is its entity's, and of its entity that is in its cluster
  /// (Bagga and Baldwin 1998, equations 1 and 2).
  public var bCubed = Rates(precision: 1, recall: 1, f1: 1)
  /// Records of the largest cluster.
  public var largestCluster = 0

  /// O(records): sorts records by cluster and entity, and counts each cell of their table.
  /// - Parameters:
  ///   - clusters: By record, from 0.
  ///   - truth: By record the number of its entity, -1 where it is not known.
  public init(clusters: [Int32], truth: [Int32]) {
    precondition(clusters.count == truth.count)
    var keyed = KeyedRows(capacity: clusters.count)
    var entitySizes = [Int](repeating: 0, count: Int(truth.max() ?? -1) + 1)
    for record in clusters.indices where truth[record] >= 0 {
      keyed.append(UInt64(UInt32(clusters[record])) << 32 | UInt64(UInt32(truth[record])), row: Int32(record))
      entitySizes[Int(truth[record])] += 1
    }
    keyed.sort()
    recordCount = keyed.count
    entityCount = entitySizes.count { $0 > 0 }
    count(keyed.keys, entitySizes)
  }

  private mutating func count(_ keys: [UInt64], _ entitySizes: [Int]) {
    let truePairs = entitySizes.reduce(0) { $0 + Self.pairs($1) }
    let trueGroups = entitySizes.count { $0 > 1 }
    var claimed = 0
    var groups = 0
    var (precision, recall) = (0.0, 0.0)
    var start = 0
    while start < keys.count {
      var end = start
      while end < keys.count, keys[end] >> 32 == keys[start] >> 32 { end += 1 }
      let size = end - start
      clusterCount += 1
      groups += size > 1 ? 1 : 0
      largestCluster = max(largestCluster, size)
      claimed += Self.pairs(size)
      var cellStart = start
      while cellStart < end {
        var cellEnd = cellStart
        while cellEnd < end, keys[cellEnd] == keys[cellStart] { cellEnd += 1 }
        let cell = cellEnd - cellStart
        let entity = entitySizes[Int(truncatingIfNeeded: keys[cellStart] & 0xFFFF_FFFF)]
        pairs.right += Self.pairs(cell)
        if cell == size && cell == entity {
          exact.right += 1
          exactGroups.right += size > 1 ? 1 : 0
        }
        precision += Double(cell * cell) / Double(size)
        recall += Double(cell * cell) / Double(entity)
        cellStart = cellEnd
      }
      start = end
    }
    pairs.wrong = claimed - pairs.right
    pairs.missed = truePairs - pairs.right
    exact.wrong = clusterCount - exact.right
    exact.missed = entityCount - exact.right
    exactGroups.wrong = groups - exactGroups.right
    exactGroups.missed = trueGroups - exactGroups.right
    if recordCount == 0 { return }
    (precision, recall) = (precision / Double(recordCount), recall / Double(recordCount))
    bCubed = Rates(precision: precision, recall: recall, f1: 2 * precision * recall / (precision + recall))
  }

  static func pairs(_ count: Int) -> Int { count * (count - 1) / 2 }
}
