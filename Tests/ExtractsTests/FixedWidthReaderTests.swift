import Basics
import TestSupport
import Testing

@testable import Extracts

/// The conformance table of the fixed-width reader, and what it says of damage.
@Suite struct FixedWidthReaderTests {
  /// Four bytes of text, three of a number.
  static let pair = FixedWidthFormat(columns: [
    FixedWidthColumn("name", widthBytes: 4), FixedWidthColumn("count", widthBytes: 3, alignment: .right),
  ])

  static func pair(_ change: (inout FixedWidthFormat) -> Void) -> FixedWidthFormat {
    var format = pair
    change(&format)
    return format
  }

  static let gb = pair { $0.encoding = .gb18030 }
  static let accepting = pair { $0.shortLines = .accept }
  static let unbroken = pair { $0.lineEnds = .none }
  static let zeros = pair { $0.columns[1].pad = UInt8(ascii: "0") }
  static let lastIsText = FixedWidthFormat(
    columns: [FixedWidthColumn("a", widthBytes: 2), FixedWidthColumn("b", widthBytes: 4)], shortLines: .accept)
  static let marked = pair {
    $0.controls = [
      FixedWidthControl(
        "H", columns: [FixedWidthColumn("mark", widthBytes: 1), FixedWidthColumn("day", widthBytes: 8)]),
      FixedWidthControl("END"),
    ]
  }

  struct Case {
    var name: String
    var format: FixedWidthFormat
    var content: [UInt8]
    var expected: [String]

    init(_ name: String, _ format: FixedWidthFormat, _ text: String, _ expected: String...) {
      self.init(name, format, bytes: Array(text.utf8), expected)
    }

    init(_ name: String, _ format: FixedWidthFormat, bytes: [UInt8], _ expected: [String]) {
      self.name = name
      self.format = format
      content = bytes
      self.expected = expected
    }
  }

  static func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

  static let lines: [Case] = [
    Case("empty file", pair, ""),
    Case("one record", pair, "ab   12\n", "record 1@0 [\"ab\", \"12\"]"),
    Case("no last line end", pair, "ab   12", "record 1@0 [\"ab\", \"12\"]"),
    Case("CRLF", pair, "ab   12\r\ncd   34\r\n", "record 1@0 [\"ab\", \"12\"]", "record 2@9 [\"cd\", \"34\"]"),
    Case("blank lines", pair, "\n\r\nab   12\n\n", "record 3@3 [\"ab\", \"12\"]"),
    Case("BOM", pair, "\u{FEFF}ab   12\n", "record 1@3 [\"ab\", \"12\"]"),
    Case("full columns", pair, "abcd123\n", "record 1@0 [\"abcd\", \"123\"]"),
    Case("blank columns", pair, "       \n", "record 1@0 [\"\", \"\"]"),
    Case("only the pad's side is cut", pair, " a c1  \n", "record 1@0 [\" a c\", \"1  \"]"),
    Case("bytes, not characters", pair, "张 123\n", "record 1@0 [\"张\", \"123\"]"),
    Case("the full-width blank is kept", pair, "　 123\n", "record 1@0 [\"\u{3000}\", \"123\"]"),
    Case(
      "zeros", zeros, "ab  007\nab  000\nab  0.5\nab  0-1\nab   07\n", "record 1@0 [\"ab\", \"7\"]",
      "record 2@8 [\"ab\", \"0\"]", "record 3@16 [\"ab\", \"0.5\"]", "record 4@24 [\"ab\", \"0-1\"]",
      "record 5@32 [\"ab\", \" 07\"]"),
    Case(
      "too short", pair, "ab   1\ncd   34\n", "damaged 1@0 wrong_length lines 1 raw 6", "record 2@7 [\"cd\", \"34\"]"),
    Case(
      "too long", pair, "ab   12 \ncd   34\n", "damaged 1@0 wrong_length lines 1 raw 8",
      "record 2@9 [\"cd\", \"34\"]"),
    Case("ends at a column, refused", pair, "abcd\n", "damaged 1@0 wrong_length lines 1 raw 4"),
    Case("ends at a column, accepted", accepting, "abcd\n", "record 1@0 [\"abcd\", \"\"]"),
    Case("ends in text, accepted", accepting, "ab\n", "record 1@0 [\"ab\", \"\"]"),
    Case("ends in the last text, accepted", lastIsText, "abcd\n", "record 1@0 [\"ab\", \"cd\"]"),
    Case("ends in a number, refused all the same", accepting, "abcd 1\n", "damaged 1@0 wrong_length lines 1 raw 6"),
    Case("longer is never accepted", accepting, "abcd1234\n", "damaged 1@0 wrong_length lines 1 raw 8"),
    Case(
      "cut character", pair, "abc张1\ncd   34\n", "damaged 1@0 cut_character lines 1 raw 7",
      "record 2@8 [\"cd\", \"34\"]"),
    Case(
      "cut character at a short end", lastIsText, bytes: ascii("ab") + [0xE5, 0xBC, 10],
      ["damaged 1@0 invalid_utf8 lines 1 raw 4"]),
    Case("NUL", pair, "ab\0  12\ncd   34\n", "damaged 1@0 nul_byte lines 1 raw 7", "record 2@8 [\"cd\", \"34\"]"),
    Case(
      "invalid UTF-8", pair, bytes: ascii("ab") + [0xFF] + ascii("  12\ncd   34\n"),
      ["damaged 1@0 invalid_utf8 lines 1 raw 7", "record 2@8 [\"cd\", \"34\"]"]),
    Case(
      "invalid after a cut character", pair, bytes: ascii("abc张") + [0xFF, 10],
      ["damaged 1@0 invalid_utf8 lines 1 raw 7"]),
  ]

