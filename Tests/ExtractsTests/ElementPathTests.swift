import Basics
import Testing

@testable import Extracts

@Suite struct ElementPathTests {
  func read(_ text: String, _ format: ElementFormat) throws -> [[String?]] {
    var first: [Outcome] = []
    for piece in [Int.max, 1, 5] {
      let list = try outcomes(ElementRecords(ExtractBytes(Array(text.utf8), named: "t", piece: piece), format: format))
      if piece == .max { first = list }
      #expect(list == first)
    }
    return first.map { $0.fields ?? ["damaged"] }
  }

  static let phones = """
    <a><b><phone type='home' no='1'>010</phone><x><phone>no</phone></x>
    <phone type='mobile' no='2'>139</phone><phone no='3'/></b><b><phone type='mobile'>138</phone></b><b/></a>
    """

  static let chosen: [(path: String, values: [String?])] = [
    ("phone", ["damaged", "138", nil]),
    ("phone[1]", ["010", "138", nil]),
    ("phone[2]", ["139", nil, nil]),
    ("phone[3]", ["", nil, nil]),
    ("phone[*]", ["010;139;", "138", nil]),
    ("phone[@type='mobile']", ["139", "138", nil]),
    ("phone[@type='none']", [nil, nil, nil]),
    ("phone[@type='']", [nil, nil, nil]),
    ("phone[@type='home']/@no", ["1", nil, nil]),
    ("phone[*]/@no", ["1;2;3", nil, nil]),
    ("phone[*]/@type", ["home;mobile", "mobile", nil]),
    ("x/phone", ["no", nil, nil]),
  ]

  @Test(arguments: chosen.indices) func takesOneOfSeveral(_ index: Int) throws {
    let (path, values) = Self.chosen[index]
    #expect(try read(Self.phones, .init(recordPath: "a/b", fields: [path])) == values.map { [$0] })
  }

  @Test func oneElementMayStandForSeveralFields() throws {
    let fields = ["phone[1]", "phone[2]", "phone[*]", "phone[@type='mobile']", "phone[1]/@no", "."]
    let list = try read(Self.phones, .init(recordPath: "a/b", fields: fields))
    #expect(list.first == ["010", "139", "010;139;", "139", "1", "\n"])
  }

  @Test func countsInEachParent() throws {
    let text = "<a><b><g><v>1</v><v>2</v></g><g><v>3</v></g></b></a>"
    #expect(try read(text, .init(recordPath: "a/b", fields: ["g[*]/v[1]"])) == [["1;3"]])
    #expect(try read(text, .init(recordPath: "a/b", fields: ["g[*]/v[*]"])) == [["1;2;3"]])
    #expect(try read(text, .init(recordPath: "a/b", fields: ["g[*]/v"])) == [["damaged"]])
    #expect(try read(text, .init(recordPath: "a/b", fields: ["g/v[1]"])) == [["damaged"]])
    #expect(
      try read("<a><b><v k='&amp;&lt;'>1</v></b></a>", .init(recordPath: "a/b", fields: ["v[@k='&<']"])) == [["1"]])
  }

  @Test func namespaces() throws {
    let text = """
      <q:a xmlns:q='urn:one' xmlns='urn:two'><q:b q:id='1' id='2' xml:lang='zh'><c>two</c></q:b>
      <b xmlns:r='urn:one' id='3'><r:c>one</r:c></b><b xmlns='urn:one' id='4'><c xmlns=''>none</c></b></q:a>
      """
    var format = ElementFormat(recordPath: "a/b", fields: ["@id", "@p:id", "c", "p:c", "@xml:lang"])
    format.namespaces = [("p", "urn:one"), ("t", "urn:two")]
    #expect(
      try read(text, format) == [
        ["2", "1", "two", nil, "zh"], ["3", nil, "one", "one", nil], ["4", nil, "none", nil, nil],
      ])
    format.recordPath = "p:a/t:b"
    #expect(try read(text, format).map { $0[0] } == ["3"])
    format.recordPath = "p:a/p:b"
    #expect(try read(text, format).map { $0[0] } == ["2", "4"])
    format.recordPath = "t:a/b"
    let found = problem { _ = try read(text, format) }
    #expect(found?.found == "<a> in the namespace urn:one")
    #expect(found?.expected == "<a> in the namespace urn:two")
    format.fields = ["z:c"]
    let undeclared = problem { _ = try ElementPlan(format) }
    #expect(undeclared?.code == "unknown_namespace")
    #expect(undeclared?.found == "\"z:c\"")
  }

  @Test func whatXMLReads() throws {
    let format = ElementFormat(recordPath: "a/b", fields: ["@x", "c"])
    let cases: [(text: String, fields: [String?])] = [
      ("<a>\r\n<b x='1'><c>1\r\n2\r3\n</c></b></a>", ["1", "1\n2\n3\n"]),
      ("<a><b x='1\r\n2\r3\t4'/></a>", ["1 2 3 4", nil]),
      ("<a><b x='&#13;&#10;&#x9;'><c>&#13;&#x4E2D;</c></b></a>", ["\r\n\t", "\r中"]),
      ("<a><b><c>1<!-- 2 -->3<?p 4?>5<![CDATA[<6>&]]>7</c></b></a>", [nil, "135<6>&7"]),
      ("<a><b><c><![CDATA[]]]]><![CDATA[>]]></c></b></a>", [nil, "]]>"]),
      ("<a><b x='&quot;&apos;&lt;&gt;&amp;amp;'/></a>", ["\"'<>&amp;", nil]),
      ("<a><b><c>1<d>2</d>3</c></b></a>", [nil, "13"]),
      ("\u{FEFF}<a><b/></a>\r\n\r", [nil, nil]),
      ("<a><b\rx='1'\r/></a>\r", ["1", nil]),
    ]
    for (text, fields) in cases { #expect(try read(text, format) == [fields], "\(text)") }
    // Lines that end in a carriage return are lines.
    let list = try outcomes(
      ElementRecords(ExtractBytes(Array("<a>\r<b/>\r\n\r<b/></a>".utf8), named: "t"), format: format))
    #expect(list.map(\.description) == ["record 2@4 [\"nil\", \"nil\"]", "record 4@11 [\"nil\", \"nil\"]"])
  }

  @Test func refusesPathsThatAreNone() {
    for path in ["", ".", "/a", "a//b", "a/@b", "a/b/", "../a", "a[1]", "a/b[*]", "a:b:c", "1a", "a b"] {
      #expect(
        problem { _ = try ElementPlan(.init(recordPath: path, fields: [])) }?.code == "bad_record_path", "\(path)")
    }
    for path in [
      "", "../c", "@", "c/", "c/@", "../../../@x", "../@x/c", "c/../d", "c/.", "../c/@x", "c[0]", "c[]", "c[+1]",
      "c[-1]",
      "c[10000]", "c[@t]", "c[@t=x]", "c[@t='x]", "c[@='x']", "c[@t=''']", "c[1][2]", "c[1]x", "@x[1]", "c]", "p:",
      ":c",
    ] {
      let found = problem { _ = try ElementPlan(.init(recordPath: "a/b", fields: [path])) }
      #expect(found?.code == "bad_field_path", "\(path)")
    }
    for path in ["c[@t='a/b']/d", "c[@t='']", "../@x", "c.d-e_f", "名[1]"] {
      #expect(problem { _ = try ElementPlan(.init(recordPath: "a/b", fields: [path])) } == nil, "\(path)")
    }
    #expect(problem { _ = try ElementPlan(.init(recordPath: "a/b", fields: ["c", "c"])) }?.code == "bad_field_path")
  }
}
