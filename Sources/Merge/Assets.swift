import Basics
import Columns
import Definition
import StageKit
import Standards

/// What each customer has with the bank: the sum of the balances that count, in the pipeline's currency, exactly.
///
/// Point in time. Each balance in a foreign currency is converted by the pipeline's rate and rounded half away from zero
/// to minor units. Unknown is not zero: a customer without a record in one of the `known_when_in` sources, or with a
/// counted balance that is missing or in a currency without a rate, has no AUM.
struct Assets {
  /// By customer, in minor units; nil where not known.
  private(set) var aum: [Int64?]
  private(set) var tally = Tally()

  /// Where each holding went; rows and minor units of the pipeline's currency.
  struct Tally {
    var rows = [Int](repeating: 0, count: Reason.allCases.count)
    var amounts = [Int64](repeating: 0, count: Reason.allCases.count)
    var total: Int64 = 0
    /// Rows of the table, which the rows by reason must add up to.
    var holdings = 0
    /// Currencies without a rate, in order of appearance.
    var currencies: [String] = []
  }

  /// Why a holding is in the AUM of a customer, or why not; the first that applies.
  enum Reason: Int, CaseIterable {
    case counted, otherSource, noRate, noBalance, orphaned, unknownProduct, notInAUM, closed, unknownAUM

    var name: String {
      switch self {
      case .counted: "in AUM"
      case .otherSource: "source not in AUM"
      case .noRate: "currency without rate"
      case .noBalance: "no balance"
      case .orphaned: "orphaned"
      case .unknownProduct: "unknown product"
      case .notInAUM: "product not in AUM"
      case .closed: "closed"
      case .unknownAUM: "of customers whose AUM is not known"
      }
    }
  }

  /// - Parameters:
  ///   - isKnown: by customer, whether a source says that the AUM is known.
  ///   - id: the id of a customer, for messages.
  /// - Throws: `amount_overflow`; problems of the tables.
  init(_ night: MergeNight, isKnown: [Bool], id: (Int) -> String) throws(Problem) {
    var sums = [Int64](repeating: 0, count: isKnown.count)
    var isKnown = isKnown
    if let holdings = try night.table(.holding) {
      let book = try HoldingBook(holdings, night)
      tally.holdings = holdings.rowCount
      for row in 0..<holdings.rowCount {
        let (reason, amount) = try book.judge(row)
        tally.rows[reason.rawValue] += 1
        if reason == .noRate {
          let currency = book.currency(row)
          if !tally.currencies.contains(currency) { tally.currencies.append(currency) }
        }
        let customer = book.customer(row)
        if (reason == .noRate || reason == .noBalance) && book.wouldCount(row) { isKnown[customer] = false }
        try Self.add(amount, to: &tally.total) { "the sum of all balances" }
        if reason == .counted {
          try Self.add(amount, to: &sums[customer]) { "the AUM of customer \(id(customer))" }
        } else {
          try Self.add(amount, to: &tally.amounts[reason.rawValue]) { "a sum of balances" }
        }
      }
    }
    aum = [Int64?](repeating: nil, count: isKnown.count)
    for customer in isKnown.indices {
      let reason = isKnown[customer] ? Reason.counted : .unknownAUM
      if isKnown[customer] { aum[customer] = sums[customer] }
      try Self.add(sums[customer], to: &tally.amounts[reason.rawValue]) { "a sum of balances" }
    }
  }

  private static func add(_ amount: Int64, to sum: inout Int64, _ what: () -> String) throws(Problem) {
    let (result, overflow) = sum.addingReportingOverflow(amount)
    if overflow { throw .amountOverflow(what()) }
    sum = result
  }
}

extension Problem {
  fileprivate static func amountOverflow(_ what: String) -> Problem {
    Problem(
      "amount_overflow", "\(what) is more than 92,233,720,368,547,758.07",
      advice: "Look for a wrong balance or rate in the night's holdings")
  }
}

