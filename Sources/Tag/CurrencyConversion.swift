import Columns
import Definition
import Standards

/// Amounts of one table in the pipeline's currency, by the code in its `currency` column.
struct CurrencyConversion {
  private enum Rule {
    case same
    case convert(DecimalRate)
    case unknown
  }

  private let currency: Column
  /// At code + 1; null counts as the pipeline's own currency.
  private let rules: [Rule]

  init(_ currency: Column, base: String, rates: [CurrencyRate]) {
    self.currency = currency
    rules =
      [.same]
      + currency.dictionary.map { code in
        if code == base { return .same }
        guard let rate = rates.first(where: { $0.currency == code }) else { return .unknown }
        return .convert(DecimalRate(scaled: rate.units, decimals: rate.decimals))
      }
  }

  enum Failure: Error { case unknownCurrency, overflow }

  /// Minor units, rounded half away from zero.
  @inline(__always)
  func converted(_ amount: Int64, row: Int) throws(Failure) -> Int64 {
    switch rules[Int(currency.code(row)) + 1] {
    case .same: return amount
    case .unknown: throw .unknownCurrency
    case .convert(let rate):
      guard let money = try? Money(minorUnits: amount).converted(by: rate) else { throw .overflow }
      return money.minorUnits
    }
  }
}
