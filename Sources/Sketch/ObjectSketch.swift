/// Recognises JSON Lines: one object a line, its scalar values by their paths.
struct ObjectSketch {
  /// Paths from the object, as definitions write them, in order of appearance.
  let names: [String]
  /// A value a name; nil where the object lacks it or says null.
  let records: [[String?]]

  /// Nil where fewer than nine lines in ten are objects.
  init?(_ lines: [String]) {
    let sample = lines.prefix(2_000)
    let objects = sample.compactMap { line -> [(path: String, value: String?)]? in
      guard line.drop(while: \.isWhitespace).first == "{" else { return nil }
      var scanner = ObjectScanner(line)
      return scanner.values()
    }
    guard !objects.isEmpty, objects.count * 10 >= sample.count * 9 else { return nil }
    var names: [String] = []
    var known: Set<String> = []
    for (path, _) in objects.joined() where known.insert(path).inserted { names.append(path) }
    self.names = names
    records = objects.map { object in
      let values = Dictionary(object.map { ($0.path, $0.value) }, uniquingKeysWith: { first, _ in first })
      return names.map { values[$0] ?? nil }
    }
  }
}

/// Walks over one JSON object; lists are passed over.
struct ObjectScanner {
  private let bytes: [UInt8]
  private var at = 0

  init(_ line: String) { bytes = Array(line.utf8) }

  /// Nil where the text is no object.
  mutating func values() -> [(path: String, value: String?)]? {
    var values: [(path: String, value: String?)] = []
    guard object([], &values) else { return nil }
    skipBlanks()
    return at == bytes.count ? values : nil
  }

  private mutating func object(_ path: [String], _ values: inout [(path: String, value: String?)]) -> Bool {
    guard take("{") else { return false }
    if take("}") { return true }
    repeat {
      guard let key = string(), take(":"), value(path + [key], &values) else { return false }
    } while take(",")
    return take("}")
  }

  private mutating func value(_ path: [String], _ values: inout [(path: String, value: String?)]) -> Bool {
    skipBlanks()
    guard at < bytes.count, path.count < 32 else { return false }
    switch bytes[at] {
    case UInt8(ascii: "{"): return object(path, &values)
    case UInt8(ascii: "["): return list()
    case UInt8(ascii: "\""):
      guard let text = string() else { return false }
      values.append((path.joined(separator: "/"), text))
      return true
    default:
      let start = at
      while at < bytes.count, !",}] \t".utf8.contains(bytes[at]) { at += 1 }
      let word = String(decoding: bytes[start..<at], as: UTF8.self)
      values.append((path.joined(separator: "/"), word == "null" ? nil : word))
      return !word.isEmpty
    }
  }

  private mutating func list() -> Bool {
    guard take("[") else { return false }
    if take("]") { return true }
    var ignored: [(path: String, value: String?)] = []
    repeat {
      guard value(["0"], &ignored) else { return false }
    } while take(",")
    return take("]")
  }

  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    var text: [UInt8] = []
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      if byte != UInt8(ascii: "\\") {
        text.append(byte)
      } else if at < bytes.count {
        // What stands behind the escape does not matter to a sketch, only that it is one character.
        text.append(bytes[at])
        at += 1
      }
    }
    return nil
  }

  private mutating func skipBlanks() {
    while at < bytes.count, bytes[at] == 32 || bytes[at] == 9 { at += 1 }
  }

  private mutating func take(_ sign: UnicodeScalar) -> Bool {
    skipBlanks()
    guard at < bytes.count, bytes[at] == UInt8(ascii: sign) else { return false }
    at += 1
    return true
  }
}
