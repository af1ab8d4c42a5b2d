import Basics

/// A strict parser of one JSON text (RFC 8259) that keeps the wanted values and nothing else.
///
/// The text is well-formed UTF-8 without NUL. What is no JSON is told before what is JSON but not as wanted.
struct JSONLinesParser {
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

  private static let unwanted = -1

  private let plan: JSONLinesPlan
  private let maxDepth: Int
  private let maxFieldBytes: Int
  private(set) var fault: Fault?
  /// What each field holds; nil where it is absent.
  private(set) var values: [Slice?]
  private var isSeen: [Bool]
  private let unescaped = Growable<UInt8>(capacity: 4096)

  private var text: UnsafePointer<UInt8>
  private var end = 0
  private var at = 0

  init(_ format: JSONLinesFormat, plan: JSONLinesPlan) {
    self.plan = plan
    maxDepth = format.maxDepth
    maxFieldBytes = format.maxFieldBytes
    values = Array(repeating: nil, count: plan.fields.count)
    isSeen = Array(repeating: false, count: plan.nodes.count)
    text = UnsafePointer(unescaped.base)
  }

  /// Parses an object that takes the whole text; false where there is a `fault`.
  mutating func parse(_ line: UnsafeRawBufferPointer) -> Bool {
    guard let base = line.baseAddress else { return false }
    text = base.assumingMemoryBound(to: UInt8.self)
    end = line.count
    at = 0
    fault = nil
    unescaped.count = 0
    for field in values.indices { values[field] = nil }
    for node in isSeen.indices { isSeen[node] = false }
    skipBlanks()
    guard next == UInt8(ascii: "{") else { return fail("one JSON object a line") }
    guard object(0, depth: 1) else { return false }
    skipBlanks()
    guard at == end else { return fail("nothing behind the object") }
    return fault == nil
  }

  func bytes(of slice: Slice) -> UnsafePointer<UInt8> {
    (slice.isUnescaped ? UnsafePointer(unescaped.base) : text) + slice.start
  }

  // MARK: - Values

  /// The byte that comes next; 0 at the end.
  private var next: UInt8 { at < end ? text[at] : 0 }

  private mutating func skipBlanks() {
    while at < end && (text[at] == 32 || text[at] == 9 || text[at] == 13 || text[at] == 10) { at += 1 }
  }

