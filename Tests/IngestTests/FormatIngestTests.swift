import Basics
import Columns
@testable import Definition
import StageKit
import TestSupport
import Testing

@testable import Ingest

/// Every format and encoding through the whole of ingest, each with a record that is wrong in its own way.
struct FormatIngestTests {
  private static let fields = [
    IngestBench.field("no", "key", .text, required: true),
    IngestBench.field("name", "name", .personName, required: true),
    IngestBench.field("born", "birth_date", .date, format: "yyyyMMdd"),
  ]

  private static func source(
    _ format: ExtractFormat, _ encoding: ExtractEncoding = .utf8, _ compression: ExtractCompression = .none,
    fields: [FieldDefinition] = fields
  ) -> SourceDefinition {
    var source = IngestBench.source(
      "people", .party, file: "people.dat", format: format, encoding: encoding, fields: fields)
    source.compression = compression
    return source
  }

  /// Reads the extract with one thread and with three, and holds what came of it against what should.
  private func expect(
    _ source: SourceDefinition, _ bytes: [UInt8], _ accepted: [String], _ quarantined: [String]
  ) throws {
    var bench = try IngestBench()
    bench.sources = [source]
    try bench.deliver(bytes, as: "people.dat")
    for threads in [1, 3] {
      let result = try bench.run(threads: threads)
      let rows = try bench.lines("party/people", ["line", "offset", "key", "name", "birth_date"])
      #expect(rows == accepted)
      let rejected = try bench.lines("quarantine", ["line", "offset", "code", "field", "found"])
      #expect(rejected == quarantined)
      #expect(result.equations.allSatisfy { $0.holds })
    }
  }

  private static let csv = ExtractFormat.delimited(separator: ",", quote: 34, header: true, columns: [])
  private static let text = "no,name,born\nC1,王芳,19900102\nC2,\"李,四\",19901301\nC3,张三\nC4,\"赵\n六\",\n"

  @Test func `Delimited and compressed`() throws {
    try expect(
      Self.source(Self.csv, .utf8, .gzip), Gzip.compressed(Array(Self.text.utf8)),
      ["2,13,C1,王芳,1990-01-02", "5,64,C4,赵六,"],
      ["3,32,bad_date,born,19901301", "4,54,too_few_fields,,2 fields"])
  }

  @Test(arguments: [true, false])
  func `UTF-16 by its byte-order mark`(isBigEndian: Bool) throws {
    var bytes: [UInt8] = []
    // A lone surrogate follows the name of C3.
    let units = Array("\u{FEFF}no,name,born\nC1,王芳,19900102\nC3,".utf16) + [0xD800] + Array(",\nC4,𠮷田,\n".utf16)
    for unit in units {
      bytes += isBigEndian ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
    }
    try expect(
      Self.source(Self.csv, .utf16), bytes, ["2,28,C1,王芳,1990-01-02", "4,70,C4,𠮷田,"],
      ["3,58,invalid_utf16,,an invalid sequence at byte 64"])
  }

  @Test func `Separators of several bytes with quotes`() throws {
    let text =
      "no|!|name|!|born\nC1|!|\"王|!|芳\"|!|19900102\nC2|!|\"李\"四|!|\nC3|!|\"张\n三\"|!|\n"
      + "C4|!|赵|六|!|19900229\nC5|!|钱\"七|!|\n"
    try expect(
      Self.source(.delimited(separator: "|!|", quote: 34, header: true, columns: [])), Array(text.utf8),
      ["2,17,C1,王|!|芳,1990-01-02", "4,62,C3,张三,"],
      [
        "3,45,stray_quote,,a quote that is neither doubled nor at a field's edge, near byte 10 of the line",
        "6,80,bad_date,born,19900229",
        "7,104,stray_quote,,a quote that is neither doubled nor at a field's edge, near byte 8 of the line",
      ])
  }

