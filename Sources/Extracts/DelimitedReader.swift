import Basics
import CKernels

/// Reads the records of a delimited extract.
///
/// A record without quotes is split at its separators where it lies; one in which a quote stands is parsed by libcsv. Lines
/// may end in LF or CRLF, the last one in neither; blank lines are passed over but counted.
///
/// A damaged record costs its own lines only. Where a quoted field would swallow lines, the first line alone is given up
/// if the quote is not closed within the limits, if libcsv objects, or if a line in between is by itself a record of the
/// expected number of fields (six or more): no text looks like that by chance.
public final class DelimitedReader: RecordReader {
  /// The fields of the header record, if the format has one.
  public private(set) var header: [String]?
  public private(set) var recordCount = 0
  public private(set) var damagedCount = 0

  private static let tellingFieldCount = 6

  private let format: DelimitedFormat
  private let window: LineWindow
  private let quoted: QuotedParser?
  private var marks: [[UInt8]] = []
  private var expectedFields: Int?
  private var cursor = 0

  /// Begins to read; the header is read at once.
  /// - Throws: `bad_separator`, `bad_quote`, `missing_header`, `damaged_header`, `encoding_unavailable`, and what reading
  ///   the file throws.
  public convenience init(_ bytes: ExtractBytes, format: DelimitedFormat) throws(Problem) {
    try self.init(bytes, format: format, blockBytes: 128 << 10)
  }

  init(_ bytes: ExtractBytes, format: DelimitedFormat, blockBytes: Int) throws(Problem) {
    try format.check()
    self.format = format
    window = try LineWindow(
      bytes, encoding: format.encoding, separator: format.separator, quote: format.quote,
      maxLine: format.maxRecordBytes + 1, blockBytes: blockBytes)
    if let quote = format.quote {
      quoted = try QuotedParser(separator: format.separator, quote: quote)
    } else {
      quoted = nil
    }
    if format.hasHeader { try readHeader() }
    expectedFields = format.fieldCount ?? header?.count
    marks = format.controlMarks.map { Array($0.utf8) }
  }

  public func next() throws(Problem) -> Delivery? {
    while true {
      if cursor == window.lineCount {
        switch try window.extend(keepingFrom: cursor) {
        case .lines, .blocked: cursor = 0
        case .ended:
          cursor = window.lineCount
          return nil
        case .overlong(let line):
          cursor = 0
          return overlong(line)
        }
      }
      let first = cursor
      let entry = window.lines[first]
      let end = trimmedEnd(first)
      if end == entry.start {
        cursor = first + 1
        continue
      }
      if entry.flags == 0 && window.isSound && Int(end - entry.start) <= format.maxRecordBytes {
        cursor = first + 1
        return plain(first)
      }
      return try careful(first)
    }
  }

  /// Where a line's text ends, its carriage return left out; the tape is told as well.
  private func trimmedEnd(_ line: Int) -> UInt32 {
    let following = window.lines[line + 1]
    var end = following.start - 1
    if end > window.lines[line].start && window.text[Int(end) - 1] == 13 {
      end -= 1
      // The carriage return itself may be the separator's neighbour, never the separator: the last entry is this line's.
      window.tape[Int(following.tape) - 1] = end
    }
    return end
  }

  /// A line without quotes, split at its separators.
  private func plain(_ line: Int) -> Delivery {
    let entry = window.lines[line]
    let record = Record(
      base: window.text, ends: UnsafePointer(window.tape + Int(entry.tape)), start: entry.start,
      fieldCount: Int(window.lines[line + 1].tape - entry.tape), line: window.firstLine + line,
      byteOffset: window.byteOffset(line), raw: window.rawBytes(line, until: line + 1))
    return deliver(record, first: line, until: line + 1)
  }

  private func deliver(_ record: Record, first: Int, until end: Int) -> Delivery {
    if !marks.isEmpty {
      let key = record.field(0)
      for mark in marks where mark.count == key.count && mark.elementsEqual(key) {
        recordCount += 1
        return .control(record)
      }
    }
    if let expected = expectedFields, record.fieldCount != expected {
      return damaged(
        record.fieldCount > expected ? .tooManyFields : .tooFewFields, first, until: end,
        found: "\(record.fieldCount) fields", expected: "\(expected) fields")
    }
    recordCount += 1
    return .record(record)
  }

  /// A line with a quote, a NUL or a bad sequence in it or near it, or a long one.
  private func careful(_ line: Int) throws(Problem) -> Delivery {
    var first = line
    var end = line + 1
    if let quoted, window.lines[line].flags & UInt32(GUIYI_LINE_HAS_QUOTE) != 0, !isTooLong(line) {
      if let damage = try parse(&first, &end, with: quoted) { return damage }
      cursor = end
      if let damage = check(first, until: end) { return damage }
      let record = Record(
        base: quoted.base, ends: quoted.ends, start: 0, fieldCount: quoted.fieldCount, line: window.firstLine + first,
        byteOffset: window.byteOffset(first), raw: window.rawBytes(first, until: end))
      return deliver(record, first: first, until: end)
    }
    cursor = end
    return check(first, until: end) ?? plain(line)
  }

  private func isTooLong(_ line: Int) -> Bool {
    window.rawBytes(line, until: line + 1).count > format.maxRecordBytes
  }

