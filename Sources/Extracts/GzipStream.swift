import Basics
import CZlib
import Glibc

/// The content of a gzip file (RFC 1952), of one or several members, bounded in size and ratio.
///
/// A stream that is cut, damaged or followed by anything else is refused when its end is reached: what was read until
/// then must not be used, which holds because a stage that throws publishes nothing.
final class GzipStream {
  private static let ratioFreeBytes = 16 << 20
  private let descriptor: Int32
  private let name: String
  private let limits: CompressionLimits
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutablePointer<UInt8>
  private static let inputSize = 64 << 10
  private var compressed = 0
  private var content = 0
  private var memberIsOpen = true
  private var isAtEnd = false

  /// Takes over the open file.
  init(_ descriptor: Int32, named name: String, limits: CompressionLimits) throws(Problem) {
    self.descriptor = descriptor
    self.name = name
    self.limits = limits
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = .allocate(capacity: Self.inputSize)
    // 16 asks for a gzip header, 15 for its largest window.
    let status = inflateInit2_(stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw damaged("zlib cannot start (\(status))") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
    close(descriptor)
  }

  func read(into target: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    if isAtEnd { return 0 }
    let room = min(target.count, 1 << 30)
    stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(room)
    while stream.pointee.avail_out == UInt32(room) {
      if stream.pointee.avail_in == 0 {
        let count = try fill()
        if count == 0 {
          if memberIsOpen { throw damaged("it ends before its content does") }
          isAtEnd = true
          return 0
        }
      }
      if !memberIsOpen {
        // Another member follows, or what zlib will refuse as no header.
        inflateReset(stream)
        memberIsOpen = true
      }
      let status = inflate(stream, Z_NO_FLUSH)
      if status == Z_STREAM_END {
        memberIsOpen = false
      } else if status != Z_OK && status != Z_BUF_ERROR {
        throw damaged(reason())
      }
    }
    let count = room - Int(stream.pointee.avail_out)
    content += count
    try checkLimits()
    return count
  }

  private func fill() throws(Problem) -> Int {
    while true {
      let count = Glibc.read(descriptor, input, Self.inputSize)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw Problem.unreadable(name) }
      stream.pointee.next_in = input
      stream.pointee.avail_in = UInt32(count)
      compressed += count
      return count
    }
  }

  private func checkLimits() throws(Problem) {
    if content > limits.bytes {
      throw Problem(
        "gzip_too_large", "the compressed file holds more than is allowed", at: Place(name),
        found: "more than \(limits.bytes) bytes", expected: "at most \(limits.bytes) bytes",
        advice: "If the file is genuine, raise the limit in the source's definition")
    }
    if content > Self.ratioFreeBytes && content / max(compressed, 1) > limits.ratio {
      throw Problem(
        "gzip_too_large", "the compressed file expands beyond what is allowed", at: Place(name),
        found: "\(content / max(compressed, 1)) bytes for each compressed byte", expected: "at most \(limits.ratio)",
        advice: "If the file is genuine, raise the ratio in the source's definition")
    }
  }

  /// What a refusal by zlib means, from where in the file it came.
  private func reason() -> String {
    if stream.pointee.total_out > 0 { return "its content or checksum is broken" }
    return content == 0 ? "it does not begin as gzip does" : "what follows its end is not gzip"
  }

  private func damaged(_ what: String) -> Problem {
    Problem(
      "damaged_gzip", "the compressed file is damaged: \(what)", at: Place(name, byteOffset: compressed),
      advice: "Ask the source system to deliver it again; nothing of it was used")
  }
}
