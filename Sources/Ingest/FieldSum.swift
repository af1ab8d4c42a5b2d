import Standards

/// What the amounts of one field add up to, exactly, whatever the currencies of the rows and the order of adding.
struct FieldSum: Sendable, Equatable {
  /// Decimals in which amounts are added up: as many as any currency has.
  static let decimals = 4

  /// The source's name of it.
  let field: String
  /// Quarantined records whose amount cannot be read.
  var unreadable = 0
  /// Of ten-thousandths of a currency's unit; far more of them than any file has amounts for fit.
  private(set) var acceptedParts: Int128 = 0
  private(set) var quarantinedParts: Int128 = 0
  /// How many of them make one minor unit of the pipeline's currency, in which sums are stated.
  private let partsOfMinorUnit: Int128
  private let minorDecimals: Int

  /// - Parameter decimals: of the pipeline's currency, 0 to 4.
  init(_ field: String, decimals: Int) {
    self.field = field
    minorDecimals = decimals
    partsOfMinorUnit = Self.parts(ofMinorUnit: decimals)
  }

  /// How many ten-thousandths make one minor unit of a currency.
  static func parts(ofMinorUnit decimals: Int) -> Int128 {
    precondition((0...Self.decimals).contains(decimals), "a currency has 0 to \(Self.decimals) decimals")
    return (decimals..<Self.decimals).reduce(1) { parts, _ in parts * 10 }
  }

  // MARK: Adding

  mutating func accept(_ parts: Int128) { acceptedParts += parts }

  mutating func quarantine(_ parts: Int128) { quarantinedParts += parts }

  mutating func add(_ other: FieldSum) {
    acceptedParts += other.acceptedParts
    quarantinedParts += other.quarantinedParts
    unreadable += other.unreadable
  }

  /// Moves what was accepted of the records of `other` to what is quarantined.
  mutating func quarantineAccepted(_ other: FieldSum) {
    acceptedParts -= other.acceptedParts
    quarantinedParts += other.acceptedParts
    unreadable += other.unreadable
  }

  // MARK: In minor units of the pipeline's currency

  /// Rounded down where rows have currencies with smaller units; nil where it is greater than an amount can be.
  var accepted: Int64? { Int64(exactly: Self.floor(acceptedParts, partsOfMinorUnit)) }

  /// With what rounding took from `accepted`.
  var quarantined: Int64? {
    Int64(exactly: Self.floor(total, partsOfMinorUnit) - Self.floor(acceptedParts, partsOfMinorUnit))
  }

  /// Of all amounts that can be read; nil where it is no whole number, or one greater than an amount can be.
  var readable: Int64? { total % partsOfMinorUnit == 0 && isCountable ? Int64(exactly: total / partsOfMinorUnit) : nil }

  /// Whether no figure is greater than an amount can be.
  var isCountable: Bool {
    accepted != nil && quarantined != nil && Int64(exactly: Self.floor(total, partsOfMinorUnit)) != nil
  }

  /// What a stated sum has more than this one, rounded down; nil where that is greater than an amount can be.
  func rest(of stated: Int64) -> Int64? { Int64(exactly: Int128(stated) - Self.floor(total, partsOfMinorUnit)) }

  /// With as many decimals as the pipeline's currency has, with all where these do not do: `1234.50`.
  var text: String {
    if let readable { return Money(minorUnits: readable).text(decimals: minorDecimals) }
    guard let parts = Int64(exactly: total) else { return "" }
    return Money(minorUnits: parts).text(decimals: Self.decimals)
  }

  private var total: Int128 { acceptedParts + quarantinedParts }

  private static func floor(_ parts: Int128, _ unit: Int128) -> Int128 {
    let (quotient, remainder) = parts.quotientAndRemainder(dividingBy: unit)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
