import Standards

/// Compares names by syllable, at least one of them in Chinese characters or both romanised.
struct RomanisedPair {
  private let words: NameWordFacts

  init(_ words: NameWordFacts) { self.words = words }

  /// How the syllables of two names agree, in one order of both.
  private struct Tally {
    var exact = 0
    var loose = 0
    var near = 0
    var none = 0
    /// Bit by syllable: whether it agrees exactly or loosely.
    var agreeing: UInt32 = 0
  }

  /// Symmetric; `.different` where the names have nothing in common.
  func agreement(_ a: Name, _ b: Name) -> NameAgreement {
    var best = NameAgreement.different
    withUnsafeTemporaryAllocation(of: NameSyllables.self, capacity: 2 * SyllableWays.capacity) { space in
      let (one, other) = (space.baseAddress!, space.baseAddress! + SyllableWays.capacity)
      let count = SyllableWays.fill(one, a, words)
      let otherCount = count == 0 ? 0 : SyllableWays.fill(other, b, words)
      for i in 0..<count where best > .romanised {
        for j in 0..<otherCount where one[i].count == other[j].count && one[i].count >= 2 {
          best = min(best, agreement(one[i], other[j]))
        }
      }
    }
    if best <= .romanisedLoosely { return best }
    return min(best, familyAgreement(a, b))
  }

  /// Whether two names of as many characters have a reading in common at each place: 偉明, 玮铭.
  func soundsSame(_ a: Name, _ b: Name) -> Bool {
    for index in 0..<a.mainCount where agreement(a[index], b[index]) != .exact { return false }
    return true
  }

  /// Every turn of the one against the other: family name first or last.
  private func agreement(_ one: NameSyllables, _ other: NameSyllables) -> NameAgreement {
    let count = one.count
    var best = NameAgreement.different
    for turn in 0..<count {
      // Only one or two syllables may be a family name, at either end.
      if turn > 2, turn < count - 2 { continue }
      let tally = tally(one, other, turn)
      if tally.exact == count { return .romanised }
      let agreed = tally.exact + tally.loose
      if agreed == count || count > 2 && tally.exact == count - 1 && tally.near == 1 {
        best = min(best, .romanisedLoosely)
      } else if turn == 0, count == 2, tally.exact == 1, tally.near == 1 {
        best = min(best, .similarWords)
      } else if turn == 0, count >= 3, tally.agreeing == 1 << UInt32(count) - 2 {
        best = min(best, .givenOnly)
      }
    }
    return best
  }

  private func tally(_ one: NameSyllables, _ other: NameSyllables, _ turn: Int) -> Tally {
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

  @inline(__always)
  private func syllable(_ item: UInt32) -> Romanisation.Syllable {
    Name.isCharacter(item)
      ? Romanisation.Syllable(character: item ^ NameFeatures.characterBit)
      : Romanisation.Syllable(spelling: Int32(item))
  }

  private func agreement(_ a: UInt32, _ b: UInt32) -> SyllableAgreement {
    if a == NameFeatures.standIn || b == NameFeatures.standIn { return .near }
    if a == b { return .exact }
    return Romanisation.agreement(syllable(a), syllable(b))
  }

  /// 麥嘉玲 and `Mary Mak`, 司徒銘輝 and `Eric Szeto`: the family name's characters and what stands at either end.
  private func familyAgreement(_ a: Name, _ b: Name) -> NameAgreement {
    let (aFamily, bFamily) = (a.family, b.family)
    guard !aFamily.isEmpty, !bFamily.isEmpty else { return .different }
    if a.isCharacters == b.isCharacters {
      guard aFamily.count == 1, bFamily.count == 1 else { return .different }
      return isSameFamily(a[aFamily.lowerBound], b[bFamily.lowerBound]) ? .familyOnly : .different
    }
    let (characters, latin, family) = a.isCharacters ? (a, b, aFamily) : (b, a, bFamily)
    if family.count == 1 {
      let character = characters[family.lowerBound]
      return isSameFamily(character, latin[0]) || isSameFamily(character, latin[latin.mainCount - 1])
        ? .familyOnly : .different
    }
    let pair = (characters[family.lowerBound], characters[family.lowerBound + 1])
    let last = latin.mainCount - 1
    if isWritten(pair, latin[0]) || isWritten(pair, latin[last]) { return .familyOnly }
    guard last > 0 else { return .different }
    let isApart =
      isSameFamily(pair.0, latin[0]) && isSameFamily(pair.1, latin[1])
      || isSameFamily(pair.0, latin[last - 1]) && isSameFamily(pair.1, latin[last])
    return isApart ? .familyOnly : .different
  }

  /// Whether a word may be two characters: 司徒, `Szeto`.
  private func isWritten(_ characters: (UInt32, UInt32), _ word: UInt32) -> Bool {
    if Name.isCharacter(word) { return false }
    let fact = words[word]
    var place = Int(fact.segmentStart)
    for _ in 0..<fact.segmentCount {
      let length = Int(words.segment(place))
      if length == 2, agreement(characters.0, UInt32(words.segment(place + 1))) == .exact,
        agreement(characters.1, UInt32(words.segment(place + 2))) == .exact
      {
        return true
      }
      place += length + 1
    }
    return false
  }

  private func isSameFamily(_ a: UInt32, _ b: UInt32) -> Bool {
    if a == b { return true }
    let one = Name.isCharacter(a) ? syllable(a) : spelled(a)
    let other = Name.isCharacter(b) ? syllable(b) : spelled(b)
    return Romanisation.agreement(one, other) == .exact
  }

  private func spelled(_ word: UInt32) -> Romanisation.Syllable {
    let spelling = words[word].spelling
    return spelling < 0 ? Romanisation.Syllable(character: 0) : Romanisation.Syllable(spelling: spelling)
  }
}
