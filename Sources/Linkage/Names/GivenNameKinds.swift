/// In which kinds a name holds given names: only names of one kind can be found to differ.
///
/// Many a person has a Chinese given name and a western one, and every record has the one or the other: that 麥嘉玲 is not
/// Mary says nothing against `Mary Mak`.
struct GivenNameKinds {
  private(set) var hasChinese = false
  private(set) var hasWestern = false

  /// - Parameter name: of a column of whole names.
  init(_ name: Name, _ words: NameWordFacts) {
    // A single word is taken for the family name.
    if name.count < 2 { return }
    let family = name.family
    for index in 0..<name.count where !family.contains(index) || index >= name.mainCount {
      let element = name[index]
      if Name.isCharacter(element) {
        hasChinese = true
      } else if isChinese(words[element], name, isMain: index < name.mainCount) {
        hasChinese = true
      } else {
        hasWestern = true
      }
    }
  }

  /// Syllables among syllables, or among characters, if no list has them as a western name: Ken, Sue.
  private func isChinese(_ fact: NameVocabulary.Facts, _ name: Name, isMain: Bool) -> Bool {
    isMain && (name.traits.isRomanised || name.hasCharacters) && fact.segmentCount > 0 && fact.formalCount == 0
  }

  func canBeCompared(with other: Self) -> Bool {
    hasChinese && other.hasChinese || hasWestern && other.hasWestern
  }
}
