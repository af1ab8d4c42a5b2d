/// Spellings of a Mandarin syllable other than pinyin, without tones, apostrophes and umlauts: Wade–Giles (zhang: chang;
/// xie: hsieh), and how people of Taiwan, Singapore and abroad write them (xie: shieh; huang: hwang; li: lee).
///
/// Source: the table of finals in the Library of Congress guidelines, "Wade–Giles to pinyin conversion".
enum WadeGiles {
  /// From a syllable of pinyin (ü as v).
  static func spellings(of syllable: String) -> [String] {
    let (initial, rime) = Self.parts(of: syllable)
    var result: [String] = []
    func add(_ spelling: String) {
      if spelling.utf8.count <= 7, spelling != syllable, !result.contains(spelling) { result.append(spelling) }
    }
    for spelling in whole[syllable] ?? [] { add(spelling) }
    if isApical(initial, rime) { return result }
    for head in initials[initial] ?? [initial] {
      for tail in finals(initial, rime) { add(head + tail) }
    }
    for spelling in variants[syllable] ?? [] { add(spelling) }
    return result
  }

  static func parts(of syllable: String) -> (initial: String, rime: String) {
    for initial in ["zh", "ch", "sh"] where syllable.hasPrefix(initial) {
      return (initial, String(syllable.dropFirst(2)))
    }
    guard let first = syllable.first, !"aeiou".contains(first) else { return ("", syllable) }
    return (String(first), String(syllable.dropFirst()))
  }

  /// zi, ci, si, zhi, chi, shi, ri: the i is no vowel, and Wade–Giles writes it otherwise.
  private static func isApical(_ initial: String, _ rime: String) -> Bool {
    rime == "i" && ["z", "c", "s", "zh", "ch", "sh", "r"].contains(initial)
  }

  private static func finals(_ initial: String, _ rime: String) -> [String] {
    var result: [String]
    switch rime {
    case "ian": result = ["ien", "ian"]
    case "ie": result = ["ieh", "ie"]
    case "ue", "ve": result = ["ueh", "ue"]
    case "v": result = ["u", "yu", "ue"]
    case "ong": result = ["ung", "ong"]
    case "iong": result = ["iung", "iong"]
    case "uo" where !["g", "k", "h", "sh"].contains(initial): result = ["o", "uo"]
    case "e" where ["g", "k", "h"].contains(initial): result = ["o", "e", "eh"]
    case "e": result = ["e", "eh"]
    case "ui" where initial == "g" || initial == "k": result = ["uei", "ui"]
    case "an" where initial == "y": result = ["en", "an"]
    case "ou" where initial == "y": result = ["u", "ou"]
    default: result = [rime]
    }
    if rime == "iu" { result.append("iou") }
    if rime == "un" { result.append("uen") }
    return result
  }

  private static let initials: [String: [String]] = [
    "b": ["p"], "d": ["t"], "g": ["k"], "j": ["ch"], "q": ["ch", "ts"], "x": ["hs", "sh", "s"],
    "zh": ["ch", "j", "jh"],
    "z": ["ts", "tz"], "c": ["ts"], "r": ["j"],
  ]

  private static let whole: [String: [String]] = [
    "zi": ["tzu", "tsu", "tze", "tz"], "ci": ["tzu", "tsu", "tsz"], "si": ["ssu", "szu", "sze"],
    "zhi": ["chih", "jhih", "jih"], "chi": ["chih"], "shi": ["shih"], "ri": ["jih"], "er": ["erh"],
    "yi": ["i", "yih", "yee", "ih"],
    "e": ["o", "eh"],
  ]

  private static let variants: [String: [String]] = [
    "li": ["lee", "lih"], "huang": ["hwang"], "hua": ["hwa"], "hui": ["hwei", "huei"], "guang": ["kwang"],
    "gui": ["kwei"], "wu": ["woo"], "hu": ["hoo"], "xu": ["hsu", "shu", "sheu", "hsue"],
    "zhou": ["chow"], "song": ["soong"], "qi": ["chee", "chi"], "yuan": ["yuen"], "lin": ["lim"], "you": ["yew"],
    "mei": ["may"], "fu": ["foo"], "lu": ["loo"], "gu": ["koo"], "du": ["too"], "hong": ["hung"], "xing": ["shing"],
    "wen": ["wun"], "jie": ["chieh"], "ji": ["chi", "gi"], "shui": ["shuei"], "rong": ["jung", "yung"],
    "jun": ["chun", "juin"],
    "lv": ["lyu", "lui", "lu"], "nv": ["nyu", "nu"],
  ]
}
