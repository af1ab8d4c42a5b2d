import Standards
import Testing

@testable import Linkage

/// Compares texts by way of features, both ways round.
func nameAgreement(_ a: String, _ b: String, part: NameFeatures.Part = .whole) -> NameAgreement {
  var texts = ValueTexts()
  texts.append(a)
  texts.append(b)
  var vocabulary = NameVocabulary()
  let features = NameFeatures(texts, part: part, vocabulary: &vocabulary)
  let comparison = NameComparison(features, vocabulary: vocabulary)
  let agreement = comparison.agreement(a: 0, b: 1)
  #expect(comparison.agreement(a: 1, b: 0) == agreement, "\(a) | \(b) turned")
  #expect(comparison.level(a: 0, b: 1) == agreement.rawValue)
  return agreement
}

@Suite struct NameComparisonTests {
  static let whole: [(NameAgreement, [(String, String)])] = [
    (
      .same,
      [
        ("Dr. John Smith", "john  smith"), ("MR JOHN SMITH", "John Smith"), ("陳昌榮先生", "陳昌榮"),
        ("José García", "jose garcia"),
        ("LAI Nga Fong", "Lai Nga-Fong"), ("Ｊｏｈｎ Smith", "john smith"), ("Paul O'Brien", "Paul OBrien"),
      ]
    ),
    (
      .otherForm,
      [
        ("陳昌榮", "陈昌荣"), ("Maryann Smith", "Mary Ann Smith"), ("Juan de la Cruz", "Juan Cruz"),
        ("Jan van den Berg", "Jan Vandenberg"),
        ("陳?榮", "陳昌榮"), ("LAI Ngafong", "Lai Nga Fong"), ("John Smith Jr", "John Smith"),
      ]
    ),
    (
      .reordered,
      [("John Smith", "Smith John"), ("SMITH, John Paul", "John Paul Smith"), ("LAI Nga Fong", "Nga Fong LAI")]
    ),
    (
      .romanised,
      [
        ("賴雅芳先生", "LAI Nga Fong"), ("賴雅芳", "Nga Fong Lai"), ("賴雅芳", "Lai Yafang"), ("张伟", "Zhang Wei"),
        ("張偉", "CHEUNG Wai"),
        ("張偉", "Chang Wei"), ("賴慧儀", "LAI Wai Ji; Jessica"), ("馮志軒", "FUNG Chi 軒"), ("LAI Wai Ji", "Lai Wai Yee"),
        ("歐陽子柔", "AU YEUNG Tsz Yau"), ("歐陽子柔", "OUYEUNG Chi Jau"), ("司徒銘輝", "SZETO Ming Fai"), ("陳文強", "TAN Wenqiang"),
        ("謝志強", "Hsieh Chih-ch'iang"), ("陳大文", "Peter CHAN Tai Man"), ("黎明", "Leon LAI Ming"),
        ("楊德昌", "Edward Yang Te-chang"), ("葉劉淑儀", "Regina IP LAU Suk-yee"),
        ("王家衛", "WONG Kar-wai"), ("上官婉儿", "Shangguan Wan'er"), ("谢长廷", "Frank Hsieh Chang-ting"),
        ("吳作棟", "Goh Chok Tong"),
        ("毛澤東", "Mao Tse-tung"), ("呂秀蓮", "LÜ Xiulian"),
      ]
    ),
    (
      .contained,
      [
        ("John Smith", "John Paul Smith"), ("MAK Ka Ling; Mary", "Mary Mak"), ("CHAN Tai Man", "Peter CHAN Tai Man"),
        ("陳大文 Peter", "Peter Chan"), ("CHENG Hiu 軒; Andy", "Andy Cheng"),
        ("thomas clifford, 1st baron clifford of chudleigh", "Thomas Clifford"),
      ]
    ),
    (
      .nickname,
      [("Bob Smith", "Robert Smith"), ("Liz Mary Jones", "Elizabeth Jones"), ("Smith, Bill", "William Smith")]
    ),
    (.initials, [("J. Smith", "John Smith"), ("J P Smith", "John Paul Smith")]),
    (.slip, [("Jonh Smith", "John Smith"), ("John Smiht", "John Paul Smith")]),
    (.romanisedLoosely, [("陳志賢", "CHAN Chi Yan"), ("林志強", "NAM Chi Keung")]),
    (.similarWords, [("Katarina Schmitt", "Catherina Schmidt"), ("李偉明", "李玮铭")]),
    (.similar, [("Johnathanson", "Johnathan Son Jx")]),
    (
      .familyAlone,
      [
        ("麥嘉玲", "Mary Mak"), ("司徒銘輝", "Eric Szeto"), ("歐陽子柔", "Eric Ouyeung"), ("Smith", "John Smith"),
        ("CHAN Wing Hang", "Samuel Chan"), ("黃美玲", "Ken Wong"), ("WONG Mei Ling", "Ken Wong"),
      ]
    ),
    (
      .familyOnly,
      [
        ("Mary Smith", "John Smith"), ("陳大文", "陳小明"), ("陳大文", "CHAN Siu Ming"),
        ("CHAN Wing Hang; David", "Samuel Chan"),
        ("陳大文 Peter", "Mary Chan"), ("陳志強", "陳志偉"), ("John Smith Jr", "John Smith Sr"), ("Lee Smith", "John Smith"),
        ("CHAN Wing Hang", "CHAN Ka Yan"),
      ]
    ),
    (.givenOnly, [("Mary Smith", "Mary Jones"), ("陳大文", "李大文"), ("Mary", "Mary Jones")]),
    (
      .different,
      [
        ("John Smith", "Wilhelmina Kowalczyk"), ("陳大文", "李小明"), ("賴雅芳", "CHAN Tai Man"), ("?", "John"),
        ("賴雅芳", "John Smith"),
      ]
    ),
  ]

