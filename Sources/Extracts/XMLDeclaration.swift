import Basics

/// What the beginning of an XML document says of its encoding: its byte-order mark and its XML declaration.
struct XMLDeclaration {
  private var marked: TextEncoding?
  private var declared: TextEncoding?
  private(set) var markLength = 0
  private(set) var isBigEndian = false

  /// - Throws: `unsupported_encoding` for a declared encoding that is not known.
  init(_ head: UnsafeBufferPointer<UInt8>, in file: String) throws(Problem) {
    for encoding in TextEncoding.allCases {
      for mark in encoding.marks where head.starts(with: mark) {
        marked = encoding
        markLength = mark.count
        isBigEndian = mark == [0xFE, 0xFF]
      }
    }
    // The declaration is ASCII: of UTF-16 every other byte is it.
    var ascii = Array(head.dropFirst(markLength))
    if marked == .utf16 { ascii = ascii.indices.filter { $0 % 2 == (isBigEndian ? 1 : 0) }.map { ascii[$0] } }
    guard let label = Self.label(ascii) else { return }
    guard let encoding = TextEncoding(label: label) ?? (label.uppercased() == "UTF-16" ? .utf16 : nil) else {
      throw Problem(
        "unsupported_encoding", "the document declares an encoding that cannot be read", at: Place(file, line: 1),
        found: String(label.prefix(32)), expected: "UTF-8, GB18030 or UTF-16")
    }
    declared = encoding
  }

  /// The encoding to read by; what is given, marked and declared must agree, and UTF-16 must be marked.
  /// - Throws: `encoding_mismatch`.
  func settle(given: TextEncoding?, in file: String) throws(Problem) -> TextEncoding {
    if let declared, let given, declared != given {
      throw Problem(
        "encoding_mismatch", "the document declares another encoding than its source's definition",
        at: Place(file, line: 1), found: declared.rawValue, expected: given.rawValue,
        advice: "Correct the definition, or leave the encoding out of it")
    }
    let settled = given ?? declared ?? marked ?? .utf8
    if settled != marked, marked != nil || settled == .utf16 {
      throw Problem(
        "encoding_mismatch", "the document's byte-order mark does not fit its encoding", at: Place(file, line: 1),
        found: marked.map { "the mark of \($0.rawValue)" } ?? "no mark", expected: settled.rawValue,
        advice: "Ask the source system to declare the encoding that it writes, or correct the definition")
    }
    return settled
  }

  /// Whether more bytes tell no more: the declaration has ended, or there is none.
  static func isComplete(_ head: UnsafeBufferPointer<UInt8>) -> Bool {
    // A mark of four bytes and `<?xml` in UTF-16.
    if head.count < 14 { return false }
    let text = String(decoding: head.filter { $0 != 0 }, as: UTF8.self)
    return !text.prefix(10).contains("<?xml") || text.contains("?>")
  }

  /// What stands as `encoding` in `<?xml …?>`.
  private static func label(_ head: [UInt8]) -> String? {
    let text = String(decoding: head, as: UTF8.self)
    guard text.hasPrefix("<?xml"), let end = text.firstRange(of: "?>"),
      let word = text[..<end.lowerBound].firstRange(of: "encoding")
    else { return nil }
    let rest = text[word.upperBound..<end.lowerBound].drop { $0 == "=" || $0.isWhitespace }
    guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
    return String(rest.dropFirst().prefix { $0 != quote })
  }
}
