import Standards

/// What one value looks like.
struct ValueShape {
  /// Numbered from 0, so that a column counts each with one loop over the set bits.
  enum Trait: Int, CaseIterable {
    case email, url, integer, decimal, phone, markedPhone, chineseMobile, residentId, socialCredit
    /// Letters and digits, or many digits, without blanks.
    case code
    /// Letters, blanks, hyphens, apostrophes, points and commas only.
    case words
    case oneToken, manyTokens
    case han
    /// Two to four Chinese characters.
    case hanName
    /// A frequent family name first.
    case hanFamily
    case organisation, street
    /// A house number at its beginning or its end.
    case houseNumber
    case pair, list
    case ukPostcode, usPostcode, canadianPostcode
    case country, region, sex, city
    case given, family, filler, title
    case hasDigit
    case month, day, year
    case fraction
    case leadingZero
    case initial
    case comma
    case birthYear

    /// Whether it is told by a list of words.
    var isOfWords: Bool {
      switch self {
      case .organisation, .street, .country, .region, .sex, .city, .given, .family, .filler, .title, .hanFamily,
        .hanName:
        true
      default: false
      }
    }
  }

  private(set) var traits: UInt64 = 0
  /// In characters.
  private(set) var length = 0
  private(set) var tokens = 0
  private(set) var digits = 0
  private(set) var number = Double.nan
  private(set) var dates: ValueDates

  private var letters = 0
  private var hans = 0
  private var marks = Marks()

  /// How often the signs stand that shapes are told by.
  private struct Marks {
    var ats = 0
    var points = 0
    var commas = 0
    var semicolons = 0
    var bars = 0
    var blanks = 0
    /// + - ( ) /
    var phoneSigns = 0
    var others = 0
    var leadingDigits = 0
  }

  func has(_ trait: Trait) -> Bool { traits >> UInt64(trait.rawValue) & 1 == 1 }

  private mutating func add(_ trait: Trait, if condition: Bool = true) {
    if condition { traits |= 1 << UInt64(trait.rawValue) }
  }

  /// - Parameter bytes: UTF-8, blanks at its ends cut off.
  init(_ bytes: UnsafeRawBufferPointer, words: CommonWords) {
    dates = ValueDates(bytes)
    let flags = scan(bytes, words)
    add(.hasDigit, if: digits > 0)
    add(.oneToken, if: tokens == 1)
    add(.manyTokens, if: tokens > 6)
    add(.comma, if: marks.commas > 0)
    addWords(flags)
    add(.words, if: letters > 0 && digits == 0 && marks.others + marks.ats + marks.bars == 0)
    add(.list, if: marks.semicolons > 0 || marks.bars > 0)
    addHan(bytes)
    if digits > 0 { addDigits(bytes) }
    if marks.ats == 1 { add(.email, if: isEmail(bytes)) }
    add(.url, if: isURL(bytes))
    add(.initial, if: letters == 1 && digits == 0)
  }

  // MARK: One pass

  /// Counts signs and tokens; the flags of all words together.
  private mutating func scan(_ bytes: UnsafeRawBufferPointer, _ words: CommonWords) -> UInt16 {
    var flags: UInt16 = 0
    var hash = CommonWords.seed
    var wordLength = 0
    var isLeading = true
    for index in 0..<bytes.count {
      let byte = bytes[index]
      let lower = byte | 32
      let isDigit = byte &- 48 < 10
      if lower &- 97 < 26 || isDigit || byte >= 0x80 {
        if byte & 0xC0 != 0x80 { length += 1 }
        hash = CommonWords.step(hash, byte < 0x80 ? lower : byte)
        wordLength += 1
        if isDigit {
          digits += 1
          if isLeading { marks.leadingDigits += 1 }
        } else {
          isLeading = false
          if byte & 0xC0 != 0x80 { letters += 1 }
        }
        // Ideographs stand from U+3400 to U+9FFF, in three bytes from E3 90 80.
        if byte >= 0xE4 && byte <= 0xE9 { hans += 1 }
        continue
      }
      isLeading = false
      length += 1
      mark(byte)
      // An apostrophe stands within its word.
      if byte == 39 { continue }
      if wordLength > 0 {
        flags |= words.flags(hash)
        tokens += 1
      }
      hash = CommonWords.seed
      wordLength = 0
    }
    if wordLength > 0 {
      flags |= words.flags(hash)
      tokens += 1
    }
    return flags
  }

