import Testing

@testable import Extracts

/// A small extract and what its reader must give, however the bytes arrive.
struct ReadingCase: Sendable, CustomTestStringConvertible {
  var name: String
  var content: [UInt8]
  /// The outcomes' descriptions, one a line.
  var expected: [String]
  /// Opens the extract with a reader whose blocks have the given size.
  var open: @Sendable (_ bytes: ExtractBytes, _ blockBytes: Int) throws -> any RecordReader

  var testDescription: String { name }

  /// Holds the reader to what is expected with every size of pieces and blocks, record by record and by batches.
  func check() throws {
    let whole = try outcomes(reader(piece: .max, blockBytes: 1 << 16))
    #expect(whole.map(\.description) == expected, "\(name)")
    for size in 1...max(1, content.count) {
      #expect(try outcomes(reader(piece: size, blockBytes: size)) == whole, "\(name), pieces and blocks of \(size)")
      #expect(try outcomes(reader(piece: size, blockBytes: 1 << 16)) == whole, "\(name), pieces of \(size)")
      #expect(try outcomes(reader(piece: .max, blockBytes: size), batch: 1_024) == whole, "\(name), blocks of \(size)")
    }
    for capacity in 1...3 {
      #expect(
        try outcomes(reader(piece: 7, blockBytes: 16), batch: capacity) == whole, "\(name), batches of \(capacity)")
    }
  }

  private func reader(piece: Int, blockBytes: Int) throws -> any RecordReader {
    try open(ExtractBytes(content, named: "t", piece: piece), blockBytes)
  }
}

extension ReadingCase {
  static func delimited(
    _ name: String, _ content: [UInt8], _ format: DelimitedFormat, _ expected: [String]
  ) -> ReadingCase {
    ReadingCase(name: name, content: content, expected: expected) { bytes, blockBytes in
      try DelimitedReader(bytes, format: format, blockBytes: blockBytes)
    }
  }

  static func delimited(
    _ name: String, _ text: String, _ format: DelimitedFormat, _ expected: String...
  ) -> ReadingCase { delimited(name, Array(text.utf8), format, expected) }

  static func elements(_ name: String, _ text: String, _ format: ElementFormat, _ expected: String...) -> ReadingCase {
    ReadingCase(name: name, content: Array(text.utf8), expected: expected) { bytes, _ in
      try ElementRecords(bytes, format: format)
    }
  }

  static func fixedWidth(
    _ name: String, _ format: FixedWidthFormat, _ content: [UInt8], _ expected: [String]
  ) -> ReadingCase {
    ReadingCase(name: name, content: content, expected: expected) { bytes, blockBytes in
      try FixedWidthReader(bytes, format: format, blockBytes: blockBytes)
    }
  }

  static func fixedWidth(_ name: String, _ format: FixedWidthFormat, _ text: String, _ expected: String...)
    -> ReadingCase
  {
    fixedWidth(name, format, Array(text.utf8), expected)
  }

  static func jsonLines(_ name: String, _ text: String, _ format: JSONLinesFormat, _ expected: String...) -> ReadingCase
  {
    ReadingCase(name: name, content: Array(text.utf8), expected: expected) { bytes, blockBytes in
      try JSONLinesReader(bytes, format: format, blockBytes: blockBytes)
    }
  }
}

/// Cases for every reader; a new reader adds a list of its own.
@Suite struct ConformanceTests {
  static let cases =
    plainCases + quotedCases + damageCases + lineEndCases + separatorCases + encodingCases + elementCases
    + fixedLineCases + fixedEncodingCases + fixedRecordCases + jsonLinesCases

  @Test(arguments: cases) func readsHoweverBytesArrive(_ reading: ReadingCase) throws { try reading.check() }
}
