import TestSupport
import Testing

@testable import Linkage

@Suite("Which pairs to ask about")
struct LabelChooserTests {
  /// Pairs (i, i + 1000), of the patterns and probabilities given.
  private static func pairs(_ rows: [(pattern: UInt64, rules: UInt32, probability: Float)]) -> (
    CandidatePairs, [ScoredPair], [Float]
  ) {
    var candidates = CandidatePairs()
    for (index, row) in rows.enumerated() {
      candidates.left.append(Int32(index))
      candidates.right.append(Int32(index + 1_000))
      candidates.patterns.append(candidates.table.add(row.pattern, rules: row.rules))
    }
    return (candidates, rows.indices.map { ScoredPair(Int32($0), Int32($0 + 1_000), 0) }, rows.map(\.probability))
  }

  private static func chosen(
    _ rows: [(pattern: UInt64, rules: UInt32, probability: Float)], _ count: Int, known: [RecordPair] = []
  ) -> [Int32] {
    let (candidates, scored, probabilities) = pairs(rows)
    return LabelChooser.choose(candidates, scored, probabilities, count: count, known: known).map(\.left)
  }

  @Test("Uncertain pairs of frequent patterns first, then of others, certain ones last")
  func order() {
    // Pattern 7 by four pairs, of two masks of rules; 8 by one; 9 by one that is all but certain.
    let rows: [(pattern: UInt64, rules: UInt32, probability: Float)] = [
      (7, 1, 0.9), (8, 1, 0.5), (7, 2, 0.5), (9, 1, 0.999), (7, 1, 0.6), (7, 1, 0.9),
    ]
    // 0.25 · 4, 0.24 · 4 / 2, 0.09 · 4 / 3 against 0.25 · 1.
    #expect(Self.chosen(rows, 6) == [2, 4, 1, 0, 5, 3])
    #expect(Self.chosen(rows, 2) == [2, 4])
    #expect(Self.chosen(rows, 3, known: [RecordPair(1_002, 2)]) == [4, 1, 0])
    #expect(Self.chosen(rows, 0).isEmpty)
    #expect(Self.chosen([], 5).isEmpty)
  }

  @Test("As the obvious way chooses", arguments: 1...20)
  func reference(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let rows = (0..<80).map { _ in
      (
        pattern: UInt64.random(in: 1...9, using: &random), rules: UInt32.random(in: 1...3, using: &random),
        probability: Float(Int.random(in: 2...98, using: &random)) / 100
      )
    }
    var left = Array(rows.indices)
    var taken: [UInt64: Int] = [:]
    var expected: [Int32] = []
    for _ in 0..<30 {
      func value(_ index: Int) -> Float {
        let row = rows[index]
        return row.probability * (1 - row.probability) * Float(rows.count { $0.pattern == row.pattern })
          / Float(taken[row.pattern, default: 0] + 1)
      }
      let best = left.map(value).max()!
      expected.append(Int32(left.first { value($0) > best * 0.99999 }!))
      left.removeAll { $0 == Int(expected.last!) }
      taken[rows[Int(expected.last!)].pattern, default: 0] += 1
    }
    let found = Self.chosen(rows, 30)
    // Of equal values either may come first.
    func values(_ order: [Int32]) -> [Float] {
      order.map { rows[Int($0)].probability * (1 - rows[Int($0)].probability) }.sorted()
    }
    #expect(zip(values(found), values(expected)).allSatisfy { abs($0 - $1) < 1e-5 }, "seed \(seed)")
    #expect(Set(found).count == 30)
  }
}
