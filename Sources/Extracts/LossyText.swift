import Basics
import CKernels

extension TextEncoding {
  /// The bytes as text for people to read, with U+FFFD for what cannot be decoded.
  /// - Throws: `encoding_unavailable`.
  public func lossyText(_ raw: UnsafeRawBufferPointer) throws(Problem) -> String {
    guard self == .gb18030 else { return String(decoding: raw, as: UTF8.self) }
    let tables = try GB18030.shared()
    var text = ""
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: raw.count * 3 + 3)
    defer { room.deallocate() }
    var rest = raw[...]
    while !rest.isEmpty {
      let bytes = UnsafeRawBufferPointer(rebasing: rest).bindMemory(to: UInt8.self)
      let decoded = guiyi_gb18030_decode(bytes.baseAddress, bytes.count, tables.two, tables.four, room)
      text += String(decoding: UnsafeBufferPointer(start: room, count: decoded.written), as: UTF8.self)
      if decoded.bad == 0 { break }
      text += "\u{FFFD}"
      rest = rest.dropFirst(decoded.consumed + max(1, Int(decoded.bad)))
    }
    return text
  }
}
