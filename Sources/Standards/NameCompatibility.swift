/// How two names agree; ordered from the strongest to none.
public enum NameLevel: UInt8, Sendable, Comparable {
  /// The same characters, none of them a stand-in.
  case equal = 0
  /// The same but for stand-ins (`?`), each of which may be any one character, for separators, and for traditional beside
  /// simplified characters.
  case wildcard = 1
  /// The same in pronunciation: one is pinyin of the other, family name first or last, or both are Latin in another order.
  case pinyin = 2
  case different = 3

  public static func < (a: NameLevel, b: NameLevel) -> Bool { a.rawValue < b.rawValue }
}

/// Whether two names, standardised by `PersonName`, may be one person's.
public enum NameCompatibility {
  /// Names of more scalars than these are compared for equality only.
  static let limit = 63

  /// Symmetric; nil where either has no known character (empty, or stand-ins only).
  ///
  /// At most about 4,000 steps: a pair of positions that failed once is not tried again.
  public static func compare(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> NameLevel? {
    if isEqual(a, b), !a.contains(63) { return a.isEmpty ? nil : .equal }
    // Both of plain characters and unequal: the usual case ends here.
    if isOnlyCharacters(a), isOnlyCharacters(b) {
      if a.isEmpty || b.isEmpty { return nil }
      return hasSameSimplifiedForm(a, b) ? .wildcard : .different
    }
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * (limit + 1)) { space in
      compare(
        a, b, Scalars(space.baseAddress!, capacity: limit),
        Scalars(space.baseAddress! + limit + 1, capacity: limit))
    }
  }

  public static func compare(_ a: String, _ b: String) -> NameLevel? {
    var (a, b) = (a, b)
    return a.withUTF8 { a in b.withUTF8 { b in compare(UnsafeRawBufferPointer(a), UnsafeRawBufferPointer(b)) } }
  }

  private static func isEqual(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
    a.count == b.count && a.elementsEqual(b)
  }

  /// No ASCII and no two-byte scalars, so neither stand-ins, letters nor separators.
  private static func isOnlyCharacters(_ bytes: UnsafeRawBufferPointer) -> Bool {
    for byte in bytes where byte < 0x80 || (byte >= 0xC0 && byte < 0xE0) { return false }
    return true
  }

  private static func hasSameSimplifiedForm(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
    var (a, b) = (ScalarReader(a), ScalarReader(b))
    while let one = a.next() {
      guard let other = b.next(), SimplifiedForm.of(one) == SimplifiedForm.of(other) else { return false }
    }
    return b.isAtEnd
  }

  private static func compare(
    _ aBytes: UnsafeRawBufferPointer, _ bBytes: UnsafeRawBufferPointer, _ a: Scalars, _ b: Scalars
  ) -> NameLevel? {
    var (a, b) = (a, b)
    let aFits = a.fill(aBytes)
    let bFits = b.fill(bBytes)
    guard a.hasKnown, b.hasKnown else { return nil }
    if isEqual(aBytes, bBytes) { return .wildcard }
    guard aFits, bFits else { return .different }
    var matcher = Matcher()
    if matcher.matches(a, b) { return a.hasLatin || b.hasLatin ? .pinyin : .wildcard }
    guard a.hasLatin || b.hasLatin else { return .different }
    return matchesTurned(&a, b, aBytes, &matcher) || matchesTurned(&b, a, bBytes, &matcher) ? .pinyin : .different
  }

  /// Whether `a` matches with its family name, or its first or last Latin word, moved to the other end.
  private static func matchesTurned(
    _ a: inout Scalars, _ b: Scalars, _ bytes: UnsafeRawBufferPointer, _ matcher: inout Matcher
  ) -> Bool {
    if a.hasLatin {
      for split in [a.firstSeparator, a.lastSeparator] where split > 0 {
        a.turn(by: split)
        let matches = matcher.matches(a, b)
        a.turn(by: a.count - split)
        if matches { return true }
      }
      return false
    }
    guard b.hasLatin else { return false }
    let familyBytes = PersonName.familyLength(of: bytes)
    let family = familyBytes == 0 ? 0 : a.scalars(inBytes: familyBytes, of: bytes)
    guard family > 0, family < a.count else { return false }
    a.turn(by: family)
    defer { a.turn(by: a.count - family) }
    return matcher.matches(a, b)
  }
}

