import Basics

/// Reads the records of a fixed-width extract, whose columns are counted in bytes of its own encoding.
///
/// A record of another length, one in which a column ends within a character, and one that is not well encoded cost
/// themselves only: the next one begins at the next line, or at the next multiple of the length where the file has no line
/// ends. There, places count records as lines. Blank lines are passed over but counted.
public final class FixedWidthReader: RecordReader {
  public private(set) var recordCount = 0
  public private(set) var damagedCount = 0

  private enum Source {
    case lines(LineCursor)
    case records(FixedWidthWindow)
  }

  private struct Layout {
    var mark: [UInt8]
    var cuts: [FixedWidthFields.Cut]
  }

  private let format: FixedWidthFormat
  private let recordBytes: Int
  private let fileName: String
  private let source: Source
  private let fields: FixedWidthFields
  private let cuts: [FixedWidthFields.Cut]
  private let controls: [Layout]

  /// - Throws: `bad_column`, `bad_mark`, `bad_encoding`, `encoding_unavailable`.
  public convenience init(_ bytes: ExtractBytes, format: FixedWidthFormat) throws(Problem) {
    try self.init(bytes, format: format, blockBytes: LineWindow.blockBytes)
  }

  init(_ bytes: ExtractBytes, format: FixedWidthFormat, blockBytes: Int) throws(Problem) {
    try format.check()
    self.format = format
    recordBytes = format.recordBytes
    fileName = bytes.name
    switch format.lineEnds {
    case .feed, .any:
      source = .lines(
        try LineCursor(
          bytes, encoding: format.encoding, terminators: format.lineEnds == .any ? .any : .feed,
          maxLine: format.maxRecordBytes, blockBytes: blockBytes))
    case .none:
      source = .records(
        FixedWidthWindow(bytes, encoding: format.encoding, recordBytes: recordBytes, blockBytes: blockBytes))
    }
    fields = try FixedWidthFields(format.encoding)
    cuts = format.columns.map(FixedWidthFields.Cut.init)
    controls = format.controls.map { control in
      Layout(
        mark: Array(control.mark.utf8), cuts: (control.columns ?? format.columns).map(FixedWidthFields.Cut.init))
    }
  }

  public func next() throws(Problem) -> Delivery? {
    switch source {
    case .records(let window):
      return try window.next().map { deliver($0) }
    case .lines(let cursor):
      switch try cursor.next() {
      case .line(let line): return deliver(line)
      case .overlong(let line): return damaged(line.damaged(in: fileName, maxBytes: format.maxRecordBytes))
      case nil: return nil
      }
    }
  }

  private func deliver(_ line: RawLine) -> Delivery {
    if let damage = check(line) { return damage }
    for control in controls where begins(line.bytes, with: control) { return deliver(line, as: control) }
    if line.bytes.count != recordBytes && !isShortened(line.bytes.count) { return wrongLength(line) }
    if let damage = cut(line, by: cuts) { return damage }
    recordCount += 1
    return .record(record(line, fieldCount: cuts.count))
  }

  /// What is wrong with a record whatever its columns are.
  private func check(_ line: RawLine) -> Delivery? {
    if let damage = line.damage(in: fileName, maxBytes: format.maxRecordBytes) { return damaged(damage) }
    // Where records were shifted by a byte that is missing or too many, all that follow are misread: line ends tell.
    if format.lineEnds == .none, let at = line.first(10) ?? line.first(13) {
      return damaged(
        line, .wrongLength, found: "a line end at byte \(line.byteOffset + at)",
        expected: "\(recordBytes) bytes without line ends")
    }
    return nil
  }

  // MARK: - Lengths

  /// Whether a record of this length may have lost nothing but blanks.
  private func isShortened(_ count: Int) -> Bool {
    guard format.shortLines == .accept, format.lineEnds != .none, count < recordBytes else { return false }
    var end = 0
    for cut in cuts {
      if count == end { return true }
      end += cut.width
      if count < end { return cut.mayEndInBlanks }
    }
    return false
  }

  private func wrongLength(_ line: RawLine) -> Delivery {
    damaged(line, .wrongLength, found: "\(line.bytes.count) bytes", expected: "\(recordBytes) bytes")
  }

  // MARK: - Headers and trailers

  /// Whether the first column holds the mark, in front of its padding or behind it.
  private func begins(_ bytes: UnsafeRawBufferPointer, with control: Layout) -> Bool {
    guard let cut = control.cuts.first else { return false }
    let column = bytes.prefix(cut.width)
    let value = cut.isRight ? column.drop { $0 == cut.pad } : column
    guard value.starts(with: control.mark) else { return false }
    return value.dropFirst(control.mark.count).allSatisfy { !cut.isRight && $0 == cut.pad }
  }

  /// A control record may lack columns, which are then empty, and may go on with blanks.
  private func deliver(_ line: RawLine, as control: Layout) -> Delivery {
    let width = control.cuts.reduce(0) { $0 + $1.width }
    if line.bytes.count > width, let at = line.bytes[width...].firstIndex(where: { $0 != UInt8(ascii: " ") }) {
      return damaged(
        line, .wrongLength, found: "text at byte \(at) of a control record", expected: "at most \(width) bytes")
    }
    if let damage = cut(line, by: control.cuts) { return damage }
    recordCount += 1
    return .control(record(line, fieldCount: control.cuts.count))
  }

  // MARK: - Fields

  private func cut(_ line: RawLine, by cuts: [FixedWidthFields.Cut]) -> Delivery? {
    switch fields.take(line.bytes, by: cuts) {
    case nil: return nil
    case .invalid(let at)?:
      return damaged(
        line, format.encoding.damageCode, found: "an invalid sequence at byte \(line.byteOffset + at)",
        expected: "text in \(format.encoding.rawValue)")
    case .cutCharacter(let column)?:
      let end = cuts[...column].reduce(0) { $0 + $1.width }
      return damaged(
        line, .cutCharacter, found: "a character across the border at byte \(end) of the record",
        expected: "columns that end between characters of \(format.encoding.rawValue)")
    }
  }

  private func record(_ line: RawLine, fieldCount: Int) -> Record {
    Record(
      base: fields.base, ends: fields.ends, start: 0, fieldCount: fieldCount, line: line.line,
      byteOffset: line.byteOffset, raw: line.bytes)
  }

  private func damaged(
    _ line: RawLine, _ code: DamagedRecord.Code, found: String, expected: String
  ) -> Delivery {
    damaged(line.damaged(code, in: fileName, found: found, expected: expected))
  }

  private func damaged(_ record: DamagedRecord) -> Delivery {
    damagedCount += 1
    return .damaged(record)
  }
}
