/// Days since 1970-01-01 as dates of the proleptic Gregorian calendar, and back.
///
/// The arithmetic is that of 400-year eras beginning on 1 March, where leap days come last
/// (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
public enum CivilDay {
  public static let secondsADay: Int64 = 86_400

  /// Month from 1, day from 1; the date is not checked.
  @inlinable
  public static func days(year: Int, month: Int, day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The date of a day; any Int32 is safe.
  @inlinable
  public static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  public static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  public static func daysInMonth(year: Int, month: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// `yyyy-MM-dd`; a year before 0 or after 9999 gets a sign or more digits.
  public static func text(_ days: Int) -> String {
    let (year, month, day) = date(days)
    return "\(year < 0 ? "-" : "")\(padded(Int(year.magnitude), 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// `yyyy-MM-ddTHH:mm:ss` of seconds since 1970-01-01T00:00:00; any Int64 is safe.
  public static func text(seconds: Int64) -> String {
    let (quotient, remainder) = seconds.quotientAndRemainder(dividingBy: secondsADay)
    let ofDay = Int(remainder < 0 ? remainder + secondsADay : remainder)
    let days = Int(remainder < 0 ? quotient - 1 : quotient)
    return "\(text(days))T\(padded(ofDay / 3600, 2)):\(padded(ofDay / 60 % 60, 2)):\(padded(ofDay % 60, 2))"
  }

  /// The day of `yyyy-MM-dd` exactly (ten ASCII bytes, a date that exists), or nil.
  public static func day(of text: UnsafeRawBufferPointer) -> Int? {
    guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for index in range {
        let digit = Int(text[index]) - 48
        guard 0...9 ~= digit else { return nil }
        value = value * 10 + digit
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      1...12 ~= month, day >= 1, day <= daysInMonth(year: year, month: month)
    else { return nil }
    return days(year: year, month: month, day: day)
  }

  static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
