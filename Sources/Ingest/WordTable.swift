import Basics

/// A few short words, found by their bytes without allocating: null words, codes, marks.
final class WordTable: Sendable {
  private struct Slot {
    var key: UInt64 = 0
    /// Of the word, in `words`; -1 in a free slot.
    var number: Int32 = -1
    var count: Int32 = 0
  }

  let isEmpty: Bool
  private nonisolated(unsafe) let slots: UnsafeMutablePointer<Slot>
  private let shift: UInt64
  private let words: [[UInt8]]

  /// Of equal words, the first is found.
  init(_ words: [String]) {
    self.words = words.map { Array($0.utf8) }
    isEmpty = words.isEmpty
    // A quarter full, so that the first slot nearly always tells.
    var bits: UInt64 = 3
    while 1 << bits < words.count * 4 { bits += 1 }
    shift = 64 - bits
    slots = .allocate(capacity: 1 << Int(bits))
    slots.initialize(repeating: Slot(), count: 1 << Int(bits))
    for (number, word) in self.words.enumerated() {
      word.withUnsafeBytes { bytes in
        if self.number(of: bytes) >= 0 { return }
        let key = Self.key(bytes)
        var slot = first(key)
        while slots[slot].number >= 0 { slot = next(slot) }
        slots[slot] = Slot(key: key, number: Int32(number), count: Int32(bytes.count))
      }
    }
  }

  deinit { slots.deallocate() }

  /// The word's place in the list; -1 where it is not in it.
  @inline(__always)
  func number(of word: UnsafeRawBufferPointer) -> Int32 {
    let key = Self.key(word)
    var slot = first(key)
    while true {
      let known = slots[slot]
      if known.number < 0 { return -1 }
      // Up to eight bytes and their number are the whole word.
      if known.key == key, Int(known.count) == word.count, word.count <= 8 || isWord(known.number, word) {
        return known.number
      }
      slot = next(slot)
    }
  }

  private func isWord(_ number: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
    words[Int(number)].withUnsafeBytes { ByteHash.areEqual($0, bytes) }
  }

  @inline(__always)
  private static func key(_ word: UnsafeRawBufferPointer) -> UInt64 {
    guard let base = word.baseAddress else { return 0 }
    return word.count <= 8 ? ByteHash.word(base, word.count) : ByteHash.hash(word)
  }

  @inline(__always)
  private func first(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift) }

  @inline(__always)
  private func next(_ slot: Int) -> Int { (slot &+ 1) & ((1 &<< Int(64 &- shift)) &- 1) }
}
