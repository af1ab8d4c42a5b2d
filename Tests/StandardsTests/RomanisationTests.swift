import Testing

@testable import Standards

@Suite struct RomanisationTests {
  /// Characters and spellings of them that people use.
  static let known = """
    儀 yee ji yi|傑 kit git|昌 cheung coeng chang|建 kin gin jian chien|峰 fung feng|國 kwok guo kuo|何 ho he|黃 wong huang hwang ng
    吳 ng wu goh|許 hui xu hsu koh|蕭 siu xiao hsiao|余 yu yee|郭 kwok guo kuo|葉 yip ip ye yap|謝 tse xie hsieh chia|徐 tsui chui xu hsu
    周 chow chau zhou chou|趙 chiu zhao chao|曾 tsang zeng tseng|蔡 choi tsoi cai tsai chua|崔 chui cui tsui|陳 chan chen tan|林 lam lin lim
    王 wong wang ong|張 cheung zhang chang teo|李 li lee|楊 yeung yang yeo|劉 lau liu|高 ko gao kao|蘇 so su|潘 poon pun pan|孫 suen sun
    鄭 cheng zheng tay|朱 chu zhu choo|鄧 tang deng teng|馮 fung feng|軒 hin xuan hsuan|強 keung qiang chiang|榮 wing rong jung
    芳 fong fang|珠 chu zhu zyu|寶 po bao pao bou|子 chi tsz zi tzu|詩 sze si shi shih|月 yuet yue yueh|雪 suet xue hsueh
    单 shan dan|重 zhong chung cung|樂 lok le yue ngok|呂 lui lu lyu lv
    """

  @Test func spellingsAgreeExactly() {
    for line in Self.known.split(whereSeparator: { $0 == "|" || $0 == "\n" }) {
      let words = line.split(separator: " ")
      for spelling in words.dropFirst() {
        #expect(agreement(String(words[0]), String(spelling)) == .exact, "\(words[0]) \(spelling)")
      }
    }
  }

  @Test(arguments: [
    ("賢", "yan", SyllableAgreement.near), ("林", "nam", .loose), ("王", "wan", .loose), ("陳", "li", .none),
    ("國", "sam", .none),
  ])
  func degrees(character: String, spelling: String, expected: SyllableAgreement) {
    #expect(agreement(character, spelling) == expected, "\(character) \(spelling)")
  }

  @Test func bothScriptsSoundTheSame() {
    for (traditional, simplified) in [("陳", "陈"), ("劉", "刘"), ("賴", "赖"), ("葉", "叶")] {
      let one = Romanisation.sounds(ofCharacter: traditional.unicodeScalars.first!.value)
      let other = Romanisation.sounds(ofCharacter: simplified.unicodeScalars.first!.value)
      #expect(!one.isEmpty && one.elementsEqual(other), "\(traditional) \(simplified)")
    }
  }