/// The holdings of a night beside their customers and products.
private struct HoldingBook {
  private let balance: Column
  private let currencyColumn: Column
  private let product: Column
  private let status: Column
  private let link: Column
  private let closed: Int32?
  /// By code.
  private let rates: [Rate]
  /// Of the pipeline's own currency.
  private let decimals: Int
  private let products: [ProductKind]
  /// First rows of the parts, and whether each part's source counts.
  private let parts: [(start: Int, counts: Bool)]

  private enum Rate {
    case own
    /// - Parameter decimals: of the foreign currency.
    case foreign(DecimalRate, decimals: Int)
    case none
  }
  private enum ProductKind { case counts, doesNotCount, unknown }

  init(_ holdings: Table, _ night: MergeNight) throws(Problem) {
    balance = try holdings.column("balance")
    currencyColumn = try holdings.column("currency")
    product = try holdings.column("product")
    status = try holdings.column("status")
    link = try night.links(.holding).column("customer")
    closed = status.code(of: "closed")
    let pipeline = night.pipeline
    decimals = pipeline.decimals
    rates = currencyColumn.dictionary.map { currency in
      if currency == pipeline.currency { return .own }
      guard let rate = pipeline.rates.first(where: { $0.currency == currency }) else { return .none }
      return .foreign(
        DecimalRate(scaled: rate.units, decimals: rate.decimals), decimals: pipeline.conventions.decimals(of: currency))
    }
    products = product.dictionary.map { code in
      guard let product = pipeline.products.first(where: { $0.code == code }) else { return .unknown }
      return product.countsInAUM ? .counts : .doesNotCount
    }
    let sources = night.sources(.holding)
    parts = zip(holdings.partStarts, sources).map { ($0, pipeline.merge.aum.holdings.contains($1.id)) }
  }

  /// -1 for an orphan.
  func customer(_ row: Int) -> Int { link.isNull(row) ? -1 : Int(link.integer(row)) }

  func currency(_ row: Int) -> String { currencyColumn.string(row) ?? "" }

  /// Why the holding counts or not, and its balance in the pipeline's currency; 0 where that cannot be known.
  func judge(_ row: Int) throws(Problem) -> (Assets.Reason, Int64) {
    if balance.isNull(row) { return (.noBalance, 0) }
    var amount = balance.integer(row)
    let code = currencyColumn.code(row)
    switch code < 0 ? .none : rates[Int(code)] {
    case .own: break
    case .none: return (.noRate, 0)
    case .foreign(let rate, let foreign):
      do {
        amount = try Money(minorUnits: amount).converted(by: rate, decimals: foreign, to: decimals).minorUnits
      } catch {
        throw .amountOverflow("a converted balance")
      }
    }
    return (place(row), amount)
  }

  /// Whether a balance would count, were it known.
  func wouldCount(_ row: Int) -> Bool { place(row) == .counted }

  private func place(_ row: Int) -> Assets.Reason {
    guard parts.last(where: { $0.start <= row })?.counts == true else { return .otherSource }
    if link.isNull(row) { return .orphaned }
    let code = product.code(row)
    switch code < 0 ? .unknown : products[Int(code)] {
    case .unknown: return .unknownProduct
    case .doesNotCount: return .notInAUM
    case .counts: break
    }
    return closed != nil && status.code(row) == closed ? .closed : .counted
  }
}

extension Assets.Tally {
  /// Balances in minor units, and holdings in rows.
  func equations() -> [ConservationEquation] {
    let reasons = Assets.Reason.allCases
    let withAmount = reasons.filter { $0 != .noRate && $0 != .noBalance }
    let withRows = reasons.filter { $0 != .unknownAUM }
    return [
      ConservationEquation(
        "balances", unit: .minorUnits, "converted", total,
        withAmount.map { .init($0.name, amounts[$0.rawValue]) }),
      ConservationEquation(
        "holdings", "read", Int64(holdings), withRows.map { .init($0.name, Int64(rows[$0.rawValue])) }),
    ]
  }
}
