/// How people write a Cantonese syllable in Latin letters: Jyutping, Yale, the spellings of Hong Kong's registers, and their
/// free variants (張 zoeng: cheung, jeung, zoeng, cheong; 儀 ji: yee, yi, ji).
///
/// Hong Kong has no official system: its registers write the way of Eitel and Dyer Ball without marks, in which b and p, d
/// and t, g and k, z and c are not told apart. Source: the correspondence of rimes in the Government Cantonese Romanisation
/// as the Linguistic Society of Hong Kong sets it beside Jyutping, and common surnames as their bearers write them.
enum CantoneseSpelling {
  /// Initial and rime of a syllable in Jyutping: gwong → gw + ong. Syllabic m and ng are rimes.
  static func parts(of syllable: String) -> (initial: String, rime: String) {
    if syllable == "m" || syllable == "ng" { return ("", syllable) }
    for initial in ["gw", "kw", "ng"] where syllable.hasPrefix(initial) {
      return (initial, String(syllable.dropFirst(2)))
    }
    guard let first = syllable.first, !"aeiou".contains(first), !syllable.hasPrefix("yu") else { return ("", syllable) }
    return (String(first), String(syllable.dropFirst()))
  }

  /// Every spelling of a syllable in Jyutping, that itself first; lower-case, at most seven letters.
  static func spellings(of syllable: String) -> [String] {
    let (initial, rime) = parts(of: syllable)
    var result = [syllable]
    func add(_ spelling: String) {
      if spelling.utf8.count <= 7, !result.contains(spelling) { result.append(spelling) }
    }
    let rimes = rimes[rime] ?? [rime]
    for head in initials[initial] ?? [initial] {
      for tail in rimes { add(head.hasSuffix("y") && tail.hasPrefix("y") ? head + tail.dropFirst() : head + tail) }
    }
    for tail in special[syllable] ?? [] { add(tail) }
    if initial == "j", rime == "ip" || rime == "im" || rime == "ik" || rime == "i" || rime == "u" { add(rime) }
    // After g and k a u is often written with a w before it: 官 gun, kwun.
    if initial == "g" || initial == "k", rime == "un" || rime == "ung" { ["kw", "gw"].forEach { add($0 + rime) } }
    if initial == "k" || initial == "kw" { rimes.forEach { add("q" + (initial == "kw" ? "u" : "") + $0) } }
    return result
  }

  private static let initials: [String: [String]] = [
    "b": ["b", "p"], "d": ["d", "t"], "g": ["g", "k"], "gw": ["gw", "kw", "gu", "ku"], "kw": ["kw"],
    "z": ["z", "j", "ch", "ts", "tz", "c", "zh"], "c": ["c", "ch", "ts"], "s": ["s", "sh"], "j": ["j", "y"],
    "ng": ["ng", ""], "": ["", "ng"],
  ]

  private static let rimes: [String: [String]] = [
    "aa": ["aa", "a", "ah", "ar"], "aai": ["aai", "ai"], "aau": ["aau", "au"], "aam": ["aam", "am"],
    "aan": ["aan", "an"],
    "aang": ["aang", "ang"], "aap": ["aap", "ap"], "aat": ["aat", "at"], "aak": ["aak", "ak", "ack"],
    "ai": ["ai", "ay"], "au": ["au", "ow", "aw"], "am": ["am", "um"], "an": ["an", "un", "en"],
    "ang": ["ang", "ung", "eng"],
    "ap": ["ap", "up"], "at": ["at", "ut"], "ak": ["ak", "uk"],
    "e": ["e", "eh"], "ei": ["ei", "i", "ee", "ay", "ey", "y"], "eng": ["eng", "ing"], "ek": ["ek", "ik"],
    "i": ["i", "ee", "y", "ie"], "iu": ["iu", "iew", "ew", "ieu"], "in": ["in", "een"], "im": ["im"], "ing": ["ing"],
    "ip": ["ip", "eep"], "it": ["it"], "ik": ["ik", "ick"],
    "o": ["o", "oh", "or", "aw"], "oi": ["oi", "oy"], "ok": ["ok", "ock"], "ou": ["ou", "o", "oe", "oo", "ow", "u"],
    "ong": ["ong"], "on": ["on"], "ot": ["ot"],
    "oe": ["oe", "eu", "euh"], "oeng": ["oeng", "eung", "eong"], "oek": ["oek", "euk", "eok"],
    "eoi": ["eoi", "eui", "ui", "oi", "oey"], "eon": ["eon", "eun", "un"], "eot": ["eot", "eut", "ut"],
    "u": ["u", "oo"], "ui": ["ui", "ooi"], "un": ["un", "oon"], "ut": ["ut", "oot"], "uk": ["uk", "ook"],
    "ung": ["ung"],
    "yu": ["yu", "u", "ue", "ui"], "yun": ["yun", "uen", "un", "oon"], "yut": ["yut", "uet", "ut"],
    "ng": ["ng", "eng", "ing"], "m": ["m"],
  ]

  private static let special: [String: [String]] = [
    "zi": ["tsz", "tze", "tse", "tzu", "jih", "chih", "gee"], "ci": ["tsz", "tze", "chih", "tse"],
    "si": ["sze", "sz", "szu", "se"],
    "joeng": ["young", "yang"], "jing": ["ing"], "jyun": ["yuan"], "wong": ["wang", "vong"], "leoi": ["louie", "lui"],
    "lei": ["leigh", "lea"], "haa": ["har"], "gong": ["kwong"], "gau": ["kao"], "ze": ["jeh", "tse", "che"],
    "ce": ["tse", "che", "chea"], "zau": ["chou"], "lau": ["lao"], "lou": ["lo"], "lo": ["law", "loh"],
    "jyu": ["yee", "yue"],
    "mok": ["mock"], "taam": ["tham"], "zang": ["tsang", "dzang"], "hung": ["hong"], "sing": ["shing"],
    "jung": ["young"],
    "sik": ["sick"], "luk": ["look", "lok"], "hui": ["hoi"], "heoi": ["hoi", "hoey"], "wan": ["wen", "wun"],
    "fong": ["fung"],
    "gam": ["gum", "kim"], "jan": ["yen", "ian"], "on": ["orn"], "hoi": ["hoy"], "dang": ["dung"],
  ]
}
