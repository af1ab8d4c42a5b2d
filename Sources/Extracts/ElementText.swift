import Basics
import CKernels
import Glibc

/// The text of an XML document as UTF-8, a stretch at a time, with the way back to bytes of the file.
///
/// What is not well encoded becomes U+FFFD, and for libxml2 a character that XML forbids becomes an underscore; both are
/// remembered as flaws, so that they spoil one record and not the document. A lone carriage return becomes a line feed.
final class ElementText {
  private static let blockBytes = 64 << 10
  /// Enough to hold an XML declaration, also as UTF-16.
  private static let declarationBytes = 512

  let bytes: ExtractBytes
  private(set) var encoding: TextEncoding?
  private var tables: GB18030?
  private var isBigEndian = false
  private let raw = Growable<UInt8>(capacity: ElementText.blockBytes + 64)
  /// Where `raw` begins in the file.
  private var rawOrigin = 0
  private let text = Growable<UInt8>(capacity: 4 * ElementText.blockBytes)
  /// Where `text` begins in the document as UTF-8.
  private(set) var origin = 0
  private(set) var isAtEnd = false
  private var hasBegun = false
  /// Whether the text's last byte is a carriage return, which a line feed may follow.
  private var endsInReturn = false

  let offsets = ElementOffsets()
  let flaws = ElementFlaws()

  init(_ bytes: ExtractBytes, encoding: TextEncoding?) {
    self.bytes = bytes
    self.encoding = encoding
  }

  /// How far the text may be looked at.
  var end: Int { origin + text.count - (endsInReturn ? 1 : 0) }

  /// How much memory the text takes.
  var capacity: Int { text.capacity }

  /// How many bytes of the file were read.
  var byteCount: Int { rawOrigin + raw.count }

  /// The text from an offset on; valid until more is read.
  func view(from start: Int, to end: Int) -> UnsafeMutableBufferPointer<UInt8> {
    UnsafeMutableBufferPointer(start: text.base + (start - origin), count: end - start)
  }

  /// Puts back what was masked before an offset.
  func unmask(before end: Int) { flaws.unmask(before: end, in: text.base, at: origin) }

  /// Reads more, and lets go of the text before `kept`. Nothing is added at the end of the file.
  /// - Throws: `encoding_mismatch`, `unsupported_encoding`, `encoding_unavailable`, and what reading throws.
  func extend(keepingFrom kept: Int) throws(Problem) {
    text.dropFirst(kept - origin)
    origin = kept
    offsets.forget(before: kept)
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
    var head = UnsafeBufferPointer(start: raw.base, count: 0)
    while head.count < Self.declarationBytes && !isAtEnd && !XMLDeclaration.isComplete(head) {
      try read()
      head = UnsafeBufferPointer(start: raw.base, count: min(raw.count, Self.declarationBytes))
    }
    let declaration = try XMLDeclaration(head, in: bytes.name)
    let settled = try declaration.settle(given: encoding, in: bytes.name)
    encoding = settled
    isBigEndian = declaration.isBigEndian
    if settled == .gb18030 { tables = try GB18030.shared() }
    offsets.isShifted = settled != .utf8
    offsets.markLength = declaration.markLength
    rawOrigin = declaration.markLength
    raw.dropFirst(declaration.markLength)
  }

  // MARK: Decoding

  /// Decodes what was read, up to a character that is not complete.
  private func decode() {
    let before = text.count
    text.reserve(3 * raw.count + 64)
    var at = 0
    while at < raw.count {
      let step = decode(from: at)
      at += step.consumed
      if step.bad == 0 || step.bad < 0 && !isAtEnd { break }
      flaws.add(Flaw(text: origin + text.count, byteOffset: rawOrigin + at, code: encodingCode), by: .decoding)
      offsets.isShifted = true
      for byte: UInt8 in [0xEF, 0xBF, 0xBD] { text.append(byte) }
      at += step.bad < 0 ? raw.count - at : Int(step.bad)
    }
    if offsets.isShifted {
      offsets.note(
        text: UnsafeBufferPointer(start: text.base + before, count: text.count - before), at: origin + before,
        raw: UnsafeBufferPointer(start: raw.base, count: at), at: rawOrigin, unit: encoding == .utf16 ? 2 : 1,
        isBigEndian: isBigEndian)
    }
    raw.dropFirst(at)
    rawOrigin += at
    maskUnfit(from: endsInReturn ? before - 1 : before)
  }

  private func decode(from at: Int) -> guiyi_decoded {
    switch encoding {
    case .gb18030: return decodeGB18030(from: at)
    case .utf16: return decodeUTF16(from: at)
    default: return takeUTF8(from: at)
    }
  }

  private var encodingCode: DamagedRecord.Code {
    switch encoding {
    case .gb18030: .invalidGB18030
    case .utf16: .invalidUTF16
    default: .invalidUTF8
    }
  }

  private func decodeGB18030(from at: Int) -> guiyi_decoded {
    guard let tables else { return guiyi_decoded(consumed: 0, written: 0, bad: 1) }
    let step = guiyi_gb18030_decode(
      raw.base + at, raw.count - at, tables.two, tables.four, text.base + text.count)
    text.count += step.written
    return step
  }

  private func decodeUTF16(from at: Int) -> guiyi_decoded {
    var step = guiyi_utf16_decode(raw.base + at, raw.count - at, isBigEndian ? 1 : 0, text.base + text.count)
    text.count += step.written
    // The other half of a surrogate may be yet to come.
    if step.bad > 0, raw.count - at - step.consumed < 4, !isAtEnd { step.bad = -1 }
    return step
  }

  private func takeUTF8(from at: Int) -> guiyi_decoded {
    let good = guiyi_utf8_valid_prefix(raw.base + at, raw.count - at)
    text.append(raw.base + at, count: good)
    let left = raw.count - at - good
    if left == 0 { return guiyi_decoded(consumed: good, written: good, bad: 0) }
    return guiyi_decoded(consumed: good, written: good, bad: Self.mayGoOn(raw.base + at + good, left) ? -1 : 1)
  }

  /// Whether what is left begins a sequence that more bytes can complete.
  private static func mayGoOn(_ rest: UnsafePointer<UInt8>, _ left: Int) -> Bool {
    let lead = rest[0]
    guard (0xC2...0xF4).contains(lead), left < (lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2) else { return false }
    if left == 1 { return true }
    let lowest: UInt8 = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
    let highest: UInt8 = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
    return (lowest...highest).contains(rest[1]) && (left < 3 || rest[2] & 0xC0 == 0x80)
  }

  /// Looks for characters that libxml2 must not see.
  private func maskUnfit(from start: Int) {
    endsInReturn = false
    var at = start
    while true {
      at += guiyi_find_unfit(text.base + at, text.count - at)
      if at == text.count { return }
      let byte = text.base[at]
      if byte == 13 {
        if at + 1 == text.count && !isAtEnd {
          endsInReturn = true
          return
        }
        if at + 1 == text.count || text.base[at + 1] != 10 { text.base[at] = 10 }
        at += 1
        continue
      }
      flaws.add(
        Flaw(
          text: origin + at, byteOffset: offsets.byteOffset(of: origin + at),
          code: byte == 0 ? .nulByte : .forbiddenCharacter), by: .characters)
      // Of U+FFFE and U+FFFF the last byte makes the difference.
      if byte == 0xEF { at += 2 }
      flaws.mask(&text.base[at], at: origin + at)
      if byte == 0xEF { text.base[at] = 0xBD }
      at += 1
    }
  }
}
