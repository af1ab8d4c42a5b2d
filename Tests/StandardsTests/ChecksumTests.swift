import Testing

@testable import Standards

@Suite struct ChecksumTests {
  /// Printed examples: Luhn of ISO/IEC 7812-1 (Wikipedia's 7992739871-3), Verhoeff's 236-3 and 12345-1, IBAN GB82 WEST turned, ISO/IEC
  /// 7064 MOD 11,10 of 0794 (5), ISBN 0-306-40615-2.
  @Test(arguments: [
    (Checksum.luhn, "79927398713"), (.luhn, "4111111111111111"), (.verhoeff, "2363"), (.verhoeff, "123451"),
    (.mod97, "WEST12345698765432GB82"), (.iso7064Mod11_10, "07945"), (.weightedMod11, "0306406152"),
    (.weightedMod11, "080442957X"), (.gb11643, "11010519491231002X"), (.gb11643, "440524188001010014"),
    (.gb11643, "34052419800101001X"), (.gb32100, "91350100M000100Y43"), (.none, "anything"),
  ])
  func holds(checksum: Checksum, number: String) {
    #expect(holds(checksum, number))
    if checksum == .none { return }
    // Every other last character fails.
    for last in "0123456789X" where last != number.last { #expect(!holds(checksum, number.dropLast() + "\(last)")) }
  }

  @Test(arguments: Checksum.allCases)
  func refusesOtherTexts(checksum: Checksum) {
    if checksum == .none { return }
    for text in ["", "A", "é", "12A4", "1", " 18"] { #expect(!holds(checksum, text), "\(text)") }
  }

  /// Verhoeff's check finds every wrong digit and every swap of neighbours.
  @Test func verhoeffFindsSlips() {
    var random = SeededRandom(seed: 12)
    for _ in 0..<200 {
      let digits = (0..<11).map { _ in UInt8(48 + random.next() % 10) }
      guard
        let check = (48..<58).first(where: { check in (digits + [UInt8(check)]).withUnsafeBytes(Checksum.verhoeff.holds)
        })
      else {
        Issue.record("no check digit, seed \(random.seed)")
        return
      }
      let number = digits + [UInt8(check)]
      let place = Int(random.next() % 11)
      var slip = number
      slip[place] = 48 + (slip[place] - 48 + 1 + UInt8(random.next() % 9)) % 10
      #expect(!slip.withUnsafeBytes(Checksum.verhoeff.holds), "seed \(random.seed)")
      var swap = number
      swap.swapAt(place, place + 1)
      #expect(swap == number || !swap.withUnsafeBytes(Checksum.verhoeff.holds), "seed \(random.seed)")
    }
  }

  private func holds(_ checksum: Checksum, _ number: some StringProtocol) -> Bool {
    Array(number.utf8).withUnsafeBytes { checksum.holds(for: $0) }
  }
}

@Suite struct BankCardTests {
  @Test(arguments: [
    Case("4111 1111 1111 1111", "4111111111111111", .valid, nil, .separatorsRemoved),
    Case("６２１４８３７８１２３４５６７８", "6214837812345678", .valid, nil, [.fullWidth, .checksumFailed]),
    Case("6214837812345672", "6214837812345672", .valid, nil, .checksumFailed),
    Case("621483******5678", "", .missing, nil, .masked), Case("", "", .missing),
    Case("12345678901", "", .invalid, .wrongLength),
    Case("41111111111111111111", "", .invalid, .wrongLength), Case("4111A1111111111", "", .invalid, .wrongCharacter),
  ])
  func standardises(_ row: Case) { row.check(BankCard.standardise(row.text)) }
}
