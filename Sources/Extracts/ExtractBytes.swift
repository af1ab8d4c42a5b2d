import Basics
import Glibc

/// How an extract is compressed; declared, never guessed.
public enum Compression: String, Sendable, CaseIterable {
  case none, gzip
}

/// What a compressed extract may become.
public struct CompressionLimits: Sendable {
  /// Decompressed bytes.
  public var bytes = 64 << 30
  /// Decompressed bytes a compressed byte, looked at beyond the first 16 MiB.
  public var ratio = 200

  public init() {}
}

/// The content of an extract from its beginning, or from an offset, to its end, a block at a time.
public final class ExtractBytes {
  private enum Source {
    case file(Int32)
    case gzip(GzipStream)
    case memory([UInt8], at: Int)
  }

  /// The file's name, as places give it.
  public let name: String
  /// Where in the content the first byte to be read stands.
  public let startOffset: Int
  private var source: Source
  /// The most that one `read` gives; tests make it small to meet every split.
  private let piece: Int

  /// Opens a file; only one that is not compressed can be read from an offset in its middle.
  /// - Throws: `unreadable_file`.
  public init(
    _ path: String, named name: String? = nil, startingAt startOffset: Int = 0, compression: Compression = .none,
    limits: CompressionLimits = .init()
  ) throws(Problem) {
    precondition(startOffset == 0 || compression == .none, "a compressed file is read from its beginning")
    self.name = name ?? Files.name(path)
    self.startOffset = startOffset
    piece = .max
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Problem.unreadable(path) }
    if startOffset > 0 && lseek(descriptor, startOffset, SEEK_SET) != startOffset {
      let problem = Problem.unreadable(path)
      close(descriptor)
      throw problem
    }
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    switch compression {
    case .none: source = .file(descriptor)
    case .gzip: source = .gzip(try GzipStream(descriptor, named: self.name, limits: limits))
    }
  }

  /// An extract that is already in memory, given in pieces of at most `piece` bytes.
  public init(_ content: [UInt8], named name: String, startingAt startOffset: Int = 0, piece: Int = .max) {
    self.name = name
    self.startOffset = startOffset
    self.piece = piece
    source = .memory(content, at: min(startOffset, content.count))
  }

  deinit {
    if case .file(let descriptor) = source { close(descriptor) }
  }

  /// Reads at least one byte, up to the size of `target`; 0 at the end.
  /// - Throws: `unreadable_file`, and for compressed files `damaged_gzip`, `gzip_too_large`.
  func read(into target: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    let room = min(target.count, piece)
    switch source {
    case .file(let descriptor):
      while true {
        let count = Glibc.read(descriptor, target.baseAddress, room)
        if count < 0 && errno == EINTR { continue }
        guard count >= 0 else { throw Problem.unreadable(name) }
        return count
      }
    case .gzip(let stream):
      return try stream.read(into: target)
    case .memory(let content, let at):
      let count = min(room, content.count - at)
      content.withUnsafeBytes { target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[at..<at + count])) }
      source = .memory(content, at: at + count)
      return count
    }
  }
}
