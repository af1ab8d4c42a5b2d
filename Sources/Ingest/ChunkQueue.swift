import Basics
import Glibc
import Standards

/// The chunks of all extracts, handed out to threads; what they became is appended in each file's order.
///
/// An extract's chunks are handed out only so far ahead of what is appended, so that memory does not grow with the file.
final class ChunkQueue: @unchecked Sendable {
  /// One extract on its way.
  fileprivate final class Line {
    let order: IngestOrder
    var assembly: SourceAssembly?
    /// The next chunk to be handed out, and to be appended.
    var next = 0
    var appended = 0
    var isAppending = false
    var waiting: [Int: Result<ConvertedChunk, Problem>] = [:]
    /// Chunks that are free to be filled again.
    var free: [ConvertedChunk] = []
    var outcome: Result<SourceResult, Problem>?

    init(_ order: IngestOrder) { self.order = order }
  }

  /// A chunk to be read by the thread that got it.
  struct Work {
    fileprivate let queue: ChunkQueue
    fileprivate let line: Line
    fileprivate let assembly: SourceAssembly
    fileprivate let chunk: Int

    func run(with batch: ConversionBatch, _ shown: ShownProgress) { queue.run(line, assembly, chunk, batch, shown) }
  }

  private let lines: [Line]
  /// The most expensive extract first, so that threads end together.
  private let turns: [Int]
  private let businessDate: CalendarDate
  private let chunkBytes: Int
  /// How far an extract's chunks are handed out ahead.
  private let ahead: Int
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init(_ orders: [IngestOrder], businessDate: CalendarDate, chunkBytes: Int, threads: Int) {
    lines = orders.map(Line.init)
    self.businessDate = businessDate
    self.chunkBytes = chunkBytes
    ahead = threads + 2
    func cost(_ order: IngestOrder) -> Int {
      // Without chunks a file keeps one thread to its end, and its parser takes longer.
      order.source.format.isDelimited && order.source.compression == .none ? order.bytes : order.bytes * 8
    }
    turns = orders.indices.sorted { (cost(orders[$1]), $0) < (cost(orders[$0]), $1) }
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(changed)
    mutex.deallocate()
    changed.deallocate()
  }

  /// What came of each order, once `next()` has given nil to every thread.
  var outcomes: [Result<SourceResult, Problem>] {
    lines.map { line in
      guard let outcome = line.outcome else { preconditionFailure("an extract that was not read to its end") }
      return outcome
    }
  }

  /// The next chunk for a thread, which may have to wait for one; nil where everything is handed out or has failed.
  func next() -> Work? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      var isAnyLeft = false
      for turn in turns {
        let line = lines[turn]
        if line.outcome != nil { continue }
        if line.assembly == nil { open(line) }
        guard let assembly = line.assembly, line.next < assembly.stretchCount else { continue }
        isAnyLeft = true
        if line.next < line.appended + ahead {
          line.next += 1
          return Work(queue: self, line: line, assembly: assembly, chunk: line.next - 1)
        }
      }
      if !isAnyLeft { return nil }
      pthread_cond_wait(changed, mutex)
    }
  }

  private func open(_ line: Line) {
    do throws(Problem) {
      line.assembly = try SourceAssembly(line.order, businessDate: businessDate, chunkBytes: chunkBytes)
    } catch {
      line.outcome = .failure(error)
    }
  }

  private func run(
    _ line: Line, _ assembly: SourceAssembly, _ chunkNumber: Int, _ batch: ConversionBatch, _ shown: ShownProgress
  ) {
    let chunk = withLock { line.free.popLast() } ?? ConvertedChunk(assembly.plan)
    let converted = Result<ConvertedChunk, Problem> { () throws(Problem) in
      if assembly.extract?.hasChunks == true {
        try assembly.convert(chunkNumber, with: batch, into: chunk)
        let bytes = min(chunkBytes, line.order.bytes - chunkNumber * chunkBytes)
        shown.add(records: chunk.tally.records, bytes: bytes)
      } else {
        try assembly.readWhole(with: batch, chunk) { records, bytes in shown.add(records: records, bytes: bytes) }
        shown.add(records: 0, bytes: line.order.bytes)
      }
      return chunk
    }
    let isMine = withLock {
      line.waiting[chunkNumber] = converted
      if line.isAppending { return false }
      line.isAppending = true
      return true
    }
    if isMine { appendWaiting(line, assembly, batch) }
  }

  /// Appends what is there, in order, and ends the extract behind its last chunk.
  private func appendWaiting(_ line: Line, _ assembly: SourceAssembly, _ batch: ConversionBatch) {
    while true {
      let converted = withLock { () -> Result<ConvertedChunk, Problem>? in
        let converted = line.outcome == nil ? line.waiting.removeValue(forKey: line.appended) : nil
        if converted == nil { line.isAppending = false }
        return converted
      }
      guard let converted else { return }
      let outcome = Result<SourceResult?, Problem> { () throws(Problem) in
        let chunk = try converted.get()
        if assembly.extract?.hasChunks == true { try assembly.append(line.appended, chunk, with: batch) }
        withLock { line.free.append(chunk) }
        return line.appended + 1 == assembly.stretchCount ? try assembly.finish(with: batch) : nil
      }
      withLock {
        line.appended += 1
        switch outcome {
        case .success(nil): break
        case .success(let result?): line.outcome = .success(result)
        case .failure(let problem): line.outcome = .failure(problem)
        }
        if line.outcome != nil {
          line.assembly = nil
          line.free = []
          line.waiting = [:]
        }
        pthread_cond_broadcast(changed)
      }
    }
  }

  private func withLock<Value>(_ body: () -> Value) -> Value {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }
}
