import Basics
import Columns
import Definition
import StageKit

/// All measures of a pipeline, computed in one pass over each table of facts, however many measures there are.
enum MeasurePass {
  /// Rows that all plans of a table work on before going to the next, so that they are read from memory once.
  private static let blockRows = 16_384

  /// - Parameter customers: number of customers; every fact's customer is below it.
  /// - Returns: the measures in declared order.
  /// - Throws: `damaged_table`, `misaligned_table`, `measure_overflow` and what opening tables throws.
  static func run(_ context: StageContext, customers: Int) throws(Problem) -> [MeasureColumn] {
    let measures = context.pipeline.tag.measures.map { MeasureColumn($0, customers: customers) }
    let settings = MeasureSettings(
      businessDay: Int64(context.businessDate.days), currency: context.pipeline.currency,
      rates: context.pipeline.rates, conventions: context.pipeline.conventions, products: context.pipeline.products)
    for kind in RecordKind.allCases {
      let own = measures.filter { $0.definition.table == kind }
      if own.isEmpty { continue }
      guard let facts = try FactTable.open(kind, in: context) else { continue }
      try run(own, facts: facts, settings: settings, customers: customers, progress: context.progress)
    }
    for measure in measures {
      measure.finish()
      if measure.hasOverflowed { throw overflow(measure.definition) }
    }
    return measures
  }

  static func run(
    _ measures: [MeasureColumn], facts: FactTable, settings: MeasureSettings, customers: Int,
    progress: Progress = Progress()
  ) throws(Problem) {
    var plans: [MeasurePlan] = []
    for start in stride(from: 0, to: measures.count, by: 64) {
      let group = Array(measures[start..<min(start + 64, measures.count)])
      plans.append(try MeasurePlan(group, facts: facts, settings: settings))
    }
    let rows = facts.rows.rowCount
    for start in stride(from: 0, to: rows, by: blockRows) {
      let end = min(start + blockRows, rows)
      for plan in plans { try plan.add(start..<end, customerCount: customers) }
      progress(end, of: rows, "\(facts.kind.rawValue) rows")
    }
  }

  private static func overflow(_ measure: MeasureDefinition) -> Problem {
    Problem(
      "measure_overflow", "the measure \(measure.id) is greater than an amount can be for at least one customer",
      at: measure.place, advice: "Look for wrong amounts in \(measure.table.rawValue)")
  }

  /// One for each measure that left out rows because the pipeline has no rate for their currency.
  static func warnings(_ measures: [MeasureColumn]) -> [Problem] {
    measures.filter { $0.rowsWithoutRate > 0 }.map { measure in
      Problem(
        "currency_without_rate",
        "the measure \(measure.definition.id) leaves out \(measure.rowsWithoutRate) rows whose currency has no rate",
        severity: .warning, at: measure.definition.place, advice: "Add the currency to rates in pipeline.yaml")
    }
  }
}
