import Basics
import Columns
import StageKit
import Standards
import Store
import TestSupport

@testable import Definition
@testable import Merge

/// A night whose records are resolved by hand: runs merge and reads what it wrote.
struct MergedNight {
  typealias Row = RecordTables.Row

  /// Records with the customer number of each, in the column `customer`.
  var parties: [(source: String, rows: [Row])] = []
  /// Facts with the customer number of each in the column `customer`, absent for orphans.
  var facts: [(kind: RecordKind, source: String, rows: [Row])] = []
  var attributes: [AttributeRule] = []
  var priority = ["core", "crm", "app"]
  var constants: [String: [(column: String, value: String)]] = [:]
  var aum = AUMRule(holdings: ["accounts"], knownWhenIn: ["core"])

  static let place = Place("merge.yaml", line: 3)

  static func rule(
    _ columns: [String], _ rule: SurvivorshipRule, priority: [String] = [], avoid: [Unfitness] = []
  ) -> AttributeRule {
    AttributeRule(columns: columns, rule: rule, priority: priority, avoid: avoid, place: place)
  }

  struct Outcome {
    let folder: TemporaryFolder
    let result: StageResult

    /// The texts of one column of `profiles` or `provenance`, by customer.
    func column(_ name: String, of table: String = "profiles") throws -> [String] {
      let table = try Table("\(folder.path)/merge/\(table).arrow")
      let column = try table.column(name)
      return (0..<table.rowCount).map { column.text($0) }
    }

    func equation(_ name: String) -> String? { result.equations.first { $0.name == name }?.description }
  }

  func run() throws -> Outcome {
    let folder = try TemporaryFolder()
    try write(folder)
    return try merge(folder)
  }

  /// Writes the tables of ingest and resolve.
  func write(_ folder: TemporaryFolder) throws {
    try writeParties(folder.path)
    try Files.makeFolder("\(folder.path)/resolve/links")
    for kind in RecordKind.allCases where kind != .party {
      let sources = facts.filter { $0.kind == kind }
      for source in sources {
        try RecordTables.write(kind, source.source, source.rows.map(Self.plain), ingest: "\(folder.path)/ingest")
      }
      let links = sources.flatMap(\.rows).map { $0["customer"].flatMap { Int32($0) } }
      try TableWriter.write(
        "\(folder.path)/resolve/links/\(kind.rawValue).arrow",
        schema: TableSchema("links", [ColumnSpec("customer", .int32)]),
        columns: [.int32(links.map { $0 ?? 0 }, valid: links.map { $0 != nil })])
    }
  }

  func merge(_ folder: TemporaryFolder) throws -> Outcome {
    let output = "\(folder.path)/merge"
    try Files.makeFolder(output)
    let context = StageContext(
      pipeline: pipeline, businessDate: CalendarDate("2026-11-20")!, extractsFolder: folder.path,
      runFolder: folder.path, outputFolder: output, previousRun: nil, threads: 1)
    return Outcome(folder: folder, result: try MergeStage.run(context))
  }

  private static func plain(_ row: Row) -> Row { row.filter { $0.key != "customer" } }

  private func writeParties(_ folder: String) throws {
    for party in parties {
      let rows = party.rows.enumerated().map { index, row in
        Self.plain(row).merging(["key": "\(index)", "notes": "0"]) { given, _ in given }
      }
      try RecordTables.write(.party, party.source, rows, ingest: "\(folder)/ingest")
    }
    let owners = parties.flatMap(\.rows).map { Int32($0["customer"] ?? "0")! }
    let count = (owners.max() ?? -1) + 1
    try Files.makeFolder("\(folder)/resolve")
    try TableWriter.write(
      "\(folder)/resolve/membership.arrow", schema: TableSchema("membership", [ColumnSpec("customer", .int32)]),
      columns: [.int32(owners)])
    try TableWriter.write(
      "\(folder)/resolve/customers.arrow", schema: TableSchema("customers", [ColumnSpec("customer_id", .utf8)]),
      columns: [.strings((0..<count).map { "G00000000\($0 + 1)" })])
  }

  private func source(_ id: String, _ kind: RecordKind) -> SourceDefinition {
    SourceDefinition(
      id: id, system: id, title: BilingualText(zh: id, en: id), kind: kind, file: FilePattern(id),
      format: .delimited(separator: ",", quote: nil, header: true, columns: []), encoding: .utf8,
      arrival: ArrivalRule(onMissing: .fail),
      reject: RejectLimits(fail: RejectLimit(perThousand: 0, atLeastRows: 0)), fields: [],
      constants: constants[id] ?? [],
      partySource: kind == .party ? nil : "core", place: Place("sources/\(id).yaml"))
  }

  private var pipeline: PipelineDefinition {
    let text = BilingualText(zh: "", en: "")
    func product(_ code: String, _ counts: Bool) -> Product {
      Product(code: code, name: code, productClass: "deposit", isStandard: true, risk: "", countsInAUM: counts)
    }
    return PipelineDefinition(
      folder: "", name: "test", title: text, timeZone: "Asia/Shanghai", currency: "CNY",
      rates: [
        CurrencyRate(currency: "USD", units: 71_000, decimals: 4),
        CurrencyRate(currency: "THB", units: 50, decimals: 3),
      ],
      extracts: "", sources: parties.map { source($0.source, .party) } + facts.map { source($0.source, $0.kind) },
      products: [product("D001", true), product("W001", true), product("L001", false)],
      resolve: ResolveDefinition(rules: [], maxPeoplePerMobile: 3),
      merge: MergeDefinition(priority: priority, attributes: attributes, aum: aum),
      tag: TagDefinition(measures: [], tags: [], policy: Policy(aumLine: 0, tiers: [])),
      broadcast: BroadcastDefinition(campaigns: [], templates: [], suppressions: [], maxCustomersPerMobile: 3),
      files: [], warnings: [])
  }
}
