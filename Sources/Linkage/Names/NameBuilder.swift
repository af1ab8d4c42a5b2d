import Standards

/// Makes the features of one name at a time.
struct NameBuilder {
  typealias Word = NameReader.Word

  let part: NameFeatures.Part
  private var reader = NameReader()
  /// Words of the name itself and of others, without titles and particles.
  private var main: [Word] = []
  private var other: [Word] = []
  private(set) var elements: [UInt32] = []
  private(set) var traits = NameFeatures.Traits()

  init(part: NameFeatures.Part) { self.part = part }

  mutating func read(_ bytes: UnsafeRawBufferPointer, _ vocabulary: inout NameVocabulary) {
    reader.read(bytes, &vocabulary)
    traits = NameFeatures.Traits()
    main.removeAll(keepingCapacity: true)
    other.removeAll(keepingCapacity: true)
    var words = reader.words
    let characters = words.reduce(0) { $0 + ($1.isCharacter && $1.element != NameFeatures.standIn ? 1 : 0) }
    // A question mark among Latin letters is not known to be one letter.
    if characters == 0 { words.removeAll { $0.element == NameFeatures.standIn } }
    if characters > 2 { removeChineseTitles(&words) }
    let isChinese = isRomanised(words, vocabulary)
    if !isChinese { removeTitles(&words, vocabulary) }
    hashExactly(words)
    // With particles: van den Berg is Vandenberg.
    let compact = compactHash(words, vocabulary)
    if !isChinese { removeParticles(&words, vocabulary) }
    let familyIsFirst = divide(words, vocabulary)
    if main.count > NameFeatures.limit { main.removeLast(main.count - NameFeatures.limit) }
    if main.count + other.count > NameFeatures.limit { other.removeLast(main.count + other.count - NameFeatures.limit) }
    traits.isRomanised = main.count >= 2 && main.allSatisfy { isSyllables($0, vocabulary) }
    findFamily(vocabulary, isFirst: familyIsFirst)
    finish(vocabulary)
    if words.allSatisfy({ $0.section == 0 }), other.isEmpty { traits.compact = compact }
  }

  private func isSyllables(_ word: Word, _ vocabulary: NameVocabulary) -> Bool {
    !word.isCharacter && vocabulary.facts[Int(word.element)].segmentCount > 0
  }

  /// Whether the words before the first break are Chinese syllables all, with a family name among the first and last.
  private func isRomanised(_ words: [Word], _ vocabulary: NameVocabulary) -> Bool {
    var count = 0
    var hasFamily = false
    for word in words where word.section == 0 {
      guard isSyllables(word, vocabulary) else { return false }
      count += 1
      hasFamily = hasFamily || isFamilyName(word, vocabulary)
    }
    return count >= 2 && hasFamily
  }

  private func removeChineseTitles(_ words: inout [Word]) {
    while let last = words.lastIndex(where: { $0.isCharacter }), last >= 2, words[last - 1].isCharacter,
      words[last - 2].isCharacter,
      words[last].section == words[last - 2].section
    {
      let pair = UInt64(words[last - 1].element & 0x1F_FFFF) << 32 | UInt64(words[last].element & 0x1F_FFFF)
      guard NameWords.chineseTitles.contains(pair) else { return }
      words.removeSubrange(last - 1...last)
    }
  }

  private mutating func removeTitles(_ words: inout [Word], _ vocabulary: NameVocabulary) {
    guard words.contains(where: { $0.role != .name && $0.role != .particle }) else { return }
    var kept: [Word] = []
    for (index, word) in words.enumerated() {
      let isDropped =
        switch word.role {
        case .name, .particle: false
        case .title, .ordinal, .rank: true
        case .leadingTitle: words.count > 2 && index == 0 || index > 0 && words[index - 1].role == .ordinal
        case .suffix: index > 0
        }
      if !isDropped { kept.append(word) }
      if isDropped, word.role == .suffix {
        traits.generation = max(traits.generation, vocabulary.facts[Int(word.element)].generation)
      }
    }
    // A name of titles only keeps them.
    if kept.contains(where: { $0.role != .particle }) { words = kept }
  }

  private func removeParticles(_ words: inout [Word], _ vocabulary: NameVocabulary) {
    guard words.contains(where: { $0.role == .particle }) else { return }
    // Edward Yang Te-chang: beside two Chinese syllables a third is one too.
    let syllables = words.reduce(0) { $0 + ($1.role != .particle && isSyllables($1, vocabulary) ? 1 : 0) }
    if part == .whole, syllables >= 2, words.contains(where: { $0.role != .particle && isFamilyName($0, vocabulary) }) {
      return
    }
    let rest = words.reduce(0) { $0 + ($1.role == .particle ? 0 : 1) }
    // Le Di or Al Smith: what stands at the beginning of a whole name of two words is a name.
    if rest == 0 || rest == 1 && part == .whole && words[0].role == .particle && words.count == 2 { return }
    words.removeAll { $0.role == .particle }
  }

  /// Parts the name itself from other names of the person; whether its family name is known to stand first.
  private mutating func divide(_ words: [Word], _ vocabulary: NameVocabulary) -> Bool {
    guard let last = words.last, let first = words.first else { return false }
    if last.section == 0 || first.section == last.section {
      divideWithoutBreak(words, vocabulary)
      return false
    }
    let head = words.prefix { $0.section == first.section }
    let tail = words[head.count...]
    let isFamily = tail.first!.isBehindComma && !(head.count > 1 && isRomanised(words, vocabulary))
    if isFamily, !head.contains(where: \.isCharacter), tail.allSatisfy({ $0.section == tail.first!.section }) {
      // SMITH, John: one name; clifford, 1st baron of chudleigh: two or more words before it are a whole name.
      if head.count == 1 || part != .whole {
        main = words
        return true
      }
      main = words
      return false
    }
    main = Array(head)
    other = Array(tail)
    return false
  }

