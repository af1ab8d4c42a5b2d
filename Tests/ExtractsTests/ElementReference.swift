@testable import Extracts

/// A slow and obvious reading of small XML documents without declarations, for the records `a/b` with the fields `@x`,
/// `c`, `d[*]` and `d[2]/@y`: one character after the other, on the whole document at once.
struct ElementReference {
  struct Malformed: Error {}

  static let format = ElementFormat(recordPath: "a/b", fields: ["@x", "c", "d[*]", "d[2]/@y"])

  private struct Element {
    var name: [UInt8]
    var attributes: [(name: [UInt8], value: String)] = []
    var isEmpty = false
  }

  private let bytes: [UInt8]
  private var at = 0
  private var path: [[UInt8]] = []
  private var fields: [String?] = []
  private var singles = 0
  private var joined = 0
  private var flaw: String?
  private(set) var outcomes: [String] = []

  /// The records, and "failed" where the document is not well-formed or is damaged outside of them.
  static func read(_ bytes: [UInt8]) -> [String] {
    var reference = ElementReference(bytes: bytes)
    do { try reference.document() } catch { reference.outcomes.append("failed") }
    return reference.outcomes
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func begins(_ text: String) -> Bool { bytes[at...].starts(with: text.utf8) }

  private var isInRecord: Bool { path.count >= 2 && path[0] == Array("a".utf8) && path[1] == Array("b".utf8) }

  private mutating func spoil(_ code: String) throws {
    guard isInRecord else { throw Malformed() }
    if flaw == nil { flaw = code }
  }

  /// One character, with what is wrong with it.
  private mutating func character() throws -> String {
    guard at < bytes.count else { throw Malformed() }
    for length in 1...4 where at + length <= bytes.count {
      guard let text = String(validating: bytes[at..<at + length], as: UTF8.self) else { continue }
      let byte = bytes[at]
      at += length
      if byte == 0 { try spoil("nul_byte") }
      if byte < 0x20 && ![0, 9, 10, 13].contains(byte) { try spoil("forbidden_character") }
      if byte == 13 && at < bytes.count && bytes[at] == 10 { at += 1 }
      return byte == 13 ? "\n" : text
    }
    at += 1
    try spoil("invalid_utf8")
    return "?"
  }

  private mutating func reference() throws -> String {
    let known = ["&lt;": "<", "&gt;": ">", "&amp;": "&", "&apos;": "'", "&quot;": "\""]
    for (text, value) in known where begins(text) {
      at += text.utf8.count
      return value
    }
    let name = bytes[(at + 1)...].prefix { $0 == UInt8(ascii: "#") || isNameByte($0) }
    let end = at + 1 + name.count
    let isReference = end < bytes.count && bytes[end] == UInt8(ascii: ";") && !name.isEmpty
    let text = String(decoding: name, as: UTF8.self)
    if isReference, let number = text.hasPrefix("#x") ? Int(text.dropFirst(2), radix: 16) : Int(text.dropFirst()),
      text.hasPrefix("#"), !text.contains("-")
    {
      if number >= 32, let scalar = Unicode.Scalar(UInt32(number)) {
        at = end + 1
        return String(scalar)
      }
      try spoil("forbidden_character")
    } else {
      let isName = isReference && !text.contains("#") && !"-.0123456789".contains(text.first ?? "0")
      try spoil(isName ? "undefined_entity" : "stray_ampersand")
    }
    at += 1
    return "_"
  }

  /// What libxml2 must not see is an underscore to it, which may stand in names.
  private func isNameByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte < 32 && ![9, 10, 13].contains(byte) || "-._".utf8.contains(byte) || (48...57).contains(byte)
      || (65...90).contains(byte) || (97...122).contains(byte)
  }

  private mutating func name() throws -> [UInt8] {
    let start = at
    while at < bytes.count, isNameByte(bytes[at]) { _ = try character() }
    if at == start || "-.0123456789".utf8.contains(bytes[start]) { throw Malformed() }
    return Array(bytes[start..<at])
  }

  private mutating func skipBlanks() { while at < bytes.count, [9, 10, 13, 32].contains(bytes[at]) { at += 1 } }

  // MARK: Structure

  private mutating func document() throws {
    try between()
    guard at < bytes.count, begins("<") else { throw Malformed() }
    try element()
    try between()
    if at < bytes.count { throw Malformed() }
  }