  @Test func wholeNames() {
    for (expected, pairs) in Self.whole {
      for (a, b) in pairs { #expect(nameAgreement(a, b) == expected, "\(a) | \(b)") }
    }
  }

  @Test(arguments: [
    ("mary", "MARY", NameAgreement.same), ("mary ann", "maryann", .otherForm), ("mary", "mary ann", .contained),
    ("bob", "robert", .nickname),
    ("j", "john", .initials), ("jonh", "john", .slip), ("katherine", "catharine", .similarWords),
    ("kate", "catherine", .nickname), ("john", "william", .different),
    ("志強", "志强", .otherForm), ("志強", "Chi Keung", .romanised), ("志強", "Zhiqiang", .romanised), ("志強", "志偉", .different),
  ])
  func givenNames(a: String, b: String, expected: NameAgreement) {
    #expect(nameAgreement(a, b, part: .given) == expected, "\(a) | \(b)")
  }

  @Test(arguments: [
    ("smith", "Smith", NameAgreement.same), ("van den Berg", "Berg", .otherForm), ("Smith-Jones", "Jones", .contained),
    ("Schmidt", "Schmitt", .slip), ("Meier", "Mayer", .similarWords), ("smith", "jones", .different),
  ])
  func familyNames(a: String, b: String, expected: NameAgreement) {
    #expect(nameAgreement(a, b, part: .family) == expected, "\(a) | \(b)")
  }

  /// Whatever the bytes, a name agrees with itself, and both ways round alike.
  @Test func anyBytes() {
    let seed: UInt64 = 20_261_128
    var state = seed
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    let pieces = [
      "陳", "大", "文", "CHAN", "Tai", "man", ";", ",", " ", "(", ")", "Mr", "1st", "baron", "of", "jr", "?", "-", "'",
      "é", "x", "weiming", "司", "徒",
      "先生", "bob", "Robert", "\u{3000}", "2", "supercalifragilisticexpialidocious", "ß",
    ]
    var texts = ValueTexts()
    for _ in 0..<300 {
      var text = ""
      for _ in 0..<next(18) { text += pieces[next(pieces.count)] + (next(2) == 0 ? " " : "") }
      texts.append(text)
    }
    texts.append(
      [0xFF, 0xE9, 0x80, 0x41].withUnsafeBytes { Array($0) }.withUnsafeBytes { String(decoding: $0, as: UTF8.self) })
    var vocabulary = NameVocabulary()
    let features = NameFeatures(texts, vocabulary: &vocabulary)
    let comparison = NameComparison(features, vocabulary: vocabulary)
    for a in 0..<Int32(texts.count) {
      let own = comparison.agreement(a: a, b: a)
      #expect(
        own == .same || own == .otherForm || features.traits[Int(a)].mainCount == 0, "seed \(seed): \(texts[a]) \(own)")
      for _ in 0..<20 {
        let b = Int32(next(texts.count))
        #expect(
          comparison.agreement(a: a, b: b) == comparison.agreement(a: b, b: a),
          "seed \(seed): \(texts[a]) | \(texts[b])")
      }
    }
  }

  @Test func twoColumns() {
    var (one, other) = (ValueTexts(), ValueTexts())
    one.append("賴雅芳")
    one.append("Bob Smith")
    other.append("Robert Smith")
    other.append("LAI Nga Fong")
    var vocabulary = NameVocabulary()
    let a = NameFeatures(one, vocabulary: &vocabulary)
    let b = NameFeatures(other, vocabulary: &vocabulary)
    let comparison = NameComparison(a, b, vocabulary: vocabulary)
    #expect(comparison.agreement(a: 0, b: 1) == .romanised)
    #expect(comparison.agreement(a: 1, b: 0) == .nickname)
    #expect(comparison.agreement(a: 0, b: 0) == .different)
  }
}
