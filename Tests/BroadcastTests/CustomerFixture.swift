import Basics
import Columns
import StageKit
import Standards
import TestSupport

@testable import Broadcast
@testable import Definition

/// A customer row as texts by column; what is left out is null, except the few columns that are never null.
typealias CustomerFixtureRow = [String: String]

/// A run folder with profiles, measures and tags, and a pipeline that goes with them.
struct Night {
  static let businessDate = CalendarDate("2026-11-20")!
  let folder: TemporaryFolder
  var pipeline: PipelineDefinition

  init(
    _ customers: [CustomerFixtureRow], campaigns: [CampaignDefinition], templates: [TemplateDefinition],
    suppressions: [SuppressionRule] = []
  ) throws {
    folder = try TemporaryFolder()
    pipeline = Self.pipeline(campaigns, templates, suppressions)
    let (merge, tag) = (pipeline.merge, pipeline.tag)
    let id = [CustomerRow.customerId]
    try write(customers, CustomerRow.profileColumns(of: merge), "merge/profiles.arrow")
    try write(customers, id + CustomerRow.measureColumns(of: tag), "tag/measures.arrow")
    try write(
      customers, id + CustomerRow.builtInColumns + CustomerRow.tagColumns(of: tag), "tag/tags.arrow")
  }

  static func pipeline(
    _ campaigns: [CampaignDefinition], _ templates: [TemplateDefinition], _ suppressions: [SuppressionRule]
  ) -> PipelineDefinition {
    let title = BilingualText(zh: "夜", en: "night")
    let attributes = ["name", "birth_date", "mobile", "wecom_id", "branch", "status"].map {
      AttributeRule(columns: [$0], rule: .sourcePriority, priority: [], avoid: [], place: Place("merge.yaml"))
    }
    let measure = MeasureDefinition(
      id: "spent", meaning: title, table: .transaction, aggregate: .sum, of: "amount", conditions: [], dateColumn: nil,
      window: nil, place: Place("tags.yaml", line: 3))
    let tag = TagRule(
      id: "payroll", title: title, kind: .behaviour, type: .boolean, value: SQLExpression("1", at: Place("tags.yaml")),
      place: Place("tags.yaml", line: 9))
    return PipelineDefinition(
      folder: "/p", name: "night", title: title, timeZone: "Asia/Shanghai", currency: "CNY", rates: [], extracts: "/e",
      sources: [],
      products: [
        Product(code: "W001", name: "w", productClass: "wealth", isStandard: true, risk: "", countsInAUM: true),
        Product(code: "W002", name: "w", productClass: "wealth", isStandard: false, risk: "R3", countsInAUM: true),
      ], resolve: ResolveDefinition(rules: [], maxPeoplePerMobile: 3),
      merge: MergeDefinition(priority: [], attributes: attributes, aum: AUMRule(holdings: [], knownWhenIn: [])),
      tag: TagDefinition(measures: [measure], tags: [tag], policy: Policy(aumLine: 5_000_000, tiers: [])),
      broadcast: BroadcastDefinition(
        campaigns: campaigns, templates: templates, suppressions: suppressions, maxCustomersPerMobile: 2),
      files: [], warnings: [])
  }

  private func write(_ rows: [CustomerFixtureRow], _ columns: [RecordKind.Column], _ name: String) throws {
    let path = "\(folder.path)/\(name)"
    try Files.makeFolder(Files.parent(path))
    let types: [RecordKind.Storage: ColumnType] = [
      .text: .utf8, .code: .code, .integer: .int64, .money: .money, .date: .date, .boolean: .boolean,
    ]
    let schema = TableSchema(name: name, columns: columns.map { ColumnSpec($0.name, types[$0.storage]!) })
    let writer = try TableWriter(path, schema: schema, batchRows: 7)
    for row in rows {
      for column in schema.columns {
        let builder = writer.column(column.name)
        let text = row[column.name] ?? (column.name == "mode" ? "direct" : nil)
        switch (text, column.type) {
        case (nil, _): builder.appendNull()
        case (let text?, .utf8), (let text?, .code): builder.append(text)
        case (let text?, .date): builder.append(Int64(CalendarDate(text)!.days))
        case (let text?, .boolean): builder.append(text == "true")
        case (let text?, _): builder.append(Int64(text)!)
        }
      }
      try writer.endRow()
    }
    _ = try writer.finish()
  }

  /// Runs the stage into a folder of its own.
  @discardableResult
  func run() throws -> StageResult {
    try Files.remove(output)
    try Files.makeFolder(output)
    return try BroadcastStage.run(
      StageContext(
        pipeline: pipeline, businessDate: Self.businessDate, extractsFolder: "/e", runFolder: folder.path,
        outputFolder: output, previousRun: nil, threads: 1))
  }

  var output: String { "\(folder.path)/broadcast" }

  func list(_ name: String) throws -> String { try Files.text(of: "\(output)/lists/\(name).csv") }

  /// `campaign|customer|status|channels|reason|detail` of every decision.
  func decisions() throws -> [String] {
    let table = try Table("\(output)/decisions.arrow")
    let columns = try table.schema.columns.map { try table.column($0.name) }
    return (0..<table.rowCount).map { row in columns.map { $0.text(row) }.joined(separator: "|") }
  }
}

extension CampaignDefinition {
  static func test(
    _ id: String = "c", _ purpose: Purpose = .service, audience: String = "1", modes: [OperatingMode] = [.direct],
    product: String? = nil, channels: [Channel] = [.sms], delivery: Delivery = .first,
    scenario: Scenario = .notice, priority: Int = 1
  ) -> CampaignDefinition {
    CampaignDefinition(
      id: id, title: BilingualText(zh: id, en: id), scenario: scenario, purpose: purpose,
      audience: SQLExpression(audience, at: Place("campaigns/\(id).yaml", line: 5)), modes: modes, product: product,
      channels: channels.map { ChannelUse(channel: $0, template: "\($0.rawValue)_t") }, delivery: delivery,
      priority: priority, place: Place("campaigns/\(id).yaml", line: 1))
  }
}

extension TemplateDefinition {
  /// The template that campaigns of `test` use for a channel.
  static func test(
    _ channel: Channel, _ text: String, signature: String = "", variables: [String] = []
  ) -> TemplateDefinition {
    TemplateDefinition(
      id: "\(channel.rawValue)_t", channel: channel, signature: signature, text: text, variables: variables,
      place: Place("broadcast.yaml", line: 7))
  }

  static let plain = Channel.allCases.map {
    TemplateDefinition.test($0, "您好", signature: $0 == .sms ? "行" : "")
  }
}

extension SuppressionRule {
  static func test(
    _ reason: String, _ when: String, _ scenarios: [CampaignDefinition.Scenario] = []
  ) -> SuppressionRule {
    SuppressionRule(
      reason: reason, title: BilingualText(zh: reason, en: reason),
      when: SQLExpression(when, at: Place("broadcast.yaml", line: 3)), scenarios: scenarios)
  }
}