  @Test func unknownSpellings() {
    for text in ["", "smith", "x", "strength", "Chan", "陳"] { #expect(Romanisation.spelling(text) == -1, "\(text)") }
    #expect(Romanisation.sounds(ofCharacter: 65).isEmpty)
    #expect(Romanisation.sounds(ofCharacter: 0x2_0000).isEmpty)
  }

  /// The summaries by bits rule nothing out that the lists of sounds allow.
  @Test func agreementHoldsToAllPairsOfSounds() {
    var seed: UInt64 = 7
    func next(_ count: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((seed >> 33) % UInt64(count))
    }
    let spellingCount = Romanisation.table.spellings.count
    for _ in 0..<3_000 {
      let character = UInt32(0x4E00 + next(0x5000))
      let spelling = Int32(next(spellingCount))
      let fast = Romanisation.agreement(.init(character: character), .init(spelling: spelling))
      let slow = slowAgreement(Romanisation.sounds(ofCharacter: character), Romanisation.sounds(ofSpelling: spelling))
      if slow == .none || slow == .near {
        #expect(fast <= .near, "\(character) \(spelling)")
        if slow == .none { #expect(fast == .none, "\(character) \(spelling)") }
      } else {
        #expect(fast == slow, "\(character) \(spelling)")
      }
      #expect(fast == Romanisation.agreement(.init(spelling: spelling), .init(character: character)))
    }
  }

  @Test func compoundFamilyNames() {
    func isCompound(_ first: String, _ second: String) -> Bool {
      Romanisation.isCompoundFamilyName(
        .init(spelling: Romanisation.spelling(first)), .init(spelling: Romanisation.spelling(second)))
    }
    #expect(isCompound("sze", "to") && isCompound("au", "yeung") && isCompound("ou", "yang") && isCompound("si", "ma"))
    #expect(!isCompound("chan", "man") && !isCompound("to", "sze"))
  }

  @Test(arguments: [
    ("zhang", ["chang"]), ("xie", ["hsieh", "shieh"]), ("guo", ["kuo"]), ("zhong", ["chung"]), ("qi", ["chi"]),
    ("si", ["ssu"]),
    ("zhi", ["chih"]), ("jian", ["chien"]), ("cai", ["tsai"]), ("ren", ["jen"]), ("yue", ["yueh"]), ("duo", ["to"]),
  ])
  func wadeGiles(pinyin: String, expected: [String]) {
    let spellings = WadeGiles.spellings(of: pinyin)
    for spelling in expected { #expect(spellings.contains(spelling), "\(pinyin) \(spellings)") }
  }

  @Test func cantonesePartsJoinAgain() {
    for syllable in ["gwong", "kwaa", "ngaa", "ng", "m", "jyun", "aa", "zoeng", "uk", "heoi"] {
      let parts = CantoneseSpelling.parts(of: syllable)
      #expect(parts.initial + parts.rime == syllable)
    }
  }

  private func agreement(_ character: String, _ spelling: String) -> SyllableAgreement? {
    let number = Romanisation.spelling(spelling)
    if number < 0 { return nil }
    return Romanisation.agreement(.init(character: character.unicodeScalars.first!.value), .init(spelling: number))
  }

  private func slowAgreement(_ a: Romanisation.Sounds, _ b: Romanisation.Sounds) -> SyllableAgreement {
    var best = SyllableAgreement.none
    for one in a {
      for other in b {
        let (own, its) = (Romanisation.looseClass(ofSound: one), Romanisation.looseClass(ofSound: other))
        if one == other {
          best = .exact
        } else if own == its {
          best = max(best, .loose)
        } else if own >> 8 < 128, its >> 8 < 128 {
          let isSameSystem = own >> 14 == its >> 14
          if own >> 8 == its >> 8 || isSameSystem && own & 0xFF == its & 0xFF { best = max(best, .near) }
        }
      }
    }
    return best
  }
}

@Suite struct NicknameTests {
  @Test(arguments: [
    ("bob", "robert"), ("rob", "bob"), ("liz", "elizabeth"), ("bill", "william"), ("peggy", "margaret"),
    ("pepe", "jose"),
    ("sepp", "josef"), ("gianni", "giovanni"), ("henk", "hendrik"), ("sasha", "aleksandr"),
  ])
  func same(a: String, b: String) {
    #expect(Nicknames.mayBeSame(a, b), "\(a) \(b)")
    #expect(Nicknames.mayBeSame(b, a), "\(b) \(a)")
  }

  @Test(arguments: [("alan", "albert"), ("john", "robert"), ("mary", "margaret"), ("xyz", "xyz")])
  func different(a: String, b: String) { #expect(!Nicknames.mayBeSame(a, b), "\(a) \(b)") }

  @Test func numbersAscend() {
    for name in ["al", "pat", "chris", "jan", "alex"] {
      let numbers = Nicknames.formalNames(of: name)
      #expect(!numbers.isEmpty && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }, "\(name)")
    }
  }
}
