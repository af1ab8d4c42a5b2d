import TestSupport
import Testing

@testable import Basics

@Suite struct FileWriterTests {
  /// Pieces around half of the buffer's 256 KiB and its whole, each after a small one.
  @Test(arguments: [1, 131_072, 131_073, 200_000, 262_144, 262_145, 600_000])
  func keepsTheOrderOfPieces(size: Int) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/pieces"
    let writer = try FileWriter(path)
    let piece = [UInt8](repeating: 120, count: size)
    try writer.write("first")
    try writer.write(piece)
    try writer.write("last")
    _ = try writer.finish()
    #expect(writer.count == size + 9)
    let expected = Array("first".utf8) + piece + Array("last".utf8)
    let file = try MappedFile(path)
    withExtendedLifetime(file) { #expect(file.bytes.elementsEqual(expected)) }
  }
}
