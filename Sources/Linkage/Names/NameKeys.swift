import Standards

/// Keys of names for blocking: names of one person share some of them more often than chance.
///
/// A key is a hash with its kind in it, the same in every run; a name has none or several of a kind, up to 32. Each function
/// appends to `keys`, without duplicates of its own; O(words), some 100 ns, for Chinese names 1 µs.
public struct NameKeys: Sendable {
  private let features: NameFeatures
  private let vocabulary: NameVocabulary
  private static let limit = 32

  private enum Kind: UInt64 {
    case family = 1
    case given = 2
    case formal = 3
    case initials = 4
    case words = 5
    case syllables = 6
    case familySound = 7
    case sound = 8
  }

  public init(_ features: NameFeatures, vocabulary: NameVocabulary) {
    self.features = features
    self.vocabulary = vocabulary
  }

  /// The family name in simplified form, one key; none where it is not known. `SMITH, John` and `John van Smith` share it.
  public func family(_ value: Int32, into keys: inout [UInt64]) {
    withName(value) { name in
      let range = features.part == .family ? 0..<name.mainCount : name.family
      if range.isEmpty { return }
      keys.append(range.reduce(start(.family)) { NameHash.mix($0, UInt64(name.plain($1))) })
    }
  }

  /// Each given name and each other name but initials.
  public func given(_ value: Int32, into keys: inout [UInt64]) {
    let first = keys.count
    forEachGiven(value) { element in
      append(NameHash.mix(start(.given), UInt64(element)), to: &keys, from: first)
    }
  }

  /// What each given name may be short for: `Bob` and `Robert` share one. A name in no list is its own.
  public func formalNames(_ value: Int32, into keys: inout [UInt64]) {
    let first = keys.count
    forEachGiven(value) { element in
      let fact = Name.isCharacter(element) ? NameVocabulary.Facts() : vocabulary.facts[Int(element)]
      if fact.formalCount == 0 { append(NameHash.mix(start(.given), UInt64(element)), to: &keys, from: first) }
      for index in 0..<min(8, Int(fact.formalCount)) {
        let formal = vocabulary.formals[Int(fact.formalStart) + index]
        append(NameHash.mix(start(.formal), UInt64(formal)), to: &keys, from: first)
      }
    }
  }

  /// First letters of the name's words in alphabetical order, one key; none for a name of one word or of characters.
  public func initials(_ value: Int32, into keys: inout [UInt64]) {
    withName(value) { name in
      guard name.mainCount > 1, !name.hasCharacters else { return }
      let letters = (0..<name.mainCount).map { vocabulary.letters[Int(vocabulary.starts[Int(name[$0])])] }.sorted()
      keys.append(letters.reduce(start(.initials)) { NameHash.mix($0, UInt64($1)) })
    }
  }

  /// All words in one order, one key: `John Smith` and `Smith, John`.
  public func words(_ value: Int32, into keys: inout [UInt64]) {
    withName(value) { name in
      if name.mainCount == 0 { return }
      let elements = (0..<name.mainCount).map { name.plain($0) }.sorted()
      keys.append(elements.reduce(start(.words)) { NameHash.mix($0, UInt64($1)) })
    }
  }

  /// `Phonetic.key` of each word of the family name; of a column of parts, of each word.
  public func sounds(_ value: Int32, into keys: inout [UInt64]) {
    let first = keys.count
    withName(value) { name in
      let range = features.part != .whole ? 0..<name.mainCount : name.family
      for index in range where !Name.isCharacter(name[index]) {
        let sound = vocabulary.facts[Int(name[index])].sound
        if sound != 0 { append(NameHash.mix(start(.sound), sound), to: &keys, from: first) }
      }
    }
  }

  /// Loose sounds of the family name of a Chinese name, in characters or romanised: 陳, `Chan` and `Chen`.
  ///
  /// Romanised names have keys for both ends, unless capitals say which is the family's.
  public func familySounds(_ value: Int32, into keys: inout [UInt64]) {
    let first = keys.count
    for syllables in readings(value).prefix(2) {
      for place in Set([0, syllables.count - 1]).sorted() where place == 0 || !features.hasCharacters(value) {
        for one in classes(syllables[place]) {
          append(NameHash.mix(start(.familySound), UInt64(one)), to: &keys, from: first)
        }
      }
    }
  }

  /// Loose sounds of each two syllables that stand one behind the other, and of the first with the last, in characters or
  /// romanised: 賴雅芳, `LAI Nga Fong` and `Nga Fong Lai` share one at least, also where one syllable is another.
  public func syllablePairs(_ value: Int32, into keys: inout [UInt64]) {
    let first = keys.count
    for syllables in readings(value).prefix(2) where syllables.count >= 2 {
      let count = syllables.count
      for index in 0..<(count == 2 ? 1 : count) {
        let next = index + 1 < count ? index + 1 : 0
        for one in classes(syllables[index]) {
          for other in classes(syllables[next]) where Self.system(one) == Self.system(other) {
            if keys.count - first == Self.limit { return }
            // In no order: 芳賴 of `Nga Fong Lai` is 賴…芳 turned.
            let (low, high) = (UInt64(min(one, other)), UInt64(max(one, other)))
            append(NameHash.mix(NameHash.mix(start(.syllables), low), high), to: &keys, from: first)
          }
        }
      }
    }
  }

  // MARK: - Parts

  private func start(_ kind: Kind) -> UInt64 { NameHash.mix(NameHash.seed, kind.rawValue) }

  /// Adds a key that none is since `first`: what stands before belongs to other names.
  private func append(_ key: UInt64, to keys: inout [UInt64], from first: Int) {
    if !keys[first...].contains(key) { keys.append(key) }
  }

  private func withName<Result>(_ value: Int32, _ body: (Name) -> Result) -> Result {
    features.elements.withUnsafeBufferPointer {
      body(Name(features.traits[Int(value)], $0.baseAddress, features.starts[Int(value)]))
    }
  }

  private func forEachGiven(_ value: Int32, _ body: (UInt32) -> Void) {
    withName(value) { name in
      let family = name.family
      for index in 0..<name.count where !(family.contains(index) && index < name.mainCount) {
        let element = name.plain(index)
        if Name.isCharacter(element) || vocabulary.facts[Int(element)].length > 1 { body(element) }
      }
    }
  }

  /// The name as syllables; none where a word is not Chinese.
  private func readings(_ value: Int32) -> [[Romanisation.Sounds]] {
    guard features.hasCharacters(value) || features.isRomanised(value) else { return [] }
    return withName(value) { name in
      vocabulary.withPointers { words in
        withUnsafeTemporaryAllocation(of: NameSyllables.self, capacity: SyllableWays.capacity) { space in
          let count = SyllableWays.fill(space.baseAddress!, name, words)
          return (0..<count).map { way in
            (0..<space[way].count).map { index in
              let item = space[way][index]
              return Name.isCharacter(item)
                ? Romanisation.sounds(ofCharacter: item ^ NameFeatures.characterBit)
                : Romanisation.sounds(ofSpelling: Int32(item))
            }
          }
        }
      }
    }
  }

  private func classes(_ sounds: Romanisation.Sounds) -> [UInt16] {
    var classes: [UInt16] = []
    for sound in sounds {
      let value = Romanisation.looseClass(ofSound: sound)
      if !classes.contains(value) { classes.append(value) }
    }
    return classes
  }

  private static func system(_ value: UInt16) -> UInt16 { value >> 14 }
}
