/// How two numbers or codes, written out, differ: the slips of typing and of reading.
public enum DigitSlip: UInt8, Sendable, CaseIterable {
  case same
  /// Two neighbours changed places.
  case swapped
  /// One unit is another; the lengths are equal.
  case oneWrong
  /// One unit is missing in one of them.
  case oneMissing
  case other

  public typealias Units = UnsafeBufferPointer<UInt16>

  /// The one slip that turns `a` into `b`; symmetric. O(length).
  public init(_ a: Units, _ b: Units) {
    if a.count > b.count {
      self.init(b, a)
      return
    }
    guard b.count &- a.count <= 1 else {
      self = .other
      return
    }
    var start = 0
    while start < a.count, a[start] == b[start] { start &+= 1 }
    // What follows the first difference.
    let rest = a.count &- start
    if a.count < b.count {
      self = Self.areEqual(a, start, b, start &+ 1, rest) ? .oneMissing : .other
    } else if rest == 0 {
      self = .same
    } else if Self.areEqual(a, start &+ 1, b, start &+ 1, rest &- 1) {
      self = .oneWrong
    } else if rest >= 2, a[start] == b[start &+ 1], a[start &+ 1] == b[start],
      Self.areEqual(a, start &+ 2, b, start &+ 2, rest &- 2)
    {
      self = .swapped
    } else {
      self = .other
    }
  }

  /// At how many places two texts of equal length differ; nil where the lengths differ.
  public static func hamming(_ a: Units, _ b: Units) -> Int? {
    guard a.count == b.count else { return nil }
    var count = 0
    for index in 0..<a.count { count &+= a[index] == b[index] ? 0 : 1 }
    return count
  }

  @inline(__always)
  private static func areEqual(_ a: Units, _ startOfA: Int, _ b: Units, _ startOfB: Int, _ count: Int) -> Bool {
    for index in 0..<count where a[startOfA &+ index] != b[startOfB &+ index] { return false }
    return true
  }
}