  /// 陳大文 Peter, Peter CHAN Tai Man: the western given name apart.
  private mutating func divideWithoutBreak(_ words: [Word], _ vocabulary: NameVocabulary) {
    let characters = words.reduce(0) { $0 + ($1.isCharacter ? 1 : 0) }
    if characters >= 2, characters < words.count {
      main = words.filter(\.isCharacter)
      other = words.filter { !$0.isCharacter }
      return
    }
    main = words
    guard part == .whole, characters == 0, words.count >= 3 else { return }
    if let family = capitalsInside(words), isOneSyllable(words[family], vocabulary),
      isOneSyllable(words[family + 1], vocabulary)
    {
      main = Array(words[family...])
      other = Array(words[..<family])
      return
    }
    let syllables = words.reduce(0) { $0 + (isOneSyllable($1, vocabulary) ? 1 : 0) }
    guard syllables >= 2, syllables < words.count,
      words.contains(where: {
        !$0.isCharacter && Romanisation.isFamilyName(spelling: vocabulary.facts[Int($0.element)].spelling)
      })
    else { return }
    main = words.filter { isOneSyllable($0, vocabulary) }
    other = words.filter { !isOneSyllable($0, vocabulary) }
  }

  /// Leon LAI Ming: where the only words in capitals begin, if others stand on both sides.
  private func capitalsInside(_ words: [Word]) -> Int? {
    guard let first = words.firstIndex(where: \.isCapitals), first > 0 else { return nil }
    let end = words[first...].firstIndex { !$0.isCapitals }
    guard let end, !words[end...].contains(where: \.isCapitals) else { return nil }
    return first
  }

  private func isOneSyllable(_ word: Word, _ vocabulary: NameVocabulary) -> Bool {
    if word.isCharacter { return false }
    let fact = vocabulary.facts[Int(word.element)]
    return fact.spelling >= 0 || fact.isCompoundFamily
  }

  private mutating func findFamily(_ vocabulary: NameVocabulary, isFirst: Bool) {
    guard part == .whole, main.count >= 2 else { return }
    if main[0].isCharacter, main[1].isCharacter {
      traits.familyCount = main.count > 2 && isCompound(main[0].element, main[1].element) ? 2 : 1
      return
    }
    traits.familyCount = 1
    if isFirst { return }
    let capitals = main.prefix(while: \.isCapitals).count
    if capitals > 0, capitals < main.count {
      // LAI Nga Fong; SHEUNG KWUN Si Fong.
      traits.familyCount = UInt8(capitals)
      return
    }
    let isFamily =
      main[0].isCharacter || Romanisation.isFamilyName(spelling: vocabulary.facts[Int(main[0].element)].spelling)
    if isFamily, traits.isRomanised || main.contains(where: \.isCharacter),
      main.count >= 3 || !isFamilyName(main[1], vocabulary)
    {
      return
    }
    traits.familyStart = UInt8(main.count - 1)
  }

  private func isFamilyName(_ word: Word, _ vocabulary: NameVocabulary) -> Bool {
    if word.isCharacter { return true }
    let fact = vocabulary.facts[Int(word.element)]
    return fact.isCompoundFamily || Romanisation.isFamilyName(spelling: fact.spelling)
  }

  private func isCompound(_ first: UInt32, _ second: UInt32) -> Bool {
    let name = [first, second].compactMap { Unicode.Scalar($0 ^ NameFeatures.characterBit) }
    var text = String.UnicodeScalarView(name)
    // With one more character: only then may two be the family name.
    text.append("伟")
    var whole = String(text)
    return whole.withUTF8 { PersonName.familyLength(of: UnsafeRawBufferPointer($0)) } > 3
  }

  private mutating func hashExactly(_ words: [Word]) {
    var hash = NameHash.seed
    for word in words { hash = NameHash.mix(hash, UInt64(word.element) | UInt64(word.isBehindComma ? 1 : 0) << 33) }
    traits.exact = UInt32(truncatingIfNeeded: NameHash.mix(hash, UInt64(traits.generation)))
  }

  /// Of the letters and simplified characters without breaks.
  private func compactHash(_ words: [Word], _ vocabulary: NameVocabulary) -> UInt32 {
    var hash = NameHash.seed
    for word in words {
      if word.isCharacter {
        hash = (hash ^ UInt64(SimplifiedForm.of(word.element ^ NameFeatures.characterBit))) &* 0x100_0000_01B3
      } else {
        let index = Int(word.element)
        for letter in Int(vocabulary.starts[index])..<Int(vocabulary.starts[index + 1]) {
          hash = (hash ^ UInt64(vocabulary.letters[letter])) &* 0x100_0000_01B3
        }
      }
    }
    return UInt32(truncatingIfNeeded: NameHash.mix(hash, UInt64(traits.generation)))
  }

  private mutating func finish(_ vocabulary: NameVocabulary) {
    elements.removeAll(keepingCapacity: true)
    for word in main {
      elements.append(word.element)
      if word.isCharacter { traits.characterCount += 1 }
    }
    for word in other { elements.append(word.element) }
    traits.mainCount = UInt8(main.count)
    traits.otherCount = UInt8(other.count)
    traits.compact = compactHash(main, vocabulary)
  }
}
