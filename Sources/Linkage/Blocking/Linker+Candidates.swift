import Basics

extension Linker {
  /// Every pair of the blocking rules, or all pairs where there are none, with its pattern.
  ///
  /// - Parameter firstNewRecord: pairs of two records before it are not made, so that the cost follows the records from it
  ///   on; the others are those that are made without it.
  public func candidates(firstNewRecord: Int = 0) -> CandidatePairs {
    let indexes = blockIndexes(firstNewRecord)
    let ranges = Parallel.ranges(recordCount, pieces: 64)
    let parts = Parallel.map(ranges.count, threads: settings.threads) { piece in
      pairs(of: ranges[piece], indexes, firstNewRecord)
    }
    var result = CandidatePairs()
    result.blocks = indexes.map(\.figures)
    let total = parts.reduce(0) { $0 + $1.count }
    result.left.reserveCapacity(total)
    result.right.reserveCapacity(total)
    result.patterns.reserveCapacity(total)
    for part in parts {
      result.left += part.left
      result.right += part.right
      let numbers = part.table.patterns.indices.map {
        result.table.add(part.table.patterns[$0], rules: part.table.rules[$0], count: part.table.counts[$0])
      }
      for pattern in part.patterns { result.patterns.append(numbers[Int(pattern)]) }
    }
    return result
  }

  private func blockIndexes(_ firstNew: Int) -> [BlockIndex] {
    let byId = Dictionary(uniqueKeysWithValues: fields.map { ($0.plan.id, $0) })
    return Parallel.map(matching.blocking.count, threads: settings.threads) { rule in
      BlockIndex.make(
        matching.blocking[rule], byId, recordCount: recordCount, largest: matching.largestBlock, firstNew: firstNew)
    }
  }

  private func pairs(of range: Range<Int>, _ indexes: [BlockIndex], _ firstNew: Int) -> CandidatePairs {
    var batch = PairBatch(patterns)
    var found: [UInt64] = []
    for record in range {
      if indexes.isEmpty {
        let first = max(record + 1, firstNew)
        for other in first..<max(first, recordCount) { batch.append(Int32(record), Int32(other), rules: 1) }
        continue
      }
      found.removeAll(keepingCapacity: true)
      for (rule, index) in indexes.enumerated() { index.appendPartners(of: record, rule: rule, to: &found) }
      sort(&found)
      var place = 0
      while place < found.count {
        let partner = found[place] >> 8
        var rules: UInt32 = 0
        while place < found.count, found[place] >> 8 == partner {
          rules |= 1 << UInt32(found[place] & 31)
          place += 1
        }
        batch.append(Int32(record), Int32(partner), rules: rules)
      }
    }
    return batch.finish()
  }

  /// Most records have a handful of partners.
  @inline(__always)
  private func sort(_ found: inout [UInt64]) {
    if found.count > 24 { return found.sort() }
    var index = 1
    while index < found.count {
      let value = found[index]
      var place = index
      while place > 0, found[place - 1] > value {
        found[place] = found[place - 1]
        place -= 1
      }
      found[place] = value
      index += 1
    }
  }
}

/// Pairs on their way to their patterns, compared some thousands at a time: field by field, so that a field's values and
/// what was compared of them stay near.
private struct PairBatch: ~Copyable {
  private var finder: PatternFinder
  private var left: [Int32] = []
  private var right: [Int32] = []
  private var rules: [UInt32] = []
  private var patterns: [UInt64] = []
  private var result = CandidatePairs()

  init(_ patterns: PairPatterns) { finder = PatternFinder(patterns) }

  @inline(__always)
  mutating func append(_ a: Int32, _ b: Int32, rules mask: UInt32) {
    left.append(a)
    right.append(b)
    rules.append(mask)
    if left.count == 4_096 { flush() }
  }

  private mutating func flush() {
    finder.find(left: left, right: right, into: &patterns)
    for index in left.indices { result.patterns.append(result.table.add(patterns[index], rules: rules[index])) }
    result.left += left
    result.right += right
    left.removeAll(keepingCapacity: true)
    right.removeAll(keepingCapacity: true)
    rules.removeAll(keepingCapacity: true)
  }

  consuming func finish() -> CandidatePairs {
    flush()
    return result
  }
}
