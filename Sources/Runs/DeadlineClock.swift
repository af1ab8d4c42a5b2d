import Basics
import Definition
import Foundation
import Standards

/// What the clock said when a night was looked at, and what deadlines mean in the bank's zone.
struct DeadlineClock: Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  let now: Int64
  private let zone: TimeZone

  /// - Throws: `Problems` of kind `.definition` where this machine does not know the zone.
  init(now: Int64, zone name: String) throws(Problems) {
    guard let zone = TimeZone(identifier: name) else {
      throw Problems(
        .definition,
        [
          Problem(
            "unknown_time_zone", "this machine does not know the pipeline's time zone", found: "\"\(name)\"",
            advice: "Install its time zone data")
        ])
    }
    self.now = now
    self.zone = zone
  }

  func hasPassed(_ deadline: Deadline, of date: CalendarDate) -> Bool { now >= seconds(deadline, of: date) }

  /// A time that clocks leave out in spring is the time as long after midnight.
  private func seconds(_ deadline: Deadline, of date: CalendarDate) -> Int64 {
    let day = date.adding(days: deadline.days)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let components = DateComponents(
      year: day.year, month: day.month, day: day.day, hour: deadline.hour, minute: deadline.minute)
    return Int64((calendar.date(from: components) ?? .distantFuture).timeIntervalSince1970)
  }

  /// `2026-11-21 06:30 Asia/Shanghai`
  func text(_ deadline: Deadline, of date: CalendarDate) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(date.adding(days: deadline.days)) \(two(deadline.hour)):\(two(deadline.minute)) \(zone.identifier)"
  }
}
