import Testing

@testable import Linkage

@Suite struct TextFoldTests {
  private func folded(_ text: String, keep: Bool = false) -> String {
    String(decoding: TextFold.folded(text, keepingPunctuation: keep), as: UTF16.self)
  }

  @Test(arguments: [
    ("", ""), ("   ", ""), ("SMITH", "smith"), ("  O'Brien--Smith, Jr. ", "obrien smith jr"),
    ("J.R. Ewing", "jr ewing"),
    ("Hélène", "helene"), ("He\u{301}le\u{300}ne", "helene"), ("Straße", "strasse"), ("STRAẞE", "strasse"),
    ("Ægir Ødegård", "aegir odegard"), ("Łódź", "lodz"), ("Müller", "muller"), ("Đorđe Žižić", "dorde zizic"),
    ("İstanbul ılık", "istanbul ilik"), ("Nguyễn Văn Đức", "nguyen van duc"), ("Þór", "thor"), ("Œuvre", "oeuvre"),
    ("ＡＢＣ１２３", "abc123"), ("全角　空格", "全角 空格"), ("王小明", "王小明"), ("买买提·艾合买提", "买买提 艾合买提"),
    ("（上海）有限公司", "上海 有限公司"), ("Ёлкин Юрий", "елкин юрии"), ("ΑΘΉΝΑΣ", "αθηνασ"), ("αθήνας", "αθηνασ"),
    ("D’Arcy", "darcy"), ("Dʼarcy", "darcy"), ("a\u{200B}b\u{FEFF}c\u{AD}d", "abcd"), ("a\u{A0}b\tc\nd", "a b c d"),
    ("ﬁnn № 5", "finn no 5"), ("tom & jerry", "tom jerry"), ("a@b.com", "a bcom"), ("—x—", "x"), ("ǅ", "dz"),
    ("\u{212A}elvin", "kelvin"), ("カタカナ・ひ", "カタカナ ひ"), ("김철수", "김철수"),
  ])
  func folds(text: String, expected: String) {
    #expect(folded(text) == expected)
    #expect(folded(folded(text)) == expected, "folding twice is folding once")
  }

  @Test(arguments: [
    ("John.O'Brien+Tag@Example.COM", "john.o'brien+tag@example.com"), (" É-1/2 ", "e-1/2"), ("ａ＠ｂ．ｃ", "a@b.c"),
    ("D’Arcy", "d'arcy"), ("¿a?", "¿a?"), ("a  b", "a b"), ("王（小）", "王(小)"),
  ])
  func keepsPunctuation(text: String, expected: String) {
    #expect(folded(text, keep: true) == expected)
  }

  @Test func appends() {
    var units: [UInt16] = [1]
    "A b".utf8.withContiguousStorageIfAvailable { TextFold.fold(UnsafeRawBufferPointer($0), into: &units) }
    #expect(units == [1, 0x61, 0x20, 0x62])
  }

  @Test func charactersBeyondTheBasicPlane() {
    let units = TextFold.folded("王𠮷")
    #expect(units.count == 2 && (0xE000..<0xF900).contains(units[1]))
    #expect(units == TextFold.folded("王𠮷") && units != TextFold.folded("王𠮶"))
  }

  @Test(
    arguments: [
      ([0xFF], 1), ([0xC3], 1), ([0xC0, 0x80], 2), ([0xE2, 0x82], 2), ([0xED, 0xA0, 0x80], 3), ([0xF5, 0x80], 2),
      ([0xF0, 0x80, 0x80, 0x80], 4), ([0xF4, 0x90, 0x80, 0x80], 4),
    ] as [([UInt8], Int)])
  func illFormedBytes(bytes: [UInt8], count: Int) {
    var units: [UInt16] = []
    bytes.withUnsafeBytes { TextFold.fold($0, into: &units) }
    #expect(units == [UInt16](repeating: 0xFFFD, count: count))
  }

  /// The room that `write` needs, and blanks, for every scalar of the basic plane.
  @Test(arguments: [false, true])
  func everyScalar(keepingPunctuation: Bool) {
    for value in (UInt32(1)..<0x2_0000).filter({ $0 < 0x3100 || $0 % 61 == 0 || (0xFB00..<0x1_0010).contains($0) }) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(Character(scalar))
      let units = TextFold.folded(text, keepingPunctuation: keepingPunctuation)
      #expect(units.count <= text.utf8.count && !units.contains(0x20) && !units.contains(0), "\(value)")
      #expect(!units.contains { (0x41...0x5A).contains($0) }, "\(value)")
    }
  }

  /// Against the decompositions and lower case of the standard library, for letters of Latin script.
  @Test func latinLetters() {
    for value in (UInt32(0xC0)...0x17F).filter({ $0 != 0xD7 && $0 != 0xF7 }) {
      let letter = Unicode.Scalar(value)!
      let small = TextFold.folded(letter.properties.lowercaseMapping)
      #expect(TextFold.folded(String(Character(letter))) == small, "\(letter)")
      #expect(!small.isEmpty && small.allSatisfy { (0x61...0x7A).contains($0) }, "\(letter)")
    }
  }
}
