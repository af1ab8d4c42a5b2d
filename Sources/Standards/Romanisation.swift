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
/// has the sounds of all its readings, a Latin syllable those that may be written so. Loaded at first use (some 20 ms); raw
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

  /// The best agreement of any sound on one side with any on the other. O(|a| |b|), a few sounds each.
  public static func agreement(_ a: Sounds, _ b: Sounds) -> SyllableAgreement {
    var best: UInt8 = 0
    for one in a {
      for other in b {
        if one == other { return .exact }
        let difference = table.classes[Int(one)] ^ table.classes[Int(other)]
        if difference == 0 {
          best = 2
        } else if best == 0, difference & 0xFF == 0 || difference >> 8 == 0 {
          best = 1
        }
      }
    }
    return SyllableAgreement(rawValue: best)!
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
