import Basics
import Definition
import Extracts

/// What a sketch looks at of a file: its beginning and its end, never the whole.
struct Sample {
  static let headBytes = 1 << 20
  static let tailBytes = 64 << 10

  let compression: ExtractCompression
  /// Decompressed.
  let head: [UInt8]
  /// What follows the head at the end of the file; empty where the head is the whole, or the file is compressed.
  let tail: [UInt8]
  /// Whether the head is all there is.
  let isWhole: Bool

  /// - Throws: `unreadable_file`, `empty_sample`, `damaged_gzip`.
  init(_ path: String) throws(Problem) {
    let start = try ExtractBytes(path).head(2)
    compression = start == [0x1F, 0x8B] ? .gzip : .none
    let bytes = try ExtractBytes(path, compression: compression == .gzip ? .gzip : .none)
    head = try bytes.head(Self.headBytes)
    if head.isEmpty {
      throw Problem("empty_sample", "the sample is empty", at: Place(path), advice: "Name a delivery with records")
    }
    let size = try Files.size(path)
    isWhole = compression == .none ? head.count == size : head.count < Self.headBytes
    if compression == .none && !isWhole {
      tail = try ExtractBytes(path, startingAt: max(head.count, size - Self.tailBytes)).head(Self.tailBytes)
    } else {
      tail = []
    }
  }
}
