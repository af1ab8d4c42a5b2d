import Basics
import TestSupport
import Testing

@testable import Extracts

@Suite struct ElementRecordsTests {
  static let visits = ElementFormat(
    recordPath: "branches/branch/visit",
    fields: ["@id", "../@code", "visitor/name", "visitor/document/@no", "note", "../../@date"])
  static let items = ElementFormat(recordPath: "a/b", fields: ["@x", "c"])

  func read(_ content: [UInt8], _ format: ElementFormat, piece: Int = .max) throws -> [Outcome] {
    try outcomes(ElementRecords(ExtractBytes(content, named: "t.xml", piece: piece), format: format))
  }

  func read(_ text: String, _ format: ElementFormat = items) throws -> [Outcome] { try read(Array(text.utf8), format) }

  static let document = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- <visit id="no"> -->
    <branches date="2026-08-01">
      <branch code="B001">
        <visit id="V1"><visitor><name>张伟</name><document type="01" no="1&amp;2&lt;"/></visitor>
          <note>a &lt;b&gt; &#38; <![CDATA[<visit id="no">]]></note></visit>
        <visit id='V>2'><visitor><name/></visitor></visit>
      </branch>
      <branch><other><visit id="no"/></other><visit id="V3"/></branch>
    </branches>
    """

  @Test func readsByPath() throws {
    let content = Array(Self.document.utf8)
    let list = try read(content, Self.visits)
    #expect(
      list.map(\.fields) == [
        ["V1", "B001", "张伟", "1&2<", "a <b> & <visit id=\"no\">", "2026-08-01"],
        ["V>2", "B001", "", nil, nil, "2026-08-01"],
        ["V3", nil, nil, nil, nil, "2026-08-01"],
      ])
    // Places are those of the start tags.
    let lines = Self.document.split(separator: "\n", omittingEmptySubsequences: false)
    for outcome in list {
      guard case .record(let line, let byte, let fields, let raw) = outcome, let id = fields[0] else { continue }
      #expect(lines[line - 1].contains("<visit id=") && lines[line - 1].contains(id))
      #expect(Array(content[byte..<byte + raw.count]) == raw)
      #expect(raw.starts(with: Array("<visit id=".utf8)) && raw.last == UInt8(ascii: ">"))
    }
    for piece in 1...64 { #expect(try read(content, Self.visits, piece: piece) == list, "pieces of \(piece)") }
  }

  @Test(arguments: ["<html><a><b x='1'/></a></html>", "<z/>", "<b x='1'/>"])
  func anotherDocumentIsNotOneWithoutRecords(text: String) {
    let problem = #expect(throws: Problem.self) {
      let reader = try ElementRecords(ExtractBytes(Array(text.utf8), named: "t.xml"), format: Self.items)
      while try reader.next() != nil {}
    }
    #expect(problem?.code == "other_document")
    #expect(problem?.expected == "<a>")
    #expect(problem?.place == Place("t.xml", line: 1, byteOffset: 0))
  }

  @Test func placesHoldInLongDocuments() throws {
    let seed: UInt64 = 5
    var random = SeededRandom(seed)
    for encoding in [TextEncoding.utf8, .gb18030] {
      var content: [UInt8] = Array("<?xml version=\"1.0\" encoding=\"\(encoding.rawValue)\"?>\n<a>".utf8)
      var expected: [Outcome] = []
      var line = 2
      for row in 0..<3000 {
        let text = (0..<Int.random(in: 0...30, using: &random)).map { _ in
          ["张", "億", "x", "]", "\n", "𠂇"].randomElement(using: &random)!
        }
        .joined()
        let element = "<b x=\"\(row)\"><c>\(text)</c></b>"
        let raw = Array(element.utf8)
        expected.append(.record(line: line, byte: content.count, ["\(row)", text], raw: raw))
        let tail = ["", "\n", "<!-- < > -->", "<?p <b> ?>"].randomElement(using: &random)!
        content += (encoding == .utf8 ? raw : encodeGB18030(element)) + Array(tail.utf8)
        line += (element + tail).utf8.count(where: { $0 == 10 })
      }
      content += Array("</a>".utf8)
      let piece = Int.random(in: 1000...9000, using: &random)
      let whole = try read(content, Self.items)
      let different = zip(whole, expected).first { $0 != $1 }
      #expect(whole == expected, "seed \(seed), \(encoding): first \(String(describing: different))")
      #expect(try read(content, Self.items, piece: piece) == whole, "seed \(seed), pieces of \(piece)")
    }
  }

  @Test func badTextSpoilsItsRecordOnly() throws {
    let content =
      Array("<a><b x='1'><c>".utf8) + [0xFF] + Array("</c></b><b x='2'><c>张</c></b><b x='".utf8) + [0xC3]
      + Array("'/><b x='4'/></a>".utf8)
    let list = try read(content, Self.items)
    #expect(
      list.map(\.description) == [
        "damaged 1@3 invalid_utf8 lines 1 raw 23", "record 1@24 [\"2\", \"张\"]",
        "damaged 1@47 invalid_utf8 lines 1 raw 12",
        "record 1@57 [\"4\", \"nil\"]",
      ])
    for piece in 1...content.count { #expect(try read(content, Self.items, piece: piece) == list) }
    let outside = problem { _ = try read(Array("<a>".utf8) + [0xFF] + Array("<b/></a>".utf8), Self.items) }
    #expect(
      outside?.description == "t.xml, byte 3: error [malformed_xml]: what stands outside the records is damaged, "
        + "after 0 sound and 0 damaged records; found an invalid sequence at byte 3, expected text in UTF-8. "
        + "Ask the source system to deliver the file again.")
  }

  @Test func damagedElementsAreValues() throws {
    #expect(
      try read("<a><b x='1'><c>1</c><c>2</c></b><b x='2'/></a>").map(\.description) == [
        "damaged 1@3 repeated_field lines 1 raw 29", "record 1@32 [\"2\", \"nil\"]",
      ])
    var short = Self.items
    short.maxRecordBytes = 200_000
    let long = String(repeating: "y", count: 300_000)
    for text in [
      "<a><b x='0'/><b x='1'><c>\(long)</c></b><b x='2'/></a>", "<a><b x='0'/><b>\(long)<c>z</c></b><b x='2'/></a>",
    ] {
      let list = try read(Array(text.utf8), short, piece: 10_000)
      #expect(list.map { $0.fields == nil ? "x" : "." }.joined() == ".x.")
      guard case .damaged(_, 13, "record_too_long", _, let raw) = list[1] else {
        Issue.record("\(list)")
        continue
      }
      #expect(raw.count == DamagedRecord.rawLimit && raw.starts(with: Array("<b".utf8)))
    }
  }

  @Test func encodingsMustAgree() throws {
    let declared = "<?xml version='1.0' encoding='GBK'?><a><b x='1'/></a>"
    #expect(try read(declared).count == 1)
    let strict = ElementFormat(recordPath: "a/b", fields: ["@x"], encoding: .utf8)
    #expect(problem { _ = try read(Array(declared.utf8), strict) }?.code == "encoding_mismatch")
    #expect(try read("\u{FEFF}<a><b x='1'/></a>").map(\.description) == ["record 1@6 [\"1\", \"nil\"]"])
  }

  /// Whatever is done to a document, what is read of it does not depend on how it is cut.
  @Test func brokenDocumentsAreReadTheSameInPieces() throws {
    func result(_ content: [UInt8], piece: Int) throws -> String {
      let reader = try ElementRecords(ExtractBytes(content, named: "t.xml", piece: piece), format: Self.visits)
      var text = ""
      do throws(Problem) {
        while let delivery = try reader.next() { text += outcome(delivery).description + "\n" }
      } catch { text += error.code }
      return text
    }
    let seed: UInt64 = 1998
    var random = SeededRandom(seed)
    let parts = [
      "<", ">", "/>", "</visit>", "<visit id='x'>", "<!--", "-->", "<![CDATA[", "]]>", "&amp;", "&", "\"", "'", "<?",
      "?>",
    ]
    for round in 0..<400 {
      var content = Array(Self.document.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let at = Int.random(in: content.indices, using: &random)
        if round % 3 == 0 {
          content.remove(at: at)
        } else {
          content.insert(contentsOf: Array(parts.randomElement(using: &random)!.utf8), at: at)
        }
      }
      let whole = try result(content, piece: .max)
      let piece = Int.random(in: 1...300, using: &random)
      let shown = String(decoding: content, as: UTF8.self)
      #expect(try result(content, piece: piece) == whole, "seed \(seed), round \(round), pieces of \(piece): \(shown)")
    }
  }
}
