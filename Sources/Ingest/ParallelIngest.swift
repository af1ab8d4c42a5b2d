import Basics
import Definition
import Dispatch
import Glibc
import StageKit
import Standards
import Synchronization

/// Reads extracts with several threads that share one queue of chunks; the tables are the same for any number of them.
struct ParallelIngest {
  /// Of an extract that has chunks.
  static let chunkBytes = 2 << 20

  var businessDate: CalendarDate
  var threads: Int
  var chunkBytes = Self.chunkBytes
  var progress = Progress()

  /// Gives what came of each order, in their order.
  func read(_ orders: [IngestOrder]) -> [Result<SourceResult, Problem>] {
    let queue = ChunkQueue(orders, businessDate: businessDate, chunkBytes: chunkBytes, threads: max(1, threads))
    let shown = ShownProgress(progress, bytes: orders.reduce(0) { $0 + $1.bytes })
    DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
      let batch = ConversionBatch()
      while let work = queue.next() { work.run(with: batch, shown) }
    }
    return queue.outcomes
  }
}

/// How far all extracts together are.
final class ShownProgress: Sendable {
  private let progress: Progress
  private let allBytes: Int
  private let records = Atomic<Int>(0)
  private let bytes = Atomic<Int>(0)

  init(_ progress: Progress, bytes: Int) {
    self.progress = progress
    allBytes = bytes
  }

  func add(records more: Int, bytes moreBytes: Int) {
    let records = records.wrappingAdd(more, ordering: .relaxed).newValue
    let bytes = bytes.wrappingAdd(moreBytes, ordering: .relaxed).newValue
    // How many records there are is not known before the end; how many there will be at this rate is.
    progress(records, of: bytes > 0 ? Int(Double(records) * Double(allBytes) / Double(bytes)) : nil, "records")
  }
}
