/// What a scalar is to the reader of a name.
enum NameScalar {
  case letter(UInt16)
  /// Two letters from one: ß, æ.
  case letters(UInt16, UInt16)
  case character
  /// What stands where a system had no character.
  case standIn
  /// Belongs to neither word nor break: an apostrophe, an invisible mark.
  case nothing
  case space
  case comma
  /// Parts a name from another of the same person: `;`, `/` and brackets.
  case divider

  init(_ scalar: UInt32) {
    if scalar < 0x80 {
      self = Self.ascii(UInt8(scalar))
    } else if scalar < 0x250 {
      self = Self.latin(scalar)
    } else {
      self = Self.other(scalar)
    }
  }

  private static func ascii(_ byte: UInt8) -> NameScalar {
    switch byte {
    case 97...122, 48...57: .letter(UInt16(byte))
    case 65...90: .letter(UInt16(byte | 32))
    case 39, 96: .nothing
    case 44: .comma
    case 59, 47, 40, 41, 91, 93, 124: .divider
    case 63: .standIn
    default: .space
    }
  }

  private static func latin(_ scalar: UInt32) -> NameScalar {
    switch scalar {
    case 0xDF: return .letters(115, 115)
    case 0xC6, 0xE6: return .letters(97, 101)
    case 0x152, 0x153: return .letters(111, 101)
    case 0xDE, 0xFE: return .letters(116, 104)
    case 0xB4, 0xAD: return .nothing
    case ..<0xC0, 0xD7, 0xF7: return .space
    default: return .letter(folds[Int(scalar - 0xC0)])
    }
  }

  private static func other(_ scalar: UInt32) -> NameScalar {
    switch scalar {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x3007, 0xF900...0xFAFF, 0x20000...0x323AF: .character
    case 0x25A1, 0x3013, 0xFFFD, 0xE000...0xF8FF, 0xF0000...0x10FFFF: .standIn
    case 0xFF01...0xFF5E: ascii(UInt8(scalar - 0xFEE0))
    case 0x2018, 0x2019, 0x2BC, 0x200B...0x200F, 0xFEFF, 0x300...0x36F: .nothing
    case 0x3001: .comma
    case 0xFF1B: .divider
    case 0x30A1...0x30FA, 0x3041...0x3096: .letter(UInt16(scalar))
    case 0x391...0x3A9, 0x410...0x42F: .letter(UInt16(scalar + 32))
    case 0x2000...0x2BFF, 0x3000...0x30FF, 0xFE30...0xFE4F, 0xFF5F...0xFFFC: .space
    default: .letter(UInt16(truncatingIfNeeded: scalar))
    }
  }

  /// U+00C0 to U+024F without their marks, in lower case; itself where it has no such letter.
  ///
  /// Source: the letter that each one's name in the Unicode Character Database says (LATIN SMALL LETTER A WITH ACUTE).
  private static let folds: [UInt16] = {
    let rows = """
      aaaaaa ceeeeiiiidnooooo ouuuuy saaaaaa ceeeeiiiidnooooo ouuuuy y
      aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii  jjkkkllllllllllnnnnnnnnnoooooo  rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs
      """
    var result = (0xC0..<0x250).map { UInt16($0) }
    for (row, start) in zip(rows.split(separator: "\n"), [0xC0, 0x100]) {
      for (index, letter) in row.utf8.enumerated() where letter != 32 { result[start - 0xC0 + index] = UInt16(letter) }
    }
    for (scalar, letter) in [(0x192, 102), (0x1A0, 111), (0x1A1, 111), (0x1AF, 117), (0x1B0, 117)] {
      result[scalar - 0xC0] = UInt16(letter)
    }
    for (index, letter) in "aaiioouuuuuuuuuu".utf8.enumerated() { result[0x1CD - 0xC0 + index] = UInt16(letter) }
    for (index, letter) in "sstt".utf8.enumerated() { result[0x218 - 0xC0 + index] = UInt16(letter) }
    return result
  }()
}
