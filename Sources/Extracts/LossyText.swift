import Basics

extension TextEncoding {
  /// The raw bytes of a record as text for people to read, with U+FFFD for what cannot be decoded.
  /// - Throws: `encoding_unavailable`.
  public func lossyText(_ raw: UnsafeRawBufferPointer) throws(Problem) -> String {
    // Records of UTF-16 files give their raw bytes as UTF-8.
    guard self == .gb18030, let transcoder = try Transcoder(self), let bytes = raw.baseAddress else {
      return String(decoding: raw, as: UTF8.self)
    }
    transcoder.decode(bytes.assumingMemoryBound(to: UInt8.self), raw.count)
    return String(
      decoding: UnsafeBufferPointer(start: transcoder.text.base, count: transcoder.text.count), as: UTF8.self)
  }
}
