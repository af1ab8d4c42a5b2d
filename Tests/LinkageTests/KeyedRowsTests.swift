import TestSupport
import Basics
import Testing

@testable import Linkage

@Suite struct KeyedRowsTests {
  @Test(arguments: [0, 1, 2, 3, 100, 2_000], [0xFF, 0xFFFF_FFFF, UInt64.max, 0xFF00_0000_00FF] as [UInt64])
  func `Sorting agrees with the standard library's stable sort`(count: Int, mask: UInt64) {
    var random = SeededRandom(seed: UInt64(count) ^ mask)
    var fast = KeyedRows(capacity: count)
    var slow: [(key: UInt64, row: Int32)] = []
    for row in 0..<count {
      let key = random.next() & mask % 50 &* 0x0101_0000_0000_0101
      fast.append(key, row: Int32(row))
      slow.append((key, Int32(row)))
    }
    fast.sort()
    slow.sort { ($0.key, $0.row) < ($1.key, $1.row) }
    #expect(fast.keys == slow.map(\.key))
    #expect(fast.rows == slow.map(\.row))
  }

  @Test(arguments: [0, 1, 2, 63, 64, 100, 5_000, 70_000], [3, 1_000, 1 << 30] as [UInt64])
  func `Gathering hashes agrees with sorting`(count: Int, different: UInt64) {
    var random = SeededRandom(seed: UInt64(count) ^ different)
    var fast = KeyedRows(capacity: count)
    for row in 0..<count { fast.append(BlockKeys.mix(random.next() % different, 3), row: Int32(row)) }
    // Some keys that agree in their highest bits, out of order.
    for row in 0..<min(count, 50) { fast.append(random.next() >> 40, row: Int32(count + row)) }
    var slow = fast
    fast.gather()
    slow.sort()
    #expect(fast.keys == slow.keys)
    #expect(fast.rows == slow.rows)
  }

  @Test func `Groups cover the sorted rows in order`() {
    var rows = KeyedRows()
    for (row, key) in [5, 1, 5, 1, 9].enumerated() { rows.append(UInt64(key), row: Int32(row)) }
    rows.sort()
    var groups: [[Int32]] = []
    var start = 0
    while let group = rows.group(from: start) {
      groups.append(Array(rows.rows[group]))
      start = group.upperBound
    }
    #expect(groups == [[1, 3], [0, 2], [4]])
    #expect(KeyedRows().group(from: 0) == nil)
  }
}

@Suite struct HashIndexTests {
  private func hash(_ text: String) -> UInt64 {
    Array(text.utf8).withUnsafeBytes { ByteHash.hash($0) }
  }

  @Test func `Finds each of many keys, and none that is not there`() {
    var index = HashIndex(capacity: 5_000)
    let keys = (0..<5_000).map { "C\($0 * 7)" }
    for (row, key) in keys.enumerated() { index.insert(Int32(row), hash: hash(key)) }
    for (row, key) in keys.enumerated() {
      #expect(index.first(hash(key)) { keys[Int($0)] == key } == Int32(row))
    }
    #expect(index.first(hash("C1")) { keys[Int($0)] == "C1" } == -1)
  }

  @Test func `Equal hashes of different keys are told apart by the caller`() {
    var index = HashIndex(capacity: 3)
    let keys = ["a", "b", "c"]
    for row in 0..<3 { index.insert(Int32(row), hash: 42) }
    for (row, key) in keys.enumerated() { #expect(index.first(42) { keys[Int($0)] == key } == Int32(row)) }
    #expect(index.first(42) { _ in false } == -1)
    #expect(index.first(42 | 1 << 60) { _ in true } == -1)
  }

  @Test func `Every length hashes and compares over all of its bytes`() {
    for length in 0...40 {
      let bytes = (0..<length).map { UInt8($0 + 1) }
      bytes.withUnsafeBytes { a in
        for place in 0..<length {
          var other = bytes
          other[place] ^= 0x80
          other.withUnsafeBytes { b in
            #expect(!ByteHash.areEqual(a, b))
            #expect(ByteHash.hash(a) != ByteHash.hash(b), "length \(length), place \(place)")
          }
        }
        Array(bytes).withUnsafeBytes { b in
          #expect(ByteHash.areEqual(a, b))
          #expect(ByteHash.hash(a) == ByteHash.hash(b))
        }
      }
    }
  }
}
