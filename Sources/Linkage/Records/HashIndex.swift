/// Finds rows by a 64-bit hash of their key; 12 to 24 bytes a row, no keys of its own.
///
/// Open addressing with linear probing. Rows of different keys may share a hash: the caller says which row it meant.
public struct HashIndex: Sendable {
  /// Upper half of the hash, and the row plus one (0: free).
  @usableFromInline var slots: [UInt64]
  @usableFromInline let mask: Int
  public private(set) var count = 0
  private let capacity: Int

  /// - Parameter capacity: the most rows it will hold.
  public init(capacity: Int) {
    var slotCount = 16
    while slotCount * 2 < capacity * 3 { slotCount *= 2 }
    slots = [UInt64](repeating: 0, count: slotCount)
    mask = slotCount - 1
    self.capacity = capacity
  }

  /// Rows under one hash are found in the order in which they were inserted.
  public mutating func insert(_ row: Int32, hash: UInt64) {
    precondition(count < capacity, "more rows than the index was made for")
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index] != 0 { index = (index + 1) & mask }
    slots[index] = (hash >> 32) << 32 | UInt64(row + 1)
    count += 1
  }

  /// The first row under `hash` that `isMeant`, -1 where there is none.
  @inlinable
  public func first(_ hash: UInt64, where isMeant: (Int32) -> Bool) -> Int32 {
    var index = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = slots[index]
      if slot == 0 { return -1 }
      if slot >> 32 == hash >> 32 {
        let row = Int32(truncatingIfNeeded: slot & 0xFFFF_FFFF) - 1
        if isMeant(row) { return row }
      }
      index = (index &+ 1) & mask
    }
  }
}
