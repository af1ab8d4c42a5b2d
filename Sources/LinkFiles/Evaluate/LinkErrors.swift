import Linkage

/// What went wrong in clusters, by kind: strangers joined, and entities torn apart.
public struct LinkErrors: Sendable, Equatable {
  public enum Kind: Int, Sendable, CaseIterable {
    /// Two entities in one cluster, by a pair that was scored at the threshold or above.
    case joinedByScore
    /// Two entities in one cluster by way of others only.
    case joinedByOthers
    /// One entity in two clusters: no blocking rule made the pair.
    case missedByBlocking
    /// One entity in two clusters: the pair was scored below the threshold.
    case missedByScore
    /// One entity in two clusters although the pair was scored at the threshold or above.
    case missedByClustering

    public var isJoin: Bool { self == .joinedByScore || self == .joinedByOthers }

    public var text: String {
      switch self {
      case .joinedByScore: "joined by their score"
      case .joinedByOthers: "joined by way of others"
      case .missedByBlocking: "missed by blocking"
      case .missedByScore: "missed by their score"
      case .missedByClustering: "missed by clustering"
      }
    }
  }

  /// How the values of a field stand in pairs that went wrong.
  public struct Field: Sendable, Equatable {
    public var name: String
    /// By kind, in the order of `Kind`.
    public var same = [Int](repeating: 0, count: Kind.allCases.count)
    public var different = [Int](repeating: 0, count: Kind.allCases.count)
    /// Missing in one record or both.
    public var missing = [Int](repeating: 0, count: Kind.allCases.count)
  }

  public struct Example: Sendable, Equatable {
    public var left: Int32
    public var right: Int32
    /// Nil where the pair was never scored.
    public var weight: Float?
  }

  /// Pairs by kind, in the order of `Kind`.
  public private(set) var counts = [Int](repeating: 0, count: Kind.allCases.count)
  /// Of the pairs that were looked at, which are all where there are no more than `lookedAtLimit` of them.
  public private(set) var fields: [Field]
  /// By kind: how many pairs `fields` counts.
  public private(set) var lookedAt = [Int](repeating: 0, count: Kind.allCases.count)
  /// By kind: those that surprise most, which is joins of the highest and misses of the lowest weight; then by record.
  public private(set) var examples = [[Example]](repeating: [], count: Kind.allCases.count)

  /// Pairs of joins, and of misses, that are looked at; in the order of clusters and entities.
  public static let lookedAtLimit = 1_000_000
  private static let exampleLimit = 10

  public func count(_ kind: Kind) -> Int { counts[kind.rawValue] }

  /// - Parameters:
  ///   - agreement: Of these clusters and truth.
  ///   - threshold: The weight from which on pairs were taken for links.
  public init(
    _ records: RecordSet, clusters: [Int32], truth: [Int32], pairs: LinkedPairs, threshold: Float,
    agreement: ClusterAgreement
  ) {
    fields = records.columns.map { Field(name: $0.name) }
    count(clusters, truth, pairs, threshold, agreement)
    let scores = PairScores(pairs)
    let columns = records.columns
    Self.lookAt(groups: clusters, parts: truth, known: truth) { left, right in
      let weight = scores.weight(left, right)
      let kind: Kind = weight.map { $0 >= threshold } ?? false ? .joinedByScore : .joinedByOthers
      add(kind, left, right, weight, columns, clusters)
    }
    Self.lookAt(groups: truth, parts: clusters, known: truth) { left, right in
      let weight = scores.weight(left, right)
      let kind: Kind = weight.map { $0 >= threshold ? .missedByClustering : .missedByScore } ?? .missedByBlocking
      add(kind, left, right, weight, columns, truth)
    }
  }

