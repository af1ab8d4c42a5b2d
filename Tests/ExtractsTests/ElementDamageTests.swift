import Basics
import Testing

@testable import Extracts

/// What spoils one record and not the document, however the bytes arrive.
@Suite struct ElementDamageTests {
  static let items = ElementFormat(recordPath: "a/b", fields: ["@x", "c"])

  func read(_ content: [UInt8], _ format: ElementFormat = items, piece: Int = .max) throws -> [DamagedRecord] {
    let reader = try ElementRecords(ExtractBytes(content, named: "t.xml", piece: piece), format: format)
    var list: [DamagedRecord] = []
    while let delivery = try reader.next() {
      if case .damaged(let damage) = delivery { list.append(damage) }
    }
    #expect(reader.recordCount == 2)
    return list
  }

  static let spoilt: [(inside: String, code: String, found: String)] = [
    ("<c>&nope;</c>", "undefined_entity", "an entity that is not declared at byte 26"),
    ("<c>&nbsp;&nbsp;</c>", "undefined_entity", "an entity that is not declared at byte 26"),
    ("<c>1</c>&自;", "undefined_entity", "an entity that is not declared at byte 31"),
    ("<d y='&e;'/>", "undefined_entity", "an entity that is not declared at byte 29"),
    ("<c>A & B</c>", "stray_ampersand", "an ampersand that begins no reference at byte 28"),
    ("<c>AT&T</c>", "stray_ampersand", "an ampersand that begins no reference at byte 28"),
    ("<c>&</c>", "stray_ampersand", "an ampersand that begins no reference at byte 26"),
    ("<c>&;</c>", "stray_ampersand", "an ampersand that begins no reference at byte 26"),
    ("<c>&1;</c>", "stray_ampersand", "an ampersand that begins no reference at byte 26"),
    ("<c>&#;</c>", "stray_ampersand", "an ampersand that begins no reference at byte 26"),
    ("<c>&#x;</c>", "stray_ampersand", "an ampersand that begins no reference at byte 26"),
    ("<c>&#1a;</c>", "stray_ampersand", "an ampersand that begins no reference at byte 26"),
    (
      "<c>&" + String(repeating: "a", count: 80) + ";</c>", "stray_ampersand",
      "an ampersand that begins no reference at byte 26"
    ),
    ("<c>&#0;</c>", "forbidden_character", "a character that XML forbids at byte 26"),
    ("<c>&#xD800;</c>", "forbidden_character", "a character that XML forbids at byte 26"),
    ("<c>&#xFFFE;</c>", "forbidden_character", "a character that XML forbids at byte 26"),
    ("<c>&#99999999999999999999;</c>", "forbidden_character", "a character that XML forbids at byte 26"),
    ("<c>\u{1}</c>", "forbidden_character", "a character that XML forbids at byte 26"),
    ("<c>1\u{1B}</c>", "forbidden_character", "a character that XML forbids at byte 27"),
    ("<c>\u{FFFE}</c>", "forbidden_character", "a character that XML forbids at byte 26"),
    ("<c>\u{FFFF}</c>", "forbidden_character", "a character that XML forbids at byte 26"),
    ("<![CDATA[\u{2}]]>", "forbidden_character", "a character that XML forbids at byte 32"),
    ("<!--\u{2}-->", "forbidden_character", "a character that XML forbids at byte 27"),
    ("<c>\0</c>", "nul_byte", "a NUL byte at byte 26"),
    ("<c y='\0'/>", "nul_byte", "a NUL byte at byte 29"),
    ("<c/><c/>", "repeated_field", "an element that stands more than once"),
  ]

  @Test(arguments: spoilt.indices) func oneRecordIsSpoilt(_ index: Int) throws {
    let (inside, code, found) = Self.spoilt[index]
    let record = "<b x='2'>\(inside)</b>"
    let content = Array("<a><b x='1'/>\n\(record)<b x='3'>&lt;&#65;&amp;</b></a>".utf8)
    for piece in 1...content.count {
      let list = try read(content, piece: piece)
      #expect(list.map(\.code.rawValue) == [code], "pieces of \(piece)")
      #expect(list.first?.found == found)
      #expect(list.first?.place == Place("t.xml", line: 2, byteOffset: 14))
      // The bytes are kept as they came.
      #expect(list.first?.raw == Array(record.utf8), "pieces of \(piece)")
    }
  }

