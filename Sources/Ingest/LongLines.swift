import Synchronization

/// Remembers the last line that was longer than a chunk: without it every chunk within would look for the same line end,
/// and a file without line ends would take time by the square of its length.
final class LongLines: Sendable {
  private let last = Mutex<(from: Int, to: Int)>((0, 0))

  /// No line starts from `from` on before `to`.
  func note(from: Int, to: Int) {
    last.withLock { $0 = (to == $0.to ? min(from, $0.from) : from, to) }
  }

  /// Where the next line starts, if that is known.
  func start(at offset: Int) -> Int? {
    last.withLock { $0.from <= offset && offset < $0.to ? $0.to : nil }
  }
}
