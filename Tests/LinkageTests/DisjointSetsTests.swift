import TestSupport
import Testing

@testable import Linkage

/// Sets kept in the obvious way: the root of every element, rewritten at each union.
private struct SlowSets {
  var roots: [Int32]
  var values: [[UInt8: UInt64]]

  init(count: Int) {
    roots = (0..<count).map(Int32.init)
    values = [[UInt8: UInt64]](repeating: [:], count: count)
  }

  func conflict(_ a: Int32, _ b: Int32) -> Int? {
    var slots: [UInt8: Set<UInt64>] = [:]
    for element in roots.indices where roots[element] == roots[Int(a)] || roots[element] == roots[Int(b)] {
      for (slot, value) in values[element] { slots[slot, default: []].insert(value) }
    }
    return slots.filter { $0.value.count > 1 }.keys.min().map(Int.init)
  }

  mutating func union(_ a: Int32, _ b: Int32) -> ConstrainedSets.Outcome {
    let (a, b) = (roots[Int(a)], roots[Int(b)])
    if a == b { return .alreadyTogether }
    if let slot = conflict(a, b) { return .refused(slot: slot) }
    for element in roots.indices where roots[element] == max(a, b) { roots[element] = min(a, b) }
    return .joined
  }
}

@Suite struct DisjointSetsTests {
  @Test func `The root is the smallest element, whatever the order of unions`() {
    for order in [[(4, 2), (2, 0), (1, 3)], [(0, 2), (3, 1), (2, 4)], [(2, 4), (4, 0), (1, 3)]] {
      var sets = DisjointSets(count: 6)
      for (a, b) in order { sets.union(Int32(a), Int32(b)) }
      let found = (0..<6).map { sets.find(Int32($0)) }
      #expect(found == [0, 1, 0, 1, 0, 5])
      let result1 = sets.roots()
      #expect(result1 == [0, 1, 0, 1, 0, 5])
    }
  }

  @Test func `Union says whether anything changed`() {
    var sets = DisjointSets(count: 3)
    let result2 = sets.union(0, 2)
    #expect(result2)
    let result3 = sets.union(2, 0)
    #expect(!result3)
    let result4 = sets.union(1, 1)
    #expect(!result4)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `Random unions agree with the slow sets`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let count = Int.random(in: 1...60, using: &random)
    var fast = DisjointSets(count: count)
    var slow = SlowSets(count: count)
    for _ in 0..<count {
      let (a, b) = (
        Int32.random(in: 0..<Int32(count), using: &random), Int32.random(in: 0..<Int32(count), using: &random)
      )
      let isJoined = slow.union(a, b) == .joined
      let result5 = fast.union(a, b)
      #expect(result5 == isJoined, "seed \(seed)")
    }
    let result6 = fast.roots()
    #expect(result6 == slow.roots, "seed \(seed)")
  }
}

@Suite struct ConstrainedSetsTests {
  @Test func `Sets with different values in one slot stay apart, and so do the sets that grew from them`() {
    var sets = ConstrainedSets(count: 5)
    sets.assign(7, slot: 1, to: 0)
    sets.assign(8, slot: 1, to: 3)
    sets.assign(9, slot: 0, to: 3)
    let result7 = sets.union(0, 1)
    #expect(result7 == .joined)
    let result8 = sets.union(2, 3)
    #expect(result8 == .joined)
    let result9 = sets.union(1, 2)
    #expect(result9 == .refused(slot: 1))
    let result10 = sets.conflict(0, 3)
    #expect(result10 == 1)
    let result11 = sets.union(1, 0)
    #expect(result11 == .alreadyTogether)
    let result12 = sets.union(4, 2)
    #expect(result12 == .joined)
    let result13 = sets.value(of: 4, slot: 0)
    #expect(result13 == 9)
    let result14 = sets.value(of: 4, slot: 2)
    #expect(result14 == nil)
    let result15 = sets.roots()
    #expect(result15 == [0, 0, 2, 2, 2])
  }

  @Test func `A refusal names the smallest slot in conflict`() {
    var sets = ConstrainedSets(count: 2)
    for (element, value) in [(Int32(0), UInt64(1)), (1, 2)] {
      for slot in [UInt8(5), 3, 4] { sets.assign(value, slot: slot, to: element) }
    }
    let result16 = sets.union(0, 1)
    #expect(result16 == .refused(slot: 3))
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `Random unions agree with the slow sets`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let count = Int.random(in: 1...50, using: &random)
    var fast = ConstrainedSets(count: count)
    var slow = SlowSets(count: count)
    for element in 0..<count {
      for slot in UInt8(0)..<4 where Int.random(in: 0..<4, using: &random) == 0 {
        let value = UInt64.random(in: 0..<4, using: &random)
        fast.assign(value, slot: slot, to: Int32(element))
        slow.values[element][slot] = value
      }
    }
    for _ in 0..<count * 2 {
      let (a, b) = (
        Int32.random(in: 0..<Int32(count), using: &random), Int32.random(in: 0..<Int32(count), using: &random)
      )
      let expected = slow.union(a, b)
      let result17 = fast.union(a, b)
      #expect(result17 == expected, "seed \(seed)")
    }
    let result18 = fast.roots()
    #expect(result18 == slow.roots, "seed \(seed)")
  }
}
