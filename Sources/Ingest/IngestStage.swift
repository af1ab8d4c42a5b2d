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

  /// - Throws: `Problems` of kind `.tryAgain` where a delivery is late, of kind `.data` where one is wrong.
  public static func run(_ context: StageContext) throws -> StageResult {
    let arrived = try Arrivals.find(
      for: context.pipeline, on: context.businessDate, in: context.extractsFolder)
    for source in context.pipeline.sources {
      try Files.makeFolder("\(context.outputFolder)/\(source.kind.rawValue)")
    }
    let results = try read(arrived, context)
    let quarantined = try QuarantineTable.write(results, to: "\(context.outputFolder)/quarantine.arrow")
    let delivered = try DeliveriesTable.write(
      results, of: context.pipeline.sources, to: "\(context.outputFolder)/deliveries.arrow")

    var result = StageResult()
    let files = zip(context.pipeline.sources, arrived).map { ($0.id, $1) }
    let arrivedFiles = Dictionary(uniqueKeysWithValues: files)
    for (source, part) in zip(context.pipeline.sources, results) {
      result.tables.append(("\(source.kind.rawValue)/\(source.id).arrow", part.accepted))
      result.equations += equations(of: part, source, arrivedFiles[part.source])
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

  /// Reads every source; results come in the pipeline's order.
  private static func read(_ arrived: [ArrivedFile], _ context: StageContext) throws -> [SourceResult] {
    let orders = zip(context.pipeline.sources, arrived).map { source, file in
      IngestOrder(
        source: source, file: file.path, path: file.absolutePath, bytes: file.bytes,
        partPath: "\(context.outputFolder)/\(source.kind.rawValue)/\(source.id).arrow")
    }
    let reading = ParallelIngest(
      businessDate: context.businessDate, threads: context.threads, progress: context.progress)
    let outcomes = zip(zip(orders, arrived), reading.read(orders)).map { read, outcome in
      Result<SourceResult, Problem> { () throws(Problem) in
        var part = try outcome.get()
        try StatedFigures(read.0.source, read.1).check(part)
        if let path = read.1.absolutePath { (part.sha256, part.bytes) = try SHA256.ofFile(path) }
        return part
      }
    }
    let problems = outcomes.compactMap { outcome -> Problem? in
      if case .failure(let problem) = outcome { return problem }
      return nil
    }
    // A file that feeds two sources is wrong once.
    let distinct = problems.enumerated().filter { !problems[..<$0.offset].contains($0.element) }.map(\.element)
    if !distinct.isEmpty { throw Problems(.data, distinct) }
    return try outcomes.map { try $0.get() }
  }

  private static func equations(
    of part: SourceResult, _ source: SourceDefinition, _ file: ArrivedFile?
  ) -> [ConservationEquation] {
    var rows: [ConservationEquation.Part] = [
      .init("accepted", Int64(part.accepted)), .init("quarantined", Int64(part.quarantined.count)),
    ]
    if !part.deletions.isEmpty { rows.append(.init("deletions", Int64(part.deletions.count))) }
    var equations = [ConservationEquation("\(part.source) rows", "read", Int64(part.records), rows)]
    guard let file, let stated = StatedFigures.statement(part, of: source, file) else { return equations }
    equations.append(
      ConservationEquation(
        "\(part.source) delivery", "stated", Int64(stated.records), [.init("read", Int64(part.records))]))
    guard let sum = StatedFigures.sum(part, of: source) else { return equations }
    var parts: [ConservationEquation.Part] = [
      .init("accepted", sum.accepted), .init("quarantined", sum.quarantined),
    ]
    // What the sender counted in records whose amount nobody can read is the rest, which nothing proves: it is named.
    if sum.unreadable > 0 {
      parts.append(
        .init("unproven, in \(sum.unreadable) unreadable records", stated.sum &- sum.accepted &- sum.quarantined))
    }
    equations.append(
      ConservationEquation("\(part.source) money", unit: .minorUnits, "delivered", stated.sum, parts))
    return equations
  }

  private static func warnings(of part: SourceResult) -> [Problem] {
    var warnings = part.profile.filter { $0.emptied > 0 }.map { field in
      Problem(
        "emptied_values", "\(field.emptied) values of \(field.field) broke their contract and were left out",
        severity: .warning, at: Place(part.file), advice: "Ask the source system, or change the field's contract")
    }
    if part.quarantined.isEmpty { return warnings }
    var counts: [String: Int] = [:]
    for record in part.quarantined { counts[record.code, default: 0] += 1 }
    let listed = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    warnings.append(
      Problem(
        "quarantined", "\(part.quarantined.count) of \(part.records) records went to quarantine: \(listed)",
        severity: .warning, at: Place(part.file),
        advice: "Look at them with `guiyi show ingest/quarantine --where source=\(part.source)`"))
    return warnings
  }
}
