import Standards

/// Takes a name apart: its words in order, with where the breaks were.
struct NameReader {
  struct Word {
    /// A word's number, or a character's scalar with `NameFeatures.characterBit`.
    var element: UInt32
    var role: WordRole
    /// The section it stands in; 0 before the first comma, semicolon or bracket.
    var section: UInt8
    /// Whether that section begins behind a comma.
    var isBehindComma: Bool
    /// Whether all its letters, two at least, are capitals.
    var isCapitals: Bool

    var isCharacter: Bool { element & NameFeatures.characterBit != 0 }
  }

  private(set) var words: [Word] = []
  private var letters: [UInt16] = []
  private var capitals = 0
  private var section: UInt8 = 0
  private var isBehindComma = false

  mutating func read(_ bytes: UnsafeRawBufferPointer, _ vocabulary: inout NameVocabulary) {
    words.removeAll(keepingCapacity: true)
    letters.removeAll(keepingCapacity: true)
    capitals = 0
    section = 0
    isBehindComma = false
    var reader = ScalarReader(bytes)
    while let scalar = reader.next() {
      switch NameScalar(scalar) {
      case .letter(let letter):
        letters.append(letter)
        if scalar >= 65, scalar <= 90 { capitals += 1 }
      case .letters(let one, let other):
        letters.append(one)
        letters.append(other)
      case .character:
        flush(&vocabulary)
        append(scalar | NameFeatures.characterBit, .name)
      case .standIn:
        flush(&vocabulary)
        append(NameFeatures.standIn, .name)
      case .nothing: break
      case .space: flush(&vocabulary)
      case .comma: divide(&vocabulary, isComma: true)
      case .divider: divide(&vocabulary, isComma: false)
      }
    }
    flush(&vocabulary)
  }

  private mutating func divide(_ vocabulary: inout NameVocabulary, isComma: Bool) {
    flush(&vocabulary)
    if section < 255, !words.isEmpty, words[words.count - 1].section == section { section += 1 }
    isBehindComma = isComma && section > 0
  }

  private mutating func flush(_ vocabulary: inout NameVocabulary) {
    if letters.isEmpty { return }
    let number = letters.withUnsafeBufferPointer { vocabulary.number($0) }
    append(number, vocabulary.facts[Int(number)].role, isCapitals: capitals == letters.count && letters.count > 1)
    letters.removeAll(keepingCapacity: true)
    capitals = 0
  }

  private mutating func append(_ element: UInt32, _ role: WordRole, isCapitals: Bool = false) {
    words.append(
      Word(element: element, role: role, section: section, isBehindComma: isBehindComma, isCapitals: isCapitals))
  }
}
