import Testing

@testable import Linkage

@Suite struct TokenSetTests {
  private func on<Result>(
    _ a: Set<Int32>, _ b: Set<Int32>, _ body: (UnsafeBufferPointer<Int32>, UnsafeBufferPointer<Int32>) -> Result
  ) -> Result {
    a.sorted().withUnsafeBufferPointer { a in b.sorted().withUnsafeBufferPointer { b in body(a, b) } }
  }

  @Test(
    arguments: [
      ([], [], 0, 1, 1), ([1], [], 0, 0, 0), ([1, 2], [2, 1], 2, 1, 1), ([1, 2, 3], [2, 3, 4], 2, 0.5, 2.0 / 3),
      ([1], [1, 5, 6, 7], 1, 0.25, 1), ([1, 3], [2, 4], 0, 0, 0),
    ] as [(Set<Int32>, Set<Int32>, Int, Double, Double)])
  func knownSets(a: Set<Int32>, b: Set<Int32>, common: Int, jaccard: Double, overlap: Double) {
    #expect(on(a, b, TokenSet.intersectionCount) == common)
    #expect(abs(on(a, b) { TokenSet.jaccard($0, $1) } - jaccard) < 1e-12)
    #expect(abs(on(a, b) { TokenSet.overlap($0, $1) } - overlap) < 1e-12)
  }

  @Test func areTheDefinitions() {
    var samples = TextSamples(seed: 5)
    let weights = (0..<40).map { _ in Float(1 + samples.number(100)) / 16 }
    func weight(_ tokens: Set<Int32>, power: Int = 1) -> Double {
      tokens.sorted().reduce(0) {
        $0 + (power == 1 ? Double(weights[Int($1)]) : Double(weights[Int($1)]) * Double(weights[Int($1)]))
      }
    }
    for _ in 0..<400 {
      let a = Set((0..<samples.number(12)).map { _ in Int32(samples.number(40)) })
      let b = samples.number(5) == 0 ? a : Set((0..<samples.number(12)).map { _ in Int32(samples.number(40)) })
      let common = a.intersection(b)
      #expect(on(a, b, TokenSet.intersectionCount) == common.count, "seed 5: \(a) \(b)")
      weights.withUnsafeBufferPointer { weights in
        let jaccard = on(a, b) { TokenSet.jaccard($0, $1, weights: weights) }
        let cosine = on(a, b) { TokenSet.cosine($0, $1, weights: weights) }
        let overlap = on(a, b) { TokenSet.overlap($0, $1, weights: weights) }
        for value in [jaccard, cosine, overlap] { #expect((0...1).contains(value), "seed 5: \(a) \(b)") }
        #expect(jaccard == on(b, a) { TokenSet.jaccard($0, $1, weights: weights) }, "seed 5: \(a) \(b)")
        #expect(cosine == on(b, a) { TokenSet.cosine($0, $1, weights: weights) }, "seed 5: \(a) \(b)")
        if a == b { #expect(jaccard == 1 && cosine == 1 && overlap == 1, "seed 5: \(a)") }
        guard !a.isEmpty, !b.isEmpty else { return }
        #expect(abs(jaccard - weight(common) / weight(a.union(b))) < 1e-9, "seed 5: \(a) \(b)")
        #expect(abs(overlap - weight(common) / min(weight(a), weight(b))) < 1e-9, "seed 5: \(a) \(b)")
        let lengths = (weight(a, power: 2) * weight(b, power: 2)).squareRoot()
        #expect(abs(cosine - weight(common, power: 2) / lengths) < 1e-9, "seed 5: \(a) \(b)")
      }
    }
  }

  @Test(
    arguments: [
      ("", false, []), ("a", false, ["a"]), ("ab c  d ", false, ["ab", "c", "d"]), (" x", false, ["x"]),
      ("abc路12 号", true, ["abc", "路", "12", "号"]), ("abc路12 号", false, ["abc路12", "号"]),
      ("南山区", true, ["南", "山", "区"]),
    ] as [(String, Bool, [String])])
  func tokens(text: String, separatingHan: Bool, expected: [String]) {
    let units = units(text)
    let ranges = units.withUnsafeBufferPointer { TokenText.ranges(of: $0, separatingHan: separatingHan) }
    #expect(ranges.map { String(decoding: units[$0], as: UTF16.self) } == expected)
  }

  @Test func hashesTellTextsApart() {
    var samples = TextSamples(seed: 6)
    var texts: [UInt64: [UInt16]] = [:]
    for _ in 0..<5000 {
      let text = samples.text(length: samples.number(6))
      let hash = text.withUnsafeBufferPointer(TokenText.hash)
      #expect(texts.updateValue(text, forKey: hash) ?? text == text, "seed 6: \(text)")
    }
    #expect(texts.count > 1000)
  }
}
