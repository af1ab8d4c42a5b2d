/// How well two syllables, or a syllable and a Chinese character, agree in sound; ordered from none to the best.
public enum SyllableAgreement: UInt8, Sendable, Comparable {
  case none = 0
  /// Initial or rime may be the same: 賢 (jin, xian) and yan.
  case near = 1
  /// The same but for what regional accents and careless spelling do not tell apart: n and l, -n and -ng, z and zh.
  case loose = 2
  /// A spelling of that sound in Jyutping, Yale, the registers of Hong Kong, pinyin, Wade–Giles or, for family names, a dialect.
  case exact = 3

  public static func < (a: SyllableAgreement, b: SyllableAgreement) -> Bool { a.rawValue < b.rawValue }
}

/// Sounds of Chinese characters and of Latin syllables, so that 賴雅芳, `LAI Nga Fong` and `Lai Yafang` can be compared.
///
/// A sound is a syllable of Cantonese or of Mandarin, without tone, or a spelling of a family name in a dialect. A character
/// has the sounds of all its readings, a Latin syllable those that may be written so. Loaded at first use (some 30 ms); raw
/// memory that lives as long as the process, because it is read for each syllable of each pair compared.
public enum Romanisation {
  /// Numbers of sounds, ascending.
  public typealias Sounds = UnsafeBufferPointer<UInt16>

  /// Sounds of a character (its scalar); those of all characters with the same simplified form. Empty outside U+3400 to U+9FFF.
  @inline(__always)
  public static func sounds(ofCharacter scalar: UInt32) -> Sounds {
    table.characters[Int(SimplifiedForm.of(scalar)) - RomanisationTable.firstCharacter]
  }

  /// Number of a Latin syllable, in lower-case ASCII; -1 where no sound is written so. O(1).
  public static func spelling(_ letters: UnsafeBufferPointer<UInt16>) -> Int32 {
    guard let packed = packed(letters) else { return -1 }
    return table.spelling(packed)
  }

  public static func spelling(_ text: String) -> Int32 {
    Array(text.utf16).withUnsafeBufferPointer { spelling($0) }
  }

  /// Sounds that are written as a spelling (its number).
  @inline(__always)
  public static func sounds(ofSpelling number: Int32) -> Sounds { table.spellings[Int(number)] }

  /// Whether a spelling is one of a common family name.
  public static func isFamilyName(spelling number: Int32) -> Bool { number >= 0 && table.isFamily[Int(number)] }

  /// A character or a spelling, to be compared by its sounds.
  public struct Syllable: Sendable, Equatable {
    @usableFromInline let index: Int32

    /// - Parameter character: a scalar; one outside U+3400 to U+9FFF has no sound.
    public init(character scalar: UInt32) {
      let index = Int(SimplifiedForm.of(scalar)) - RomanisationTable.firstCharacter
      self.index =
        index >= 0 && index < RomanisationTable.characterCount ? Int32(index) : Int32(RomanisationTable.characterCount)
    }

    /// - Parameter spelling: number of a spelling.
    public init(spelling: Int32) { index = Int32(RomanisationTable.characterCount) + 1 + spelling }
  }

  /// The best agreement of any sound on one side with any on the other; some 5 ns where there is none.
  ///
  /// `.near` does not count sounds of dialects.
  public static func agreement(_ a: Syllable, _ b: Syllable) -> SyllableAgreement {
    let table = table
    let (one, other) = (table.summaries[Int(a.index)], table.summaries[Int(b.index)])
    let isInitial = one.initials & other.initials != 0
    let isRime = one.cantoneseRimes & other.cantoneseRimes | one.mandarinRimes & other.mandarinRimes != 0
    if one.sounds & other.sounds != 0 || isInitial && isRime {
      let best = agreement(table.sounds(of: a.index), table.sounds(of: b.index), table.classes)
      if best > .near { return best }
    }
    return isInitial || isRime ? .near : .none
  }

  private static func agreement(_ a: Sounds, _ b: Sounds, _ classes: UnsafeMutablePointer<UInt16>) -> SyllableAgreement
  {
    var best = SyllableAgreement.none
    for one in a {
      let ownClass = classes[Int(one)]
      for other in b {
        if one == other { return .exact }
        if ownClass == classes[Int(other)] { best = .loose }
      }
    }
    return best
  }

  /// Whether two syllables, one behind the other, may be a family name of two characters that is common: Szeto, Au Yeung.
  public static func isCompoundFamilyName(_ first: Syllable, _ second: Syllable) -> Bool {
    compounds.contains { agreement($0.0, first) == .exact && agreement($0.1, second) == .exact }
  }

  private static let compounds: [(Syllable, Syllable)] =
    ["欧阳", "司徒", "司马", "上官", "诸葛", "皇甫", "令狐", "慕容", "夏侯", "尉迟", "东方", "西门", "南宫", "端木", "公孙", "轩辕"]
    .map { name in
      let scalars = Array(name.unicodeScalars)
      return (Syllable(character: scalars[0].value), Syllable(character: scalars[1].value))
    }

  /// What a sound has in common with those that agree with it loosely: equal for these.
  ///
  /// Initial in the upper byte, rime in the lower; Cantonese, Mandarin and dialect have classes apart.
  @inline(__always)
  public static func looseClass(ofSound sound: UInt16) -> UInt16 { table.classes[Int(sound)] }

  /// Up to seven letters a to z in a word; nil where there are more, others or none.
  @inline(__always)
  static func packed(_ letters: UnsafeBufferPointer<UInt16>) -> UInt64? {
    guard letters.count <= 7, letters.count > 0 else { return nil }
    var word: UInt64 = 0
    for letter in letters {
      guard letter >= 97, letter <= 122 else { return nil }
      word = word << 8 | UInt64(letter)
    }
    return word
  }

  static let table = RomanisationTable()
}
