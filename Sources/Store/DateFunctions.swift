import Basics
import CSQLite
import Columns

extension Database {
  /// Functions on dates for expressions: they depend on their arguments only, never on a clock.
  ///
  /// Dates are `yyyy-MM-dd`, or a timestamp whose time is left out. Null gives null; what is no date is an error.
  static let dateFunctions = ["add_days", "age_on", "days_between", "month_day"]

  func registerDateFunctions() throws(Problem) {
    // From the first to the second: negative where the second is earlier.
    try register("days_between", 2) { context, _, values in
      guard let first = date(values, 0, context), let second = date(values, 1, context) else { return }
      sqlite3_result_int64(context, Int64(second - first))
    }
    try register("add_days", 2) { context, _, values in
      guard let day = date(values, 0, context), let values, sqlite3_value_type(values[1]) != SQLITE_NULL else { return }
      let sum = Int64(day).addingReportingOverflow(sqlite3_value_int64(values[1]))
      guard !sum.overflow, yearsOfFourDigits ~= sum.partialValue else {
        sqlite3_result_error(context, "add_days: the result is not within the years 0 to 9999", -1)
        return
      }
      DateTexts.give(Int(sum.partialValue), to: context)
    }
    // `MM-dd`, for birthdays.
    try register("month_day", 1) { context, _, values in
      guard let day = date(values, 0, context) else { return }
      DateTexts.give(String(CivilDay.text(day).suffix(5)), to: context)
    }
    // Whole years; who was born on 29 February is a year older on 1 March of other years.
    try register("age_on", 2) { context, _, values in
      guard let birth = date(values, 0, context), let on = date(values, 1, context) else { return }
      let (a, b) = (CivilDay.date(birth), CivilDay.date(on))
      let isBefore = (b.month, b.day) < (a.month, a.day)
      sqlite3_result_int64(context, Int64(b.year - a.year - (isBefore ? 1 : 0)))
    }
  }

  private typealias Function =
    @convention(c) (
      OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?
    ) -> Void

  private func register(_ name: String, _ arguments: Int32, _ function: Function) throws(Problem) {
    let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
    try require(sqlite3_create_function_v2(handle, name, arguments, flags, nil, function, nil, nil, nil))
  }
}

private let yearsOfFourDigits =
  Int64(CivilDay.days(year: 0, month: 1, day: 1))..<Int64(CivilDay.days(year: 10_000, month: 1, day: 1))

/// An argument as a day; nil after the result is set: to null for null, to an error for what is no date.
private func date(
  _ values: UnsafeMutablePointer<OpaquePointer?>?, _ index: Int, _ context: OpaquePointer?
) -> Int? {
  guard let value = values?[index], sqlite3_value_type(value) != SQLITE_NULL else {
    sqlite3_result_null(context)
    return nil
  }
  if let text = sqlite3_value_text(value) {
    let count = Int(sqlite3_value_bytes(value))
    let isTimestamp = count == 19 && text[10] == UInt8(ascii: "T")
    if let day = CivilDay.day(of: UnsafeRawBufferPointer(start: text, count: isTimestamp ? 10 : count)) { return day }
  }
  // Without the value itself, which may be a person's.
  sqlite3_result_error(context, "argument \(index + 1) is not a date yyyy-MM-dd", -1)
  return nil
}
