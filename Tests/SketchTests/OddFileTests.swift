import Basics
import Definition
import Foundation
import Standards
import TestSupport
import Testing

@testable import Sketch

/// Files as systems elsewhere write them, made up here.
@Suite struct OddFileTests {
  private static let header = ["customer_no", "name", "birth_date", "mobile", "status", "note"]
  private static let rows: [[String]] = (1...40).map { (number: Int) -> [String] in
    let name = ["王芳", "李明", "赵子龙", "欧阳娜娜"][number % 4]
    let note = number % 3 == 0 ? "" : "free text, no. \(number)"
    let status = number % 5 == 0 ? "C" : "A"
    return ["K\(1_000 + number)", name, "19\(50 + number)-03-05", "139000000\(number + 10)", status, note]
  }

  /// The definition that a sketch of these bytes gives, as text and as it loads in the starter's pipeline.
  private func sketch(_ bytes: [UInt8], named name: String = "20261120/customers.txt") throws -> (
    text: String, source: SourceDefinition?
  ) {
    let folder = try TemporaryFolder()
    let path = try folder.write(bytes, to: name)
    let text = try SourceSketch(of: path, id: "customers").definition
    let home = folder.path + "/bank"
    try Starter.write(to: home)
    try Files.write(text, to: home + "/sources/customers.yaml")
    do throws(Problems) {
      return (text, try PipelineDefinition.load(folder: home).source("customers"))
    } catch {
      Issue.record("\(error.description)\n\(text)")
      return (text, nil)
    }
  }

  private func lines(separator: String, end: String = "\n", header: Bool = true) -> String {
    ((header ? [Self.header] : []) + Self.rows).map { $0.joined(separator: separator) + end }.joined()
  }

  @Test(arguments: ["|", "\t", "\u{1}", "\u{3}", "\u{1B}", "|!|", "|+|", "`@^", "@@|", "~", ";", "^", "||"])
  func recognisesSeparators(_ separator: String) throws {
    let source = try #require(try sketch(Array(lines(separator: separator).utf8)).source)
    guard case .delimited(let layout) = source.format else {
      Issue.record("not delimited")
      return
    }
    #expect(layout.separator == separator && layout.quote == nil && layout.hasHeader)
    #expect(layout.columns == Self.header)
    #expect(source.fields.map(\.to) == ["key", "name", "birth_date", "mobile", "status"])
    #expect(source.fields.map(\.type) == [.text, .personName, .date, .mobile, .code])
    #expect(source.fields[4].codes.map(\.to) == ["active", "closed"])
  }

  @Test func recognisesQuotes() throws {
    let text = ([Self.header] + Self.rows).map { row in
      row.map { "\"\($0.replacing(", ", with: ",\n"))\"" }.joined(separator: ",") + "\r\n"
    }.joined()
    let (definition, source) = try sketch(Array(text.utf8))
    #expect(definition.contains("separator: \",\"\nquote: '\"'\nheader: true\n"))
    #expect(source?.fields.count == 5)
  }

  @Test func recognisesEncodings() throws {
    let text = lines(separator: "|")
    let units = Array(text.utf16)
    let little: [UInt8] =
      [0xFF, 0xFE] + units.flatMap { (unit: UInt16) -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let big: [UInt8] =
      [0xFE, 0xFF] + units.flatMap { (unit: UInt16) -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
    let marked: [UInt8] = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    for (bytes, encoding) in [(little, ExtractEncoding.utf16), (big, .utf16), (marked, .utf8)] {
      let source = try #require(try sketch(bytes).source)
      #expect(source.encoding == encoding)
      #expect(source.fields.map(\.to) == ["key", "name", "birth_date", "mobile", "status"])
    }
    let ascii = text.unicodeScalars.filter(\.isASCII)
    var plain = ""
    plain.unicodeScalars.append(contentsOf: ascii)
    #expect(
      try sketch(Array(plain.utf8)).text.contains("encoding: utf-8   # only ASCII was seen: it may be another\n"))
  }

  @Test func recognisesLineEndsAndMarks() throws {
    let returns = lines(separator: "|", end: "\r")
    #expect(try sketch(Array(returns.utf8)).text.contains("line_ends: any\n"))
    let marked = "HDR|20261120\n" + lines(separator: "|", header: false) + "TRL|40|0.00\n"
    let (text, source) = try sketch(Array(marked.utf8))
    #expect(text.contains("  header: {mark: HDR, columns: [mark, \"date yyyyMMdd\"]}\n"))
    #expect(text.contains("  trailer: {mark: TRL, columns: [mark, rows, ignored]}\n"))
    #expect(source?.fields.map(\.to) == ["key", "mobile"])
    // Four names that stand ten times each are no codes.
    #expect(text.contains("\n  # - {from: c2, to: ?, type: code}\n") && !text.contains("王芳"))
  }

  @Test func recognisesGzip() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(lines(separator: "|"), to: "customers_2026-11-20.csv")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/gzip")
    process.arguments = [path]
    try process.run()
    process.waitUntilExit()
    let text = try SourceSketch(of: path + ".gz").definition
    #expect(text.contains("\ncompression: gzip\n") && text.contains("source: customers\n"))
    #expect(text.contains("file: \"customers_{date:yyyy-MM-dd}.csv.gz\"\n"))
  }

