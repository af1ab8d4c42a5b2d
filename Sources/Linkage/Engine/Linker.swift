import Basics

/// Links records: prepares fields, makes candidate pairs, estimates a model, scores.
public struct Linker: Sendable {
  public struct Settings: Sendable {
    public var threads = 2
    public var seed: UInt64 = 1
    public var samples = 1_000_000

    public init() {}
  }

  public let matching: Matching
  let fields: [Field]
  let shape: ModelShape
  let recordCount: Int
  let settings: Settings

  public init(_ records: RecordSet, _ matching: Matching, _ settings: Settings) {
    self.matching = matching
    self.settings = settings
    fields = Field.prepare(records, matching, threads: settings.threads)
    shape = ModelShape(Comparison.all(matching))
    recordCount = records.count
  }

  /// Every pair of the blocking rules, or all pairs where there are none, with its pattern.
  public func candidates() -> CandidatePairs {
    let byId = Dictionary(uniqueKeysWithValues: fields.map { ($0.plan.id, $0) })
    let indexes = Parallel.map(matching.blocking.count, threads: settings.threads) { rule in
      BlockIndex.make(matching.blocking[rule], byId, recordCount: recordCount, largest: matching.largestBlock)
    }
    let ranges = Parallel.ranges(recordCount, pieces: 64)
    let parts = Parallel.map(ranges.count, threads: settings.threads) { piece in
      pairs(of: ranges[piece], indexes)
    }
    var result = CandidatePairs()
    let total = parts.reduce(0) { $0 + $1.count }
    result.left.reserveCapacity(total)
    result.right.reserveCapacity(total)
    result.patterns.reserveCapacity(total)
    for part in parts {
      result.left += part.left
      result.right += part.right
      let numbers = part.table.patterns.indices.map { result.table.add(part.table.patterns[$0], rules: part.table.rules[$0], count: part.table.counts[$0]) }
      for pattern in part.patterns { result.patterns.append(numbers[Int(pattern)]) }
    }
    return result
  }

  private func pairs(of range: Range<Int>, _ indexes: [BlockIndex]) -> CandidatePairs {
    var result = CandidatePairs()
    var finder = PatternFinder(fields, shape.comparisons)
    var partners: [Int32] = []
    var found: [UInt64] = []
    var (left, right, rules, patterns): ([Int32], [Int32], [UInt32], [UInt64]) = ([], [], [], [])
    func flush() {
      finder.find(left: left, right: right, into: &patterns)
      for index in left.indices {
        result.patterns.append(result.table.add(patterns[index], rules: rules[index]))
      }
      result.left += left
      result.right += right
      left.removeAll(keepingCapacity: true)
      right.removeAll(keepingCapacity: true)
      rules.removeAll(keepingCapacity: true)
    }
    for record in range {
      if indexes.isEmpty {
        for other in (record + 1)..<max(record + 1, recordCount) {
          left.append(Int32(record))
          right.append(Int32(other))
          rules.append(1)
        }
      } else {
        found.removeAll(keepingCapacity: true)
        for (rule, index) in indexes.enumerated() {
          partners.removeAll(keepingCapacity: true)
          index.appendPartners(of: record, to: &partners)
          for partner in partners { found.append(UInt64(partner) << 8 | UInt64(rule)) }
        }
        found.sort()
        var last: UInt64 = .max
        for entry in found {
          let rule: UInt32 = 1 << UInt32(entry & 31)
          if entry >> 8 == last {
            rules[rules.count - 1] |= rule
            continue
          }
          last = entry >> 8
          left.append(Int32(record))
          right.append(Int32(last))
          rules.append(rule)
        }
      }
      if left.count >= 4_096 { flush() }
    }
    flush()
    return result
  }

  /// By blocking rule: the comparisons whose fields it blocks on.
  var blocked: [Set<Int>] {
    if matching.blocking.isEmpty { return [[]] }
    return matching.blocking.map { rule in
      let names = Set(rule.atoms.map(\.field))
      return Set(shape.comparisons.indices.filter { names.contains(shape.comparisons[$0].id) })
    }
  }
}
