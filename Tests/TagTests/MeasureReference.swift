import Definition
import Standards

/// One row of facts as plain values.
struct Fact {
  var customer: Int?
  var texts: [String: String] = [:]
  var numbers: [String: Int64] = [:]
}

/// A measure's value for one customer.
enum MeasureValue: Equatable {
  case none
  case number(Int64)
  case text(String)
}

/// Measures the slow and obvious way: for each customer, go through all facts.
struct MeasureReference {
  var businessDay: Int64
  var base = "CNY"
  var rates: [CurrencyRate] = []
  var products: [Product] = []
  var timestampColumns: Set<String> = ["happened_at"]
  var moneyColumns: Set<String> = ["amount", "balance"]

  func value(of measure: MeasureDefinition, customer: Int, facts: [Fact]) -> MeasureValue {
    let rows = facts.filter { $0.customer == customer && counts($0, for: measure) }
    switch measure.aggregate {
    case .count: return .number(Int64(rows.count))
    case .sum: return .number(rows.compactMap { amount($0, measure.of!) }.reduce(0, +))
    case .minimum: return rows.compactMap { amount($0, measure.of!) }.min().map { .number($0) } ?? .none
    case .maximum: return rows.compactMap { amount($0, measure.of!) }.max().map { .number($0) } ?? .none
    case .distinct:
      let texts = Set(rows.compactMap { $0.texts[measure.of!] })
      let numbers = Set(rows.compactMap { $0.numbers[measure.of!] })
      return .number(Int64(texts.count + numbers.count))
    case .first, .last:
      var best: (date: Int64, text: String)?
      for row in rows {
        guard let date = row.numbers[measure.dateColumn!], let text = row.texts[measure.of!] else { continue }
        if let known = best, measure.aggregate == .first ? date >= known.date : date < known.date { continue }
        best = (date, text)
      }
      return best.map { .text($0.text) } ?? .none
    }
  }

  private func counts(_ fact: Fact, for measure: MeasureDefinition) -> Bool {
    for condition in measure.conditions {
      guard let word = word(fact, condition.column), condition.values.contains(word) else { return false }
    }
    guard let window = measure.window, let column = measure.dateColumn else { return true }
    guard let value = fact.numbers[column] else { return false }
    let day = timestampColumns.contains(column) ? Int64((Double(value) / 86_400).rounded(.down)) : value
    return day >= businessDay + Int64(window.lowerBound) && day <= businessDay + Int64(window.upperBound)
  }

  private func word(_ fact: Fact, _ column: String) -> String? {
    switch column {
    case "product_class": products.first { $0.code == fact.texts["product"] }?.productClass
    case "product_standard": products.first { $0.code == fact.texts["product"] }.map { $0.isStandard ? "yes" : "no" }
    default: fact.texts[column]
    }
  }

  private func amount(_ fact: Fact, _ column: String) -> Int64? {
    guard let value = fact.numbers[column] else { return nil }
    guard moneyColumns.contains(column), let currency = fact.texts["currency"], currency != base else { return value }
    guard let rate = rates.first(where: { $0.currency == currency }) else { return nil }
    var divisor: Int64 = 1
    for _ in 0..<rate.decimals { divisor *= 10 }
    let product = value.magnitude * rate.units.magnitude
    let rounded = Int64((product + UInt64(divisor) / 2) / UInt64(divisor))
    return value < 0 ? -rounded : rounded
  }
}
