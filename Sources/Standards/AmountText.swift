/// An amount with more around it than a sign in front: `¥1,234.50`, `(12.00)`, `12.00-`, `12.00 DR`, `１２．００元`.
///
/// Source: the usage of bookkeeping; `CR` is positive and `DR` negative, as a bank writes its customers' accounts.
enum AmountText {
  private static let limit = 64

  static func parse(
    _ bytes: UnsafeRawBufferPointer, decimals: Int, _ format: AmountFormat
  ) throws(Money.Fault) -> Money {
    let result = withUnsafeTemporaryAllocation(byteCount: limit, alignment: 1) { space in
      var plain = PlainAmount(space, format)
      return Result<Money, Money.Fault> { () throws(Money.Fault) in
        var reader = ScalarReader(bytes)
        while let written = reader.next() { try plain.take(halfWidth(written)) }
        let number = try plain.finish()
        return Money(minorUnits: try parseScaled(number, decimals: decimals, format, fill: true).value)
      }
    }
    return try result.get()
  }

  /// Gathers the number itself, and judges what stands around it.
  private struct PlainAmount {
    private let space: UnsafeMutableRawBufferPointer
    private let format: AmountFormat
    /// The first byte is kept for the sign.
    private var count = 1
    private var isBlankPending = false
    private var bracket: UInt32 = 0
    private var isNegative = false
    private var hasSign = false
    private var hasCurrency = false
    /// Something stands behind the number.
    private var isClosed = false
    /// Letters in the order read, a byte each; of those in front until digits come, then of those behind.
    private var letters: UInt64 = 0

    init(_ space: UnsafeMutableRawBufferPointer, _ format: AmountFormat) {
      self.space = space
      self.format = format
    }

    private var hasDigits: Bool { count > 1 }

    mutating func take(_ scalar: UInt32) throws(Money.Fault) {
      switch scalar {
      case 32: isBlankPending = true
      case _ where isInvisible(scalar): break
      case 48...57, UInt32(format.decimalSign), UInt32(format.groupSign): try takeNumber(UInt8(scalar))
      case 39, 0x2019: try takeNumber(format.groupSign)
      case 43: try takeSign(negative: false)
      case _ where isDash(scalar): try takeSign(negative: true)
      case 40:
        if bracket != 0 || hasDigits { throw .notANumber }
        bracket = 40
      case 41:
        if bracket != 40 || !hasDigits { throw .notANumber }
        bracket = 41
        isClosed = true
      case 65...90, 97...122:
        if letters >> 24 != 0 { throw .notANumber }
        letters = letters << 8 | UInt64(upperCase(scalar))
      case 0x24, 0xA2...0xA5, 0xFFE5, 0xFFE1, 0x20A0...0x20CF, 0x5143, 0x5706, 0x5186: try takeCurrency()
      default: throw .notANumber
      }
    }

    private mutating func takeNumber(_ byte: UInt8) throws(Money.Fault) {
      if isClosed || hasDigits && letters != 0 { throw .notANumber }
      if !hasDigits, letters != 0 { try closeWord() }
      if isBlankPending, hasDigits { try put(format.groupSign) }
      isBlankPending = false
      try put(byte)
    }

    private mutating func put(_ byte: UInt8) throws(Money.Fault) {
      guard count < space.count else { throw .overflow }
      space[count] = byte
      count += 1
    }

    private mutating func takeSign(negative: Bool) throws(Money.Fault) {
      if hasSign { throw .notANumber }
      hasSign = true
      isNegative = negative
      isClosed = hasDigits
      isBlankPending = false
    }

    private mutating func takeCurrency() throws(Money.Fault) {
      if hasCurrency { throw .notANumber }
      hasCurrency = true
      isClosed = hasDigits
      isBlankPending = false
    }

    /// A word is `CR` or `DR` behind the number, or the code of a currency.
    private mutating func closeWord() throws(Money.Fault) {
      switch letters {
      case 0x4352 where hasDigits, 0x43 where hasDigits: try takeSign(negative: false)
      case 0x4452 where hasDigits, 0x44 where hasDigits: try takeSign(negative: true)
      case 0x414141...0x5A5A5A: try takeCurrency()
      default: throw .notANumber
      }
      letters = 0
      isBlankPending = false
    }

    /// The number with its sign in front.
    mutating func finish() throws(Money.Fault) -> UnsafeRawBufferPointer {
      if letters != 0 { try closeWord() }
      if !hasDigits || bracket == 40 || bracket != 0 && hasSign { throw .notANumber }
      space[0] = isNegative || bracket == 41 ? 45 : 43
      return UnsafeRawBufferPointer(rebasing: space[..<count])
    }
  }
}
