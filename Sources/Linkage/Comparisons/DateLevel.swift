/// How two dates agree, by the ladder `Ladder.date`.
enum DateLevel {
  static func level(_ a: DateParts, _ b: DateParts) -> UInt8 {
    // What is no date tells nothing.
    if !a.isKnown || !b.isKnown { return 8 }
    // One day, written in two ways.
    if a.digits == b.digits { return 1 }
    if a.year == b.year, a.month == b.day, a.day == b.month { return 2 }
    let differing = a.digits ^ b.digits
    if isOneSlip(differing, a.digits, b.digits) { return 2 }
    let sameParts = (a.year == b.year ? 1 : 0) + (a.month == b.month ? 1 : 0) + (a.day == b.day ? 1 : 0)
    let apart = a.days == .min || b.days == .min ? Int32.max : abs(a.days - b.days)
    if apart <= 31 { return a.year == b.year && sameParts == 2 ? 3 : 4 }
    if sameParts >= 2 { return 3 }
    if apart <= 366 + 31 && apart >= 366 - 31 { return 5 }
    if apart <= 3_653 + 62 && apart >= 3_653 - 62 { return 5 }
    if apart <= 366 { return 6 }
    if abs(Int(a.year) - Int(b.year)) <= 10 { return 7 }
    return 8
  }

  /// One digit differs, or two neighbours are turned.
  private static func isOneSlip(_ differing: UInt32, _ a: UInt32, _ b: UInt32) -> Bool {
    var nibbles = 0
    var lowest = -1
    for nibble in 0..<8 where differing >> UInt32(nibble * 4) & 15 != 0 {
      nibbles += 1
      if lowest < 0 { lowest = nibble }
    }
    if nibbles == 1 { return true }
    guard nibbles == 2, lowest < 7, differing >> UInt32(lowest * 4 + 4) & 15 != 0 else { return false }
    let shift = UInt32(lowest * 4)
    return a >> shift & 15 == b >> (shift + 4) & 15 && b >> shift & 15 == a >> (shift + 4) & 15
  }
}