  /// Exact, from the scored pairs and the counts of clusters. O(pairs).
  private mutating func count(
    _ clusters: [Int32], _ truth: [Int32], _ pairs: LinkedPairs, _ threshold: Float, _ agreement: ClusterAgreement
  ) {
    var (joined, missedByScore, missedByClustering) = (0, 0, 0)
    for pair in 0..<pairs.count {
      let (a, b) = (Int(pairs.left[pair]), Int(pairs.right[pair]))
      if truth[a] < 0 || truth[b] < 0 { continue }
      let isLink = pairs.weights[pair] >= threshold
      let isTogether = clusters[a] == clusters[b]
      if truth[a] != truth[b] {
        joined += isTogether && isLink ? 1 : 0
      } else if !isTogether {
        if isLink { missedByClustering += 1 } else { missedByScore += 1 }
      }
    }
    counts[Kind.joinedByScore.rawValue] = joined
    counts[Kind.joinedByOthers.rawValue] = agreement.pairs.wrong - joined
    counts[Kind.missedByScore.rawValue] = missedByScore
    counts[Kind.missedByClustering.rawValue] = missedByClustering
    counts[Kind.missedByBlocking.rawValue] = agreement.pairs.missed - missedByScore - missedByClustering
  }

  /// Gives pairs of one group and different parts, group by group, until the limit.
  private static func lookAt(groups: [Int32], parts: [Int32], known: [Int32], _ body: (Int32, Int32) -> Void) {
    var keyed = KeyedRows(capacity: groups.count)
    for record in groups.indices where known[record] >= 0 {
      keyed.append(UInt64(UInt32(groups[record])), row: Int32(record))
    }
    keyed.sort()
    // Huge groups that are right but for a few records are not looked through to their end either.
    var (found, visited) = (0, 0)
    var start = 0
    while let group = keyed.group(from: start) {
      start = group.upperBound
      for left in group {
        for right in left + 1..<max(left + 1, group.upperBound) {
          visited += 1
          let (a, b) = (keyed.rows[left], keyed.rows[right])
          if parts[Int(a)] == parts[Int(b)] { continue }
          body(a, b)
          found += 1
          if found >= lookedAtLimit { return }
        }
        if visited >= lookedAtLimit * 50 { return }
      }
    }
  }

  private mutating func add(
    _ kind: Kind, _ left: Int32, _ right: Int32, _ weight: Float?, _ columns: [InternedColumn], _ groups: [Int32]
  ) {
    let number = kind.rawValue
    lookedAt[number] += 1
    for (index, column) in columns.enumerated() {
      let (a, b) = (column.codes[Int(left)], column.codes[Int(right)])
      if a < 0 || b < 0 {
        fields[index].missing[number] += 1
      } else if a == b {
        fields[index].same[number] += 1
      } else {
        fields[index].different[number] += 1
      }
    }
    // Nothing but their group sets pairs apart that were never scored: one of each is enough.
    let isKnownGroup = examples[number].contains { groups[Int($0.left)] == groups[Int(left)] }
    if weight == nil && isKnownGroup { return }
    let example = Example(left: left, right: right, weight: weight)
    let place = examples[number].firstIndex { Self.surprisesMore(example, $0, kind) } ?? examples[number].count
    if place == Self.exampleLimit { return }
    examples[number].insert(example, at: place)
    if examples[number].count > Self.exampleLimit { examples[number].removeLast() }
  }

  private static func surprisesMore(_ a: Example, _ b: Example, _ kind: Kind) -> Bool {
    if let first = a.weight, let second = b.weight, first != second {
      return kind.isJoin ? first > second : first < second
    }
    if (a.weight == nil) != (b.weight == nil) { return a.weight != nil }
    return (a.left, a.right) < (b.left, b.right)
  }
}

/// Finds the weight of a pair.
private struct PairScores {
  private let keys: [UInt64]
  private let rows: [Int32]
  private let weights: [Float]

  init(_ pairs: LinkedPairs) {
    var keyed = KeyedRows(capacity: pairs.count)
    for pair in 0..<pairs.count { keyed.append(pairs.key(pair), row: Int32(pair)) }
    if !pairs.isSorted { keyed.sort() }
    (keys, rows, weights) = (keyed.keys, keyed.rows, pairs.weights)
  }

  /// By binary search; nil where the pair was not scored.
  func weight(_ a: Int32, _ b: Int32) -> Float? {
    let key = UInt64(UInt32(bitPattern: min(a, b))) << 32 | UInt64(UInt32(bitPattern: max(a, b)))
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low < keys.count && keys[low] == key ? weights[Int(rows[low])] : nil
  }
}
