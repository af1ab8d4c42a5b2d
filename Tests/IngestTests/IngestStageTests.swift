import Basics
import Columns
@testable import Definition
import StageKit
import Testing

@testable import Ingest

struct IngestStageTests {
  static let header = "no,name,doc_type,doc,mobile,born\n"

  @Test func `Party records are standardised, and a resident id gives birth date and gender`() throws {
    var bench = try IngestBench()
    bench.sources = [IngestBench.people]
    try bench.deliver(
      Self.header
        + "C1,\"王　芳\",01,11010519491231002x,+86 138-1234-5678,\nC2,Zhang Wei,01,110105491231002,12345,1949-12-31\n"
        + "C3,李?,01,110105194912310021,1381234****,\n",
      as: "people_20261120.csv")
    let result = try bench.run()
    #expect(
      try bench.lines(
        "party/people",
        ["source", "line", "key", "party_type", "name", "gender", "birth_date", "document_number", "mobile"])
        == [
          "people,2,C1,person,王芳,female,1949-12-31,11010519491231002X,13812345678",
          "people,3,C2,person,ZHANG WEI,female,1949-12-31,11010519491231002X,",
          "people,4,C3,person,李?,,,110105194912310021,",
        ])
    #expect(result.equations.map(\.description) == ["people rows: read 3 = accepted 3 + quarantined 0"])
  }

  @Test func `Names and numbers are read by the types of their row, whatever the order of fields`() throws {
    var bench = try IngestBench()
    var people = IngestBench.people
    people.constants = []
    people.fields = Array(people.fields.reversed())
    people.fields.append(
      FieldDefinition(
        from: ["doc_type"], to: "party_type", type: .code, isRequired: false, format: "",
        codes: [(from: "02", to: "organisation")], otherCode: "person", nullWords: [], place: people.place))
    bench.sources = [people]
    try bench.deliver(
      Self.header + "C1,王芳,01,110105491231002,,\nC2,长 城（北京）公司,02,E12345678,,\nC3,李四,,,,\n", as: "people_20261120.csv")
    _ = try bench.run()
    #expect(
      try bench.lines("party/people", ["key", "party_type", "name", "document_number"]) == [
        "C1,person,王芳,11010519491231002X", "C2,organisation,长城(北京)公司,E12345678", "C3,,李四,",
      ])
  }

  @Test func `A key with blanks around it is the same key`() throws {
    var bench = try IngestBench()
    bench.sources = [IngestBench.people]
    try bench.deliver(Self.header + "C1,王芳,,,,\n\" C1\",李四,,,,\n", as: "people_20261120.csv")
    _ = try bench.run()
    #expect(try bench.lines("party/people", ["line", "key"]) == ["2,C1"])
    #expect(try bench.lines("quarantine", ["line", "code"]) == ["3,duplicate_key"])
  }

  static let broken: [(row: String, code: String, field: String, found: String, expected: String)] = [
    (",无名,01,,,", "missing_required", "no", "", "a value"),
    ("C2,,01,,,", "missing_required", "name", "", "a value"),
    ("C2,张三,07,,,", "unknown_code", "doc_type", "07", "one of 01, 02"),
    ("C2,张三,01,,,1990-02-30", "bad_date", "born", "1990-02-30", "a date yyyy-MM-dd"),
    ("C1,张三,01,,,", "duplicate_key", "no", "C1", "a key that stands once in the extract"),
    ("C2,张三,01,,", "too_few_fields", "", "5 fields", "6 fields"),
    ("C2,张三,01,,,,", "too_many_fields", "", "7 fields", "6 fields"),
    ("C2,张\0三,01,,,", "nul_byte", "", "a NUL byte", "text"),
  ]

  @Test(arguments: broken)
  func `A record that breaks its contract goes to quarantine and costs no other`(
    row: String, code: String, field: String, found: String, expected: String
  ) throws {
    var bench = try IngestBench()
    bench.sources = [IngestBench.people]
    try bench.deliver(Self.header + "C1,王芳,,,,\n\(row)\nC9,李四,,,,\n", as: "people_20261120.csv")
    let result = try bench.run()
    #expect(try bench.lines("party/people", ["line", "key"]) == ["2,C1", "4,C9"])
    let offset = (Self.header + "C1,王芳,,,,\n").utf8.count
    #expect(
      try bench.lines("quarantine", ["source", "file", "line", "offset", "code", "field", "found", "expected"])
        == ["people,people_20261120.csv,3,\(offset),\(code),\(field),\(found),\(expected)"])
    #expect(result.equations[0].holds)
    #expect(
      result.warnings.map(\.description) == [
        "people_20261120.csv: warning [quarantined]: 1 of 3 records went to quarantine: \(code) 1. "
          + "Look at them with `guiyi quarantine show people`."
      ])
  }

  static let rows = "A1|6|D001|CNY|100.00|0\nA2|6|D001|CNY|-0.50|1\n"

  @Test func `Rows and money balance against control file and trailer`() throws {
    var bench = try IngestBench()
    bench.sources = [IngestBench.accounts]
    try bench.deliver(Self.rows + "A3|6|D001|CNY|1.00|7\nTRAILER|3|100.50\n", as: "accounts_20261120.txt")
    try bench.deliver("accounts_20261120.txt|3|100.50\n", as: "core_20261120.ctl")
    let result = try bench.run()
    #expect(
      result.equations.map(\.description) == [
        "accounts rows: read 3 = accepted 2 + quarantined 1",
        "accounts delivery: stated 3 = read 3",
        "accounts money: delivered 10050 = accepted 9950 + quarantined 100",
      ])
    #expect(
      try bench.lines("deliveries", ["source", "file", "read", "accepted", "quarantined", "sum"])
        == ["accounts,accounts_20261120.txt,3,2,1,100.50"])
  }

  @Test func `An amount that nobody can read is the named rest of the stated sum`() throws {
    var bench = try IngestBench()
    bench.sources = [IngestBench.accounts]
    try bench.deliver(Self.rows + "A3|6|D001|CNY|1.005|0\nTRAILER|3|101.50\n", as: "accounts_20261120.txt")
    try bench.deliver("accounts_20261120.txt|3|101.50\n", as: "core_20261120.ctl")
    #expect(
      try bench.run().equations.last?.description
        == "accounts money: delivered 10150 = accepted 9950 + quarantined 0 + unproven, in 1 unreadable records 200")
  }

  @Test(arguments: ["-92233720368547758.07", "1.00"])
  func `Amounts whose sum no integer holds are refused`(stated: String) throws {
    var bench = try IngestBench()
    bench.sources = [IngestBench.accounts]
    let huge = "A1|6|D001|CNY|92233720368547758.07|0\nA2|6|D001|CNY|92233720368547758.07|0\n"
    let rows = stated == "1.00" ? huge : "A1|6|D001|CNY|1.00|0\nA2|6|D001|CNY|1.005|0\n"
    try bench.deliver(rows + "TRAILER|2|\(stated)\n", as: "accounts_20261120.txt")
    try bench.deliver("accounts_20261120.txt|2|\(stated)\n", as: "core_20261120.ctl")
    let problems = #expect(throws: Problems.self) { try bench.run() }
    #expect(
      problems?.description
        == "accounts_20261120.txt: error [amount_overflow]: the amounts of accounts add up to more than can be counted "
        + "exactly; expected sums between -92233720368547758.07 and 92233720368547758.07. Ask the source system to check "
        + "its amounts.")
  }

  static let wrong: [(extract: String, control: String, message: String)] = [
    (
      rows + "TRAILER|2|99.50\n", "accounts_20261120.txt|3|99.50\n",
      "accounts_20261120.txt: error [count_mismatch]: the control file core_20261120.ctl states another number of "
        + "records than the extract holds; found 2, expected 3. Ask the source system to deliver the file again."
    ),
    (
      rows + "TRAILER|2|99.51\n", "accounts_20261120.txt|2|99.50\n",
      "accounts_20261120.txt:3: error [sum_mismatch]: the trailer states another sum than the extract holds; found 99.50, "
        + "expected 99.51. Ask the source system to deliver the file again."
    ),
    (
      rows, "accounts_20261120.txt|2|99.50\n",
      "accounts_20261120.txt: error [missing_trailer]: the extract does not end with its trailer, so it may have been cut "
        + "off; expected a last line TRAILER|rows|sum. Ask the source system to deliver the file again."
    ),
    (
      rows + "TRAILER|2|99.50\n", "other.txt|2|99.50\n",
      "core_20261120.ctl: error [not_in_control_file]: the control file does not list accounts_20261120.txt; found "
        + "other.txt. Ask the source system whether the delivery is complete."
    ),
    (
      rows + "TRAILER|2|99.50\n", "accounts_20261120.txt;2;99.50\n",
      "core_20261120.ctl:1: error [bad_control_file]: a line of the control file cannot be read; expected file|rows|sum. "
        + "Ask the source system to deliver the control file again."
    ),
  ]

  @Test(arguments: wrong)
  func `A delivery that is not what its sender says is refused`(extract: String, control: String, message: String)
    throws
  {
    var bench = try IngestBench()
    bench.sources = [IngestBench.accounts]
    try bench.deliver(extract, as: "accounts_20261120.txt")
    try bench.deliver(control, as: "core_20261120.ctl")
    let problems = try #require(throws: Problems.self) { try bench.run() }
    #expect(problems.kind == .data)
    #expect(problems.description == message)
  }

  @Test func `A source that may be missing leaves an empty table and a warning`() throws {
    var bench = try IngestBench()
    var people = IngestBench.people
    people.arrival.onMissing = .empty
    bench.sources = [people]
    let result = try bench.run()
    #expect(try bench.table("party/people").rowCount == 0)
    #expect(result.warnings.map(\.code) == ["missing_extract"])
    #expect(result.equations.allSatisfy { $0.holds })
  }

  @Test func `An extract without records is taken for what it is, with a warning`() throws {
    var bench = try IngestBench()
    bench.sources = [IngestBench.people]
    try bench.deliver(Self.header, as: "people_20261120.csv")
    #expect(
      try bench.run().warnings.map(\.description) == [
        "people_20261120.csv: warning [empty_extract]: the extract of people holds no records. Ask the source system "
          + "whether that is true."
      ])
  }

  @Test func `Too many bad records fail the stage`() throws {
    var bench = try IngestBench()
    var people = IngestBench.people
    people.reject = RejectLimits(fail: RejectLimit(perThousand: 400, atLeastRows: 2))
    bench.sources = [people]
    try bench.deliver(Self.header + "C1,王芳,,,,\nC2,,,,,\n", as: "people_20261120.csv")
    _ = try bench.run(into: "below")
    try bench.deliver(Self.header + "C1,王芳,,,,\nC2,,,,,\nC3,,,,,\n", as: "people_20261120.csv")
    let problems = try #require(throws: Problems.self) { try bench.run() }
    #expect(
      problems.description
        == "people_20261120.csv: error [too_many_rejected]: too many records of people break their contract; found 2 of 3: "
        + "missing_required 2, expected at most 400 in a thousand. Look at them with `guiyi quarantine show people`; raise `reject` in "
        + "sources/people.yaml only if they may be lost.")
  }

  @Test func `A first line that is no header is not shown`() throws {
    var bench = try IngestBench()
    bench.sources = [IngestBench.people]
    for (line, found) in [
      ("C1,王芳,01,11010119900307001X,13812345678,1990-03-07", "6 fields, of which 0 are columns of the definition"),
      ("no,name,doc_kind,doc,13812345678,born", "no, name, doc_kind, doc, …, born"),
    ] {
      try bench.deliver(line + "\nC2,李明,,,,\n", as: "people_20261120.csv")
      let problems = try #require(throws: Problems.self) { try bench.run() }
      #expect(problems.list.map(\.found) == [found])
    }
  }

  @Test func `A compressed extract is told from a damaged one`() throws {
    var bench = try IngestBench()
    bench.sources = [IngestBench.people]
    try bench.deliver([0x1F, 0x8B, 8, 0], as: "people_20261120.csv")
    let problems = try #require(throws: Problems.self) { try bench.run() }
    #expect(
      problems.description
        == "people_20261120.csv: error [unexpected_gzip]: the extract of people is compressed; found gzip, expected a "
        + "plain file. Ask the source system, or write `compression: gzip` in sources/people.yaml if it shall stay so.")
  }

  @Test func `A header binds fields by name, and must name them all`() throws {
    var bench = try IngestBench()
    bench.sources = [IngestBench.people]
    try bench.deliver("born,extra,mobile,doc,doc_type,name,no\n,x,13812345678,,,王芳,C1\n", as: "people_20261120.csv")
    let result = try bench.run()
    #expect(try bench.lines("party/people", ["key", "name", "mobile"]) == ["C1,王芳,13812345678"])
    #expect(result.warnings.map(\.code) == ["extra_column"])
    try bench.deliver("no,name\nC1,王芳\n", as: "people_20261120.csv")
    let problems = try #require(throws: Problems.self) { try bench.run() }
    #expect(
      problems.description
        == "people_20261120.csv:1: error [missing_column]: the extract of people has no column doc_type; found no, name. "
        + "Ask the source system, or change the field's `from` in sources/people.yaml.")
  }

  @Test func `Characters whose second byte is the separator are decoded before splitting`() throws {
    var bench = try IngestBench()
    bench.sources = [
      IngestBench.source(
        "core", .party, file: "core.txt",
        format: .delimited(separator: "|", quote: nil, header: false, columns: ["no", "name"]),
        encoding: .gb18030,
        fields: [IngestBench.field("no", "key", .text), IngestBench.field("name", "name", .personName)])
    ]
    // 張億東 is 8F88 837C 967C; 0xFF begins no character.
    try bench.deliver(
      [0x31, 0x7C, 0x8F, 0x88, 0x83, 0x7C, 0x96, 0x7C, 0x0A, 0x32, 0x7C, 0xFF, 0x41, 0x0A], as: "core.txt")
    _ = try bench.run()
    #expect(try bench.lines("party/core", ["key", "name"]) == ["1,張億東"])
    #expect(try bench.lines("quarantine", ["line", "offset", "code", "raw"]) == ["2,9,invalid_gb18030,2|\u{FFFD}A"])
  }

  @Test func `The same bytes come for any number of threads`() throws {
    var bench = try IngestBench()
    bench.sources = [IngestBench.people, IngestBench.accounts]
    try bench.deliver(
      Self.header + (1...500).map { "C\($0),王芳\($0 % 7 == 0 ? "" : ",,,,")\n" }.joined(), as: "people_20261120.csv")
    try bench.deliver(Self.rows + "TRAILER|2|99.50\n", as: "accounts_20261120.txt")
    try bench.deliver("accounts_20261120.txt|2|99.50\n", as: "core_20261120.ctl")
    _ = try bench.run(threads: 1, into: "one")
    _ = try bench.run(threads: 3, into: "three")
    let one = try Files.filesBelow("\(bench.folder.path)/one")
    let three = try Files.filesBelow("\(bench.folder.path)/three")
    #expect(one == three)
    #expect(one.count == 6)
    for name in one {
      let hash = try SHA256.ofFile("\(bench.folder.path)/one/\(name)").hex
      let other = try SHA256.ofFile("\(bench.folder.path)/three/\(name)").hex
      #expect(hash == other, "\(name)")
    }
  }
}

