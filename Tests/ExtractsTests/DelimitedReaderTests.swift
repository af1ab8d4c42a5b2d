import Basics
import TestSupport
import Testing

@testable import Extracts

@Suite struct DelimitedReaderTests {
  static let comma = DelimitedFormat(fieldCount: 3)
  static let bar = DelimitedFormat(separator: UInt8(ascii: "|"), quote: nil, fieldCount: 2, controlMarks: ["TRAILER"])

  static let cases: [(name: String, text: String, expected: String)] = [
    ("empty file", "", ""),
    ("one record", "a,b,c\n", "record 1@0 [\"a\", \"b\", \"c\"]"),
    ("no last line end", "a,b,c", "record 1@0 [\"a\", \"b\", \"c\"]"),
    ("CRLF", "a,b,c\r\nd,e,f\r\n", "record 1@0 [\"a\", \"b\", \"c\"]; record 2@7 [\"d\", \"e\", \"f\"]"),
    ("blank lines", "\n\r\na,b,c\n\n", "record 3@3 [\"a\", \"b\", \"c\"]"),
    ("empty fields", ",,\n", "record 1@0 [\"\", \"\", \"\"]"),
    ("nothing is trimmed", " a ,\tb, c\n", "record 1@0 [\" a \", \"\\tb\", \" c\"]"),
    ("BOM", "\u{FEFF}a,b,c\n", "record 1@3 [\"a\", \"b\", \"c\"]"),
    ("quoted", "\"a,b\",\"c\"\"d\",\"\"\n", "record 1@0 [\"a,b\", \"c\\\"d\", \"\"]"),
    ("quoted spaces", "\" a \",b,c\n", "record 1@0 [\" a \", \"b\", \"c\"]"),
    (
      "line end in quotes", "a,\"b\r\nb\",c\nd,e,f\n",
      "record 1@0 [\"a\", \"b\\r\\nb\", \"c\"]; record 3@11 [\"d\", \"e\", \"f\"]"
    ),
    (
      "stray quote", "a,5\" pipe,c\nd,e,f\n",
      "damaged 1@0 stray_quote lines 1 raw 11; record 2@12 [\"d\", \"e\", \"f\"]"
    ),
    (
      "text behind a quote", "a,\"b\"x,c\nd,e,f",
      "damaged 1@0 stray_quote lines 1 raw 8; record 2@9 [\"d\", \"e\", \"f\"]"
    ),
    (
      "unclosed quote", "a,\"b,c\nd,e,f\n", "damaged 1@0 unclosed_quote lines 1 raw 6; record 2@7 [\"d\", \"e\", \"f\"]"
    ),
    (
      "unclosed quote met by the next one", "a,\"b,c\nd,\"e\",f\n",
      "damaged 1@0 unclosed_quote lines 1 raw 6; record 2@7 [\"d\", \"e\", \"f\"]"
    ),
    ("NUL", "a,\0,c\nd,e,f\n", "damaged 1@0 nul_byte lines 1 raw 5; record 2@6 [\"d\", \"e\", \"f\"]"),
    ("too few", "a,b\nd,e,f\n", "damaged 1@0 too_few_fields lines 1 raw 3; record 2@4 [\"d\", \"e\", \"f\"]"),
    ("too many", "a,b,c,\nd,e,f\n", "damaged 1@0 too_many_fields lines 1 raw 6; record 2@7 [\"d\", \"e\", \"f\"]"),
  ]

  @Test(arguments: cases.indices)
  func delivers(_ index: Int) throws {
    let (name, text, expected) = Self.cases[index]
    let content = Array(text.utf8)
    let whole = try read(content, Self.comma)
    #expect(whole.map(\.description).joined(separator: "; ") == expected, "\(name)")
    // The same for every way to cut the file into pieces and windows.
    for piece in 1...max(1, content.count) {
      #expect(try read(content, Self.comma, piece: piece, blockBytes: piece) == whole, "\(name), pieces of \(piece)")
      #expect(try read(content, Self.comma, piece: piece) == whole, "\(name), pieces of \(piece)")
    }
  }

  @Test func agreesWithTheObviousReader() throws {
    var random = RandomExtracts(seed: 20_260_801)
    for _ in 0..<2000 {
      let (content, format) = random.next()
      let expected = DelimitedReference.read(content, format)
      let piece = random.number(in: 1...9)
      let block = random.number(in: 1...70)
      let fast = try read(content, format, piece: piece, blockBytes: block)
      #expect(fast == expected, "\(random), pieces of \(piece), blocks of \(block)")
      #expect(try read(content, format) == expected, "\(random)")
    }
  }

