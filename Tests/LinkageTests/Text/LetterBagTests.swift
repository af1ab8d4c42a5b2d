import Testing

@testable import Linkage

@Suite struct LetterBagTests {
  private func bag(_ text: [UInt16]) -> LetterBag { text.withUnsafeBufferPointer { LetterBag($0) } }

  @Test(arguments: [
    ("", "", 0), ("abc", "cab", 3), ("abc", "xyz", 0), ("aab", "aac", 2), ("aaaa", "aa", 2), ("anna", "hanna", 4),
    ("aaa", "aab", 2),
  ])
  func common(a: String, b: String, count: Int) {
    #expect(bag(units(a)).commonAtMost(bag(units(b))) == count)
  }

  @Test(arguments: [11, 12] as [UInt64])
  func areBounds(seed: UInt64) {
    var samples = TextSamples(seed: seed)
    for (a, b) in samples.pairs() {
      let bags = (bag(a), bag(b))
      let distance = onUnits(a, b) { EditDistance.osa($0, $1, limit: 1000) }
      #expect(bags.0.editsAtLeast(bags.1) <= distance, "seed \(seed): \(a) \(b)")
      #expect(bags.0.jaroAtMost(bags.1) >= onUnits(a, b, JaroWinkler.jaro), "seed \(seed): \(a) \(b)")
      #expect(bags.0.similarityAtMost(bags.1) >= onUnits(a, b, JaroWinkler.similarity), "seed \(seed): \(a) \(b)")
      #expect(bags.0.similarityAtMost(bags.1) == bags.1.similarityAtMost(bags.0), "seed \(seed): \(a) \(b)")
      #expect(bags.0.similarityAtMost(bags.1) <= 1, "seed \(seed): \(a) \(b)")
    }
  }
}
