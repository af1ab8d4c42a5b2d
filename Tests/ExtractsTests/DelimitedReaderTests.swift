import Basics
import TestSupport
import Testing

@testable import Extracts

@Suite struct DelimitedReaderTests {
  static let comma = DelimitedFormat(fieldCount: 3)
  static let bar = DelimitedFormat(separator: "|", quote: nil, fieldCount: 2, controlMarks: ["TRAILER"])

  @Test func agreesWithTheObviousReader() throws {
    var random = RandomExtracts(seed: 20_260_801)
    for _ in 0..<RandomExtracts.rounds {
      let (content, format) = random.next()
      let expected = DelimitedReference.read(content, format)
      let piece = random.number(in: 1...9)
      let block = random.number(in: 1...70)
      let fast = try read(content, format, piece: piece, blockBytes: block)
      #expect(fast == expected, "\(random), pieces of \(piece), blocks of \(block)")
      #expect(try read(content, format) == expected, "\(random)")
    }
  }

  /// Two stray quotes around sound rows look like one quoted field; the rows between tell.
  @Test func rowsBetweenStrayQuotesAreKept() throws {
    let row = "1,2,3,4,5,6\n"
    let text = "1,\"2,3,4,5,6\n" + row + row + "1,2\",3,4,5,6\n" + row
    let list = try read(Array(text.utf8), DelimitedFormat(fieldCount: 6))
    #expect(list.map { $0.fields == nil ? "x" : "." }.joined() == "x..x.")
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

  @Test(arguments: ["", "\0", "|\n", "\r", "a\"", "，", "123456789"])
  func refusesSeparatorsThatCannotBe(_ separator: String) {
    let found = problem { _ = try DelimitedReader(ExtractBytes([], named: "t"), format: .init(separator: separator)) }
    #expect(
      found?.description == "error [bad_separator]: this cannot separate fields; found \(separator.debugDescription), "
        + "expected one to eight ASCII characters other than NUL, CR, LF and the quote.")
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
