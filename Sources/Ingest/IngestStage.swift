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

  /// - Throws: `Problems` of kind `.tryAgain` where a delivery is late, of kind `.data` where one is wrong.
  public static func run(_ context: StageContext) throws -> StageResult {
    let arrived = try Arrivals.find(
      for: context.pipeline, on: context.businessDate, in: context.extractsFolder)
    for source in context.pipeline.sources {
      try Files.makeFolder("\(context.outputFolder)/\(source.kind.rawValue)")
    }
    let results = try read(arrived, context)
    let quarantined = try QuarantineTable.write(results, to: "\(context.outputFolder)/quarantine.arrow")
    let delivered = try DeliveriesTable.write(results, to: "\(context.outputFolder)/deliveries.arrow")

    var result = StageResult()
    for (source, part) in zip(context.pipeline.sources, results) {
      result.tables.append(("\(source.kind.rawValue)/\(source.id).arrow", part.accepted))
      result.equations += equations(of: part)
      result.warnings += part.warnings + warnings(of: part)
    }
    result.tables.append(("quarantine.arrow", quarantined))
    result.tables.append(("deliveries.arrow", delivered))
    result.figures = [
      ("records", results.reduce(0) { $0 + $1.records }), ("accepted", results.reduce(0) { $0 + $1.accepted }),
      ("quarantined", quarantined),
    ]
    return result
  }

  /// Reads every source, the largest first so that the threads end together; results come in the pipeline's order.
  private static func read(_ arrived: [ArrivedFile], _ context: StageContext) throws -> [SourceResult] {
    let sources = context.pipeline.sources
    let order = arrived.indices.sorted { (arrived[$1].bytes, $0) < (arrived[$0].bytes, $1) }
    let outcomes = Mutex([Result<SourceResult, Problem>?](repeating: nil, count: sources.count))
    let next = Atomic<Int>(0)
    let recordsDone = Atomic<Int>(0)
    let bytesDone = Atomic<Int>(0)
    let allBytes = arrived.reduce(0) { $0 + $1.bytes }
    DispatchQueue.concurrentPerform(iterations: max(1, min(context.threads, sources.count))) { _ in
      while true {
        let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard turn < order.count else { return }
        let index = order[turn]
        let source = sources[index]
        let outcome = Result<SourceResult, Problem> { () throws(Problem) in
          var ingester = try SourceIngester(
            source, file: arrived[index],
            writingTo: "\(context.outputFolder)/\(source.kind.rawValue)/\(source.id).arrow")
          return try ingester.run { records, bytes in
            let records = recordsDone.wrappingAdd(records, ordering: .relaxed).newValue
            let bytes = bytesDone.wrappingAdd(bytes, ordering: .relaxed).newValue
            // How many records there are is not known before the end; how many there will be at this rate is.
            context.progress(
              records, of: bytes > 0 ? Int(Double(records) * Double(allBytes) / Double(bytes)) : nil, "records")
          }
        }
        outcomes.withLock { $0[index] = outcome }
      }
    }
    let finished = outcomes.withLock { $0.compactMap { $0 } }
    let problems = finished.compactMap { outcome -> Problem? in
      if case .failure(let problem) = outcome { return problem }
      return nil
    }
    // A file that feeds two sources is wrong once.
    let distinct = problems.enumerated().filter { !problems[..<$0.offset].contains($0.element) }.map(\.element)
    if !distinct.isEmpty { throw Problems(.data, distinct) }
    return try finished.map { try $0.get() }
  }

  private static func equations(of part: SourceResult) -> [ConservationEquation] {
    var equations = [
      ConservationEquation(
        "\(part.source) rows", "read", Int64(part.records),
        [.init("accepted", Int64(part.accepted)), .init("quarantined", Int64(part.quarantined.count))])
    ]
    if let stated = part.statedRecords {
      equations.append(
        ConservationEquation("\(part.source) delivery", "stated", Int64(stated), [.init("read", Int64(part.records))]))
    }
    if let sum = part.sum, let stated = sum.stated {
      var parts: [ConservationEquation.Part] = [
        .init("accepted", sum.accepted), .init("quarantined", sum.quarantined),
      ]
      // What the sender counted in records whose amount nobody can read is the rest, which nothing proves: it is named.
      if sum.unreadable > 0 {
        parts.append(
          .init("unproven, in \(sum.unreadable) unreadable records", stated &- sum.accepted &- sum.quarantined))
      }
      equations.append(ConservationEquation("\(part.source) money", unit: .minorUnits, "delivered", stated, parts))
    }
    return equations
  }

  private static func warnings(of part: SourceResult) -> [Problem] {
    if part.quarantined.isEmpty { return [] }
    var counts: [String: Int] = [:]
    for record in part.quarantined { counts[record.code, default: 0] += 1 }
    let listed = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    return [
      Problem(
        "quarantined", "\(part.quarantined.count) of \(part.records) records went to quarantine: \(listed)",
        severity: .warning, at: Place(part.file),
        advice: "Look at them with `guiyi show ingest/quarantine --where source=\(part.source)`")
    ]
  }
}
