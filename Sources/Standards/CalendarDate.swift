/// A day of the proleptic Gregorian calendar, counted from 1970-01-01.
///
/// Source: ISO 8601; the arithmetic is the usual one over eras of 400 years that begin on 1 March.
public struct CalendarDate: Hashable, Comparable, Sendable {
  /// 0 is 1970-01-01.
  public var days: Int32

  public init(days: Int32) { self.days = days }

  /// Nil where there is no such day. Years 1 to 9999.
  public init?(year: Int, month: Int, day: Int) {
    guard year >= 1, year <= 9999, month >= 1, month <= 12, day >= 1 else { return nil }
    guard day <= CalendarDate.days(inMonth: month, of: year) else { return nil }
    // Counting from March puts the leap day at the end of the year.
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    days = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// 9999-12-31, which many systems write for "no end".
  public static let distantFuture = CalendarDate(days: 2_932_896)

  public static func < (a: CalendarDate, b: CalendarDate) -> Bool { a.days < b.days }

  /// Year, month and day.
  public var parts: (year: Int, month: Int, day: Int) {
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  public var year: Int { parts.year }
  public var month: Int { parts.month }
  public var day: Int { parts.day }

  /// 1 is Monday, 7 is Sunday (ISO 8601).
  public var weekday: Int {
    let remainder = (Int(days) + 3) % 7
    return (remainder < 0 ? remainder + 7 : remainder) + 1
  }

  public var isLeapYear: Bool { CalendarDate.isLeap(year) }

  public static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  public func adding(days count: Int) -> CalendarDate { CalendarDate(days: days + Int32(count)) }

  /// Days from `other` to this day; negative where `other` is later.
  public func days(since other: CalendarDate) -> Int { Int(days) - Int(other.days) }

  /// Completed years on `day`; who was born on 29 February grows older on 1 March of common years.
  public func age(on day: CalendarDate) -> Int {
    let (bornYear, bornMonth, bornDay) = parts
    let (year, month, dayOfMonth) = day.parts
    let hasHadBirthday = month > bornMonth || (month == bornMonth && dayOfMonth >= bornDay)
    return year - bornYear - (hasHadBirthday ? 0 : 1)
  }

  /// `20261120`
  public var compact: String { text(separator: nil) }

  /// Appends `2026-11-20`, or `20261120` for a nil separator.
  public func append(to output: inout [UInt8], separator: UInt8? = UInt8(ascii: "-")) {
    let (year, month, day) = parts
    appendDigits(year, width: 4, to: &output)
    if let separator { output.append(separator) }
    appendDigits(month, width: 2, to: &output)
    if let separator { output.append(separator) }
    appendDigits(day, width: 2, to: &output)
  }

  private func text(separator: UInt8?) -> String {
    var bytes: [UInt8] = []
    append(to: &bytes, separator: separator)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension CalendarDate: CustomStringConvertible {
  /// `2026-11-20`
  public var description: String { text(separator: UInt8(ascii: "-")) }
}

extension CalendarDate {
  /// How a source writes its days; years always have four digits, as two do not say the century.
  public enum Format: String, Sendable, CaseIterable {
    case compact = "yyyyMMdd"
    case dashed = "yyyy-MM-dd"
    case slashed = "yyyy/MM/dd"
    case dotted = "yyyy.MM.dd"
    case dayFirstSlashed = "dd/MM/yyyy"
    case dayFirstDotted = "dd.MM.yyyy"
    case dayFirstDashed = "dd-MM-yyyy"
    case monthFirstSlashed = "MM/dd/yyyy"
    /// Month and day may have one digit: `2026年1月2日`.
    case chinese = "yyyy年M月d日"
  }

  /// Nil unless the bytes are exactly one existing day in this format; surrounding spaces are the caller's.
  public init?(_ bytes: UnsafeRawBufferPointer, format: Format = .dashed) {
    switch format {
    case .compact:
      guard bytes.count == 8 else { return nil }
      self.init(bytes, yearAt: 0, monthAt: 4, dayAt: 6)
    case .dashed: self.init(yearFirst: bytes, UInt8(ascii: "-"))
    case .slashed: self.init(yearFirst: bytes, UInt8(ascii: "/"))
    case .dotted: self.init(yearFirst: bytes, UInt8(ascii: "."))
    case .dayFirstSlashed: self.init(yearLast: bytes, UInt8(ascii: "/"), monthAt: 3, dayAt: 0)
    case .dayFirstDotted: self.init(yearLast: bytes, UInt8(ascii: "."), monthAt: 3, dayAt: 0)
    case .dayFirstDashed: self.init(yearLast: bytes, UInt8(ascii: "-"), monthAt: 3, dayAt: 0)
    case .monthFirstSlashed: self.init(yearLast: bytes, UInt8(ascii: "/"), monthAt: 0, dayAt: 3)
    case .chinese:
      self.init(chinese: bytes)
    }
  }

  public init?(_ text: String, format: Format = .dashed) {
    var text = text
    guard let date = text.withUTF8({ CalendarDate(UnsafeRawBufferPointer($0), format: format) }) else { return nil }
    self = date
  }

  /// Fixed places: four digits of the year and two each of month and day.
  init?(_ bytes: UnsafeRawBufferPointer, yearAt: Int, monthAt: Int, dayAt: Int) {
    guard let year = digits(bytes, yearAt, 4), let month = digits(bytes, monthAt, 2), let day = digits(bytes, dayAt, 2)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  private init?(yearFirst bytes: UnsafeRawBufferPointer, _ separator: UInt8) {
    guard bytes.count == 10, bytes[4] == separator, bytes[7] == separator else { return nil }
    self.init(bytes, yearAt: 0, monthAt: 5, dayAt: 8)
  }

  private init?(yearLast bytes: UnsafeRawBufferPointer, _ separator: UInt8, monthAt: Int, dayAt: Int) {
    guard bytes.count == 10, bytes[2] == separator, bytes[5] == separator else { return nil }
    self.init(bytes, yearAt: 6, monthAt: monthAt, dayAt: dayAt)
  }

  private init?(chinese bytes: UnsafeRawBufferPointer) {
    var reader = ScalarReader(bytes)
    var together = 0
    for mark: UInt32 in [0x5E74, 0x6708, 0x65E5] {  // 年 月 日
      var number = 0
      var count = 0
      while let scalar = reader.next(), scalar != mark {
        guard scalar >= 48, scalar <= 57, count < 4 else { return nil }
        number = number * 10 + Int(scalar - 48)
        count += 1
      }
      guard count == 4 || (mark != 0x5E74 && (count == 1 || count == 2)) else { return nil }
      together = together * (mark == 0x5E74 ? 1 : 100) + number
    }
    guard reader.isAtEnd, bytes.count >= 3, bytes[bytes.count - 1] == 0xA5 else { return nil }
    self.init(year: together / 10_000, month: together / 100 % 100, day: together % 100)
  }
}

/// The number of exactly `count` ASCII digits at `offset`, or nil.
@inline(__always)
func digits(_ bytes: UnsafeRawBufferPointer, _ offset: Int, _ count: Int) -> Int? {
  guard offset + count <= bytes.count else { return nil }
  var value = 0
  for index in offset..<offset + count {
    let digit = bytes[index] &- 48
    if digit > 9 { return nil }
    value = value &* 10 &+ Int(digit)
  }
  return value
}

/// Appends `value` in decimal with leading zeros; more digits than `width` are cut from the left.
func appendDigits(_ value: Int, width: Int, to output: inout [UInt8]) {
  var divisor = 1
  for _ in 1..<width { divisor *= 10 }
  while divisor > 0 {
    output.append(UInt8(48 + value / divisor % 10))
    divisor /= 10
  }
}
