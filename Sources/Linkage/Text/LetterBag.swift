/// Which units a folded text has, in one word: tells cheaply that two texts cannot be alike.
///
/// Made once a distinct text; a pair then costs a few instructions, where a comparison costs a hundred nanoseconds. Units
/// fall into 32 classes (each letter of the alphabet is one), of each of which up to two are counted.
public struct LetterBag: Sendable, Equatable {
  /// Two bits a class: the lower for one unit, both for two and more.
  let bits: UInt64
  public let length: Int32
  /// Units beyond the second of their class.
  private let uncounted: Int32

  public init(_ units: UnsafeBufferPointer<UInt16>) {
    var bits: UInt64 = 0
    for unit in units {
      let place = UInt64(unit & 31) &* 2
      bits |= (1 | (bits &>> place & 1) << 1) &<< place
    }
    self.bits = bits
    length = Int32(units.count)
    uncounted = Int32(units.count - bits.nonzeroBitCount)
  }

  /// No fewer than the units that two texts have in common, wherever they stand.
  @inline(__always)
  public func commonAtMost(_ other: LetterBag) -> Int {
    (bits & other.bits).nonzeroBitCount &+ Int(min(uncounted, other.uncounted))
  }

  /// No more than `EditDistance.osa` of the texts: every unit that is not common costs an edit.
  @inline(__always)
  public func editsAtLeast(_ other: LetterBag) -> Int {
    max(0, Int(max(length, other.length)) &- commonAtMost(other))
  }

  /// No less than `JaroWinkler.jaro` of the texts: as if all that is common stood in order.
  @inline(__always)
  public func jaroAtMost(_ other: LetterBag) -> Double {
    if length == 0 || other.length == 0 { return length == other.length ? 1 : 0 }
    let common = Double(commonAtMost(other))
    return common == 0 ? 0 : min(1, (common / Double(length) + common / Double(other.length) + 1) / 3 + 1e-12)
  }

  /// No less than `JaroWinkler.similarity` of the texts, whatever they begin with.
  @inline(__always)
  public func similarityAtMost(_ other: LetterBag) -> Double {
    let jaro = jaroAtMost(other)
    return jaro > 0.7 ? jaro + 0.4 * (1 - jaro) : jaro
  }
}