struct ElementIngestTests {
  static let visits = """
    <?xml version="1.0" encoding="UTF-8"?>
    <branches date="2026-11-20">
    <branch code="B001"><visit id="V1" at="2026-11-20T09:30:00"><visitor><name>张伟</name><document type="01" no="11010519491231002X"/>
    <mobile>0086-13812345678</mobile></visitor><purpose>loan_enquiry</purpose></visit></branch>
    <branch code="B002"><visit id="V2" at="2026-11-20"><visitor><name>李四</name></visitor><purpose>deposit</purpose></visit>
    <visit id="V3" at="2026-11-20T10:00:00"><visitor><name/></visitor><purpose>dance</purpose></visit></branch>
    </branches>
    """

  static let visitors = IngestBench.source(
    "visitors", .party, file: "visits.xml", format: .xml(record: "branches/branch/visit"),
    fields: [
      IngestBench.field("@id", "key", .text, required: true),
      IngestBench.field("visitor/name", "name", .personName, required: true),
      IngestBench.field("visitor/document/@type", "document_type", .code, codes: IngestBench.documentTypes),
      IngestBench.field("visitor/document/@no", "document_number", .documentNumber),
      IngestBench.field("visitor/mobile", "mobile", .mobile),
      IngestBench.field("../@code", "branch", .code),
    ])

