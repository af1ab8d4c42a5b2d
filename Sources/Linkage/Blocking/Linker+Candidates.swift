import Basics

extension Linker {
  /// Every pair of the blocking rules, or all pairs where there are none, with its pattern.
  ///
  /// - Parameter firstNewRecord: pairs of two records before it are not made, so that the cost follows the records from it
  ///   on; the others are those that are made without it.
  public func candidates(firstNewRecord: Int = 0) -> CandidatePairs {
    precondition(recordCount <= RulePair.recordLimit, "more records than can be compared")
    let pieces = pieces
    let blocks = blockPairs(pieces, firstNewRecord)
    let parts = Parallel.map(pieces.count, threads: settings.threads) { piece in
      matching.blocking.isEmpty
        ? allPairs(of: pieces[piece], firstNewRecord) : pairs(of: piece, pieces[piece], blocks)
    }
    var result = CandidatePairs()
    result.blocks = blocks.map(\.figures)
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

  /// Records in a fixed number of ranges, all but the last as long as the first.
  private var pieces: [Range<Int>] {
    let length = max(1, (recordCount + 15) / 16)
    return stride(from: 0, to: recordCount, by: length).map { $0..<min(recordCount, $0 + length) }
  }

  private func blockPairs(_ pieces: [Range<Int>], _ firstNew: Int) -> [BlockPairs] {
    let byId = Dictionary(uniqueKeysWithValues: fields.map { ($0.plan.id, $0) })
    return Parallel.map(matching.blocking.count, threads: settings.threads) { rule in
      let keys = RuleKeys(matching.blocking[rule], byId).keyed(recordCount: recordCount, firstNew: firstNew)
      return BlockPairs(keys, rule: rule, pieces: pieces, largest: matching.largestBlock, firstNew: firstNew)
    }
  }

  private func allPairs(of range: Range<Int>, _ firstNew: Int) -> CandidatePairs {
    var batch = PairBatch(patterns)
    for record in range {
      let first = max(record + 1, firstNew)
      for other in first..<max(first, recordCount) { batch.append(Int32(record), Int32(other), rules: 1) }
    }
    return batch.finish()
  }

  /// The pairs of all rules, each once.
  private func pairs(of piece: Int, _ range: Range<Int>, _ blocks: [BlockPairs]) -> CandidatePairs {
    var batch = PairBatch(patterns)
    let found = Self.sorted(blocks.map { $0.pairs(of: piece) }, range)
    var place = 0
    while place < found.count {
      let pair = RulePair(bits: found[place])
      var rules: UInt32 = 0
      while place < found.count, found[place] >> 5 == pair.bits >> 5 {
        rules |= 1 << RulePair(bits: found[place]).rule
        place += 1
      }
      // A record may have one key twice.
      if pair.left != pair.right { batch.append(pair.left, pair.right, rules: rules) }
    }
    return batch.finish()
  }

  /// One step of radix sort by the left record, then the handful of each record by insertion.
  private static func sorted(_ parts: [ArraySlice<UInt64>], _ range: Range<Int>) -> [UInt64] {
    var starts = [Int](repeating: 0, count: range.count + 1)
    let base = Int32(range.lowerBound)
    for part in parts {
      for bits in part { starts[Int(RulePair(bits: bits).left &- base) &+ 1] += 1 }
    }
    for record in range.indices.dropFirst().map({ $0 - range.lowerBound }) { starts[record] += starts[record - 1] }
    let total = parts.reduce(0) { $0 + $1.count }
    var places = starts
    var result = [UInt64](unsafeUninitializedCapacity: total) { buffer, initialized in
      for part in parts {
        for bits in part {
          let record = Int(RulePair(bits: bits).left &- base)
          buffer[places[record]] = bits
          places[record] &+= 1
        }
      }
      initialized = total
    }
    result.withUnsafeMutableBufferPointer { result in
      for record in 0..<range.count { sort(result, starts[record]..<places[record]) }
    }
    return result
  }

  /// Most records have a handful of partners.
  @inline(__always)
  private static func sort(_ found: UnsafeMutableBufferPointer<UInt64>, _ range: Range<Int>) {
    if range.count > 24 { return found[range].sort() }
    var index = range.lowerBound + 1
    while index < range.upperBound {
      let value = found[index]
      var place = index
      while place > range.lowerBound, found[place - 1] > value {
        found[place] = found[place - 1]
        place -= 1
      }
      found[place] = value
      index += 1
    }
  }
}

/// Pairs on their way to candidates, with the rules that make them.
private struct PairBatch: ~Copyable {
  private var batch: PatternBatch
  private var rules: [UInt32] = []
  private var result = CandidatePairs()

  init(_ patterns: PairPatterns) { batch = PatternBatch(patterns) }

  @inline(__always)
  mutating func append(_ a: Int32, _ b: Int32, rules mask: UInt32) {
    rules.append(mask)
    batch.append(a, b) { Self.add($0, $1, $2, &rules, to: &result) }
  }

  private static func add(
    _ left: [Int32], _ right: [Int32], _ patterns: [UInt64], _ rules: inout [UInt32], to result: inout CandidatePairs
  ) {
    for index in left.indices { result.patterns.append(result.table.add(patterns[index], rules: rules[index])) }
    result.left += left
    result.right += right
    rules.removeAll(keepingCapacity: true)
  }

  consuming func finish() -> CandidatePairs {
    batch.flush { Self.add($0, $1, $2, &rules, to: &result) }
    return result
  }
}