  private mutating func value(_ node: Int, depth: Int) -> Bool {
    let field = node == Self.unwanted ? -1 : Int(plan.nodes[node].field)
    let start = at
    switch next {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      var inner = node
      if field >= 0 {
        note(
          .notAScalar, found: "\(next == UInt8(ascii: "{") ? "an object" : "an array") for \(plan.fields[field])",
          expected: "a text, a number, true, false or null")
        inner = Self.unwanted
      }
      return next == UInt8(ascii: "{") ? object(inner, depth: depth + 1) : array(inner, depth: depth + 1)
    case UInt8(ascii: "\""):
      guard let slice = string(isWanted: field >= 0) else { return false }
      if field >= 0 { keep(slice, for: field, at: start) }
      return true
    case UInt8(ascii: "n"): return word("null")
    case UInt8(ascii: "t"): guard word("true") else { return false }
    case UInt8(ascii: "f"): guard word("false") else { return false }
    case UInt8(ascii: "-"), 0x30...0x39: guard number() else { return false }
    default: return fail("a value")
    }
    if field >= 0 { keep(Slice(start: start, count: at - start), for: field, at: start) }
    return true
  }

  private mutating func keep(_ slice: Slice, for field: Int, at start: Int) {
    if slice.count > maxFieldBytes {
      note(
        .fieldTooLong, at: start, found: "\(slice.count) bytes for \(plan.fields[field])",
        expected: "at most \(maxFieldBytes) bytes")
    }
    values[field] = slice
  }

  private mutating func word(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    for index in 0..<count {
      guard next == word.utf8Start[index] else { return fail("a value") }
      at += 1
    }
    return true
  }

  private mutating func number() -> Bool {
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

  // MARK: - Objects and arrays

  private mutating func object(_ node: Int, depth: Int) -> Bool {
    guard enter(depth) else { return false }
    if next == UInt8(ascii: "}") { return leave() }
    // Members mostly come in the order in which they are wanted.
    var likely = node == Self.unwanted ? 0 : Int(plan.nodes[node].firstChild)
    while true {
      guard next == UInt8(ascii: "\"") else { return fail("a member's name in quotes") }
      let start = at
      guard let name = string(isWanted: false) else { return false }
      var member = node == Self.unwanted ? Self.unwanted : child(of: node, named: name, likely: likely)
      if member != Self.unwanted {
        likely = member + 1
        if isSeen[member] {
          note(.repeatedField, at: start, found: "the name \(nameText(member)) twice in an object", expected: "it once")
          member = Self.unwanted
        } else {
          isSeen[member] = true
        }
      }
      skipBlanks()
      guard next == UInt8(ascii: ":") else { return fail("a colon") }
      at += 1
      skipBlanks()
      guard value(member, depth: depth) else { return false }
      skipBlanks()
      if next == UInt8(ascii: "}") { return leave() }
      guard next == UInt8(ascii: ",") else { return fail("a comma or a closing brace") }
      at += 1
      skipBlanks()
    }
  }

  private mutating func array(_ node: Int, depth: Int) -> Bool {
    guard enter(depth) else { return false }
    if next == UInt8(ascii: "]") { return leave() }
    var index: Int32 = 0
    while true {
      guard value(node == Self.unwanted ? node : child(of: node, at: index), depth: depth) else { return false }
      index += 1
      skipBlanks()
      if next == UInt8(ascii: "]") { return leave() }
      guard next == UInt8(ascii: ",") else { return fail("a comma or a closing bracket") }
      at += 1
      skipBlanks()
    }
  }

  private mutating func enter(_ depth: Int) -> Bool {
    guard depth <= maxDepth else {
      return fail("at most \(maxDepth) objects and arrays inside of each other", found: "one more")
    }
    at += 1
    skipBlanks()
    return true
  }

  private mutating func leave() -> Bool {
    at += 1
    return true
  }

  private func child(of node: Int, named name: Slice, likely: Int) -> Int {
    let bytes = bytes(of: name)
    let first = Int(plan.nodes[node].firstChild)
    let count = Int(plan.nodes[node].childCount)
    for step in 0..<count {
      var child = likely + step
      if child >= first + count { child -= count }
      if isNamed(child, bytes, name.count) { return child }
    }
    return Self.unwanted
  }

  private func isNamed(_ node: Int, _ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    guard Int(plan.nodes[node].nameCount) == count else { return false }
    let start = Int(plan.nodes[node].name)
    for index in 0..<count where plan.names[start + index] != bytes[index] { return false }
    return true
  }

  private func child(of node: Int, at index: Int32) -> Int {
    let first = Int(plan.nodes[node].firstChild)
    for child in first..<first + Int(plan.nodes[node].childCount) where plan.nodes[child].index == index {
      return child
    }
    return Self.unwanted
  }

  private func nameText(_ node: Int) -> String {
    let start = Int(plan.nodes[node].name)
    return String(decoding: plan.names[start..<start + Int(plan.nodes[node].nameCount)], as: UTF8.self)
  }

  // MARK: - Faults

  /// The text is no JSON: parsing ends here.
  private mutating func fail(_ expected: String, found: String? = nil) -> Bool {
    let what = found ?? (at == end ? "the end of the line" : "something else")
    fault = Fault(code: .badJSON, at: at, found: what, expected: expected)
    return false
  }

  /// The text is JSON so far, but not as wanted: the first of such is kept and parsing goes on.
  private mutating func note(
    _ code: DamagedRecord.Code, at position: Int? = nil, found: String, expected: String
  ) {
    if fault == nil { fault = Fault(code: code, at: position ?? at, found: found, expected: expected) }
  }
}

// MARK: - Texts

extension JSONLinesParser {
  /// Passes over a text and resolves its escapes; a wanted one may not hold a NUL. Nil where it is no JSON.
  private mutating func string(isWanted: Bool) -> Slice? {
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
