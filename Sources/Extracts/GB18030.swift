import Basics
import CKernels
import Glibc

/// The tables by which GB18030 is decoded, made once a process from the C library's own converter.
///
/// Asking `iconv` for each of the 63,000 characters takes milliseconds; decoding by the tables it leaves is several times
/// faster than decoding by `iconv`. Which mapping that is, is pinned by the tests.
final class GB18030: Sendable {
  /// Both tables hold entries as `guiyi_gb18030_decode` reads them.
  nonisolated(unsafe) let two: UnsafePointer<UInt32>
  nonisolated(unsafe) let four: UnsafePointer<UInt32>
  static let fourByteCount = 39_420

  private static let made = Result<GB18030, Problem> { () throws(Problem) in try GB18030() }

  static func shared() throws(Problem) -> GB18030 { try made.get() }

  private init() throws(Problem) {
    let two = UnsafeMutablePointer<UInt32>.allocate(capacity: 1 << 16)
    two.initialize(repeating: 0, count: 1 << 16)
    let four = UnsafeMutablePointer<UInt32>.allocate(capacity: Self.fourByteCount)
    four.initialize(repeating: 0, count: Self.fourByteCount)
    self.two = UnsafePointer(two)
    self.four = UnsafePointer(four)

    var pairs: [UInt8] = []
    for lead in UInt8(0x81)...0xFE {
      for trail in UInt8(0x40)...0xFE where trail != 0x7F { pairs += [lead, trail] }
    }
    try Self.convert(pairs, width: 2) { index, scalar in
      two[Int(pairs[2 * index]) << 8 | Int(pairs[2 * index + 1])] = Self.entry(scalar)
    }
    var quads: [UInt8] = []
    for linear in 0..<Self.fourByteCount {
      quads.append(UInt8(0x81 + linear / 12_600))
      quads.append(UInt8(0x30 + linear / 1_260 % 10))
      quads.append(UInt8(0x81 + linear / 10 % 126))
      quads.append(UInt8(0x30 + linear % 10))
    }
    try Self.convert(quads, width: 4) { linear, scalar in four[linear] = Self.entry(scalar) }
  }

  deinit {
    two.deallocate()
    four.deallocate()
  }

  /// UTF-8 bytes from the low end: four, or up to three and their number in the top byte.
  private static func entry(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x80 { return 1 << 24 | scalar }
    if scalar < 0x800 { return 2 << 24 | (0x80 | scalar & 0x3F) << 8 | (0xC0 | scalar >> 6) }
    if scalar > 0xFFFF {
      let tail = (0x80 | scalar & 0x3F) << 24 | (0x80 | scalar >> 6 & 0x3F) << 16
      return tail | (0x80 | scalar >> 12 & 0x3F) << 8 | (0xF0 | scalar >> 18)
    }
    return 3 << 24 | (0x80 | scalar & 0x3F) << 16 | (0x80 | scalar >> 6 & 0x3F) << 8 | (0xE0 | scalar >> 12)
  }

  /// Converts characters of `width` bytes each and hands on the scalar of each that is assigned.
  private static func convert(
    _ bytes: [UInt8], width: Int, _ each: (_ index: Int, _ scalar: UInt32) -> Void
  ) throws(Problem) {
    let converter = iconv_open("UCS-4LE", "GB18030")
    guard converter != iconv_t(bitPattern: -1) else {
      throw Problem(
        "encoding_unavailable", "the C library cannot convert GB18030",
        advice: "Install the C library's character conversion modules (gconv)")
    }
    defer { iconv_close(converter) }
    let input = UnsafeMutablePointer<CChar>.allocate(capacity: width)
    defer { input.deallocate() }
    var scalar: UInt32 = 0
    for index in 0..<bytes.count / width {
      for k in 0..<width { input[k] = CChar(bitPattern: bytes[index * width + k]) }
      let written = withUnsafeMutableBytes(of: &scalar) { output -> Int in
        var from: UnsafeMutablePointer<CChar>? = input
        var to: UnsafeMutablePointer<CChar>? = output.baseAddress?.assumingMemoryBound(to: CChar.self)
        var fromLeft = width
        var toLeft = 4
        let failed = iconv(converter, &from, &fromLeft, &to, &toLeft) == Int(bitPattern: UInt.max)
        if failed { iconv(converter, nil, nil, nil, nil) }
        return failed || fromLeft > 0 ? 0 : 4 - toLeft
      }
      if written == 4 { each(index, UInt32(littleEndian: scalar)) }
    }
  }
}
