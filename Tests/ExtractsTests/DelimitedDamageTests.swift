import Testing

@testable import Extracts

@Suite struct DelimitedDamageTests {
  static let comma = DelimitedFormat(fieldCount: 3)
  static let gb18030 = DelimitedFormat(encoding: .gb18030, fieldCount: 3)
  static let utf16 = DelimitedFormat(encoding: .utf16, fieldCount: 3)
  static var short: DelimitedFormat {
    var format = comma
    format.maxRecordBytes = 12
    format.maxFieldBytes = 3
    format.maxQuotedLines = 2
    format.maxQuotedBytes = 10
    return format
  }

  typealias Message = (
    content: [UInt8], format: DelimitedFormat, code: DamagedRecord.Code, found: String, expected: String,
    advice: String?
  )

  static let messages: [Message] = [
    (
      Array("a,5\" pipe,c\n".utf8), comma, .strayQuote,
      "a quote that is neither doubled nor at a field's edge, near byte 3 of the line",
      "fields that are quoted whole, with quotes inside doubled",
      nil
    ),
    (
      Array("a,\"b,c\n".utf8), comma, .unclosedQuote, "a quoted field that is not closed",
      "its closing quote within 20 lines and 65536 bytes",
      nil
    ),
    (
      Array("a,\"b\n\n\n\",c\n".utf8), short, .unclosedQuote, "a quoted field that is not closed",
      "its closing quote within 2 lines and 10 bytes",
      nil
    ),
    (
      Array("a,bb,cccccccc\n".utf8), short, .recordTooLong, "13 bytes", "at most 12 bytes",
      nil
    ),
    (
      Array("a,bbbb,c\n".utf8), short, .fieldTooLong, "4 bytes in field 2", "at most 3 bytes",
      nil
    ),
    (
      Array("a,b,c,d\n".utf8), comma, .tooManyFields, "4 fields", "3 fields",
      nil
    ),
    (
      Array("a,b\n".utf8), comma, .tooFewFields, "2 fields", "3 fields",
      nil
    ),
    (Array("a,\0,c\n".utf8), comma, .nulByte, "a NUL byte", "text", nil),
    (
      Array("a,".utf8) + [0xC3, 0x28] + Array(",c\n".utf8), comma, .invalidUTF8, "an invalid sequence at byte 2",
      "text in UTF-8", nil
    ),
    (
      encode("a,张伟,c\n", .gb18030), comma, .invalidUTF8, "an invalid sequence at byte 2", "text in UTF-8",
      "The record reads as GB18030: if the others do too, declare that encoding"
    ),
    (
      Array("a,中,c\n".utf8), gb18030, .invalidGB18030, "an invalid sequence at byte 4", "text in GB18030",
      "The record reads as UTF-8: if the others do too, declare that encoding"
    ),
    (
      [0xFF, 0xFE] + encode("a,", .utf16) + [0x00, 0xDC] + encode(",c\n", .utf16), utf16, .invalidUTF16,
      "an invalid sequence at byte 6", "text in UTF-16", nil
    ),
  ]

  @Test(arguments: messages.indices) func saysWhatIsWrong(_ index: Int) throws {
    let message = Self.messages[index]
    let reader = try DelimitedReader(ExtractBytes(message.content, named: "crm.csv"), format: message.format)
    guard case .damaged(let damage)? = try reader.next() else {
      Issue.record("no damage in case \(index)")
      return
    }
    #expect(damage.code == message.code)
    #expect(damage.found == message.found)
    #expect(damage.expected == message.expected)
    #expect(damage.advice == message.advice)
    #expect(damage.place.description == "crm.csv:1")
    #expect(damage.place.byteOffset == (message.format.encoding == .utf16 ? 2 : 0))
    #expect(reader.damagedCount == 1)
  }

  @Test func utf16NeedsItsMark() {
    let found = problem { _ = try read(encode("a,b,c\n", .utf16), Self.utf16) }
    #expect(
      found?.description
        == "t.csv, byte 0: error [missing_byte_order_mark]: the file does not begin with the byte-order mark of UTF-16; "
        + "expected the bytes FF FE or FE FF. "
        + "Check the encoding in the source's definition, or ask the source system to write the mark.")
  }

  /// The window grows to what its limits need, not to what a file holds.
  @Test(arguments: [TextEncoding.utf8, .utf16]) func longLinesTakeNoMemory(_ encoding: TextEncoding) throws {
    let length = 50_000_000
    var content = (encoding.marks[0] + encode("a,b,c\r\n", encoding))
    content += [UInt8](repeating: 120, count: length)
    content += encode("\r\nd,e,f\r\n", encoding)
    let format = DelimitedFormat(encoding: encoding, fieldCount: 3)
    let reader = try DelimitedReader(ExtractBytes(content, named: "t"), format: format)
    var kinds = ""
    while let delivery = try reader.next() {
      guard case .damaged(let damage) = delivery else {
        kinds += "."
        continue
      }
      kinds += "x"
      #expect(damage.code == .recordTooLong)
      #expect(damage.rawCount == length)
      #expect(damage.raw.count == DamagedRecord.rawLimit)
    }
    #expect(kinds == ".x.")
    #expect(reader.window.capacity < 8 << 20)
  }

  /// Stray quotes among 950,000 lines, as often as in the extract that other readers were measured by.
  @Test func strayQuotesCostTheirOwnRowsOnly() throws {
    var random = SeededRandom(47)
    var content: [UInt8] = []
    var sound: [Int] = []
    let rows = 95_000
    for row in 0..<rows {
      // 0.005 % of the rows in the measured extract; four times as many here.
      let isDamaged = Int.random(in: 0..<5_000, using: &random) == 0
      let name = isDamaged ? ["5\" pipe", "\"open", "shut\"", "\"a\"b"].randomElement(using: &random)! : "张伟"
      let note = row % 10 == 0 ? "\"two\nlines, \"\"quoted\"\"\"" : "plain"
      if !isDamaged { sound.append(row) }
      content += Array("\(row),\(name),13800138000,310000,\(note),2026-08-01,CNY\n".utf8)
    }
    let reader = try DelimitedReader(ExtractBytes(content, named: "t"), format: DelimitedFormat(fieldCount: 7))
    var kept: [Int] = []
    while let delivery = try reader.next() {
      if case .record(let record) = delivery { kept.append(Int(record.string(0) ?? "") ?? -1) }
    }
    #expect(sound.count < rows - 10)
    #expect(kept == sound)
  }

  /// What users defined in GB18030's own areas is no damage; those who read names take it for unknown.
  @Test func userDefinedCharactersArePrivateUse() throws {
    let content: [UInt8] =
      [0xAA, 0xA1, 0x2C, 0xF8, 0xA1, 0x2C, 0xA1, 0x40, 10] + encode("\u{F0000},\u{10FFFD},\u{FFFD}\n", .gb18030)
    let list = try read(content, Self.gb18030)
    let scalars = list.map { outcome in (outcome.fields ?? []).map { $0?.unicodeScalars.map(\.value) ?? [] } }
    #expect(scalars == [[[0xE000], [0xE234], [0xE4C6]], [[0xF0000], [0x10FFFD], [0xFFFD]]])
  }
}
