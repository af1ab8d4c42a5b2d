import Basics
import Columns
import Definition
import StageKit
import Standards

/// `report.html`: what a night brought, on one page without clock times or personal data.
public struct Report: Sendable {
  public static let fileName = "report.html"

  public let html: String

  /// - Throws: `Problem` where a stage's table is damaged.
  public init(
    pipeline: PipelineDefinition, businessDate: CalendarDate, runFolder: String, records: [StageRecord],
    extracts: [FileRecord], absent: [String], previousRun: Manifest.Predecessor?
  ) throws(Problem) {
    var page = ReportPage(pipeline: pipeline, runFolder: runFolder, records: records)
    // First what was decided and what needs a person; then the proof of it.
    try page.status(absent: absent)
    try page.decisions()
    try page.segments()
    try page.arrivals(extracts, absent: absent)
    try page.quarantine()
    page.controlTotals()
    page.figures()
    page.origin(previousRun)
    html = page.page.document(
      titleZh: "\(pipeline.title.zh) \(businessDate)", titleEn: "\(pipeline.title.en), \(businessDate)")
  }
}

/// The sections of the report, each complete or left out where a stage wrote no such table.
private struct ReportPage {
  let pipeline: PipelineDefinition
  let runFolder: String
  let records: [StageRecord]
  var page = HTMLPage()

  init(pipeline: PipelineDefinition, runFolder: String, records: [StageRecord]) {
    self.pipeline = pipeline
    self.runFolder = runFolder
    self.records = records
  }

  private func path(_ stage: StageName, _ table: String) -> String? {
    let path = "\(runFolder)/\(stage.rawValue)/\(table)"
    return Files.exists(path) ? path : nil
  }

  mutating func status(absent: [String]) throws(Problem) {
    let totals = ControlTotals(records)
    page.paragraph(
      zh: "运行完成，\(totals.count) 个控制总数全部平衡。", en: "Complete; all \(totals.count) control totals agree.",
      style: "status")
    var attention: [String] = absent.map { "未送达 Not delivered: \($0)" }
    if let quarantined = try rows(.ingest, "quarantine.arrow") {
      attention.append("隔离记录 Records in quarantine: \(quarantined). guiyi quarantine ls")
    }
    if let pairs = try rows(.resolve, "review.arrow") {
      attention.append("待人工核对的记录对 Pairs of records for a steward: \(pairs). guiyi show resolve/review")
    }
    if let orphans = orphans() { attention.append("无客户归属的事实 Facts without a customer: \(orphans)") }
    for record in records {
      // What went to quarantine has a section of its own.
      let warnings = record.warnings.filter { $0.code != "quarantined" }
      attention += warnings.map { "\(record.stage.rawValue): \($0.description)" }
    }
    if attention.isEmpty { return }
    page.section("attention", zh: "需要关注", en: "Needs attention")
    page.list(attention)
  }

  /// `holding 2, consent 1`; nil where every fact has its customer.
  private func orphans() -> String? {
    let prefix = "orphaned_"
    let figures = records.first { $0.stage == .resolve }?.figures ?? []
    let found = figures.filter { $0.name.hasPrefix(prefix) && $0.value > 0 }
    if found.isEmpty { return nil }
    return found.map { "\($0.name.dropFirst(prefix.count)) \(HTMLPage.grouped(Int64($0.value)))" }.joined(
      separator: ", ")
  }

  /// The rows of a table; nil where it is empty or was not written.
  private func rows(_ stage: StageName, _ table: String) throws(Problem) -> String? {
    guard let path = path(stage, table) else { return nil }
    let count = try Table(path).rowCount
    return count == 0 ? nil : HTMLPage.grouped(Int64(count))
  }

  mutating func arrivals(_ extracts: [FileRecord], absent: [String]) throws(Problem) {
    page.section("arrivals", zh: "到达", en: "Arrivals")
    page.table(
      captionZh: "送达的文件", "Files delivered",
      [.init("文件", "File"), .init("字节", "Bytes", number: true), .init("SHA-256", "")],
      extracts.map { [.code($0.path), .number($0.bytes), .code($0.sha256)] }
        + absent.map { [.code($0), .text("未送达 not delivered"), .text("")] })
    guard let path = path(.ingest, "deliveries.arrow") else { return }
    try page.deliveries(Table(path))
  }

  mutating func quarantine() throws(Problem) {
    guard let path = path(.ingest, "quarantine.arrow") else { return }
    let counts = try Counts(path, by: ["source", "code", "field"])
    page.section("quarantine", zh: "隔离", en: "Quarantine")
    if counts.rows.isEmpty {
      page.paragraph(zh: "没有隔离记录。", en: "No record was quarantined.")
      return
    }
    page.table(
      captionZh: "按来源、原因和字段", "By source, code and field",
      [.init("来源", "Source"), .init("原因", "Code"), .init("字段", "Field"), .init("记录", "Records", number: true)],
      counts.rows.map { row in row.key.map { .code($0) } + [.number(row.count)] })
  }

  mutating func controlTotals() {
    page.section("totals", zh: "控制总数", en: "Control totals")
    for record in records where !record.equations.isEmpty {
      page.table(
        captionZh: "阶段 \(record.stage.rawValue)", "Stage \(record.stage.rawValue)",
        [.init("项目", "What"), .init("构成", "Total = parts"), .init("数值", "Value", number: true), .init("平衡", "Holds")],
        record.equations.flatMap(lines))
    }
  }

