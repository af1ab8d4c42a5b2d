import Basics
import CKernels

/// What can be wrong with the records of a delimited extract, and how it is said.
extension DelimitedReader {
  /// What is wrong with whole lines whatever their fields are.
  func damage(of lines: Range<Int>) -> Delivery? {
    let count = window.byteCount(lines.lowerBound, until: lines.upperBound)
    if count > format.maxRecordBytes {
      return damaged(.recordTooLong, lines, found: "\(count) bytes", expected: longestRecord)
    }
    if lines.contains(where: { window.lines[$0].flags & UInt32(GUIYI_LINE_HAS_NUL) != 0 }) {
      return damaged(.nulByte, lines, found: "a NUL byte", expected: "text")
    }
    guard let bad = window.badByte(lines.lowerBound, until: lines.upperBound) else { return nil }
    return damaged(
      format.encoding.damageCode, lines, found: "an invalid sequence at byte \(bad)",
      expected: "text in \(format.encoding.rawValue)")
  }

  func isTooLong(_ line: Int) -> Bool { window.byteCount(line, until: line + 1) > format.maxRecordBytes }

  var longestRecord: String { "at most \(format.maxRecordBytes) bytes" }

  func damaged(
    _ code: DamagedRecord.Code, _ lines: Range<Int>, found: String, expected: String
  ) -> Delivery {
    let first = lines.lowerBound
    let raw = Array(window.rawBytes(first, until: lines.upperBound).prefix(DamagedRecord.rawLimit))
    cursor = lines.upperBound
    damagedCount += 1
    return .damaged(
      DamagedRecord(
        code: code,
        place: Place(window.bytes.name, line: window.firstLine + first, byteOffset: window.byteOffset(first)),
        lineCount: lines.count, found: found, expected: expected, advice: advice(code, raw), raw: raw,
        rawCount: window.byteCount(first, until: lines.upperBound)))
  }

  func overlong(_ line: LineWindow.OverlongLine) -> Delivery {
    damagedCount += 1
    return .damaged(
      DamagedRecord(
        code: .recordTooLong, place: Place(window.bytes.name, line: line.line, byteOffset: line.byteOffset),
        lineCount: 1, found: "\(line.count) bytes", expected: longestRecord, raw: line.beginning, rawCount: line.count))
  }

  /// Says so where a record that is bad in one encoding is sound in another one.
  private func advice(_ code: DamagedRecord.Code, _ raw: [UInt8]) -> String? {
    let other: TextEncoding
    switch code {
    case .invalidUTF8: other = .gb18030
    case .invalidGB18030: other = .utf8
    default: return nil
    }
    guard other.reads(raw) else { return nil }
    return "The record reads as \(other.rawValue): if the others do too, declare that encoding"
  }
}

extension TextEncoding {
  var damageCode: DamagedRecord.Code {
    switch self {
    case .utf8: .invalidUTF8
    case .gb18030: .invalidGB18030
    case .utf16: .invalidUTF16
    }
  }

  /// Whether bytes are well-formed.
  func reads(_ bytes: [UInt8]) -> Bool {
    guard let transcoder = try? Transcoder(self) else {
      return guiyi_utf8_valid_prefix(bytes, bytes.count) == bytes.count
    }
    transcoder.decode(bytes, bytes.count)
    return transcoder.badOffsets.isEmpty
  }
}