/// The scalars of one name in borrowed space.
struct Scalars {
  private let base: UnsafeMutablePointer<UInt32>
  private let capacity: Int
  private(set) var count = 0
  private(set) var hasLatin = false
  /// Whether there is a character or letter at all.
  private(set) var hasKnown = false

  init(_ base: UnsafeMutablePointer<UInt32>, capacity: Int) {
    self.base = base
    self.capacity = capacity
  }

  subscript(index: Int) -> UInt32 { base[index] }

  /// False where the name is longer than the space.
  mutating func fill(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var reader = ScalarReader(bytes)
    while let scalar = reader.next() {
      if isLatinLetter(scalar) {
        hasLatin = true
        hasKnown = true
      } else if isChinese(scalar) {
        hasKnown = true
      }
      if count == capacity { return false }
      base[count] = scalar
      count += 1
    }
    return true
  }

  /// Offsets just after the first separator and of the last; 0 where there is none.
  var firstSeparator: Int { (0..<count).first { Scalars.isSeparator(base[$0]) }.map { $0 + 1 } ?? 0 }
  var lastSeparator: Int { (0..<count).last { Scalars.isSeparator(base[$0]) } ?? 0 }

  /// Moves the first `split` scalars to the end.
  mutating func turn(by split: Int) {
    reverse(0..<split)
    reverse(split..<count)
    reverse(0..<count)
  }

  private func reverse(_ range: Range<Int>) {
    var (low, high) = (range.lowerBound, range.upperBound - 1)
    while low < high {
      (base[low], base[high]) = (base[high], base[low])
      low += 1
      high -= 1
    }
  }

  func scalars(inBytes length: Int, of bytes: UnsafeRawBufferPointer) -> Int {
    bytes[..<length].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }

  @inline(__always)
  static func isSeparator(_ scalar: UInt32) -> Bool {
    scalar == 32 || scalar == 0xB7 || scalar == 39 || scalar == 44 || scalar == 46 || isDash(scalar)
  }
}

/// Aligns two names element by element, with memory of the pairs of positions that failed.
struct Matcher {
  /// One bit a position of b, one word a position of a.
  private var failed = [UInt64](repeating: 0, count: NameCompatibility.limit + 1)

  mutating func matches(_ a: Scalars, _ b: Scalars) -> Bool {
    for index in 0...a.count { failed[index] = 0 }
    return matches(a, 0, b, 0)
  }

  private mutating func matches(_ a: Scalars, _ i: Int, _ b: Scalars, _ j: Int) -> Bool {
    if i == a.count && j == b.count { return true }
    if failed[i] >> UInt64(j) & 1 == 1 { return false }
    let found = step(a, i, b, j)
    if !found { failed[i] |= 1 << UInt64(j) }
    return found
  }

  private mutating func step(_ a: Scalars, _ i: Int, _ b: Scalars, _ j: Int) -> Bool {
    if i < a.count, Scalars.isSeparator(a[i]) { return matches(a, i + 1, b, j) }
    if j < b.count, Scalars.isSeparator(b[j]) { return matches(a, i, b, j + 1) }
    guard i < a.count, j < b.count else { return false }
    let (one, other) = (a[i], b[j])
    let isSame = one == other || SimplifiedForm.of(one) == SimplifiedForm.of(other)
    if isSame || one == 63 && isChinese(other) || other == 63 && isChinese(one) {
      return matches(a, i + 1, b, j + 1)
    }
    if isLatinLetter(other), !isLatinLetter(one) {
      for length in Matcher.lengths(one, b, j) where matches(a, i + 1, b, j + length) { return true }
    }
    if isLatinLetter(one), !isLatinLetter(other) {
      for length in Matcher.lengths(other, a, i) where matches(a, i + length, b, j + 1) { return true }
    }
    return false
  }

  /// How many letters at `offset` a character may stand for: one length for each reading found there.
  private static func lengths(_ character: UInt32, _ letters: Scalars, _ offset: Int) -> [Int] {
    if character == 63 {
      return (1...6).prefix { offset + $0 <= letters.count && isLatinLetter(letters[offset + $0 - 1]) }
    }
    let table = Pinyin.table
    var lengths: [Int] = []
    for entry in table.range(of: character) {
      let syllable = table.syllables + Int(table.entries[entry]) * 8
      let length = Int(syllable[0])
      guard offset + length <= letters.count else { continue }
      let isHere = (0..<length).allSatisfy { letters[offset + $0] | 32 == UInt32(syllable[$0 + 1]) }
      if isHere, !lengths.contains(length) { lengths.append(length) }
    }
    return lengths
  }
}
