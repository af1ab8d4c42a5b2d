import Basics

/// One column of a fixed-width record.
public struct FixedWidthColumn: Sendable, Equatable {
  /// On which side of the column its value stands.
  public enum Alignment: String, Sendable, CaseIterable { case left, right }

  public var name: String
  /// In bytes of the file's own encoding: in GB18030 a Chinese character takes two, in UTF-8 three.
  public var widthBytes: Int
  public var alignment: Alignment
  /// The printable ASCII character that fills the other side; it is removed. A pad of `0` leaves the zero before what is
  /// no digit: `0000.50` is `0.50`, `0000` is `0`.
  public var pad: UInt8

  public init(
    _ name: String, widthBytes: Int, alignment: Alignment = .left, pad: UInt8 = UInt8(ascii: " ")
  ) {
    self.name = name
    self.widthBytes = widthBytes
    self.alignment = alignment
    self.pad = pad
  }
}

/// A header or trailer record of a fixed-width extract.
public struct FixedWidthControl: Sendable, Equatable {
  /// The value of its first column, which no other record has there.
  public var mark: String
  /// Its own columns; nil: those of the other records.
  public var columns: [FixedWidthColumn]?

  public init(_ mark: String, columns: [FixedWidthColumn]? = nil) {
    self.mark = mark
    self.columns = columns
  }
}

/// How a fixed-width extract is written, and the limits on what is read of it.
public struct FixedWidthFormat: Sendable {
  /// What ends a record.
  public enum LineEnds: String, Sendable, CaseIterable {
    /// LF or CRLF.
    case feed
    /// LF, CRLF or a CR alone.
    case any
    /// Nothing: records follow each other, each as long as the columns together.
    case none
  }

  /// What becomes of lines that are shorter than the columns together.
  public enum ShortLines: String, Sendable, CaseIterable {
    /// They are damaged: a line that was cut looks like one whose blanks were stripped.
    case refuse
    /// They go on with the blanks that were stripped, so that columns beyond their end are empty. A line that ends within
    /// a right-aligned column, or one padded with anything but blanks, is damaged all the same: no blank was stripped there.
    case accept
  }

  /// Together they are the whole record.
  public var columns: [FixedWidthColumn]
  /// Of UTF-8 and GB18030.
  public var encoding: TextEncoding
  public var lineEnds: LineEnds
  public var shortLines: ShortLines
  public var controls: [FixedWidthControl]
  /// The longest line, in bytes as delivered; how much of a longer one is held in memory.
  public var maxRecordBytes = 1 << 20

  public init(
    columns: [FixedWidthColumn], encoding: TextEncoding = .utf8, lineEnds: LineEnds = .feed,
    shortLines: ShortLines = .refuse, controls: [FixedWidthControl] = []
  ) {
    self.columns = columns
    self.encoding = encoding
    self.lineEnds = lineEnds
    self.shortLines = shortLines
    self.controls = controls
  }

  /// The length of a record without its line end.
  public var recordBytes: Int { columns.reduce(0) { $0 + $1.widthBytes } }

  func check() throws(Problem) {
    guard !columns.isEmpty else {
      throw Problem("bad_column", "a fixed-width record has no columns", expected: "at least one column")
    }
    for column in columns + controls.flatMap({ $0.columns ?? [] }) { try check(column) }
    guard recordBytes <= maxRecordBytes else {
      throw Problem(
        "bad_column", "the columns are wider than the longest record", found: "\(recordBytes) bytes",
        expected: "at most \(maxRecordBytes) bytes")
    }
    for control in controls {
      let columns = control.columns ?? columns
      guard let first = columns.first, !control.mark.isEmpty, control.mark.utf8.count <= first.widthBytes,
        control.mark.utf8.allSatisfy({ 0x21...0x7E ~= $0 })
      else {
        throw Problem(
          "bad_mark", "this cannot mark a header or trailer record", found: "\"\(control.mark)\"",
          expected: "printable ASCII characters that fit its first column")
      }
    }
    guard encoding == .utf8 || encoding == .gb18030 else {
      throw Problem(
        "bad_encoding", "columns are not counted in bytes of this encoding", found: encoding.rawValue,
        expected: "UTF-8 or GB18030")
    }
  }

  private func check(_ column: FixedWidthColumn) throws(Problem) {
    guard 1...maxRecordBytes ~= column.widthBytes else {
      throw Problem(
        "bad_column", "column \(column.name) cannot have this width", found: "\(column.widthBytes) bytes",
        expected: "1 to \(maxRecordBytes) bytes")
    }
    guard 0x20...0x7E ~= column.pad else {
      throw Problem(
        "bad_column", "column \(column.name) cannot be padded with this byte",
        found: "0x" + String(column.pad, radix: 16), expected: "a printable ASCII character")
    }
    guard column.alignment == .right || column.pad != UInt8(ascii: "0") else {
      throw Problem(
        "bad_column", "column \(column.name) is padded with 0 behind its value, where a 0 may be part of it",
        expected: "alignment right, or another pad")
    }
  }
}
