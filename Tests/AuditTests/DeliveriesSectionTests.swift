import Basics
import Columns
import TestSupport
import Testing

@testable import Audit

struct DeliveriesSectionTests {
  private static let numbers = [
    "stated", "read", "accepted", "quarantined", "carried", "replaced", "deleted", "aged", "rows", "before_read",
  ]

  private func page(_ rows: [[String: Any]]) throws -> String {
    let folder = try TemporaryFolder()
    let texts = ["source", "file", "accepted_by_hand"].map { ColumnSpec($0, .utf8) }
    let dates = ["business_date", "delivered", "before_delivered"].map { ColumnSpec($0, .date) }
    let money = ["sum", "before_sum"].map { ColumnSpec($0, .money) }
    let schema = TableSchema("deliveries", texts + dates + money + Self.numbers.map { ColumnSpec($0, .int64) })
    let writer = try TableWriter(folder.path + "/deliveries.arrow", schema: schema)
    for row in rows {
      for spec in schema.columns {
        switch row[spec.name] {
        case let text as String: writer.column(spec.name).append(text)
        case let number as Int: writer.column(spec.name).append(Int64(number))
        default: writer.column(spec.name).appendNull()
        }
      }
      try writer.endRow()
    }
    _ = try writer.finish()
    var page = HTMLPage()
    try page.deliveries(Table(folder.path + "/deliveries.arrow"))
    return page.body
  }

  @Test func showsWhatIsThereAndNoMore() throws {
    let row: [String: Any] = [
      "source": "people", "file": "people.csv", "business_date": 20_000, "delivered": 20_000, "read": 3, "accepted": 2,
      "quarantined": 1, "rows": 2,
    ]
    let plain = try page([row])
    #expect(plain.contains("<code>people.csv</code>") && plain.contains("Delivered for"))
    for word in ["Carried", "Accepted by hand", "Beside the last"] { #expect(!plain.contains(word)) }
    let carried: [String: Any] = [
      "source": "mail", "file": "mail.csv", "business_date": 20_000, "delivered": 19_999, "carried": 1_234,
      "rows": 1_234,
    ]
    #expect(try page([row, carried]).contains("<td class=\"number\">1,234</td>"))
    let other = row.merging([
      "accepted_by_hand": "<b> Li said so", "before_delivered": 19_999, "before_read": 2, "before_sum": -150,
      "sum": 100,
    ]) { $1 }
    let compared = try page([row, other])
    #expect(compared.contains("&lt;b&gt; Li said so"))
    #expect(compared.contains("<td>+50.0 %</td><td class=\"number\">-1.50</td><td class=\"number\">1.00</td>"))
  }

  @Test(arguments: [(2, 2, "0.0 %"), (3, 2, "-33.3 %"), (1_000, 1_001, "+0.1 %"), (0, 5, ""), (5, 0, "-100.0 %")])
  func changesAreInTenthsOfAPercent(before: Int64, now: Int64, text: String) {
    #expect(HTMLPage.change(from: before, to: now) == text)
  }
}
