import Columns
import Standards

/// How the names of two records agree, from the strongest to a contradiction.
enum NameMatch: UInt8, Comparable {
  case equal = 0
  /// The same but for lost characters, or in traditional and simplified characters.
  case wildcard = 1
  /// The same in pronunciation.
  case pinyin = 2
  /// One character differs, or all sound the same (張億東 and 张亿东): a slip or another script, if something stronger than
  /// the name says that it is the same person.
  case typo = 3
  /// One side has no name: no evidence either way.
  case missing = 4
  case different = 5

  static func < (a: NameMatch, b: NameMatch) -> Bool { a.rawValue < b.rawValue }

  var isAgreement: Bool { self < .missing }
}

/// How well a name says who it is; groups are gone through from the clearest names to the vaguest.
enum NameClarity: UInt8, Comparable {
  /// Chinese characters only: any two different ones of these are different names (or typing errors of one another).
  case plain = 0
  /// Chinese with a middle dot.
  case dotted = 1
  /// Latin letters or lost characters: may stand for several plain names.
  case vague = 2
  case missing = 3

  static func < (a: NameClarity, b: NameClarity) -> Bool { a.rawValue < b.rawValue }
}

/// Compares interned names, remembering recent answers.
struct NameMatcher {
  private let texts: ByteInterner
  private let clarities: [NameClarity]
  /// By name: equal for names that differ in traditional and simplified characters only.
  private let scripts: [Int32]
  /// Direct-mapped: the pair's key and its answer. Only speed depends on what is remembered.
  private var cacheKeys = [UInt64](repeating: .max, count: 1 << 16)
  private var cacheAnswers = [NameMatch](repeating: .different, count: 1 << 16)

  init(_ texts: ByteInterner) {
    self.texts = texts
    clarities = (0..<texts.count).map { Self.clarity(of: texts.bytes(Int32($0))) }
    scripts = Self.scripts(of: texts)
  }

  func clarity(_ name: Int32) -> NameClarity { name < 0 ? .missing : clarities[Int(name)] }

  /// Symmetric. A typing error is recognised only where `typos` are allowed, and is a different name elsewhere.
  mutating func match(_ a: Int32, _ b: Int32, typos: Bool) -> NameMatch {
    if a < 0 || b < 0 { return .missing }
    let (clarityA, clarityB) = (clarities[Int(a)], clarities[Int(b)])
    if a == b, clarityA < .vague { return .equal }
    if scripts[Int(a)] == scripts[Int(b)], clarityA < .vague { return .wildcard }
    if clarityA == .plain, clarityB == .plain { return typos && isSlip(a, b) ? .typo : .different }
    let match = remembered(a, b)
    return match == .different && typos && isSlip(a, b) ? .typo : match
  }

  private static func scripts(of texts: ByteInterner) -> [Int32] {
    var simplified: [String: Int32] = [:]
    return (0..<Int32(texts.count)).map { name in
      let bytes = texts.bytes(name)
      // Latin names have no other script.
      guard bytes.first ?? 0 >= 0x80, !SimplifiedForm.isSimplified(bytes) else { return name }
      var form = SimplifiedForm.of(String(decoding: bytes, as: UTF8.self))
      if let other = form.withUTF8({ texts.find(UnsafeRawBufferPointer($0)) }) { return other }
      return simplified[form]
        ?? {
          simplified[form] = name
          return name
        }()
    }
  }

  private mutating func remembered(_ a: Int32, _ b: Int32) -> NameMatch {
    let key = UInt64(UInt32(min(a, b))) << 32 | UInt64(UInt32(max(a, b)))
    let place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 48)
    if cacheKeys[place] == key { return cacheAnswers[place] }
    let match: NameMatch
    switch NameCompatibility.compare(texts.bytes(a), texts.bytes(b)) {
    case .equal: match = .equal
    case .wildcard: match = .wildcard
    case .pinyin: match = .pinyin
    case .different: match = .different
    case nil: match = .missing
    }
    cacheKeys[place] = key
    cacheAnswers[place] = match
    return match
  }

  private func isSlip(_ a: Int32, _ b: Int32) -> Bool {
    Self.isTypo(texts.bytes(a), texts.bytes(b)) || Self.soundAlike(texts.bytes(a), texts.bytes(b))
  }

  /// Exactly one of at least three characters differs, or the second of two.
  static func isTypo(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
    // Two scalars of different lengths in UTF-8 are rare enough for this to be the usual exit.
    guard abs(a.count - b.count) <= 3 else { return false }
    let scalarsOfA = String(decoding: a, as: UTF8.self).unicodeScalars
    let scalarsOfB = String(decoding: b, as: UTF8.self).unicodeScalars
    var count = 0
    var differences = 0
    var isFirstDifferent = false
    var others = scalarsOfB.makeIterator()
    for scalar in scalarsOfA {
      guard let other = others.next() else { return false }
      if scalar != other {
        differences += 1
        if count == 0 { isFirstDifferent = true }
      }
      count += 1
    }
    guard others.next() == nil, differences == 1 else { return false }
    return count >= 3 || count == 2 && !isFirstDifferent
  }

  /// At least two characters, of which each has a reading in common with the one in its place.
  static func soundAlike(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
    guard a.count >= 6, b.count >= 6 else { return false }
    let scalarsOfA = Array(String(decoding: a, as: UTF8.self).unicodeScalars)
    let scalarsOfB = Array(String(decoding: b, as: UTF8.self).unicodeScalars)
    guard scalarsOfA.count == scalarsOfB.count else { return false }
    return zip(scalarsOfA, scalarsOfB).allSatisfy { one, other in
      one == other || !Set(Pinyin.readings(of: one)).isDisjoint(with: Pinyin.readings(of: other))
    }
  }

  static func clarity(of name: UnsafeRawBufferPointer) -> NameClarity {
    var hasDot = false
    for byte in name {
      if byte < 0x80 { return .vague }
      if byte >= 0xC0 && byte < 0xE0 { hasDot = true }
    }
    if !hasDot { return .plain }
    return PersonName.kind(of: name) == .chinese ? .dotted : .vague
  }
}
