import Basics
import Testing

@testable import Extracts

/// Documents that end in a problem: where it is, and that everything before it is accounted for.
@Suite struct ElementRefusalTests {
  static let items = ElementFormat(recordPath: "a/b", fields: ["@x", "c"])

  struct Refused: CustomTestStringConvertible {
    var text: String
    var code: String
    var line: Int?
    var byte: Int?
    var expected: String?
    /// Sound and damaged records before it.
    var sound = 0
    var damaged = 0

    var testDescription: String { "\(text.prefix(60))" }

    init(
      _ text: String, _ code: String, _ line: Int?, _ byte: Int?, _ expected: String?, sound: Int = 0, damaged: Int = 0
    ) {
      self.text = text
      self.code = code
      self.line = line
      self.byte = byte
      self.expected = expected
      self.sound = sound
      self.damaged = damaged
    }
  }

  static let xml = "well-formed XML"
  static let noType = "a document without <!DOCTYPE>"
  static let refused = [
    Refused("", "truncated_xml", 1, 0, "an XML document"),
    Refused("<a><b x='1'/>\n<b x='2'>", "truncated_xml", 2, 23, "</b>", sound: 1),
    Refused("<a><b x='1'/>\n<b x='2'", "truncated_xml", 2, 22, "</a>", sound: 1),
    Refused("<a><b x='1'/>\n<b x='2'>text", "truncated_xml", 2, 27, "</b>", sound: 1),
    Refused("<a><b x='1'/>\n", "truncated_xml", 2, 14, "</a>", sound: 1),
    Refused("<a><b x='&e;'/>\n<b x='1'/>\n<b>", "truncated_xml", 3, 30, "</b>", sound: 1, damaged: 1),
    Refused("\0<a code='1'>.0 ", "malformed_xml", nil, 0, "text without NUL bytes"),
    Refused("<!-- ", "truncated_xml", 1, 5, "the end of a tag or comment"),
    Refused("<a><![CDATA[ ]] >", "truncated_xml", 1, 17, "</a>"),
    Refused("<a><b x='1'/>\n</c></a>", "malformed_xml", 2, 18, xml, sound: 1),
    Refused("<a><b x='1'/>\n<b x=2/></a>", "malformed_xml", 2, 19, xml, sound: 1),
    Refused("<a><b x='1'/>\n<b x='<'/></a>", "malformed_xml", 2, 20, xml, sound: 1),
    Refused("<a><b x='1'/>\n<b x='1' x='1'/></a>", "malformed_xml", 2, 28, xml, sound: 1),
    Refused("<a><b x='1'/>\n</a><a/>", "malformed_xml", 2, 18, xml, sound: 1),
    Refused("<a><b x='1'/>\n<n:b/></a>", "malformed_xml", 2, 18, xml, sound: 1),
    Refused(
      "<a><b x='1'/>\n&nope;</a>", "malformed_xml", nil, 14, "&lt; &gt; &amp; &apos; &quot; or a character's number",
      sound: 1),
    Refused("<a><b x='1'/>\n<!-- \0 --></a>", "malformed_xml", nil, 19, "text without NUL bytes", sound: 1),
    Refused("<a><b x='1'/>\n<?p \u{1}?></a>", "malformed_xml", nil, 18, "characters that XML allows", sound: 1),
    // A flaw outside of the records that is seen at the next record's own attributes.
    Refused(
      "<a><b x='1'/>\n&nope;<b x='2'/></a>", "malformed_xml", nil, 14,
      "&lt; &gt; &amp; &apos; &quot; or a character's number",
      sound: 1),
    Refused("<?xml version='1.1'?><a><b x='1'/>\n</a>", "malformed_xml", 1, 19, xml),
    Refused(
      "<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "unsupported_encoding", 1, nil, "UTF-8, GB18030 or UTF-16"),
    // Document types: billion laughs, external and parameter entities, external document types.
    Refused("<!DOCTYPE a><a/>", "document_type_refused", 1, 0, noType),
    Refused("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "document_type_refused", 1, 0, noType),
    Refused("<!DOCTYPE a PUBLIC '-//x' 'http://192.0.2.1/x.dtd'><a/>", "document_type_refused", 1, 0, noType),
    Refused(
      "\n<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a><b>&e;</b></a>", "document_type_refused", 2, 1, noType
    ),
    Refused(
      "<!DOCTYPE a [<!ENTITY l 'ha'><!ENTITY m '&l;&l;&l;&l;'>]><a>&m;</a>", "document_type_refused", 1, 0, noType),
    Refused("<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://192.0.2.1/'> %p;]><a/>", "document_type_refused", 1, 0, noType),
    Refused("<a><!ELEMENT b ANY></a>", "document_type_refused", 1, 3, noType),
    // Limits.
    Refused("<a>" + String(repeating: "<d>", count: 70), "xml_limit", 1, 192, "at most 64 levels"),
    Refused("<a>" + String(repeating: "<d>", count: 63) + "<d/>", "xml_limit", 1, 192, "at most 64 levels"),
    Refused(
      "<a><b x='1'/>\n<b " + (0..<40_000).map { "a\($0)='' " }.joined() + "/></a>", "xml_limit", 2, 14,
      "at most 256 attributes", sound: 1),
    Refused(
      "<a><b x='" + String(repeating: "y", count: 300_000) + "'/></a>", "xml_limit", 1, 3, "at most 262144 bytes"),
    Refused("<a><" + String(repeating: "y", count: 2000) + "/></a>", "xml_limit", 1, 3, "at most 1024 bytes"),
    Refused("<a><b " + String(repeating: "y", count: 2000) + "=''/></a>", "xml_limit", 1, 3, "at most 1024 bytes"),
    Refused("<a></" + String(repeating: "a", count: 2000) + "></a>", "xml_limit", 1, 3, "at most 1024 bytes"),
    Refused("<a><!--" + String(repeating: "y", count: 1 << 20) + "--></a>", "xml_limit", 1, 3, "at most 1048576 bytes"),
    Refused("<a><?p " + String(repeating: "y", count: 1 << 20) + "?></a>", "xml_limit", 1, 3, "at most 1048576 bytes"),
  ]

  @Test(arguments: refused.indices)
  func refuses(_ index: Int) throws {
    let refused = Self.refused[index]
    let content = Array(refused.text.utf8)
    for piece in content.count < 200 ? Array(1...content.count + 1) : [.max, 10_000] {
      let reader = try ElementRecords(ExtractBytes(content, named: "t.xml", piece: piece), format: Self.items)
      let found = problem { while try reader.next() != nil {} }
      #expect(found?.code == refused.code)
      #expect(found?.place == Place("t.xml", line: refused.line, byteOffset: refused.byte), "pieces of \(piece)")
      #expect(found?.expected == refused.expected)
      // What stood before the damage was delivered, and is counted in the message.
      #expect(reader.recordCount == refused.sound)
      #expect(reader.damagedCount == refused.damaged)
      if refused.code != "unsupported_encoding" {
        let account = "after \(refused.sound) sound and \(refused.damaged) damaged records"
        #expect(found?.message.hasSuffix(account) == true)
      }
      #expect(throws: Problem.self) { try reader.next() }
    }
  }

  static let texts: [(text: String, description: String)] = [
    (
      "<a><b/>\n<b>",
      "t.xml:2: error [truncated_xml]: the document ends too early, after 1 sound and 0 damaged records; "
        + "found the end of the file, expected </b>. Ask the source system to deliver the file again."
    ),
    (
      "<a><b/>\n</b></a>",
      "t.xml:2: error [malformed_xml]: the document is not well-formed, after 1 sound and 0 damaged records; found "
        + "Opening and ending tag mismatch: a line 1 and b, expected well-formed XML. "
        + "Ask the source system to deliver the file again."
    ),
    (
      "<a><b/>\n<b>see <王芳> and <K13800138000></b></a>",
      "t.xml:2: error [malformed_xml]: the document is not well-formed, after 1 sound and 0 damaged records; found "
        + "an end tag of another element than the open one, expected well-formed XML. "
        + "Ask the source system to deliver the file again."
    ),
    (
      "<a><b/>&x;</a>",
      "t.xml, byte 7: error [malformed_xml]: what stands outside the records is damaged, after 1 sound and 0 damaged "
        + "records; found an entity that is not declared at byte 7, expected &lt; &gt; &amp; &apos; &quot; or a "
        + "character's number. Ask the source system to deliver the file again."
    ),
    (
      "<a><b>" + String(repeating: "<c>", count: 70),
      "t.xml:1: error [xml_limit]: elements are nested too deeply, after 0 sound and 0 damaged records; "
        + "found more than 64 levels, expected at most 64 levels."
    ),
    (
      "<!DOCTYPE a><a/>",
      "t.xml:1: error [document_type_refused]: the document has a document type or other declaration, after 0 sound "
        + "and 0 damaged records; expected a document without <!DOCTYPE>. Ask the source system to leave it out."
    ),
    (
      "<z/>",
      "t.xml:1: error [other_document]: the outermost element is not that of the records' path; found <z>, expected "
        + "<a>. Ask the source system to deliver the file again, or correct `record`."
    ),
  ]

  @Test(arguments: texts.indices) func says(_ index: Int) {
    let (text, description) = Self.texts[index]
    let found = problem {
      let reader = try ElementRecords(ExtractBytes(Array(text.utf8), named: "t.xml"), format: Self.items)
      while try reader.next() != nil {}
    }
    #expect(found?.description == description)
  }

  /// What would take libxml2 long is refused before it is given: the tag is none of those it is fed.
  @Test func theScannerRefusesBeforeFeeding() throws {
    var attributes = "<a><b "
    for index in 0..<40_000 { attributes += "a\(index)='' " }
    let text = ElementText(ExtractBytes(Array((attributes + "/></a>").utf8), named: "t"), encoding: nil)
    try text.extend(keepingFrom: 0)
    var scanner = TagScanner(Self.items)
    let tags = Growable<Extracts.Tag>(capacity: 4)
    #expect(throws: TagScanner.Refusal.tooManyAttributes) { try scanner.scan(text, into: tags) }
    #expect(tags.count == 1)
    #expect(scanner.complete == 3)
  }

  @Test func libxml2StopsAtDocumentTypesByItself() throws {
    let text = ElementText(ExtractBytes([], named: "t"), encoding: nil)
    let parser = try ElementParser(Self.items, plan: try ElementPlan(Self.items), text: text)
    let content = Array("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>".utf8)
    content.withUnsafeBufferPointer { parser.feed($0) }
    parser.finish()
    #expect(parser.builder.failure?.code == "document_type_refused")
  }

  static let allowed = [
    "<!DOCTYPE a>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>",
    "<!DOCTYPE a PUBLIC '-//x>' \"http://192.0.2.1/x.dtd\">",
    "<!DOCTYPE a [\n<!ENTITY e SYSTEM 'file:///etc/passwd'>\n]>",
    "<!DOCTYPE a [<!ENTITY l 'ha'><!ENTITY e '&l;&l;&l;&l;'>]>",
    "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://192.0.2.1/'> %p; <!ENTITY e ']>'>]>",
    "<!DOCTYPE a [<!-- ' ]> --><?p \" ]> ?><!ATTLIST b x CDATA 'default'>]>",
  ]

  /// Where a document type is allowed it is passed over: it declares nothing and gives no attribute a value.
  @Test(arguments: allowed) func documentTypesHaveNoEffect(type: String) throws {
    var format = Self.items
    format.allowsDocumentType = true
    let text = "<?xml version='1.0'?>\n\(type)\n<a>\n<b><c>&e;</c></b><b><c>2</c></b></a>"
    let start = text.utf8.count - "<b><c>&e;</c></b><b><c>2</c></b></a>".utf8.count
    let line = text.utf8.count { $0 == 10 } + 1
    let expected = [
      "damaged \(line)@\(start) undefined_entity lines 1 raw 17", "record \(line)@\(start + 17) [\"nil\", \"2\"]",
    ]
    for piece in 1...text.utf8.count {
      let reader = try ElementRecords(ExtractBytes(Array(text.utf8), named: "t", piece: piece), format: format)
      #expect(try outcomes(reader).map(\.description) == expected, "pieces of \(piece)")
    }
  }

  @Test func documentTypesStandOnceAndInFront() {
    var format = Self.items
    format.allowsDocumentType = true
    for text in ["<!DOCTYPE a><!DOCTYPE a><a/>", "<a><!DOCTYPE a></a>", "<!DUCTYPE a><a/>"] {
      let found = problem {
        _ = try outcomes(ElementRecords(ExtractBytes(Array(text.utf8), named: "t"), format: format))
      }
      #expect(found?.code == "document_type_refused", "\(text)")
    }
    let long = "<!DOCTYPE a [<!--" + String(repeating: "x", count: 1 << 20) + "-->]><a/>"
    let found = problem { _ = try outcomes(ElementRecords(ExtractBytes(Array(long.utf8), named: "t"), format: format)) }
    #expect(found?.message == "the document type is too long, after 0 sound and 0 damaged records")
  }
}