  private mutating func between() throws {
    while true {
      skipBlanks()
      if at < bytes.count, begins("<!--") || begins("<?") { try comment() } else { return }
    }
  }

  private mutating func comment() throws {
    if begins("<?") {
      at += 2
      let target = try name()
      if target == Array("xml".utf8) { throw Malformed() }
      if !begins("?>"), ![9, 10, 13, 32].contains(bytes[at...].first ?? 0) { throw Malformed() }
      while !begins("?>") { _ = try character() }
      at += 2
      return
    }
    at += 4
    while !begins("--") { _ = try character() }
    guard begins("-->") else { throw Malformed() }
    at += 3
  }

  private mutating func element() throws {
    let start = at
    let line = bytes[..<start].indices.count { bytes[$0] == 10 || bytes[$0] == 13 && bytes[$0 + 1] != 10 } + 1
    at += 1
    let name = try name()
    path.append(name)
    let isRecord = isInRecord && path.count == 2
    if isRecord {
      fields = [nil, nil, nil, nil]
      (singles, joined, flaw) = (0, 0, nil)
    }
    if path.count == 1 && name != Array("a".utf8) { throw Malformed() }
    let element = try restOfTag(name)
    enter(element)
    if !element.isEmpty { try content() }
    if isRecord {
      if flaw == nil && singles > 1 { flaw = "repeated_field" }
      outcomes.append(flaw.map { "\(line)@\(start) \($0)" } ?? "\(line)@\(start) \(fields)")
    }
    path.removeLast()
  }

  private mutating func restOfTag(_ name: [UInt8]) throws -> Element {
    var element = Element(name: name)
    while true {
      let before = at
      skipBlanks()
      if begins(">") {
        at += 1
        return element
      }
      if begins("/>") {
        at += 2
        element.isEmpty = true
        return element
      }
      if at == before { throw Malformed() }
      let attribute = try self.name()
      skipBlanks()
      guard begins("=") else { throw Malformed() }
      at += 1
      skipBlanks()
      guard begins("'") || begins("\"") else { throw Malformed() }
      let value = try value()
      if element.attributes.contains(where: { $0.name == attribute }) { throw Malformed() }
      element.attributes.append((attribute, value))
    }
  }

  private mutating func value() throws -> String {
    let quote = bytes[at]
    at += 1
    var value = ""
    while true {
      guard at < bytes.count, bytes[at] != UInt8(ascii: "<") else { throw Malformed() }
      if bytes[at] == quote { break }
      if bytes[at] == UInt8(ascii: "&") {
        value += try reference()
      } else {
        let next = try character()
        value += next == "\n" || next == "\t" ? " " : next
      }
    }
    at += 1
    return value
  }

  private mutating func content() throws {
    while true {
      guard at < bytes.count else { throw Malformed() }
      if begins("</") { break }
      if begins("<!--") || begins("<?") {
        try comment()
      } else if begins("<![CDATA[") {
        at += 9
        while !begins("]]>") { add(try character()) }
        at += 3
      } else if begins("<") {
        try element()
      } else if begins("&") {
        add(try reference())
      } else if begins("]]>") {
        throw Malformed()
      } else {
        add(try character())
      }
    }
    at += 2
    let name = try name()
    skipBlanks()
    guard begins(">"), name == path.last else { throw Malformed() }
    at += 1
  }

  // MARK: Fields

  private mutating func enter(_ element: Element) {
    func attribute(_ name: String) -> String? { element.attributes.first { $0.name == Array(name.utf8) }?.value }
    if !isInRecord { return }
    if path.count == 2 { fields[0] = attribute("x") }
    if path.count != 3 { return }
    if element.name == Array("c".utf8) {
      singles += 1
      fields[1] = fields[1] ?? ""
    } else if element.name == Array("d".utf8) {
      joined += 1
      fields[2] = fields[2].map { $0 + ";" } ?? ""
      if joined == 2 { fields[3] = attribute("y") }
    }
  }

  private mutating func add(_ text: String) {
    guard isInRecord, path.count == 3 else { return }
    if path[2] == Array("c".utf8) { fields[1]? += text }
    if path[2] == Array("d".utf8) { fields[2]? += text }
  }
}
