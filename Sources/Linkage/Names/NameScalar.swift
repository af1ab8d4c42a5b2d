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
    } else if let letters = FoldWriter.letters(scalar) {
      self = Self.folded(letters, scalar)
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

  /// A letter without its accents, in lower case; two for some, ß and æ.
  private static func folded(_ letters: (first: UInt16, second: UInt16), _ scalar: UInt32) -> NameScalar {
    switch scalar {
    case 0xB4, 0x2BC: .nothing
    case ..<0xC0: letters.first == 0 ? .nothing : .space
    default:
      if letters.first == 0 {
        .nothing
      } else if letters.first == 0x20 {
        .space
      } else {
        letters.second == 0 ? .letter(letters.first) : .letters(letters.first, letters.second)
      }
    }
  }

  private static func other(_ scalar: UInt32) -> NameScalar {
    switch scalar {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x3007, 0xF900...0xFAFF, 0x20000...0x323AF: .character
    case 0x25A1, 0x3013, 0xFFFD, 0xE000...0xF8FF, 0xF0000...0x10FFFF: .standIn
    case 0xFF01...0xFF5E: ascii(UInt8(scalar - 0xFEE0))
    case 0x2018, 0x2019, 0x200B...0x200F, 0xFEFF: .nothing
    case 0x3001: .comma
    case 0xFF1B: .divider
    case 0x30A1...0x30FA, 0x3041...0x3096: .letter(UInt16(scalar))
    case 0x2000...0x2BFF, 0x3000...0x30FF, 0xFE30...0xFE4F, 0xFF5F...0xFFFC: .space
    default: .letter(UInt16(truncatingIfNeeded: scalar))
    }
  }
}
