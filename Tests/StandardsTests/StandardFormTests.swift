import Basics
import TestSupport
import Testing

@testable import Standards

/// The quick answers, which have to be what the standards themselves say.
struct StandardFormTests {
  private func withBytes<Result>(_ text: String, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    var text = text
    return text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }

  private static let names = [
    "王芳", "欧阳娜娜", "李先生", "王小姐", "张女士", "李?", "王 芳", "Zhang Wei", "一", "鿿", "豈", "", "阿·买买提", "先生",
  ]

  @Test(arguments: names) func `A name in standard form stands as it is`(name: String) {
    guard withBytes(name, { PersonName.isStandard($0) }) else { return }
    #expect(PersonName.standardise(name) == (name, Standardised(.valid)))
    #expect(LineText.standardise(name) == (name, Standardised(.valid)))
  }

  @Test func `Most names are in standard form`() {
    for name in ["王芳", "欧阳娜娜", "一"] { #expect(withBytes(name) { PersonName.isStandard($0) }) }
  }

  @Test(arguments: 0..<20) func `Quick answers are the standard's own`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<500 {
      checkMobile(&random)
      checkResidentId(&random)
      checkEmail(&random)
      checkMoney(&random)
      checkTimes(&random)
    }
  }

  private func digits(_ count: Int, _ random: inout SeededRandom) -> String {
    String((0..<count).map { _ in Character(String(Int.random(in: 0...9, using: &random))) })
  }

  private func checkMobile(_ random: inout SeededRandom) {
    let text =
      Int.random(in: 0...3, using: &random) == 0
      ? "1380013800\(Int.random(in: 0...9, using: &random))" : "1" + digits(10, &random)
    if withBytes(text, { PhonePlan.isStandardChinese($0) }) {
      #expect(PhoneNumber.standardise(text, plans: [.chinese]) == (text, Standardised(.valid)))
    }
  }

  private func checkResidentId(_ random: inout SeededRandom) {
    var text = ["11", "81", "91", "82"][Int.random(in: 0...3, using: &random)] + digits(4, &random)
    text +=
      "19\(digits(2, &random))0\(Int.random(in: 1...9, using: &random))\(Int.random(in: 0...3, using: &random))\(digits(4, &random))"
    let check = withBytes(text + "0") { ResidentId.checkCharacter($0) }
    text += Int.random(in: 0...1, using: &random) == 0 ? String(UnicodeScalar(check)) : digits(1, &random)
    let judged = withBytes(text) { ResidentId.judgeStandard($0) }
    #expect(judged == DocumentNumber.standardise(text, kind: chineseDocument("resident_id")).result, "\(text)")
  }

  private func checkEmail(_ random: inout SeededRandom) {
    let letters = Array("ab1._-@A *")
    let text = String(
      (0..<Int.random(in: 0...12, using: &random)).map { _ in
        letters[Int.random(in: 0...letters.count - 1, using: &random)]
      })
    if withBytes(text, { Email.isStandard($0) }) { #expect(Email.standardise(text) == (text, Standardised(.valid))) }
  }

  private func checkMoney(_ random: inout SeededRandom) {
    let characters = Array("00123456789.-+")
    let text = String(
      (0..<Int.random(in: 0...9, using: &random)).map { _ in
        characters[Int.random(in: 0...characters.count - 1, using: &random)]
      })
    guard let plain = withBytes(text, { Money.plain($0) }) else { return }
    #expect((try? Money.parse(text))?.minorUnits == plain, "\(text)")
  }

  private func checkTimes(_ random: inout SeededRandom) {
    let compact =
      "\(digits(4, &random))\(Int.random(in: 0...1, using: &random))\(digits(1, &random))\(Int.random(in: 0...3, using: &random))\(digits(1, &random))"
    #expect(
      withBytes(compact) { CalendarDate.plainDays($0, separator: nil) } == CalendarDate(compact, format: .compact)?.days
    )
    let characters = Array(compact)
    let dashed = "\(String(characters[0..<4]))-\(String(characters[4..<6]))-\(String(characters[6..<8]))"
    #expect(withBytes(dashed) { CalendarDate.plainDays($0, separator: 45) } == CalendarDate(dashed)?.days)
    let time =
      "\(Int.random(in: 0...2, using: &random))\(digits(1, &random)):\(digits(2, &random)):\(digits(2, &random))"
    for (text, format) in [
      ("\(dashed) \(time)", Timestamp.Format.spaced), ("\(dashed)T\(time)", .iso),
      (compact + time.filter { $0 != ":" }, .compact), ("\(dashed) \(time)", .iso), ("\(dashed)x\(time)", .spaced),
    ] {
      #expect(
        withBytes(text) { Timestamp.plainSeconds($0, format) } == Timestamp(text, format: format)?.seconds, "\(text)")
    }
  }
}