  static let encoded: [Case] = [
    // 张 is D5C5; 東 is 967C, whose second byte is a bar; U+20009 is 95328335.
    Case("GB18030", gb, bytes: [0xD5, 0xC5, 0x96, 0x7C] + ascii(" 12\n"), ["record 1@0 [\"张東\", \"12\"]"]),
    Case(
      "GB18030, four bytes", gb, bytes: [0x95, 0x32, 0x83, 0x35] + ascii(" 12\n"),
      ["record 1@0 [\"\u{20009}\", \"12\"]"]),
    Case(
      "GB18030, cut", gb, bytes: ascii("abc") + [0xD5, 0xC5] + ascii("12\ncd   34\n"),
      ["damaged 1@0 cut_character lines 1 raw 7", "record 2@8 [\"cd\", \"34\"]"]),
    Case(
      "GB18030, cut after two of four", gb, bytes: ascii("ab") + [0x95, 0x32, 0x83, 0x35] + ascii("1\n"),
      ["damaged 1@0 cut_character lines 1 raw 7"]),
    Case(
      "GB18030, invalid", gb, bytes: ascii("ab") + [0xFF] + ascii("  12\ncd   34\n"),
      ["damaged 1@0 invalid_gb18030 lines 1 raw 7", "record 2@8 [\"cd\", \"34\"]"]),
    Case(
      "GB18030, ends within a character", gb, bytes: ascii("abcd12") + [0xD5, 10],
      ["damaged 1@0 invalid_gb18030 lines 1 raw 7"]),
    Case("GB18030, BOM", gb, bytes: [0x84, 0x31, 0x95, 0x33] + ascii("ab   12"), ["record 1@4 [\"ab\", \"12\"]"]),
  ]

