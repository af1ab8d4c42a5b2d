import Testing

@testable import Linkage

@Suite struct DatePartsTests {
  private func parts(_ text: String, isDayFirst: Bool = true) -> DateParts? {
    Array(text.utf16).withUnsafeBufferPointer { DateParts($0, isDayFirst: isDayFirst) }
  }

  @Test(arguments: [
    ("1949-07-22", 1949, 7, 22), ("1949-7-2", 1949, 7, 2), ("19490722", 1949, 7, 22), ("22.7.1949", 1949, 7, 22),
    ("22/07/1949", 1949, 7, 22), ("1949/07/22", 1949, 7, 22), ("1949-07-22 00:00:00", 1949, 7, 22),
    ("1949", 1949, 0, 0),
    ("1949-07", 1949, 7, 0), ("1836-21-01", 1836, 21, 1), ("1949年7月22日", 1949, 7, 22),
  ])
  func reads(text: String, year: Int, month: Int, day: Int) {
    let parts = parts(text)
    #expect(parts.map { [Int($0.year), Int($0.month), Int($0.day)] } == [year, month, day])
  }

  @Test(arguments: ["", "unknown", "12", "123456789", "--"])
  func refuses(text: String) { #expect(parts(text) == nil) }

  @Test func monthFirst() {
    #expect(parts("03/04/2001", isDayFirst: false) == parts("2001-03-04"))
    #expect(parts("03/04/2001") == parts("2001-04-03"))
  }

  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017), ("1900-03-01", -25_508),
    ("1600-01-01", -135_140),
  ])
  func numbersDays(text: String, days: Int32) { #expect(parts(text)?.days == days) }

  @Test func noDayWithoutAMonth() {
    #expect(parts("1949")?.days == .min)
    #expect(parts("1949-13-01")?.days == .min)
  }

  /// One day is one value, so that records of files with different formats meet in a block.
  @Test(arguments: [
    ("22/07/1949", "1949-07-22"), ("19490722", "1949-07-22"), ("1949-07-22 00:00:00", "1949-07-22"),
    ("1949", "1949-00-00"), ("1836-21-1", "1836-21-01"), ("unknown", "unknown"), ("1949-07-222", "1949-07-222"),
  ])
  func oneValueHoweverWritten(text: String, standard: String) {
    let field = SmallRecords.field(.date, [text, standard])
    #expect(field.text(0) == standard)
    #expect(field.codes[0] == field.codes[1])
    #expect(BlockKeys.key(field, field.codes[0], .exact) == BlockKeys.key(field, field.codes[1], .exact))
  }

  @Test func packsDigits() { #expect(parts("1949-07-22")?.digits == 0x1949_0722) }
}
