/// Keys of how a Latin name sounds, tolerant of the spellings of several languages.
public enum Phonetic {
  public typealias Units = UnsafeBufferPointer<UInt16>

  /// The letters of keys, in the order of their codes from 1.
  private static let letters = Array("APTFKSJLMNRH")

  /// The consonants of a folded name by their sound, at most 16 codes of four bits, the first in the highest bits; 0 where
  /// it has no Latin letter or has one of another script.
  ///
  /// A vowel counts at the beginning only, and all vowels alike. Sounds are told apart as coarsely as in Kölner Phonetik
  /// (H. J. Postel, IBM-Nachrichten 19 (1969), 925–931) and Double Metaphone (L. Philips, C/C++ Users Journal 18/6 (2000)):
  /// b p; d t; f v w ph; g k q; s z and what hisses; j and soft g; l; m; n; r. The rules are our own: they hold for
  /// English, German, French, Spanish and Slavic spellings where these do not contradict one another. Blanks and digits are
  /// passed over, so `de la cruz` is `delacruz`. O(length).
  public static func key(_ units: Units) -> UInt64 {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: SoundReader.longest + SoundReader.margin) { room in
      guard let count = SoundReader.letters(of: units, to: room) else { return 0 }
      var reader = SoundReader(letters: room.baseAddress!, count: count)
      return reader.key()
    }
  }

  /// A key in letters, A for a vowel at the beginning: `SMT` for Schmidt.
  public static func text(ofKey key: UInt64) -> String {
    var text = ""
    for place in 0..<16 {
      let code = Int(key >> UInt64(60 - 4 * place) & 15)
      if code > 0, code <= letters.count { text.append(letters[code - 1]) }
    }
    return text
  }

  /// American Soundex as four ASCII characters, the first in the highest of the lowest 32 bits; 0 where there is no Latin
  /// letter.
  ///
  /// As the National Archives of the United States state it ("The Soundex Indexing System"): letters of one code that stand
  /// side by side, or with h or w between, count once; a vowel between them separates.
  public static func soundex(_ units: Units) -> UInt64 {
    var key: UInt64 = 0
    var length = 0
    var last: UInt8 = 0
    for unit in units where (0x61...0x7A).contains(unit) {
      let digit = soundexDigits[Int(unit - 0x61)]
      if length == 0 {
        key = UInt64(unit - 0x20)
        length = 1
        last = digit
      } else if digit == 0x2D {
        continue
      } else {
        if digit != 0x30, digit != last, length < 4 {
          key = key << 8 | UInt64(digit)
          length += 1
        }
        last = digit
      }
    }
    if length == 0 { return 0 }
    for _ in length..<4 { key = key << 8 | 0x30 }
    return key
  }

  /// By letter from a: its digit, 0 for vowels, - for h and w.
  private static let soundexDigits = Array("0123012-02245501262301-202".utf8)
}
