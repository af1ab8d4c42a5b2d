import Basics
import Columns
import StageKit
import Standards
import Store
import TestSupport
import Testing

@testable import Definition
@testable import Tag

struct TagStageTests {
  /// A run folder with three sources of facts and these profiles.
  struct Night {
    let folder: TemporaryFolder
    var pipeline: PipelineDefinition

    init(_ profiles: [[String: String]], facts: [Fact] = [], tags: [TagRule] = []) throws {
      folder = try TemporaryFolder()
      pipeline = TagStageTests.pipeline(tags)
      try Files.makeFolder("\(folder.path)/merge")
      try Files.makeFolder("\(folder.path)/ingest/transaction")
      try Files.makeFolder("\(folder.path)/resolve/links")
      try write(profiles)
      let parts = [Array(facts.prefix(facts.count / 2)), Array(facts.dropFirst(facts.count / 2))]
      // The second source comes first in the alphabet: declared order counts.
      for (name, part) in zip(["z_core", "a_cards"], parts) {
        try FactFixture.write(part, .transaction, to: "\(folder.path)/ingest/transaction/\(name).arrow")
      }
      try TableWriter.write(
        "\(folder.path)/resolve/links/transaction.arrow",
        schema: TableSchema(name: "links", columns: [ColumnSpec("customer", .int32)]),
        columns: [.int32(facts.map { Int32($0.customer ?? 0) }, valid: facts.map { $0.customer != nil })])
    }

    private func write(_ rows: [[String: String]]) throws {
      let columns = CustomerRow.profileColumns(of: pipeline.merge)
      let schema = TableSchema(
        name: "profiles", columns: columns.map { ColumnSpec($0.name, $0.storage.columnType) })
      let writer = try TableWriter("\(folder.path)/merge/profiles.arrow", schema: schema)
      for (index, row) in rows.enumerated() {
        for column in columns {
          let builder = writer.column(column.name)
          let text = column.name == "customer_id" ? "G\(index)" : row[column.name]
          switch (text, column.storage) {
          case (nil, _): builder.appendNull()
          case (let text?, .date): builder.append(Int64(CalendarDate(text)!.days))
          case (let text?, .boolean): builder.append(text == "true")
          case (let text?, .money), (let text?, .integer): builder.append(Int64(text)!)
          case (let text?, _): builder.append(text)
          }
        }
        try writer.endRow()
      }
      _ = try writer.finish()
    }

    func run() throws -> StageResult {
      try Files.remove(output)
      try Files.makeFolder(output)
      return try TagStage.run(
        StageContext(
          pipeline: pipeline, businessDate: CalendarDate("2026-11-20")!, extractsFolder: "", runFolder: folder.path,
          outputFolder: output, previousRun: nil, threads: 1))
    }

    var output: String { "\(folder.path)/tag" }

    func rows(_ name: String) throws -> [String] {
      let table = try Table("\(output)/\(name).arrow")
      let columns = try table.schema.columns.map { try table.column($0.name) }
      return (0..<table.rowCount).map { row in columns.map { $0.text(row) }.joined(separator: "|") }
    }
  }

  static func tag(_ id: String, _ type: TagRule.ValueType, _ value: String, line: Int = 9) -> TagRule {
    TagRule(
      id: id, title: BilingualText(zh: id, en: id), kind: .basic, type: type,
      value: SQLExpression(value, at: Place("tags.yaml", line: line)), place: Place("tags.yaml", line: line - 3))
  }

