import Testing

@testable import Standards

@Suite struct MoneyTests {
  @Test(arguments: [
    ("0.00", 0), ("50000.00", 5_000_000), ("49999.99", 4_999_999), ("-0.01", -1), ("+12.5", 1_250), ("7", 700),
    ("007.10", 710), ("1.2300", 123), ("92233720368547758.07", Int64.max),
  ])
  func parses(text: String, minorUnits: Int64) throws {
    #expect(try Money.parse(text).minorUnits == minorUnits)
  }

  @Test(arguments: [
    ("", Money.Fault.empty), ("1.234", .tooManyDecimals), (".5", .notANumber),
    ("5.", .notANumber), ("-", .notANumber), ("1,234.00", .notANumber), ("1e3", .notANumber), ("12 34", .notANumber),
    ("1.2.3", .notANumber), ("92233720368547758.08", .overflow), ("--1", .notANumber), ("1.2301", .tooManyDecimals),
    ("1.23x", .notANumber),
  ])
  func refuses(text: String, fault: Money.Fault) {
    #expect(throws: fault) { try Money.parse(text) }
  }

  @Test(arguments: [
    ("1.00-", -100), ("(1.00)", -100), ("1.00 CR", 100), ("1.00 DR", -100), ("1.00D", -100), ("1.00 Cr", 100),
    ("¥1.00", 100),
    ("￥-1.00", -100), ("-¥ 1.00", -100), ("CNY 1.00", 100), ("1.00 CNY", 100), ("RMB1", 100), ("1.00元", 100),
    ("１．００", 100),
    ("$ (1.00)", -100), ("(€1.00)", -100), (" 1 ", 100), ("−1", -100), ("1.00 CNY-", -100),
  ])
  func parsesBookkeeping(text: String, minorUnits: Int64) throws {
    #expect(try Money.parse(text, format: .written).minorUnits == minorUnits)
  }

  @Test(
    arguments: [
      ("1,234.50", .written, 123_450), ("1,234,567", .written, 123_456_700), ("123", .written, 12_300),
      ("-1,000.01", .written, -100_001), ("¥1,234.50-", .written, -123_450), ("1234.5", .written, 123_450),
      ("1'234.56", .written, 123_456), ("1 234.56", .written, 123_456), ("1.234,56", .writtenComma, 123_456),
      ("1234,56", .writtenComma, 123_456), ("1 234,56", .writtenComma, 123_456),
      ("1\u{A0}234,56", .writtenComma, 123_456), ("1 234 567 ", .writtenComma, 123_456_700),
      ("EUR 1 234,56", .writtenComma, 123_456), ("(1.234,56)", .writtenComma, -123_456), ("123456", .minor, 123_456),
      ("-5", .minor, -5),
    ] as [(String, AmountFormat, Int64)])
  func parsesFormats(text: String, format: AmountFormat, minorUnits: Int64) throws {
    #expect(try Money.parse(text, format: format).minorUnits == minorUnits)
  }

  @Test(
    arguments: [
      ("1,23.00", .written), (",123", .written), ("1234,567", .written), ("1,2345", .written), ("1,", .written),
      ("1,234,5", .written), ("1 23.00", .written), ("12 34", .written), ("1.234.56", .writtenComma),
      ("1,234.56", .writtenComma), ("1 23,00", .writtenComma), ("1.00", .minor), ("1,00", .plain), ("1.00-", .plain),
      ("１", .plain), ("¥1", .plain), (" 1", .plain), ("5-", .minor), ("12-34", .written), ("(1", .written),
      ("1)", .written), ("(-1)", .written), ("-1 DR", .written), ("1 XY", .written), ("¥$1", .written),
      ("CR 1", .written), ("CNY", .written), ("1 CNY 2", .written), ("+-1", .written), ("()", .written),
      ("1.00 CNY DR", .written), ("", .written),
    ] as [(String, AmountFormat)])
  func refusesOtherSigns(text: String, format: AmountFormat) {
    #expect(throws: text.isEmpty ? Money.Fault.empty : .notANumber) { try Money.parse(text, format: format) }
  }

  @Test(arguments: [("5", 0, 5), ("5.00", 0, 5), ("1.234", 3, 1_234), ("1.2", 3, 1_200)])
  func followsTheCurrency(text: String, decimals: Int, minorUnits: Int64) throws {
    #expect(try Money.parse(text, decimals: decimals).minorUnits == minorUnits)
  }

  @Test(arguments: [("CNY", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("XXX", 2)])
  func knowsDecimals(code: String, decimals: Int) { #expect(Currency.decimals(of: code) == decimals) }

  @Test(arguments: [
    (0, 2, "0.00"), (5, 2, "0.05"), (-5, 2, "-0.05"), (123_450, 2, "1234.50"), (-100, 2, "-1.00"), (7, 0, "7"),
    (Int64.min, 2, "-92233720368547758.08"), (1234, 3, "1.234"),
  ])
  func writes(minorUnits: Int64, decimals: Int, text: String) {
    #expect(Money(minorUnits: minorUnits).text(decimals: decimals) == text)
  }

  @Test(arguments: [
    (100_00, "7.1234", 2, 2, 712_34), (1, "0.5", 2, 2, 1), (-1, "0.5", 2, 2, -1), (1, "0.4999", 2, 2, 0),
    (3, "0.5", 2, 2, 2), (-3, "0.5", 2, 2, -2), (1_000, "0.0482", 0, 2, 48_20), (100, "20.75", 2, 0, 21),
    (1, "1.5", 0, 9, 1_500_000_000), (Int64.max, "1", 2, 2, Int64.max),
  ])
  func converts(amount: Int64, rate: String, from: Int, to: Int, expected: Int64) throws {
    let rate = try #require(DecimalRate(rate))
    #expect(try Money(minorUnits: amount).converted(by: rate, decimals: from, to: to).minorUnits == expected)
  }

  @Test func conversionReportsOverflow() throws {
    let rate = try #require(DecimalRate("1.000000001"))
    #expect(throws: Money.Fault.overflow) { try Money(minorUnits: .max).converted(by: rate) }
    #expect(throws: Money.Fault.overflow) {
      try Money(minorUnits: .max).converted(by: #require(DecimalRate("1000000")), decimals: 0, to: 9)
    }
  }

  @Test(arguments: ["0", "-1", "x", "", "1.0000000001"])
  func refusesRates(text: String) { #expect(DecimalRate(text) == nil) }

  @Test func readsBackWhatItWrites() throws {
    var random = SeededRandom(seed: 20_261_120)
    for _ in 0..<2_000 {
      let amount = Money(minorUnits: Int64(bitPattern: random.next()) >> Int64(random.next() % 60))
      if amount.minorUnits == .min { continue }
      #expect(try Money.parse(amount.text()) == amount, "seed \(random.seed)")
    }
  }
}

/// A seeded generator for property tests (SplitMix64); its seed is printed with failures.
struct SeededRandom: RandomNumberGenerator {
  let seed: UInt64
  private var state: UInt64

  init(seed: UInt64) {
    self.seed = seed
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
