import Basics
import CKernels
import Glibc

/// A run of whole physical lines of an extract as UTF-8, indexed by line and separator, that moves over the file.
///
/// Lines are cut in the bytes as delivered: a line feed is never part of a longer character in UTF-8 or GB18030, whose
/// second bytes begin at 0x30. Separators are found after decoding: there, they may be (`|` is a second byte in GB18030).
final class LineWindow {
  enum Extension {
    /// There are lines, more than were kept.
    case lines
    /// The next line is longer than the limit, and lines that were kept stand before it.
    case blocked
    /// The line that came next was longer than the limit and is passed over.
    case overlong(OverlongLine)
    case ended
  }

  struct OverlongLine {
    var line: Int
    var byteOffset: Int
    var count: Int
    var beginning: [UInt8]
  }

  static let blockBytes = 128 << 10

  let bytes: ExtractBytes
  private let encoding: TextEncoding
  private let tables: GB18030?
  private let maxLine: Int
  private let blockBytes: Int

  /// Bytes as delivered: the window's lines, then what was read beyond them.
  private let raw: Growable<UInt8>
  /// Where `raw` begins in the file.
  private var rawOffset: Int
  /// How much of `raw` is the window's lines.
  private var rawWindow = 0
  /// How far `raw` is known to hold no line feed beyond the window.
  private var searched = 0
  private var isAtEnd = false
  /// How many bytes at the end of `raw` are a line end that the file lacks.
  private var madeUp = 0
  private var hasBegun = false

  private let decoded: Growable<UInt8>
  private let rawStarts: Growable<UInt32>
  /// Where in `raw` sequences that are not GB18030 stand, ascending.
  private var badOffsets: [Int] = []

  /// The window's lines as UTF-8, each with its line feed (made up where the file's last line has none).
  private(set) var text: UnsafePointer<UInt8>
  private let tapeStorage: Growable<UInt32>
  private let lineStorage: Growable<guiyi_line>
  private(set) var lineCount = 0
  /// The number of the window's first line, from 1.
  private(set) var firstLine = 1
  /// Whether every line of the window is known to be well encoded.
  private(set) var isSound = true

  var tape: UnsafeMutablePointer<UInt32> { tapeStorage.base }
  /// One entry a line, and one that closes the last.
  var lines: UnsafePointer<guiyi_line> { UnsafePointer(lineStorage.base) }

  private let separator: UInt8
  private let quote: Int32

  init(
    _ bytes: ExtractBytes, encoding: TextEncoding, separator: UInt8, quote: UInt8?, maxLine: Int, blockBytes: Int
  ) throws(Problem) {
    self.bytes = bytes
    rawOffset = bytes.startOffset
    self.encoding = encoding
    self.separator = separator
    self.quote = quote.map(Int32.init) ?? -1
    self.maxLine = maxLine
    self.blockBytes = blockBytes
    tables = encoding == .gb18030 ? try GB18030.shared() : nil
    raw = Growable(capacity: 2 * blockBytes + 64)
    decoded = Growable(capacity: encoding == .gb18030 ? 3 * blockBytes : 1)
    rawStarts = Growable(capacity: 1)
    tapeStorage = Growable(capacity: blockBytes)
    lineStorage = Growable(capacity: blockBytes / 8 + 2)
    text = UnsafePointer(raw.base)
  }

  /// Lets go of the lines before `kept` and adds at least one line after the others; line numbers of the window change.
  func extend(keepingFrom kept: Int) throws(Problem) -> Extension {
    try begin()
    if kept > 0 {
      let dropped = rawStart(kept)
      raw.dropFirst(dropped)
      rawOffset += dropped
      rawWindow -= dropped
      searched -= dropped
      firstLine += kept
      lineCount -= kept
    }
    while true {
      let whole = guiyi_whole_lines(raw.base + searched, raw.count - searched)
      if whole > 0 {
        rawWindow = searched + whole
        searched = rawWindow
        index()
        return .lines
      }
      searched = raw.count
      if raw.count - rawWindow > maxLine {
        if rawWindow == 0 { return .overlong(try passOver()) }
        index()
        return .blocked
      }
      if isAtEnd {
        if raw.count == rawWindow {
          index()
          return .ended
        }
        raw.reserve(64)
        raw.append(10)
        madeUp = 1
      } else {
        try read()
      }
    }
  }

  /// Where a line begins in `rawBytes`.
  func rawStart(_ line: Int) -> Int {
    encoding == .utf8 ? Int(lineStorage.base[line].start) : Int(rawStarts.base[line])
  }

  func byteOffset(_ line: Int) -> Int { rawOffset + rawStart(line) }

  /// Where the line behind the window's last begins, or the file ends.
  var endOffset: Int { rawOffset + min(rawWindow, raw.count - madeUp) }