  static func pipeline(_ tags: [TagRule]) -> PipelineDefinition {
    let title = BilingualText(zh: "夜", en: "night")
    func source(_ id: String) -> SourceDefinition {
      SourceDefinition(
        id: id, system: "core", title: title, kind: .transaction, file: FilePattern("x"), format: .xml(record: "x"),
        encoding: .utf8, arrival: ArrivalRule(onMissing: .fail),
        reject: RejectLimits(fail: RejectLimit(perThousand: 1, atLeastRows: 1)),
        fields: [], constants: [], partySource: nil, place: Place("x"))
    }
    return PipelineDefinition(
      folder: "/p", name: "night", title: title, timeZone: "Asia/Shanghai", currency: "CNY", rates: [], extracts: "/e",
      sources: [source("z_core"), source("a_cards")], products: [],
      resolve: ResolveDefinition(rules: [], maxPeoplePerMobile: 3),
      merge: MergeDefinition(
        priority: [],
        attributes: [
          AttributeRule(columns: ["birth_date"], rule: .sourcePriority, priority: [], avoid: [], place: Place("m"))
        ], aum: AUMRule(holdings: [], knownWhenIn: [])),
      tag: TagDefinition(
        measures: [
          .test("buys", .count, where: [("type", ["wealth_buy"])]), .test("spent", .sum, of: "amount"),
          .test("last_type", .last, of: "type", date: "happened_at"),
          .test("visits", .count, on: .interaction),
        ], tags: tags, policy: BuiltInTests.policy),
      broadcast: BroadcastDefinition(campaigns: [], templates: [], suppressions: [], maxCustomersPerMobile: 3),
      files: [],
      warnings: [])
  }

  static func fact(_ customer: Int?, _ type: String, _ amount: Int64) -> Fact {
    Fact(customer: customer, texts: ["type": type], numbers: ["amount": amount, "happened_at": 100])
  }

  static let facts = [
    fact(0, "wealth_buy", 100), fact(2, "salary", 5), fact(nil, "salary", 1), fact(0, "card_spend", 20),
  ]

  static let profiles: [[String: String]] = [
    ["aum": "5000000", "manager": "M1", "manager_active": "true", "birth_date": "1990-11-20"],
    ["aum": "5000000", "manager": "M1", "manager_active": "false"], ["birth_date": "2030-01-01"],
    ["aum": "4999999", "manager": "M1", "manager_active": "true"],
  ]

