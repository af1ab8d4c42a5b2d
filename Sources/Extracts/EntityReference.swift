/// What an ampersand in an XML document begins.
enum EntityReference: Equatable {
  /// A reference to one of the five entities or to a character that is allowed; its length.
  case sound(Int)
  /// A flaw.
  case flawed(DamagedRecord.Code)
  /// More text decides.
  case incomplete

  /// The longest reference that is taken for one.
  static let maxBytes = 64

  /// - Parameter text: from the ampersand on.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    let limit = min(text.count, Self.maxBytes)
    var end = 1
    while end < limit, Self.mayStandInName(text[end]) { end += 1 }
    if end == text.count && end < Self.maxBytes {
      self = .incomplete
    } else if end == limit || end == 1 || text[end] != UInt8(ascii: ";") {
      self = .flawed(.strayAmpersand)
    } else {
      self = Self.classify(UnsafeBufferPointer(rebasing: text[1..<end]))
    }
  }

  private static func mayStandInName(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
      || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
  }

  private static func classify(_ name: UnsafeBufferPointer<UInt8>) -> EntityReference {
    if name[0] == UInt8(ascii: "#") { return character(name) }
    let isKnown = ["lt", "gt", "amp", "apos", "quot"].contains { $0.utf8.elementsEqual(name) }
    if isKnown { return .sound(name.count + 2) }
    // `&1;` and `&a#;` are references to nothing.
    let isName = !(UInt8(ascii: "-")...UInt8(ascii: "9") ~= name[0]) && !name.contains(UInt8(ascii: "#"))
    return .flawed(isName ? .undefinedEntity : .strayAmpersand)
  }

  private static func character(_ name: UnsafeBufferPointer<UInt8>) -> EntityReference {
    let isHexadecimal = name.count > 1 && name[1] == UInt8(ascii: "x")
    let digits = name.dropFirst(isHexadecimal ? 2 : 1)
    if digits.isEmpty { return .flawed(.strayAmpersand) }
    var scalar = 0
    for byte in digits {
      guard let digit = Self.digit(byte), digit < (isHexadecimal ? 16 : 10) else { return .flawed(.strayAmpersand) }
      scalar = min(scalar * (isHexadecimal ? 16 : 10) + digit, 0x110000)
    }
    let isAllowed =
      scalar == 9 || scalar == 10 || scalar == 13 || 0x20...0xD7FF ~= scalar || 0xE000...0xFFFD ~= scalar
      || 0x10000...0x10FFFF ~= scalar
    return isAllowed ? .sound(name.count + 2) : .flawed(.forbiddenCharacter)
  }

  private static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}
