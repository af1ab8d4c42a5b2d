import Testing

@testable import Columns

@Suite struct ByteInternerTests {
  @Test func numbersAreThoseOfADictionary() {
    var generator = SeededGenerator(seed: 7)
    let interner = ByteInterner()
    var reference: [String: Int32] = [:]
    var order: [String] = []
    for _ in 0..<20_000 {
      let text =
        String(repeating: "客", count: Int.random(in: 0...9, using: &generator))
        + String(Int.random(in: 0..<3000, using: &generator))
      let number = interner.intern(text)
      if reference[text] == nil {
        reference[text] = Int32(order.count)
        order.append(text)
      }
      #expect(reference[text] == number)
    }
    #expect(interner.count == order.count)
    #expect(order.indices.allSatisfy { interner.string(Int32($0)) == order[$0] })
    #expect(Array("none".utf8).withUnsafeBytes { interner.find($0) } == nil)
    #expect(Array(order[5].utf8).withUnsafeBytes { interner.find($0) } == 5)
  }

  @Test func theEmptyTextIsATextToo() {
    let interner = ByteInterner()
    #expect(interner.intern("") == 0)
    #expect(interner.intern("a") == 1)
    #expect(interner.intern("") == 0)
    #expect(interner.string(0) == "")
  }
}

@Suite struct CivilDayTests {
  @Test(arguments: [
    (0, "1970-01-01"), (-1, "1969-12-31"), (11_016, "2000-02-29"), (20_777, "2026-11-20"), (-719_528, "0000-01-01"),
    (2_932_896, "9999-12-31"), (2_932_897, "10000-01-01"), (-719_529, "-0001-12-31"),
  ])
  func daysAsText(days: Int, text: String) { #expect(CivilDay.text(days) == text) }

  @Test func everyDayOf800YearsFollowsTheLast() {
    var (year, month, day) = (1600, 1, 1)
    var days = CivilDay.days(year: year, month: month, day: day)
    while year < 2400 {
      #expect(CivilDay.date(days) == (year, month, day))
      if CivilDay.days(year: year, month: month, day: day) != days { Issue.record("\(year)-\(month)-\(day)") }
      day += 1
      if day > CivilDay.daysInMonth(year: year, month: month) { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
      days += 1
    }
  }

  @Test(arguments: [
    ("2026-11-20", 20_777), ("2024-02-29", 19_782), ("2023-02-29", nil), ("2026-13-01", nil), ("2026-00-10", nil),
    ("2026-11-31", nil), ("2026-1-1", nil), ("2026/11/20", nil), ("20261120", nil), ("", nil), ("2026-11-2x", nil),
  ])
  func textAsDay(text: String, days: Int?) {
    #expect(Array(text.utf8).withUnsafeBytes { CivilDay.day(of: $0) } == days)
  }

  @Test func farTimestampsDoNotTrap() {
    #expect(CivilDay.text(seconds: Int64.max).hasSuffix("T15:30:07"))
    #expect(CivilDay.text(seconds: Int64.min).hasSuffix("T08:29:52"))
  }
}
