import Basics

/// What a blocking rule makes, pairs of other rules among them.
public struct BlockFigures: Sendable, Equatable {
  public var blocks = 0
  public var recordsInBlocks = 0
  public var largestBlock = 0
  public var pairs = 0
  /// Pairs that are not compared, because their block is too large.
  public var pairsLeftOut = 0
}

/// The records by the keys of one blocking rule: who shares a block with whom.
///
/// 12 bytes a record and key.
struct BlockIndex: Sendable {
  /// Records with a key, sorted by key, then by record; blocks of one record are left out.
  private(set) var records: [Int32] = []
  /// By entry of `records`: where its partners end.
  private(set) var ends: [Int32] = []
  /// By entry: where its partners begin; empty where they begin behind the entry itself.
  private(set) var starts: [Int32] = []
  /// By record: the first of its entries; with several keys, `next` leads on.
  private(set) var entries: [Int32]
  /// By entry: another entry of the same record, -1 for none; empty where no record has several.
  private(set) var next: [Int32] = []
  private(set) var figures: BlockFigures

  /// - Parameters:
  ///   - keys: sorted.
  ///   - largest: records of larger blocks are compared with the next `largest / 2` of their block only.
  ///   - firstNew: records before this one are no partners of one another.
  init(_ keys: KeyedRows, recordCount: Int, hasSeveral: Bool, largest: Int, firstNew: Int = 0) {
    entries = [Int32](repeating: -1, count: recordCount)
    figures = BlockFigures()
    records.reserveCapacity(keys.count / 2)
    ends.reserveCapacity(keys.count / 2)
    var start = 0
    while let block = keys.group(from: start) {
      start = block.upperBound
      if block.count < 2 || Int(keys.rows[block.upperBound - 1]) < firstNew { continue }
      append(keys.rows[block], hasSeveral: hasSeveral, largest: largest, firstNew: firstNew)
    }
  }

  private mutating func append(_ block: ArraySlice<Int32>, hasSeveral: Bool, largest: Int, firstNew: Int) {
    let count = block.count
    figures.blocks += 1
    figures.recordsInBlocks += count
    figures.largestBlock = max(figures.largestBlock, count)
    let begin = records.count
    let window = count > largest ? largest / 2 : count
    let oldCount = firstNew == 0 ? 0 : block.prefix { Int($0) < firstNew }.count
    for (offset, record) in block.enumerated() {
      if hasSeveral { next.append(entries[Int(record)]) }
      entries[Int(record)] = Int32(records.count)
      records.append(record)
      let end = min(count, offset + 1 + window)
      ends.append(Int32(begin + end))
      let start = max(offset + 1, oldCount)
      if firstNew > 0 { starts.append(Int32(begin + start)) }
      figures.pairs += max(0, end - start)
      figures.pairsLeftOut += count - max(start, end)
    }
  }

  /// Appends the records behind `record` in its blocks, each shifted by 8 bits with the rule below; one may come several
  /// times where records have several keys.
  @inline(__always)
  func appendPartners(of record: Int, rule: Int, to partners: inout [UInt64]) {
    var entry = Int(entries[record])
    while entry >= 0 {
      var index = starts.isEmpty ? entry + 1 : Int(starts[entry])
      let end = Int(ends[entry])
      while index < end {
        partners.append(UInt64(records[index]) << 8 | UInt64(rule))
        index += 1
      }
      entry = next.isEmpty ? -1 : Int(next[entry])
    }
  }
}

extension BlockIndex {
  /// The index of a rule; `fields` by id.
  ///
  /// - Parameter firstNew: where it is above 0, pairs of records before it are not made, and only such of these records are
  ///   sorted as share a key with one behind them, but for a few.
  static func make(
    _ rule: Matching.BlockingRule, _ fields: [String: Field], recordCount: Int, largest: Int, firstNew: Int = 0
  ) -> BlockIndex {
    let keys = RuleKeys(rule, fields)
    var keyed = keys.keyed(firstNew..<recordCount)
    if firstNew > 0 {
      var filter = KeyFilter(capacity: keyed.count)
      for key in keyed.keys { filter.insert(key) }
      var all = keys.keyed(0..<firstNew, among: filter)
      all.keys += keyed.keys
      all.rows += keyed.rows
      keyed = all
    }
    keyed.sort()
    return BlockIndex(
      keyed, recordCount: recordCount, hasSeveral: keys.hasSeveral, largest: largest, firstNew: firstNew)
  }
}

/// Says of a 64-bit key whether it may have been put in: never no for one that was, yes by mistake for one in sixteen.
private struct KeyFilter {
  private var words: [UInt64]
  private let shift: Int

  init(capacity: Int) {
    var bits = 10
    while 1 << bits < capacity * 16 { bits += 1 }
    words = [UInt64](repeating: 0, count: 1 << (bits - 6))
    shift = 64 - bits
  }

  mutating func insert(_ key: UInt64) {
    let bit = Int(key >> UInt64(shift))
    words[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  func contains(_ key: UInt64) -> Bool {
    let bit = Int(key >> UInt64(shift))
    return words[bit >> 6] >> UInt64(bit & 63) & 1 == 1
  }
}

/// The keys of records under one rule.
private struct RuleKeys {
  private var singles: [(codes: [Int32], keys: [UInt64])] = []
  private var several: (codes: [Int32], starts: [Int32], keys: [UInt64])?

  var hasSeveral: Bool { several != nil }

  init(_ rule: Matching.BlockingRule, _ fields: [String: Field]) {
    for atom in rule.atoms {
      guard let field = fields[atom.field] else { preconditionFailure("no field \(atom.field)") }
      if Matching.isSeveral(atom.part) {
        let keys = BlockKeys.several(field, atom.part)
        several = (field.codes, keys.starts, keys.keys)
      } else {
        singles.append((field.codes, BlockKeys.single(field, atom.part)))
      }
    }
  }

  /// Records with their keys, in the order of the records; with a filter, those only whose key passes.
  func keyed(_ records: Range<Int>, among filter: KeyFilter? = nil) -> KeyedRows {
    var keys = KeyedRows(capacity: filter == nil ? records.count : 0)
    for record in records {
      var key: UInt64 = 0x9E37_79B9_7F4A_7C15
      var isComplete = true
      for single in singles {
        let code = single.codes[record]
        let part = code < 0 ? 0 : single.keys[Int(code)]
        if part == 0 {
          isComplete = false
          break
        }
        key = BlockKeys.mix(key ^ part, 9)
      }
      guard isComplete else { continue }
      guard let several else {
        if filter?.contains(key) ?? true { keys.append(key, row: Int32(record)) }
        continue
      }
      let code = Int(several.codes[record])
      if code < 0 { continue }
      for index in Int(several.starts[code])..<Int(several.starts[code + 1]) {
        let whole = BlockKeys.mix(key ^ several.keys[index], 10)
        if filter?.contains(whole) ?? true { keys.append(whole, row: Int32(record)) }
      }
    }
    return keys
  }
}
