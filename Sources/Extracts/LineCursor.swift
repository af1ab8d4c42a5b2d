import Basics
import Glibc

/// Walks over the lines of an extract that are not blank, for readers of formats in which a line is a record.
final class LineCursor {
  enum Item {
    case line(RawLine)
    /// A line longer than the limit, which is passed over.
    case overlong(LineWindow.OverlongLine)
  }

  private let window: LineWindow
  private var cursor = 0
  private var failure: Problem?

  /// - Throws: `encoding_unavailable`.
  init(
    _ bytes: ExtractBytes, encoding: TextEncoding, terminators: LineTerminators = .feed, maxLine: Int, blockBytes: Int
  ) throws(Problem) {
    window = try LineWindow(
      bytes, encoding: encoding, terminators: terminators, maxLine: maxLine, blockBytes: blockBytes)
  }

  var fileName: String { window.bytes.name }

  /// The next line; its view is valid until the next call. Nil at the end. What is thrown is thrown each time again: the
  /// window's lines are lost with it.
  func next() throws(Problem) -> Item? {
    if let failure { throw failure }
    do throws(Problem) {
      return try advance()
    } catch {
      failure = error
      throw error
    }
  }

  private func advance() throws(Problem) -> Item? {
    while true {
      if cursor == window.lineCount {
        switch try window.extend(keepingFrom: cursor) {
        case .lines, .blocked: cursor = 0
        case .ended:
          cursor = window.lineCount
          return nil
        case .overlong(let line):
          cursor = 0
          return .overlong(line)
        }
      }
      let line = cursor
      cursor += 1
      let raw = window.rawBytes(line, until: line + 1)
      if raw.isEmpty { continue }
      return .line(RawLine(bytes: raw, line: window.firstLine + line, byteOffset: window.byteOffset(line)))
    }
  }

  /// The first byte, counted from the beginning of the file, at which the last line is not what its encoding allows.
  var badByte: Int? { window.isSound ? nil : window.badByte(cursor - 1, until: cursor) }
}

/// A line, or a record of a file without lines, as delivered and without its line end.
struct RawLine {
  var bytes: UnsafeRawBufferPointer
  /// From 1.
  var line: Int
  var byteOffset: Int

  /// Where a byte first stands.
  func first(_ byte: UInt8) -> Int? {
    guard let base = bytes.baseAddress, let found = memchr(base, Int32(byte), bytes.count) else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// What is wrong with it whatever its fields are.
  func damage(in file: String, maxBytes: Int) -> DamagedRecord? {
    if bytes.count > maxBytes {
      return damaged(.recordTooLong, in: file, found: "\(bytes.count) bytes", expected: "at most \(maxBytes) bytes")
    }
    return first(0) == nil ? nil : damaged(.nulByte, in: file, found: "a NUL byte", expected: "text")
  }

  func damaged(_ code: DamagedRecord.Code, in file: String, found: String, expected: String) -> DamagedRecord {
    DamagedRecord(
      code: code, place: Place(file, line: line, byteOffset: byteOffset), lineCount: 1, found: found,
      expected: expected, raw: Array(bytes.prefix(DamagedRecord.rawLimit)), rawCount: bytes.count)
  }
}

extension LineWindow.OverlongLine {
  func damaged(in file: String, maxBytes: Int) -> DamagedRecord {
    DamagedRecord(
      code: .recordTooLong, place: Place(file, line: line, byteOffset: byteOffset), lineCount: 1,
      found: "\(count) bytes", expected: "at most \(maxBytes) bytes", raw: beginning, rawCount: count)
  }
}
