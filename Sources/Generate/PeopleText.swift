/// One field under construction, in fixed space.
struct PeopleText {
  static let capacity = 96
  private let base: UnsafeMutablePointer<UInt8>
  private(set) var count = 0

  init(_ base: UnsafeMutablePointer<UInt8>) { self.base = base }

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

  subscript(index: Int) -> UInt8 {
    @inline(__always) get { base[index] }
    nonmutating set { base[index] = newValue }
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if count < PeopleText.capacity {
      base[count] = byte
      count += 1
    }
  }

  mutating func append(_ text: StaticString) {
    for index in 0..<text.utf8CodeUnitCount { append(text.utf8Start[index]) }
  }

  mutating func append(_ other: PeopleText) {
    for index in 0..<other.count { append(other[index]) }
  }

  /// Letters and digits only, in lower case: what may stand in an e-mail address.
  mutating func appendPlain(_ other: PeopleText) {
    for index in 0..<other.count {
      let byte = other[index]
      switch byte {
      case 65...90: append(byte | 32)
      case 97...122, 48...57: append(byte)
      default: break
      }
    }
  }

  /// In decimal, with leading zeros up to a width.
  mutating func append(_ value: Int, width: Int = 1) {
    var digits = 1
    var limit = 10
    while value >= limit {
      digits += 1
      limit *= 10
    }
    digits = max(digits, width)
    guard count + digits <= PeopleText.capacity else { return }
    var rest = value
    for index in stride(from: count + digits - 1, through: count, by: -1) {
      base[index] = UInt8(truncatingIfNeeded: 48 + rest % 10)
      rest /= 10
    }
    count += digits
  }

  mutating func clear() { count = 0 }

  mutating func keep(_ length: Int) { count = min(count, length) }

  mutating func swapContents(with other: inout PeopleText) {
    for index in 0..<max(count, other.count) {
      let byte = base[index]
      base[index] = other[index]
      other[index] = byte
    }
    (count, other.count) = (other.count, count)
  }

  mutating func upperCase() {
    for index in 0..<count where (97...122).contains(base[index]) { base[index] &= 0xDF }
  }

  var isASCII: Bool { bytes.allSatisfy { $0 < 128 } }

  /// Inserts, deletes or substitutes one byte, or swaps two neighbours; true if the text is another one now.
  mutating func makeTypo(_ draws: inout Draws) -> Bool {
    guard count >= 2, count < PeopleText.capacity, isASCII else { return false }
    let place = draws.below(count)
    switch draws.below(4) {
    case 0:
      var index = count
      while index > place {
        base[index] = base[index - 1]
        index -= 1
      }
      base[place] = other(than: 0, like: base[min(place + 1, count)], &draws)
      count += 1
      return true
    case 1:
      for index in place..<count - 1 { base[index] = base[index + 1] }
      count -= 1
      return true
    case 2:
      base[place] = other(than: base[place], like: base[place], &draws)
      return true
    default:
      let left = min(place, count - 2)
      guard base[left] != base[left + 1] else { return false }
      let byte = base[left]
      base[left] = base[left + 1]
      base[left + 1] = byte
      return true
    }
  }

  /// Another digit for a digit, another small letter for anything else.
  private func other(than byte: UInt8, like model: UInt8, _ draws: inout Draws) -> UInt8 {
    while true {
      let drawn = (48...57).contains(model) ? UInt8(48 + draws.below(10)) : UInt8(97 + draws.below(26))
      if drawn != byte { return drawn }
    }
  }
}
