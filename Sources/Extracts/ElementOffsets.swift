/// The way back from the text of an XML document, which is UTF-8, to bytes of its file.
///
/// Where the two differ, the bytes at which anything is reported are noted in pairs: `<`, `&` and control characters.
/// These are part of no longer character in any of the encodings, so that they come in the same order in both.
final class ElementOffsets {
  private struct Pair {
    var text: Int
    var file: Int
  }

  /// The length of the byte-order mark.
  var markLength = 0
  /// Whether the file differs from the text by more than its mark.
  var isShifted = false
  private var pairs: [Pair] = []
  /// Pairs before this one were let go.
  private var first = 0

  /// Where in the file the character at an offset stands; where it is none that is noted, the last one before it.
  func byteOffset(of text: Int) -> Int {
    var low = first
    var high = pairs.count
    while low < high {
      let middle = (low + high) / 2
      if pairs[middle].text <= text { low = middle + 1 } else { high = middle }
    }
    // Before the first difference there are no pairs.
    return low > first ? pairs[low - 1].file : text + markLength
  }

  /// Lets go of what is before an offset, but for the last pair.
  func forget(before text: Int) {
    while first + 1 < pairs.count, pairs[first + 1].text <= text { first += 1 }
    if first > 4_096 && first > pairs.count / 2 {
      pairs.removeFirst(first)
      first = 0
    }
  }

  /// Notes the pairs of a stretch; `unit` is the width of the file's characters below U+0080.
  func note(
    text: UnsafeBufferPointer<UInt8>, at textOrigin: Int, raw: UnsafeBufferPointer<UInt8>, at rawOrigin: Int, unit: Int,
    isBigEndian: Bool
  ) {
    var from = 0
    for (index, byte) in text.enumerated() where Self.isNoted(byte) {
      while from + unit <= raw.count, !Self.isNoted(raw, from, unit, isBigEndian) { from += unit }
      if from + unit > raw.count { return }
      pairs.append(Pair(text: textOrigin + index, file: rawOrigin + from))
      from += unit
    }
  }

  private static func isNoted(
    _ raw: UnsafeBufferPointer<UInt8>, _ at: Int, _ unit: Int, _ isBigEndian: Bool
  ) -> Bool {
    if unit == 1 { return isNoted(raw[at]) }
    return raw[isBigEndian ? at : at + 1] == 0 && isNoted(raw[isBigEndian ? at + 1 : at])
  }

  @inline(__always)
  private static func isNoted(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") || byte < 0x20 && byte != 9 && byte != 10
  }
}
