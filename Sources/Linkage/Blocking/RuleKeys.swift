/// The keys of records under one blocking rule.
struct RuleKeys {
  private var singles: [(codes: [Int32], keys: [UInt64])] = []
  private var several: (codes: [Int32], starts: [Int32], keys: [UInt64])?

  /// - Parameter fields: by id.
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

  /// The records by key, equal keys together, records of one key ascending.
  ///
  /// - Parameter firstNew: where it is above 0, only such of the records before it are there as share a key with one from it
  ///   on, but for a few.
  func keyed(recordCount: Int, firstNew: Int) -> KeyedRows {
    var rows = keyed(firstNew..<recordCount)
    if firstNew > 0 {
      var filter = KeyFilter(capacity: rows.count)
      for key in rows.keys { filter.insert(key) }
      var all = keyed(0..<firstNew, among: filter)
      all.keys += rows.keys
      all.rows += rows.rows
      rows = all
    }
    rows.gather()
    return rows
  }

  /// Records with their keys, in the order of the records; with a filter, those only whose key passes.
  private func keyed(_ records: Range<Int>, among filter: KeyFilter? = nil) -> KeyedRows {
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
