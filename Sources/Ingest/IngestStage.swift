import Basics
import Columns
import Definition
import Dispatch
import StageKit
import Standards
import Synchronization

/// Reads the night's extracts into typed tables, one part a source.
///
/// Every record of an extract is either accepted or in quarantine, and where the sender states a sum, so is every fen.
public enum IngestStage: Stage {
  public static let name = StageName.ingest

  /// - Throws: `Problems` of kind `.data` with everything that is wrong with any delivery.
  public static func run(_ context: StageContext) throws -> StageResult {
    let night = try DeliveryNight(context)
    try night.makeFolders()
    return try night.accept(read(night, context))
  }

  /// Its word on deliveries, and the parts that live on.
  public static func readsOfPreviousRun(_ path: String, _ context: StageContext) -> Bool {
    let tables = [DeliveriesTable.fileName, DeliveryLedger.fileName, DeliveryProfileTable.fileName]
    if tables.contains(path) { return true }
    return context.pipeline.sources.contains { source in
      path == "\(source.kind.rawValue)/\(source.id).arrow"
        && (source.load != .full || context.delivery.missing.contains(source.id))
    }
  }

  /// Reads every source, the largest first so that the threads end together.
  /// - Returns: in the pipeline's order; nil for sources that need not be read.
  private static func read(_ night: DeliveryNight, _ context: StageContext) throws -> [Result<SourceResult, Problem>?] {
    let arrived = night.plans.map(\.file)
    func bytes(_ index: Int) -> Int { arrived[index]?.bytes ?? 0 }
    let order = arrived.indices.filter { arrived[$0] != nil }.sorted { (bytes($1), $0) < (bytes($0), $1) }
    let outcomes = Mutex([Result<SourceResult, Problem>?](repeating: nil, count: arrived.count))
    let next = Atomic<Int>(0)
    let recordsDone = Atomic<Int>(0)
    let bytesDone = Atomic<Int>(0)
    let allBytes = order.reduce(0) { $0 + bytes($1) }
    DispatchQueue.concurrentPerform(iterations: max(1, min(context.threads, order.count))) { _ in
      while true {
        let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard turn < order.count, let file = arrived[order[turn]] else { return }
        let source = night.plans[order[turn]].source
        let outcome = Result<SourceResult, Problem> { () throws(Problem) in
          var ingester = try SourceIngester(
            source, of: context.pipeline, file: file, writingTo: night.readingPath(source))
          return try ingester.run { records, bytes in
            let records = recordsDone.wrappingAdd(records, ordering: .relaxed).newValue
            let bytes = bytesDone.wrappingAdd(bytes, ordering: .relaxed).newValue
            // How many records there are is not known before the end; how many there will be at this rate is.
            context.progress(
              records, of: bytes > 0 ? Int(Double(records) * Double(allBytes) / Double(bytes)) : nil, "records")
          }
        }
        outcomes.withLock { $0[order[turn]] = outcome }
      }
    }
    return outcomes.withLock { $0 }
  }
}
