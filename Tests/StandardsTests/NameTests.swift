import Testing

@testable import Standards

@Suite struct PersonNameTests {
  @Test(arguments: [
    Case("张伟", "张伟"), Case(" 张伟 ", "张伟"), Case("张　伟", "张伟", .valid, nil, [.fullWidth, .separatorsRemoved]),
    Case("张伟先生", "张伟", .valid, nil, .titleRemoved),
    Case("王芳 女士", "王芳", .valid, nil, [.separatorsRemoved, .titleRemoved]),
    Case("李小姐", "李", .valid, nil, .titleRemoved), Case("小姐", "小姐"),
    Case("zhang  wei", "ZHANG WEI", .valid, nil, .latinName),
    Case("ＺＨＡＮＧ　ＷＥＩ", "ZHANG WEI", .valid, nil, [.fullWidth, .latinName]),
    Case("张WEI", "张WEI", .valid, nil, .mixedName),
    Case("买买提•吐尔逊", "买买提·吐尔逊"), Case("买买提・吐尔逊", "买买提·吐尔逊"), Case("买买提．吐尔逊", "买买提·吐尔逊"),
    Case("买买提‧吐尔逊", "买买提·吐尔逊"), Case("买买提 · 吐尔逊", "买买提·吐尔逊", .valid, nil, .separatorsRemoved),
    Case("王?", "王?", .valid, nil, .standIn), Case("王？", "王?", .valid, nil, [.fullWidth, .standIn]),
    Case("王□", "王?", .valid, nil, .standIn), Case("王\u{FFFD}", "王?", .valid, nil, .standIn),
    Case("王\u{E000}", "王?", .valid, nil, .standIn), Case("王\u{E863}", "王䶮"), Case("䶮", "䶮"), Case("𠮷", "𠮷"),
    Case("买买提.吐尔逊", "买买提·吐尔逊"), Case("买买提⋅吐尔逊", "买买提·吐尔逊"), Case("买买提∙吐尔逊", "买买提·吐尔逊"),
    Case("张伟太太", "张伟", .valid, nil, .titleRemoved), Case("夫人", "夫人"),
    Case("Mr. John Smith", "JOHN SMITH", .valid, nil, [.latinName, .titleRemoved]),
    Case("DR JANE DOE", "JANE DOE", .valid, nil, [.latinName, .titleRemoved]),
    Case("Miss", "MISS", .valid, nil, .latinName),
    Case("Drake Mrs", "DRAKE MRS", .valid, nil, .latinName), Case("Zoë Müller", "ZOË MÜLLER", .valid, nil, .latinName),
    Case("Łukasz Żak", "ŁUKASZ ŻAK", .valid, nil, .latinName), Case("J. Smith", "J. SMITH", .valid, nil, .latinName),
    Case("王〓", "王?", .valid, nil, .standIn),
    Case("张*", "", .missing, nil, .masked), Case("", "", .missing), Case(" ", "", .missing),
    Case("123", "", .invalid, .wrongCharacter), Case("??", "??", .valid, nil, .standIn),
  ])
  func standardises(_ row: Case) { row.check(PersonName.standardise(row.text)) }

  @Test(arguments: [
    ("Smith, John Paul", PersonName.Order.givenFirst, "JOHN PAUL SMITH"), ("Smith ,John", .givenFirst, "JOHN SMITH"),
    ("Smith, John Paul", .familyFirst, "SMITH JOHN PAUL"), ("Smith, John, Jr", .givenFirst, "SMITH, JOHN, JR"),
    ("John Smith", .givenFirst, "JOHN SMITH"), (",John", .givenFirst, ",JOHN"), ("Smith,", .givenFirst, "SMITH,"),
    ("张伟", .givenFirst, "张伟"),
  ])
  func ordersParts(name: String, order: PersonName.Order, standard: String) {
    #expect(PersonName.standardise(name, order: order).text == standard)
  }

