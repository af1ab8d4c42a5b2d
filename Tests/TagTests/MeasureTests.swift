import Basics
import Columns
import Standards
import Testing

@testable import Definition
@testable import Tag

struct MeasureTests {
  static let day = Int64(CalendarDate("2026-11-20")!.days)
  static let products = [
    Product(code: "W001", name: "w1", productClass: "wealth", isStandard: true, risk: "R1", countsInAUM: true),
    Product(code: "W002", name: "w2", productClass: "wealth", isStandard: false, risk: "R3", countsInAUM: true),
    Product(code: "D001", name: "d1", productClass: "deposit", isStandard: true, risk: "", countsInAUM: true),
  ]
  static let rates = [
    CurrencyRate(currency: "USD", units: 71_000, decimals: 4), CurrencyRate(currency: "HKD", units: 91, decimals: 2),
  ]
  static let settings = MeasureSettings(businessDay: day, currency: "CNY", rates: rates, products: products)
  static let reference = MeasureReference(businessDay: day, rates: rates, products: products)

  static func values(
    _ definitions: [MeasureDefinition], _ fixture: FactFixture, customers: Int
  ) throws -> [[MeasureValue]] {
    let columns = definitions.map { MeasureColumn($0, customers: customers) }
    try MeasurePass.run(columns, facts: fixture.table, settings: settings, customers: customers)
    columns.forEach { $0.finish() }
    return columns.map { column in
      (0..<customers).map { customer in
        if column.definition.storage == .code {
          return column.code(customer) < 0 ? .none : .text(column.dictionary[Int(column.code(customer))])
        }
        return column.number(customer).map { .number($0) } ?? .none
      }
    }
  }

  static func randomFacts(_ count: Int, customers: Int, _ random: inout Random) -> [Fact] {
    (0..<count).map { index in
      var fact = Fact(customer: random.chance(5) ? nil : random.below(customers))
      fact.texts["key"] = "T\(index)"
      fact.texts["party"] = "P\(random.below(9))"
      if random.chance(90) { fact.texts["product"] = random.pick(["W001", "W002", "D001", "X999"]) }
      fact.texts["type"] = random.pick(["wealth_buy", "card_spend", "salary", "deposit"])
      if random.chance(90) { fact.texts["currency"] = random.pick(["CNY", "CNY", "USD", "HKD", "EUR"]) }
      if random.chance(95) { fact.numbers["amount"] = Int64(random.below(1_000_000)) - 500_000 }
      if random.chance(95) {
        // Many rows fall on one second, so that ties are met.
        let dayOffset = Int64(random.below(12)) - 6
        fact.numbers["happened_at"] = (day + dayOffset) * 86_400 + random.pick([0, 1, 43_200, 86_399])
      }
      return fact
    }
  }

  static func randomMeasures(_ count: Int, _ random: inout Random) -> [MeasureDefinition] {
    (0..<count).map { index in
      let aggregate = random.pick(MeasureDefinition.Aggregate.allCases)
      let of: String? =
        switch aggregate {
        case .count: nil
        case .sum: "amount"
        case .minimum, .maximum: random.pick(["amount", "happened_at"])
        case .first, .last: random.pick(["product", "type", "currency"])
        case .distinct: random.pick(["product", "party", "amount", "happened_at"])
        }
      var conditions: [(String, [String])] = []
      if random.chance(50) { conditions.append(("type", random.pick([["wealth_buy"], ["salary", "deposit"]]))) }
      if random.chance(30) { conditions.append(("product_class", random.pick([["wealth"], ["deposit", "none"]]))) }
      if random.chance(20) { conditions.append(("product_standard", ["yes"])) }
      if random.chance(20) { conditions.append(("product", ["X999", "W002"])) }
      let lower = random.below(10) - 6
      let window = random.chance(60) ? lower...lower + random.below(5) : nil
      return .test("m\(index)", aggregate, of: of, where: conditions, date: "happened_at", window: window)
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5])
  func `any measure is what going through all facts gives`(seed: UInt64) throws {
    var random = Random(seed: seed)
    let customers = 20
    let parts = [300, 0, 150].map { Self.randomFacts($0, customers: customers, &random) }
    // More than 64, so that a table needs two plans.
    let measures = Self.randomMeasures(80, &random)
    let values = try Self.values(measures, FactFixture(.transaction, parts: parts), customers: customers)
    let facts = Array(parts.joined())
    for (index, measure) in measures.enumerated() {
      for customer in 0..<customers {
        let expected = Self.reference.value(of: measure, customer: customer, facts: facts)
        #expect(values[index][customer] == expected, "seed \(seed), \(measure), customer \(customer)")
      }
    }
  }

