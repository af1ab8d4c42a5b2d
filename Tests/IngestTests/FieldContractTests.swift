import Basics
import Columns
@testable import Definition
import Standards
import TestSupport
import Testing

@testable import Ingest

/// What a field's contract asks for, one rule at a time.
struct FieldContractTests {
  private func accounts(_ change: (inout [FieldDefinition]) -> Void) -> SourceDefinition {
    var source = IngestBench.accounts
    source.arrival = ArrivalRule()
    source.encoding = .utf8
    source.format = .delimited(
      separator: "|", quote: nil, header: true, columns: [])
    source.fields.append(IngestBench.field("opened", "opened_on", .date, format: "yyyyMMdd"))
    change(&source.fields)
    return source
  }

  private static let header = "no|cust|product|currency|balance|status|opened\n"

  private func run(_ source: SourceDefinition, _ text: String) throws -> (IngestBench, [String]) {
    var bench = try IngestBench()
    bench.sources = [source]
    try bench.deliver(text, as: "accounts_20261120.txt")
    let result = try bench.run()
    return (bench, result.warnings.map(\.description))
  }

  static let bounds: [(field: String, least: FieldBound?, most: FieldBound?, bad: String, expected: String)] = [
    ("balance", .value(0), nil, "A2|6|D|CNY|-0.01|0|", "at least 0.00"),
    ("balance", nil, .value(10_000), "A2|6|D|CNY|100.01|0|", "at most 100.00"),
    ("balance", .value(-100), .value(100), "A2|6|D|CNY|1.01|0|", "-1.00 to 1.00"),
    ("opened", nil, .businessDate(plusDays: 0), "A2|6|D|CNY|1|0|20261121", "at most 2026-11-20"),
  ]

