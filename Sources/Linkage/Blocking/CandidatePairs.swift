import Basics

/// Pairs of records that are compared, with the pattern of levels that each shows.
///
/// 12 bytes a pair. Each pair comes once, with all rules that make it; sorted by left, then right record.
public struct CandidatePairs: Sendable {
  public var left: [Int32] = []
  public var right: [Int32] = []
  /// By pair: the number of its pattern.
  public var patterns: [Int32] = []
  /// By pattern.
  public var table = PatternTable()
  /// By blocking rule.
  public var blocks: [BlockFigures] = []

  public var count: Int { left.count }

  /// Those of which a record at least is not before `firstNewRecord`; `blocks` stays as it is. O(pairs).
  public func touching(firstNewRecord: Int) -> CandidatePairs {
    var result = CandidatePairs()
    result.blocks = blocks
    for pair in 0..<count where Int(right[pair]) >= firstNewRecord {
      let number = Int(patterns[pair])
      result.left.append(left[pair])
      result.right.append(right[pair])
      result.patterns.append(result.table.add(table.patterns[number], rules: table.rules[number]))
    }
    return result
  }
}

/// Patterns of comparison levels, numbered from 0, with how many pairs show each.
///
/// A pattern holds the level of comparison k in bits 4k to 4k + 3; `rules` has a bit for each blocking rule that makes the
/// pair.
public struct PatternTable: Sendable {
  public private(set) var patterns: [UInt64] = []
  public private(set) var rules: [UInt32] = []
  public private(set) var counts: [Int32] = []
  private var slots: [Int32]
  private var mask: Int

  public init() {
    slots = [Int32](repeating: -1, count: 1 << 10)
    mask = slots.count - 1
  }

  public static let comparisonLimit = 16
  public static let ruleLimit = 32

  @inline(__always)
  public static func level(_ pattern: UInt64, _ comparison: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: pattern >> UInt64(comparison &* 4)) & 15
  }

  public mutating func add(_ pattern: UInt64, rules mask: UInt32, count: Int32 = 1) -> Int32 {
    var slot = Int(truncatingIfNeeded: BlockKeys.mix(pattern ^ UInt64(mask) << 32, 12) >> 20) & self.mask
    while true {
      let number = slots[slot]
      if number < 0 { break }
      if patterns[Int(number)] == pattern, rules[Int(number)] == mask {
        counts[Int(number)] += count
        return number
      }
      slot = (slot + 1) & self.mask
    }
    let number = Int32(patterns.count)
    slots[slot] = number
    patterns.append(pattern)
    rules.append(mask)
    counts.append(count)
    if patterns.count * 2 > self.mask { grow() }
    return number
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    mask = slots.count - 1
    for (number, pattern) in patterns.enumerated() {
      var slot = Int(truncatingIfNeeded: BlockKeys.mix(pattern ^ UInt64(rules[number]) << 32, 12) >> 20) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(number)
    }
  }
}
