/// One column on a sample of records: values numbered densely, each with its words and a sum over its characters.
struct ColumnSample {
  /// By record of the sample: the number of its value, -1 where it is missing.
  private(set) var codes: [Int32] = []
  private(set) var valueCount = 0
  /// By value: hashes of its words, ascending, in `tokens` from `starts[value]`; empty where no words were asked for.
  private(set) var tokens: [UInt64] = []
  private(set) var starts: [Int32] = [0]
  /// By value: the same for texts of the same letters and digits, in whatever order; sums of texts are those of the
  /// texts joined.
  private(set) var sums: [UInt64] = []

  /// - Parameter rows: the records to look at.
  init(_ column: InternedColumn, rows: [Int], withWords: Bool) {
    var codes = [Int32](repeating: -1, count: rows.count)
    var numbers = DenseNumbers(capacity: rows.count)
    var originals: [Int32] = []
    column.codes.withUnsafeBufferPointer { all in
      for (place, row) in rows.enumerated() where all[row] >= 0 {
        let number = numbers.number(of: all[row])
        if number == originals.count { originals.append(all[row]) }
        codes[place] = number
      }
    }
    self.codes = codes
    valueCount = originals.count
    if withWords {
      for original in originals { column.texts.withBytes(original) { addWords($0) } }
    }
  }

  /// Every Chinese character is a word.
  private mutating func addWords(_ bytes: UnsafeRawBufferPointer) {
    let first = tokens.count
    var hash = CommonWords.seed
    var length = 0
    var sum: UInt64 = 0
    var index = 0
    func end(_ tokens: inout [UInt64]) {
      if length > 0 { tokens.append(hash) }
      (hash, length) = (CommonWords.seed, 0)
    }
    while index < bytes.count {
      let byte = bytes[index]
      let lower = byte | 32
      if lower &- 97 < 26 || byte &- 48 < 10 {
        hash = CommonWords.step(hash, lower)
        sum &+= Self.mixed(UInt64(lower))
        length += 1
      } else if byte >= 0x80 {
        let width = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        let isHan = byte >= 0xE4 && byte <= 0xE9
        if isHan { end(&tokens) }
        var character: UInt64 = 0
        for place in index..<min(bytes.count, index + width) {
          character = character << 8 | UInt64(bytes[place])
          hash = CommonWords.step(hash, bytes[place])
        }
        sum &+= Self.mixed(character)
        length += 1
        if isHan { end(&tokens) }
        index += width - 1
      } else if byte != 39 {
        end(&tokens)
      }
      index += 1
    }
    end(&tokens)
    if tokens.count - first > 1 { tokens[first...].sort() }
    starts.append(Int32(tokens.count))
    sums.append(sum)
  }

  /// Of splitmix64.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    return mixed ^ mixed >> 31
  }
}

/// Numbers codes in the order in which they come, from 0; open addressing, so that no code is hashed by the runtime.
private struct DenseNumbers {
  private var slots: [UInt64]
  private var count: Int32 = 0

  init(capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    slots = [UInt64](repeating: 0, count: size)
  }

  mutating func number(of code: Int32) -> Int32 {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: (UInt64(UInt32(bitPattern: code)) &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    while slots[slot] != 0 {
      if slots[slot] >> 32 == UInt64(code) + 1 { return Int32(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) }
      slot = (slot + 1) & mask
    }
    slots[slot] = (UInt64(code) + 1) << 32 | UInt64(count)
    count += 1
    return count - 1
  }
}
