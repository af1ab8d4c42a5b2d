import Testing

@testable import Linkage

@Suite struct QGramsTests {
  private func grams(_ text: [UInt16], q: Int) -> [UInt64] {
    var grams: [UInt64] = []
    text.withUnsafeBufferPointer { QGrams.append(of: $0, q: q, to: &grams) }
    return grams
  }

  @Test(arguments: [1, 2, 3, 4])
  func areTheRunsOfThePaddedText(q: Int) {
    var samples = TextSamples(seed: 7)
    for _ in 0..<50 {
      let text = samples.text(length: samples.number(9))
      let padding = [UInt16](repeating: 0, count: q - 1)
      let padded = padding + text + padding
      let slow =
        text.isEmpty
        ? [] : (0...padded.count - q).map { padded[$0..<$0 + q].reduce(UInt64(0)) { $0 << 16 | UInt64($1) } }
      #expect(grams(text, q: q) == slow, "seed 7: \(text)")
      #expect(text.withUnsafeBufferPointer { QGrams.sorted(of: $0, q: q) } == Set(slow).sorted(), "seed 7: \(text)")
    }
  }

  @Test(
    arguments: [([1, 2, 3], [2, 3, 4], 0.5), ([], [], 1), ([1], [], 0), ([7], [7], 1)] as [([UInt64], [UInt64], Double)]
  )
  func jaccard(a: [UInt64], b: [UInt64], expected: Double) {
    let value = a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { QGrams.jaccard(a, $0) } }
    #expect(value == expected)
  }

  /// Sets of 60 tokens with a stated number in common share keys as often as the curve says.
  @Test(arguments: [(20, 5, 40), (8, 2, 20), (8, 2, 30), (4, 4, 50), (6, 1, 10)])
  func keysFollowTheCurve(bands: Int, rows: Int, common: Int) {
    let lsh = LSHKeys(bands: bands, rows: rows, seed: 3)
    let trials = 400
    var shared = 0
    for trial in 0..<trials {
      let first = Int32(trial * 1000)
      let a = (first..<first + 60).map { $0 }
      let b = (first + Int32(60 - common)..<first + Int32(120 - common)).map { $0 }
      var keysOfA: [UInt64] = []
      var keysOfB: [UInt64] = []
      a.withUnsafeBufferPointer { lsh.append(of: $0, to: &keysOfA) }
      Array(b.reversed()).withUnsafeBufferPointer { lsh.append(of: $0, to: &keysOfB) }
      #expect(keysOfA.count == bands)
      if !Set(keysOfA).isDisjoint(with: keysOfB) { shared += 1 }
    }
    let chance = lsh.chance(similarity: Double(common) / Double(120 - common))
    // Four standard deviations of a share of `trials`.
    let slack = 4 * (chance * (1 - chance) / Double(trials)).squareRoot()
    #expect(
      abs(Double(shared) / Double(trials) - chance) <= max(slack, 0.01), "\(shared) of \(trials), expected \(chance)")
  }

  @Test func curve() {
    #expect(abs(LSHKeys(bands: 20, rows: 5).chance(similarity: 0.8) - 0.99964) < 0.00001)
    #expect(LSHKeys(bands: 20, rows: 5).chance(similarity: 0) == 0)
    #expect(LSHKeys(bands: 20, rows: 5).chance(similarity: 1) == 1)
  }

  @Test func keysOfTexts() {
    func keys(_ text: String, seed: UInt64 = 0) -> [UInt64] {
      var keys: [UInt64] = []
      units(text).withUnsafeBufferPointer { LSHKeys(bands: 16, rows: 3, seed: seed).append(of: $0, to: &keys) }
      return keys
    }
    let text = "sony cyber shot digital camera 12 megapixels black"
    #expect(keys(text) == keys(text) && keys(text) != keys(text, seed: 1) && keys("") == [])
    #expect(!Set(keys(text)).isDisjoint(with: keys("sony cyber shot digital camera 12 megapixel silver")))
    #expect(Set(keys(text)).isDisjoint(with: keys("apple phone case leather brown")))
    // Recorded once: stored models rely on them.
    #expect(keys("abc")[0] == 207_962_288_619_897_392)
  }
}
