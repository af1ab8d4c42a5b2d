import Basics
@testable import Definition
import StageKit
import Testing

@testable import Ingest

/// Sums in currencies with other than two decimals, and sums whose parts overflow.
struct CurrencyDecimalsTests {
  private func run(_ rows: String, currency: String, stated: String) throws -> (IngestBench, StageResult) {
    var bench = try IngestBench()
    bench.currency = currency
    bench.sources = [IngestBench.accounts]
    let count = rows.split(separator: "\n").count
    try bench.deliver(rows + "TRAILER|\(count)|\(stated)\n", as: "accounts_20261120.txt")
    try bench.deliver("accounts_20261120.txt|\(count)|\(stated)\n", as: "core_20261120.ctl")
    return (bench, try bench.run())
  }

  static let right: [(currency: String, rows: String, stated: String, equation: String)] = [
    ("JPY", "A1|6|D|JPY|1500|0\nA2|6|D|JPY|-400|9\n", "1100", "delivered 1100 = accepted 1500 + quarantined -400"),
    ("JPY", "A1|6|D|USD|10.50|0\nA2|6|D|USD|0.50|0\n", "11", "delivered 11 = accepted 11 + quarantined 0"),
    ("JPY", "A1|6|D|USD|-10.50|0\nA2|6|D|USD|0.50|9\n", "-10", "delivered -10 = accepted -11 + quarantined 1"),
    ("KWD", "A1|6|D|KWD|1.234|0\nA2|6|D|KWD|0.001|0\n", "1.235", "delivered 1235 = accepted 1235 + quarantined 0"),
    ("KWD", "A1|6|D|JPY|12|0\nA2|6|D|CNY|0.5|0\n", "12.500", "delivered 12500 = accepted 12500 + quarantined 0"),
    ("CNY", "A1|6|D|KWD|1.234|0\nA2|6|D|KWD|1.006|0\n", "2.24", "delivered 224 = accepted 224 + quarantined 0"),
  ]

  @Test(arguments: right)
  func `Stated sums are held against amounts exactly`(currency: String, rows: String, stated: String, equation: String)
    throws
  {
    let (bench, result) = try run(rows, currency: currency, stated: stated)
    #expect(result.equations.last?.description == "accounts money: \(equation)")
    #expect(result.equations.allSatisfy { $0.holds })
    let sum = try bench.table("deliveries").column("sum").integer(0)
    #expect("\(sum)" == equation.split(separator: " ")[1])
  }

  static let wrong: [(currency: String, rows: String, stated: String, found: String, expected: String)] = [
    ("JPY", "A1|6|D|JPY|1500|0\n", "1501", "1500", "1501"),
    ("KWD", "A1|6|D|KWD|1.234|0\n", "1.235", "1.234", "1.235"),
    ("JPY", "A1|6|D|USD|10.50|0\n", "10", "10.5000", "10"),
  ]

  @Test(arguments: wrong)
  func `Another sum is refused, told with the decimals of the currency`(
    currency: String, rows: String, stated: String, found: String, expected: String
  ) throws {
    let problems = try #require(throws: Problems.self) { try run(rows, currency: currency, stated: stated) }
    #expect(
      problems.list.map(\.description)
        == [(":2", "trailer"), ("", "control file core_20261120.ctl")].map { line, whom in
          "accounts_20261120.txt\(line): error [sum_mismatch]: the \(whom) states another sum than the extract holds; found "
            + "\(found), expected \(expected). Ask the source system to deliver the file again."
        })
  }

  @Test func `A sum that fits is no overflow, in whatever order it is added up`() throws {
    let largest = "92233720368547758.07"
    let (_, result) = try run(
      "A1|6|D|CNY|\(largest)|0\nA2|6|D|CNY|\(largest)|0\nA3|6|D|CNY|-\(largest)|0\n", currency: "CNY", stated: largest)
    #expect(
      result.equations.last?.description
        == "accounts money: delivered \(Int64.max) = accepted \(Int64.max) + quarantined 0")
  }

  @Test func `Chunks add up in any order and grouping`() throws {
    var whole = FieldSum("a", decimals: 2)
    let amounts: [Int128] = [Int128(Int64.max) * 100, 700, -Int128(Int64.max) * 100, -300]
    for amount in amounts { whole.accept(amount) }
    var joined = FieldSum("a", decimals: 2)
    for amount in amounts.reversed() {
      var part = FieldSum("a", decimals: 2)
      part.accept(amount)
      joined.add(part)
    }
    #expect(joined == whole)
    #expect(joined.readable == 4)
    joined.accept(Int128(Int64.max) * 100)
    #expect(!joined.isCountable && joined.readable == nil)
  }
}
