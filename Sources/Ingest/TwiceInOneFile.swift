import Basics
import Glibc

/// Whether a file is a shorter one written behind itself: a transfer that was repeated into the same file.
enum TwiceInOneFile {
  /// Compares the two halves, where the first ends a line or the file is gzip; most are told apart by their first bytes.
  /// - Throws: `unreadable_file`.
  static func holds(_ path: String) throws(Problem) -> Bool {
    let size = try Files.size(path)
    if size == 0 || size % 2 != 0 { return false }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path) }
    defer { close(descriptor) }
    guard isWhole(descriptor, half: size / 2) else { return false }
    let blocks = (0..<2).map { _ in UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64) }
    defer { blocks.forEach { $0.deallocate() } }
    var done = 0
    while done < size / 2 {
      let count = min(done == 0 ? 4096 : 1 << 20, size / 2 - done)
      for (half, block) in blocks.enumerated() {
        // Shorter than it was: it is being written to, which is found elsewhere.
        guard pread(descriptor, block.baseAddress, count, half * size / 2 + done) == count else { return false }
      }
      if memcmp(blocks[0].baseAddress!, blocks[1].baseAddress!, count) != 0 { return false }
      done += count
    }
    return true
  }

  /// A text that only repeats itself within a line is no file behind a file.
  private static func isWhole(_ descriptor: Int32, half: Int) -> Bool {
    var start: [UInt8] = [0, 0]
    var last: UInt8 = 0
    guard pread(descriptor, &start, 2, 0) == 2, pread(descriptor, &last, 1, half - 1) == 1 else { return false }
    return start == [0x1F, 0x8B] || last == 10 || last == 13
  }

  static func problem(at path: String, bytes: Int) -> Problem {
    Problem(
      "concatenated_twice", "the second half of the file repeats the first", at: Place(path), found: "\(bytes) bytes",
      expected: "\(bytes / 2) bytes", advice: "Ask the source system to deliver the file again")
  }
}
