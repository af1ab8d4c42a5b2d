import Basics
import CKernels

/// A run of whole physical lines of an extract as UTF-8, indexed by line and separator, that moves over the file.
///
/// Lines are cut in the bytes as delivered. Separators are found after decoding: before it, they may be parts of
/// characters (`|` is a second byte in GB18030).
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
  private let transcoder: Transcoder?
  private var cutter: LineCutter
  private let format: guiyi_line_format
  private let maxLine: Int
  private let blockBytes: Int

  /// Bytes as delivered: the window's lines, then what was read beyond them.
  private let raw: Growable<UInt8>
  /// Where `raw` begins in the file.
  private var rawOffset: Int
  /// How much of `raw` is the window's lines.
  private var rawWindow = 0
  /// How far `raw` is known to hold no line end beyond the window.
  private var searched = 0
  private var isAtEnd = false
  /// How many bytes at the end of `raw` are a line end that the file lacks.
  private var madeUp = 0
  private var hasBegun = false
  /// Where each line begins in `raw`, if that is not where it begins in `text`.
  private let rawStarts = Growable<UInt32>(capacity: 1)

  /// The window's lines as UTF-8, each with its line end (made up where the file's last line has none).
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
  /// The most bytes that were held at once, as delivered and decoded.
  var capacity: Int { raw.capacity + (transcoder?.text.capacity ?? 0) }

  /// - Parameters:
  ///   - separator: What stands between fields, up to eight ASCII bytes; empty where lines are not split.
  ///   - quote: A byte that marks the lines in which it stands.
  ///   - maxLine: The longest line, in bytes as delivered without its line end.
  /// - Throws: `encoding_unavailable`.
  init(
    _ bytes: ExtractBytes, encoding: TextEncoding, terminators: LineTerminators = .feed, separator: [UInt8] = [],
    quote: UInt8? = nil, maxLine: Int, blockBytes: Int = LineWindow.blockBytes
  ) throws(Problem) {
    self.bytes = bytes
    self.encoding = encoding
    self.maxLine = maxLine
    self.blockBytes = blockBytes
    rawOffset = bytes.startOffset
    cutter = LineCutter(terminators)
    transcoder = try Transcoder(encoding)
    format = guiyi_line_format(
      separator: separator.reversed().reduce(0) { $0 << 8 | UInt64($1) }, separator_count: Int32(separator.count),
      quote: quote.map(Int32.init) ?? -1, lone_returns: terminators == .any ? 1 : 0)
    raw = Growable(capacity: 2 * blockBytes + 64)
    tapeStorage = Growable(capacity: blockBytes)
    lineStorage = Growable(capacity: blockBytes / 8 + 2)
    text = UnsafePointer(raw.base)
  }

  /// Lets go of the lines before `kept` and adds at least one line after the others; line numbers of the window change.
  /// - Throws: `missing_byte_order_mark`, and what reading the file throws.
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
      let whole = cutter.wholeLines(raw.base + searched, raw.count - searched, isAtEnd: isAtEnd)
      if whole > 0 {
        rawWindow = searched + whole
        searched = rawWindow
        index()
        return .lines
      }
      searched = max(searched, rawWindow + cutter.settled(raw.count - rawWindow))
      // Behind the longest line, a CR and half an LF may stand.
      if raw.count - rawWindow > maxLine + 2 * cutter.width - 1 {
        if rawWindow == 0 { return .overlong(try passOver()) }
        index()
        return .blocked
      }
      if !isAtEnd {
        try read()
      } else if raw.count > rawWindow {
        endLastLine()
      } else {
        index()
        return .ended
      }
    }
  }

  /// Where a line begins in `raw`.
  @inline(__always)
  private func rawStart(_ line: Int) -> Int {
    transcoder == nil ? Int(lineStorage.base[line].start) : Int(rawStarts.base[line])
  }

  @inline(__always)
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

  /// How many bytes as delivered lines take, without the last line end.
  @inline(__always)
  func byteCount(_ first: Int, until end: Int) -> Int {
    let from = rawStart(first)
    if encoding == .utf16 {
      let count = cutter.textCount(raw.base + from, rawStart(end) - cutter.width - from)
      return min(count, raw.count - madeUp - from)
    }
    let count = rawStart(end) - 1 - from
    return count > 0 && raw.base[from + count - 1] == 13 ? count - 1 : count
  }

  /// The bytes of lines without the last line end: as delivered, but of UTF-16 as UTF-8.
  @inline(__always)
  func rawBytes(_ first: Int, until end: Int) -> UnsafeRawBufferPointer {
    encoding == .utf16
      ? decodedBytes(first, until: end)
      : UnsafeRawBufferPointer(start: raw.base + rawStart(first), count: byteCount(first, until: end))
  }

  private func decodedBytes(_ first: Int, until end: Int) -> UnsafeRawBufferPointer {
    let from = lines[first].start
    var to = lines[end].start - 1
    if to > from && text[Int(to) - 1] == 13 { to -= 1 }
    return UnsafeRawBufferPointer(start: text + Int(from), count: Int(to - from))
  }

  /// The first byte, counted from the beginning of the file, at which these lines are not what their encoding allows.
  func badByte(_ first: Int, until end: Int) -> Int? {
    if isSound { return nil }
    let from = rawStart(first)
    let to = rawStart(end)
    if let transcoder { return transcoder.firstBad(from: from, until: to).map { rawOffset + $0 } }
    let good = guiyi_utf8_valid_prefix(raw.base + from, to - from)
    return good == to - from ? nil : rawOffset + from + good
  }

  /// Passes over a byte-order mark; in UTF-16, it tells the order.
  private func begin() throws(Problem) {
    if hasBegun { return }
    hasBegun = true
    if bytes.startOffset > 0 { return }
    while raw.count < 4 && !isAtEnd { try read() }
    guard let mark = encoding.marks.first(where: { raw.count >= $0.count && $0.elementsEqual(raw.prefix($0.count)) })
    else {
      if encoding != .utf16 || raw.count == 0 { return }
      throw Problem(
        "missing_byte_order_mark", "the file does not begin with the byte-order mark of UTF-16",
        at: Place(bytes.name, byteOffset: 0), expected: "the bytes FF FE or FE FF",
        advice: "Check the encoding in the source's definition, or ask the source system to write the mark")
    }
    if encoding == .utf16 {
      cutter.width = 2
      cutter.isBigEndian = mark == [0xFE, 0xFF]
      transcoder?.isBigEndian = cutter.isBigEndian
    }
    raw.dropFirst(mark.count)
    rawOffset = mark.count
  }

  private func read() throws(Problem) {
    raw.reserve(blockBytes + 64)
    let count = try bytes.read(into: UnsafeMutableRawBufferPointer(start: raw.base + raw.count, count: blockBytes))
    raw.count += count
    isAtEnd = count == 0
  }

  /// Makes up the line end that the file's last line lacks.
  private func endLastLine() {
    raw.reserve(4 + 64)
    let delivered = raw.count
    if raw.count % cutter.width != 0 {
      // Half a code unit becomes half a surrogate pair, which is as bad.
      raw.count -= 1
      append(codeUnit: 0xD800)
    }
    append(codeUnit: 10)
    madeUp = raw.count - delivered
  }

  private func append(codeUnit unit: UInt16) {
    let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
    if cutter.width == 2 && cutter.isBigEndian { raw.append(high) }
    raw.append(low)
    if cutter.width == 2 && !cutter.isBigEndian { raw.append(high) }
  }

  /// Passes over a line that is too long, which may be longer than memory: only its beginning is kept.
  private func passOver() throws(Problem) -> OverlongLine {
    var long = OverlongLine(line: firstLine, byteOffset: rawOffset, count: 0, beginning: [])
    func take(_ count: Int, dropping dropped: Int) {
      let room = DamagedRecord.rawLimit - long.beginning.count
      long.beginning += UnsafeBufferPointer(start: raw.base, count: min(count, room))
      long.count += count
      raw.dropFirst(dropped)
      rawOffset += dropped
    }
    while true {
      if let line = cutter.firstLine(raw.base, raw.count, isAtEnd: isAtEnd) {
        take(line.textCount, dropping: line.count)
        break
      }
      let settled = cutter.settled(raw.count)
      take(settled, dropping: settled)
      try read()
    }
    if encoding == .utf16, let transcoder {
      transcoder.decode(long.beginning, long.beginning.count)
      long.beginning = Array(transcoder.text.prefix(DamagedRecord.rawLimit))
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
    if let transcoder {
      transcoder.decode(raw.base, rawWindow)
      count = transcoder.text.count
      text = UnsafePointer(transcoder.text.base)
      isSound = transcoder.badOffsets.isEmpty
      rawStarts.count = 0
      rawStarts.append(0)
      cutter.appendLineStarts(raw.base, rawWindow, to: rawStarts)
    } else {
      text = UnsafePointer(raw.base)
      isSound = guiyi_utf8_valid_prefix(text, count) == count
    }
    tapeStorage.count = 0
    tapeStorage.reserve(count)
    lineStorage.count = 0
    lineStorage.reserve(count + 1)
    lineCount = guiyi_index_lines(text, count, format, tapeStorage.base, lineStorage.base)
  }
}
