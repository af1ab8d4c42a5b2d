import Standards

/// Compares names of one column, or of two, by their features.
///
/// Symmetric; a name without any word agrees with none, itself included. Some 0.3 µs a pair of Latin names at random, 1 µs
/// for those that differ in little or are compared by syllable.
public struct NameComparison: Sendable {
  let a: NameFeatures
  let b: NameFeatures
  let vocabulary: NameVocabulary

  /// - Parameter vocabulary: the one that the features were made with.
  public init(_ a: NameFeatures, _ b: NameFeatures, vocabulary: NameVocabulary) {
    self.a = a
    self.b = b
    self.vocabulary = vocabulary
  }

  public init(_ features: NameFeatures, vocabulary: NameVocabulary) {
    self.init(features, features, vocabulary: vocabulary)
  }

  /// `agreement` as a number.
  @inline(__always)
  public func level(a: Int32, b: Int32) -> UInt8 { agreement(a: a, b: b).rawValue }

  /// How the name `a` of the first column agrees with the name `b` of the second; by number of the value.
  public func agreement(a one: Int32, b two: Int32) -> NameAgreement {
    a.elements.withUnsafeBufferPointer { aElements in
      b.elements.withUnsafeBufferPointer { bElements in
        vocabulary.withPointers { words in
          NamePair(
            a: Name(a.traits[Int(one)], aElements.baseAddress, a.starts[Int(one)]),
            b: Name(b.traits[Int(two)], bElements.baseAddress, b.starts[Int(two)]),
            isWhole: a.part == .whole && b.part == .whole, words: words
          ).agreement()
        }
      }
    }
  }
}

/// The features of one name, borrowed.
struct Name {
  let traits: NameFeatures.Traits
  private let elements: UnsafePointer<UInt32>?

  init(_ traits: NameFeatures.Traits, _ elements: UnsafePointer<UInt32>?, _ start: UInt32) {
    self.traits = traits
    self.elements = elements.map { $0 + Int(start) }
  }

  var mainCount: Int { Int(traits.mainCount) }
  /// Words of the name itself and of the person's other names.
  var count: Int { mainCount + Int(traits.otherCount) }
  var hasCharacters: Bool { traits.characterCount > 0 }
  var isCharacters: Bool { traits.characterCount == traits.mainCount && traits.mainCount > 0 }
  var isMixed: Bool { hasCharacters && !isCharacters }
  var family: Range<Int> { Int(traits.familyStart)..<Int(traits.familyStart) + Int(traits.familyCount) }

  @inline(__always)
  subscript(index: Int) -> UInt32 { elements![index] }

  @inline(__always)
  static func isCharacter(_ element: UInt32) -> Bool { element & NameFeatures.characterBit != 0 }

  /// Element in simplified form.
  @inline(__always)
  func plain(_ index: Int) -> UInt32 {
    let element = self[index]
    return Name.isCharacter(element)
      ? SimplifiedForm.of(element ^ NameFeatures.characterBit) | NameFeatures.characterBit : element
  }
}

/// Two names, to be compared by one rule after the other.
struct NamePair {
  let a: Name
  let b: Name
  let isWhole: Bool
  let words: NameWordFacts

  func agreement() -> NameAgreement {
    let agreement = ofWords()
    guard agreement == .familyOnly, isWhole, !isOtherGeneration else { return agreement }
    return GivenNameKinds(a, words).canBeCompared(with: GivenNameKinds(b, words)) ? .familyOnly : .familyAlone
  }

  /// Father and son.
  private var isOtherGeneration: Bool {
    a.traits.generation != 0 && b.traits.generation != 0 && a.traits.generation != b.traits.generation
  }

  private func ofWords() -> NameAgreement {
    if a.count == 0 || b.count == 0 { return .different }
    if a.traits.exact == b.traits.exact, a.count == b.count, isSameMain() || a.traits.compact == b.traits.compact {
      return hasStandIn(a) ? .otherForm : .same
    }
    if isOtherGeneration { return .familyOnly }
    if a.traits.compact == b.traits.compact || isSameMain() {
      return a.traits.otherCount == b.traits.otherCount ? .otherForm : .contained
    }
    if a.mainCount == b.mainCount, a.mainCount > 1, isSameSet() { return .reordered }
    return a.hasCharacters || b.hasCharacters ? acrossScripts() : acrossLatin()
  }

  private func hasStandIn(_ name: Name) -> Bool {
    (0..<name.mainCount).contains { name[$0] == NameFeatures.standIn }
  }

  /// In order, in simplified form; a stand-in is any character, if as many others as there are stand-ins are known.
  private func isSameMain() -> Bool {
    guard a.mainCount == b.mainCount else { return false }
    var standIns = 0
    for index in 0..<a.mainCount {
      let (one, other) = (a.plain(index), b.plain(index))
      if one == other, one != NameFeatures.standIn { continue }
      guard Name.isCharacter(one), Name.isCharacter(other), one == NameFeatures.standIn || other == NameFeatures.standIn
      else {
        return false
      }
      standIns += 1
    }
    return standIns * 2 <= a.mainCount
  }

  private func isSameSet() -> Bool {
    var used: UInt32 = 0
    for index in 0..<a.mainCount {
      let element = a.plain(index)
      guard let other = (0..<b.mainCount).first(where: { used >> UInt32($0) & 1 == 0 && b.plain($0) == element }) else {
        return false
      }
      used |= 1 << UInt32(other)
    }
    return true
  }

  private func acrossLatin() -> NameAgreement {
    var best = NameAgreement.different
    if a.traits.isRomanised, b.traits.isRomanised { best = RomanisedPair(words).agreement(a, b) }
    if best <= .romanised { return best }
    return min(best, WordPairs(pair: self).agreement())
  }

  private func acrossScripts() -> NameAgreement {
    if a.isCharacters, b.isCharacters { return characters() }
    let romanised = RomanisedPair(words).agreement(a, b)
    if romanised <= .romanised { return romanised }
    let hasLatin = a.count > Int(a.traits.characterCount) && b.count > Int(b.traits.characterCount)
    if !hasLatin { return romanised }
    // 陳大文 Peter, Peter Chan: a name in letters on both sides besides the family name.
    if romanised == .romanisedLoosely || romanised == .familyOnly, sharesLatinWord() { return .contained }
    let isMixed = a.isMixed || b.isMixed
    return isMixed ? min(romanised, WordPairs(pair: self).agreement()) : romanised
  }

  private func sharesLatinWord() -> Bool {
    for i in 0..<a.count where !Name.isCharacter(a[i]) {
      for j in 0..<b.count where b[j] == a[i] { return true }
    }
    return false
  }

  /// Both in characters, and not the same. One other character is no slip: brothers share all but one.
  private func characters() -> NameAgreement {
    if a.mainCount == b.mainCount, a.mainCount > 1, RomanisedPair(words).soundsSame(a, b) { return .similarWords }
    if !isWhole { return .different }
    let (aFamily, bFamily) = (a.family, b.family)
    if aFamily.count == bFamily.count, !aFamily.isEmpty, isSame(aFamily, bFamily) { return .familyOnly }
    let (aGiven, bGiven) = (aFamily.upperBound..<a.mainCount, bFamily.upperBound..<b.mainCount)
    return aGiven.count == bGiven.count && !aGiven.isEmpty && isSame(aGiven, bGiven) ? .givenOnly : .different
  }

  private func isSame(_ aRange: Range<Int>, _ bRange: Range<Int>) -> Bool {
    for offset in 0..<aRange.count where a.plain(aRange.lowerBound + offset) != b.plain(bRange.lowerBound + offset) {
      return false
    }
    return true
  }
}
