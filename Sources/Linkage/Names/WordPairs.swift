/// Compares names word by word, as letters.
struct WordPairs {
  private let short: Name
  private let long: Name
  private let isWhole: Bool
  private let words: NameWordFacts

  init(pair: NamePair) {
    (short, long) = pair.a.count <= pair.b.count ? (pair.a, pair.b) : (pair.b, pair.a)
    isWhole = pair.isWhole
    words = pair.words
  }

  /// How a word of one may agree with one of the other; tried in this order.
  private enum Pass: CaseIterable {
    case equal
    case nickname
    case initial
    case slip
    case similar
  }

  private struct Matches {
    var short: UInt32 = 0
    var long: UInt32 = 0
    var equal = 0
    var nickname = 0
    var initial = 0
    var slip = 0
    var similar = 0

    mutating func add(_ pass: Pass, _ i: Int, _ j: Int) {
      short |= 1 << UInt32(i)
      long |= 1 << UInt32(j)
      switch pass {
      case .equal: equal += 1
      case .nickname: nickname += 1
      case .initial: initial += 1
      case .slip: slip += 1
      case .similar: similar += 1
      }
    }

    var count: Int { equal + nickname + initial + slip + similar }
  }

  func agreement() -> NameAgreement {
    let matches = matches()
    if matches.count == short.count, !(isWhole && short.count == 1 && long.count > 1) { return ofAll(matches) }
    if isWhole { return ofSome(matches) }
    if matches.equal > 0 { return .similar }
    return isSimilarAsWhole() ? .similar : .different
  }

  private func matches() -> Matches {
    var matches = Matches()
    for pass in Pass.allCases {
      for i in 0..<short.count where matches.short >> UInt32(i) & 1 == 0 {
        for j in 0..<long.count where matches.long >> UInt32(j) & 1 == 0 && agrees(pass, short[i], long[j]) {
          matches.add(pass, i, j)
          break
        }
      }
      if matches.count == short.count { break }
    }
    return matches
  }

  private func ofAll(_ matches: Matches) -> NameAgreement {
    if matches.equal == short.count { return .contained }
    // Initials alone say little.
    if matches.initial == short.count { return isWhole && short.count > 1 ? .similarWords : .initials }
    let otherwise = matches.count - matches.equal
    if matches.similar > 0 || matches.slip > 1 || matches.slip == 1 && otherwise > 1 { return .similarWords }
    if matches.slip == 1 { return .slip }
    if matches.initial > 0 { return matches.equal > 0 ? .initials : .similarWords }
    return matches.equal > 0 || !isWhole || short.count == 1 ? .nickname : .similarWords
  }

  /// Not all words of the shorter name agree.
  private func ofSome(_ matches: Matches) -> NameAgreement {
    if isSameFamily() { return .familyOnly }
    if matches.equal + matches.nickname + matches.slip > 0 { return .givenOnly }
    return isSimilarAsWhole() ? .similar : .different
  }

  /// A single word is taken for the family name.
  private func isSameFamily() -> Bool {
    let one = short.family.isEmpty ? 0..<1 : short.family
    let other = long.family.isEmpty ? 0..<1 : long.family
    return one.contains { i in
      other.contains { j in agrees(.equal, short[i], long[j]) || agrees(.slip, short[i], long[j]) }
    }
  }

  private func agrees(_ pass: Pass, _ a: UInt32, _ b: UInt32) -> Bool {
    if pass == .equal { return a == b }
    if Name.isCharacter(a) || Name.isCharacter(b) { return false }
    let (one, other) = (words[a], words[b])
    switch pass {
    case .equal: return a == b
    case .nickname: return sharesFormalName(one, other)
    case .initial:
      return (one.length == 1) != (other.length == 1)
        && words.letters(a)[0] == words.letters(b)[0]
    case .slip: return isSlip(a, b, one, other)
    case .similar: return isSimilar(a, b, one, other)
    }
  }

  private func sharesFormalName(_ a: NameVocabulary.Facts, _ b: NameVocabulary.Facts) -> Bool {
    for i in Int(a.formalStart)..<Int(a.formalStart) + Int(a.formalCount) {
      for j in Int(b.formalStart)..<Int(b.formalStart) + Int(b.formalCount)
      where words.formals.unsafelyUnwrapped[i] == words.formals.unsafelyUnwrapped[j] {
        return true
      }
    }
    return false
  }

  private func isSlip(_ a: UInt32, _ b: UInt32, _ one: NameVocabulary.Facts, _ other: NameVocabulary.Facts) -> Bool {
    let shorter = min(one.length, other.length)
    guard shorter >= 3, max(one.length, other.length) - shorter <= 1, (one.letters ^ other.letters).nonzeroBitCount <= 2
    else {
      return false
    }
    // Cheung and Chung are two names.
    if one.spelling >= 0, other.spelling >= 0, shorter < 5 { return false }
    return EditDistance.osa(words.letters(a), words.letters(b), limit: 1) <= 1
  }

  private func isSimilar(_ a: UInt32, _ b: UInt32, _ one: NameVocabulary.Facts, _ other: NameVocabulary.Facts) -> Bool {
    guard min(one.length, other.length) >= 3 else { return false }
    if one.sound != 0, one.sound == other.sound { return true }
    guard Self.mayBeSimilar(one.letters, Int(one.length), other.letters, Int(other.length)) else { return false }
    return JaroWinkler.similarity(words.letters(a), words.letters(b)) >= 0.88
  }

  /// Jaro–Winkler of 0.88 needs Jaro of 0.8, and that m/|a| + m/|b| ≥ 1.4 for m common letters: letters that only one of
  /// the two has are not common.
  private static func mayBeSimilar(_ a: UInt32, _ aLength: Int, _ b: UInt32, _ bLength: Int) -> Bool {
    let common = min(aLength - (a & ~b).nonzeroBitCount, bLength - (b & ~a).nonzeroBitCount)
    return common * (aLength + bLength) * 10 >= aLength * bLength * 14
  }

  private func isSimilarAsWhole() -> Bool {
    var (aMask, bMask, aLength, bLength) = (UInt32(0), UInt32(0), 0, 0)
    for i in 0..<short.mainCount where !Name.isCharacter(short[i]) {
      aMask |= words[short[i]].letters
      aLength += Int(words[short[i]].length)
    }
    for j in 0..<long.mainCount where !Name.isCharacter(long[j]) {
      bMask |= words[long[j]].letters
      bLength += Int(words[long[j]].length)
    }
    guard min(aLength, bLength) >= 3, Self.mayBeSimilar(aMask, aLength, bMask, bLength) else { return false }
    return withUnsafeTemporaryAllocation(of: UInt16.self, capacity: aLength + bLength) { space in
      let one = fill(short, space, 0)
      let other = fill(long, space, one)
      return JaroWinkler.similarity(
        UnsafeBufferPointer(rebasing: space[0..<one]), UnsafeBufferPointer(rebasing: space[one..<other])) >= 0.88
    }
  }

  private func fill(_ name: Name, _ space: UnsafeMutableBufferPointer<UInt16>, _ start: Int) -> Int {
    var end = start
    for index in 0..<name.mainCount where !Name.isCharacter(name[index]) {
      let letters = words.letters(name[index])
      for letter in 0..<min(letters.count, Int(words[name[index]].length)) {
        space[end] = letters[letter]
        end += 1
      }
    }
    return end
  }
}
