import Columns

/// A date as three numbers, which need not be a day of the calendar: 1836-21-01 is compared too.
struct DateParts: Sendable, Equatable {
  var year: Int16 = 0
  var month: Int8 = 0
  var day: Int8 = 0
  /// Days since 1970-01-01; nil-like `Int32.min` where it is no day.
  var days: Int32 = .min

  var isKnown: Bool { year != 0 || month != 0 || day != 0 }

  /// From digits in groups (`1949-7-22`, `22.7.1949`) or eight together (`19490722`); nil where there are no such.
  ///
  /// - Parameter isDayFirst: of `03/04/2001`.
  init?(_ text: UnsafeBufferPointer<UInt16>, isDayFirst: Bool = true) {
    var groups = (0, 0, 0)
    var lengths = (0, 0, 0)
    var group = -1
    var inDigits = false
    for unit in text {
      guard unit >= 48, unit <= 57 else {
        inDigits = false
        continue
      }
      if !inDigits {
        inDigits = true
        group += 1
        if group > 2 { break }
      }
      let digit = Int(unit) - 48
      switch group {
      case 0: (groups.0, lengths.0) = (min(groups.0 * 10 + digit, 99_999_999), lengths.0 + 1)
      case 1: (groups.1, lengths.1) = (min(groups.1 * 10 + digit, 99_999), lengths.1 + 1)
      default: (groups.2, lengths.2) = (min(groups.2 * 10 + digit, 99_999), lengths.2 + 1)
      }
    }
    switch group {
    case 0 where lengths.0 == 8:
      self.init(year: groups.0 / 10_000, month: groups.0 / 100 % 100, day: groups.0 % 100)
    case 0 where lengths.0 == 4:
      self.init(year: groups.0, month: 0, day: 0)
    case 1 where lengths.0 == 4:
      self.init(year: groups.0, month: groups.1, day: 0)
    case 2..., 1:
      if lengths.0 >= 3 {
        self.init(year: groups.0, month: groups.1, day: groups.2)
      } else if isDayFirst {
        self.init(year: groups.2, month: groups.1, day: groups.0)
      } else {
        self.init(year: groups.2, month: groups.0, day: groups.1)
      }
    default: return nil
    }
  }

  init(year: Int, month: Int, day: Int) {
    self.year = Int16(clamping: year)
    self.month = Int8(clamping: month)
    self.day = Int8(clamping: day)
    if (1...12).contains(month), (1...31).contains(day), year > 0 {
      days = Int32(clamping: CivilDay.days(year: year, month: month, day: day))
    }
  }

  /// Writes a date as 1949-07-22, so that one day is one value however it was written; leaves what is no date.
  static func standardise(_ text: inout [UInt16]) {
    guard let date = text.withUnsafeBufferPointer({ DateParts($0) }), date.isKnown else { return }
    guard (0...9_999).contains(date.year), (0...99).contains(date.month), (0...99).contains(date.day) else { return }
    text.removeAll(keepingCapacity: true)
    let digits = date.digits
    for place in 0..<8 {
      if place == 4 || place == 6 { text.append(45) }
      text.append(48 + UInt16(digits >> UInt32(28 - 4 * place) & 15))
    }
  }

  /// The eight digits yyyymmdd, one nibble each.
  var digits: UInt32 {
    var packed: UInt32 = 0
    for value in [Int(year) / 100 % 100, Int(year) % 100, Int(month), Int(day)] {
      packed = packed << 8 | UInt32(value / 10 % 10) << 4 | UInt32(value % 10)
    }
    return packed
  }
}
