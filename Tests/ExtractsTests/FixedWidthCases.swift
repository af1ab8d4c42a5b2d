@testable import Extracts

/// The formats that cases of fixed width are read with.
enum FixedWidthCases {
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
  static let anyEnd = pair { $0.lineEnds = .any }
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

  static func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }
}

extension ConformanceTests {
  static let fixedLineCases: [ReadingCase] = [
    .fixedWidth("empty file", FixedWidthCases.pair, ""),
    .fixedWidth("one record", FixedWidthCases.pair, "ab   12\n", "record 1@0 [\"ab\", \"12\"]"),
    .fixedWidth("no last line end", FixedWidthCases.pair, "ab   12", "record 1@0 [\"ab\", \"12\"]"),
    .fixedWidth(
      "CRLF", FixedWidthCases.pair, "ab   12\r\ncd   34\r\n", "record 1@0 [\"ab\", \"12\"]",
      "record 2@9 [\"cd\", \"34\"]"),
    .fixedWidth("blank lines", FixedWidthCases.pair, "\n\r\nab   12\n\n", "record 3@3 [\"ab\", \"12\"]"),
    .fixedWidth("BOM", FixedWidthCases.pair, "\u{FEFF}ab   12\n", "record 1@3 [\"ab\", \"12\"]"),
    .fixedWidth(
      "CR alone", FixedWidthCases.anyEnd, "ab   12\rcd   34\r\n", "record 1@0 [\"ab\", \"12\"]",
      "record 2@8 [\"cd\", \"34\"]"),
    .fixedWidth("full columns", FixedWidthCases.pair, "abcd123\n", "record 1@0 [\"abcd\", \"123\"]"),
    .fixedWidth("blank columns", FixedWidthCases.pair, "       \n", "record 1@0 [\"\", \"\"]"),
    .fixedWidth("only the pad's side is cut", FixedWidthCases.pair, " a c1  \n", "record 1@0 [\" a c\", \"1  \"]"),
    .fixedWidth("bytes, not characters", FixedWidthCases.pair, "张 123\n", "record 1@0 [\"张\", \"123\"]"),
    .fixedWidth("the full-width blank is kept", FixedWidthCases.pair, "　 123\n", "record 1@0 [\"\u{3000}\", \"123\"]"),
    .fixedWidth(
      "zeros", FixedWidthCases.zeros, "ab  007\nab  000\nab  0.5\nab  0-1\nab   07\n", "record 1@0 [\"ab\", \"7\"]",
      "record 2@8 [\"ab\", \"0\"]", "record 3@16 [\"ab\", \"0.5\"]", "record 4@24 [\"ab\", \"0-1\"]",
      "record 5@32 [\"ab\", \" 07\"]"),
    .fixedWidth(
      "too short", FixedWidthCases.pair, "ab   1\ncd   34\n", "damaged 1@0 wrong_length lines 1 raw 6",
      "record 2@7 [\"cd\", \"34\"]"),
    .fixedWidth(
      "too long", FixedWidthCases.pair, "ab   12 \ncd   34\n", "damaged 1@0 wrong_length lines 1 raw 8",
      "record 2@9 [\"cd\", \"34\"]"),
    .fixedWidth("ends at a column, refused", FixedWidthCases.pair, "abcd\n", "damaged 1@0 wrong_length lines 1 raw 4"),
    .fixedWidth("ends at a column, accepted", FixedWidthCases.accepting, "abcd\n", "record 1@0 [\"abcd\", \"\"]"),
    .fixedWidth("ends in text, accepted", FixedWidthCases.accepting, "ab\n", "record 1@0 [\"ab\", \"\"]"),
    .fixedWidth("ends in the last text, accepted", FixedWidthCases.lastIsText, "abcd\n", "record 1@0 [\"ab\", \"cd\"]"),
    .fixedWidth(
      "ends in a number, refused all the same", FixedWidthCases.accepting, "abcd 1\n",
      "damaged 1@0 wrong_length lines 1 raw 6"),
    .fixedWidth(
      "longer is never accepted", FixedWidthCases.accepting, "abcd1234\n", "damaged 1@0 wrong_length lines 1 raw 8"),
    .fixedWidth(
      "cut character", FixedWidthCases.pair, "abc张1\ncd   34\n", "damaged 1@0 cut_character lines 1 raw 7",
      "record 2@8 [\"cd\", \"34\"]"),
    .fixedWidth(
      "cut character at a short end", FixedWidthCases.lastIsText, FixedWidthCases.ascii("ab") + [0xE5, 0xBC, 10],
      ["damaged 1@0 invalid_utf8 lines 1 raw 4"]),
    .fixedWidth(
      "NUL", FixedWidthCases.pair, "ab\0  12\ncd   34\n", "damaged 1@0 nul_byte lines 1 raw 7",
      "record 2@8 [\"cd\", \"34\"]"),
    .fixedWidth(
      "invalid UTF-8", FixedWidthCases.pair,
      FixedWidthCases.ascii("ab") + [0xFF] + FixedWidthCases.ascii("  12\ncd   34\n"),
      ["damaged 1@0 invalid_utf8 lines 1 raw 7", "record 2@8 [\"cd\", \"34\"]"]),
    .fixedWidth(
      "invalid after a cut character", FixedWidthCases.pair, FixedWidthCases.ascii("abc张") + [0xFF, 10],
      ["damaged 1@0 invalid_utf8 lines 1 raw 7"]),
  ]

