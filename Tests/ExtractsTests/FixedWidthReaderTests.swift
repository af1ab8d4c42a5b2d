import Basics
import TestSupport
import Testing

@testable import Extracts

@Suite struct FixedWidthReaderTests {
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
      ["a", " ", "0", "7", "张", "\n", "\r\n"].map(FixedWidthCases.ascii),
      [[0xD5, 0xC5], [0x96, 0x7C], [0x95, 0x32, 0x83, 0x35], [32], [0x7C], [0x30], [10]],
      ["a", "ab   12\n", "cd   34", "\n", "\0", "\r", "é"].map(FixedWidthCases.ascii),
      [[0xD5], [0xC5], [0x30], [0x81], [0x39], [0xFF], [32], [10], FixedWidthCases.ascii("ab   12\n")],
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
    #expect(try damage("ab   12\nab\n", FixedWidthCases.pair) == ["core.txt:2", "2 bytes", "7 bytes"])
    #expect(
      try damage("abc张1\n", FixedWidthCases.pair) == [
        "core.txt:1", "a character across the border at byte 4 of the record",
        "columns that end between characters of UTF-8",
      ])
    #expect(
      try damage("ab   12ab \n  12", FixedWidthCases.unbroken) == [
        "core.txt:2", "a line end at byte 10", "7 bytes without line ends",
      ])
    #expect(
      try damage("H20261124  x\n", FixedWidthCases.marked) == [
        "core.txt:1", "text at byte 11 of a control record", "at most 9 bytes",
      ])
    let long = FixedWidthCases.pair { $0.maxRecordBytes = 8 }
    #expect(try damage("abcd  12345\n", long) == ["core.txt:1", "11 bytes", "at most 8 bytes"])
    #expect(try damage("ab\0  12\n", FixedWidthCases.pair) == ["core.txt:1", "a NUL byte", "text"])
  }

  @Test func refusesFormatsThatCannotBe() {
    func message(_ change: (inout FixedWidthFormat) -> Void) -> String? {
      problem { _ = try FixedWidthReader(ExtractBytes([], named: "t"), format: FixedWidthCases.pair(change)) }?
        .description
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
    let content =
      FixedWidthCases.ascii("ab   12\n") + [UInt8](repeating: 120, count: 3 << 20)
      + FixedWidthCases.ascii("\r\ncd   34\n")
    let list = try read(content, FixedWidthCases.pair)
    #expect(list.map { $0.fields == nil ? "x" : "." }.joined() == ".x.")
  }
}
