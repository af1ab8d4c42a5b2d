/// Where each unit stands in a pattern of at most 64 units: bit i is set where unit i of the pattern is the unit asked for.
protocol MatchMasks {
  func mask(_ unit: UInt16) -> UInt64
}

/// For patterns in ASCII: a table by unit, whose last entry is that of all other units and is always 0.
struct ASCIIMasks: MatchMasks {
  private let table: UnsafeMutablePointer<UInt64>

  /// Nil where a unit of the pattern is not ASCII (or is 127, which no folded text holds).
  ///
  /// - Parameter table: 128 entries, initialised or not.
  @inline(__always)
  init?(_ pattern: UnsafeBufferPointer<UInt16>, table: UnsafeMutablePointer<UInt64>) {
    self.table = table
    if pattern[0] >= 127 { return nil }
    // All of it at once: clearing only the entries in use costs two loops, each with a mispredicted end.
    table.initialize(repeating: 0, count: 128)
    var greatest: UInt16 = 0
    for index in 0..<pattern.count {
      let unit = pattern[index]
      greatest = max(greatest, unit)
      table[Int(unit & 127)] |= 1 &<< UInt64(index)
    }
    if greatest >= 127 { return nil }
  }

  @inline(__always) func mask(_ unit: UInt16) -> UInt64 { table[Int(min(unit, 127))] }
}

/// For short patterns in any script: compares with each unit; nothing to prepare.
struct ScannedMasks: MatchMasks {
  static let longest = 8
  let pattern: UnsafeBufferPointer<UInt16>

  @inline(__always)
  func mask(_ unit: UInt16) -> UInt64 {
    var mask: UInt64 = 0
    for index in 0..<pattern.count { mask |= (pattern[index] == unit ? 1 : 0) &<< UInt64(index) }
    return mask
  }
}

/// For patterns in any script: open addressing over 128 slots, at most half of which are taken.
struct HashedMasks: MatchMasks {
  private let table: UnsafeMutablePointer<UInt64>
  private let keys: UnsafeMutablePointer<UInt16>

  @inline(__always)
  init(_ pattern: UnsafeBufferPointer<UInt16>, table: UnsafeMutablePointer<UInt64>, keys: UnsafeMutablePointer<UInt16>)
  {
    self.table = table
    self.keys = keys
    table.initialize(repeating: 0, count: 128)
    keys.initialize(repeating: 0, count: 128)
    for index in 0..<pattern.count {
      let slot = slot(pattern[index])
      keys[slot] = pattern[index]
      table[slot] |= 1 &<< UInt64(index)
    }
  }

  /// The slot of a unit, or the free one where it would be; a slot is free where its mask is 0.
  @inline(__always)
  private func slot(_ unit: UInt16) -> Int {
    var slot = Int((UInt32(unit) &* 0x9E37_79B1) >> 25)
    while table[slot] != 0 && keys[slot] != unit { slot = (slot &+ 1) & 127 }
    return slot
  }

  @inline(__always) func mask(_ unit: UInt16) -> UInt64 { table[slot(unit)] }
}