  /// The total, then each part on a line of its own, so that numbers stand below one another; parts of 0 are left out.
  private func lines(of equation: ConservationEquation) -> [[HTMLPage.Cell]] {
    func value(_ value: Int64) -> HTMLPage.Cell {
      equation.unit == .rows ? .number(Int(value)) : .amount(minorUnits: value)
    }
    let total: [HTMLPage.Cell] = [
      .text(equation.name), .text(equation.totalName), value(equation.total),
      .text(equation.holds ? "是 yes" : "否 no"),
    ]
    let parts = equation.parts.filter { $0.value != 0 }.enumerated().map { index, part -> [HTMLPage.Cell] in
      [.text(""), .text((index == 0 ? "= " : "+ ") + part.name), value(part.value), .text("")]
    }
    return [total] + parts
  }

  mutating func segments() throws(Problem) {
    guard let path = path(.tag, "tags.arrow") else { return }
    let schema = try Table(path).schema
    page.section("segments", zh: "分层与经营模式", en: "Segments")
    if schema["tier"] != nil {
      let titles = pipeline.tag.policy.tiers.map { ($0.id, $0.title) }
      try segment(path, "tier", captionZh: "资产等级", "Asset tier", titles)
    }
    if schema["mode"] != nil {
      let titles = [
        (OperatingMode.assisted.rawValue, BilingualText(zh: "经理经营", en: "Assisted")),
        (OperatingMode.direct.rawValue, BilingualText(zh: "直营", en: "Direct")),
        (OperatingMode.held.rawValue, BilingualText(zh: "暂缓（资产未知）", en: "Held (AUM not known)")),
      ]
      try segment(path, "mode", captionZh: "经营模式", "Operating mode", titles)
    }
  }

  private mutating func segment(
    _ path: String, _ column: String, captionZh: String, _ captionEn: String,
    _ titles: [(id: String, title: BilingualText)]
  ) throws(Problem) {
    let counts = try Counts(path, by: [column])
    func count(_ id: String) -> Int { counts.rows.first { $0.key == [id] }?.count ?? 0 }
    var rows: [[HTMLPage.Cell]] = titles.map {
      [.text("\($0.title.zh) \($0.title.en)"), .share(count($0.id), of: counts.total)]
    }
    if count("") > 0 { rows.append([.text("未知 Not known"), .share(count(""), of: counts.total)]) }
    page.table(
      captionZh: captionZh, captionEn, [.init("客户", "Customers"), .init("人数与占比", "Count and share", number: true)], rows
    )
  }

  mutating func decisions() throws(Problem) {
    guard let path = path(.broadcast, "decisions.arrow") else { return }
    page.section("decisions", zh: "名单与决定", en: "Lists and decisions")
    let reasons = Dictionary(
      DecisionReason.allCases.map { ($0.rawValue, $0.title) }
        + pipeline.broadcast.suppressions.map { ($0.reason, $0.title) }, uniquingKeysWith: { first, _ in first })
    let statuses = ["sent": "发送 sent", "suppressed": "不发送 suppressed"]
    let counts = try Counts(path, by: ["campaign", "status", "reason"])
    for campaign in pipeline.broadcast.campaigns {
      let own = counts.rows.filter { $0.key[0] == campaign.id }
      let total = own.reduce(0) { $0 + $1.count }
      page.table(
        captionZh: "\(campaign.title.zh)（\(campaign.id)）", campaign.title.en,
        [.init("决定", "Decision"), .init("原因", "Reason"), .init("人数与占比", "Count and share", number: true)],
        own.map { row in
          let title = reasons[row.key[2]].map { " \($0.zh) \($0.en)" } ?? ""
          return [.text(statuses[row.key[1]] ?? row.key[1]), .text(row.key[2] + title), .share(row.count, of: total)]
        })
    }
    let lists = records.first { $0.stage == .broadcast }?.tables.filter { $0.path.hasPrefix("lists/") } ?? []
    page.table(
      captionZh: "名单", "Lists", [.init("名单", "List"), .init("行数", "Rows", number: true)],
      lists.map { [.code($0.path), .number($0.rows)] })
  }

  mutating func figures() {
    page.section("figures", zh: "各阶段数字", en: "Figures of the stages")
    for record in records where !record.figures.isEmpty {
      page.table(
        captionZh: "阶段 \(record.stage.rawValue)", "Stage \(record.stage.rawValue)",
        [.init("名称", "Name"), .init("数值", "Value", number: true)],
        record.figures.map { [.code($0.name), .number($0.value)] })
    }
  }

  mutating func origin(_ previousRun: Manifest.Predecessor?) {
    page.section("origin", zh: "依据", en: "Made from")
    let previous = previousRun.map { "\($0.businessDate), manifest \($0.manifestSha256)" }
    page.paragraph(
      zh: "上一次发布的运行：\(previous ?? "无")", en: "Previous published run: \(previous ?? "none")")
    page.table(
      captionZh: "定义文件", "Definition files", [.init("文件", "File"), .init("SHA-256", "")],
      pipeline.files.map { [.code($0.path), .code($0.sha256)] })
  }
}
