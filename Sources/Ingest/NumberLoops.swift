import Definition
import Standards

/// Loops over the values of one field and batch whose columns hold numbers. Each takes the plain form of a value first.
extension ConversionTarget {
  func amounts(_ format: AmountFormat) {
    let isMinor = format == .minor
    let values = values(Int64.self)
    for row in 0..<count {
      guard presence[row] == Presence.present else {
        values[row] = 0
        continue
      }
      let decimals = Int(batch.decimals[row])
      if decimals == 2, !isMinor, format != .writtenComma, let plain = Money.plain(views[row]) {
        values[row] = plain
      } else if let amount = try? Money.parse(views[row], decimals: decimals, format: format) {
        values[row] = amount.minorUnits
      } else {
        values[row] = 0
        invalid(row, .badAmount)
      }
    }
  }

  func integers() {
    let values = values(Int64.self)
    for row in 0..<count {
      values[row] = 0
      guard presence[row] == Presence.present else { continue }
      let text = views[row]
      if text.count <= 20, let value = Int64(String(decoding: text, as: UTF8.self)) {
        values[row] = value
      } else {
        invalid(row, .badInteger)
      }
    }
  }

  func dates(_ format: CalendarDate.Format) {
    switch format {
    case .compact: dates(format, separator: nil)
    case .dashed: dates(format, separator: 45)
    case .slashed: dates(format, separator: 47)
    default: datesOfOtherFormats(format)
    }
  }

  @inline(__always)
  private func dates(_ format: CalendarDate.Format, separator: UInt8?) {
    let values = values(Int32.self)
    for row in 0..<count {
      guard presence[row] == Presence.present else {
        values[row] = 0
        continue
      }
      if let days = CalendarDate.plainDays(views[row], separator: separator) {
        values[row] = days
      } else {
        values[row] = careful(row, format)
      }
    }
  }

  private func datesOfOtherFormats(_ format: CalendarDate.Format) {
    let values = values(Int32.self)
    for row in 0..<count { values[row] = presence[row] == Presence.present ? careful(row, format) : 0 }
  }

  @inline(never)
  private func careful(_ row: Int, _ format: CalendarDate.Format) -> Int32 {
    if let date = CalendarDate(views[row], format: format) { return date.days }
    invalid(row, .badDate)
    return 0
  }

  func datesOfTimestamps(_ format: Timestamp.Format) {
    let values = values(Int32.self)
    for row in 0..<count {
      values[row] = 0
      guard presence[row] == Presence.present else { continue }
      if let time = Timestamp(views[row], format: format) {
        values[row] = time.date.days
      } else {
        invalid(row, .badDate)
      }
    }
  }

  func timestamps(_ format: Timestamp.Format) {
    let values = values(Int64.self)
    for row in 0..<count {
      guard presence[row] == Presence.present else {
        values[row] = 0
        continue
      }
      if let seconds = Timestamp.plainSeconds(views[row], format) {
        values[row] = seconds
      } else if let time = Timestamp(views[row], format: format) {
        values[row] = time.seconds
      } else {
        values[row] = 0
        invalid(row, .badTimestamp)
      }
    }
  }

  // MARK: Words

  func booleans() {
    let values = values(UInt8.self)
    for row in 0..<count { values[row] = UInt8(closedCode(row)) }
  }

  func closedCodes() {
    let values = values(Int32.self)
    for row in 0..<count { values[row] = closedCode(row) }
  }

  @inline(__always)
  private func closedCode(_ row: Int) -> Int32 {
    guard presence[row] == Presence.present else { return 0 }
    let word = converter.codes.number(of: views[row])
    if word >= 0 { return converter.codeValues[Int(word)] }
    if converter.otherCode >= 0 { return converter.otherCode }
    invalid(row, .unknownCode)
    return 0
  }

  func openCodes() {
    let values = values(Int32.self)
    let dictionary = buffer.dictionary
    for row in 0..<count { values[row] = presence[row] == Presence.present ? dictionary.intern(views[row]) : 0 }
  }
}
