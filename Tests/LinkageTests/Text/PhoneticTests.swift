import Testing

@testable import Linkage

@Suite struct PhoneticTests {
  private func key(_ text: String) -> UInt64 { TextFold.folded(text).withUnsafeBufferPointer(Phonetic.key) }

  @Test(arguments: [
    "smith smyth smythe", "meyer maier mayer meier mayr", "catherine kathryn katherine katrin",
    "jeffrey geoffrey jeffery",
    "philip filip phillip philippe", "schmidt schmitt schmid", "stephen steven stefan", "michael mikael",
    "nicholas nicolas nikolaus", "christine kristine", "schwartz schwarz", "thompson thomson", "johnson jonson",
    "wright right", "knight night", "leigh lee li", "müller mueller muller", "schäfer schaefer shafer",
    "tchaikovsky tschaikowski chaikovsky", "petrovic petrovich petrowitsch", "novak nowak", "horvath horvat",
    "lewandowski levandovsky",
    "brown braun", "macdonald mcdonald", "alexander aleksander", "callaghan callahan", "whitney witney", "isaac izaak",
    "rodger roger", "marija maria", "weiß weisz weis", "yusuf jusuf", "yvonne ivonne", "gutierrez gutierres",
    "de la cruz|delacruz", "wagner vagner", "bach", "hugh", "psmith smith", "vasquez vazquez", "singh sing",
    "zachary zackary", "krzysztof kshistof", "lamb lam",
  ])
  func spellingsOfOneName(names: String) {
    let names = names.split(separator: names.contains("|") ? "|" : " ").map(String.init)
    for name in names {
      #expect(key(name) == key(names[0]) && key(name) != 0, "\(name) \(Phonetic.text(ofKey: key(name)))")
    }
  }

  @Test(arguments: [
    ("smith", "jones"), ("meyer", "miller"), ("anna", "hanna"), ("peter", "walter"), ("richard", "ricard"),
    ("george", "gregor"), ("maria", "martha"),
  ])
  func differentNames(a: String, b: String) {
    #expect(key(a) != key(b))
  }

  @Test(arguments: [
    ("schmidt", "SMT"), ("catherine", "KTRN"), ("jeffrey", "JFR"), ("anna", "AN"), ("maxwell", "MKSFL"),
    ("hans", "HNS"),
    ("", ""), ("123", ""), ("王小明", ""), ("a", "A"), ("x", "S"), ("h", "H"), ("kn", "N"),
  ])
  func keysInLetters(text: String, expected: String) {
    #expect(Phonetic.text(ofKey: key(text)) == expected)
  }

  @Test func takesAnyLetters() {
    var samples = TextSamples(seed: 9)
    for _ in 0..<3000 {
      let name = (0..<samples.number(70)).map { _ in UInt16(0x61 + samples.number(26)) }
      let key = name.withUnsafeBufferPointer(Phonetic.key)
      #expect((key == 0) == Phonetic.text(ofKey: key).isEmpty, "seed 9: \(name)")
    }
  }

  @Test(arguments: [
    ("robert", "R163"), ("rupert", "R163"), ("rubin", "R150"), ("ashcraft", "A261"), ("tymczak", "T522"),
    ("pfister", "P236"), ("honeyman", "H555"), ("washington", "W252"), ("lee", "L000"), ("gutierrez", "G362"),
    ("jackson", "J250"), ("vandeusen", "V532"), ("o'hara", "O600"),
  ])
  func soundex(text: String, expected: String) {
    let key = TextFold.folded(text).withUnsafeBufferPointer(Phonetic.soundex)
    #expect(key == expected.utf8.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  @Test func noSoundex() {
    #expect(TextFold.folded("王 12").withUnsafeBufferPointer(Phonetic.soundex) == 0)
  }
}