  @Test func `measures and tags stand beside each customer`() throws {
    let night = try Night(
      Self.profiles, facts: Self.facts,
      tags: [
        Self.tag("band", .text, "CASE WHEN age >= 18 THEN 'adult' END"), Self.tag("spender", .boolean, "spent > 10"),
        Self.tag("next", .date, "add_days(business_date, buys)"), Self.tag("twice", .money, "2 * spent"),
        Self.tag("n", .integer, "CASE WHEN mode = 'direct' THEN 7 END"),
      ])
    let result = try night.run()
    #expect(
      try night.rows("measures") == ["G0|1|1.20|card_spend|0", "G1|0|0.00||0", "G2|0|0.05|salary|0", "G3|0|0.00||0"])
    #expect(
      try night.rows("tags") == [
        "G0|36|true|affluent|assisted|adult|true|2026-11-21|2.40|",
        "G1|||affluent|direct||false|2026-11-20|0.00|7", "G2||||held||false|2026-11-20|0.10|",
        "G3|||mass|direct||false|2026-11-20|0.00|7",
      ])
    #expect(result.equations.map(\.description) == ["operating modes: customers 4 = assisted 1 + direct 2 + held 1"])
    #expect(
      result.figures.map { "\($0.name) \($0.value)" } == [
        "customers 4", "mode.assisted 1", "mode.direct 2", "mode.held 1", "tier.mass 1", "tier.affluent 2",
        "tier.high_net_worth 0", "tier.unknown 1", "birthdays 1", "tag.band.adult 1", "tag.spender.false 3",
        "tag.spender.true 1", "tag.next 4", "tag.twice 4", "tag.n 2",
      ])
    #expect(try Files.names(in: night.output) == ["measures.arrow", "tags.arrow", "tags.sqlite"])
    let database = try Database(readOnly: "\(night.output)/tags.sqlite")
    #expect(
      try database.query("SELECT * FROM tag_customer WHERE customer_id = 'G0'") == [
        [
          .text("G0"), .integer(36), .integer(1), .text("affluent"), .text("assisted"), .text("adult"), .integer(1),
          .text("2026-11-21"), .integer(240), .null,
        ]
      ])
  }

  @Test func `a pipeline without tags has the built-in ones`() throws {
    let night = try Night(Self.profiles)
    _ = try night.run()
    #expect(
      try night.rows("tags") == [
        "G0|36|true|affluent|assisted", "G1|||affluent|direct", "G2||||held", "G3|||mass|direct",
      ])
  }

  @Test func `values of another type than declared are named with tag, place and type`() throws {
    let night = try Night(
      Self.profiles,
      tags: [
        Self.tag("a", .text, "spent"), Self.tag("b", .integer, "'x'", line: 12), Self.tag("c", .boolean, "2", line: 15),
        Self.tag("d", .date, "'2026-02-30'", line: 18), Self.tag("e", .money, "1.5", line: 21),
        Self.tag("f", .date, "CASE WHEN age > 1 THEN 3 END", line: 24), Self.tag("g", .integer, "3", line: 27),
      ])
    let error = #expect(throws: Problems.self) { try night.run() }
    #expect(error?.kind == .data)
    func message(_ tag: String, _ type: String, _ count: Int, _ line: Int, _ found: String, _ expected: String)
      -> String
    {
      "tags.yaml:\(line): error [tag_type]: the tag \(tag) is declared as \(type), but for \(count) customers it has "
        + "another type; found \(found), expected \(expected). Correct the tag's type or its value."
    }
    #expect(
      error?.list.map(\.description) == [
        message("a", "text", 4, 9, "integer", "text"), message("b", "integer", 4, 12, "text", "integer"),
        message("c", "boolean", 4, 15, "an integer other than 0 and 1", "integer 0 or 1"),
        message("d", "date", 4, 18, "text that is not a date yyyy-MM-dd", "text yyyy-MM-dd"),
        message("e", "money", 4, 21, "real", "integer (minor units)"),
        message("f", "date", 1, 24, "integer", "text yyyy-MM-dd"),
      ])
  }

  @Test func `all expressions are checked before anything runs`() throws {
    var problems = TagStage.check(
      Self.pipeline([
        Self.tag("a", .text, "agee"), Self.tag("b", .text, "(SELECT 1)", line: 12), Self.tag("c", .text, "tier"),
        // A tag may not refer to another.
        Self.tag("d", .text, "c", line: 15), Self.tag("e", .text, "business_date < birth_date AND visits > 1"),
      ]))
    for index in problems.indices { problems[index].expected = nil }
    #expect(
      problems.map(\.description) == [
        "tags.yaml:9: error [unknown_column]: customer has no column agee; found agee. Use age.",
        "tags.yaml:12: error [invalid_expression]: SELECT is not allowed in an expression; found (SELECT 1).",
        "tags.yaml:15: error [unknown_column]: customer has no column c; found c.",
      ])
  }

  @Test func `what cannot be evaluated names its tag`() throws {
    let night = try Night(
      Self.profiles, tags: [Self.tag("a", .text, "tier"), Self.tag("b", .integer, "days_between(tier, business_date)")])
    let error = #expect(throws: Problem.self) { try night.run() }
    #expect(
      error?.description
        == "tags.yaml:9: error [tag_failed]: the tag b cannot be evaluated: SQLite: argument 1 is not a date yyyy-MM-dd; "
        + "found days_between(tier, business_date).")
  }

  @Test func `the worked example's tags are sound`() throws {
    let pipeline = try PipelineDefinition.load(folder: "\(repositoryRoot)/pipelines/retail-nightly")
    #expect(TagStage.check(pipeline) == [])
  }

  @Test func `the same night gives the same bytes`() throws {
    let night = try Night(Self.profiles, facts: Self.facts, tags: [Self.tag("a", .text, "tier")])
    func hashes() throws -> [String] {
      _ = try night.run()
      return try Files.filesBelow(night.output).map { "\($0) \(try SHA256.ofFile("\(night.output)/\($0)").hex)" }
    }
    #expect(try hashes() == hashes())
  }
}
