import Testing

@testable import Linkage

/// The definition, straight from the paper.
private func slowJaro(_ a: [UInt16], _ b: [UInt16]) -> Double {
  if a.isEmpty && b.isEmpty { return 1 }
  let window = max(0, max(a.count, b.count) / 2 - 1)
  var free = [Bool](repeating: true, count: a.count)
  var ofB: [UInt16] = []
  for (place, unit) in b.enumerated() {
    guard let match = a.indices.first(where: { free[$0] && a[$0] == unit && abs($0 - place) <= window }) else {
      continue
    }
    free[match] = false
    ofB.append(unit)
  }
  if ofB.isEmpty { return 0 }
  let ofA = a.indices.filter { !free[$0] }.map { a[$0] }
  let m = Double(ofB.count)
  let t = Double(zip(ofA, ofB).count { $0 != $1 } / 2)
  return (m / Double(a.count) + m / Double(b.count) + (m - t) / m) / 3
}

private func slowJaroWinkler(_ a: [UInt16], _ b: [UInt16]) -> Double {
  let jaro = slowJaro(a, b)
  let prefix = zip(a, b).prefix(4).prefix { $0 == $1 }.count
  return jaro > 0.7 ? jaro + 0.1 * Double(prefix) * (1 - jaro) : jaro
}

@Suite struct JaroWinklerTests {
  @Test(arguments: [
    ("martha", "marhta", 0.9444, 0.9611), ("dixon", "dicksonx", 0.7667, 0.8133), ("dwayne", "duane", 0.8222, 0.84),
    ("jones", "johnson", 0.7905, 0.8324), ("abroms", "abrams", 0.8889, 0.9222), ("lampley", "campley", 0.9048, 0.9048),
    ("massey", "massie", 0.8889, 0.9333), ("hardin", "martinez", 0.7222, 0.7222), ("itman", "smith", 0.4667, 0.4667),
    ("jeraldine", "geraldine", 0.9259, 0.9259), ("michelle", "michael", 0.8690, 0.9214),
    ("王小明", "王晓明", 0.7778, 0.8), ("", "", 1, 1), ("a", "", 0, 0), ("a", "a", 1, 1), ("a", "b", 0, 0),
    ("ab", "ba", 0, 0),
  ])
  func valuesOfTheLiterature(a: String, b: String, jaro: Double, jaroWinkler: Double) {
    #expect(abs(onUnits(units(a), units(b), JaroWinkler.jaro) - jaro) < 0.00006)
    #expect(abs(onUnits(units(a), units(b), JaroWinkler.similarity) - jaroWinkler) < 0.00006)
  }

  @Test(arguments: [1, 2] as [UInt64])
  func isTheDefinition(seed: UInt64) {
    var samples = TextSamples(seed: seed)
    for (a, b) in samples.pairs() {
      let fast = onUnits(a, b, JaroWinkler.similarity)
      #expect(abs(fast - slowJaroWinkler(a, b)) < 1e-12, "seed \(seed): \(a) \(b)")
      #expect(abs(onUnits(a, b, JaroWinkler.jaro) - slowJaro(a, b)) < 1e-12, "seed \(seed): \(a) \(b)")
      #expect(fast == onUnits(b, a, JaroWinkler.similarity), "seed \(seed): \(a) \(b)")
      #expect((0...1).contains(fast) && (fast == 1) == (a == b), "seed \(seed): \(a) \(b)")
    }
  }
}