  @Test(arguments: [
    ("张伟", "张", "伟"), ("欧阳娜", "欧阳", "娜"), ("欧阳", "欧", "阳"), ("司马相如", "司马", "相如"), ("张", "张", ""),
    ("ZHANG WEI", "", "ZHANG WEI"), ("买买提·吐尔逊", "", "买买提·吐尔逊"), ("", "", ""),
  ])
  func splits(name: String, family: String, given: String) { #expect(PersonName.split(name) == (family, given)) }

  @Test func badUTF8BecomesAStandIn() {
    var output: [UInt8] = []
    let result = ([0xE5, 0xBC, 0xA0, 0xFF] as [UInt8]).withUnsafeBytes { PersonName.standardise($0, into: &output) }
    #expect(String(decoding: output, as: UTF8.self) == "张?")
    #expect(result.notes == .standIn)
  }
}

@Suite struct PinyinTests {
  @Test(arguments: [
    ("张", ["zhang"]), ("行", ["xing", "hang", "heng"]), ("吕", ["lv", "lyu", "lu"]), ("单", ["dan", "shan", "chan"]),
    ("朴", ["pu", "piao", "po"]),
  ])
  func reads(character: String, readings: [String]) throws {
    let found = Pinyin.readings(of: try #require(character.unicodeScalars.first))
    for reading in readings { #expect(found.contains(reading), "\(found)") }
    #expect(found.first == readings.first)
  }

  @Test func knowsNothingOfLetters() {
    #expect(Pinyin.readings(of: "A").isEmpty)
    #expect(Pinyin.readings(of: "𠮷").isEmpty)
  }

  @Test func everySpecialFamilyNameIsAlsoAReading() {
    for (family, reading) in FamilyReadings.special where family.unicodeScalars.count == 1 {
      for character in family.unicodeScalars { #expect(Pinyin.readings(of: character).contains(reading), "\(family)") }
    }
  }

  @Test(arguments: [
    ("单", "shan"), ("仇", "qiu"), ("解", "xie"), ("曾", "zeng"), ("查", "zha"), ("区", "ou"), ("张", "zhang"),
    ("盖", "ge"), ("朴", "piao"), ("任", "ren"), ("單", "shan"), ("尉迟", "yuchi"), ("尉遲", "yuchi"), ("万俟", "moqi"),
    ("长孙", "zhangsun"), ("欧阳", "ouyang"), ("歐陽", "ouyang"), ("令狐", "linghu"), ("澹台", "tantai"),
  ])
  func readsFamilies(family: String, reading: String) { #expect(Pinyin.familyReading(of: family) == reading) }

  @Test(arguments: [
    ("单", "雄信", "SHAN XIONGXIN"), ("尉迟", "恭", "YUCHI GONG"), ("吕", "布", "LYU BU"), ("张", "", "ZHANG"), ("A", "伟", nil),
  ])
  func writesLatin(family: String, given: String, latin: String?) {
    #expect(Pinyin.latin(family: family, given: given) == latin)
  }

  @Test func namesOfTheCommonRangeHaveReadings() {
    let missing = (0x4E00...0x9FA5).filter { Pinyin.table.range(of: UInt32($0)).isEmpty }
    #expect(missing.count < 20, "\(missing.count)")
  }
}

@Suite struct SimplifiedFormTests {
  @Test(arguments: [
    ("張億東", "张亿东"), ("歐陽鋒", "欧阳锋"), ("龍", "龙"), ("张伟", "张伟"), ("A?·", "A?·"), ("䶮𠮷", "䶮𠮷"), ("", ""),
  ])
  func simplifies(text: String, simplified: String) { #expect(SimplifiedForm.of(text) == simplified) }

  @Test func isStable() {
    for code in UInt32(0x3400)...0x9FFF {
      #expect(SimplifiedForm.of(SimplifiedForm.of(code)) == SimplifiedForm.of(code))
    }
  }
}

@Suite struct NameCompatibilityTests {
  static let cases: [(String, String, NameLevel?)] = [
    ("張億東", "张亿东", .wildcard), ("張億東", "张亿冬", .different), ("張?東", "张亿东", .wildcard), ("歐陽娜", "欧阳娜娜", .different),
    ("張偉", "ZHANG WEI", .pinyin), ("张伟", "张伟", .equal), ("张伟", "张威", .different), ("张伟", "张伟国", .different),
    ("", "张伟", nil), ("", "", nil),
    ("??", "张伟", nil), ("王?", "王䶮", .wildcard), ("王?", "王?", .wildcard), ("王?", "李䶮", .different),
    ("王?", "王小明", .different), ("王?明", "王小?", .wildcard), ("张伟", "ZHANG WEI", .pinyin), ("张伟", "WEI ZHANG", .pinyin),
    ("张伟", "ZHANGWEI", .pinyin), ("张伟", "WEIZHANG", .pinyin), ("张伟", "ZHANG WEN", .different),
    ("张伟", "ZHAN GWEI", .different), ("张小明", "ZHANG XIAO MING", .pinyin), ("张小明", "ZHANG XIAOMING", .pinyin),
    ("张小明", "XIAO MING ZHANG", .pinyin), ("张小明", "XIAOMING, ZHANG", .pinyin), ("单雄", "SHAN XIONG", .pinyin),
    ("曾行", "ZENG HANG", .pinyin), ("曾行", "CENG XING", .pinyin), ("吕布", "LYU BU", .pinyin), ("吕布", "LV BU", .pinyin),
    ("吕布", "LU BU", .pinyin), ("欧阳娜", "NA OUYANG", .pinyin), ("欧阳娜", "OU YANG NA", .pinyin), ("张WEI", "张伟", .pinyin),
    ("尉迟恭", "YUCHI GONG", .pinyin), ("张?", "ZHANG WEI", .pinyin), ("ZHANG WEI", "WEI ZHANG", .pinyin),
    ("ZHANG WEI", "ZHANGWEI", .pinyin), ("ZHANG WEI", "WEIZHANG", .pinyin), ("ZHANG WEI", "LI WEI", .different),
    ("ZHANG WEI", "ZHANG WEI", .equal), ("买买提·吐尔逊", "买买提吐尔逊", .wildcard), ("西安", "XI'AN", .pinyin),
    ("张伟", "ZHANG", .different),
    ("张伟", "ZHANG WEI MING", .different),
  ]

  @Test(arguments: cases)
  func compares(a: String, b: String, level: NameLevel?) {
    #expect(NameCompatibility.compare(a, b) == level)
    #expect(NameCompatibility.compare(b, a) == level)
  }

  @Test func propertiesHold() {
    var random = SeededRandom(seed: 4)
    let pieces = ["张", "王", "欧阳", "伟", "行", "?", "ZHANG", "WEI", " ", "·", "XI", "A", "N", "吕", "□", "𠮷"]
    func name() -> String {
      let text = (0..<1 + random.next() % 5).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
      return PersonName.standardise(text).text
    }
    for _ in 0..<2_000 {
      let (a, b) = (name(), name())
      let level = NameCompatibility.compare(a, b)
      #expect(level == NameCompatibility.compare(b, a), "\(a) / \(b), seed \(random.seed)")
      let itself = NameCompatibility.compare(a, a)
      #expect(itself == nil || itself == (a.contains("?") ? .wildcard : .equal), "\(a), seed \(random.seed)")
      if level == .equal { #expect(a == b) }
    }
  }

  /// Whatever order and joining, a name matches the pinyin written from any of its readings.
  @Test func matchesEveryReading() {
    var random = SeededRandom(seed: 9)
    func pick<T>(_ list: [T]) -> T { list[Int(random.next() % UInt64(list.count))] }
    for _ in 0..<300 {
      let family = pick(["张", "单", "曾", "欧阳", "吕", "解", "尉迟"])
      let given = pick(["伟", "小明", "乐行", "长重", "女", "朝阳"])
      let familyText = family.unicodeScalars.map { pick(Pinyin.readings(of: $0)) }.joined()
      let givenText = given.unicodeScalars.map { pick(Pinyin.readings(of: $0)) }.joined()
      let separator = pick(["", " "])
      let latin = pick([familyText + separator + givenText, givenText + separator + familyText]).uppercased()
      #expect(
        NameCompatibility.compare(family + given, latin) == .pinyin, "\(family)\(given) \(latin), seed \(random.seed)")
    }
  }

  @Test func hostileNamesEndSoon() {
    let stars = String(repeating: "?", count: 30) + "张"
    let letters = String(repeating: "A", count: 60)
    #expect(NameCompatibility.compare(stars, letters) == .different)
    let long = String(repeating: "A", count: 200)
    #expect(NameCompatibility.compare(long, long) == .equal)
    #expect(NameCompatibility.compare(long, long + "A") == .different)
  }
}
