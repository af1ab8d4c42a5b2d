import Standards
import Testing

@testable import Definition
@testable import Tag

struct BuiltInTests {
  static let policy = Policy(
    aumLine: 5_000_000,
    tiers: [("mass", 0), ("affluent", 5_000_000), ("high_net_worth", 50_000_000)].map {
      Policy.Tier(id: $0.0, title: BilingualText(zh: $0.0, en: $0.0), from: $0.1)
    })

  func rules(_ date: String) -> BuiltInTags {
    BuiltInTags(businessDate: CalendarDate(date)!, policy: Self.policy)
  }

  @Test(arguments: [
    ("1990-11-20", "2026-11-20", 36, true), ("1990-11-21", "2026-11-20", 35, false),
    ("1990-11-19", "2026-11-20", 36, false), ("2026-11-20", "2026-11-20", 0, true),
    // Born on 29 February: the 28th in common years, the day itself in leap years; a year older on 1 March.
    ("2000-02-29", "2027-02-28", 26, true), ("2000-02-29", "2027-03-01", 27, false),
    ("2000-02-29", "2028-02-28", 27, false), ("2000-02-29", "2028-02-29", 28, true),
    ("2000-02-28", "2027-02-28", 27, true), ("2000-02-28", "2028-02-29", 28, false),
    ("2000-02-29", "2100-02-28", 99, true),
  ])
  func birthdays(born: String, today: String, age: Int, isToday: Bool) throws {
    let birthday = try #require(rules(today).birthday(bornOn: CalendarDate(born)!))
    #expect(birthday.age == age)
    #expect(birthday.isToday == isToday)
  }

  @Test func `nobody is born tomorrow`() {
    #expect(rules("2026-11-20").birthday(bornOn: CalendarDate("2026-11-21")!) == nil)
  }

  @Test(arguments: [
    (Int64?(4_999_999), true, OperatingMode.direct, Int?(0)), (4_999_999, false, .direct, 0),
    (5_000_000, true, .assisted, 1), (5_000_000, false, .direct, 1), (5_000_001, true, .assisted, 1),
    (5_000_001, false, .direct, 1), (nil, true, .held, nil), (nil, false, .held, nil), (0, true, .direct, 0),
    (-100, true, .direct, 0), (49_999_999, true, .assisted, 1), (50_000_000, true, .assisted, 2),
  ])
  func `the line includes the number itself`(aum: Int64?, isManaged: Bool, mode: OperatingMode, tier: Int?) {
    let rules = rules("2026-11-20")
    #expect(rules.mode(aum: aum, hasActiveManager: isManaged) == mode)
    #expect(rules.tier(aum: aum) == tier)
  }
}
