@testable import Extracts

extension ConformanceTests {
  private static let comma = DelimitedFormat(fieldCount: 3)

  static let plainCases: [ReadingCase] = [
    .delimited("empty file", "", comma),
    .delimited("one record", "a,b,c\n", comma, #"record 1@0 ["a", "b", "c"]"#),
    .delimited("no last line end", "a,b,c", comma, #"record 1@0 ["a", "b", "c"]"#),
    .delimited("blank lines", "\n\r\na,b,c\n\n", comma, #"record 3@3 ["a", "b", "c"]"#),
    .delimited("empty fields", ",,\n", comma, #"record 1@0 ["", "", ""]"#),
    .delimited("nothing is trimmed", " a ,\tb, c\n", comma, #"record 1@0 [" a ", "\tb", " c"]"#),
    .delimited("BOM", "\u{FEFF}a,b,c\n", comma, #"record 1@3 ["a", "b", "c"]"#),
    .delimited("BOM alone", "\u{FEFF}", comma),
    .delimited("BOM in the middle is text", "\n\u{FEFF},b,c", comma, "record 2@1 [\"\u{FEFF}\", \"b\", \"c\"]"),
    .delimited("no quotes declared", "\"a,\"b,c\"\"\n", unquoted, #"record 1@0 ["\"a", "\"b", "c\"\""]"#),
    .delimited(
      "trailer", "a,b,c\nTRAILER,1\n", trailed, #"record 1@0 ["a", "b", "c"]"#, #"control 2@6 ["TRAILER", "1"]"#),
    .delimited("quoted trailer", "\"TRAILER\",\"1\"\n", trailed, #"control 1@0 ["TRAILER", "1"]"#),
  ]

  private static let unquoted = DelimitedFormat(quote: nil, fieldCount: 3)
  private static let trailed = DelimitedFormat(fieldCount: 3, controlMarks: ["TRAILER"])

  static let quotedCases: [ReadingCase] = [
    .delimited("quoted", "\"a,b\",\"c\"\"d\",\"\"\n", comma, #"record 1@0 ["a,b", "c\"d", ""]"#),
    .delimited("quoted spaces", "\" a \",b,c\n", comma, #"record 1@0 [" a ", "b", "c"]"#),
    .delimited("one quote quoted", "\"\"\"\",b,c\n", comma, #"record 1@0 ["\"", "b", "c"]"#),
    .delimited(
      "line end in quotes", "a,\"b\r\nb\",c\nd,e,f\n", comma, #"record 1@0 ["a", "b\r\nb", "c"]"#,
      #"record 3@11 ["d", "e", "f"]"#),
    .delimited("blank line in quotes", "a,\"\n\n\",c", comma, #"record 1@0 ["a", "\n\n", "c"]"#),
    .delimited("another quote", "'a,b','c''d',\"\n", single, #"record 1@0 ["a,b", "c\'d", "\""]"#),
  ]

  private static let single = DelimitedFormat(quote: UInt8(ascii: "'"), fieldCount: 3)

  static let damageCases: [ReadingCase] = [
    .delimited(
      "stray quote", "a,5\" pipe,c\nd,e,f\n", comma, "damaged 1@0 stray_quote lines 1 raw 11",
      #"record 2@12 ["d", "e", "f"]"#),
    .delimited(
      "text behind a quote", "a,\"b\"x,c\nd,e,f", comma, "damaged 1@0 stray_quote lines 1 raw 8",
      #"record 2@9 ["d", "e", "f"]"#),
    .delimited(
      "blank before a quote", "a, \"b\",c\n", comma, "damaged 1@0 stray_quote lines 1 raw 8"),
    .delimited(
      "unclosed quote", "a,\"b,c\nd,e,f\n", comma, "damaged 1@0 unclosed_quote lines 1 raw 6",
      #"record 2@7 ["d", "e", "f"]"#),
    .delimited(
      "unclosed quote met by the next one", "a,\"b,c\nd,\"e\",f\n", comma, "damaged 1@0 unclosed_quote lines 1 raw 6",
      #"record 2@7 ["d", "e", "f"]"#),
    .delimited(
      "NUL", "a,\0,c\nd,e,f\n", comma, "damaged 1@0 nul_byte lines 1 raw 5", #"record 2@6 ["d", "e", "f"]"#),
    .delimited(
      "too few", "a,b\nd,e,f\n", comma, "damaged 1@0 too_few_fields lines 1 raw 3", #"record 2@4 ["d", "e", "f"]"#),
    .delimited(
      "too many", "a,b,c,\nd,e,f\n", comma, "damaged 1@0 too_many_fields lines 1 raw 6", #"record 2@7 ["d", "e", "f"]"#),
    .delimited(
      "cut last line", "a,b,c\nd,e", comma, #"record 1@0 ["a", "b", "c"]"#, "damaged 2@6 too_few_fields lines 1 raw 3"),
    .delimited(
      "long record", "a,b,cccccc\r\nd,e,f\r\n", limited, "damaged 1@0 record_too_long lines 1 raw 10",
      #"record 2@12 ["d", "e", "f"]"#),
    .delimited(
      "long field", "a,bbb,c\n\"dddd\",e,\n", limited, "damaged 1@0 field_too_long lines 1 raw 7",
      "damaged 2@8 field_too_long lines 1 raw 9"),
  ]

  private static var limited: DelimitedFormat {
    var format = comma
    format.maxRecordBytes = 9
    format.maxFieldBytes = 2
    return format
  }

  static let lineEndCases: [ReadingCase] = [
    .delimited("CRLF", "a,b,c\r\nd,e,f\r\n", comma, #"record 1@0 ["a", "b", "c"]"#, #"record 2@7 ["d", "e", "f"]"#),
    .delimited("mixed", "a,b,c\r\nd,e,f\n", comma, #"record 1@0 ["a", "b", "c"]"#, #"record 2@7 ["d", "e", "f"]"#),
    .delimited("a lone CR is text", "a,\r,c\rd\n", comma, #"record 1@0 ["a", "\r", "c\rd"]"#),
    .delimited("CR before CRLF is text", "a,b,c\r\r\n", comma, #"record 1@0 ["a", "b", "c\r"]"#),
    .delimited(
      "lone CRs", "a,b,c\rd,e,f\r", anyEnd(comma), #"record 1@0 ["a", "b", "c"]"#, #"record 2@6 ["d", "e", "f"]"#),
    .delimited(
      "all three", "a,b,c\rd,e,f\ng,h,i\r\nj,k,l", anyEnd(comma), #"record 1@0 ["a", "b", "c"]"#,
      #"record 2@6 ["d", "e", "f"]"#, #"record 3@12 ["g", "h", "i"]"#, #"record 4@19 ["j", "k", "l"]"#),
    .delimited("blank lines of all three", "\r\r\n\n\ra,b,c\r\r", anyEnd(comma), #"record 5@5 ["a", "b", "c"]"#),
    .delimited("CR in quotes", "a,\"b\rb\",c\r", anyEnd(comma), #"record 1@0 ["a", "b\rb", "c"]"#),
    .delimited(
      "unclosed quote before a CR", "a,\"b,c\rd,e,f\r", anyEnd(comma), "damaged 1@0 unclosed_quote lines 1 raw 6",
      #"record 2@7 ["d", "e", "f"]"#),
    .delimited(
      "lone CRs in GB18030", encode("億,b,c\rd,東,f\r\n", .gb18030), anyEnd(encoded(.gb18030)),
      [#"record 1@0 ["億", "b", "c"]"#, #"record 2@7 ["d", "東", "f"]"#]),
    .delimited(
      "lone CRs in UTF-16", [0xFE, 0xFF] + encode("億,b,c\rd,東,f\r\n", .utf16, isBigEndian: true),
      anyEnd(encoded(.utf16)), [#"record 1@2 ["億", "b", "c"]"#, #"record 2@14 ["d", "東", "f"]"#]),
  ]

  private static func anyEnd(_ format: DelimitedFormat) -> DelimitedFormat {
    var format = format
    format.lineTerminators = .any
    return format
  }

  private static func encoded(_ encoding: TextEncoding) -> DelimitedFormat {
    DelimitedFormat(encoding: encoding, fieldCount: 3)
  }

  static let separatorCases: [ReadingCase] = [
    .delimited("|!|", "a|!|b|!|c\r\n|!||!|\n", by("|!|"), #"record 1@0 ["a", "b", "c"]"#, #"record 2@11 ["", "", ""]"#),
    .delimited("|+|, its bytes in fields", "a||+||b+|+|c\n", by("|+|"), #"record 1@0 ["a|", "|b+", "c"]"#),
    .delimited("`@^", "a`@^`@`@^c^\n", by("`@^"), #"record 1@0 ["a", "`@", "c^"]"#),
    .delimited("from left to right", "a||||b|||c\n", by("||", count: 4), #"record 1@0 ["a", "", "b", "|c"]"#),
    .delimited("~|~ shares its ends", "a~|~|~b~|~c\n", by("~|~"), #"record 1@0 ["a", "|~b", "c"]"#),
    .delimited("eight bytes", "a<->--<->b<->--<->c\n", by("<->--<->"), #"record 1@0 ["a", "b", "c"]"#),
    .delimited(
      "quoted", "\"a|!|\"\"\"|!|\"\"|!|\"c\nc\"\n", by("|!|"), #"record 1@0 ["a|!|\"", "", "c\nc"]"#),
    .delimited(
      "quotes at the edges only", "\"a\"|!b|!|\"c\"\na|!|b\"|!|c\na|!|\"b|!|c\nd|!|e|!|f", by("|!|"),
      "damaged 1@0 stray_quote lines 1 raw 12", "damaged 2@13 stray_quote lines 1 raw 10",
      "damaged 3@24 unclosed_quote lines 1 raw 10", #"record 4@35 ["d", "e", "f"]"#),
    .delimited(
      "quotes mean nothing", "\"a|!|b\"|!|\"\n", by("|!|", quote: nil), #"record 1@0 ["\"a", "b\"", "\""]"#),
    .delimited(
      "in GB18030, whose second bytes it holds", encode("東億|!|億|億|!|墊\n", .gb18030),
      by("|!|", encoding: .gb18030), [#"record 1@0 ["東億", "億|億", "墊"]"#]),
    .delimited("0x01", "a\u{1}b\u{1}c\n", by("\u{1}"), #"record 1@0 ["a", "b", "c"]"#),
    .delimited("0x1B in quotes", "a\u{1B}\"\u{1B}\"\u{1B}c\n", by("\u{1B}"), "record 1@0 [\"a\", \"\\u{1B}\", \"c\"]"),
  ]

  private static func by(
    _ separator: String, quote: UInt8? = UInt8(ascii: "\""), encoding: TextEncoding = .utf8, count: Int = 3
  ) -> DelimitedFormat {
    DelimitedFormat(separator: separator, quote: quote, encoding: encoding, fieldCount: count)
  }

  static let encodingCases: [ReadingCase] = [
    .delimited(
      "invalid UTF-8", [0xC3, 0x28] + Array(",b,c\nd,e,f\n".utf8), encoded(.utf8),
      ["damaged 1@0 invalid_utf8 lines 1 raw 6", #"record 2@7 ["d", "e", "f"]"#]),
    .delimited(
      "invalid GB18030", [0x80] + Array(",b,c\nd,e,f\n".utf8) + [0x81], encoded(.gb18030),
      [
        "damaged 1@0 invalid_gb18030 lines 1 raw 5", #"record 2@6 ["d", "e", "f"]"#,
        "damaged 3@12 invalid_gb18030 lines 1 raw 1",
      ]),
    .delimited(
      "BOM of GB18030", [0x84, 0x31, 0x95, 0x33] + encode("東,b,c\n", .gb18030), encoded(.gb18030),
      [#"record 1@4 ["東", "b", "c"]"#]),
    .delimited(
      "UTF-16LE", [0xFF, 0xFE] + encode("東,\"億\n\"\"\",𠂇\r\nd,e,f", .utf16), encoded(.utf16),
      [#"record 1@2 ["東", "億\n\"", "𠂇"]"#, #"record 3@28 ["d", "e", "f"]"#]),
    .delimited(
      "UTF-16BE", [0xFE, 0xFF] + encode("東,億,𠂇\nd,e,f\n", .utf16, isBigEndian: true), encoded(.utf16),
      [#"record 1@2 ["東", "億", "𠂇"]"#, #"record 2@16 ["d", "e", "f"]"#]),
    .delimited(
      "U+0A0A and U+0D0A end no line", [0xFF, 0xFE] + encode("\u{0A0A},\u{0D0A},\u{220A}\n", .utf16), encoded(.utf16),
      ["record 1@2 [\"\u{0A0A}\", \"\u{0D0A}\", \"\u{220A}\"]"]),
    .delimited(
      "half a surrogate pair",
      [0xFF, 0xFE] + encode("d,e,f\n", .utf16) + [0x3D, 0xD8] + encode(",b,c\nd,e,f\n", .utf16),
      encoded(.utf16),
      [
        #"record 1@2 ["d", "e", "f"]"#, "damaged 2@14 invalid_utf16 lines 1 raw 7", #"record 3@26 ["d", "e", "f"]"#,
      ]),
    .delimited(
      "odd last byte", [0xFE, 0xFF] + encode("d,e,f\na,b,c", .utf16, isBigEndian: true) + [0x00], encoded(.utf16),
      [#"record 1@2 ["d", "e", "f"]"#, "damaged 2@14 invalid_utf16 lines 1 raw 8"]),
    .delimited(
      "odd byte behind the last line", [0xFF, 0xFE] + encode("d,e,f\n", .utf16) + [0x0A], encoded(.utf16),
      [#"record 1@2 ["d", "e", "f"]"#, "damaged 2@14 invalid_utf16 lines 1 raw 3"]),
    .delimited("UTF-16 without text", [0xFF, 0xFE], encoded(.utf16), []),
    .delimited("UTF-16 without a byte", [], encoded(.utf16), []),
  ]

  static let elementCases: [ReadingCase] = [
    .elements(
      "elements", "<r><e a='1'><b>x&amp;</b></e>\n<e/></r>", ElementFormat(recordPath: "r/e", fields: ["@a", "b"]),
      #"record 1@3 ["1", "x&"]"#, #"record 2@30 ["nil", "nil"]"#)
  ]
}
