import Testing

@testable import Linkage

/// The whole table.
private func slowDistance(_ a: [UInt16], _ b: [UInt16]) -> Int {
  var table = (0...a.count).map { i in (0...b.count).map { i == 0 ? $0 : $0 == 0 ? i : 0 } }
  for i in 0..<a.count {
    for j in 0..<b.count {
      var cell = min(table[i][j] + (a[i] == b[j] ? 0 : 1), table[i][j + 1] + 1, table[i + 1][j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cell = min(cell, table[i - 1][j - 1] + 1) }
      table[i + 1][j + 1] = cell
    }
  }
  return table[a.count][b.count]
}

@Suite struct EditDistanceTests {
  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("ab", "ba", 1), ("ca", "abc", 3), ("kitten", "sitting", 3), ("smith", "smiht", 1),
    ("a cat", "an abct", 4), ("王小明", "王明小", 1), ("specter", "spectre", 1), ("saturday", "sunday", 3),
    ("abcd", "badc", 2),
  ])
  func knownDistances(a: String, b: String, distance: Int) {
    #expect(onUnits(units(a), units(b)) { EditDistance.osa($0, $1, limit: 100) } == distance)
    #expect(onUnits(units(b), units(a)) { EditDistance.osa($0, $1, limit: distance) } == distance)
    if distance > 0 {
      #expect(onUnits(units(a), units(b)) { EditDistance.osa($0, $1, limit: distance - 1) } == distance)
    }
  }

  @Test(arguments: [1, 2] as [UInt64])
  func isTheWholeTable(seed: UInt64) {
    var samples = TextSamples(seed: seed)
    for (a, b) in samples.pairs() {
      let slow = slowDistance(a, b)
      for limit in [0, 1, 2, 3, 7, 1000] {
        let fast = onUnits(a, b) { EditDistance.osa($0, $1, limit: limit) }
        #expect(fast == min(slow, limit + 1), "seed \(seed), limit \(limit): \(a) \(b)")
      }
      #expect(onUnits(b, a) { EditDistance.osa($0, $1, limit: 5) } == min(slow, 6), "seed \(seed): \(a) \(b)")
    }
  }

  @Test func bandedBeyondAWord() {
    var samples = TextSamples(seed: 4)
    for _ in 0..<60 {
      // Different at both ends, so that nothing is stripped and more than 64 units are left.
      let middle = samples.text(length: 64 + samples.number(20))
      let a = [1] + middle + [2]
      let b = [3] + samples.edited(middle, edits: samples.number(6)) + [4]
      let slow = slowDistance(a, b)
      for limit in [1, 2, 4, 6, 9, 200] {
        #expect(
          onUnits(a, b) { EditDistance.osa($0, $1, limit: limit) } == min(slow, limit + 1), "seed 4: \(a) \(b)")
      }
    }
  }
}
