/// A 64-bit hash over bytes, the same on every machine and run.
///
/// Multiply and fold, eight bytes at a time. Equal hashes are a hint only: whoever uses them compares the bytes. Never for
/// bytes that an attacker chooses freely and in bulk.
public enum ByteHash {
  @inlinable
  public static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let hash = UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
    guard let base = bytes.baseAddress else { return fold(fold(hash)) }
    return self.hash(base, bytes.count, hash)
  }

  @inlinable @inline(__always)
  static func hash(_ base: UnsafeRawPointer, _ count: Int, _ seed: UInt64) -> UInt64 {
    if count <= 8 { return fold(fold(seed ^ word(base, count))) }
    var hash = seed
    var index = 0
    while index &+ 8 < count {
      hash = fold(hash ^ base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index &+= 8
    }
    // The last eight bytes, some of which were seen before: cheaper than a loop over a shorter rest.
    return fold(fold(hash ^ base.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)))
  }

  /// Whether two byte strings are equal.
  @inlinable @inline(__always)
  public static func areEqual(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
    guard a.count == b.count else { return false }
    guard let start = a.baseAddress, let base = b.baseAddress else { return true }
    let count = b.count
    if count <= 8 { return word(start, count) == word(base, count) }
    var index = 0
    while index &+ 8 < count {
      if start.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        != base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      {
        return false
      }
      index &+= 8
    }
    return start.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
      == base.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
  }

  /// Multiplies a word out and folds both halves; another salt gives other numbers.
  @inlinable @inline(__always)
  public static func fold(_ value: UInt64, salt: UInt64 = 0) -> UInt64 {
    let factor = 0xA076_1D64_78BD_642F &+ salt &* 2
    let product = (value ^ 0xE703_7ED1_A0B4_28DB).multipliedFullWidth(by: factor)
    return product.high ^ product.low
  }

  /// Up to eight bytes as one number, different for different bytes of one length.
  @inlinable @inline(__always)
  public static func word(_ base: UnsafeRawPointer, _ count: Int) -> UInt64 {
    if count == 8 { return base.loadUnaligned(as: UInt64.self) }
    if count >= 4 {
      let low = UInt64(base.loadUnaligned(as: UInt32.self))
      return low | UInt64(base.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)) &<< 32
    }
    if count == 0 { return 0 }
    let first = UInt64(base.load(as: UInt8.self))
    let middle = UInt64(base.load(fromByteOffset: count &>> 1, as: UInt8.self))
    return first | middle &<< 8 | UInt64(base.load(fromByteOffset: count &- 1, as: UInt8.self)) &<< 16
  }
}