  @Test(arguments: [LineEnds.any, .feed])
  func `Line ends of CR alone, where they are declared`(lineEnds: LineEnds) throws {
    var layout = DelimitedLayout(separator: ",", quote: 34, hasHeader: true, columns: [])
    layout.lineEnds = lineEnds
    let text = "no,name,born\rC1,王芳,19900102\rC2,李四\rC3,张三,\r\nC4,赵六,"
    if lineEnds == .any {
      try expect(
        Self.source(.delimited(layout)), Array(text.utf8),
        ["2,13,C1,王芳,1990-01-02", "4,42,C3,张三,", "5,54,C4,赵六,"], ["3,32,too_few_fields,,2 fields"])
    } else {
      let problems = try #require(throws: Problems.self) {
        try expect(Self.source(.delimited(layout)), Array(text.utf8), [], [])
      }
      #expect(problems.list.map(\.code) == ["missing_column"])
    }
  }

  // MARK: Fixed width

  @Test func `Fixed width in GB18030 with header and trailer`() throws {
    var source = Self.source(
      .fixed(
        FixedLayout(columns: [
          .init(name: "no", width: 5, alignment: .left, pad: 32),
          .init(name: "name", width: 8, alignment: .left, pad: 32),
          .init(name: "born", width: 8, alignment: .left, pad: 32),
        ])), .gb18030)
    source.arrival.header = MarkedStatement("HDR", columns: [.mark, .date("yyyyMMdd"), .ignored])
    source.arrival.trailer = MarkedStatement("TRL", columns: [.mark, .rows, .ignored])
    func row(_ no: String, _ name: [UInt8], _ born: String) -> [UInt8] {
      Array(no.utf8) + name + [UInt8](repeating: 32, count: 8 - name.count) + Array(born.utf8) + [10]
    }
    let (wang, li): ([UInt8], [UInt8]) = ([0xCD, 0xF5, 0xB7, 0xBC], [0xC0, 0xEE, 0xCB, 0xC4])
    let bytes: [UInt8] =
      row("HDR  ", Array("20261120".utf8), "        ") + row("1    ", wang, "19900102") + row("2    ", li, "19901301")
      + row("3    ", [0xFF, 0x41], "19900102") + row("4    ", li, "        ") + row("5    ", li, "1990")
      + row("TRL  ", Array("5".utf8), "        ")
    try expect(
      source, bytes, ["2,22,1,王芳,1990-01-02", "5,88,4,李四,"],
      [
        "3,44,bad_date,born,19901301", "4,66,invalid_gb18030,,an invalid sequence at byte 71",
        "6,110,wrong_length,,17 bytes",
      ])
  }

  // MARK: JSON Lines

  @Test func `JSON Lines with nested paths`() throws {
    let fields = [
      IngestBench.field("id", "key", .text, required: true),
      IngestBench.field("customer/name", "name", .personName, required: true),
      IngestBench.field("customer/born", "birth_date", .date, format: "yyyyMMdd"),
    ]
    let text = """
      {"id":"C1","customer":{"name":"王\\u82b3","born":"19900102","tags":["x",{"name":"y"}]}}
      {"id":"C2","customer":{"name":"李四"}
      {"customer":{"name":"张三","born":null},"id":3}
      {"id":"C4","customer":{"name":["赵六"]}}
      {"id":"C5","customer":{"born":"19900102"}}
      {"id":"C6","customer":{"name":"钱七","born":"19900230"}}

      """
    try expect(
      Self.source(.jsonLines, fields: fields), Array(text.utf8),
      ["1,0,C1,王芳,1990-01-02", "3,128,3,张三,"],
      [
        "2,88,bad_json,,the end of the line at byte 127", "4,178,not_a_scalar,,an array for customer/name at byte 208",
        "5,221,missing_required,customer/name,", "6,264,bad_date,customer/born,19900230",
      ])
  }

  // MARK: XML

  @Test func `XML with namespaces and a document type that is passed over`() throws {
    var layout = ElementLayout(record: "c:people/c:person")
    layout.namespaces = [("c", "urn:crm"), ("x", "urn:extra")]
    layout.allowsDocumentType = true
    let fields = [
      IngestBench.field("@no", "key", .text, required: true), IngestBench.field("c:name", "name", .personName),
      IngestBench.field("x:born", "birth_date", .date, format: "yyyyMMdd"),
    ]
    let text = """
      <?xml version="1.0"?>
      <!DOCTYPE people [<!ENTITY who SYSTEM "file:///etc/passwd"><!ELEMENT people ANY>]>
      <people xmlns="urn:crm" xmlns:q="urn:extra">
      <person no="C1"><name>王芳</name><q:name>不</q:name><q:born>19900102</q:born></person>
      <person no="C2"><name>&who;</name></person>
      <person no="C3"><name>李四</name><born>19900101</born><q:born>19901301</q:born></person>
      <q:person no="C5"><name>不</name></q:person>
      <person no="C4"><name>张三</name><born>19900101</born></person>
      </people>

      """
    let source = Self.source(.xml(layout), fields: fields)
    try expect(
      source, Array(text.utf8), ["4,150,C1,王芳,1990-01-02", "8,421,C4,张三,"],
      ["5,240,undefined_entity,,an entity that is not declared at byte 262", "6,284,bad_date,x:born,19901301"])
    layout.allowsDocumentType = false
    let problems = try #require(throws: Problems.self) {
      try expect(Self.source(.xml(layout), fields: fields), Array(text.utf8), [], [])
    }
    #expect(problems.list.map(\.code) == ["document_type_refused"])
  }
}
