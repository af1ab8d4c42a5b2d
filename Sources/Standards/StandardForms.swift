/// What most values are already: the standard form itself. Each answers only where it is sure, at the cost of a few
/// instructions; whatever else comes is left to the standard, which gives the same for these.

extension PersonName {
  /// Whether the name is nothing but common Chinese characters, without what might be a title: it stands as it is.
  public static func isStandard(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let count = bytes.count
    guard count >= 3, count <= 60, let base = bytes.baseAddress else { return false }
    let last = base.load(fromByteOffset: count &- 1, as: UInt8.self)
    if count > 6, last == 0x9F || last == 0xAB || last == 0x90 || last == 0xAA || last == 0xBA { return false }
    return isCommonChinese(base, count)
  }

  /// Characters U+4E00 to U+9EFF only.
  @inline(__always)
  private static func isCommonChinese(_ base: UnsafeRawPointer, _ count: Int) -> Bool {
    var index = 0
    while index &+ 3 <= count {
      let lead = base.load(fromByteOffset: index, as: UInt8.self)
      let second = base.load(fromByteOffset: index &+ 1, as: UInt8.self)
      let third = base.load(fromByteOffset: index &+ 2, as: UInt8.self)
      // 4E00 is E4 B8 80; E9 BB BF is 9EFF.
      let isIn = lead >= 0xE5 && lead <= 0xE8 || lead == 0xE4 && second >= 0xB8 || lead == 0xE9 && second < 0xBC
      if !isIn || second & 0xC0 != 0x80 || third & 0xC0 != 0x80 { return false }
      index &+= 3
    }
    return index == count
  }
}

extension PhonePlan {
  /// Whether these are the 11 digits of a Chinese number that is no placeholder: it stands as it is.
  public static func isStandardChinese(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count == 11, let base = bytes.baseAddress else { return false }
    let first = base.loadUnaligned(as: UInt64.self)
    let last = base.loadUnaligned(fromByteOffset: 3, as: UInt64.self)
    guard areDigits(first), areDigits(last), first & 0xFF == 49 else { return false }
    let second = UInt8(truncatingIfNeeded: first >> 8)
    let end = UInt8(truncatingIfNeeded: last >> 56)
    // Placeholders end in a zero or in their second digit.
    return second >= 51 && end != 48 && end != second
  }
}

extension Email {
  /// Whether it is in lower case, with one `@` and a dot in the domain, of the usual characters: it stands as it is.
  public static func isStandard(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    let count = bytes.count
    var at = -1
    var lastDot = -1
    for index in 0..<count {
      let byte = base.load(fromByteOffset: index, as: UInt8.self)
      if byte &- 97 < 26 || byte &- 48 < 10 || byte == 95 || byte == 45 { continue }
      if byte == 46 {
        lastDot = index
      } else if byte == 64, at < 0 {
        at = index
      } else {
        return false
      }
    }
    return at > 0 && lastDot > at + 1 && lastDot < count - 2
  }
}

extension ResidentId {
  /// What the standard says of 18 characters in standard form, which stand as they are; nil for any other text.
  public static func judgeStandard(_ bytes: UnsafeRawBufferPointer) -> Standardised? {
    guard bytes.count == 18, let base = bytes.baseAddress else { return nil }
    let first = base.loadUnaligned(as: UInt64.self)
    let middle = base.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    let ninth = base.load(fromByteOffset: 16, as: UInt8.self)
    let check = base.load(fromByteOffset: 17, as: UInt8.self)
    guard areDigits(first), areDigits(middle), ninth &- 48 <= 9, check &- 48 <= 9 || check == 88 else { return nil }
    // Weights 2^(17 - i) mod 11 of GB 11643.
    let sum =
      weighted(first, (7, 9, 10, 5, 8, 4, 2, 1)) &+ weighted(middle, (6, 3, 7, 9, 10, 5, 8, 4))
      &+ Int(ninth &- 48) &* 2
    let remainder = sum % 11
    let expected: UInt8 = remainder == 2 ? 88 : UInt8(truncatingIfNeeded: 48 &+ (12 &- remainder) % 11)
    let isNotCitizen = first & 0xFF == 57 || (first & 0xFF == 56 && (49...51).contains(UInt8((first >> 8) & 0xFF)))
    let notes: StandardNotes = isNotCitizen ? .notCitizen : []
    // As in `birthDate(of:)`, nobody was born before 1800.
    guard let born = CalendarDate.plainDays(base.loadUnaligned(fromByteOffset: 6, as: UInt64.self)), born >= -62_091
    else { return Standardised(.doubtful, .impossibleDate, notes: notes) }
    if check == expected { return Standardised(.valid, notes: notes) }
    return Standardised(.doubtful, .wrongChecksum, notes: notes.union(.checksumFailed))
  }

  /// The sum of eight ASCII digits, the first one lowest, each times its weight.
  @inline(__always)
  private static func weighted(_ digits: UInt64, _ weights: (Int, Int, Int, Int, Int, Int, Int, Int)) -> Int {
    let values = digits & 0x0F0F_0F0F_0F0F_0F0F
    @inline(__always) func digit(_ index: UInt64) -> Int { Int(truncatingIfNeeded: (values >> (index &* 8)) & 15) }
    return digit(0) &* weights.0 &+ digit(1) &* weights.1 &+ digit(2) &* weights.2 &+ digit(3) &* weights.3
      &+ digit(4) &* weights.4 &+ digit(5) &* weights.5 &+ digit(6) &* weights.6 &+ digit(7) &* weights.7
  }
}