  private mutating func mark(_ byte: UInt8) {
    switch byte {
    case 32, 9: marks.blanks += 1
    case 39: break
    case 40, 41, 43, 45, 47: marks.phoneSigns += 1
    case 44: marks.commas += 1
    case 46: marks.points += 1
    case 59: marks.semicolons += 1
    case 64: marks.ats += 1
    case 124: marks.bars += 1
    default: marks.others += 1
    }
  }

  private mutating func addWords(_ flags: UInt16) {
    if flags == 0 { return }
    add(.given, if: flags & CommonWords.given != 0)
    add(.family, if: flags & CommonWords.family != 0)
    add(.street, if: flags & CommonWords.street != 0 && tokens > 1)
    add(.organisation, if: flags & CommonWords.organisation != 0 && tokens > 1)
    add(.country, if: flags & CommonWords.country != 0 && tokens <= 3)
    add(.region, if: flags & CommonWords.region != 0 && tokens <= 2)
    add(.sex, if: flags & CommonWords.sex != 0 && tokens == 1)
    add(.city, if: flags & CommonWords.city != 0 && tokens <= 3)
    add(.filler, if: flags & CommonWords.filler != 0 && tokens > 1)
    add(.title, if: flags & CommonWords.title != 0)
  }

  // MARK: Chinese

  private mutating func addHan(_ bytes: UnsafeRawBufferPointer) {
    guard hans * 2 >= length, hans > 0 else {
      addGermanStreet(bytes)
      return
    }
    add(.han)
    let text = String(decoding: bytes, as: UTF8.self)
    if hans == length || length - hans <= 1 {
      add(.hanName, if: (2...4).contains(hans))
      add(.hanFamily, if: (2...4).contains(hans) && CommonWords.hanFamilies.contains(text.unicodeScalars.first!.value))
    }
    let organisations = ["公司", "集团", "集團", "银行", "銀行", "厂", "商行", "中心", "事务所", "合作社", "大学", "大學", "医院", "店", "协会"]
    add(
      .organisation,
      if: hans > 3 && organisations.contains { text.hasSuffix($0) || ($0.utf8.count > 3 && text.contains($0)) })
    add(
      .street, if: hans > 3 && ["路", "街", "巷", "弄", "大道", "号", "號", "室", "村", "小区", "镇"].contains { text.contains($0) })
    add(.sex, if: ["男", "女", "未知", "男性", "女性"].contains(text))
    add(.region, if: hans <= 8 && (text.hasSuffix("省") || text.hasSuffix("自治区")))
    add(.city, if: hans <= 6 && ["市", "区", "县", "區", "縣"].contains { text.hasSuffix($0) })
  }

  /// German writes street and word for it together: Hauptstr., Bahnhofstraße, Lindenweg.
  private mutating func addGermanStreet(_ bytes: UnsafeRawBufferPointer) {
    guard !has(.street), bytes.count >= 6, letters > 4 else { return }
    var index = bytes.count
    while index > 0, bytes[index - 1] &- 48 < 10 || bytes[index - 1] == 32 || bytes[index - 1] == 46 { index -= 1 }
    for ending in Self.streetEndings where index > ending.count + 1 {
      var isEqual = true
      for (place, byte) in ending.enumerated() where isEqual {
        let other = bytes[index - ending.count + place]
        isEqual = (other < 0x80 ? other | 32 : other) == byte
      }
      if isEqual { return add(.street) }
    }
  }

  private static let streetEndings: [[UInt8]] = [
    Array("str".utf8), Array("strasse".utf8), Array("straße".utf8), Array("weg".utf8), Array("platz".utf8),
    Array("gasse".utf8), Array("allee".utf8),
  ]

  // MARK: Digits

  private mutating func addDigits(_ bytes: UnsafeRawBufferPointer) {
    let signs = marks.phoneSigns + marks.blanks + marks.points
    let onlyDigits = digits == bytes.count
    addNumber(bytes, onlyDigits)
    if letters == 0, marks.commas + marks.others + marks.ats == 0, (7...15).contains(digits), signs <= 6, !has(.decimal)
    {
      add(.phone)
      add(.markedPhone, if: signs > 0 && dates.orders == 0 && (bytes[0] == 43 || digits >= 9))
    }
    if onlyDigits, digits == 11, bytes[0] == 49, bytes[1] >= 51 { add(.chineseMobile) }
    if marks.blanks + marks.others + marks.commas + marks.points == 0 {
      add(.code, if: length >= 4 && (letters > 0 && digits > 0 || digits >= 5) && dates.orders & ~64 == 0)
      if bytes.count == 18 {
        add(.residentId, if: ResidentId.isWellFormed(bytes) || (digits >= 17 && ResidentId.birthDate(of: bytes) != nil))
        add(.socialCredit, if: SocialCreditCode.isWellFormed(bytes))
      }
    }
    // At the beginning or, as in German, at the end; perhaps with a letter.
    let last = bytes[bytes.count - 1]
    let before = bytes.count > 1 ? bytes[bytes.count - 2] : 0
    add(
      .houseNumber,
      if: marks.leadingDigits > 0 && marks.leadingDigits <= 5 || last &- 48 < 10 && tokens > 1 && letters > 2
        || last | 32 &- 97 < 26 && before &- 48 < 10 && tokens > 1)
    if length <= 8, letters > 0 || digits == 5 || digits == 9 { addPostcode(bytes) }
    add(.pair, if: isPair(bytes))
  }