  @Test func `both ends of a window count`() throws {
    let days = [-3, -2, -1, 0, 1, 2, 3].map { Self.day + $0 }
    let facts = days.map { Fact(customer: 0, numbers: ["matures_on": $0]) } + [Fact(customer: 0)]
    let windows = [-2...0, 0...0, 1...2, -3...3, 4...9, -9 ... -4]
    let values = try Self.values(
      windows.enumerated().map { .test("m\($0)", .count, on: .holding, date: "matures_on", window: $1) },
      FactFixture(.holding, parts: [facts]), customers: 1)
    #expect(values.map { $0[0] } == [3, 1, 2, 7, 0, 0].map { .number($0) })
  }

  @Test func `a timestamp counts by its day, before 1970 too`() throws {
    let seconds: [Int64] = [
      Self.day * 86_400 - 1, Self.day * 86_400, Self.day * 86_400 + 86_399, (Self.day + 1) * 86_400,
    ]
    let facts = seconds.map { Fact(customer: 0, numbers: ["happened_at": $0]) }
    let values = try Self.values(
      [.test("today", .count, date: "happened_at", window: 0...0)], FactFixture(.transaction, parts: [facts]),
      customers: 1)
    #expect(values[0][0] == .number(2))
    #expect([-1, 0, -86_400, -86_401, 86_399].map { dayOfTimestamp($0) } == [-1, 0, -1, -2, 0])
  }

  @Test func `amounts are converted and rounded half away from zero; without a rate they are left out and said`()
    throws
  {
    func fact(_ amount: Int64, _ currency: String?) -> Fact {
      Fact(customer: 0, texts: currency.map { ["currency": $0] } ?? [:], numbers: ["amount": amount])
    }
    // 5 × 0.91 = 4.55 → 5; -5 → -5; 50 × 0.91 = 45.5 → 46.
    let fixture = try FactFixture(
      .transaction,
      parts: [[fact(1, "CNY"), fact(10, nil), fact(5, "HKD"), fact(-50, "HKD"), fact(100, "USD"), fact(7, "EUR")]])
    let definition = MeasureDefinition.test("spent", .sum, of: "amount")
    let column = MeasureColumn(definition, customers: 1)
    try MeasurePass.run([column], facts: fixture.table, settings: Self.settings, customers: 1)
    let sum: Int64 = 1 + 10 + 5 - 46 + 710
    #expect(column.number(0) == sum)
    #expect(
      MeasurePass.warnings([column]).map(\.description) == [
        "tags.yaml:1: warning [currency_without_rate]: the measure spent leaves out 1 rows whose currency has no rate. "
          + "Add the currency to rates in pipeline.yaml."
      ])
  }

  @Test func `the last of rows with one date is the later row, the first the earlier`() throws {
    let facts = ["A", "B", "C"].map { Fact(customer: 0, texts: ["product": $0], numbers: ["happened_at": 5]) }
    let values = try Self.values(
      [
        .test("f", .first, of: "product", date: "happened_at"), .test("l", .last, of: "product", date: "happened_at"),
      ], FactFixture(.transaction, parts: [facts]), customers: 1)
    #expect(values.map { $0[0] } == [.text("A"), .text("C")])
  }

  @Test func `distinct counts more than 64 values`() throws {
    let facts = (0..<400).map { Fact(customer: $0 % 2, texts: ["product": "P\($0 % 150)"]) }
    let values = try Self.values(
      [.test("d", .distinct, of: "product")], FactFixture(.transaction, parts: [facts]), customers: 3)
    #expect(values[0] == [.number(75), .number(75), .number(0)])
  }

  @Test func `a link to a customer who does not exist is a problem`() throws {
    let fixture = try FactFixture(.transaction, parts: [[Fact(customer: 3)]])
    let error = #expect(throws: Problem.self) {
      try Self.values([.test("n", .count)], fixture, customers: 3)
    }
    #expect(
      error?.description
        == "error [damaged_table]: row 0 of the links of transaction names a customer that does not exist; "
        + "found 3, expected 0 to 2. Run resolve again.")
  }
}