extension Money {
  /// Minor units of `-digits.dd` with as many decimals as the currency has, or without decimals; nil for any other text.
  @inlinable @inline(__always)
  public static func plain(_ bytes: UnsafeRawBufferPointer) -> Int64? {
    let count = bytes.count
    guard count > 0, count <= 17, let base = bytes.baseAddress else { return nil }
    var index = base.load(as: UInt8.self) == 45 ? 1 : 0
    let isNegative = index == 1
    // Where two decimals are written, the point is the third byte from the end.
    let hasPoint = count &- index >= 4 && base.load(fromByteOffset: count &- 3, as: UInt8.self) == 46
    let whole = hasPoint ? count &- 3 : count
    if index == whole { return nil }
    var value: Int64 = 0
    while index < whole {
      let digit = base.load(fromByteOffset: index, as: UInt8.self) &- 48
      if digit > 9 { return nil }
      value = value &* 10 &+ Int64(digit)
      index &+= 1
    }
    value &*= 100
    if hasPoint {
      let tens = base.load(fromByteOffset: count &- 2, as: UInt8.self) &- 48
      let ones = base.load(fromByteOffset: count &- 1, as: UInt8.self) &- 48
      if tens > 9 || ones > 9 { return nil }
      value &+= Int64(tens) &* 10 &+ Int64(ones)
    }
    return isNegative ? -value : value
  }
}

extension CalendarDate {
  /// Days of `yyyyMMdd` or, with this separator, `yyyy-MM-dd`; nil for what is not surely such a day.
  @inlinable @inline(__always)
  public static func plainDays(_ bytes: UnsafeRawBufferPointer, separator: UInt8?) -> Int32? {
    guard let base = bytes.baseAddress else { return nil }
    guard let separator else { return bytes.count == 8 ? plainDays(base.loadUnaligned(as: UInt64.self)) : nil }
    return bytes.count == 10 ? plainDays(base, separator: separator) : nil
  }

  /// Of ten bytes.
  @inlinable @inline(__always)
  static func plainDays(_ base: UnsafeRawPointer, separator: UInt8) -> Int32? {
    let first = base.loadUnaligned(as: UInt64.self)
    let day = UInt64(base.loadUnaligned(fromByteOffset: 8, as: UInt16.self))
    guard first >> 32 & 0xFF == UInt64(separator), first >> 56 == UInt64(separator) else { return nil }
    return plainDays(first & 0xFFFF_FFFF | (first >> 40 & 0xFFFF) << 32 | day << 48)
  }

  /// Of eight ASCII digits, the first one lowest.
  @inlinable @inline(__always)
  static func plainDays(_ text: UInt64) -> Int32? {
    guard areDigits(text) else { return nil }
    let pairs = digitPairs(text)
    let year = Int(pairs & 0xFF) &* 100 &+ Int(pairs >> 16 & 0xFF)
    let month = Int(pairs >> 32 & 0xFF)
    let day = Int(pairs >> 48 & 0xFF)
    // The last days of months are left to the careful way, which knows the months.
    guard year >= 1, month >= 1, month <= 12, day >= 1, day <= 28 || day <= 30 && month != 2 else {
      return CalendarDate(year: year, month: month, day: day)?.days
    }
    let shifted = month <= 2 ? year &- 1 : year
    let era = shifted / 400
    let yearOfEra = shifted &- era &* 400
    let dayOfYear = (153 &* (month > 2 ? month &- 3 : month &+ 9) &+ 2) / 5 &+ day &- 1
    let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
    return Int32(truncatingIfNeeded: era &* 146_097 &+ dayOfEra &- 719_468)
  }
}

extension Timestamp {
  /// Seconds of a time in this format; nil for what is not surely such a time.
  @inlinable @inline(__always)
  public static func plainSeconds(_ bytes: UnsafeRawBufferPointer, _ format: Format) -> Int64? {
    guard let base = bytes.baseAddress, bytes.count == (format == .compact ? 14 : 19) else { return nil }
    let days: Int32?
    var time: UInt64
    if format == .compact {
      days = CalendarDate.plainDays(base.loadUnaligned(as: UInt64.self))
      time = base.loadUnaligned(fromByteOffset: 6, as: UInt64.self) >> 16
    } else {
      let between: UInt8 = format == .spaced ? 32 : 84
      let written = base.loadUnaligned(fromByteOffset: 11, as: UInt64.self)
      guard base.load(fromByteOffset: 10, as: UInt8.self) == between, written >> 16 & 0xFF == 58,
        written >> 40 & 0xFF == 58
      else { return nil }
      days = CalendarDate.plainDays(base, separator: 45)
      time = written & 0xFFFF | (written >> 24 & 0xFFFF) << 16 | (written >> 48) << 32
    }
    time |= 0x3030 << 48
    guard let days, areDigits(time) else { return nil }
    let pairs = digitPairs(time)
    let hour = Int64(pairs & 0xFF)
    let minute = Int64(pairs >> 16 & 0xFF)
    let second = Int64(pairs >> 32 & 0xFF)
    guard hour < 24, minute < 60, second < 60 else { return nil }
    return Int64(days) &* 86_400 &+ hour &* 3_600 &+ minute &* 60 &+ second
  }
}

/// Whether all eight bytes are ASCII digits.
@inlinable @inline(__always)
func areDigits(_ text: UInt64) -> Bool {
  (text & 0xF0F0_F0F0_F0F0_F0F0) == 0x3030_3030_3030_3030
    && ((text &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0) == 0x3030_3030_3030_3030
}

/// Four numbers of two digits each, 16 bits apart, the first one lowest.
@inlinable @inline(__always)
func digitPairs(_ text: UInt64) -> UInt64 {
  let digits = text & 0x0F0F_0F0F_0F0F_0F0F
  return (digits &* 10 &+ digits >> 8) & 0x00FF_00FF_00FF_00FF
}
