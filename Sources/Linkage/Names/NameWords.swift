import Standards

/// What a word does in a name.
enum WordRole: UInt8 {
  case name
  /// Mr, Dr: no part of the name.
  case title
  /// Lord, Major, Justice: a title at the beginning, else a name.
  case leadingTitle
  /// Baron, Earl: a title behind an ordinal, else a name.
  case rank
  /// 1st, 2nd.
  case ordinal
  /// Jr, PhD: no part of the name behind it.
  case suffix
  /// Van, de, bin: belongs to what follows.
  case particle
}

/// The words of standing around names.
///
/// Source: written by hand from the forms of address of English, German, French, Spanish, Italian, Dutch and Portuguese.
enum NameWords {
  static func role(of word: String) -> WordRole { roles[word] ?? (isOrdinal(word) ? .ordinal : .name) }

  /// 1 for Jr, 2 for Sr, 3 for III, 4 for IV; II is a junior; 0 for other suffixes.
  static func generation(of word: String) -> UInt8 {
    switch word {
    case "jr", "junior", "jnr", "ii": 1
    case "sr", "senior", "snr": 2
    case "iii": 3
    case "iv": 4
    default: 0
    }
  }

  private static func isOrdinal(_ word: String) -> Bool {
    guard let first = word.utf8.first, first >= 48, first <= 57 else { return false }
    let letters = word.drop { $0 >= "0" && $0 <= "9" }
    return ["st", "nd", "rd", "th"].contains(letters)
  }

  private static let roles: [String: WordRole] = {
    var roles: [String: WordRole] = [:]
    func add(_ role: WordRole, _ words: String) {
      for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) { roles[String(word)] = role }
    }
    add(
      .title,
      """
      mr mrs ms miss mx dr drs prof professor sir dame rev revd reverend hon rt capt lt sgt cpl madam madame mme mlle monsieur
      herr frau fraulein senor senora senorita sra signor signora dott dottssa mevr dhr dipl ing mister mistress master
      """)
    add(
      .leadingTitle,
      """
      lord lady major general captain colonel judge justice sister brother father doctor admiral commander lieutenant bishop
      saint prince princess king queen count baron baroness earl duke duchess viscount marquess countess col gen maj fr
      """)
    add(.rank, "baronet knight viscountess marchioness bt")
    add(
      .suffix,
      "jr junior jnr sr senior snr ii iii iv phd md esq esquire obe mbe cbe kbe kcb kcmg qc kc bart dds cpa frs mp jp dsc bsc msc mba"
    )
    add(
      .particle,
      """
      van von vom der den de del della delle dei di da das dos do du des la le las los el al bin binti binte bint ibn of the zu zum zur
      af av y e ter ten te op st
      """)
    return roles
  }()

  /// Titles behind Chinese names, of two characters each.
  static let chineseTitles: Set<UInt64> = Set(
    "先生 女士 小姐 太太 夫人 博士 教授 醫生 医生 律師 律师 老師 老师 經理 经理 師傅 师傅 同志".split(separator: " ").map { title in
      title.unicodeScalars.reduce(0 as UInt64) { $0 << 32 | UInt64($1.value) }
    })
}