  /// The trailer stands behind what is looked at, and is seen all the same.
  @Test func looksAtTheEndOfLargeFiles() throws {
    let row = "K%|王芳|1980-03-05|13900000001|A|" + String(repeating: "x", count: 200) + "\n"
    var text = ""
    for number in 0..<6_000 { text += row.replacing("%", with: String(number)) }
    let (definition, _) = try sketch(Array((text + "TRAILER|6000|1\n").utf8))
    #expect(definition.contains("  trailer: {mark: TRAILER, columns: [mark, rows, ignored]}\n"))
  }

  // MARK: Other layouts

  @Test func recognisesFixedWidths() throws {
    let text = Self.rows.map { row in
      [(row[0], 8), (row[3], 14), (row[2], 12), (row[4], 3)].map { value, width in
        value.padding(toLength: width, withPad: " ", startingAt: 0)
      }.joined() + "\n"
    }.joined()
    let source = try #require(try sketch(Array(text.utf8)).source)
    guard case .fixed(let layout) = source.format else {
      Issue.record("not of fixed widths")
      return
    }
    #expect(layout.columns.map(\.width) == [8, 14, 12, 3])
    #expect(source.fields.map(\.to) == ["key", "mobile"])
  }

  @Test func recognisesJSONLines() throws {
    let text = Self.rows.map { row in
      """
      {"customer_no": "\(row[0])", "person": {"name": "\(row[1])", "birth_date": "\(row[2])"}, "tags": ["a", {"b": 1}], \
      "mobile": "\(row[3])", "score": null, "status": "\(row[4])"}

      """
    }.joined()
    let source = try #require(try sketch(Array(text.utf8)).source)
    #expect(source.format == .jsonLines)
    #expect(source.fields.map(\.from) == ["customer_no", "person/name", "person/birth_date", "mobile", "status"])
  }

  @Test func recognisesElements() throws {
    let records = Self.rows.map { row in
      "<c:customer no='\(row[0])'><c:name>\(row[1])</c:name><!-- > --><c:mobile kind=\"home\">\(row[3])</c:mobile></c:customer>"
    }
    let text =
      "<?xml version=\"1.0\"?><!DOCTYPE x><c:bank xmlns:c=\"urn:x\"><c:head><c:sent>1</c:sent></c:head>\(records.joined())</c:bank>"
    let source = try #require(try sketch(Array(text.utf8)).source)
    var layout = ElementLayout(record: "bank/customer")
    layout.allowsDocumentType = true
    #expect(source.format == .xml(layout))
    #expect(source.fields.map(\.from) == ["@no", "name", "mobile"])
  }

  @Test func takesTheFirstOfElementsThatRepeat() throws {
    let records = Self.rows.map { row in
      "<customer no='\(row[0])'><name>\(row[1])</name><phones><phone kind='home'>\(row[3])</phone>"
        + "<phone kind='work'>\(row[3])</phone></phones></customer>"
    }
    let source = try #require(try sketch(Array("<bank>\(records.joined())</bank>".utf8)).source)
    #expect(source.fields.map(\.from) == ["@no", "name", "phones/phone[1]"])
  }

