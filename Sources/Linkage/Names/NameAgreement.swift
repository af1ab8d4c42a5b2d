/// How two names agree; ordered from the best to none.
public enum NameAgreement: UInt8, Sendable, CaseIterable, Comparable {
  /// The same words in the same order, titles aside: `Dr. John Smith`, `john smith`; 陳昌榮先生, 陳昌榮.
  case same = 0
  /// The same but for script, word breaks, particles or stand-ins: 陳昌榮, 陈昌荣; `Maryann`, `Mary Ann`; `de la Cruz`, `Cruz`.
  case otherForm = 1
  /// The same words in another order: `John Smith`, `Smith John`; `SMITH, John`.
  case reordered = 2
  /// One romanises the other, every syllable known: 賴雅芳, `LAI Nga Fong`; or both the same: `LAI Wai Ji`, `Lai Wai Yee`.
  case romanised = 3
  /// All words of one among those of the other: `John Smith`, `John Paul Smith`; `MAK Ka Ling; Mary`, `Mary Mak`.
  case contained = 4
  /// As `contained`, but for nicknames: `Bob Smith`, `Robert Smith`.
  case nickname = 5
  /// As `contained`, but for initials: `J. Smith`, `John Smith`.
  case initials = 6
  /// As `contained`, but for one slip (one letter, or two exchanged) in one word or character: `Jonh Smith`; 陳昌榮, 陳昌宋.
  case slip = 7
  /// One romanises the other but for loose spelling or one syllable of three or more: 馮志賢, `FUNG Chi Yan`; 陳?榮.
  case romanisedLoosely = 8
  /// All words of one similar to words of the other, in letters or sound: `Katarina Schmitt`, `Catherina Schmidt`; 李偉, 李玮.
  case similarWords = 9
  /// Similar as a whole (Jaro–Winkler at least 0.88): `Jon Smithson`, `Jonathan Smitson`.
  case similar = 10
  /// The family name agrees, also romanised, and the given names cannot be compared, because one is lacking or one is Chinese
  /// and the other is not: `Smith`, `John Smith`; 麥嘉玲, `Mary Mak`; `CHAN Wing Hang`, `Samuel Chan`.
  case familyAlone = 11
  /// The family name agrees, also romanised, and the given names do not: `Mary Smith`, `John Smith`.
  case familyOnly = 12
  /// A given name agrees and no more: `Mary Smith`, `Mary Jones`.
  case givenOnly = 13
  case different = 14

  public static func < (a: NameAgreement, b: NameAgreement) -> Bool { a.rawValue < b.rawValue }
}
