/// Reads UTF-8 as Unicode scalars; what is not UTF-8 comes out as U+FFFD, a byte at a time.
public struct ScalarReader {
  private let bytes: UnsafeRawBufferPointer
  /// Offset of the next scalar.
  public private(set) var offset = 0

  public init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  public var isAtEnd: Bool { offset >= bytes.count }

  @inline(__always)
  public mutating func next() -> UInt32? {
    guard offset < bytes.count else { return nil }
    let first = bytes[offset]
    if first < 0x80 {
      offset += 1
      return UInt32(first)
    }
    return nextLong(first)
  }

  private mutating func nextLong(_ first: UInt8) -> UInt32 {
    let count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4, offset + count <= bytes.count else {
      offset += 1
      return 0xFFFD
    }
    var value = UInt32(first) & (0x7F >> UInt32(count))
    for index in offset + 1..<offset + count {
      guard bytes[index] & 0xC0 == 0x80 else {
        offset += 1
        return 0xFFFD
      }
      value = value << 6 | UInt32(bytes[index] & 0x3F)
    }
    offset += count
    let least: UInt32 = count == 2 ? 0x80 : count == 3 ? 0x800 : 0x10000
    return value < least || value > 0x10FFFF || (0xD800...0xDFFF).contains(value) ? 0xFFFD : value
  }
}

/// Appends a scalar as UTF-8.
@inline(__always)
func append(_ scalar: UInt32, to output: inout [UInt8]) {
  if scalar < 0x80 {
    output.append(UInt8(scalar))
  } else if scalar < 0x800 {
    output.append(UInt8(0xC0 | scalar >> 6))
    output.append(UInt8(0x80 | scalar & 0x3F))
  } else if scalar < 0x10000 {
    output.append(UInt8(0xE0 | scalar >> 12))
    output.append(UInt8(0x80 | scalar >> 6 & 0x3F))
    output.append(UInt8(0x80 | scalar & 0x3F))
  } else {
    output.append(UInt8(0xF0 | scalar >> 18))
    output.append(UInt8(0x80 | scalar >> 12 & 0x3F))
    output.append(UInt8(0x80 | scalar >> 6 & 0x3F))
    output.append(UInt8(0x80 | scalar & 0x3F))
  }
}

/// Full-width forms U+FF01 to U+FF5E as the ASCII they stand for, and every kind of blank as a space.
///
/// Source: Unicode, Halfwidth and Fullwidth Forms.
@inline(__always)
func halfWidth(_ scalar: UInt32) -> UInt32 {
  if scalar < 0x80 { return scalar == 9 ? 32 : scalar }
  switch scalar {
  case 0xFF01...0xFF5E: return scalar - 0xFEE0
  case 0x3000, 0xA0, 0x2000...0x200A, 0x202F: return 32
  default: return scalar
  }
}

/// Characters that occupy no place and carry no meaning in a field.
@inline(__always)
func isInvisible(_ scalar: UInt32) -> Bool {
  scalar == 0xFEFF || (0x200B...0x200F).contains(scalar) || scalar < 32 && scalar != 9
}

/// Hyphens, dashes and minus signs, ASCII and not.
@inline(__always)
func isDash(_ scalar: UInt32) -> Bool { scalar == 45 || (0x2010...0x2015).contains(scalar) || scalar == 0x2212 }

@inline(__always)
func upperCase(_ scalar: UInt32) -> UInt32 {
  if scalar < 0x80 { return scalar >= 97 && scalar <= 122 ? scalar - 32 : scalar }
  // à to þ without ÷, then Latin Extended-A, whose capitals stand before their small letters.
  if scalar >= 0xE0, scalar <= 0xFE, scalar != 0xF7 { return scalar - 32 }
  switch scalar {
  case 0x100...0x137, 0x14A...0x177: return scalar & ~1
  case 0x139...0x148, 0x179...0x17E: return scalar & 1 == 0 ? scalar - 1 : scalar
  case 0xFF: return 0x178
  default: return scalar
  }
}
