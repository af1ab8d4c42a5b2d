import Basics
import CKernels
import Glibc

/// The text of an XML document as UTF-8, a stretch at a time, with the way back to bytes of the file.
///
/// What is not well encoded becomes U+FFFD and is remembered, so that it spoils one record and not the document.
final class ElementText {
  private static let blockBytes = 64 << 10
  /// Enough to hold an XML declaration.
  private static let declarationBytes = 256

  let bytes: ExtractBytes
  private(set) var encoding: TextEncoding?
  private var tables: GB18030?
  private let raw = Growable<UInt8>(capacity: ElementText.blockBytes + 64)
  /// Where `raw` begins in the file.
  private var rawOrigin = 0
  private let text = Growable<UInt8>(capacity: 4 * ElementText.blockBytes)
  /// Where `text` begins in the document as UTF-8.
  private(set) var origin = 0
  private(set) var isAtEnd = false

  /// Sequences that are not in the encoding: where in the text and in the file.
  private(set) var bad: [(text: Int, byteOffset: Int)] = []
  /// Offsets of every `<`, in text and file, once the two differ; `<` is part of no longer character in either encoding.
  private var angles: [(text: Int, byteOffset: Int)] = []
  private var nextAngle = 0
  private var isShifted = false
  private var markLength = 0
  private var hasBegun = false

  init(_ bytes: ExtractBytes, encoding: TextEncoding?) {
    self.bytes = bytes
    self.encoding = encoding
  }

  var end: Int { origin + text.count }

