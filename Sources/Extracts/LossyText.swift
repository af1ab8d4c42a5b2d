import Basics
import CKernels

extension TextEncoding {
  /// The bytes as text for people to read, with U+FFFD for what cannot be decoded.
  /// - Throws: `encoding_unavailable`.
  public func lossyText(_ raw: UnsafeRawBufferPointer) throws(Problem) -> String {
    guard self == .gb18030 else { return String(decoding: raw, as: UTF8.self) }
    let tables = try GB18030.shared()
    var text = ""
    var rest = Array(raw)
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: raw.count * 3 + 3)
    defer { room.deallocate() }
    while !rest.isEmpty {
      let decoded = guiyi_gb18030_decode(rest, rest.count, tables.two, tables.four, room)
      text += String(decoding: UnsafeBufferPointer(start: room, count: decoded.written), as: UTF8.self)
      if decoded.bad == 0 { break }
      text += "\u{FFFD}"
      rest.removeFirst(min(rest.count, decoded.consumed + max(1, Int(decoded.bad))))
    }
    return text
  }
}