  static let other: [Case] = [
    Case("no line ends", unbroken, "ab   12cd   34", "record 1@0 [\"ab\", \"12\"]", "record 2@7 [\"cd\", \"34\"]"),
    Case("no line ends, empty file", unbroken, ""),
    Case("no line ends, a last one", unbroken, "ab   12\r\n", "record 1@0 [\"ab\", \"12\"]"),
    Case("no line ends, BOM", unbroken, "\u{FEFF}ab   12", "record 1@3 [\"ab\", \"12\"]"),
    Case(
      "no line ends, cut", unbroken, "ab   12cd  ", "record 1@0 [\"ab\", \"12\"]",
      "damaged 2@7 wrong_length lines 1 raw 4"),
    Case(
      "no line ends, but there are", unbroken, "ab   12\ncd   3", "record 1@0 [\"ab\", \"12\"]",
      "damaged 2@7 wrong_length lines 1 raw 7"),
    Case(
      "no line ends, cut character", unbroken, "abc张1cd   34", "damaged 1@0 cut_character lines 1 raw 7",
      "record 2@7 [\"cd\", \"34\"]"),
    Case(
      "no line ends, NUL", unbroken, "ab   1\0cd   34", "damaged 1@0 nul_byte lines 1 raw 7",
      "record 2@7 [\"cd\", \"34\"]"),
    Case(
      "header and trailer", marked, "H20261124\nab   12\nEND   1\nEND\n", "control 1@0 [\"H\", \"20261124\"]",
      "record 2@10 [\"ab\", \"12\"]", "control 3@18 [\"END\", \"1\"]", "control 4@26 [\"END\", \"\"]"),
  ]

  @Test(arguments: [lines, encoded, other].flatMap { $0 }.indices)
  func delivers(_ index: Int) throws {
    let it = (Self.lines + Self.encoded + Self.other)[index]
    let whole = try read(it.content, it.format)
    #expect(whole.map(\.description) == it.expected, "\(it.name)")
    for piece in 1...max(1, it.content.count) {
      #expect(try read(it.content, it.format, piece: piece, blockBytes: piece) == whole, "\(it.name), \(piece)")
      #expect(try read(it.content, it.format, piece: piece) == whole, "\(it.name), pieces of \(piece)")
    }
  }

  func read(
    _ content: [UInt8], _ format: FixedWidthFormat, piece: Int = .max, blockBytes: Int = 128 << 10
  ) throws -> [Outcome] {
    let bytes = ExtractBytes(content, named: "t.txt", piece: piece)
    return try outcomes(FixedWidthReader(bytes, format: format, blockBytes: blockBytes))
  }