  @Test(arguments: bounds)
  func `A value out of range goes to quarantine`(
    field: String, least: FieldBound?, most: FieldBound?, bad: String, expected: String
  ) throws {
    let source = accounts { fields in
      let index = fields.firstIndex { $0.from == field }!
      fields[index].minimum = least
      fields[index].maximum = most
    }
    let (bench, _) = try run(source, Self.header + "A1|6|D|CNY|1.00|0|20261120\n\(bad)\n")
    #expect(try bench.lines("holding/accounts", ["key"]) == ["A1"])
    #expect(
      try bench.lines("quarantine", ["line", "code", "field", "expected"]) == ["3,out_of_range,\(field),\(expected)"])
  }

  @Test func `A text that does not match its pattern goes to quarantine`() throws {
    let source = accounts { $0[0].pattern = try? TextPattern("A[0-9]+") }
    let (bench, _) = try run(source, Self.header + "A1|6|D|CNY|1|0|\nB1|6|D|CNY|1|0|\n")
    #expect(try bench.lines("quarantine", ["code", "found", "expected"]) == ["pattern_mismatch,B1,text like A[0-9]+"])
  }

  @Test func `A value may be left out, and is counted`() throws {
    let source = accounts { fields in
      for index in fields.indices where ["opened", "status"].contains(fields[index].from) {
        fields[index].onInvalid = .empty
        fields[index].isRequired = false
      }
    }
    let (bench, warnings) = try run(
      source, Self.header + "A1|6|D|CNY|1|0|20261399\nA2|6|D|CNY|1|7|20261120\nA3|6|D|CNY|1|0|bad\n")
    #expect(
      try bench.lines("holding/accounts", ["key", "status", "opened_on"])
        == ["A1,open,", "A2,,2026-11-20", "A3,open,"])
    #expect(
      warnings == [
        "accounts_20261120.txt: warning [emptied_values]: values of status broke the contract and were left out; "
          + "found 1. Ask the source system, or change the field in sources/accounts.yaml.",
        "accounts_20261120.txt: warning [emptied_values]: values of opened broke the contract and were left out; "
          + "found 2. Ask the source system, or change the field in sources/accounts.yaml.",
      ])
  }

  @Test func `Several origins are joined by a blank, empty ones left out`() throws {
    let source = accounts { $0[0].origins = ["no", "cust", "product"] }
    let (bench, _) = try run(source, Self.header + "A1|6|D|CNY|1|0|\n A2 |7||CNY|1|0|\n")
    // A product is required.
    #expect(try bench.lines("holding/accounts", ["key"]) == ["A1 6 D"])
    #expect(try bench.lines("quarantine", ["code"]) == ["missing_required"])
  }

  @Test func `Every row says when it was delivered`() throws {
    let (bench, _) = try run(accounts { _ in }, Self.header + "A1|6|D|CNY|1|0|\n")
    #expect(try bench.lines("holding/accounts", ["source", "line", "delivered"]) == ["accounts,2,2026-11-20"])
  }

  @Test func `A column may be missing where the definition says so`() throws {
    var source = accounts { _ in }
    source.columnChanges.missing = .warn
    let (bench, warnings) = try run(source, "no|cust|product|currency|balance|status\nA1|6|D|CNY|1|0\n")
    #expect(try bench.lines("holding/accounts", ["key", "opened_on"]) == ["A1,"])
    #expect(
      warnings == [
        "accounts_20261120.txt:1: warning [missing_column]: the extract of accounts has no column opened, which stays "
          + "empty. Ask the source system whether it is gone for good."
      ])
  }

  @Test func `Columns in another order are refused where the definition says so`() throws {
    var source = accounts { _ in }
    source.format = .delimited(separator: "|", quote: nil, header: true, columns: ["no", "cust", "product"])
    source.columnChanges.reordered = .refuse
    let problems = #expect(throws: Problems.self) {
      try run(source, "cust|no|product|currency|balance|status|opened\n6|A1|D|CNY|1|0|\n")
    }
    #expect(
      problems?.description.hasPrefix(
        "accounts_20261120.txt:1: error [reordered_columns]: the columns of accounts stand in another order than its "
          + "definition has them; found cust, no, product, expected no, cust, product.") == true)
  }

  @Test func `A delta gives its deletions, and its key may come several times`() throws {
    var source = accounts { _ in }
    source.load = .delta(DeltaMark(field: "op", inserts: ["I"], updates: ["U"], deletes: ["D"]), nil)
    let text =
      "op|no|cust|product|currency|balance|status|opened\nI|A1|6|D|CNY|1|0|\nU|A1|6|D|CNY|2|0|\nD|A2||||||\nX|A3|6|D|CNY|1|0|\n"
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "delta.txt")
    let order = IngestOrder(
      source: source, file: "delta.txt", path: path, bytes: text.utf8.count, partPath: "\(folder.path)/part.arrow")
    let result = try ParallelIngest(businessDate: IngestBench.date, threads: 1).read([order])[0].get()
    #expect(result.accepted == 2)
    #expect(result.insertions == [true, false])
    #expect(result.deletions == [Deletion(key: "A2", line: 4, offset: 86)])
    #expect(
      result.quarantined.map { "\($0.line) \($0.code) \($0.field) \($0.expected)" } == [
        "5 unknown_code op one of I, U, D"
      ])
    #expect(result.records == 4)
  }

  @Test func `Records of fixed width are read by their columns`() throws {
    var source = accounts {
      $0 = $0.filter { ["no", "cust", "product", "currency", "balance", "status"].contains($0.from) }
    }
    let columns = [("no", 4), ("cust", 4), ("product", 4), ("currency", 3), ("balance", 8), ("status", 1)]
    source.format = .fixed(
      FixedLayout(columns: columns.map { .init(name: $0, width: $1, alignment: .left, pad: 32) }))
    let (bench, _) = try run(source, "A1  6   D001CNY1.50    0\nA2  6   D001CNY1.50    7\n")
    #expect(try bench.lines("holding/accounts", ["key", "party", "balance"]) == ["A1,6,1.50"])
    #expect(try bench.lines("quarantine", ["line", "code"]) == ["2,unknown_code"])
  }

  @Test func `Records of JSON Lines are read by their members`() throws {
    var source = accounts { $0[0].origins = ["account/no"] }
    source.format = .jsonLines
    let (bench, _) = try run(
      source,
      #"{"account":{"no":"A1"},"cust":"6","product":"D","currency":"CNY","balance":"2.00","status":"0"}"# + "\n{]\n")
    #expect(try bench.lines("holding/accounts", ["key", "balance", "opened_on"]) == ["A1,2.00,"])
    #expect(try bench.lines("quarantine", ["line", "code"]) == ["2,bad_json"])
  }
}
