import Columns
import Definition
import Standards

/// Amounts of one table in the pipeline's currency, by the code in its `currency` column.
struct CurrencyConversion {
  private enum Rule {
    case same
    /// - Parameter decimals: of the foreign currency.
    case convert(DecimalRate, decimals: Int)
    case unknown
  }

  private let currency: Column
  /// At code + 1; null counts as the pipeline's own currency.
  private let rules: [Rule]
  /// Of the pipeline's own currency.
  private let decimals: Int

  init(_ currency: Column, base: String, rates: [CurrencyRate], conventions: Conventions) {
    self.currency = currency
    decimals = conventions.decimals(of: base)
    rules =
      [.same]
      + currency.dictionary.map { code in
        if code == base { return .same }
        guard let rate = rates.first(where: { $0.currency == code }) else { return .unknown }
        return .convert(
          DecimalRate(scaled: rate.units, decimals: rate.decimals), decimals: conventions.decimals(of: code))
      }
  }

  enum Failure: Error { case unknownCurrency, overflow }

  /// Minor units, rounded half away from zero.
  @inline(__always)
  func converted(_ amount: Int64, row: Int) throws(Failure) -> Int64 {
    switch rules[Int(currency.code(row)) + 1] {
    case .same: return amount
    case .unknown: throw .unknownCurrency
    case .convert(let rate, let foreign):
      guard let money = try? Money(minorUnits: amount).converted(by: rate, decimals: foreign, to: decimals)
      else { throw .overflow }
      return money.minorUnits
    }
  }
}