  private mutating func addNumber(_ bytes: UnsafeRawBufferPointer, _ onlyDigits: Bool) {
    if onlyDigits, digits <= 15 {
      var value = 0
      for byte in bytes { value = value * 10 + Int(byte - 48) }
      number = Double(value)
      add(.integer)
      add(.leadingZero, if: digits > 1 && bytes[0] == 48)
      if digits <= 2 {
        add(.month, if: value >= 1 && value <= 12)
        add(.day, if: value >= 1 && value <= 31)
      }
      add(.year, if: digits == 4 && value >= 1500 && value <= 2100)
      add(.birthYear, if: digits == 4 && value >= 1850 && value <= 2030)
      return
    }
    // A sign of money may stand before it.
    guard letters == 0 || hans == 0, letters <= 3, tokens <= 3, digits <= 15 else { return }
    var index = 0
    if bytes.count > 3, bytes[0] == 0xC2 || bytes[0] == 0xE2 || bytes[0] == 0xEF { index = bytes[0] == 0xC2 ? 2 : 3 }
    if index < bytes.count, bytes[index] == 36 { index += 1 }
    var sign = 1.0
    if index < bytes.count, bytes[index] == 45 { (sign, index) = (-1, index + 1) }
    var value = 0.0
    var scale = 0.0
    var points = 0
    var places = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte &- 48 < 10 {
        value = value * 10 + Double(byte - 48)
        if points > 0 { (scale, places) = (scale * 10, places + 1) }
      } else if byte == 46 {
        points += 1
        scale = 1
      } else if byte != 44 {
        return
      }
      index += 1
    }
    guard points <= 1 else { return }
    if points == 0, marks.commas == 1 { points = 1 }
    number = sign * (scale > 0 ? value / scale : value)
    add(.decimal)
    add(.fraction, if: places >= 3)
  }

  private mutating func addPostcode(_ bytes: UnsafeRawBufferPointer) {
    // By sign: letter a, digit 9, blank or hyphen as it stands.
    var shape: UInt64 = 0
    var count = 0
    for byte in bytes where byte != 32 && count < 8 {
      let sign: UInt64 = byte &- 48 < 10 ? 2 : byte | 32 &- 97 < 26 ? 1 : 3
      shape = shape << 2 | sign
      count += 1
    }
    // aa99aa and the like: ends in 9aa, begins with a letter, five to seven signs.
    if (5...7).contains(count), shape & 63 == 0b10_01_01, shape >> UInt64(2 * (count - 1)) == 1, letters >= 3,
      digits >= 2
    {
      add(.ukPostcode)
    }
    if count == 6, shape == 0b01_10_01_10_01_10 { add(.canadianPostcode) }
    add(.usPostcode, if: digits == 5 && bytes.count == 5)
  }

  /// Two decimals with a comma or a blank between them.
  private func isPair(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard marks.points == 2, letters == 0, digits >= 4, marks.commas + marks.semicolons + marks.blanks >= 1 else {
      return false
    }
    return marks.others <= 2 && marks.commas <= 1 && marks.ats == 0
  }

  private func isEmail(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard marks.blanks == 0, let at = bytes.firstIndex(of: 64), at > 0, bytes.count - at > 3 else { return false }
    return bytes[(at + 1)...].contains(46)
  }

  private func isURL(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count > 6, marks.blanks == 0, marks.points > 0, marks.ats == 0 else { return false }
    func begins(_ text: StaticString) -> Bool {
      text.withUTF8Buffer { text in
        text.count <= bytes.count && text.indices.allSatisfy { text[$0] == bytes[$0] || text[$0] == bytes[$0] | 32 }
      }
    }
    return begins("http://") || begins("https://") || begins("www.")
  }
}
