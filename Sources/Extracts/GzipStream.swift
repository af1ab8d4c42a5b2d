import Basics
import CZlib
import Glibc

/// The content of a gzip file (RFC 1952), of one or several members, bounded in size and ratio.
///
/// A stream that is cut, damaged or followed by anything but members is refused when that is reached: what was read until
/// then must not be used, which holds because a stage that throws publishes nothing. Zeros behind the last member are
/// passed over, as gzip itself does: tapes and some transfers fill blocks with them.
final class GzipStream {
  private static let ratioFreeBytes = 16 << 20
  private let descriptor: Int32
  private let name: String
  private let limits: CompressionLimits
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutablePointer<UInt8>
  private static let inputSize = 64 << 10
  /// Bytes read of the file.
  private var compressed = 0
  private var content = 0
  /// Members that came to their end.
  private var members = 0
  private var memberIsOpen = true
  private var isAtEnd = false
  private var failure: Problem?

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
    guard status == Z_OK else { throw Self.zlibFailed(status, name) }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
    close(descriptor)
  }

  /// - Throws: `damaged_gzip`, `gzip_too_large`, `unreadable_file`; each time again.
  func read(into target: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    if let failure { throw failure }
    do throws(Problem) {
      return try inflate(into: target)
    } catch {
      failure = error
      throw error
    }
  }

  private func inflate(into target: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    if isAtEnd { return 0 }
    let room = min(target.count, 1 << 30)
    stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(room)
    while stream.pointee.avail_out == UInt32(room) {
      if stream.pointee.avail_in == 0, try fill() == 0 {
        if memberIsOpen { throw damaged("it ends before its content does") }
        isAtEnd = true
        return 0
      }
      if !memberIsOpen {
        if stream.pointee.next_in[0] == 0 {
          try skipZeros()
          continue
        }
        inflateReset(stream)
        memberIsOpen = true
      }
      switch CZlib.inflate(stream, Z_NO_FLUSH) {
      case Z_STREAM_END:
        memberIsOpen = false
        members += 1
      case Z_OK, Z_BUF_ERROR: break
      case Z_DATA_ERROR: throw refusal()
      case let status: throw Self.zlibFailed(status, name)
      }
    }
    let count = room - Int(stream.pointee.avail_out)
    content += count
    try checkLimits()
    return count
  }

  /// Passes over what was read, which must be zeros once a zero stands where a member may begin.
  private func skipZeros() throws(Problem) {
    repeat {
      while stream.pointee.avail_in > 0 {
        guard stream.pointee.next_in[0] == 0 else { throw damaged("what follows its end is not gzip") }
        stream.pointee.next_in += 1
        stream.pointee.avail_in -= 1
      }
    } while try fill() > 0
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

  /// What a refusal by zlib means.
  private func refusal() -> Problem {
    switch stream.pointee.msg.map({ String(cString: $0) }) {
    case "incorrect header check":
      members == 0
        ? damaged("it does not begin as gzip does", advice: "If the file is not compressed, correct its definition")
        : damaged("what follows its end is not gzip")
    case "unknown compression method": damaged("it is compressed by a method that gzip does not know")
    case "unknown header flags set": damaged("its header has flags that gzip does not know")
    case "header crc mismatch": damaged("the checksum of its header is wrong")
    case "incorrect data check": damaged("the checksum of its content is wrong")
    case "incorrect length check": damaged("the length of its content is not the one it states")
    default: damaged("its content is broken")
    }
  }

  /// The place is where zlib stopped, in bytes of the compressed file.
  private func damaged(_ what: String, advice: String = "Ask the source system to deliver it again") -> Problem {
    Problem(
      "damaged_gzip", "the compressed file is damaged: \(what)",
      at: Place(name, byteOffset: compressed - Int(stream.pointee.avail_in)),
      advice: advice + "; nothing of it was used")
  }

  private static func zlibFailed(_ status: Int32, _ name: String) -> Problem {
    Problem("zlib_failed", "zlib cannot go on (\(status))", at: Place(name), advice: "Look whether memory is short")
  }
}
