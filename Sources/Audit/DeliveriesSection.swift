import Basics
import Columns

extension HTMLPage {
  /// How each source's delivery was taken: what was read, what was carried forward, what a person accepted.
  mutating func deliveries(_ table: Table) throws(Problem) {
    let counts = ["stated", "read", "accepted", "quarantined", "carried", "replaced", "deleted", "aged", "rows"]
    let others = [
      "source", "file", "business_date", "delivered", "accepted_by_hand", "sum", "before_delivered", "before_read",
      "before_sum",
    ]
    guard (counts + others).allSatisfy({ table.schema[$0] != nil }) else { return }
    var columns: [String: Column] = [:]
    for name in counts + others { columns[name] = try table.column(name) }
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
    try comparison(Array(rows), columns)
    try exceptions(rows.filter { columns["accepted_by_hand"]?.isNull($0) == false }, columns)
  }

  /// Tonight's figures beside those of each source's last accepted delivery.
  private mutating func comparison(_ rows: [Int], _ columns: [String: Column]) throws(Problem) {
    func value(_ name: String, _ row: Int) -> Int64? {
      columns[name].flatMap { $0.isNull(row) ? nil : $0.integer(row) }
    }
    let compared = rows.filter { value("read", $0) != nil && value("before_read", $0) != nil }
    if compared.isEmpty { return }
    func amount(_ name: String, _ row: Int) -> Cell {
      value(name, row).map { .amount(minorUnits: $0) } ?? .text("")
    }
    table(
      captionZh: "与上次接收的对比", "Beside the last accepted delivery",
      [
        .init("来源", "Source"), .init("上次", "Last"), .init("上次读入", "Read then", number: true),
        .init("本次读入", "Read now", number: true), .init("变化", "Change", number: true),
        .init("上次金额", "Sum then", number: true), .init("本次金额", "Sum now", number: true),
      ],
      compared.map { row in
        let (now, before) = (value("read", row) ?? 0, value("before_read", row) ?? 0)
        return [
          .code(columns["source"]?.text(row) ?? ""), .code(columns["before_delivered"]?.text(row) ?? ""),
          .number(Int(before)), .number(Int(now)), .text(Self.change(from: before, to: now)), amount("before_sum", row),
          amount("sum", row),
        ]
      })
  }

  /// `+1.5 %`, in tenths cut towards zero: the same text on every machine.
  static func change(from before: Int64, to now: Int64) -> String {
    if before == now { return "0.0 %" }
    guard before > 0 else { return "" }
    let tenths = (now - before).magnitude * 1_000 / before.magnitude
    return "\(now < before ? "-" : "+")\(tenths / 10).\(tenths % 10) %"
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
