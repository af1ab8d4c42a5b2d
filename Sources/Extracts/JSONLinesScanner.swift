import Basics

/// The words of a JSON text: texts, numbers, literals, and what is wrong with them.
struct JSONLinesScanner {
  struct Fault {
    var code: DamagedRecord.Code
    /// In bytes of the text.
    var at: Int
    var found: String
    var expected: String
  }

  /// A value or name, as it stands in the text or, where it has escapes, in `unescaped`.
  struct Slice: BitwiseCopyable {
    var start: Int
    var count: Int
    var isUnescaped = false
  }

  private(set) var fault: Fault?
  /// Where it stands, in bytes of the text.
  var at = 0
  private var text: UnsafePointer<UInt8>
  private var end = 0
  private let unescaped = Growable<UInt8>(capacity: 4096)

  init() { text = UnsafePointer(unescaped.base) }

  mutating func begin(_ line: UnsafeRawBufferPointer) {
    if let base = line.baseAddress { text = base.assumingMemoryBound(to: UInt8.self) }
    end = line.count
    at = 0
    fault = nil
    unescaped.count = 0
  }

  func bytes(of slice: Slice) -> UnsafePointer<UInt8> {
    (slice.isUnescaped ? UnsafePointer(unescaped.base) : text) + slice.start
  }

  var isAtEnd: Bool { at == end }

  /// The byte that comes next; 0 at the end.
  var next: UInt8 { at < end ? text[at] : 0 }

  mutating func skipBlanks() {
    while at < end && (text[at] == 32 || text[at] == 9 || text[at] == 13 || text[at] == 10) { at += 1 }
  }

  // MARK: - Faults

  /// The text is no JSON: parsing ends here.
  mutating func fail(_ expected: String, found: String? = nil) -> Bool {
    let what = found ?? (at == end ? "the end of the line" : "something else")
    fault = Fault(code: .badJSON, at: at, found: what, expected: expected)
    return false
  }

  /// The text is JSON so far, but not as wanted: the first of such is kept and parsing goes on.
  mutating func note(_ code: DamagedRecord.Code, at position: Int, found: String, expected: String) {
    if fault == nil { fault = Fault(code: code, at: position, found: found, expected: expected) }
  }

  // MARK: - Words

  /// Passes over a sign of punctuation if it comes next.
  mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard at < end && text[at] == UInt8(ascii: sign) else { return false }
    at += 1
    return true
  }

  mutating func word(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    for index in 0..<count {
      guard next == word.utf8Start[index] else { return fail("a value") }
      at += 1
    }
    return true
  }

  mutating func number() -> Bool {
    if next == UInt8(ascii: "-") { at += 1 }
    if next == UInt8(ascii: "0") { at += 1 } else { guard digits() else { return false } }
    if next == UInt8(ascii: ".") {
      at += 1
      guard digits() else { return false }
    }
    if next | 0x20 == UInt8(ascii: "e") {
      at += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
      guard digits() else { return false }
    }
    return true
  }

  private mutating func digits() -> Bool {
    let start = at
    while at < end && text[at] &- 0x30 < 10 { at += 1 }
    return at > start || fail("a digit")
  }

  // MARK: - Texts

  /// Passes over a text and resolves its escapes; a wanted one may not hold a NUL. Nil where it is no JSON.
  mutating func string(isWanted: Bool) -> Slice? {
    at += 1
    let start = at
    guard skipPlain() else { return nil }
    if text[at] == UInt8(ascii: "\"") {
      at += 1
      return Slice(start: start, count: at - 1 - start)
    }
    let written = unescaped.count
    unescaped.append(text + start, count: at - start)
    while text[at] != UInt8(ascii: "\"") {
      guard let scalar = escape() else { return nil }
      if isWanted && scalar == 0 { note(.nulByte, at: at - 6, found: "the escape of a NUL", expected: "text") }
      append(scalar)
      let from = at
      guard skipPlain() else { return nil }
      unescaped.append(text + from, count: at - from)
    }
    at += 1
    return Slice(start: written, count: unescaped.count - written, isUnescaped: true)
  }

  /// Moves to the next quote or backslash.
  private mutating func skipPlain() -> Bool {
    var here = at
    while here < end {
      let byte = text[here]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        at = here
        return true
      }
      if byte < 0x20 {
        at = here
        return fail("a text without control characters", found: "a control character")
      }
      here += 1
    }
    at = here
    return fail("a closing quote")
  }

  /// Passes over an escape, or two that stand for one character.
  private mutating func escape() -> UInt32? {
    let start = at
    at += 1
    let letter = next
    if letter != UInt8(ascii: "u") {
      guard let scalar = Self.short(letter) else {
        _ = fail("one of the escapes of JSON")
        return nil
      }
      at += 1
      return scalar
    }
    guard let unit = hexadecimal() else { return nil }
    guard 0xD800...0xDFFF ~= unit else { return unit }
    if unit < 0xDC00 && next == UInt8(ascii: "\\") && at + 1 < end && text[at + 1] == UInt8(ascii: "u") {
      at += 1
      guard let low = hexadecimal() else { return nil }
      if 0xDC00...0xDFFF ~= low { return 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00) }
    }
    at = start
    _ = fail("surrogates in pairs", found: "an unpaired surrogate")
    return nil
  }

  private static func short(_ letter: UInt8) -> UInt32? {
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): UInt32(letter)
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "f"): 12
    case UInt8(ascii: "n"): 10
    case UInt8(ascii: "r"): 13
    case UInt8(ascii: "t"): 9
    default: nil
    }
  }

  private mutating func hexadecimal() -> UInt32? {
    at += 1
    var unit: UInt32 = 0
    for _ in 0..<4 {
      let digit: UInt8
      switch next {
      case 0x30...0x39: digit = next - 0x30
      case 0x41...0x46, 0x61...0x66: digit = (next | 0x20) - 0x61 + 10
      default:
        _ = fail("four hexadecimal digits")
        return nil
      }
      unit = unit << 4 | UInt32(digit)
      at += 1
    }
    return unit
  }

  private func append(_ scalar: UInt32) {
    if scalar < 0x80 { return unescaped.append(UInt8(scalar)) }
    if scalar < 0x800 {
      unescaped.append(UInt8(0xC0 | scalar >> 6))
    } else {
      if scalar < 0x10000 {
        unescaped.append(UInt8(0xE0 | scalar >> 12))
      } else {
        unescaped.append(UInt8(0xF0 | scalar >> 18))
        unescaped.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      }
      unescaped.append(UInt8(0x80 | scalar >> 6 & 0x3F))
    }
    unescaped.append(UInt8(0x80 | scalar & 0x3F))
  }
}
