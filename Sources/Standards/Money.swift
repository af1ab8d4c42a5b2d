/// An exact amount in minor units of its currency (fen for yuan); the currency itself is kept beside it.
public struct Money: Hashable, Comparable, Sendable {
  public var minorUnits: Int64

  public init(minorUnits: Int64) { self.minorUnits = minorUnits }

  public static let zero = Money(minorUnits: 0)

  public static func < (a: Money, b: Money) -> Bool { a.minorUnits < b.minorUnits }

  /// Why a text is not an amount, or a conversion has none.
  public enum Fault: String, Error, Sendable {
    case empty
    case notANumber = "not_a_number"
    /// Rounding here would lose money silently.
    case tooManyDecimals = "too_many_decimals"
    case overflow
  }

  /// Reads an amount exactly.
  ///
  /// - Parameters:
  ///   - decimals: decimals of the currency, 0 to 9; further ones must be zeros.
  ///   - format: what may stand in and around the number.
  public static func parse(
    _ bytes: UnsafeRawBufferPointer, decimals: Int = 2, format: AmountFormat = .plain
  ) throws(Fault) -> Money {
    let decimals = format == .minor ? 0 : decimals
    let fault: Fault
    do throws(Fault) {
      let (value, _) = try parseScaled(bytes, decimals: decimals, format, fill: true)
      return Money(minorUnits: value)
    } catch {
      fault = error
    }
    guard fault == .notANumber, format.isWritten else { throw fault }
    return try AmountText.parse(bytes, decimals: decimals, format)
  }

  public static func parse(
    _ text: String, decimals: Int = 2, format: AmountFormat = .plain
  ) throws(Fault) -> Money {
    var text = text
    let result = text.withUTF8 { utf8 in
      Result<Money, Fault> { () throws(Fault) in
        try parse(UnsafeRawBufferPointer(utf8), decimals: decimals, format: format)
      }
    }
    return try result.get()
  }

  /// Appends `-1234.50`.
  public func append(to output: inout [UInt8], decimals: Int = 2) {
    if minorUnits < 0 { output.append(45) }
    var rest = minorUnits.magnitude
    let start = output.count
    var count = 0
    // Written backwards, then turned: at least one digit stands before the point.
    repeat {
      output.append(UInt8(48 + rest % 10))
      rest /= 10
      count += 1
      if count == decimals { output.append(46) }
    } while rest > 0 || count <= decimals
    output[start...].reverse()
  }

  public func text(decimals: Int = 2) -> String {
    var bytes: [UInt8] = []
    append(to: &bytes, decimals: decimals)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The amount in another currency, rounded half away from zero to its minor unit.
  ///
  /// - Parameters:
  ///   - rate: major units of the target currency for one major unit of this one.
  ///   - decimals: decimals of this currency.
  ///   - targetDecimals: decimals of the target currency.
  /// - Throws: `.overflow`.
  public func converted(
    by rate: DecimalRate, decimals: Int = 2, to targetDecimals: Int = 2
  ) throws(Fault) -> Money {
    var multiplier = rate.scaled.magnitude
    var exponent = rate.decimals + decimals - targetDecimals
    while exponent < 0 {
      let (product, overflow) = multiplier.multipliedReportingOverflow(by: 10)
      if overflow { throw .overflow }
      multiplier = product
      exponent += 1
    }
    guard exponent <= 18 else { throw .overflow }
    let divisor = powersOfTen[exponent]
    let product = minorUnits.magnitude.multipliedFullWidth(by: multiplier)
    guard product.high < divisor else { throw .overflow }
    var (quotient, remainder) = divisor.dividingFullWidth(product)
    if remainder >= divisor - remainder { quotient += 1 }
    guard quotient <= UInt64(Int64.max) else { throw .overflow }
    let isNegative = (minorUnits < 0) != (rate.scaled < 0)
    return Money(minorUnits: isNegative ? -Int64(quotient) : Int64(quotient))
  }
}

extension Money: CustomStringConvertible {
  /// With two decimals: `1234.50`.
  public var description: String { text() }
}

/// An exact exchange rate: `scaled / 10^decimals`.
public struct DecimalRate: Hashable, Sendable {
  public var scaled: Int64
  public var decimals: Int

  public init(scaled: Int64, decimals: Int) {
    self.scaled = scaled
    self.decimals = decimals
  }

  /// Reads `7.1234`, with as many decimals as are written, up to 9; nil for anything else and for rates of zero or less.
  public init?(_ text: String) {
    var text = text
    let parsed = text.withUTF8 { utf8 in
      Result<(Int64, Int), Money.Fault> { () throws(Money.Fault) in
        try parseScaled(UnsafeRawBufferPointer(utf8), decimals: 9, .plain, fill: false)
      }
    }
    guard case .success(let (scaled, decimals)) = parsed, scaled > 0 else { return nil }
    self.init(scaled: scaled, decimals: decimals)
  }
}

let powersOfTen: [UInt64] = (0..<19).reduce(into: [1]) { powers, _ in powers.append(powers[powers.count - 1] * 10) }
