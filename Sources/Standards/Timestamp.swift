/// A wall-clock time at the bank, in seconds since 1970-01-01 00:00:00 of the same wall clock; no time zone is involved.
///
/// Source: ISO 8601 local date and time, to the second.
public struct Timestamp: Hashable, Comparable, Sendable {
  public var seconds: Int64

  public init(seconds: Int64) { self.seconds = seconds }

  public init(_ date: CalendarDate, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    seconds = Int64(date.days) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
  }

  public static func < (a: Timestamp, b: Timestamp) -> Bool { a.seconds < b.seconds }

  public var date: CalendarDate {
    CalendarDate(days: Int32((seconds >= 0 ? seconds : seconds - 86_399) / 86_400))
  }

  /// Seconds since midnight.
  public var secondOfDay: Int { Int(seconds - Int64(date.days) * 86_400) }

  public var hour: Int { secondOfDay / 3_600 }

  /// How a source writes its times.
  public enum Format: String, Sendable, CaseIterable {
    case spaced = "yyyy-MM-dd HH:mm:ss"
    case iso = "yyyy-MM-ddTHH:mm:ss"
    case compact = "yyyyMMddHHmmss"
  }

  /// Nil unless the bytes are exactly one existing time in this format.
  public init?(_ bytes: UnsafeRawBufferPointer, format: Format = .spaced) {
    let time: Int
    let step: Int
    let date: CalendarDate?
    if format == .compact {
      guard bytes.count == 14 else { return nil }
      (time, step) = (8, 2)
      date = CalendarDate(bytes, yearAt: 0, monthAt: 4, dayAt: 6)
    } else {
      let separator = UInt8(ascii: format == .spaced ? " " : "T")
      guard bytes.count == 19, bytes[4] == 45, bytes[7] == 45, bytes[10] == separator, bytes[13] == 58, bytes[16] == 58
      else { return nil }
      (time, step) = (11, 3)
      date = CalendarDate(bytes, yearAt: 0, monthAt: 5, dayAt: 8)
    }
    guard let date, let hour = digits(bytes, time, 2), let minute = digits(bytes, time + step, 2),
      let second = digits(bytes, time + 2 * step, 2), hour < 24, minute < 60, second < 60
    else { return nil }
    self.init(date, hour: hour, minute: minute, second: second)
  }

  public init?(_ text: String, format: Format = .spaced) {
    var text = text
    guard let time = text.withUTF8({ Timestamp(UnsafeRawBufferPointer($0), format: format) }) else { return nil }
    self = time
  }

  /// Appends the time in a format.
  public func append(to output: inout [UInt8], format: Format = .spaced) {
    let separator: UInt8? = format == .compact ? nil : 45
    date.append(to: &output, separator: separator)
    if format != .compact { output.append(format == .spaced ? 32 : 84) }
    let second = secondOfDay
    appendDigits(second / 3_600, width: 2, to: &output)
    if separator != nil { output.append(58) }
    appendDigits(second / 60 % 60, width: 2, to: &output)
    if separator != nil { output.append(58) }
    appendDigits(second % 60, width: 2, to: &output)
  }

  public func text(_ format: Format) -> String {
    var bytes: [UInt8] = []
    append(to: &bytes, format: format)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Timestamp: CustomStringConvertible {
  /// `2026-11-20 08:30:00`
  public var description: String { text(.spaced) }
}
