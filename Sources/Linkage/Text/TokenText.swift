import Basics

/// Folded text as tokens: what stands between blanks.
public enum TokenText {
  public typealias Units = UnsafeBufferPointer<UInt16>

  /// Calls `body` with the place of each token, from the left.
  ///
  /// - Parameter separatingHan: every Chinese character is a token of its own, as nothing stands between Chinese words.
  @inline(__always)
  public static func forEach(in units: Units, separatingHan: Bool = false, _ body: (Range<Int>) -> Void) {
    var start = 0
    for index in 0..<units.count {
      let unit = units[index]
      let stands = separatingHan && isHan(unit)
      guard unit == 0x20 || stands else { continue }
      if start < index { body(start..<index) }
      if stands { body(index..<index + 1) }
      start = index + 1
    }
    if start < units.count { body(start..<units.count) }
  }

  /// The places of all tokens, from the left.
  public static func ranges(of units: Units, separatingHan: Bool = false) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    forEach(in: units, separatingHan: separatingHan) { ranges.append($0) }
    return ranges
  }

  /// Chinese characters of the basic plane, and folded ones beyond it.
  @inline(__always)
  static func isHan(_ unit: UInt16) -> Bool {
    (0x3400...0x9FFF).contains(unit) || (0xE000...0xFAFF).contains(unit) || unit == 0x3007
  }

  /// A 64-bit hash of a token or text, the same on every machine; equal texts have equal hashes.
  public static func hash(_ units: Units) -> UInt64 {
    var hash = SplitMix64.mix(UInt64(truncatingIfNeeded: units.count))
    for unit in units { hash = (hash ^ UInt64(unit)) &* 0x0000_0100_0000_01B3 ^ hash >> 32 }
    return SplitMix64.mix(hash)
  }
}
