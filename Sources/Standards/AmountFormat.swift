/// How a source writes its amounts.
public enum AmountFormat: String, Sendable, CaseIterable {
  /// `-1234.50`
  case plain
  /// A whole number of cents, fen or the like: `-123450`.
  case minor
  /// As people write amounts: `1,234.50`, `¥1234.5`, `1234.50 CR`, `1234.50-`, `(1,234.50)`, full width.
  case written
  /// The same with a decimal comma: `1.234,50`, `1 234,50`.
  case writtenComma = "written_comma"

  @inline(__always)
  var decimalSign: UInt8 {
    switch self {
    case .plain, .written: 46
    case .writtenComma: 44
    case .minor: 0
    }
  }

  /// The sign between thousands, which may be missing; 0 where there is none. Blanks and apostrophes are read as this sign.
  @inline(__always)
  var groupSign: UInt8 {
    switch self {
    case .plain, .minor: 0
    case .written: 44
    case .writtenComma: 46
    }
  }

  var isWritten: Bool { self == .written || self == .writtenComma }
}

/// A decimal number as an integer and the decimals it was scaled by; `fill` scales by all the decimals allowed.
func parseScaled(
  _ bytes: UnsafeRawBufferPointer, decimals: Int, _ format: AmountFormat, fill: Bool
) throws(Money.Fault) -> (value: Int64, decimals: Int) {
  guard !bytes.isEmpty else { throw .empty }
  var reader = DecimalReader(bytes, format)
  try reader.readWhole()
  try reader.readDecimals(atMost: decimals)
  if fill { try reader.fill(to: decimals) }
  return (reader.isNegative ? -reader.value : reader.value, reader.decimals)
}

/// Reads `[+-]digits[.digits]` with the signs of a format.
private struct DecimalReader {
  let isNegative: Bool
  private(set) var value: Int64 = 0
  private(set) var decimals = 0
  private let bytes: UnsafeRawBufferPointer
  private let decimalSign: UInt8
  private let groupSign: UInt8
  private var index: Int

  init(_ bytes: UnsafeRawBufferPointer, _ format: AmountFormat) {
    self.bytes = bytes
    decimalSign = format.decimalSign
    groupSign = format.groupSign
    isNegative = bytes[0] == 45
    index = isNegative || bytes[0] == 43 ? 1 : 0
  }

  private mutating func append(_ digit: UInt8) throws(Money.Fault) {
    let (tenfold, tooBig) = value.multipliedReportingOverflow(by: 10)
    let (sum, stillTooBig) = tenfold.addingReportingOverflow(Int64(digit))
    if tooBig || stillTooBig { throw .overflow }
    value = sum
  }

  mutating func readWhole() throws(Money.Fault) {
    var whole = 0
    var group = -1  // digits since the last group sign; -1 before any
    while index < bytes.count, bytes[index] != decimalSign {
      let byte = bytes[index]
      let digit = byte &- 48
      if digit <= 9 {
        guard group < 3 else { throw .notANumber }
        try append(digit)
        whole += 1
        if group >= 0 { group += 1 }
      } else {
        guard byte == groupSign, whole > 0, group == 3 || (group < 0 && whole <= 3) else { throw .notANumber }
        group = 0
      }
      index += 1
    }
    guard whole > 0, group < 0 || group == 3 else { throw .notANumber }
  }

  mutating func readDecimals(atMost limit: Int) throws(Money.Fault) {
    guard index < bytes.count else { return }
    index += 1
    guard index < bytes.count else { throw .notANumber }
    var isTooLong = false
    while index < bytes.count {
      let digit = bytes[index] &- 48
      guard digit <= 9 else { throw .notANumber }
      index += 1
      if decimals < limit {
        try append(digit)
        decimals += 1
      } else if digit != 0 {
        isTooLong = true
      }
    }
    // Only now is it known that the rest are digits.
    if isTooLong { throw .tooManyDecimals }
  }

  mutating func fill(to count: Int) throws(Money.Fault) {
    while decimals < count {
      try append(0)
      decimals += 1
    }
  }
}
