import Standards

/// What is known of each name of a column, by number of the value: words without titles, in order, the family name's place,
/// other names of the same person.
///
/// 20 bytes a name and 4 for each word. O(bytes), some 0.5 µs a name of known words.
public struct NameFeatures: Sendable {
  /// What the column holds of a name.
  public enum Part: UInt8, Sendable {
    case whole
    case given
    case family
  }

  /// Marks an element that is a character's scalar and not the number of a word.
  static let characterBit: UInt32 = 0x8000_0000
  /// A character that is not known.
  static let standIn: UInt32 = 0x8000_003F
  /// Words beyond these are not compared one by one.
  static let limit = 12

  struct Traits: Sendable {
    /// Of all words but titles, particles too, in order and in their own script.
    var exact: UInt32 = 0
    /// Of the letters without breaks, characters in simplified form, without particles.
    var compact: UInt32 = 0
    /// Elements of the name itself, then of other names of the person.
    var mainCount: UInt8 = 0
    var otherCount: UInt8 = 0
    /// Where the family name stands within the name itself; none where that is not known.
    var familyStart: UInt8 = 0
    var familyCount: UInt8 = 0
    /// As `NameWords.generation`.
    var generation: UInt8 = 0
    var characterCount: UInt8 = 0
    /// Whether every word of the name itself can be read as Chinese syllables.
    var isRomanised = false
  }

  public let part: Part
  private(set) var elements: [UInt32] = []
  private(set) var starts: [UInt32] = [0]
  private(set) var traits: [Traits] = []

  public init(_ texts: ValueTexts, part: Part = .whole, vocabulary: inout NameVocabulary) {
    self.part = part
    starts.reserveCapacity(texts.count + 1)
    traits.reserveCapacity(texts.count)
    var builder = NameBuilder(part: part)
    for number in 0..<Int32(texts.count) {
      texts.withBytes(number) { builder.read($0, &vocabulary) }
      elements.append(contentsOf: builder.elements)
      starts.append(UInt32(elements.count))
      traits.append(builder.traits)
    }
  }

  public var count: Int { traits.count }

  /// Family name and given names of the name itself, characters in simplified form; where no family name is known, no word is
  /// its.
  func wordsOfParts(_ value: Int32) -> (family: [UInt32], given: [UInt32], hasCharacters: Bool) {
    elements.withUnsafeBufferPointer { elements in
      let name = Name(traits[Int(value)], elements.baseAddress, starts[Int(value)])
      let family = name.family
      let given = (0..<name.mainCount).filter { !family.contains($0) }
      return (family.map { name.plain($0) }, given.map { name.plain($0) }, name.hasCharacters)
    }
  }

  /// Whether a name has Chinese characters.
  public func hasCharacters(_ value: Int32) -> Bool { traits[Int(value)].characterCount > 0 }

  /// Whether a name has no characters, and all its words can be read as Chinese syllables, two at least.
  public func isRomanised(_ value: Int32) -> Bool { traits[Int(value)].isRomanised }

  /// The family and given names as words apart, for messages; family is empty where it is not known.
  public func parts(_ value: Int32, _ vocabulary: NameVocabulary) -> (
    family: [String], given: [String], other: [String]
  ) {
    let traits = traits[Int(value)]
    let start = Int(starts[Int(value)])
    var result: (family: [String], given: [String], other: [String]) = ([], [], [])
    for index in 0..<Int(traits.mainCount) + Int(traits.otherCount) {
      let element = elements[start + index]
      let text =
        element & Self.characterBit == 0
        ? vocabulary.text(element) : Unicode.Scalar(element ^ Self.characterBit).map(String.init) ?? "?"
      if index >= Int(traits.mainCount) {
        result.other.append(text)
      } else if index >= Int(traits.familyStart), index < Int(traits.familyStart) + Int(traits.familyCount) {
        result.family.append(text)
      } else {
        result.given.append(text)
      }
    }
    return result
  }
}