  /// The first line of the window that begins at or after an offset of the file; `lineCount` where none does.
  func firstLine(atOrAfter offset: Int) -> Int {
    if endOffset <= offset { return lineCount }
    var low = 0
    var high = lineCount
    while low < high {
      let middle = (low + high) / 2
      if byteOffset(middle) < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The bytes as delivered of the lines from `first` up to `end`, without the last line end.
  func rawBytes(_ first: Int, until end: Int) -> UnsafeRawBufferPointer {
    let from = rawStart(first)
    var to = rawStart(end) - 1
    if to > from && raw.base[to - 1] == 13 { to -= 1 }
    return UnsafeRawBufferPointer(start: raw.base + from, count: to - from)
  }

  /// The first byte, counted from the beginning of the file, at which these lines are not what their encoding allows.
  func badByte(_ first: Int, until end: Int) -> Int? {
    if isSound { return nil }
    let from = rawStart(first)
    let to = rawStart(end)
    if encoding == .gb18030 {
      var low = 0
      var high = badOffsets.count
      while low < high {
        let middle = (low + high) / 2
        if badOffsets[middle] < from { low = middle + 1 } else { high = middle }
      }
      return low < badOffsets.count && badOffsets[low] < to ? rawOffset + badOffsets[low] : nil
    }
    let good = guiyi_utf8_valid_prefix(raw.base + from, to - from)
    return good == to - from ? nil : rawOffset + from + good
  }

  private func begin() throws(Problem) {
    if hasBegun { return }
    hasBegun = true
    if bytes.startOffset > 0 { return }
    let mark: [UInt8] = encoding == .utf8 ? [0xEF, 0xBB, 0xBF] : [0x84, 0x31, 0x95, 0x33]
    while raw.count < mark.count && !isAtEnd { try read() }
    if raw.count >= mark.count && mark.indices.allSatisfy({ raw.base[$0] == mark[$0] }) {
      raw.dropFirst(mark.count)
      rawOffset = mark.count
    }
  }

  private func read() throws(Problem) {
    raw.reserve(blockBytes + 64)
    let count = try bytes.read(into: UnsafeMutableRawBufferPointer(start: raw.base + raw.count, count: blockBytes))
    raw.count += count
    isAtEnd = count == 0
  }

  /// Passes over a line that is too long, which may be longer than memory: only its beginning is kept.
  private func passOver() throws(Problem) -> OverlongLine {
    var long = OverlongLine(line: firstLine, byteOffset: rawOffset, count: 0, beginning: [])
    var last: UInt8 = 0
    func take(_ count: Int) {
      if count == 0 { return }
      let room = DamagedRecord.rawLimit - long.beginning.count
      if room > 0 { long.beginning += UnsafeBufferPointer(start: raw.base, count: min(count, room)) }
      long.count += count
      last = raw.base[count - 1]
    }
    while true {
      if let feed = memchr(raw.base, 10, raw.count) {
        let length = UnsafePointer(feed.assumingMemoryBound(to: UInt8.self)) - UnsafePointer(raw.base)
        take(length)
        raw.dropFirst(length + 1)
        rawOffset += 1
        break
      }
      take(raw.count)
      raw.count = 0
      if isAtEnd { break }
      try read()
    }
    rawOffset += long.count
    if last == 13 {
      long.count -= 1
      if long.beginning.count > long.count { long.beginning.removeLast() }
    }
    firstLine += 1
    searched = 0
    lineCount = 0
    return long
  }

  private func index() {
    var count = rawWindow
    if count == 0 {
      lineCount = 0
      return
    }
    if let tables {
      count = decode(tables)
      text = UnsafePointer(decoded.base)
      isSound = badOffsets.isEmpty
    } else {
      text = UnsafePointer(raw.base)
      isSound = guiyi_utf8_valid_prefix(text, count) == count
    }
    tapeStorage.count = 0
    tapeStorage.reserve(count)
    lineStorage.count = 0
    lineStorage.reserve(count + 1)
    lineCount = guiyi_index_lines(text, count, separator, quote, tapeStorage.base, lineStorage.base)
  }

  /// Decodes the window, with U+FFFD where it cannot be, and gives the number of UTF-8 bytes.
  private func decode(_ tables: GB18030) -> Int {
    decoded.count = 0
    decoded.reserve(3 * rawWindow + 64)
    badOffsets.removeAll(keepingCapacity: true)
    var at = 0
    while true {
      let step = guiyi_gb18030_decode(
        raw.base + at, rawWindow - at, tables.two, tables.four, decoded.base + decoded.count)
      decoded.count += step.written
      at += step.consumed
      // A window ends in a line feed, so that no sequence is cut by its end.
      if step.bad == 0 { break }
      badOffsets.append(at)
      at += Int(step.bad)
      for byte: UInt8 in [0xEF, 0xBF, 0xBD] { decoded.append(byte) }
    }
    rawStarts.count = 0
    rawStarts.append(0)
    var from = 0
    while from < rawWindow, let feed = memchr(raw.base + from, 10, rawWindow - from) {
      from = UnsafePointer(feed.assumingMemoryBound(to: UInt8.self)) - UnsafePointer(raw.base) + 1
      rawStarts.append(UInt32(from))
    }
    return decoded.count
  }
}
