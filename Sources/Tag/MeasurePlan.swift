import Basics
import Columns
import Definition

/// Up to 64 measures over one table, compiled so that a row costs one lookup per column that is looked at.
struct MeasurePlan {
  private let facts: FactTable
  private let measures: [MeasureColumn]
  private let all: UInt64
  private let codeFilters: [CodeFilter]
  private let dateFilters: [DateFilter]

  /// - Throws: `unknown_column`, `damaged_table`.
  init(_ measures: [MeasureColumn], facts: FactTable, settings: MeasureSettings) throws(Problem) {
    precondition(measures.count <= 64, "a plan has a bit for each measure")
    self.facts = facts
    self.measures = measures
    all = measures.count == 64 ? .max : (1 << UInt64(measures.count)) - 1
    var conditions: [(column: String, bit: UInt64, values: [String])] = []
    var windows: [(column: String, bit: UInt64, days: ClosedRange<Int64>)] = []
    let conversion = try settings.conversion(for: facts.rows)
    for (index, measure) in measures.enumerated() {
      let bit = UInt64(1) << UInt64(index)
      try measure.attach(to: facts.rows, conversion: conversion)
      for condition in measure.definition.conditions { conditions.append((condition.column, bit, condition.values)) }
      if let column = measure.definition.dateColumn, let window = measure.definition.window {
        windows.append((column, bit, settings.days(window)))
      }
    }
    var codeFilters: [CodeFilter] = []
    for name in distinct(conditions.map(\.column)) {
      let column = try facts.rows.column(CatalogueColumn(rawValue: name) == nil ? name : "product")
      codeFilters.append(
        CodeFilter(
          column: column, all: all, conditions: conditions.filter { $0.column == name }.map { ($0.bit, $0.values) },
          texts: settings.texts(of: name)))
    }
    self.codeFilters = codeFilters
    var dateFilters: [DateFilter] = []
    for name in distinct(windows.map(\.column)) {
      let column = try facts.rows.column(name)
      dateFilters.append(
        DateFilter(
          column: column, all: all, windows: windows.filter { $0.column == name }.map { ($0.bit, $0.days) }))
    }
    self.dateFilters = dateFilters
  }

  /// Adds the rows of a range; rows that belong to nobody count for nobody.
  func add(_ range: Range<Int>, customerCount: Int) throws(Problem) {
    let customers = facts.customers
    for row in range {
      if customers.isNull(row) { continue }
      var mask = all
      for filter in codeFilters { mask &= filter.masks[Int(filter.column.code(row)) &+ 1] }
      if mask == 0 { continue }
      for filter in dateFilters { mask &= filter.mask(row) }
      if mask == 0 { continue }
      let customer = Int(customers.integer(row))
      guard customer >= 0 && customer < customerCount else { throw misplaced(row, customer, customerCount) }
      while mask != 0 {
        measures[mask.trailingZeroBitCount].add(row: row, customer: customer)
        mask &= mask &- 1
      }
    }
  }

  private func misplaced(_ row: Int, _ customer: Int, _ count: Int) -> Problem {
    Problem(
      "damaged_table", "row \(row) of the links of \(facts.kind.rawValue) names a customer that does not exist",
      found: "\(customer)", expected: "0 to \(count - 1)", advice: "Run resolve again")
  }
}

/// What the measures of all tables need to know of the pipeline and the night.
struct MeasureSettings {
  var businessDay: Int64
  var currency: String
  var rates: [CurrencyRate]
  var conventions = Conventions.chinese
  var products: [Product]

  func days(_ window: ClosedRange<Int>) -> ClosedRange<Int64> {
    businessDay + Int64(window.lowerBound)...businessDay + Int64(window.upperBound)
  }

  /// Nil for a table without amounts in other currencies.
  func conversion(for rows: Table) throws(Problem) -> CurrencyConversion? {
    guard rows.schema["currency"]?.type == .code else { return nil }
    return CurrencyConversion(try rows.column("currency"), base: currency, rates: rates, conventions: conventions)
  }

  /// What a code of the table means in a condition on `column`.
  func texts(of column: String) -> (String) -> String? {
    guard let column = CatalogueColumn(rawValue: column) else { return { $0 } }
    var words: [String: String] = [:]
    for product in products { words[product.code] = column.word(product) }
    return { words[$0] }
  }
}

/// Columns that conditions may use though they stand in the product catalogue, not in the table.
enum CatalogueColumn: String, CaseIterable {
  case productClass = "product_class"
  case productStandard = "product_standard"

  func word(_ product: Product) -> String {
    switch self {
    case .productClass: product.productClass
    case .productStandard: product.isStandard ? "yes" : "no"
    }
  }
}

/// In order of first appearance.
func distinct(_ names: [String]) -> [String] {
  var seen: Set<String> = []
  return names.filter { seen.insert($0).inserted }
}