  /// What is wrong with whole lines whatever their fields are.
  private func check(_ first: Int, until end: Int) -> Delivery? {
    let count = window.rawBytes(first, until: end).count
    if count > format.maxRecordBytes {
      return damaged(
        .recordTooLong, first, until: end, found: "\(count) bytes", expected: "at most \(format.maxRecordBytes) bytes")
    }
    if (first..<end).contains(where: { window.lines[$0].flags & UInt32(GUIYI_LINE_HAS_NUL) != 0 }) {
      return damaged(.nulByte, first, until: end, found: "a NUL byte", expected: "text")
    }
    if let bad = window.badByte(first, until: end) {
      let isUTF8 = format.encoding == .utf8
      return damaged(
        isUTF8 ? .invalidUTF8 : .invalidGB18030, first, until: end, found: "an invalid sequence at byte \(bad)",
        expected: "text in \(format.encoding.rawValue)")
    }
    return nil
  }

  /// Has libcsv parse the record that begins on a line, over as many lines as its quotes hold together. The window may
  /// move, and the line numbers with it. Gives the damaged first line where the record cannot be had.
  private func parse(_ first: inout Int, _ end: inout Int, with parser: QuotedParser) throws(Problem) -> Delivery? {
    parser.begin()
    var isOpen = false
    while true {
      let line = end - 1
      let from = window.lines[line].start
      let text = UnsafeRawBufferPointer(start: window.text + Int(from), count: Int(window.lines[line + 1].start - from))
      let isOddLine = quoteCount(text) % 2 == 1
      isOpen = isOpen != isOddLine
      let taken = isOpen ? text.count : Int(trimmedEnd(line) - from)
      if let bad = parser.feed(UnsafeRawBufferPointer(rebasing: text[..<taken])) {
        return line == first
          ? damaged(
            .strayQuote, first, until: first + 1,
            found: "a quote that is neither doubled nor at a field's edge, near "
              + "byte \(bad) of the line", expected: Self.properQuoting)
          : unclosed(first)
      }
      if !isOpen { return parser.end() ? nil : unclosed(first) }
      if line > first, looksLikeRecord(line) { return unclosed(first) }
      if end - first == format.maxQuotedLines
        || Int(window.lines[end].start - window.lines[first].start) > format.maxQuotedBytes
      {
        return unclosed(first)
      }
      if end == window.lineCount {
        let kept = end - first
        let extended = try window.extend(keepingFrom: first)
        first = 0
        end = kept
        cursor = 0
        guard case .lines = extended else { return unclosed(first) }
      }
      // A line that is too long ends it here as it does where the window cannot hold it.
      if isTooLong(end) { return unclosed(first) }
      end += 1
    }
  }

  private static let properQuoting = "fields that are quoted whole, with quotes inside doubled"

  private func looksLikeRecord(_ line: Int) -> Bool {
    guard let expected = expectedFields, expected >= Self.tellingFieldCount else { return false }
    return window.lines[line].flags == 0 && Int(window.lines[line + 1].tape - window.lines[line].tape) == expected
  }

  private func quoteCount(_ text: UnsafeRawBufferPointer) -> Int {
    var count = 0
    for byte in text where byte == format.quote { count += 1 }
    return count
  }

  private func unclosed(_ first: Int) -> Delivery {
    damaged(
      .unclosedQuote, first, until: first + 1, found: "a quoted field that is not closed",
      expected: "its closing quote within \(format.maxQuotedLines) lines and \(format.maxQuotedBytes) bytes")
  }

  private func damaged(
    _ code: DamagedRecord.Code, _ first: Int, until end: Int, found: String, expected: String
  ) -> Delivery {
    cursor = end
    damagedCount += 1
    let raw = window.rawBytes(first, until: end)
    return .damaged(
      DamagedRecord(
        code: code,
        place: Place(window.bytes.name, line: window.firstLine + first, byteOffset: window.byteOffset(first)),
        lineCount: end - first, found: found, expected: expected, raw: Array(raw.prefix(DamagedRecord.rawLimit)),
        rawCount: raw.count))
  }

  private func overlong(_ line: LineWindow.OverlongLine) -> Delivery {
    damagedCount += 1
    return .damaged(
      DamagedRecord(
        code: .recordTooLong, place: Place(window.bytes.name, line: line.line, byteOffset: line.byteOffset),
        lineCount: 1, found: "\(line.count) bytes", expected: "at most \(format.maxRecordBytes) bytes",
        raw: line.beginning, rawCount: line.count))
  }

  private func readHeader() throws(Problem) {
    switch try next() {
    case .record(let record)?, .control(let record)?:
      header = (0..<record.fieldCount).map { record.string($0) ?? "" }
      recordCount = 0
    case .damaged(let damage)?:
      throw Problem(
        "damaged_header", "the header cannot be read (\(damage.code.rawValue))", at: damage.place, found: damage.found,
        expected: damage.expected, advice: "Ask the source system to deliver the file again")
    case nil:
      throw Problem(
        "missing_header", "the file has no header", at: Place(window.bytes.name, line: 1), found: "an empty file",
        expected: "a first line with the names of the fields")
    }
  }
}
