import Testing

@testable import Linkage

@Suite struct NameFeaturesTests {
  private func parts(_ text: String, part: NameFeatures.Part = .whole) -> String {
    var texts = ValueTexts()
    texts.append(text)
    var vocabulary = NameVocabulary()
    let features = NameFeatures(texts, part: part, vocabulary: &vocabulary)
    let parts = features.parts(0, vocabulary)
    return [parts.family, parts.given, parts.other].map { $0.joined(separator: " ") }.joined(separator: "|")
  }

  @Test(arguments: [
    ("John Paul Smith", "smith|john paul|"), ("SMITH, John Paul", "smith|john paul|"),
    ("Mr. John Smith, PhD", "smith|john|"),
    ("賴雅芳先生", "賴|雅 芳|"), ("歐陽子柔", "歐 陽|子 柔|"), ("王小姐", "|王|"), ("LAI Wai Ji; Jessica", "lai|wai ji|jessica"),
    ("LAI Wai Ji, Jessica", "lai|wai ji|jessica"), ("Peter CHAN Tai Man", "chan|tai man|peter"),
    ("CHAN Tai Man Peter", "chan|tai man|peter"),
    ("陳大文 (Peter)", "陳|大 文|peter"), ("陳大文 Peter", "陳|大 文|peter"), ("HUI Chi 軒", "hui|chi 軒|"),
    ("Fiona Luk", "luk|fiona|"),
    ("SHEUNG KWUN Si Fong; Helen", "sheung kwun|si fong|helen"), ("Ludwig van Beethoven", "beethoven|ludwig|"),
    ("sir bramwell", "|bramwell|"),
    ("Lai Nga Fong", "lai|nga fong|"), ("Nga Fong LAI", "nga|fong lai|"), ("Al Smith", "smith|al|"), ("", "||"),
    ("...", "||"),
    ("tom 1st baron clifford of chudleigh", "chudleigh|tom clifford|"), ("Major Tom", "tom|major|"),
    ("Jos? Smith", "smith|jos|"),
  ])
  func wholeNames(text: String, expected: String) { #expect(parts(text) == expected, "\(text)") }

  /// Letters lose their marks wherever `TextFold` takes them off; soft hyphens and combining marks are nothing.
  @Test(arguments: [
    ("Nguyễn Thị Ánh", "nguyen thi anh"), ("Ḥasan al‑Ṭāʾī", "hasan al taʾi"), ("Гёте Йохан", "гете иохан"),
    ("Ἀλέξανδρος", "αλεξανδρος"), ("Æsa Groß Œuvré", "aesa gross oeuvre"), ("Zoe\u{308} Mu\u{AD}ller", "zoe muller"),
    ("Łukasz Dvořák", "lukasz dvorak"), ("Ĳsbrand×Þór", "ijsbrand thor"),
  ])
  func marksAreTakenOff(text: String, expected: String) {
    #expect(parts(text) == parts(expected), "\(text)")
  }

  @Test func partsHaveNoFamily() {
    #expect(parts("van der Berg", part: .family) == "|berg|")
    #expect(parts("Mary Ann", part: .given) == "|mary ann|")
  }

  @Test func storageIsSmall() {
    #expect(MemoryLayout<NameFeatures.Traits>.stride <= 16)
    #expect(MemoryLayout<NameVocabulary.Facts>.stride <= 40)
  }

  @Test func vocabularyFindsItsWords() {
    var vocabulary = NameVocabulary()
    // More than the first table holds.
    for round in 0..<2 {
      for number in 0..<3_000 {
        let word = Array("word\(number)".utf16)
        #expect(word.withUnsafeBufferPointer { vocabulary.number($0) } == UInt32(number), "round \(round)")
      }
    }
    #expect(vocabulary.count == 3_000 && vocabulary.text(2_999) == "word2999")
  }
}

@Suite struct NameKeysTests {
  private func shares(_ a: String, _ b: String, _ keys: (NameKeys, Int32, inout [UInt64]) -> Void) -> Bool {
    var texts = ValueTexts()
    texts.append(a)
    texts.append(b)
    var vocabulary = NameVocabulary()
    let features = NameFeatures(texts, vocabulary: &vocabulary)
    let maker = NameKeys(features, vocabulary: vocabulary)
    var (one, other): ([UInt64], [UInt64]) = ([], [])
    keys(maker, 0, &one)
    keys(maker, 1, &other)
    return !Set(one).isDisjoint(with: other)
  }

