import Basics

/// How a delimited extract is written, and the limits on what is read of it.
public struct DelimitedFormat: Sendable {
  /// One to eight ASCII characters; looked for after decoding, from left to right.
  public var separator: String
  /// What fields are quoted with (RFC 4180: the whole field, quotes inside doubled), or nil where quotes mean nothing. One
  /// ASCII byte.
  public var quote: UInt8?
  public var encoding: TextEncoding
  public var lineTerminators = LineTerminators.feed
  /// Whether the first record names the fields.
  public var hasHeader: Bool
  /// How many fields a record has; nil: as many as the header, or any number where there is none.
  public var fieldCount: Int?
  /// Records whose first field is one of these are control records, such as `TRAILER`.
  public var controlMarks: [String]
  /// The longest record, in bytes as delivered.
  public var maxRecordBytes = 1 << 20
  /// The longest field, in bytes of UTF-8 without its quotes.
  public var maxFieldBytes = 64 << 10
  /// The most physical lines that a record may take by line ends in quoted fields, and the most bytes then.
  public var maxQuotedLines = 20
  public var maxQuotedBytes = 64 << 10

  public init(
    separator: String = ",", quote: UInt8? = UInt8(ascii: "\""), encoding: TextEncoding = .utf8,
    hasHeader: Bool = false, fieldCount: Int? = nil, controlMarks: [String] = []
  ) {
    self.separator = separator
    self.quote = quote
    self.encoding = encoding
    self.hasHeader = hasHeader
    self.fieldCount = fieldCount
    self.controlMarks = controlMarks
  }

  func check() throws(Problem) {
    let reserved: [UInt8] = [0, 10, 13]
    let bytes = Array(separator.utf8)
    guard (1...8).contains(bytes.count), bytes.allSatisfy({ $0 < 0x80 && !reserved.contains($0) && $0 != quote }) else {
      throw Problem(
        "bad_separator", "this cannot separate fields", found: separator.debugDescription,
        expected: "one to eight ASCII characters other than NUL, CR, LF and the quote")
    }
    guard quote.map({ $0 < 0x80 && !reserved.contains($0) }) ?? true else {
      throw Problem(
        "bad_quote", "this byte cannot quote fields", found: "0x" + String(quote ?? 0, radix: 16),
        expected: "one ASCII byte other than NUL, CR and LF")
    }
  }
}
