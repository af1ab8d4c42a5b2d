import Basics

/// Walks over the records of a file that has no line ends, which follow each other at a fixed length.
final class FixedWidthWindow {
  let bytes: ExtractBytes
  private let recordBytes: Int
  private let blockBytes: Int
  private let mark: [UInt8]
  private let raw: Growable<UInt8>
  /// Where `raw` begins in the file.
  private var rawOffset = 0
  private var at = 0
  private var records = 0
  private var isAtEnd = false
  private var hasBegun = false

  init(_ bytes: ExtractBytes, encoding: TextEncoding, recordBytes: Int, blockBytes: Int) {
    self.bytes = bytes
    self.recordBytes = recordBytes
    self.blockBytes = max(blockBytes, 1)
    mark = encoding.marks.first ?? []
    raw = Growable(capacity: recordBytes + blockBytes)
  }

  /// The next record, counted as a line; its view is valid until the next call. The last one may be shorter.
  func next() throws(Problem) -> RawLine? {
    if !hasBegun {
      hasBegun = true
      while raw.count < mark.count && !isAtEnd { try read() }
      if raw.count >= mark.count && mark.indices.allSatisfy({ raw.base[$0] == mark[$0] }) { at = mark.count }
    }
    if raw.count - at < recordBytes {
      raw.dropFirst(at)
      rawOffset += at
      at = 0
      while raw.count < recordBytes && !isAtEnd { try read() }
    }
    let count = min(recordBytes, raw.count - at)
    if count == 0 || count < recordBytes && isFinalLineEnd(count) { return nil }
    records += 1
    defer { at += count }
    return RawLine(
      bytes: UnsafeRawBufferPointer(start: raw.base + at, count: count), line: records, byteOffset: rawOffset + at)
  }

  /// Whether all that is left is one line end, as tools add it at the end of a file.
  private func isFinalLineEnd(_ count: Int) -> Bool {
    let rest = UnsafeBufferPointer(start: raw.base + at, count: count)
    return rest.elementsEqual([10]) || rest.elementsEqual([13, 10])
  }

  private func read() throws(Problem) {
    raw.reserve(blockBytes)
    let count = try bytes.read(into: UnsafeMutableRawBufferPointer(start: raw.base + raw.count, count: blockBytes))
    raw.count += count
    isAtEnd = count == 0
  }
}
