/// Levels of the pairs of one field's values that were compared lately, in a fixed number of places of 8 bytes.
///
/// A place holds the numbers of both values, the lower first, 30 bits each, and their level in 4 bits: what comes later to
/// the same place takes it. Where next to nothing is found again, as with telephone numbers, the memory gives up.
struct LevelMemory: ~Copyable {
  private let places: UnsafeMutablePointer<UInt64>
  private let shift: UInt64
  private var lookups = 0
  private var found = 0
  private(set) var hasGivenUp = false

  static let valueLimit = 1 << 30
  /// After so many lookups an eighth of them at least must have been found.
  private static let trial = 4_096

  /// - Parameter valueCount: few values need few places.
  init(valueCount: Int) {
    precondition(valueCount <= Self.valueLimit, "more distinct values than can be compared")
    var bits = 8
    while bits < 14, 1 << bits < valueCount * 8 { bits += 1 }
    places = .allocate(capacity: 1 << bits)
    places.initialize(repeating: 0, count: 1 << bits)
    shift = UInt64(64 - bits)
  }

  deinit { places.deallocate() }

  /// - Parameter a: another value than `b`.
  @inline(__always)
  mutating func level(_ a: Int32, _ b: Int32, _ comparer: borrowing FieldComparer) -> UInt8 {
    let (low, high) = a < b ? (a, b) : (b, a)
    if hasGivenUp { return comparer.level(low, high) }
    // Never 0, as the higher number is above 0.
    let key = UInt64(UInt32(bitPattern: low)) << 34 | UInt64(UInt32(bitPattern: high)) << 4
    let place = places + Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
    let known = place.pointee
    lookups &+= 1
    if known & ~15 == key {
      found &+= 1
      return UInt8(truncatingIfNeeded: known & 15)
    }
    let level = comparer.level(low, high)
    place.pointee = key | UInt64(level)
    if lookups >= Self.trial { judge() }
    return level
  }

  private mutating func judge() {
    hasGivenUp = found * 8 < lookups
    (lookups, found) = (0, 0)
  }
}
