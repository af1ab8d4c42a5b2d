import Testing

@testable import Linkage

@Suite struct DigitSlipTests {
  @Test(
    arguments: [
      ("", "", .same), ("123", "123", .same), ("1234", "1324", .swapped), ("12", "21", .swapped),
      ("1234", "1244", .oneWrong),
      ("1", "2", .oneWrong), ("", "1", .oneMissing), ("1234", "124", .oneMissing), ("1234", "123", .oneMissing),
      ("234", "1234", .oneMissing), ("1234", "4321", .other), ("12", "1234", .other), ("1234", "2143", .other),
      ("123", "1456", .other), ("1234", "1432", .other),
    ] as [(String, String, DigitSlip)])
  func slips(a: String, b: String, slip: DigitSlip) {
    #expect(onUnits(units(a), units(b)) { DigitSlip($0, $1) } == slip)
    #expect(onUnits(units(b), units(a)) { DigitSlip($0, $1) } == slip)
  }

  /// Exactly the pairs one edit apart have a slip.
  @Test func agreesWithTheDistance() {
    var samples = TextSamples(seed: 8)
    for _ in 0..<3000 {
      let (a, b) = samples.pair(longest: 6)
      let slip = onUnits(a, b) { DigitSlip($0, $1) }
      let distance = onUnits(a, b) { EditDistance.osa($0, $1, limit: 1) }
      #expect(distance == (slip == .same ? 0 : slip == .other ? 2 : 1), "seed 8: \(a) \(b)")
      let hamming = onUnits(a, b, DigitSlip.hamming)
      #expect(hamming == (a.count == b.count ? zip(a, b).count { $0 != $1 } : nil), "seed 8: \(a) \(b)")
    }
  }
}
