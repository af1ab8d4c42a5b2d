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
///
/// Whatever came before, the same lines give the same records: so threads may read chunks of a file, each from a line
/// start. A chunk that turns out to begin inside a record (the one before it ends elsewhere) is read again from there.
public final class DelimitedReader: RecordReader {
  /// The fields of the header record, if the format has one.
  public private(set) var header: [String]?
  public private(set) var recordCount = 0
  public internal(set) var damagedCount = 0

  static let tellingFieldCount = 6

  let format: DelimitedFormat
  let window: LineWindow
  private let quoted: (any QuotedParsing)?
  private let separatorBytes: UInt32
  private let marks: [[UInt8]]
  private(set) var expectedFields: Int?
  /// The window's line at which the next record begins.
  var cursor = 0
  /// The window's line before which records of this chunk begin.
  private var lineLimit = 0
  /// The offset before which records of this chunk begin.
  private var endOffset = Int.max

  /// Where the next record begins, or the file ends: at the end of a chunk, where the one after it begins.
  public var nextOffset: Int { cursor == window.lineCount ? window.endOffset : window.byteOffset(cursor) }
  /// How many physical lines are behind the reader, counted from where it began.
  public var linesPassed: Int { window.firstLine - 1 + cursor }

  /// Begins to read; the header is read at once.
  /// - Throws: `bad_separator`, `bad_quote`, `missing_header`, `damaged_header`, `encoding_unavailable`,
  ///   `missing_byte_order_mark`, and what reading the file throws.
  public convenience init(_ bytes: ExtractBytes, format: DelimitedFormat) throws(Problem) {
    try self.init(bytes, format: format, blockBytes: LineWindow.blockBytes)
  }

  /// Begins to read a chunk: the records that begin before `endOffset`. Lines are counted from 1 where the chunk begins.
  /// - Parameters:
  ///   - bytes: From a line start of a file that is not compressed.
  ///   - header: What the reader of the file's first chunk found, which reads it itself.
  /// - Throws: As for a whole file.
  public convenience init(
    chunk bytes: ExtractBytes, until endOffset: Int, format: DelimitedFormat, header: [String]?
  ) throws(Problem) {
    try self.init(bytes, format: format, until: endOffset, header: header, blockBytes: LineWindow.blockBytes)
  }

  init(
    _ bytes: ExtractBytes, format: DelimitedFormat, until endOffset: Int = .max, header: [String]? = nil,
    blockBytes: Int
  ) throws(Problem) {
    try format.check()
    self.format = format
    self.header = header
    marks = format.controlMarks.map { Array($0.utf8) }
    precondition(bytes.startOffset == 0 || format.encoding != .utf16, "UTF-16 is read from its byte-order mark on")
    let separator = Array(format.separator.utf8)
    separatorBytes = UInt32(separator.count)
    window = try LineWindow(
      bytes, encoding: format.encoding, terminators: format.lineTerminators, separator: separator, quote: format.quote,
      maxLine: format.maxRecordBytes, blockBytes: blockBytes)
    quoted = try format.quote.map { quote throws(Problem) -> any QuotedParsing in
      separator.count == 1
        ? try QuotedParser(separator: separator[0], quote: quote)
        : WideSeparatorParser(separator: separator, quote: quote)
    }
    // The header belongs to the chunk that begins the file, wherever it begins itself.
    if format.hasHeader && bytes.startOffset == 0 { try readHeader() }
    expectedFields = format.fieldCount ?? self.header?.count
    self.endOffset = endOffset
    lineLimit = window.firstLine(atOrAfter: endOffset)
  }

  public func next() throws(Problem) -> Delivery? {
    guard case .delivery(let delivery) = try step(mayMove: true) else { return nil }
    return delivery
  }

  public func fill(_ batch: RecordBatch) throws(Problem) -> Delivery? {
    batch.removeAll()
    while true {
      takePlainLines(into: batch)
      if batch.isFull { return nil }
      // Views hold while the window stands still, so that it moves before the first record only.
      guard case .delivery(let delivery) = try step(mayMove: batch.count == 0) else { return nil }
      guard case .record(let record) = delivery else { return delivery }
      if record.base == window.text { batch.append(record) } else { batch.append(copyingFieldsOf: record) }
    }
  }

  private enum Step {
    case delivery(Delivery)
    /// At the end, or where the window must move and may not.
    case stopped
  }

