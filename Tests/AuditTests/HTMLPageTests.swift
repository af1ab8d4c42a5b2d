import Testing

@testable import Audit

struct HTMLPageTests {
  @Test func escapesAndGroups() {
    #expect(HTMLPage.escaped("<a href=\"x\">&") == "&lt;a href=&quot;x&quot;&gt;&amp;")
    for (value, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567")] as [(Int64, String)] {
      #expect(HTMLPage.grouped(value) == text)
    }
    for (value, text) in [(0, "0.00"), (5, "0.05"), (-123_456_789, "-1,234,567.89")] as [(Int64, String)] {
      #expect(HTMLPage.amount(value) == text)
    }
    #expect(
      HTMLPage.Cell.share(1, of: 3).html(tag: "td")
        == "<td class=\"number\">1 <span class=\"share\"><span style=\"width:33.3%\"></span></span> 33.3 %</td>")
    #expect(HTMLPage.Cell.share(0, of: 0).html(tag: "td").contains("0.0 %"))
  }

  @Test func tablesHaveCaptionsAndScopes() {
    var page = HTMLPage()
    page.table(
      captionZh: "甲", "A", [.init("列", "Column"), .init("数", "Number", number: true)], [[.text("<x>"), .number(1)]])
    #expect(
      page.body == """
        <table>
        <caption><span lang="zh">甲</span> <span class="en">A</span></caption>
        <thead><tr><th scope="col"><span lang="zh">列</span> <span class="en">Column</span></th><th scope="col" \
        class="number"><span lang="zh">数</span> <span class="en">Number</span></th></tr></thead>
        <tbody>
        <tr><th scope="row">&lt;x&gt;</th><td class="number">1</td></tr>
        </tbody>
        </table>

        """)
    let document = page.document(titleZh: "夜", titleEn: "Night")
    #expect(document.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(!document.contains("http"))
  }
}
