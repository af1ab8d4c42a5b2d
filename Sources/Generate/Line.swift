import Standards

/// One row under construction, in space that is used again for the next row.
struct Line {
  /// No row comes near this; rows of fixed shape need no check for each byte.
  static let capacity = 4_096

  enum Encoding {
    case utf8
    case gb18030
  }

  let encoding: Encoding
  private let base: UnsafeMutablePointer<UInt8>
  private let words: UnsafePointer<Word>
  private let pool: UnsafePointer<UInt8>
  private(set) var count = 0

  init(
    _ encoding: Encoding, _ base: UnsafeMutablePointer<UInt8>, words: UnsafePointer<Word>, pool: UnsafePointer<UInt8>
  ) {
    self.encoding = encoding
    self.base = base
    self.words = words
    self.pool = pool
  }

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

  mutating func clear() { count = 0 }

  @inline(__always)
  mutating func byte(_ byte: UInt8) {
    base[count] = byte
    count += 1
  }

  @inline(__always)
  mutating func text(_ text: StaticString) {
    (base + count).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    count += text.utf8CodeUnitCount
  }

  mutating func bytes(_ source: UnsafePointer<UInt8>, _ length: Int) {
    (base + count).update(from: source, count: length)
    count += length
  }

  @inline(__always)
  mutating func word(_ number: UInt16) {
    let word = words[Int(number)]
    if encoding == .utf8 {
      bytes(pool + Int(word.utf8Offset), Int(word.utf8Count))
    } else {
      bytes(pool + Int(word.gbOffset), Int(word.gbCount))
    }
  }

  /// Letters A to Z as a to z.
  mutating func lowerWord(_ number: UInt16) {
    let start = count
    word(number)
    for index in start..<count { base[index] |= 32 }
  }

  @inline(__always)
  func pinyin(_ number: UInt16) -> UInt16 { words[Int(number)].pinyin }

  /// In decimal with leading zeros.
  @inline(__always)
  mutating func digits(_ value: Int, _ width: Int) {
    var rest = value
    var index = count + width - 1
    while index >= count {
      base[index] = UInt8(truncatingIfNeeded: 48 + rest % 10)
      rest /= 10
      index -= 1
    }
    count += width
  }

  mutating func number(_ value: Int) {
    var width = 1
    var limit = 10
    while value >= limit {
      width += 1
      limit *= 10
    }
    digits(value, width)
  }

  /// Yuan with two decimals, of fen; not negative.
  mutating func money(_ fen: Int64) {
    number(Int(fen / 100))
    byte(46)
    digits(Int(fen % 100), 2)
  }

  mutating func date(_ date: CalendarDate, separator: Bool = true) {
    let (year, month, day) = date.parts
    digits(year, 4)
    if separator { byte(45) }
    digits(month, 2)
    if separator { byte(45) }
    digits(day, 2)
  }

  /// `2026-11-20 08:30:00` with the byte between date and time, or `20261120083000` for nil.
  mutating func time(_ day: CalendarDate, _ secondOfDay: Int, between: UInt8?) {
    date(day, separator: between != nil)
    if let between { byte(between) }
    digits(secondOfDay / 3_600, 2)
    if between != nil { byte(58) }
    digits(secondOfDay / 60 % 60, 2)
    if between != nil { byte(58) }
    digits(secondOfDay % 60, 2)
  }
}
