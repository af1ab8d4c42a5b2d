import Basics

/// Reads the records of a JSON Lines extract: one JSON object a line, in UTF-8.
///
/// Texts are given without escapes, numbers exactly as written, truth values as `true` and `false`. A wanted member that is
/// null or not there is absent (`Record.isAbsent`), also where what should hold it is no object or array. A wanted name
/// that stands twice in an object makes the record damaged. A damaged line costs itself only; blank lines are passed over
/// but counted.
public final class JSONLinesReader: RecordReader {
  public private(set) var recordCount = 0
  public private(set) var damagedCount = 0

  private let format: JSONLinesFormat
  private let cursor: LineCursor
  private var parser: JSONLinesParser
  private let text = Growable<UInt8>(capacity: 4096)
  private let ends = Growable<UInt32>(capacity: 64)

  /// - Throws: `bad_field_path`.
  public convenience init(_ bytes: ExtractBytes, format: JSONLinesFormat) throws(Problem) {
    try self.init(bytes, format: format, blockBytes: LineWindow.blockBytes)
  }

  init(_ bytes: ExtractBytes, format: JSONLinesFormat, blockBytes: Int) throws(Problem) {
    self.format = format
    parser = JSONLinesParser(format, plan: try JSONLinesPlan(format))
    cursor = try LineCursor(bytes, encoding: .utf8, maxLine: format.maxRecordBytes, blockBytes: blockBytes)
  }

  public func next() throws(Problem) -> Delivery? {
    switch try cursor.next() {
    case .line(let line): return deliver(line)
    case .overlong(let line): return damaged(line.damaged(in: cursor.fileName, maxBytes: format.maxRecordBytes))
    case nil: return nil
    }
  }

  private func deliver(_ line: RawLine) -> Delivery {
    if let damage = line.damage(in: cursor.fileName, maxBytes: format.maxRecordBytes) { return damaged(damage) }
    if let bad = cursor.badByte {
      return damaged(line, .invalidUTF8, found: "an invalid sequence at byte \(bad)", expected: "text in UTF-8")
    }
    guard let fault = parser.parse(line.bytes) else { return .record(record(line)) }
    return damaged(
      line, fault.code, found: "\(fault.found) at byte \(line.byteOffset + fault.at)", expected: fault.expected)
  }

  /// Lays the values out in the order of the format's fields.
  private func record(_ line: RawLine) -> Record {
    recordCount += 1
    let values = parser.values
    text.reserve(values.reduce(values.count) { $0 + ($1?.count ?? 0) })
    ends.reserve(values.count)
    var written = 0
    for index in values.indices {
      if let value = values[index] {
        (text.base + written).update(from: parser.bytes(of: value), count: value.count)
        written += value.count
        ends.base[index] = UInt32(written)
      } else {
        ends.base[index] = UInt32(written) | Record.absent
      }
      written += 1
    }
    return Record(
      base: UnsafePointer(text.base), ends: UnsafePointer(ends.base), start: 0, fieldCount: values.count,
      line: line.line,
      byteOffset: line.byteOffset, raw: line.bytes)
  }

  private func damaged(
    _ line: RawLine, _ code: DamagedRecord.Code, found: String, expected: String
  ) -> Delivery {
    damaged(line.damaged(code, in: cursor.fileName, found: found, expected: expected))
  }

  private func damaged(_ record: DamagedRecord) -> Delivery {
    damagedCount += 1
    return .damaged(record)
  }
}
