import CSQLite
import Columns

/// The texts of all days from 1900 to 2099, made once, so that a date that SQL refers to is a pointer and not a text.
enum DateTexts {
  private static let first = CivilDay.days(year: 1900, month: 1, day: 1)
  private static let count = CivilDay.days(year: 2100, month: 1, day: 1) - first
  static let length = 10

  nonisolated(unsafe) private static let texts: UnsafeMutablePointer<UInt8> = {
    let texts = UnsafeMutablePointer<UInt8>.allocate(capacity: count * length)
    for index in 0..<count { put(first + index, at: texts + index * length) }
    return texts
  }()

  /// `yyyy-MM-dd`, ten bytes that stay; nil outside of 1900 to 2099.
  static func find(_ days: Int) -> UnsafeMutablePointer<UInt8>? {
    days >= first && days < first + count ? texts + (days - first) * length : nil
  }

  private static func put(_ days: Int, at place: UnsafeMutablePointer<UInt8>) {
    let (year, month, day) = CivilDay.date(days)
    putTwo(year / 100, at: place)
    putTwo(year % 100, at: place + 2)
    place[4] = UInt8(ascii: "-")
    putTwo(month, at: place + 5)
    place[7] = UInt8(ascii: "-")
    putTwo(day, at: place + 8)
  }

  @inline(__always)
  private static func putTwo(_ number: Int, at place: UnsafeMutablePointer<UInt8>) {
    place[0] = UInt8(truncatingIfNeeded: 48 + number / 10)
    place[1] = UInt8(truncatingIfNeeded: 48 + number % 10)
  }

  /// Gives SQLite `yyyy-MM-dd`.
  static func give(_ days: Int, to context: OpaquePointer?) {
    guard let text = find(days) else { return give(CivilDay.text(days), to: context) }
    giveText(UnsafeRawBufferPointer(start: text, count: length), to: context)
  }

  /// Gives SQLite `yyyy-MM-ddTHH:mm:ss`.
  static func give(seconds: Int64, to context: OpaquePointer?) {
    let days = Int(seconds >= 0 ? seconds / 86_400 : -((-(seconds + 1)) / 86_400) - 1)
    guard let date = find(days) else { return give(CivilDay.text(seconds: seconds), to: context) }
    let ofDay = Int(seconds) - days * 86_400
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 19) { text in
      guard let place = text.baseAddress else { return }
      place.update(from: date, count: length)
      place[10] = UInt8(ascii: "T")
      putTwo(ofDay / 3600, at: place + 11)
      place[13] = UInt8(ascii: ":")
      putTwo(ofDay / 60 % 60, at: place + 14)
      place[16] = UInt8(ascii: ":")
      putTwo(ofDay % 60, at: place + 17)
      let characters = UnsafeRawPointer(place).assumingMemoryBound(to: CChar.self)
      sqlite3_result_text64(context, characters, 19, guiyi_sqlite_transient(), UInt8(SQLITE_UTF8))
    }
  }

  static func give(_ text: String, to context: OpaquePointer?) {
    var text = text
    text.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) {
        sqlite3_result_text64(context, $0.baseAddress, UInt64($0.count), guiyi_sqlite_transient(), UInt8(SQLITE_UTF8))
      }
    }
  }
}

/// Gives SQLite a text that stays where it is while the statement runs.
@inline(__always)
func giveText(_ bytes: UnsafeRawBufferPointer, to context: OpaquePointer?) {
  let address = (bytes.baseAddress ?? emptyText).assumingMemoryBound(to: CChar.self)
  sqlite3_result_text64(context, address, UInt64(bytes.count), guiyi_sqlite_static(), UInt8(SQLITE_UTF8))
}