  /// Goes on by one delivery.
  private func step(mayMove: Bool) throws(Problem) -> Step {
    while true {
      if cursor >= lineLimit {
        if !mayMove || lineLimit < window.lineCount || window.endOffset >= endOffset { return .stopped }
        switch try extend(keepingFrom: cursor) {
        case .lines, .blocked: continue
        case .ended: return .stopped
        case .overlong(let line): return .delivery(overlong(line))
        }
      }
      let line = cursor
      let entry = window.lines[line]
      let end = trimmedEnd(line)
      if end == entry.start {
        cursor = line + 1
      } else if entry.flags & UInt32(GUIYI_LINE_HAS_QUOTE) != 0, let quoted, !isTooLong(line) {
        switch try parse(line, with: quoted, mayMove: mayMove) {
        case .record(let record, let lines): return .delivery(judge(record, lines))
        case .damaged(let delivery): return .delivery(delivery)
        case .cut: return .stopped
        }
      } else {
        return .delivery(judge(plain(line), line..<line + 1))
      }
    }
  }

  func extend(keepingFrom kept: Int) throws(Problem) -> LineWindow.Extension {
    let extended = try window.extend(keepingFrom: kept)
    cursor = 0
    lineLimit = window.firstLine(atOrAfter: endOffset)
    return extended
  }

  /// Appends lines as they come while they are records without anything particular about them.
  private func takePlainLines(into batch: RecordBatch) {
    guard window.isSound, cursor < lineLimit else { return }
    let lines = window.lines
    let known = batch.count
    let mayBeTooLong = window.byteCount(0, until: window.lineCount) > format.maxRecordBytes
    var line = cursor
    while line < lineLimit && !batch.isFull && lines[line].flags == 0 {
      let start = lines[line].start
      let end = trimmedEnd(line)
      if end > start {
        let record = plain(line)
        guard !mayBeTooLong || !isTooLong(line), isAsExpected(record) else { break }
        batch.append(record)
      }
      line += 1
    }
    recordCount += batch.count - known
    cursor = line
  }

  /// Whether a record is neither a control record nor damaged by what its fields are.
  private func isAsExpected(_ record: Record) -> Bool {
    if let expectedFields, record.fieldCount != expectedFields { return false }
    return !isControl(record) && longField(of: record) == nil
  }

  private func isControl(_ record: Record) -> Bool {
    if marks.isEmpty { return false }
    let key = record.field(0)
    return marks.contains { $0.count == key.count && $0.elementsEqual(key) }
  }

  /// Where a line's text ends, its carriage return left out; the tape is told as well.
  func trimmedEnd(_ line: Int) -> UInt32 {
    let following = window.lines[line + 1]
    var end = following.start - 1
    if end > window.lines[line].start && window.text[Int(end) - 1] == 13 {
      end -= 1
      // The carriage return itself may be the separator's neighbour, never the separator: the last entry is this line's.
      window.tape[Int(following.tape) - 1] = end
    }
    return end
  }

  /// A line without quotes, split at its separators; its end is trimmed already.
  @inline(__always)
  private func plain(_ line: Int) -> Record {
    let entry = window.lines[line]
    return Record(
      base: window.text, ends: UnsafePointer(window.tape + Int(entry.tape)), start: entry.start,
      separatorBytes: separatorBytes, fieldCount: Int(window.lines[line + 1].tape - entry.tape),
      line: window.firstLine + line,
      byteOffset: window.byteOffset(line), raw: window.rawBytes(line, until: line + 1))
  }

  /// Says what these lines of the window are, whose record is split.
  private func judge(_ record: Record, _ lines: Range<Int>) -> Delivery {
    cursor = lines.upperBound
    if let damage = damage(of: lines) { return damage }
    if isControl(record) {
      recordCount += 1
      return .control(record)
    }
    if let expected = expectedFields, record.fieldCount != expected {
      return damaged(
        record.fieldCount > expected ? .tooManyFields : .tooFewFields, lines, found: "\(record.fieldCount) fields",
        expected: "\(expected) fields")
    }
    if let field = longField(of: record) {
      return damaged(
        .fieldTooLong, lines, found: "\(record.field(field).count) bytes in field \(field + 1)",
        expected: "at most \(format.maxFieldBytes) bytes")
    }
    recordCount += 1
    return .record(record)
  }

  /// The first field that is longer than is allowed.
  private func longField(of record: Record) -> Int? {
    let textBytes = (record.ends[record.fieldCount - 1] & ~Record.absent) - record.start
    if textBytes <= format.maxFieldBytes { return nil }
    return (0..<record.fieldCount).first { record.field($0).count > format.maxFieldBytes }
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