  @Test func agreesWithTheObviousReader() throws {
    let seed: UInt64 = 20_261_124
    var random = SeededRandom(seed)
    let alphabets: [[[UInt8]]] = [
      ["a", " ", "0", "7", "张", "\n", "\r\n"].map(Self.ascii),
      [[0xD5, 0xC5], [0x96, 0x7C], [0x95, 0x32, 0x83, 0x35], [32], [0x7C], [0x30], [10]],
      ["a", "ab   12\n", "cd   34", "\n", "\0", "\r", "é"].map(Self.ascii),
      [[0xD5], [0xC5], [0x30], [0x81], [0x39], [0xFF], [32], [10], Self.ascii("ab   12\n")],
    ]
    for round in 0..<4000 {
      var format = FixedWidthFormat(columns: [])
      for number in 0...Int.random(in: 0...3, using: &random) {
        let isRight = Bool.random(using: &random)
        format.columns.append(
          FixedWidthColumn(
            "\(number)", widthBytes: Int.random(in: 1...4, using: &random), alignment: isRight ? .right : .left,
            pad: (isRight ? [0x20, 0x30, 0x7C] : [0x20, 0x7C]).randomElement(using: &random)!))
      }
      format.encoding = Bool.random(using: &random) ? .utf8 : .gb18030
      format.lineEnds = round % 3 == 0 ? .none : .feed
      format.shortLines = Bool.random(using: &random) ? .accept : .refuse
      format.maxRecordBytes = [1 << 20, format.recordBytes + 2].randomElement(using: &random)!
      let alphabet = alphabets[round % alphabets.count]
      var content: [UInt8] = []
      for _ in 0..<Int.random(in: 0...30, using: &random) { content += alphabet.randomElement(using: &random)! }
      let expected = FixedWidthReference.read(content, format)
      let piece = Int.random(in: 1...9, using: &random)
      let block = Int.random(in: 1...70, using: &random)
      #expect(
        try read(content, format, piece: piece, blockBytes: block) == expected,
        "seed \(seed), round \(round), pieces of \(piece), blocks of \(block): \(content)")
      #expect(try read(content, format) == expected, "seed \(seed), round \(round): \(content)")
    }
  }

  @Test func namesTheDamage() throws {
    func damage(_ text: String, _ format: FixedWidthFormat) throws -> [String] {
      let reader = try FixedWidthReader(ExtractBytes(Array(text.utf8), named: "core.txt"), format: format)
      while let delivery = try reader.next() {
        guard case .damaged(let damage) = delivery else { continue }
        #expect(reader.damagedCount == 1)
        return [damage.place.description, damage.found, damage.expected]
      }
      return []
    }
    #expect(try damage("ab   12\nab\n", Self.pair) == ["core.txt:2", "2 bytes", "7 bytes"])
    #expect(
      try damage("abc张1\n", Self.pair) == [
        "core.txt:1", "a character across the border at byte 4 of the record",
        "columns that end between characters of UTF-8",
      ])
    #expect(
      try damage("ab   12ab \n  12", Self.unbroken) == [
        "core.txt:2", "a line end at byte 10", "7 bytes without line ends",
      ])
    #expect(
      try damage("H20261124  x\n", Self.marked) == [
        "core.txt:1", "text at byte 11 of a control record", "at most 9 bytes",
      ])
    let long = Self.pair { $0.maxRecordBytes = 8 }
    #expect(try damage("abcd  12345\n", long) == ["core.txt:1", "11 bytes", "at most 8 bytes"])
    #expect(try damage("ab\0  12\n", Self.pair) == ["core.txt:1", "a NUL byte", "text"])
  }

  @Test func refusesFormatsThatCannotBe() {
    func message(_ change: (inout FixedWidthFormat) -> Void) -> String? {
      problem { _ = try FixedWidthReader(ExtractBytes([], named: "t"), format: Self.pair(change)) }?.description
    }
    #expect(message { _ in } == nil)
    #expect(
      message { $0.columns = [] }
        == "error [bad_column]: a fixed-width record has no columns; expected at least one column.")
    #expect(
      message { $0.columns[0].widthBytes = 0 }
        == "error [bad_column]: column name cannot have this width; found 0 bytes, expected 1 to 1048576 bytes.")
    #expect(
      message { $0.maxRecordBytes = 6 }
        == "error [bad_column]: the columns are wider than the longest record; found 7 bytes, expected at most 6 bytes."
    )
    #expect(
      message { $0.columns[0].pad = 9 }
        == "error [bad_column]: column name cannot be padded with this byte; found 0x9, "
        + "expected a printable ASCII character.")
    #expect(
      message { $0.columns[0].pad = UInt8(ascii: "0") }
        == "error [bad_column]: column name is padded with 0 behind its value, where a 0 may be part of it; "
        + "expected alignment right, or another pad.")
    for mark in ["", "LONGER", "尾"] {
      #expect(
        message { $0.controls = [FixedWidthControl(mark)] }
          == "error [bad_mark]: this cannot mark a header or trailer record; found \"\(mark)\", "
          + "expected printable ASCII characters that fit its first column.")
    }
  }

  @Test func longLineIsOneDamagedRecord() throws {
    let content = Self.ascii("ab   12\n") + [UInt8](repeating: 120, count: 3 << 20) + Self.ascii("\r\ncd   34\n")
    let list = try read(content, Self.pair)
    #expect(list.map { $0.fields == nil ? "x" : "." }.joined() == ".x.")
  }
}
