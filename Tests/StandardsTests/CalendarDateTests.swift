import Testing

@testable import Standards

@Suite struct CalendarDateTests {
  @Test(arguments: [
    (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2026, 11, 20, 20_777), (9999, 12, 31, 2_932_896),
    (1, 1, 1, -719_162),
  ])
  func countsDays(year: Int, month: Int, day: Int, days: Int) throws {
    let date = try #require(CalendarDate(year: year, month: month, day: day))
    #expect(date.days == Int32(days))
    #expect(date.parts == (year, month, day))
  }

  @Test func everyDayOfSixCenturiesFollowsTheLast() throws {
    var date = try #require(CalendarDate(year: 1800, month: 1, day: 1))
    // The slow reference: count days by hand.
    for year in 1800..<2400 {
      for month in 1...12 {
        for day in 1...CalendarDate.days(inMonth: month, of: year) {
          guard date.parts == (year, month, day), CalendarDate(year: year, month: month, day: day) == date else {
            Issue.record("\(year)-\(month)-\(day) is \(date)")
            return
          }
          date = date.adding(days: 1)
        }
      }
    }
  }

  @Test(arguments: [
    (2026, 2, 29), (1900, 2, 29), (2026, 13, 1), (2026, 0, 1), (2026, 4, 31), (2026, 1, 0), (0, 1, 1),
  ])
  func refusesImpossibleDays(year: Int, month: Int, day: Int) {
    #expect(CalendarDate(year: year, month: month, day: day) == nil)
  }

  @Test(
    arguments: [
      ("20261120", CalendarDate.Format.compact, "2026-11-20"), ("2026-11-20", .dashed, "2026-11-20"),
      ("2026/11/20", .slashed, "2026-11-20"), ("2026.11.20", .dotted, "2026-11-20"),
      ("20/11/2026", .dayFirstSlashed, "2026-11-20"), ("20.11.2026", .dayFirstDotted, "2026-11-20"),
      ("20-11-2026", .dayFirstDashed, "2026-11-20"), ("11/20/2026", .monthFirstSlashed, "2026-11-20"),
      ("11/20/2026", .dayFirstSlashed, nil), ("20/11/26", .dayFirstSlashed, nil), ("26-11-20", .dashed, nil),
      ("261120", .compact, nil), ("2026年1月2日", .chinese, "2026-01-02"),
      ("2026年11月02日", .chinese, "2026-11-02"), ("99991231", .compact, "9999-12-31"), ("20260229", .compact, nil),
      ("2026-1-02", .dashed, nil), ("2026-11-20 ", .dashed, nil), ("2026/11-20", .slashed, nil), ("", .compact, nil),
      ("2026年11月", .chinese, nil), ("2026年11月2日x", .chinese, nil), ("26年1月2日", .chinese, nil),
      ("２０２６1120", .compact, nil),
      ("2026年1月2", .chinese, nil), ("-0261120", .compact, nil),
    ] as [(String, CalendarDate.Format, String?)])
  func parses(text: String, format: CalendarDate.Format, expected: String?) {
    #expect(CalendarDate(text, format: format)?.description == expected)
  }

  @Test func readsBackWhatItWrites() throws {
    let date = try #require(CalendarDate("2026-03-05"))
    #expect(date.compact == "20260305")
    #expect(CalendarDate(date.compact, format: .compact) == date)
    #expect(CalendarDate.distantFuture.description == "9999-12-31")
  }

  @Test(arguments: [
    ("2000-02-29", "2025-02-28", 24), ("2000-02-29", "2025-03-01", 25), ("1990-05-05", "2026-05-05", 36),
    ("1990-05-05", "2026-05-04", 35), ("2026-11-20", "2026-11-20", 0),
  ])
  func growsOlder(born: String, day: String, age: Int) throws {
    #expect(try #require(CalendarDate(born)).age(on: #require(CalendarDate(day))) == age)
  }

  @Test(arguments: [("1970-01-01", 4), ("2026-11-20", 5), ("2026-11-22", 7), ("1969-12-29", 1)])
  func knowsWeekdays(text: String, weekday: Int) throws {
    #expect(try #require(CalendarDate(text)).weekday == weekday)
  }

  @Test func countsBetween() throws {
    let date = try #require(CalendarDate("2024-02-28"))
    #expect(date.isLeapYear)
    #expect(date.adding(days: 2).description == "2024-03-01")
    #expect(date.adding(days: -59).description == "2023-12-31")
    #expect(date.adding(days: 15).days(since: date) == 15)
  }
}

@Suite struct TimestampTests {
  @Test(
    arguments: [
      ("1970-01-01 00:00:01", Timestamp.Format.spaced, 1), ("2026-11-20T08:30:15", .iso, 1_795_163_415),
      ("20261120083015", .compact, 1_795_163_415), ("1969-12-31 23:59:59", .spaced, -1),
      ("2026-11-20 24:00:00", .spaced, nil),
      ("2026-11-20T08:60:15", .iso, nil), ("2026-11-20 08:30:15", .iso, nil), ("2026-11-20", .spaced, nil),
      ("20261320083015", .compact, nil),
    ] as [(String, Timestamp.Format, Int64?)])
  func parses(text: String, format: Timestamp.Format, seconds: Int64?) {
    let time = Timestamp(text, format: format)
    #expect(time?.seconds == seconds)
    if let time { #expect(time.text(format) == text) }
  }

  @Test func splits() throws {
    let time = try #require(Timestamp("1969-12-31 23:59:59"))
    #expect(time.date.description == "1969-12-31")
    #expect(time.secondOfDay == 86_399)
    #expect(time.hour == 23)
    #expect(time.description == "1969-12-31 23:59:59")
  }
}
