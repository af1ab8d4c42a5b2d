/// Which orders of parts a text can be read as a date in, and its year under the likeliest.
struct ValueDates {
  /// By bit: the ordinal of `DateOrder`.
  private(set) var orders: UInt8 = 0
  private(set) var year = 0

  static func bit(_ order: DateOrder) -> UInt8 {
    switch order {
    case .yearMonthDay: 1
    case .dayMonthYear: 2
    case .monthDayYear: 4
    case .compactYearMonthDay: 8
    case .compactDayMonthYear: 16
    case .compactMonthDayYear: 32
    case .year: 64
    }
  }

  /// - Parameter text: without blanks at its ends; a time of day behind the date is passed over.
  init(_ text: UnsafeRawBufferPointer) {
    if text.count < 4 || text.count > 40 { return }
    var numbers = (0, 0, 0)
    var digits = (0, 0, 0)
    var groups = 0
    var month = 0
    var monthGroup = -1
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte &- 48 < 10 {
        let start = index
        var value = 0
        while index < text.count, text[index] &- 48 < 10, index - start < 9 {
          value = value * 10 + Int(text[index] - 48)
          index += 1
        }
        switch groups {
        case 0: (numbers.0, digits.0) = (value, index - start)
        case 1: (numbers.1, digits.1) = (value, index - start)
        case 2: (numbers.2, digits.2) = (value, index - start)
        default: break
        }
        groups += 1
        // A time may follow.
        if groups + (month > 0 ? 1 : 0) == 3 || (groups == 1 && index - start == 8) { break }
        continue
      }
      if byte | 32 >= 97, byte | 32 <= 122 {
        guard month == 0, index + 3 <= text.count, groups < 2 else { return }
        month = Self.month(text[index] | 32, text[index + 1] | 32, text[index + 2] | 32)
        if month == 0 { return }
        monthGroup = groups
        let start = index
        while index < text.count, text[index] | 32 >= 97, text[index] | 32 <= 122 { index += 1 }
        if index - start > 9 { return }
        continue
      }
      // Blank, comma, hyphen, point, slash, and 年月日.
      guard byte == 32 || (byte >= 44 && byte <= 47) || byte >= 0x80 else { return }
      if byte >= 0x80, !Self.isHanMark(text, index) { return }
      index += byte >= 0x80 ? 3 : 1
    }
    if index < text.count, !Self.isTime(text, from: index) { return }
    if month > 0 {
      written(month, at: monthGroup, numbers, digits, groups)
    } else if groups == 1, digits.0 == 8 {
      compact(numbers.0)
    } else if groups == 1, digits.0 == 4, text.count == 4 {
      add(.year, numbers.0, 1, 1)
    } else if groups == 3 {
      separated(numbers, digits)
    }
  }

  private mutating func compact(_ number: Int) {
    add(.compactYearMonthDay, number / 10_000, number / 100 % 100, number % 100)
    add(.compactDayMonthYear, number % 10_000, number / 10_000 % 100, number / 1_000_000)
    add(.compactMonthDayYear, number % 10_000, number / 1_000_000, number / 10_000 % 100)
  }

  private mutating func separated(_ numbers: (Int, Int, Int), _ digits: (Int, Int, Int)) {
    guard digits.1 <= 2 else { return }
    if digits.0 == 4, digits.2 <= 2 { add(.yearMonthDay, numbers.0, numbers.1, numbers.2) }
    if digits.0 <= 2, digits.2 == 4 || digits.2 == 2 {
      let year = digits.2 == 4 ? numbers.2 : numbers.2 + (numbers.2 > 30 ? 1900 : 2000)
      add(.dayMonthYear, year, numbers.1, numbers.0)
      add(.monthDayYear, year, numbers.0, numbers.1)
    }
  }

  /// With the month in letters there are two numbers, of which one has four digits or comes last.
  private mutating func written(
    _ month: Int, at place: Int, _ numbers: (Int, Int, Int), _ digits: (Int, Int, Int), _ groups: Int
  ) {
    guard groups == 2 else { return }
    if digits.0 == 4 { return add(.yearMonthDay, numbers.0, month, numbers.1) }
    let year = digits.1 == 2 ? numbers.1 + (numbers.1 > 30 ? 1900 : 2000) : numbers.1
    add(place == 0 ? .monthDayYear : .dayMonthYear, year, month, numbers.0)
  }

  private mutating func add(_ order: DateOrder, _ year: Int, _ month: Int, _ day: Int) {
    guard year >= (order == .year ? 1500 : 1000), year <= 2100, month >= 1, month <= 12, day >= 1, day <= 31 else {
      return
    }
    if orders == 0 { self.year = year }
    orders |= Self.bit(order)
  }

  private static func isHanMark(_ text: UnsafeRawBufferPointer, _ index: Int) -> Bool {
    guard index + 2 < text.count else { return false }
    switch (text[index], text[index + 1], text[index + 2]) {
    case (0xE5, 0xB9, 0xB4), (0xE6, 0x9C, 0x88), (0xE6, 0x97, 0xA5): return true
    default: return false
    }
  }

  /// What may stand behind a date: a time with its zone, or 日.
  private static func isTime(_ text: UnsafeRawBufferPointer, from start: Int) -> Bool {
    if isHanMark(text, start) { return start + 3 == text.count }
    guard text[start] == 32 || text[start] | 32 == 116 else { return false }
    return text[start...].allSatisfy { ($0 >= 43 && $0 <= 58) || $0 == 32 || $0 | 32 == 116 || $0 | 32 == 122 }
  }

  /// By the first letters: English, German, French and Spanish names share most of them.
  private static func month(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Int {
    switch UInt32(a) << 16 | UInt32(b) << 8 | UInt32(c) {
    case 0x6A616E, 0x656E65: 1  // jan, ene
    case 0x666562: 2  // feb
    case 0x6D6172, 0x6D6165: 3  // mar, mae
    case 0x617072, 0x616272, 0x617672: 4  // apr, abr, avr
    case 0x6D6179, 0x6D6169: 5  // may, mai
    case 0x6A756E: 6  // jun
    case 0x6A756C: 7  // jul
    case 0x617567, 0x61676F: 8  // aug, ago
    case 0x736570, 0x736574: 9  // sep, set
    case 0x6F6374, 0x6F6B74: 10  // oct, okt
    case 0x6E6F76: 11  // nov
    case 0x646563, 0x64657A, 0x646963: 12  // dec, dez, dic
    default: 0
    }
  }
}
