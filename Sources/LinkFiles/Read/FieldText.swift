/// What a field says once the white space around it is taken off, and whether it says anything.
enum FieldText {
  /// Without spaces, tabs, line ends, no-break and ideographic spaces around it. A byte beyond the field is never read.
  @inline(__always)
  static func trimmed(_ field: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard let base = field.baseAddress, field.count > 0 else { return field }
    let (first, last) = (field[0], field[field.count &- 1])
    // Lead bytes of U+00A0 and U+3000 and the last bytes of both: everything else ends the look at once.
    if first > 0x20 && first != 0xC2 && first != 0xE3 && last > 0x20 && last != 0xA0 && last != 0x80 { return field }
    return trimmedSlowly(base, field.count)
  }

  @inline(never)
  private static func trimmedSlowly(_ base: UnsafeRawPointer, _ count: Int) -> UnsafeRawBufferPointer {
    let bytes = UnsafeRawBufferPointer(start: base, count: count)
    var (start, end) = (0, count)
    while start < end {
      if bytes[start] <= 0x20 {
        start += 1
      } else if end - start >= 2, bytes[start] == 0xC2, bytes[start + 1] == 0xA0 {
        start += 2
      } else if end - start >= 3, bytes[start] == 0xE3, bytes[start + 1] == 0x80, bytes[start + 2] == 0x80 {
        start += 3
      } else {
        break
      }
    }
    while start < end {
      if bytes[end - 1] <= 0x20 {
        end -= 1
      } else if end - start >= 2, bytes[end - 2] == 0xC2, bytes[end - 1] == 0xA0 {
        end -= 2
      } else if end - start >= 3, bytes[end - 3] == 0xE3, bytes[end - 2] == 0x80, bytes[end - 1] == 0x80 {
        end -= 3
      } else {
        break
      }
    }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
  }

  /// Words that programs write where there is nothing, as exactly these texts: `na` or `NONE` may be somebody's name.
  static let nullWords = [
    "null", "NULL", "Null", "NA", "N/A", "n/a", "#N/A", "<NA>", "nan", "NaN", "NAN", "None", "\\N", "-", "--",
  ]

  /// Whether a trimmed field has no value.
  @inline(__always)
  static func isMissing(_ text: UnsafeRawBufferPointer) -> Bool {
    if text.count > 4 { return false }
    if text.count == 0 { return true }
    switch text[0] {
    case UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "#"), UInt8(ascii: "<"), UInt8(ascii: "\\"),
      UInt8(ascii: "-"):
      return isNullWord(text)
    default: return false
    }
  }

  private static let nullNumbers = nullWords.map { Array($0.utf8).withUnsafeBytes { number($0) } }

  @inline(never)
  private static func isNullWord(_ text: UnsafeRawBufferPointer) -> Bool { nullNumbers.contains(number(text)) }

  /// Up to four bytes as one number; no text here holds a NUL, so that texts of different lengths differ.
  private static func number(_ text: UnsafeRawBufferPointer) -> UInt32 {
    text.reduce(0) { $0 << 8 | UInt32($1) }
  }
}
