import Basics
import CKernels

/// Turns bytes of another encoding into UTF-8, with U+FFFD where that cannot be.
final class Transcoder {
  private let tables: GB18030?
  /// Of UTF-16, as its byte-order mark tells.
  var isBigEndian = false
  /// What was decoded last.
  let text: Growable<UInt8>
  /// Where sequences that cannot be decoded stand in what was decoded last, ascending.
  private(set) var badOffsets: [Int] = []

  /// Nil for UTF-8, which needs none.
  /// - Throws: `encoding_unavailable`.
  init?(_ encoding: TextEncoding) throws(Problem) {
    if encoding == .utf8 { return nil }
    tables = encoding == .gb18030 ? try GB18030.shared() : nil
    text = Growable(capacity: 1)
  }

  func decode(_ raw: UnsafePointer<UInt8>, _ count: Int) {
    text.count = 0
    // Three bytes a byte of GB18030; a code unit of UTF-16 takes less.
    text.reserve(3 * count + 64)
    badOffsets.removeAll(keepingCapacity: true)
    var at = 0
    while true {
      let step = step(raw + at, count - at)
      text.count += step.written
      at += step.consumed
      if step.bad == 0 { return }
      badOffsets.append(at)
      // A sequence that the end cuts short is bad from its first byte on.
      at += max(1, Int(step.bad))
      for byte: UInt8 in [0xEF, 0xBF, 0xBD] { text.append(byte) }
    }
  }

  private func step(_ raw: UnsafePointer<UInt8>, _ count: Int) -> guiyi_decoded {
    let out = text.base + text.count
    if let tables { return guiyi_gb18030_decode(raw, count, tables.two, tables.four, out) }
    return guiyi_utf16_decode(raw, count, isBigEndian ? 1 : 0, out)
  }

  /// The first bad sequence between two offsets.
  func firstBad(from: Int, until end: Int) -> Int? {
    var low = 0
    var high = badOffsets.count
    while low < high {
      let middle = (low + high) / 2
      if badOffsets[middle] < from { low = middle + 1 } else { high = middle }
    }
    return low < badOffsets.count && badOffsets[low] < end ? badOffsets[low] : nil
  }
}
