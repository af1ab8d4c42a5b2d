import Basics
import Columns
import Definition
import StageKit
import Standards

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

  /// Reads every source that has to be.
  /// - Returns: in the pipeline's order; nil for sources that need not be read.
  private static func read(_ night: DeliveryNight, _ context: StageContext) -> [Result<SourceResult, Problem>?] {
    let orders = night.plans.map { plan in
      plan.file.map { file in
        var order = IngestOrder(plan.source, file, partPath: night.readingPath(plan.source), of: context.pipeline)
        order.extraPath = night.extraPath(plan.source)
        return order
      }
    }
    let reading = ParallelIngest(
      businessDate: context.businessDate, threads: context.threads, progress: context.progress)
    var outcomes = reading.read(orders.compactMap { $0 }).makeIterator()
    return orders.map { $0 == nil ? nil : outcomes.next() }
  }
}
