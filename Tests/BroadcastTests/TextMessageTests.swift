import Basics
import Testing

@testable import Broadcast
@testable import Definition

struct TextMessageTests {
  @Test(arguments: [
    (0, 1), (1, 1), (70, 1), (71, 2), (134, 2), (135, 3), (160, 3), (201, 3), (202, 4), (500, 8),
  ])
  func segments(units: Int, segments: Int) {
    #expect(TextMessage.segments(units: units) == segments)
  }

  @Test(arguments: ["", "abc", "张伟", "𠀀", "a张𠀀é", "👨‍👩‍👧", "【归一银行】"])
  func `units are those of UTF-16`(text: String) {
    #expect(TextMessage.units(text.utf8) == text.utf16.count)
  }

  @Test func `a template is cut at its variables`() {
    let template = TemplateDefinition.test(
      .sms, "{name}，{aum}元{x}", signature: "归一", variables: ["name", "aum"])
    #expect(
      TemplateText(template).parts == [
        .literal("【归一】"), .column("name"), .literal("，"), .column("aum"), .literal("元{x}"),
      ])
    #expect(TemplateText(.test(.wecom, "{name}", variables: ["name"])).parts == [.column("name")])
    #expect(TemplateText(.test(.todo, "好")).parts == [.literal("好")])
  }

  @Test func `a message id begins its key's hash`() {
    let hash = ShortHash()
    for key in ["", "retail|2026-11-20|c|sms|G000000001", String(repeating: "长", count: 99)] {
      var digits: [UInt8] = []
      Array(key.utf8).withUnsafeBytes { hash.append(hashOf: $0, digits: 16, to: &digits) }
      #expect(String(decoding: digits, as: UTF8.self) == String(SHA256.of(key).prefix(16)))
    }
  }

  @Test(arguments: [
    "", "a", "a,b", "a\"b", "\"", "a\nb", "a\rb", "=1", "+1", "-1", "@x", "\tx", "\rx", "张,伟", "=a,\"b\"", "a=b",
  ])
  func `cells are those of CSVText, exact for machines, neutralised for people`(cell: String) {
    for isForPeople in [false, true] {
      var row = ListRow(isForPeople: isForPeople)
      row.start()
      row.append("x")
      row.append(cell)
      row.end()
      let expected = isForPeople ? CSVText.cellForPeople(cell) : cell
      #expect(String(decoding: row.bytes, as: UTF8.self) == CSVText.line(["x", expected]))
    }
  }
}
