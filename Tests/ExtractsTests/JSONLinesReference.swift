@testable import Extracts

/// A slow, obvious reader of JSON Lines extracts, to hold the fast one to: it makes a tree of each line and looks paths up.
struct JSONLinesReference {
  indirect enum JSON {
    case object([(name: String, value: JSON)])
    case array([JSON])
    case text(String)
    case word(String)
    case null
  }

  struct NoJSON: Error {}

  let format: JSONLinesFormat
  var scalars: [Unicode.Scalar] = []
  var at = 0

  static func read(_ content: [UInt8], _ format: JSONLinesFormat) -> [Outcome] {
    var list: [Outcome] = []
    var start = 0
    var line = 0
    while start < content.count {
      let end = content[start...].firstIndex(of: 10) ?? content.count
      var raw = Array(content[start..<end])
      if raw.last == 13 { raw.removeLast() }
      line += 1
      if !raw.isEmpty { list.append(record(line: line, offset: start, raw, format)) }
      start = end + 1
    }
    return list
  }

  static func record(line: Int, offset: Int, _ raw: [UInt8], _ format: JSONLinesFormat) -> Outcome {
    func damaged(_ code: String) -> Outcome { .damaged(line: line, byte: offset, code, lines: 1, raw: raw) }
    if raw.count > format.maxRecordBytes { return damaged("record_too_long") }
    if raw.contains(0) { return damaged("nul_byte") }
    guard let text = String(validating: raw, as: UTF8.self) else { return damaged("invalid_utf8") }
    var reference = JSONLinesReference(format: format, scalars: Array(text.unicodeScalars))
    guard let tree = try? reference.whole() else { return damaged("bad_json") }
    var fields: [String: String] = [:]
    if let code = reference.look(tree, path: "", into: &fields) { return damaged(code) }
    return .record(line: line, byte: offset, format.fields.map { fields[$0] }, raw: raw)
  }

  /// Collects the wanted values in the order of the text; gives the first code of damage.
  func look(_ json: JSON, path: String, into fields: inout [String: String]) -> String? {
    func inner(_ step: String) -> String { path.isEmpty ? step : path + "/" + step }
    let isField = format.fields.contains(path)
    switch json {
    case .object(let members):
      if isField { return "not_a_scalar" }
      var names: Set<String> = []
      for (name, value) in members where !name.contains("/") {
        let isWanted = format.fields.contains { $0 == inner(name) || $0.hasPrefix(inner(name) + "/") }
        if isWanted && !names.insert(name).inserted { return "repeated_field" }
        if isWanted, let code = look(value, path: inner(name), into: &fields) { return code }
      }
    case .array(let elements):
      if isField { return "not_a_scalar" }
      for (index, value) in elements.enumerated() {
        if let code = look(value, path: inner("\(index)"), into: &fields) { return code }
      }
    case .text(let text), .word(let text):
      guard isField else { return nil }
      if text.unicodeScalars.contains("\0") { return "nul_byte" }
      if text.utf8.count > format.maxFieldBytes { return "field_too_long" }
      fields[path] = text
    case .null: break
    }
    return nil
  }

  mutating func whole() throws -> JSON {
    blanks()
    let tree = try value(depth: 0)
    blanks()
    guard case .object = tree, at == scalars.count else { throw NoJSON() }
    return tree
  }

  var next: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

  mutating func blanks() { while let scalar = next, " \t\r\n".unicodeScalars.contains(scalar) { at += 1 } }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    at += 1
    return true
  }

  mutating func value(depth: Int) throws -> JSON {
    if next == "{" || next == "[" {
      guard depth < format.maxDepth else { throw NoJSON() }
      return next == "{" ? try object(depth: depth + 1) : try array(depth: depth + 1)
    }
    if next == "\"" { return .text(try text()) }
    let start = at
    while let scalar = next, !" \t\r\n,:]}".unicodeScalars.contains(scalar) { at += 1 }
    let word = String(String.UnicodeScalarView(scalars[start..<at]))
    if word == "null" { return .null }
    let number = /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+\-]?[0-9]+)?/
    guard word == "true" || word == "false" || word.wholeMatch(of: number) != nil else { throw NoJSON() }
    return .word(word)
  }

  mutating func object(depth: Int) throws -> JSON {
    at += 1
    blanks()
    var members: [(String, JSON)] = []
    if take("}") { return .object([]) }
    while true {
      guard next == "\"" else { throw NoJSON() }
      let name = try text()
      blanks()
      guard take(":") else { throw NoJSON() }
      blanks()
      members.append((name, try value(depth: depth)))
      blanks()
      if take("}") { return .object(members) }
      guard take(",") else { throw NoJSON() }
      blanks()
    }
  }

  mutating func array(depth: Int) throws -> JSON {
    at += 1
    blanks()
    var elements: [JSON] = []
    if take("]") { return .array([]) }
    while true {
      elements.append(try value(depth: depth))
      blanks()
      if take("]") { return .array(elements) }
      guard take(",") else { throw NoJSON() }
      blanks()
    }
  }

  mutating func text() throws -> String {
    at += 1
    // As UTF-16, in which surrogates are written; an unpaired one makes the whole ill-formed.
    var units: [UInt16] = []
    while !take("\"") {
      guard let scalar = next, scalar.value >= 0x20 else { throw NoJSON() }
      at += 1
      if scalar != "\\" {
        units += Array(String(scalar).utf16)
        continue
      }
      guard let letter = next else { throw NoJSON() }
      at += 1
      let short: [Unicode.Scalar: UInt16] = [
        "\"": 34, "\\": 92, "/": 47, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9,
      ]
      if let unit = short[letter] {
        units.append(unit)
      } else {
        guard letter == "u", at + 4 <= scalars.count else { throw NoJSON() }
        let digits = String(String.UnicodeScalarView(scalars[at..<at + 4]))
        guard digits.unicodeScalars.allSatisfy({ $0.properties.isASCIIHexDigit }), let unit = UInt16(digits, radix: 16)
        else { throw NoJSON() }
        units.append(unit)
        at += 4
      }
    }
    guard let text = String(validating: units, as: UTF16.self) else { throw NoJSON() }
    return text
  }
}