  /// Offsets are those of the file, whatever its encoding.
  @Test func offsetsAreThoseOfTheFile() throws {
    let before = "<a><b><c>张伟</c></b>\r\n<b x='億'><c>何&amp;\u{5}</c>&x;</b>"
    let text = before + "<b/></a>"
    for encoding in ["utf8", "gb18030", "utf16le", "utf16be"] {
      let content = encode(text, encoding)
      let at = encode(String(before.prefix { $0 != "\u{5}" }), encoding).count
      for piece in 1...content.count {
        var format = Self.items
        if encoding == "gb18030" { format.encoding = .gb18030 }
        let list = try read(content, format, piece: piece)
        #expect(list.map(\.found) == ["a character that XML forbids at byte \(at)"], "\(encoding), pieces of \(piece)")
        let start = encode("<a><b><c>张伟</c></b>\r\n", encoding).count
        #expect(list.first?.place == Place("t.xml", line: 2, byteOffset: start))
      }
    }
  }

  private func encode(_ text: String, _ encoding: String) -> [UInt8] {
    switch encoding {
    case "gb18030": encodeGB18030(text)
    case "utf16le": [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case "utf16be": [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    default: Array(text.utf8)
    }
  }

  @Test func badSequencesAreNamedByEncoding() throws {
    let head = "<a><b/><b><c>"
    let tail = "</c></b><b/></a>"
    let utf16: (String) -> [UInt8] = { $0.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }
    let cases: [(content: [UInt8], encoding: TextEncoding?, found: String, expected: String)] = [
      (Array(head.utf8) + [0xE5, 0xBC] + Array(tail.utf8), nil, "13", "UTF-8"),
      (Array(head.utf8) + [0xF8] + Array(tail.utf8), nil, "13", "UTF-8"),
      (Array(head.utf8) + [0x81, 0x20] + Array(tail.utf8), .gb18030, "13", "GB18030"),
      ([0xFF, 0xFE] + utf16(head) + [0x00, 0xD8] + utf16(tail), nil, "28", "UTF-16"),
      ([0xFF, 0xFE] + utf16(head) + [0x00, 0xDC] + utf16(tail), .utf16, "28", "UTF-16"),
    ]
    for (content, encoding, found, expected) in cases {
      var format = Self.items
      format.encoding = encoding
      for piece in 1...content.count {
        let list = try read(content, format, piece: piece)
        #expect(list.map(\.found) == ["an invalid sequence at byte \(found)"], "\(expected), pieces of \(piece)")
        #expect(list.first?.expected == "text in \(expected)")
      }
    }
  }

  @Test func longValuesSpoilTheirRecord() throws {
    var format = Self.items
    format.maxTextBytes = 10
    let cases: [(inside: String, found: String?)] = [
      ("<b x='1234567890'><c>1234567890</c></b>", nil),
      ("<b><c>12345678901</c></b>", "a longer text of c"),
      ("<b><c>12345<![CDATA[678901]]></c></b>", "a longer text of c"),
      ("<b><c>1</c><d>12345678901</d></b>", nil),
      ("<b x='12345678901'/>", "a longer attribute"),
      ("<b><d y='12345678901'/></b>", "a longer attribute"),
    ]
    for (record, found) in cases {
      for piece in [1, 7, .max] {
        let more = found == nil ? "<b/>" : "<b/><b/>"
        let list = try read(Array("<a>\(more)\(record)</a>".utf8), format, piece: piece)
        #expect(list.map(\.code) == (found == nil ? [] : [.fieldTooLong]))
        #expect(list.first?.found == found)
      }
    }
  }

  /// A text of 50 MB is one damaged record, and no more of it is held than the limits say.
  @Test func memoryStaysFlat() throws {
    for (start, end) in [("<c>", "</c>"), ("<![CDATA[", "]]>"), ("<c><d>", "</d></c>")] {
      let content =
        Array("<a><b/><b>\(start)".utf8) + [UInt8](repeating: 0x79, count: 50 << 20) + Array("\(end)</b><b/></a>".utf8)
      let text = ElementText(ExtractBytes(content, named: "t"), encoding: nil)
      let reader = try ElementRecords(text, format: Self.items)
      let list = try outcomes(reader)
      #expect(list.map { $0.fields == nil ? "x" : "." }.joined() == ".x.")
      #expect(text.capacity < 4 << 20)
    }
  }

  @Test func aDamagedRecordKeepsItsFirstFlawOnly() throws {
    let flaws = String(repeating: "&x;\u{1}", count: 100_000)
    let list = try read(Array("<a><b/><b>\(flaws)</b><b/></a>".utf8))
    #expect(list.map(\.found) == ["an entity that is not declared at byte 10"])
  }
}
