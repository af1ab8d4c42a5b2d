import Basics

/// A strict parser of one JSON text (RFC 8259) that keeps the wanted values and nothing else.
///
/// The text is well-formed UTF-8 without NUL. What is no JSON is told before what is JSON but not as wanted.
struct JSONLinesParser {
  private static let unwanted = -1

  private let plan: JSONLinesPlan
  private let maxDepth: Int
  private let maxFieldBytes: Int
  private var scanner = JSONLinesScanner()
  /// What each field holds; nil where it is absent.
  private(set) var values: [JSONLinesScanner.Slice?]
  private var isSeen: [Bool]

  init(_ format: JSONLinesFormat, plan: JSONLinesPlan) {
    self.plan = plan
    maxDepth = format.maxDepth
    maxFieldBytes = format.maxFieldBytes
    values = Array(repeating: nil, count: plan.fields.count)
    isSeen = Array(repeating: false, count: plan.nodes.count)
  }

  /// Parses an object that takes the whole text; gives what is wrong with it, if anything.
  mutating func parse(_ line: UnsafeRawBufferPointer) -> JSONLinesScanner.Fault? {
    scanner.begin(line)
    for field in values.indices { values[field] = nil }
    for node in isSeen.indices { isSeen[node] = false }
    scanner.skipBlanks()
    guard scanner.next == UInt8(ascii: "{") else {
      _ = scanner.fail("one JSON object a line")
      return scanner.fault
    }
    if object(0, depth: 1) {
      scanner.skipBlanks()
      if !scanner.isAtEnd { _ = scanner.fail("nothing behind the object") }
    }
    return scanner.fault
  }

  func bytes(of slice: JSONLinesScanner.Slice) -> UnsafePointer<UInt8> { scanner.bytes(of: slice) }

  // MARK: - Values

  private mutating func value(_ node: Int, depth: Int) -> Bool {
    let field = node == Self.unwanted ? -1 : Int(plan.nodes[node].field)
    let start = scanner.at
    switch scanner.next {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      var inner = node
      if field >= 0 {
        scanner.note(
          .notAScalar, at: start,
          found: "\(scanner.next == UInt8(ascii: "{") ? "an object" : "an array") for \(plan.fields[field])",
          expected: "a text, a number, true, false or null")
        inner = Self.unwanted
      }
      return scanner.next == UInt8(ascii: "{") ? object(inner, depth: depth + 1) : array(inner, depth: depth + 1)
    case UInt8(ascii: "\""):
      guard let slice = scanner.string(isWanted: field >= 0) else { return false }
      if field >= 0 { keep(slice, for: field, at: start) }
      return true
    case UInt8(ascii: "n"): return scanner.word("null")
    case UInt8(ascii: "t"): guard scanner.word("true") else { return false }
    case UInt8(ascii: "f"): guard scanner.word("false") else { return false }
    case UInt8(ascii: "-"), 0x30...0x39: guard scanner.number() else { return false }
    default: return scanner.fail("a value")
    }
    if field >= 0 { keep(JSONLinesScanner.Slice(start: start, count: scanner.at - start), for: field, at: start) }
    return true
  }

  private mutating func keep(_ slice: JSONLinesScanner.Slice, for field: Int, at start: Int) {
    if slice.count > maxFieldBytes {
      scanner.note(
        .fieldTooLong, at: start, found: "\(slice.count) bytes for \(plan.fields[field])",
        expected: "at most \(maxFieldBytes) bytes")
    }
    values[field] = slice
  }

  // MARK: - Objects and arrays

  private mutating func object(_ node: Int, depth: Int) -> Bool {
    guard enter(depth) else { return false }
    if scanner.take("}") { return true }
    // Members mostly come in the order in which they are wanted.
    var likely = node == Self.unwanted ? 0 : Int(plan.nodes[node].firstChild)
    while true {
      guard scanner.next == UInt8(ascii: "\"") else { return scanner.fail("a member's name in quotes") }
      let start = scanner.at
      guard let name = scanner.string(isWanted: false) else { return false }
      var member = node == Self.unwanted ? Self.unwanted : child(of: node, named: name, likely: likely)
      if member != Self.unwanted {
        likely = member + 1
        if isSeen[member] {
          scanner.note(
            .repeatedField, at: start, found: "the name \(nameText(member)) twice in an object", expected: "it once")
          member = Self.unwanted
        } else {
          isSeen[member] = true
        }
      }
      scanner.skipBlanks()
      guard scanner.take(":") else { return scanner.fail("a colon") }
      scanner.skipBlanks()
      guard value(member, depth: depth) else { return false }
      scanner.skipBlanks()
      if scanner.take("}") { return true }
      guard scanner.take(",") else { return scanner.fail("a comma or a closing brace") }
      scanner.skipBlanks()
    }
  }

  private mutating func array(_ node: Int, depth: Int) -> Bool {
    guard enter(depth) else { return false }
    if scanner.take("]") { return true }
    var index: Int32 = 0
    while true {
      guard value(node == Self.unwanted ? node : child(of: node, at: index), depth: depth) else { return false }
      index += 1
      scanner.skipBlanks()
      if scanner.take("]") { return true }
      guard scanner.take(",") else { return scanner.fail("a comma or a closing bracket") }
      scanner.skipBlanks()
    }
  }

  private mutating func enter(_ depth: Int) -> Bool {
    guard depth <= maxDepth else {
      return scanner.fail("at most \(maxDepth) objects and arrays inside of each other", found: "one more")
    }
    scanner.at += 1
    scanner.skipBlanks()
    return true
  }

  private func child(of node: Int, named name: JSONLinesScanner.Slice, likely: Int) -> Int {
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
}