  static let fixedEncodingCases: [ReadingCase] = [
    // 张 is D5C5; 東 is 967C, whose second byte is a bar; U+20009 is 95328335.
    .fixedWidth(
      "GB18030", FixedWidthCases.gb, [0xD5, 0xC5, 0x96, 0x7C] + FixedWidthCases.ascii(" 12\n"),
      ["record 1@0 [\"张東\", \"12\"]"]),
    .fixedWidth(
      "GB18030, four bytes", FixedWidthCases.gb, [0x95, 0x32, 0x83, 0x35] + FixedWidthCases.ascii(" 12\n"),
      ["record 1@0 [\"\u{20009}\", \"12\"]"]),
    .fixedWidth(
      "GB18030, cut", FixedWidthCases.gb,
      FixedWidthCases.ascii("abc") + [0xD5, 0xC5] + FixedWidthCases.ascii("12\ncd   34\n"),
      ["damaged 1@0 cut_character lines 1 raw 7", "record 2@8 [\"cd\", \"34\"]"]),
    .fixedWidth(
      "GB18030, cut after two of four", FixedWidthCases.gb,
      FixedWidthCases.ascii("ab") + [0x95, 0x32, 0x83, 0x35] + FixedWidthCases.ascii("1\n"),
      ["damaged 1@0 cut_character lines 1 raw 7"]),
    .fixedWidth(
      "GB18030, invalid", FixedWidthCases.gb,
      FixedWidthCases.ascii("ab") + [0xFF] + FixedWidthCases.ascii("  12\ncd   34\n"),
      ["damaged 1@0 invalid_gb18030 lines 1 raw 7", "record 2@8 [\"cd\", \"34\"]"]),
    .fixedWidth(
      "GB18030, ends within a character", FixedWidthCases.gb, FixedWidthCases.ascii("abcd12") + [0xD5, 10],
      ["damaged 1@0 invalid_gb18030 lines 1 raw 7"]),
    .fixedWidth(
      "GB18030, BOM", FixedWidthCases.gb, [0x84, 0x31, 0x95, 0x33] + FixedWidthCases.ascii("ab   12"),
      ["record 1@4 [\"ab\", \"12\"]"]),
  ]

  static let fixedRecordCases: [ReadingCase] = [
    .fixedWidth(
      "no line ends", FixedWidthCases.unbroken, "ab   12cd   34", "record 1@0 [\"ab\", \"12\"]",
      "record 2@7 [\"cd\", \"34\"]"),
    .fixedWidth("no line ends, empty file", FixedWidthCases.unbroken, ""),
    .fixedWidth("no line ends, a last one", FixedWidthCases.unbroken, "ab   12\r\n", "record 1@0 [\"ab\", \"12\"]"),
    .fixedWidth("no line ends, BOM", FixedWidthCases.unbroken, "\u{FEFF}ab   12", "record 1@3 [\"ab\", \"12\"]"),
    .fixedWidth(
      "no line ends, cut", FixedWidthCases.unbroken, "ab   12cd  ", "record 1@0 [\"ab\", \"12\"]",
      "damaged 2@7 wrong_length lines 1 raw 4"),
    .fixedWidth(
      "no line ends, but there are", FixedWidthCases.unbroken, "ab   12\ncd   3", "record 1@0 [\"ab\", \"12\"]",
      "damaged 2@7 wrong_length lines 1 raw 7"),
    .fixedWidth(
      "no line ends, cut character", FixedWidthCases.unbroken, "abc张1cd   34",
      "damaged 1@0 cut_character lines 1 raw 7",
      "record 2@7 [\"cd\", \"34\"]"),
    .fixedWidth(
      "no line ends, NUL", FixedWidthCases.unbroken, "ab   1\0cd   34", "damaged 1@0 nul_byte lines 1 raw 7",
      "record 2@7 [\"cd\", \"34\"]"),
    .fixedWidth(
      "header and trailer", FixedWidthCases.marked, "H20261124\nab   12\nEND   1\nEND\n",
      "control 1@0 [\"H\", \"20261124\"]",
      "record 2@10 [\"ab\", \"12\"]", "control 3@18 [\"END\", \"1\"]", "control 4@26 [\"END\", \"\"]"),
  ]
}
