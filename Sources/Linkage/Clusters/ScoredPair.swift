import Glibc

/// Two records and what all comparisons together say of them.
public struct ScoredPair: Sendable, Equatable {
  /// Record number, less than `right`.
  public var left: Int32
  public var right: Int32
  /// Posterior log2 odds that the two are one, in bits: 0 is as likely as not, 10 about 1023 to 1.
  public var weight: Float

  public init(_ left: Int32, _ right: Int32, _ weight: Float) {
    self.left = left
    self.right = right
    self.weight = weight
  }

  /// 1 / (1 + 2^-weight).
  public var probability: Double { Double(Exact.probability(weight)) / Exact.probabilityUnit }
}

/// Two records of which a person or a rule has said something.
public struct RecordPair: Sendable, Hashable, Comparable {
  public var left: Int32
  public var right: Int32

  /// Takes them in any order.
  public init(_ a: Int32, _ b: Int32) {
    left = min(a, b)
    right = max(a, b)
  }

  public static func < (a: Self, b: Self) -> Bool { (a.left, a.right) < (b.left, b.right) }
}

/// Weights and probabilities as whole numbers of small units.
///
/// Sums of them are the same in whatever order they are made; sums of floating-point numbers are not.
enum Exact {
  /// A bit.
  static let weightUnit = 65_536.0
  /// Certainty.
  static let probabilityUnit = Double(1 << 30)
  /// With 2^31 pairs the sum of weights still has 53 bits, which a `Double` holds.
  static let widestClip: Float = 64

  /// A weight within ±clip; not a number counts as 0.
  @inline(__always)
  static func weight(_ bits: Float, clip: Float) -> Int64 {
    if bits.isNaN { return 0 }
    return Int64((Double(min(max(bits, -clip), clip)) * weightUnit).rounded())
  }

  @inline(__always)
  static func probability(_ bits: Float) -> Int64 {
    if bits >= 31 { return 1 << 30 }
    if !(bits > -31) { return bits.isNaN ? 1 << 29 : 0 }
    return Int64((probabilityUnit / (1 + exp2(-Double(bits)))).rounded())
  }
}
