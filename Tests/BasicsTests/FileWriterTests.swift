import Glibc
import TestSupport
import Testing

@testable import Basics

@Suite struct FileWriterTests {
  /// Pieces around the buffer's 256 KiB and the half of it, above which a piece is written without a copy.
  @Test(arguments: [
    [10, 200_000, 10], [100_000, 131_072, 131_073, 5], [262_144, 1, 262_145, 0, 262_143], [1, 131_073, 1, 131_073, 1],
  ])
  func piecesKeepTheirOrder(sizes: [Int]) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/f"
    let writer = try FileWriter(path, hashing: true)
    var expected: [UInt8] = []
    for (index, size) in sizes.enumerated() {
      let piece = [UInt8](repeating: UInt8(index + 1), count: size)
      try writer.write(piece)
      expected += piece
    }
    let hash = try writer.finish()
    #expect(writer.count == expected.count)
    let file = try MappedFile(path)
    withExtendedLifetime(file) { #expect(file.bytes.elementsEqual(expected)) }
    #expect(try SHA256.ofFile(path).hex == hash)
  }
}

struct MappedFileTests {
  @Test func foldersAndPipesAreNotRead() throws {
    let path = "/tmp/guiyi-test-pipe-\(getpid())"
    defer { unlink(path) }
    #expect(mkfifo(path, 0o600) == 0)
    for path in [path, "/tmp"] {
      let problem = #expect(throws: Problem.self) { try MappedFile(path) }
      #expect(
        problem?.description == "error [unreadable_file]: cannot read \(path): it is not a file. Put a file there.")
    }
  }
}