  @Test(arguments: [
    ("賴雅芳", "LAI Nga Fong", true), ("賴雅芳", "Nga Fong Lai", true), ("賴雅芳", "Lai Yafang", true),
    ("賴雅芳", "LAI Nga Wing", true),
    ("張偉", "Wai Cheung", true), ("Zhang Wei", "Chang Wei", true), ("賴雅芳", "CHAN Tai Man", false),
    ("John Smith", "John Smith", false),
    ("吳俊傑", "WU Chun Git; Samuel", true), ("賴雅芳", "赖雅芳", true),
  ])
  func syllablePairs(a: String, b: String, expected: Bool) {
    #expect(shares(a, b) { $0.syllablePairs($1, into: &$2) } == expected, "\(a) | \(b)")
  }

  @Test(arguments: [("陳大文", "Chan Siu Ming", true), ("陳大文", "Xiaoming Chen", true), ("陳大文", "CHEUNG Siu Ming", false)])
  func familySounds(a: String, b: String, expected: Bool) {
    #expect(shares(a, b) { $0.familySounds($1, into: &$2) } == expected, "\(a) | \(b)")
  }

  /// One list holds the keys of many names: those of a name before must not stand in for its own.
  @Test func keysBehindOthers() {
    var texts = ValueTexts()
    for name in ["陳詠恒先生", "CHAN Wing Hang; David", "陈咏恒", "Bob Smith", "Robert Schmidt", "Robert Robert Smith"] {
      texts.append(name)
    }
    var vocabulary = NameVocabulary()
    let features = NameFeatures(texts, vocabulary: &vocabulary)
    let maker = NameKeys(features, vocabulary: vocabulary)
    let kinds: [(NameKeys, Int32, inout [UInt64]) -> Void] = [
      { $0.syllablePairs($1, into: &$2) }, { $0.familySounds($1, into: &$2) }, { $0.formalNames($1, into: &$2) },
      { $0.given($1, into: &$2) }, { $0.sounds($1, into: &$2) }, { $0.words($1, into: &$2) },
    ]
    for (kind, append) in kinds.enumerated() {
      var all: [UInt64] = []
      for value in 0..<Int32(texts.count) {
        var alone: [UInt64] = []
        append(maker, value, &alone)
        let before = all.count
        append(maker, value, &all)
        #expect(Array(all[before...]) == alone, "kind \(kind), \(texts[value])")
        #expect(Set(alone).count == alone.count, "kind \(kind), \(texts[value])")
      }
    }
  }

  @Test func latinKeys() {
    #expect(shares("SMITH, John", "Mary van Smith") { $0.family($1, into: &$2) })
    #expect(!shares("John Smith", "Smith John") { $0.family($1, into: &$2) })
    #expect(shares("John Smith", "Smith John") { $0.words($1, into: &$2) })
    #expect(shares("Bob Smith", "Robert Jones") { $0.formalNames($1, into: &$2) })
    #expect(!shares("Bob Smith", "Robert Jones") { $0.given($1, into: &$2) })
    #expect(shares("J Smith", "Smith, Jane") { $0.initials($1, into: &$2) })
    #expect(shares("John Schmidt", "Jim Schmitt") { $0.sounds($1, into: &$2) })
    #expect(shares("陳大文", "陈小明") { $0.family($1, into: &$2) })
  }
}