  @Test func namesTheDamage() throws {
    func damage(_ text: [UInt8], _ format: DelimitedFormat) throws -> DamagedRecord? {
      let reader = try DelimitedReader(ExtractBytes(text, named: "crm.csv"), format: format)
      guard case .damaged(let damage)? = try reader.next() else { return nil }
      #expect(reader.damagedCount == 1)
      return damage
    }
    let stray = try damage(Array("a,5\" pipe,c\n".utf8), Self.comma)
    #expect(stray?.found == "a quote that is neither doubled nor at a field's edge, near byte 3 of the line")
    #expect(stray?.expected == "fields that are quoted whole, with quotes inside doubled")
    #expect(stray?.place.description == "crm.csv:1")
    let open = try damage(Array("a,\"b,c\n".utf8), Self.comma)
    #expect(open?.found == "a quoted field that is not closed")
    #expect(open?.expected == "its closing quote within 20 lines and 65536 bytes")
    let bad = try damage(Array("a,".utf8) + [0xC3, 0x28] + Array(",c\n".utf8), Self.comma)
    #expect(bad?.found == "an invalid sequence at byte 2")
    #expect(bad?.expected == "text in UTF-8")
    let few = try damage(Array("a,b\n".utf8), Self.comma)
    #expect(few?.found == "2 fields")
    #expect(few?.expected == "3 fields")
    var short = Self.comma
    short.maxRecordBytes = 4
    let long = try damage(Array("a,b,c\n".utf8), short)
    #expect(long?.found == "5 bytes")
    #expect(long?.expected == "at most 4 bytes")
  }

  /// Two stray quotes around sound rows look like one quoted field; the rows between tell.
  @Test func rowsBetweenStrayQuotesAreKept() throws {
    let row = "1,2,3,4,5,6\n"
    let text = "1,\"2,3,4,5,6\n" + row + row + "1,2\",3,4,5,6\n" + row
    let list = try read(Array(text.utf8), DelimitedFormat(fieldCount: 6))
    #expect(list.map { $0.fields == nil ? "x" : "." }.joined() == "x..x.")
  }

  @Test func longLineIsOneDamagedRecord() throws {
    let content = Array("a,b,c\n".utf8) + [UInt8](repeating: 120, count: 3 << 20) + Array("\r\nd,e,f\n".utf8)
    let reader = try DelimitedReader(ExtractBytes(content, named: "t"), format: Self.comma)
    var kinds = ""
    while let delivery = try reader.next() {
      if case .damaged(let damage) = delivery {
        #expect(damage.code == .recordTooLong)
        #expect(damage.rawCount == 3 << 20)
        #expect(damage.raw.count == DamagedRecord.rawLimit)
        kinds += "x"
      } else {
        kinds += "."
      }
    }
    #expect(kinds == ".x.")
  }

  @Test func readsTrailersAndHeaders() throws {
    let list = try read(Array("a|b\nTRAILER|1|0.00\n".utf8), Self.bar)
    #expect(list.map(\.description) == ["record 1@0 [\"a\", \"b\"]", "control 2@4 [\"TRAILER\", \"1\", \"0.00\"]"])

    let headed = DelimitedFormat(hasHeader: true)
    let reader = try DelimitedReader(ExtractBytes(Array("\u{FEFF}no,name\n1,张\n2\n".utf8), named: "t"), format: headed)
    #expect(reader.header == ["no", "name"])
    #expect(
      try outcomes(reader).map(\.description) == [
        "record 2@11 [\"1\", \"张\"]", "damaged 3@17 too_few_fields lines 1 raw 1",
      ])
    #expect(reader.recordCount == 1)
    #expect(reader.damagedCount == 1)

    let empty = problem { _ = try DelimitedReader(ExtractBytes([], named: "t.csv"), format: headed) }
    #expect(
      empty?.description == "t.csv:1: error [missing_header]: the file has no header; found an empty file, "
        + "expected a first line with the names of the fields.")
    let broken = problem { _ = try DelimitedReader(ExtractBytes(Array("a\"b\n".utf8), named: "t.csv"), format: headed) }
    #expect(broken?.code == "damaged_header")
  }

  @Test func refusesSeparatorsThatCannotBe() {
    for separator: UInt8 in [0, 10, 13, 34, 0x80] {
      let found = problem { _ = try DelimitedReader(ExtractBytes([], named: "t"), format: .init(separator: separator)) }
      #expect(found?.code == "bad_separator")
    }
  }

  @Test func readsFiles() throws {
    let folder = try TemporaryFolder()
    var text = ""
    for row in 0..<20_000 { text += row % 50 == 0 ? "\(row),\"张\n伟\",\"\"\"\"\n" : "\(row),张伟,x\n" }
    let path = try folder.write(text, to: "big.csv")
    let reader = try DelimitedReader(ExtractBytes(path), format: Self.comma)
    var sum = 0
    while let delivery = try reader.next() {
      guard case .record(let record) = delivery else { continue }
      sum += Int(record.string(0) ?? "") ?? 0
    }
    #expect(reader.recordCount == 20_000)
    #expect(sum == 20_000 * 19_999 / 2)
    let missing = problem { _ = try ExtractBytes(folder.path + "/none") }
    #expect(missing?.code == "unreadable_file")
  }
}
