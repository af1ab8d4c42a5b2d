import Basics
import Standards

/// Reads what the values of a field are held to: a range and a pattern.
struct FieldLimitReader {
  /// More than a lifetime away, a day is a mistake.
  private static let farthestDay = 73_050

  let type: FieldType
  /// Of amounts in the pipeline's currency.
  let decimals: Int
  let problems: ProblemCollector

  // MARK: Range

  func range(_ section: Section) -> (minimum: FieldBound?, maximum: FieldBound?) {
    guard [.integer, .money, .date, .timestamp].contains(type) else {
      for key in ["minimum", "maximum"] {
        section.refuse(key, because: "only numbers, amounts, dates and timestamps have a range")
      }
      return (nil, nil)
    }
    let minimum = section["minimum"].flatMap { bound($0, atEndOfDay: false) }
    let maximum = section["maximum"].flatMap { bound($0, atEndOfDay: true) }
    let isEmpty: Bool =
      switch (minimum, maximum) {
      case (.value(let low)?, .value(let high)?): low > high
      case (.businessDate(let low)?, .businessDate(let high)?): low > high
      default: false
      }
    if isEmpty, let value = section["minimum"] {
      problems.report("empty_range", "minimum is greater than maximum, so no value is right", at: value.place)
    }
    return (minimum, maximum)
  }

  private func bound(_ value: Value, atEndOfDay: Bool) -> FieldBound? {
    switch type {
    case .integer: return value.integer(in: Int.min...Int.max).map { .value(Int64($0)) }
    case .money: return value.money(decimals: decimals, signed: true).map(FieldBound.value)
    default: return day(value, atEndOfDay: atEndOfDay)
    }
  }

  /// `2026-01-31`, `business_date`, `business_date-30`; for timestamps also `2026-01-31 12:00:00`.
  private func day(_ value: Value, atEndOfDay: Bool) -> FieldBound? {
    guard let word = value.word() else { return nil }
    let name = "business_date"
    if word.text == name { return .businessDate(plusDays: 0) }
    if word.text.hasPrefix(name), let days = Int(word.text.dropFirst(name.count)),
      "+-".contains(word.text.dropFirst(name.count).prefix(1)), (-Self.farthestDay...Self.farthestDay).contains(days)
    {
      return .businessDate(plusDays: days)
    }
    if let date = CalendarDate(word.text) {
      guard type == .timestamp else { return .value(Int64(date.days)) }
      // A day alone is meant whole.
      let time = atEndOfDay ? Timestamp(date, hour: 23, minute: 59, second: 59) : Timestamp(date)
      return .value(time.seconds)
    }
    if type == .timestamp, let time = Timestamp(word.text) { return .value(time.seconds) }
    let forms = type == .timestamp ? "yyyy-MM-dd, yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd"
    problems.report(
      "bad_bound", "\(value.name) is not a day", at: word.place, found: "\"\(word.text)\"",
      expected: "\(forms), business_date, or business_date-30 for so many days before it")
    return nil
  }

  // MARK: Pattern

  func pattern(_ section: Section) -> TextPattern? {
    guard [.text, .code, .personName, .documentNumber, .mobile, .email].contains(type) else {
      section.refuse("pattern", because: "only texts and codes have a pattern")
      return nil
    }
    guard let value = section["pattern"], let word = value.word() else { return nil }
    do throws(TextPattern.Mistake) {
      return try TextPattern(word.text)
    } catch {
      problems.report(
        "bad_pattern", "pattern is not a text pattern: \(error.message)", at: word.place,
        found: "\"\(word.text)\", character \(error.character)")
      return nil
    }
  }
}
