import Basics
import Columns
import Definition
import Store

/// `decisions.arrow` and `decisions.sqlite`: every candidate of every campaign, once.
final class DecisionTable {
  static let schema = TableSchema(
    name: "decisions",
    columns: [
      ColumnSpec("campaign", .code, isNullable: false), ColumnSpec("customer_id", .utf8, isNullable: false),
      ColumnSpec("status", .code, isNullable: false), ColumnSpec("channels", .utf8),
      ColumnSpec("reason", .code, isNullable: false), ColumnSpec("detail", .utf8),
    ])

  private let folder: String
  private let writer: TableWriter
  private let columns: [ColumnBuilder]
  private let sent: Int32
  private let suppressed: Int32

  /// - Throws: `unwritable_file`.
  init(folder: String) throws(Problem) {
    self.folder = folder
    let writer = try TableWriter("\(folder)/decisions.arrow", schema: Self.schema)
    self.writer = writer
    columns = Self.schema.columns.indices.map { writer.column(at: $0) }
    sent = columns[2].intern("sent")
    suppressed = columns[2].intern("suppressed")
  }

  /// A writer of one campaign's decisions.
  func campaign(_ decisions: CampaignDecisions) -> Rows {
    Rows(
      table: self, decisions: decisions, campaign: columns[0].intern(decisions.campaign.id),
      reasons: decisions.reasons.map { columns[4].intern($0) })
  }

  struct Rows {
    fileprivate let table: DecisionTable
    fileprivate let decisions: CampaignDecisions
    fileprivate let campaign: Int32
    fileprivate let reasons: [Int32]
    /// Rows written, by index into the campaign's reasons.
    private(set) var counts: [Int]
    /// There are few different ones; making each text once saves a third of the time.
    private var channelTexts: [UInt8: String] = [:]
    private var detailTexts: [UInt64: String] = [:]

    fileprivate init(table: DecisionTable, decisions: CampaignDecisions, campaign: Int32, reasons: [Int32]) {
      self.table = table
      self.decisions = decisions
      self.campaign = campaign
      self.reasons = reasons
      counts = [Int](repeating: 0, count: reasons.count)
    }

    /// - Throws: `unwritable_file`.
    mutating func append(_ decision: Decision, customerId: UnsafeRawBufferPointer) throws(Problem) {
      let columns = table.columns
      columns[0].append(code: campaign)
      columns[1].append(utf8: customerId)
      columns[2].append(code: decision.isSent ? table.sent : table.suppressed)
      if decision.isSent { columns[3].append(channelsText(decision.channels)) } else { columns[3].appendNull() }
      columns[4].append(code: reasons[decision.reason])
      if decision.refusals != 0 { columns[5].append(detailText(decision.refusals)) } else { columns[5].appendNull() }
      try table.writer.endRow()
      counts[decision.reason] += 1
    }

    private mutating func channelsText(_ channels: UInt8) -> String {
      if let known = channelTexts[channels] { return known }
      let text = decisions.channelsText(channels)
      channelTexts[channels] = text
      return text
    }

    private mutating func detailText(_ refusals: UInt64) -> String {
      if let known = detailTexts[refusals] { return known }
      let text = decisions.detailText(refusals)
      detailTexts[refusals] = text
      return text
    }
  }

  /// Writes both files.
  /// - Returns: the number of rows.
  func finish() throws(Problem) -> Int {
    let rows = try writer.finish()
    let database = try Database(creating: "\(folder)/decisions.sqlite")
    try database.load("decision", from: [try Table("\(folder)/decisions.arrow")])
    try database.finish(indexes: ["CREATE INDEX decision_customer_id ON decision (customer_id)"])
    return rows
  }
}
