/// A few short words, looked up by their bytes without allocating: null words, codes.
final class WordList: Sendable {
  private nonisolated(unsafe) let bytes: UnsafeMutablePointer<UInt8>
  /// Where each word ends.
  private nonisolated(unsafe) let ends: UnsafeMutablePointer<Int>
  let count: Int

  init(_ words: [String]) {
    count = words.count
    bytes = .allocate(capacity: max(1, words.reduce(0) { $0 + $1.utf8.count }))
    ends = .allocate(capacity: max(1, words.count))
    var used = 0
    for (index, word) in words.enumerated() {
      for byte in word.utf8 {
        bytes[used] = byte
        used += 1
      }
      ends[index] = used
    }
  }

  deinit {
    bytes.deallocate()
    ends.deallocate()
  }

  /// The number of the first word that is these bytes; -1 where none is.
  func index(of word: UnsafeRawBufferPointer) -> Int {
    var start = 0
    for index in 0..<count {
      let end = ends[index]
      if end - start == word.count, (0..<word.count).allSatisfy({ bytes[start + $0] == word[$0] }) { return index }
      start = end
    }
    return -1
  }
}
