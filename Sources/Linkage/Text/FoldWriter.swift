/// Writes folded units one by one; blanks are put once, and none at the ends.
struct FoldWriter {
  let units: UnsafeMutablePointer<UInt16>
  let keepsPunctuation: Bool
  private var count = 0
  private var endsBlank = true

  init(units: UnsafeMutablePointer<UInt16>, keepsPunctuation: Bool) {
    self.units = units
    self.keepsPunctuation = keepsPunctuation
  }

  /// Puts a folded unit; 0 is nothing. Without branches, for they would be mispredicted at each word's end.
  @inline(__always)
  mutating func put(_ unit: UInt16) {
    units[count] = unit
    let isBlank = unit == 0x20
    let isKept = unit != 0 && !(isBlank && endsBlank)
    count &+= isKept ? 1 : 0
    endsBlank = isKept ? isBlank : endsBlank
  }

  /// The number of units, less a blank at the end.
  func finish() -> Int { endsBlank && count > 0 ? count - 1 : count }

  /// Puts the folded form of a scalar that is not ASCII: never more units than its UTF-8 has bytes.
  mutating func putFolded(_ scalar: UInt32) {
    switch scalar {
    case 0x3400...0x9FFF, 0xAC00...0xD7A3: put(UInt16(scalar))
    case 0x80..<0x530: put(entry: Self.low[Int(scalar - 0x80)], scalar)
    case 0x1E00..<0x2000: put(entry: Self.high[Int(scalar - 0x1E00)], scalar)
    case 0x2000..<0x2C00: putSymbol(scalar)
    case 0x3000...0x3020, 0x3030, 0x30FB: putMark(scalar)
    case 0xFB00...0xFB06: for unit in Self.ligatures[Int(scalar - 0xFB00)] { put(unit) }
    case 0xFF01...0xFF5E: putFullWidth(scalar)
    case 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0xFE00...0xFE0F, 0xFE20...0xFE2F, 0xFEFF, 0xE0000...0xE0FFF: break
    case 0xFE10...0xFE1F, 0xFE30...0xFE6F, 0xFF5F...0xFF65, 0xFFE0...0xFFEF: putMark(scalar)
    case 0x10000...: put(Self.privateUnit(scalar))
    default: put(UInt16(truncatingIfNeeded: scalar))
    }
  }

  @inline(__always)
  private mutating func put(entry: UInt32, _ scalar: UInt32) {
    if entry == Self.blankEntry {
      if scalar == 0x85 || scalar == 0xA0 { put(0x20) } else { putMark(scalar) }
    } else {
      put(UInt16(truncatingIfNeeded: entry))
      put(UInt16(truncatingIfNeeded: entry >> 16))
    }
  }

  /// General punctuation, currency, letter-like signs, arrows and shapes.
  private mutating func putSymbol(_ scalar: UInt32) {
    switch scalar {
    case 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F: put(0x20)
    case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0x20D0...0x20FF: break
    case 0x2018, 0x2019, 0x201B, 0x2032, 0x2024:
      if keepsPunctuation { put(scalar == 0x2024 ? 0x2E : 0x27) }
    case 0x2010...0x2015, 0x2212: put(keepsPunctuation ? 0x2D : 0x20)
    case 0x2116:
      put(0x6E)
      put(0x6F)
    case 0x212A: put(0x6B)
    case 0x212B: put(0x61)
    case 0x2160...0x216F: put(UInt16(scalar + 0x10))
    case 0x2170...0x218B, 0x2460...0x24FF: put(UInt16(scalar))
    default: putMark(scalar)
    }
  }

  private mutating func putFullWidth(_ scalar: UInt32) {
    let byte = UInt16(scalar - 0xFEE0)
    switch byte {
    case 0x30...0x39, 0x61...0x7A: put(byte)
    case 0x41...0x5A: put(byte | 0x20)
    case 0x27, 0x2E, 0x60: put(keepsPunctuation ? byte : 0)
    default: put(keepsPunctuation ? byte : 0x20)
    }
  }

  /// Punctuation: a blank, or itself where it is kept.
  private mutating func putMark(_ scalar: UInt32) {
    put(keepsPunctuation && scalar != 0x3000 ? UInt16(truncatingIfNeeded: scalar) : 0x20)
  }

  /// One of the 6,400 private-use units.
  static func privateUnit(_ scalar: UInt32) -> UInt16 {
    let mixed = UInt64(scalar) &* 0x9E37_79B9_7F4A_7C15
    return 0xE000 + UInt16(((mixed >> 32) * 6400) >> 32)
  }

  // MARK: Tables

  private static let blankEntry: UInt32 = 0x20 | 0x20 << 16
  /// Two units an entry, the first in the lower half; 0 is nothing.
  private static let low = entries(LetterFoldTable.lowText)
  private static let high = entries(LetterFoldTable.highText)
  private static let ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"].map { Array($0.utf16) }

  /// What a scalar of Latin, Greek or Cyrillic script becomes, one unit or two; 0 is nothing, a blank no letter. Nil of others.
  static func letters(_ scalar: UInt32) -> (first: UInt16, second: UInt16)? {
    let entry: UInt32
    switch scalar {
    case 0x80..<0x530: entry = low[Int(scalar - 0x80)]
    case 0x1E00..<0x2000: entry = high[Int(scalar - 0x1E00)]
    default: return nil
    }
    return (UInt16(truncatingIfNeeded: entry), UInt16(truncatingIfNeeded: entry >> 16))
  }

  private static func entries(_ text: String) -> [UInt32] {
    let units = text.utf16.map { $0 == 0x2E ? 0 : UInt32($0) }
    return stride(from: 0, to: units.count - 1, by: 2).map { units[$0] | units[$0 + 1] << 16 }
  }
}
