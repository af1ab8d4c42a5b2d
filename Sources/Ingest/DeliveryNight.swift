import Basics
import Columns
import Definition
import StageKit
import Standards

/// One night's deliveries, from what arrived to what is accepted: nothing of it is used before all of it is judged.
struct DeliveryNight {
  private let context: StageContext
  private let previous: PreviousDeliveries
  /// In the pipeline's order of sources.
  let plans: [DeliveryPlan]

  /// - Throws: `Problem` where the previous run's tables are damaged.
  init(_ context: StageContext) throws(Problem) {
    self.context = context
    previous = try PreviousDeliveries(run: context.previousRun)
    var planner = DeliveryPlanner(context, previous: previous.rows)
    plans = context.pipeline.sources.map { planner.plan($0) }
  }

  /// Where the records of a source are written: its part, or a table that is merged with the previous part and removed.
  func readingPath(_ source: SourceDefinition) -> String {
    source.load == .full ? partPath(source) : "\(scratchFolder)/\(source.id).arrow"
  }

  private func partPath(_ source: SourceDefinition) -> String {
    "\(context.outputFolder)/\(source.kind.rawValue)/\(source.id).arrow"
  }

  /// Where columns of tonight's extract are kept that the definition does not know; nil where it does not ask for it.
  func extraPath(_ source: SourceDefinition) -> String? {
    source.columnChanges.added == .keep ? "\(context.outputFolder)/\(ExtraTable.fileName(of: source.id))" : nil
  }

  private var scratchFolder: String { "\(context.outputFolder)/.reading" }

  func makeFolders() throws(Problem) {
    for plan in plans {
      try Files.makeFolder(Files.parent(partPath(plan.source)))
      if plan.source.load != .full { try Files.makeFolder(scratchFolder) }
    }
  }

  // MARK: Judging

  /// Judges every delivery, then makes the parts and the tables of what was accepted.
  /// - Parameter outcomes: of each plan, in their order; nil where nothing was to be read.
  /// - Throws: `Problems` of kind `.data` with everything that is wrong with any delivery; `Problem`.
  func accept(_ outcomes: [Result<SourceResult, Problem>?]) throws -> StageResult {
    var ledger = previous.ledger
    ledger.forget(before: context.businessDate)
    var problems: [Problem] = []
    var judged: [(plan: DeliveryPlan, result: SourceResult?, judgement: DeliveryJudgement)] = []
    for (plan, outcome) in zip(plans, outcomes) {
      if case .refuse(let found) = plan.way { problems += found }
      switch outcome {
      case .failure(let problem): problems.append(problem)
      case .success(let result):
        let judgement = judge(plan, result, &ledger)
        problems += judgement.problems
        judged.append((plan, result, judgement))
      case nil: judged.append((plan, nil, DeliveryJudgement()))
      }
    }
    // A file that feeds two sources is wrong once.
    let distinct = problems.enumerated().filter { !problems[..<$0.offset].contains($0.element) }.map(\.element)
    if !distinct.isEmpty {
      // People want to see the records themselves.
      _ = try QuarantineTable.write(
        judged.compactMap(\.result), to: "\(context.outputFolder)/\(QuarantineTable.fileName)")
      throw Problems(.data, distinct)
    }
    let corrections = try judged.map { $0.result == nil ? nil : try addCorrections(to: $0.plan) }
    var merged = try merge(judged.map { ($0.plan, $0.result) })[...]
    var accepted = AcceptedNight(context, previous, ledger)
    for ((plan, result, judgement), corrected) in zip(judged, corrections) {
      if let result {
        if let corrected { accepted.take(corrected, of: plan.source) }
        accepted.take(plan, result, judgement, plan.source.load == .full ? nil : merged.removeFirst())
      } else if case .carry(let row) = plan.way {
        try accepted.carry(plan, row, partPath(plan.source))
      }
    }
    try Files.remove(scratchFolder)
    return try accepted.finish()
  }

  /// Makes the parts of sources whose extracts hold changes only, in the order of the plans.
  private func merge(_ judged: [(plan: DeliveryPlan, result: SourceResult?)]) throws(Problem) -> [PartMerge.Tally] {
    let jobs = judged.compactMap { plan, result -> PartMerges.Job? in
      guard let result, plan.source.load != .full else { return nil }
      return PartMerges.Job(
        merge: PartMerge(source: plan.source, businessDate: context.businessDate),
        previous: previous.part(of: plan.source), tonight: (readingPath(plan.source), result),
        part: partPath(plan.source))
    }
    return try PartMerges.run(jobs, threads: context.threads)
  }

  /// The corrected records that a person gave back for a source whose extract is read tonight.
  private func addCorrections(to plan: DeliveryPlan) throws -> CorrectedRecords.Found? {
    let name = plan.source.correctionsPath(on: context.businessDate)
    let path = "\(context.extractsFolder)/\(name)"
    guard plan.file?.absolutePath != nil, Files.exists(path) else { return nil }
    return try CorrectedRecords(source: plan.source, name: name, path: path)
      .add(to: readingPath(plan.source), in: context.pipeline) { source, file, part in
        let reading = ParallelIngest(businessDate: context.businessDate, threads: 1)
        return try reading.read([IngestOrder(source, file, partPath: part, of: context.pipeline)])[0].get()
      }
  }

  private func judge(
    _ plan: DeliveryPlan, _ result: SourceResult, _ ledger: inout DeliveryLedger
  ) -> DeliveryJudgement {
    guard let file = plan.file, file.absolutePath != nil else { return DeliveryJudgement() }
    let judge = DeliveryJudge(source: plan.source, context: context, previous: previous)
    let judgement = judge.judge(result, file, control: plan.control, ledger)
    if judgement.problems.isEmpty {
      ledger.add(
        DeliveryLedger.Entry(
          source: plan.source.id, file: file.path, businessDate: context.businessDate, sha256: file.sha256,
          bytes: file.bytes, records: result.records, sum: result.declaredSum(of: plan.source)))
    }
    return judgement
  }
}

extension SourceResult {
  /// Of the field that the source adds up, quarantined records included; nil where it adds none up, or they cannot be told in
  /// minor units of the pipeline's currency.
  func declaredSum(of source: SourceDefinition) -> Int64? {
    guard let name = source.arrival.sumOf else { return nil }
    let field = source.fields.first { $0.from == name || $0.to == name }?.from ?? name
    guard let sum = sums.first(where: { $0.field == field }) else { return 0 }
    return sum.readable
  }
}
