import Glibc

/// Finds line ends in bytes as delivered: neither CR nor LF is ever a part of a longer character in UTF-8 or GB18030 (whose
/// second bytes begin at 0x30), and in UTF-16 both are code units of their own.
struct LineCutter {
  let terminators: LineTerminators
  /// Bytes of a code unit: 1, or 2 in UTF-16.
  var width = 1
  var isBigEndian = false

  init(_ terminators: LineTerminators) { self.terminators = terminators }

  /// How many bytes of whole lines there are. A CR that ends a line by itself must not be the last byte that is known: an
  /// LF may follow it.
  func wholeLines(_ bytes: UnsafePointer<UInt8>, _ count: Int, isAtEnd: Bool) -> Int {
    var at = unsplit(count) - width
    while at >= 0 {
      let unit = unit(bytes, at)
      if unit == 10 { return at + width }
      if unit == 13 && terminators == .any && (at + width < unsplit(count) || isAtEnd) { return at + width }
      at -= width
    }
    return 0
  }

  /// How much may be searched no more once no line end was found: all but a last unit that may be the half of one.
  func settled(_ count: Int) -> Int { max(0, unsplit(count) - width) }

  /// Where the first line's text ends and the next line begins, or nil while that is not known.
  func firstLine(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, isAtEnd: Bool
  ) -> (textCount: Int, count: Int)? {
    guard var end = firstTerminator(bytes, from: 0, unsplit(count)) else {
      return isAtEnd ? (textCount(bytes, count), count) : nil
    }
    if unit(bytes, end) == 13 {
      if end + width == unsplit(count) && !isAtEnd { return nil }
      if end + width < unsplit(count) && unit(bytes, end + width) == 10 { end += width }
    }
    return (textCount(bytes, end), end + width)
  }

  /// Appends where each line but the first begins in whole lines, the end included.
  func appendLineStarts(_ bytes: UnsafePointer<UInt8>, _ count: Int, to starts: Growable<UInt32>) {
    var from = 0
    while var end = firstTerminator(bytes, from: from, count) {
      if end + width < count && unit(bytes, end) == 13 && unit(bytes, end + width) == 10 { end += width }
      from = end + width
      starts.append(UInt32(from))
    }
  }

  /// A text without the CR at its end, if there is one.
  func textCount(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    count >= width && count == unsplit(count) && unit(bytes, count - width) == 13 ? count - width : count
  }

  private func firstTerminator(_ bytes: UnsafePointer<UInt8>, from: Int, _ count: Int) -> Int? {
    if width == 1 && terminators == .feed {
      guard from < count, let feed = memchr(bytes + from, 10, count - from) else { return nil }
      return UnsafePointer(feed.assumingMemoryBound(to: UInt8.self)) - bytes
    }
    var at = from
    while at < count {
      let unit = unit(bytes, at)
      if unit == 10 || unit == 13 && terminators == .any { return at }
      at += width
    }
    return nil
  }

  private func unsplit(_ count: Int) -> Int { width == 1 ? count : count & ~1 }

  @inline(__always)
  private func unit(_ bytes: UnsafePointer<UInt8>, _ at: Int) -> UInt16 {
    if width == 1 { return UInt16(bytes[at]) }
    let (first, second) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
    return isBigEndian ? first << 8 | second : second << 8 | first
  }
}
