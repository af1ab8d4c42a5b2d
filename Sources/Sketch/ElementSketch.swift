/// Recognises the element of an XML document that is one record: the one that repeats the most.
struct ElementSketch {
  /// From the root.
  let recordPath: String
  /// Paths from the record, as definitions write them, in order of appearance.
  let names: [String]
  /// A value a name; nil where the element is not there.
  let records: [[String?]]
  let hasDocumentType: Bool

  /// Nil where the text is no XML or has no element with content.
  init?(_ text: String) {
    var scanner = ElementScanner(text)
    let elements = scanner.elements()
    hasDocumentType = scanner.hasDocumentType
    guard let record = Self.recordPath(of: elements) else { return nil }
    recordPath = record.joined(separator: "/")
    var names: [String] = []
    var records: [[String: String]] = []
    // By their paths from the record: how often in this one, and which stand more than once in any.
    var counts: [String: Int] = [:]
    var repeated: Set<String> = []
    for element in elements where element.path.starts(with: record) {
      if element.path.count == record.count {
        records.append([:])
        counts = [:]
      }
      guard !records.isEmpty else { continue }
      let below = element.path.dropFirst(record.count).joined(separator: "/")
      counts[below, default: 0] += 1
      if counts[below] == 2 { repeated.insert(below) }
      var values = element.attributes.map { (below.isEmpty ? "@\($0.name)" : "\(below)/@\($0.name)", $0.value) }
      if element.isLeaf, !element.text.isEmpty || element.attributes.isEmpty {
        values.append((below.isEmpty ? "." : below, element.text))
      }
      if element.path.count == record.count {
        for (level, above) in element.above.enumerated() {
          values += above.map {
            (String(repeating: "../", count: element.above.count - level) + "@\($0.name)", $0.value)
          }
        }
      }
      for (name, value) in values where !(name == "." && value.isEmpty) {
        if !names.contains(name) { names.append(name) }
        if records[records.count - 1][name] == nil { records[records.count - 1][name] = value }
      }
    }
    self.names = names.map { Self.path($0, choosingFirstOf: repeated) }
    self.records = records.map { record in names.map { record[$0] } }
  }

  /// `phones/phone[1]/@kind` where a record has several `phones/phone`: without a choice it would cost the record.
  private static func path(_ name: String, choosingFirstOf repeated: Set<String>) -> String {
    let steps = name.split(separator: "/")
    for count in 1...steps.count {
      let path = steps.prefix(count).joined(separator: "/")
      if repeated.contains(path) { return ([path + "[1]"] + steps.dropFirst(count)).joined(separator: "/") }
    }
    return name
  }

  /// Of the paths with something in them, the one that stands most often; of equals, the one nearest the root.
  private static func recordPath(of elements: [ElementScanner.Element]) -> [String]? {
    let candidates = elements.filter { $0.path.count > 1 && (!$0.isLeaf || !$0.attributes.isEmpty) }
    // A text with an attribute, such as one of several phones, is a value, unless nothing else can be a record.
    let records = candidates.filter { !$0.isLeaf || ColumnProfile.trimmed($0.text).isEmpty }
    var counts: [[String]: Int] = [:]
    for element in records.isEmpty ? candidates : records { counts[element.path, default: 0] += 1 }
    return counts.max { a, b in
      if a.value != b.value { return a.value < b.value }
      if a.key.count != b.key.count { return a.key.count > b.key.count }
      return a.key.joined(separator: "/") > b.key.joined(separator: "/")
    }?.key
  }
}

/// Walks over the tags of a document without judging it; entities but the five stay as they are.
struct ElementScanner {
  struct Element {
    /// Local names from the root.
    var path: [String]
    var attributes: [(name: String, value: String)]
    /// The attributes of the elements around it, from the root's child on; the root's own describe the document.
    var above: [[(name: String, value: String)]]
    var text = ""
    var isLeaf = true
  }

  private let bytes: [UInt8]
  private var at = 0
  private(set) var hasDocumentType = false

  init(_ text: String) { bytes = Array(text.utf8) }

  /// Every element whose start tag is there, in document order.
  mutating func elements() -> [Element] {
    var elements: [Element] = []
    var open: [Int] = []
    while let start = bytes[at...].firstIndex(of: UInt8(ascii: "<")) {
      if let innermost = open.last, elements[innermost].isLeaf {
        elements[innermost].text += Self.unescaped(String(decoding: bytes[at..<start], as: UTF8.self))
      }
      at = start
      guard let tag = tag() else { break }
      if tag.hasPrefix("!") || tag.hasPrefix("?") {
        if tag.hasPrefix("!DOCTYPE") { hasDocumentType = true }
      } else if tag.hasPrefix("/") {
        _ = open.popLast()
      } else {
        if let parent = open.last { elements[parent].isLeaf = false }
        elements.append(Self.element(tag, in: open.map { elements[$0] }))
        if !tag.hasSuffix("/") { open.append(elements.count - 1) }
      }
    }
    return elements
  }

  /// The next tag without its brackets; `>` in quotes does not end it.
  private mutating func tag() -> String? {
    let start = at + 1
    for (opening, closing) in [("!--", "-->"), ("![CDATA[", "]]>")] where bytes[start...].starts(with: opening.utf8) {
      let end = Array(closing.utf8)
      var index = start + opening.utf8.count
      while index + end.count <= bytes.count, !bytes[index...].starts(with: end) { index += 1 }
      at = min(bytes.count, index + end.count)
      return "!"
    }
    var quote: UInt8?
    for index in bytes[start...].indices {
      let byte = bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        at = index + 1
        return String(decoding: bytes[start..<index], as: UTF8.self)
      }
    }
    return nil
  }

  private static func element(_ tag: String, in around: [Element]) -> Element {
    let body = tag.hasSuffix("/") ? tag.dropLast() : tag[...]
    let end = body.firstIndex(where: \.isWhitespace) ?? body.endIndex
    var attributes: [(name: String, value: String)] = []
    var rest = body[end...]
    while let equals = rest.firstIndex(of: "=") {
      let name = rest[..<equals].filter { !$0.isWhitespace }
      let value = rest[equals...].dropFirst().drop(while: \.isWhitespace)
      guard let quote = value.first, let close = value.dropFirst().firstIndex(of: quote) else { break }
      if !name.hasPrefix("xmlns") {
        attributes.append((local(name), unescaped(String(value[value.index(after: value.startIndex)..<close]))))
      }
      rest = value[value.index(after: close)...]
    }
    return Element(
      path: (around.last?.path ?? []) + [local(String(body[..<end]))], attributes: attributes,
      above: around.dropFirst().map(\.attributes))
  }

  private static func local(_ name: String) -> String { String(name.split(separator: ":").last ?? "") }

  private static func unescaped(_ text: String) -> String {
    if !text.contains("&") { return text }
    return text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&apos;", with: "'").replacing("&amp;", with: "&")
  }
}
