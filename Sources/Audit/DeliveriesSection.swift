import Basics
import Columns

extension HTMLPage {
  /// How each source's delivery was taken: what was read, what was carried forward, what a person accepted.
  mutating func deliveries(_ table: Table) throws(Problem) {
    let counts = ["stated", "read", "accepted", "quarantined", "carried", "replaced", "deleted", "aged", "rows"]
    let texts = ["source", "file", "business_date", "delivered", "accepted_by_hand"]
    guard (counts + texts).allSatisfy({ table.schema[$0] != nil }) else { return }
    var columns: [String: Column] = [:]
    for name in counts + texts { columns[name] = try table.column(name) }
    func cell(_ name: String, _ row: Int) -> Cell {
      guard let column = columns[name], !column.isNull(row) else { return .text("") }
      return counts.contains(name) ? .number(Int(column.integer(row))) : .code(column.text(row))
    }
    let rows = 0..<table.rowCount
    // Columns of accumulating sources are shown where there are some.
    let shown = counts.filter { name in
      ["read", "accepted", "quarantined", "rows"].contains(name) || rows.contains { columns[name]?.integer($0) != 0 }
    }
    self.table(
      captionZh: "记录", "Records",
      [.init("来源", "Source"), .init("文件", "File"), .init("数据日期", "Delivered for")] + shown.map(Self.heading),
      rows.map { row in
        [cell("source", row), cell("file", row), cell("delivered", row)] + shown.map { cell($0, row) }
      })
    try exceptions(rows.filter { columns["accepted_by_hand"]?.isNull($0) == false }, columns)
  }

  private mutating func exceptions(_ rows: [Int], _ columns: [String: Column]) throws(Problem) {
    if rows.isEmpty { return }
    table(
      captionZh: "人工放行", "Accepted by hand", [.init("来源", "Source"), .init("理由", "Reason")],
      rows.map { row in
        [.code(columns["source"]?.text(row) ?? ""), .text(columns["accepted_by_hand"]?.text(row) ?? "")]
      })
  }

  private static func heading(_ column: String) -> Heading {
    let titles = [
      "stated": ("申报", "Stated"), "read": ("读入", "Read"), "accepted": ("接收", "Accepted"),
      "quarantined": ("隔离", "Quarantined"), "carried": ("沿用", "Carried"), "replaced": ("替换", "Replaced"),
      "deleted": ("删除", "Deleted"), "aged": ("过期", "Aged out"), "rows": ("合计", "Rows"),
    ]
    let title = titles[column] ?? (column, column)
    return Heading(title.0, title.1, number: true)
  }
}
