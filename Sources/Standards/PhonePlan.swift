/// How one country writes its mobile numbers.
///
/// Source: ITU-T E.164 (country code and at most 15 digits) and E.123 (`+` before the country code).
public struct PhonePlan: Sendable, Equatable {
  /// The country code, digits: `86`.
  public var countryCode: String
  /// What a national number looks like, without any prefix.
  public let national: TextPattern
  /// What is dialled before a national number inside of the country; often `0`, or empty.
  public var trunkPrefix: String
  /// What is dialled in this country before the country code of another: `00`.
  public var internationalPrefixes: [String]
  /// National numbers that people type when they have none, beside those with one digit only or zeros from the fourth on.
  public let placeholders: [String]
  private let shape: DigitShape?
  /// The last digits of the placeholders, a bit each: rules nearly every number out.
  private let placeholderEnds: UInt16

  public init(
    countryCode: String, national: TextPattern, trunkPrefix: String = "", internationalPrefixes: [String] = ["00"],
    placeholders: [String] = []
  ) {
    self.countryCode = countryCode
    self.national = national
    self.trunkPrefix = trunkPrefix
    self.internationalPrefixes = internationalPrefixes
    self.placeholders = placeholders
    shape = DigitShape(national)
    placeholderEnds = placeholders.reduce(0) { ends, number in ends | 1 << UInt16((number.utf8.last ?? 48) & 15) }
  }

  /// The mobile numbers of mainland China.
  ///
  /// Source: the numbering plan of the ministry of industry and information technology (segments 13 to 19); 13800138000 is a
  /// service number known to everybody.
  public static let chinese: PhonePlan = {
    guard let national = try? TextPattern("1[3-9]\\d{9}") else { preconditionFailure("the pattern is wrong") }
    return PhonePlan(countryCode: "86", national: national, trunkPrefix: "0", placeholders: ["13800138000"])
  }()

  @inline(__always)
  func isNational(_ digits: UnsafeRawBufferPointer) -> Bool {
    if let shape { return shape.matches(digits) }
    return national.matches(digits)
  }

  func isPlaceholder(_ digits: UnsafeRawBufferPointer) -> Bool {
    guard let last = digits.last else { return false }
    // Most numbers are none by their last two digits; a listed one may end in anything.
    if digits.count > 4, digits[digits.count - 2] == last {
      if digits.dropFirst().allSatisfy({ $0 == last }) { return true }
      if last == 48, digits.dropFirst(3).allSatisfy({ $0 == 48 }) { return true }
    }
    if placeholderEnds >> UInt16(last & 15) & 1 == 0 { return false }
    return placeholders.contains { $0.utf8.elementsEqual(digits) }
  }
}

/// A pattern that is a row of digit classes, as those of most numbering plans are: checked without an automaton.
struct DigitShape: Sendable, Equatable {
  /// The digits allowed at each place, a bit each.
  private var places = SIMD16<UInt16>(repeating: 0)
  private var count = 0

  /// Nil for patterns with alternatives, open repetitions, or more than 16 places.
  init?(_ pattern: TextPattern) {
    var parser = TextPatternParser(pattern.text)
    guard let node = try? parser.parse(), append(node), count > 0 else { return nil }
  }

  private mutating func append(_ node: TextPatternNode) -> Bool {
    switch node {
    case .scalar(let scalars):
      guard count < places.scalarCount else { return false }
      for digit in 0..<10 where scalars.contains(48 + UInt32(digit)) { places[count] |= 1 << UInt16(digit) }
      count += 1
      return true
    case .sequence(let nodes):
      for node in nodes where !append(node) { return false }
      return true
    case .repeated(let node, let least, let most):
      guard least == most else { return false }
      for _ in 0..<least where !append(node) { return false }
      return true
    case .alternatives: return false
    }
  }

  @inline(__always)
  func matches(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count == count else { return false }
    for index in 0..<count {
      let digit = bytes[index] &- 48
      if digit > 9 || places[index] >> UInt16(digit) & 1 == 0 { return false }
    }
    return true
  }
}
