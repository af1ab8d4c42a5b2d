import Basics
import Glibc

/// Lines of CSV made byte by byte in a buffer and handed to a file a quarter mebibyte at a time.
struct CSVBuffer: ~Copyable {
  private let writer: FileWriter
  private let base: UnsafeMutablePointer<UInt8>
  private var count = 0
  private static let capacity = 256 << 10
  /// More than any number takes.
  private static let margin = 64

  init(_ path: String) throws(Problem) {
    writer = try FileWriter(path)
    base = .allocate(capacity: Self.capacity)
  }

  deinit { base.deallocate() }

  @inline(__always)
  mutating func append(_ byte: UInt8) throws(Problem) {
    if count == Self.capacity { try flush() }
    base[count] = byte
    count &+= 1
  }

  /// Bytes as they are, quoted by whoever made them.
  mutating func append(_ bytes: UnsafeRawBufferPointer) throws(Problem) {
    guard let from = bytes.baseAddress else { return }
    if count + bytes.count > Self.capacity {
      try flush()
      if bytes.count > Self.capacity { return try writer.write(bytes) }
    }
    UnsafeMutableRawPointer(base + count).copyMemory(from: from, byteCount: bytes.count)
    count &+= bytes.count
  }

  mutating func append(_ bytes: [UInt8]) throws(Problem) {
    for byte in bytes { try append(byte) }
  }

  /// A field, quoted where it must be (RFC 4180).
  mutating func appendField(_ field: UnsafeRawBufferPointer) throws(Problem) {
    let mustQuote = field.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13 }
    guard mustQuote else { return try append(field) }
    try append(UInt8(ascii: "\""))
    for byte in field {
      if byte == UInt8(ascii: "\"") { try append(byte) }
      try append(byte)
    }
    try append(UInt8(ascii: "\""))
  }

  /// Decimal digits, with a minus sign where it is below zero.
  mutating func appendInteger(_ number: Int) throws(Problem) {
    if count + Self.margin > Self.capacity { try flush() }
    if number < 0 {
      base[count] = UInt8(ascii: "-")
      count &+= 1
    }
    appendDigits(number.magnitude, atLeast: 1)
  }

  /// Rounded to `places` decimals, half away from zero: `-0.125` in two is `-0.13`, and what rounds to nothing has no
  /// sign. Beyond ±10^9, and what is no number, is written as the nearest bound and as 0.
  mutating func appendDecimal(_ number: Double, places: Int) throws(Problem) {
    if count + Self.margin > Self.capacity { try flush() }
    let scale = Self.powers[places]
    let bounded = number.isNaN ? 0 : min(max(number, -1e9), 1e9)
    let units = UInt((abs(bounded) * Double(scale)).rounded())
    if bounded < 0 && units > 0 {
      base[count] = UInt8(ascii: "-")
      count &+= 1
    }
    appendDigits(units / scale, atLeast: 1)
    base[count] = UInt8(ascii: ".")
    count &+= 1
    appendDigits(units % scale, atLeast: places)
  }

  private static let powers: [UInt] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]

  private mutating func appendDigits(_ number: UInt, atLeast digits: Int) {
    var rest = number
    var width = 1
    var bound: UInt = 10
    while width < 20, rest >= bound {
      width &+= 1
      if width == 20 { break }
      bound = bound &* 10
    }
    width = max(width, digits)
    var place = count &+ width
    count = place
    for _ in 0..<width {
      place &-= 1
      base[place] = UInt8(truncatingIfNeeded: rest % 10) &+ 48
      rest /= 10
    }
  }

  private mutating func flush() throws(Problem) {
    let pending = UnsafeRawBufferPointer(start: base, count: count)
    count = 0
    try writer.write(pending)
  }

  /// Writes what is left; the file is on the disk then.
  mutating func finish() throws(Problem) {
    try flush()
    _ = try writer.finish()
  }
}
