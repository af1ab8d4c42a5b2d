import Standards

/// Compares names by syllable, at least one of them in Chinese characters or both romanised.
struct RomanisedPair {
  private let vocabulary: NameVocabulary

  init(_ vocabulary: NameVocabulary) { self.vocabulary = vocabulary }

  /// How the syllables of two names agree, in one order of both.
  private struct Tally {
    var exact = 0
    var loose = 0
    var near = 0
    var none = 0
    /// Bit by syllable: whether it agrees exactly or loosely.
    var agreeing: UInt32 = 0

    var count: Int { exact + loose + near + none }
    var score: Int { exact * 16 + loose * 8 + near }
  }

  /// Syllables of a name in one reading: characters, or numbers of spellings.
  private struct Syllables {
    var items = (UInt32(0), UInt32(0), UInt32(0), UInt32(0), UInt32(0), UInt32(0), UInt32(0), UInt32(0))
    var count = 0

    mutating func append(_ item: UInt32) {
      withUnsafeMutableBytes(of: &items) { $0.storeBytes(of: item, toByteOffset: count * 4, as: UInt32.self) }
      count += 1
    }

    subscript(index: Int) -> UInt32 {
      withUnsafeBytes(of: items) { $0.load(fromByteOffset: index * 4, as: UInt32.self) }
    }
  }

  private static let limit = 8
  /// Ways to part words into syllables that are tried.
  private static let wayLimit = 12

  /// Symmetric; `.different` where the names have nothing in common.
  func agreement(_ a: Name, _ b: Name) -> NameAgreement {
    let (aWays, bWays) = (ways(a), ways(b))
    var best = NameAgreement.different
    for one in aWays {
      for other in bWays where one.count == other.count && one.count >= 2 {
        best = min(best, agreement(one, other, a, b))
        if best == .romanised { return best }
      }
    }
    if best <= .romanisedLoosely { return best }
    return min(best, familyAgreement(a, b))
  }

  /// Every turn of the one against the other: family name first or last.
  private func agreement(_ one: Syllables, _ other: Syllables, _ a: Name, _ b: Name) -> NameAgreement {
    let count = one.count
    var best = NameAgreement.different
    for turn in 0..<count {
      // Only one or two syllables may be a family name, at either end.
      if turn > 2, turn < count - 2 { continue }
      let tally = tally(one, other, turn)
      let agreed = tally.exact + tally.loose
      if tally.exact == count { return .romanised }
      if count == 2 ? agreed == 2 : agreed >= count - 1 && (agreed == count || tally.exact >= 2) {
        best = min(best, .romanisedLoosely)
      }
      if agreed == count - 1, count == 2, tally.near == 1, tally.exact == 1, a.isCharacters != b.isCharacters, turn == 0
      {
        best = min(best, .similarWords)
      }
      if turn == 0, count >= 3, (1..<count).allSatisfy({ tally.agreeing >> UInt32($0) & 1 == 1 }) {
        best = min(best, .givenOnly)
      }
    }
    return best
  }

  private func tally(_ one: Syllables, _ other: Syllables, _ turn: Int) -> Tally {
    var tally = Tally()
    for index in 0..<one.count {
      let place = index + turn
      let agreement = agreement(one[index], other[place < other.count ? place : place - other.count])
      switch agreement {
      case .exact: tally.exact += 1
      case .loose: tally.loose += 1
      case .near: tally.near += 1
      case .none: tally.none += 1
      }
      if agreement >= .loose { tally.agreeing |= 1 << UInt32(index) }
      // Two that disagree decide: no rule is kinder.
      if tally.near + tally.none > 1 { return tally }
    }
    return tally
  }

  private func sounds(_ item: UInt32) -> Romanisation.Sounds {
    Name.isCharacter(item)
      ? Romanisation.sounds(ofCharacter: item ^ NameFeatures.characterBit)
      : Romanisation.sounds(ofSpelling: Int32(item))
  }

  private func agreement(_ a: UInt32, _ b: UInt32) -> SyllableAgreement {
    if a == b { return a == NameFeatures.standIn ? .near : .exact }
    if a == NameFeatures.standIn || b == NameFeatures.standIn { return .near }
    return Romanisation.agreement(sounds(a), sounds(b))
  }

  /// The readings of a name as syllables; none where a word is not Chinese.
  private func ways(_ name: Name) -> [Syllables] {
    var ways = [Syllables()]
    for index in 0..<name.mainCount {
      let element = name[index]
      if Name.isCharacter(element) {
        for way in ways.indices where ways[way].count < Self.limit { ways[way].append(element) }
        continue
      }
      let fact = vocabulary.facts[Int(element)]
      if fact.segmentCount == 0 { return [] }
      var longer: [Syllables] = []
      var place = Int(fact.segmentStart)
      for _ in 0..<fact.segmentCount {
        let length = Int(vocabulary.segments[place])
        for way in ways where way.count + length <= Self.limit && longer.count < Self.wayLimit {
          var way = way
          for syllable in place + 1...place + length { way.append(UInt32(vocabulary.segments[syllable])) }
          longer.append(way)
        }
        place += length + 1
      }
      ways = longer
    }
    return ways
  }

  /// 麥嘉玲 and `Mary Mak`: the family name's character and a word at either end.
  private func familyAgreement(_ a: Name, _ b: Name) -> NameAgreement {
    guard a.traits.familyCount > 0, b.traits.familyCount > 0 else { return .different }
    if a.hasCharacters == b.hasCharacters {
      return a.traits.familyCount == 1 && b.traits.familyCount == 1
        && isSameFamily(a[a.family.lowerBound], b[b.family.lowerBound])
        ? .familyOnly : .different
    }
    let (characters, latin) = a.hasCharacters ? (a, b) : (b, a)
    let family = characters[characters.family.lowerBound]
    guard characters.traits.familyCount == 1, Name.isCharacter(family) else { return .different }
    let ends = [latin[latin.family.lowerBound], latin[latin.family.lowerBound == 0 ? latin.mainCount - 1 : 0]]
    return ends.contains { isSameFamily(family, $0) } ? .familyOnly : .different
  }

  private func isSameFamily(_ a: UInt32, _ b: UInt32) -> Bool {
    func sounds(_ element: UInt32) -> Romanisation.Sounds? {
      if Name.isCharacter(element) { return self.sounds(element) }
      let spelling = vocabulary.facts[Int(element)].spelling
      return spelling < 0 ? nil : Romanisation.sounds(ofSpelling: spelling)
    }
    guard let one = sounds(a), let other = sounds(b) else { return false }
    return a == b || Romanisation.agreement(one, other) == .exact
  }
}