  /// The text from an offset on; valid until more is read.
  func view(from start: Int, to end: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: text.base + (start - origin), count: end - start)
  }

  /// Where in the file the `<` at an offset of the text stands; ask in ascending order.
  func byteOffset(ofAngleAt offset: Int) -> Int {
    if !isShifted { return offset + markLength }
    while nextAngle < angles.count && angles[nextAngle].text < offset { nextAngle += 1 }
    return nextAngle < angles.count ? angles[nextAngle].byteOffset : rawOrigin
  }

  /// Forgets bad sequences before an offset.
  func forgetBad(before offset: Int) { bad.removeAll { $0.text < offset } }

  /// Reads more, and lets go of the text before `kept`. Nothing is added at the end of the file.
  /// - Throws: `encoding_mismatch`, `unsupported_encoding`, `encoding_unavailable`, and what reading throws.
  func extend(keepingFrom kept: Int) throws(Problem) {
    text.dropFirst(kept - origin)
    origin = kept
    if !hasBegun {
      hasBegun = true
      try begin()
    } else {
      try read()
    }
    decode()
  }

  private func read() throws(Problem) {
    raw.reserve(Self.blockBytes)
    let count = try bytes.read(into: UnsafeMutableRawBufferPointer(start: raw.base + raw.count, count: Self.blockBytes))
    raw.count += count
    isAtEnd = count == 0
  }

  /// Reads the first bytes and settles the encoding.
  private func begin() throws(Problem) {
    while raw.count < Self.declarationBytes && !isAtEnd { try read() }
    func begins(_ mark: [UInt8]) -> Bool {
      raw.count >= mark.count && mark.indices.allSatisfy { raw.base[$0] == mark[$0] }
    }
    if begins([0xFF, 0xFE]) || begins([0xFE, 0xFF]) {
      throw Problem(
        "unsupported_encoding", "the document begins as UTF-16 does", at: Place(bytes.name, line: 1),
        expected: "UTF-8 or GB18030")
    }
    let declared = try declaredEncoding()
    if let declared, let encoding, declared != encoding {
      throw Problem(
        "encoding_mismatch", "the document declares another encoding than its source's definition",
        at: Place(bytes.name, line: 1), found: declared.rawValue, expected: encoding.rawValue,
        advice: "Correct the definition, or leave the encoding out of it")
    }
    let settled = encoding ?? declared ?? .utf8
    encoding = settled
    if settled == .gb18030 {
      tables = try GB18030.shared()
      isShifted = true
    }
    for mark: [UInt8] in [[0xEF, 0xBB, 0xBF], [0x84, 0x31, 0x95, 0x33]]
    where begins(mark) && (mark.count == 3) == (settled == .utf8) {
      raw.dropFirst(mark.count)
      rawOrigin = mark.count
      markLength = mark.count
    }
  }

  /// The encoding that the XML declaration names, if there is one.
  private func declaredEncoding() throws(Problem) -> TextEncoding? {
    let head = String(
      decoding: UnsafeBufferPointer(start: raw.base, count: min(raw.count, Self.declarationBytes)), as: UTF8.self)
    guard let begin = head.firstRange(of: "<?xml"), let end = head.firstRange(of: "?>"),
      begin.lowerBound < end.lowerBound,
      let word = head[begin.upperBound..<end.lowerBound].firstRange(of: "encoding")
    else { return nil }
    let rest = head[word.upperBound..<end.lowerBound].drop { $0 == " " || $0 == "=" || $0 == "\t" }
    guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
    let label = rest.dropFirst().prefix { $0 != quote }
    guard let encoding = TextEncoding(label: String(label)) else {
      throw Problem(
        "unsupported_encoding", "the document declares an encoding that cannot be read", at: Place(bytes.name, line: 1),
        found: String(label.prefix(32)), expected: "UTF-8 or GB18030")
    }
    return encoding
  }

  /// Decodes what was read, up to a character that is not complete.
  private func decode() {
    let textBefore = text.count
    text.reserve(3 * raw.count + 64)
    var at = 0
    while at < raw.count {
      let step = encoding == .gb18030 ? decodeGB18030(from: at) : takeUTF8(from: at)
      at += step.consumed
      if step.bad == 0 || step.bad < 0 && !isAtEnd { break }
      bad.append((origin + text.count, rawOrigin + at))
      for byte: UInt8 in [0xEF, 0xBF, 0xBD] { text.append(byte) }
      at += max(1, Int(step.bad))
    }
    if isShifted || !bad.isEmpty { noteAngles(text: textBefore, raw: at) }
    raw.dropFirst(at)
    rawOrigin += at
  }

  private func decodeGB18030(from at: Int) -> guiyi_decoded {
    guard let tables else { return guiyi_decoded(consumed: 0, written: 0, bad: 1) }
    let step = guiyi_gb18030_decode(
      raw.base + at, raw.count - at, tables.two, tables.four, text.base + text.count)
    text.count += step.written
    return step
  }

  private func takeUTF8(from at: Int) -> guiyi_decoded {
    let good = guiyi_utf8_valid_prefix(raw.base + at, raw.count - at)
    text.append(raw.base + at, count: good)
    let left = raw.count - at - good
    if left == 0 { return guiyi_decoded(consumed: good, written: good, bad: 0) }
    let lead = raw.base[at + good]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    let mayGoOn = lead >= 0xC2 && lead <= 0xF4 && left < length
    return guiyi_decoded(consumed: good, written: good, bad: mayGoOn ? -1 : 1)
  }

  private func noteAngles(text from: Int, raw rawCount: Int) {
    isShifted = true
    if nextAngle > 0 {
      angles.removeFirst(nextAngle)
      nextAngle = 0
    }
    let angle = Int32(UInt8(ascii: "<"))
    var inText = from
    var inRaw = 0
    while let a = memchr(text.base + inText, angle, text.count - inText),
      let b = memchr(raw.base + inRaw, angle, rawCount - inRaw)
    {
      inText = UnsafePointer(a.assumingMemoryBound(to: UInt8.self)) - UnsafePointer(text.base)
      inRaw = UnsafePointer(b.assumingMemoryBound(to: UInt8.self)) - UnsafePointer(raw.base)
      angles.append((origin + inText, rawOrigin + inRaw))
      inText += 1
      inRaw += 1
    }
  }
}
