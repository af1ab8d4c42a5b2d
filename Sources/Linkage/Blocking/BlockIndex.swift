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
  /// By record: the first of its entries; with several keys, `next` leads on.
  private(set) var entries: [Int32]
  /// By entry: another entry of the same record, -1 for none; empty where no record has several.
  private(set) var next: [Int32] = []
  private(set) var figures: BlockFigures

  /// - Parameters:
  ///   - keys: sorted.
  ///   - largest: records of larger blocks are compared with the next `largest / 2` of their block only.
  init(_ keys: KeyedRows, recordCount: Int, hasSeveral: Bool, largest: Int) {
    entries = [Int32](repeating: -1, count: recordCount)
    figures = BlockFigures()
    records.reserveCapacity(keys.count / 2)
    ends.reserveCapacity(keys.count / 2)
    var start = 0
    while let block = keys.group(from: start) {
      start = block.upperBound
      if block.count < 2 { continue }
      append(keys.rows[block], hasSeveral: hasSeveral, largest: largest)
    }
  }

  private mutating func append(_ block: ArraySlice<Int32>, hasSeveral: Bool, largest: Int) {
    let count = block.count
    figures.blocks += 1
    figures.recordsInBlocks += count
    figures.largestBlock = max(figures.largestBlock, count)
    let begin = records.count
    let window = count > largest ? largest / 2 : count
    for (offset, record) in block.enumerated() {
      if hasSeveral { next.append(entries[Int(record)]) }
      entries[Int(record)] = Int32(records.count)
      records.append(record)
      let end = min(count, offset + 1 + window)
      ends.append(Int32(begin + end))
      figures.pairs += end - offset - 1
      figures.pairsLeftOut += count - end
    }
  }

  /// Appends the records behind `record` in its blocks, each shifted by 8 bits with the rule below; one may come several
  /// times where records have several keys.
  @inline(__always)
  func appendPartners(of record: Int, rule: Int, to partners: inout [UInt64]) {
    var entry = Int(entries[record])
    while entry >= 0 {
      var index = entry + 1
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
  static func make(
    _ rule: Matching.BlockingRule, _ fields: [String: Field], recordCount: Int, largest: Int
  ) -> BlockIndex {
    var singles: [(codes: [Int32], keys: [UInt64])] = []
    var several: (codes: [Int32], starts: [Int32], keys: [UInt64])?
    for atom in rule.atoms {
      guard let field = fields[atom.field] else { preconditionFailure("no field \(atom.field)") }
      if Matching.isSeveral(atom.part) {
        let keys = BlockKeys.several(field, atom.part)
        several = (field.codes, keys.starts, keys.keys)
      } else {
        singles.append((field.codes, BlockKeys.single(field, atom.part)))
      }
    }
    var keys = KeyedRows(capacity: recordCount)
    for record in 0..<recordCount {
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
        keys.append(key, row: Int32(record))
        continue
      }
      let code = Int(several.codes[record])
      if code < 0 { continue }
      for index in Int(several.starts[code])..<Int(several.starts[code + 1]) {
        keys.append(BlockKeys.mix(key ^ several.keys[index], 10), row: Int32(record))
      }
    }
    keys.sort()
    return BlockIndex(keys, recordCount: recordCount, hasSeveral: several != nil, largest: largest)
  }
}
