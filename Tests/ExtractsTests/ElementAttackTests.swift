import Basics
import Testing

@testable import Extracts

/// Documents made to cost much, to say what must not be said, or to be read otherwise than they stand.
@Suite struct ElementAttackTests {
  static let items = ElementFormat(recordPath: "a/b", fields: ["@x", "c"])

  func refusal(_ text: String, piece: Int = .max, format: ElementFormat = items) -> Problem? {
    problem {
      _ = try outcomes(ElementRecords(ExtractBytes(Array(text.utf8), named: "t.xml", piece: piece), format: format))
    }
  }

  func read(_ text: String, piece: Int = .max) throws -> [Outcome] {
    try outcomes(ElementRecords(ExtractBytes(Array(text.utf8), named: "t.xml", piece: piece), format: Self.items))
  }

  /// libxml2 keeps every name in a table of fixed size: a million of them took it 20 s.
  @Test func namesAreCounted() throws {
    let names = (0..<20_000).map { "<n\($0)/>" }.joined()
    for text in ["<a><b/>\(names)</a>", "<a><b/>" + (0..<20_000).map { "<n a\($0)=''/>" }.joined() + "</a>"] {
      let found = refusal(text, piece: 64 << 10)
      #expect(found?.code == "xml_limit")
      #expect(
        found?.message == "the document has too many different names, after 1 sound and 0 damaged records")
      #expect(found?.expected == "at most 16384 names")
    }
    #expect(try read("<a>" + (0..<16_000).map { "<n\($0)/>" }.joined() + "<b/></a>").count == 1)
  }

  /// Each prefix is looked for among all that are declared: 15,000 of them made libxml2 a hundred times as slow.
  @Test func namespacesInScopeAreCounted() throws {
    func nested(_ levels: Int) -> String {
      let declarations = (0..<100).map { "xmlns:n\($0)='u\($0)'" }.joined(separator: " ")
      let opened = String(repeating: "<o \(declarations)>", count: levels)
      return "<a>" + opened + String(repeating: "<n7:p/>", count: 1000) + String(repeating: "</o>", count: levels)
        + "<b/></a>"
    }
    #expect(try read(nested(2), piece: 1000).count == 1)
    let found = refusal(nested(3), piece: 1000)
    #expect(found?.message == "too many namespaces are declared at once, after 0 sound and 0 damaged records")
    #expect(found?.expected == "at most 256 namespaces")
  }

  static let silent = [
    ("<a><b><c><张伟></c></b></a>", "found an end tag of another element than the open one, expected well-formed XML"),
    ("<a><b><c 张伟='1' 张伟='2'/></b></a>", "found an attribute that stands twice, expected well-formed XML"),
    ("<a><b><c 张伟/></b></a>", "found an attribute without a value, expected well-formed XML"),
    ("<a><b><张:伟/></b></a>", "found a prefix that is not declared, expected well-formed XML"),
    ("<a><b><c><张伟>", "found the end of the file, expected an end tag"),
    ("<a><b><c><?张:伟?></c></b></a>", "found what libxml2 refuses by its error 205, expected well-formed XML"),
    ("<a><b><c>", "found the end of the file, expected </c>"),
    ("<a><b></c></b></a>", "found Opening and ending tag mismatch: b line 1 and c, expected well-formed XML"),
  ]

  /// What stands where a name should may be somebody's.
  @Test(arguments: silent.indices) func noValueStandsInAMessage(_ index: Int) {
    let (text, words) = Self.silent[index]
    let found = refusal(text)?.description ?? "nothing"
    #expect(found.contains("; \(words). "), "\(found)")
    #expect(!found.contains("张") && !found.contains("伟"))
  }

  static let readings = [
    // Line ends are line feeds, in CDATA as well; a character reference stays what it is.
    ("<a><b><c><![CDATA[1\r\n2\r3\n4\r\n]]></c></b></a>", "record 1@3 [\"nil\", \"1\\n2\\n3\\n4\\n\"]"),
    ("<a><b><c>1\r\n2\r3&#13;&#xD;\n</c></b></a>", "record 1@3 [\"nil\", \"1\\n2\\n3\\r\\r\\n\"]"),
    ("<a><b x=' 1\r\n2\r3\t&#9;&#10;'/></a>", "record 1@3 [\" 1 2 3 \\t\\n\", \"nil\"]"),
    ("<a>\r\r\n\r<b/></a>", "record 4@7 [\"nil\", \"nil\"]"),
    // A namespace may have any name.
    ("<a xmlns:y='银行 业务'><b x='1'><y:c>2</y:c></b></a>", "record 1@27 [\"1\", \"2\"]"),
    ("<a><b><c>]] ]]&gt;<![CDATA[]]]]><![CDATA[>]]></c></b></a>", "record 1@3 [\"nil\", \"]] ]]>]]>\"]"),
    ("<?xml version='1.0' standalone='no'?><a><b x='1'/></a>", "record 1@40 [\"1\", \"nil\"]"),
  ]

  @Test(arguments: readings.indices) func isReadAsItStands(_ index: Int) throws {
    let (text, record) = Self.readings[index]
    for piece in 1...text.utf8.count {
      #expect(try read(text, piece: piece).map(\.description) == [record], "pieces of \(piece)")
    }
  }

  @Test(arguments: [
    "<a><b><c>1]]>2</c></b></a>", "<a><b><c>]]&gt;]]></c></b></a>", "<!DOCTYPEa><a><b/></a>",
    "<?xml version='1.0' standalone='maybe'?><a><b x='1'/></a>", "\n<?xml version='1.0'?><a><b/></a>",
    "<a><b/></a>&amp;", "<a><b/></a>&am", "<a><b/></a><![CDATA[]]>", "<a><b/><!-- -- --></a>",
  ])
  func isRefusedHoweverItIsCut(text: String) {
    var format = Self.items
    format.allowsDocumentType = true
    for piece in 1...text.utf8.count {
      let found = refusal(text, piece: piece, format: format)
      #expect(found?.code == (text.hasPrefix("<!D") ? "document_type_refused" : "malformed_xml"), "pieces of \(piece)")
    }
  }
}