  static let reasons = IngestBench.source(
    "reasons", .interaction, file: "visits.xml", format: .xml(record: "branches/branch/visit"),
    fields: [
      IngestBench.field("@id", "key", .text, required: true), IngestBench.field("@id", "party", .text, required: true),
      IngestBench.field(
        "purpose", "type", .code, required: true, codes: [("loan_enquiry", "enquiry"), ("deposit", "visit")]),
      IngestBench.field("@at", "happened_at", .timestamp, required: true, format: "yyyy-MM-ddTHH:mm:ss"),
    ], constants: [("channel", "branch")])

  @Test func `One document can feed two tables, and each keeps its own contract`() throws {
    var bench = try IngestBench()
    bench.sources = [Self.visitors, Self.reasons]
    try bench.deliver(Self.visits, as: "visits.xml")
    let result = try bench.run(threads: 2)
    #expect(
      try bench.lines("party/visitors", ["line", "key", "name", "document_number", "mobile", "branch", "birth_date"])
        == ["3,V1,张伟,11010519491231002X,13812345678,B001,1949-12-31", "5,V2,李四,,,B002,"])
    #expect(
      try bench.lines("interaction/reasons", ["key", "type", "channel", "happened_at"])
        == ["V1,enquiry,branch,2026-11-20T09:30:00"])
    #expect(
      try bench.lines("quarantine", ["source", "line", "code", "field", "found"])
        == [
          "visitors,6,missing_required,visitor/name,", "reasons,5,bad_timestamp,@at,2026-11-20",
          "reasons,6,unknown_code,purpose,dance",
        ])
    #expect(result.equations.allSatisfy { $0.holds })
  }

  @Test func `Amounts of a document are held against its control file`() throws {
    var bench = try IngestBench()
    bench.sources = [
      IngestBench.source(
        "payments", .transaction, file: "payments.xml", format: .xml(record: "payments/payment"),
        arrival: ArrivalRule(
          control: ControlStatement(FilePattern("payments.ctl")), sumOf: "amount"),
        fields: [
          IngestBench.field("@id", "key", .text, required: true),
          IngestBench.field("@of", "party", .text, required: true),
          IngestBench.field("@amount", "amount", .money, required: true),
        ], constants: [("type", "deposit")])
    ]
    try bench.deliver(
      "<payments><payment id='1' of='C1' amount='1.50'/><payment id='2' amount='2.00'/></payments>", as: "payments.xml")
    try bench.deliver("payments.xml|2|3.50\n", as: "payments.ctl")
    #expect(
      try bench.run().equations.map(\.description) == [
        "payments rows: read 2 = accepted 1 + quarantined 1", "payments delivery: stated 2 = read 2",
        "payments money: delivered 350 = accepted 150 + quarantined 200",
      ])
  }

  @Test func `A malformed document fails with its place`() throws {
    var bench = try IngestBench()
    bench.sources = [Self.reasons]
    try bench.deliver(String(Self.visits.dropLast(20)), as: "visits.xml")
    let problems = try #require(throws: Problems.self) { try bench.run() }
    #expect(problems.kind == .data)
    #expect(problems.list.first?.place?.file == "visits.xml")
    #expect(problems.list.first?.place?.line == 6)
  }
}
