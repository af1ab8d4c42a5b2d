import Basics
import Columns
import Definition
import StageKit
import Store

/// Decides for every candidate of every campaign, and writes the lists.
public enum BroadcastStage: Stage {
  public static let name = StageName.broadcast

  /// What is wrong with the expressions of campaigns and suppressions and with the templates; needs no data.
  public static func check(_ pipeline: PipelineDefinition) -> [Problem] {
    do {
      let columns = CustomerRow.columns(merge: pipeline.merge, tag: pipeline.tag)
      return try CampaignExpressions.check(pipeline.broadcast, columns: columns)
        + TemplateCheck.problems(pipeline.broadcast.templates)
    } catch {
      return [error]
    }
  }

  public static func run(_ context: StageContext) throws -> StageResult {
    let wrong = check(context.pipeline)
    if !wrong.isEmpty { throw Problems(.definition, wrong) }
    let tables = [
      try Table("\(context.folder(of: .merge))/profiles.arrow"),
      try Table("\(context.folder(of: .tag))/measures.arrow"), try Table("\(context.folder(of: .tag))/tags.arrow"),
    ]
    let database = try Database.inMemory()
    // Not guarded, since row numbers are read; `check` has put each expression under the guard.
    try database.register(
      CampaignExpressions.table, tables: tables, shared: ["customer_id"],
      dates: [(CustomerRow.businessDate.name, Int(context.businessDate.days))])
    try Files.makeFolder("\(context.outputFolder)/lists")
    let night = Night(
      context: context, customers: try CustomerColumns(tables), database: database,
      decisions: try DecisionTable(folder: context.outputFolder))
    var result = StageResult()
    for campaign in inOrder(context.pipeline.broadcast.campaigns) {
      let decisions = try night.run(campaign)
      result.tables += decisions.lists.map { ($0.name, $0.rows) }
      result.equations += CampaignReport.equations(decisions)
      result.figures += CampaignReport.figures(decisions)
    }
    result.tables.insert(("decisions.arrow", try night.decisions.finish()), at: 0)
    return result
  }

  private static func inOrder(_ campaigns: [CampaignDefinition]) -> [CampaignDefinition] {
    campaigns.sorted { ($0.priority, $0.id) < ($1.priority, $1.id) }
  }
}

/// What all campaigns of a night share.
private struct Night {
  let context: StageContext
  let customers: CustomerColumns
  let database: Database
  let decisions: DecisionTable

  func run(_ campaign: CampaignDefinition) throws(Problem) -> CampaignDecisions {
    let broadcast = context.pipeline.broadcast
    let suppressions = CampaignExpressions.suppressions(broadcast.suppressions, for: campaign)
    var lists: [ChannelList] = []
    for use in campaign.channels { lists.append(try list(use, of: campaign)) }
    let campaignDecisions = try CampaignDecisions(
      campaign, suppressions: suppressions, lists: lists, customers: customers,
      maxCustomersPerMobile: broadcast.maxCustomersPerMobile, products: context.pipeline.products)
    var rows = decisions.campaign(campaignDecisions)
    try CampaignExpressions.evaluate(campaign, suppressions: suppressions, in: database) {
      row, suppression throws(Problem) in
      let decision = try campaignDecisions.decide(row, suppression: suppression)
      try rows.append(decision, customerId: customers.customerId.bytes(row))
      if campaignDecisions.audience & 0xFFFF == 0 { context.progress(campaignDecisions.audience, "candidates") }
    }
    campaignDecisions.counts = rows.counts
    for list in lists { try list.finish() }
    return campaignDecisions
  }

  private func list(_ use: ChannelUse, of campaign: CampaignDefinition) throws(Problem) -> ChannelList {
    guard let template = context.pipeline.broadcast.templates.first(where: { $0.id == use.template }) else {
      throw Problem("unknown_template", "there is no template \(use.template)", at: campaign.place)
    }
    let date = context.businessDate.description
    let bound = try BoundTemplate(
      TemplateText(template), constants: [CustomerRow.businessDate.name: date],
      decimals: context.pipeline.decimals
    ) { name throws(Problem) in try customers.column(name) }
    return try ChannelList(
      campaign: campaign.id, use: use, template: bound, customers: customers,
      settings: ListSettings(folder: context.outputFolder, pipeline: context.pipeline.name, businessDate: date))
  }
}