  @Test(arguments: [
    (["1.234,56", "99,00", "7,1"], "written_comma"), (["1,234.56", "99.00", "7.1"], "written"),
    (["1.234,50-", "12,00"], "written_comma"), (["1,234,567.00", "1,234"], "written"), (["1234.56", "7.10"], nil),
  ])
  func tellsADecimalCommaFromADecimalPoint(_ amounts: [String], _ format: String?) {
    let shape = ColumnProfile("balance", amounts).shape
    #expect(shape == .money(format ?? "plain"))
    #expect(amounts.allSatisfy { (try? Money.parse($0, format: AmountFormat(rawValue: format ?? "plain")!)) != nil })
  }

  // MARK: What it looks like

  @Test func writesACommentedDefinition() throws {
    let folder = try TemporaryFolder()
    let rows = (10...29).map { "A\($0)|K\($0 * 7)|\($0 % 2 == 0 ? "CNY" : "USD")|\($0).50|\($0 % 2)|99991231\n" }
    let text = "ACCT_NO|CUST_NO|CCY|BAL|FLAG|MATURITY\n" + rows.joined() + "END|20|400.00|20261120\n"
    let path = try folder.write(text, to: "20261120/loans_20261120.dat")
    #expect(
      try SourceSketch(of: path).definition == """
        # Sketched from a sample: confirm every line, then delete this one. Keys are explained in docs/formats.md.
        source: loans
        system: loans   # which system sends it
        title: {zh: "loans", en: "loans"}
        kind: holding   # party | holding | transaction | interaction | consent | assignment | relation
        file: "{date:yyyyMMdd}/loans_{date:yyyyMMdd}.dat"
        party: customers   # which source of parties has these keys?
        format: delimited
        encoding: utf-8   # only ASCII was seen: it may be another
        separator: "|"
        quote: none
        header: true
        columns: [ACCT_NO, CUST_NO, CCY, BAL, FLAG, MATURITY]   # a column beside these gives a warning
        arrival:
          on_missing: wait   # wait (exit 75) | fail (exit 1) | empty | carry
          trailer: {mark: END, columns: [mark, rows, "sum BAL", "date yyyyMMdd"]}
          # control: "{date:yyyyMMdd}/…"   # a file with names, counts and sums, if one comes with the delivery
        reject: {fail: {per_thousand: 10, at_least_rows: 10}}   # more bad records than this fail the night
        # change: {rows: {fall_percent: 20, grow_percent: 50}}   # against the last delivery, once some have come
        fields:
          - {from: ACCT_NO, to: key, type: text, required: true}
          - {from: CUST_NO, to: party, type: text, required: true}
          - {from: CCY, to: currency, type: code, required: true}   # CNY (10), USD (10)
          - {from: BAL, to: balance, type: money, required: true}
          # - {from: FLAG, to: ?, type: code}   # 0 (10), 1 (10)
          # - {from: MATURITY, to: ?, type: text, null: ["99991231"]}   # empty in the sample
          # not found, and needed for the kind holding: product

        """)
  }

  @Test func refusesWhatItCannotRead() throws {
    let folder = try TemporaryFolder()
    let empty = try folder.write("", to: "empty.csv")
    let array = try folder.write("[{\"no\":1,\"name\":\"王芳\"},{\"no\":2,\"name\":\"李明\"}]", to: "array.json")
    let prose = try folder.write("This is\na letter of some lines\nand no extract at all.\n", to: "letter.txt")
    for (path, message) in [
      (empty, "\(empty): error [empty_sample]: the sample is empty. Name a delivery with records."),
      (
        prose,
        "\(prose): error [unknown_layout]: the sample's layout is not recognised; expected records between separators, "
          + "of fixed widths, XML or JSON Lines. Write the definition by hand, from one in docs/formats.md."
      ),
      (
        array,
        "\(array): error [unknown_layout]: the sample looks like one JSON array; expected one JSON object a line. Ask the "
          + "source system for JSON Lines."
      ),
      (
        "/nowhere/at/all",
        "error [unreadable_file]: cannot read /nowhere/at/all: No such file or directory. Check that it exists and its "
          + "permissions."
      ),
    ] {
      let problem = #expect(throws: Problem.self) { try SourceSketch(of: path) }
      #expect(problem?.description == message)
    }
  }
}
