import Basics
import Standards

/// Chinese names and places for a file of people, from the vocabulary of the bank's extracts.
struct PeopleChinese: Sendable {
  let vocabulary: Vocabulary

  init() throws(Problem) { vocabulary = try Vocabulary() }

  /// One or two characters: word, and the second word plus one in the upper bits, or 0.
  func firstName(_ sex: Sex, _ birth: CalendarDate, _ draws: inout Draws) -> Int {
    let cohort = birth.year < 1960 ? 0 : birth.year < 1980 ? 1 : birth.year < 2000 ? 2 : 3
    let choice = sex == .male ? vocabulary.men[cohort] : vocabulary.women[cohort]
    let one = Int(choice.draw(&draws))
    return draws.chance(15_000) ? one : one | (Int(choice.draw(&draws)) + 1) << 16
  }

  func writeFirst(_ code: Int, to text: inout PeopleText) {
    write(UInt16(code & 0xFFFF), to: &text)
    if code >> 16 > 0 { write(UInt16(code >> 16 - 1), to: &text) }
  }

  /// Another last character, or none where there were two.
  func misspelt(_ code: Int, _ sex: Sex, _ birth: CalendarDate, _ draws: inout Draws) -> Int {
    let other = firstName(sex, birth, &draws) & 0xFFFF
    if code >> 16 == 0 { return other }
    return draws.chance(70_000) ? code & 0xFFFF | (other + 1) << 16 : code & 0xFFFF
  }

  func write(_ number: UInt16, to text: inout PeopleText) {
    let word = vocabulary.words[Int(number)]
    let start = Int(word.utf8Offset)
    for index in start..<start + Int(word.utf8Count) { text.append(vocabulary.pool[index]) }
  }

  /// In capitals.
  func writePinyin(_ number: UInt16, to text: inout PeopleText) {
    write(vocabulary.words[Int(number)].pinyin, to: &text)
  }

  func writeFirstPinyin(_ code: Int, to text: inout PeopleText) {
    writePinyin(UInt16(code & 0xFFFF), to: &text)
    if code >> 16 > 0 { writePinyin(UInt16(code >> 16 - 1), to: &text) }
  }
}
