import Basics
import Columns
import Definition
import StageKit
import Standards

/// Makes the parts and tables of deliveries that are all accepted, and the equations that prove them.
struct AcceptedNight {
  private let context: StageContext
  private let previous: PreviousDeliveries
  private let ledger: DeliveryLedger
  private var rows: [DeliveryRow] = []
  private var profiles: [DeliveryProfile] = []
  private var results: [SourceResult] = []
  private var stage = StageResult()
  private var tally = PartMerge.Tally()
  private var corrected: [CorrectedRecords.Found] = []

  init(_ context: StageContext, _ previous: PreviousDeliveries, _ ledger: DeliveryLedger) {
    self.context = context
    self.previous = previous
    self.ledger = ledger
  }

  // MARK: Read tonight

  /// - Parameter merged: of a source whose extracts hold changes only.
  mutating func take(
    _ plan: DeliveryPlan, _ result: SourceResult, _ judgement: DeliveryJudgement, _ merged: PartMerge.Tally?
  ) {
    let source = plan.source
    var row = DeliveryRow(source: source.id, file: plan.path, businessDate: context.businessDate)
    let isDelivered = plan.file?.absolutePath != nil
    if isDelivered, let file = plan.file {
      row.delivered = context.businessDate
      (row.bytes, row.sha256) = (file.bytes, file.sha256)
      row.sum = result.declaredSum(of: source)
    }
    (row.read, row.accepted, row.quarantined) = (result.records, result.accepted, result.quarantined.count)
    row.acceptedByHand = judgement.acceptedByHand
    row.replayed = corrected.last { $0.sheet.source == source.id }?.accepted ?? 0
    row.rows = result.accepted + row.replayed
    results.append(result)
    stage.equations += equations(plan, result, &row)
    stage.warnings += result.warnings + judgement.warnings + Self.quarantineWarning(result)
    if let merged { add(merged, plan, &row) }
    if isDelivered { profiles.append(DeliveryProfile(result)) } else { keepProfile(of: source) }
    add(row, source)
    if let rows = result.extraRows { stage.tables.append((ExtraTable.fileName(of: source.id), rows)) }
  }

  /// Corrected records that were added to tonight's, before these are taken.
  mutating func take(_ found: CorrectedRecords.Found, of source: SourceDefinition) {
    corrected.append(found)
    stage.equations.append(
      ConservationEquation(
        "\(source.id) corrections", "given", Int64(found.outcomes.count),
        [.init("accepted", Int64(found.accepted)), .init("quarantined", Int64(found.quarantined.count))]))
    var result = SourceResult(source: source.id, file: source.correctionsPath(on: context.businessDate))
    result.records = found.outcomes.count
    result.quarantined = found.quarantined
    stage.warnings += Self.quarantineWarning(result)
    results.append(result)
  }

  private mutating func add(_ found: PartMerge.Tally, _ plan: DeliveryPlan, _ row: inout DeliveryRow) {
    (row.carried, row.replaced, row.deleted, row.aged) = (found.kept, found.replaced, found.deleted, found.aged)
    row.rows = found.rows
    stage.equations += found.equations(of: plan.source.id)
    stage.warnings += [found.warning(of: plan.source, at: plan.path)].compactMap { $0 }
    tally.kept += found.kept
    tally.replaced += found.replaced
    tally.deleted += found.deleted
    tally.aged += found.aged
  }

  private func equations(
    _ plan: DeliveryPlan, _ result: SourceResult, _ row: inout DeliveryRow
  ) -> [ConservationEquation] {
    let id = plan.source.id
    var parts: [ConservationEquation.Part] = [
      .init("accepted", Int64(result.accepted)), .init("quarantined", Int64(result.quarantined.count)),
    ]
    if case .delta = plan.source.load { parts.append(.init("deletions", Int64(result.deletions.count))) }
    var equations = [ConservationEquation("\(id) rows", "read", Int64(result.records), parts)]
    guard plan.file?.absolutePath != nil else { return equations }
    let check = StatementCheck(
      source: plan.source, businessDate: context.businessDate, path: plan.path, decimals: context.pipeline.decimals)
    let stated = check.stated(result, control: plan.control)
    row.stated = stated.rows
    if let rows = stated.rows {
      equations.append(
        ConservationEquation("\(id) delivery", "stated", Int64(rows), [.init("read", Int64(result.records))]))
    }
    let declared = check.fieldName(DeliveryStatement.Sum(field: nil, amount: 0))
    for amount in stated.sums where !check.fieldName(amount).isEmpty {
      let field = check.fieldName(amount)
      let name = field == declared ? "\(id) money" : "\(id) money of \(field)"
      equations.append(Self.moneyEquation(name, stated: amount.amount, check.sum(amount, result)))
    }
    return equations
  }

  private static func moneyEquation(_ name: String, stated: Int64, _ sum: FieldSum) -> ConservationEquation {
    guard let accepted = sum.accepted, let quarantined = sum.quarantined, let rest = sum.rest(of: stated) else {
      preconditionFailure("amounts that cannot be counted were refused before")
    }
    var parts: [ConservationEquation.Part] = [.init("accepted", accepted), .init("quarantined", quarantined)]
    // What the sender counted in records whose amount nobody can read is the rest, which nothing proves: it is named.
    if sum.unreadable > 0 {
      parts.append(.init("unproven, in \(sum.unreadable) unreadable records", rest))
    }
    return ConservationEquation(name, unit: .minorUnits, "delivered", stated, parts)
  }

  private static func quarantineWarning(_ result: SourceResult) -> [Problem] {
    if result.quarantined.isEmpty { return [] }
    return [
      Problem(
        "quarantined", "\(result.quarantined.count) of \(result.records) records went to quarantine: \(result.reasons)",
        severity: .warning, at: Place(result.file),
        advice: "Look at them with `guiyi quarantine show \(result.source)`")
    ]
  }

  // MARK: Carried from before

  /// Takes the previous part over byte for byte; only where an earlier version of this program wrote it otherwise, row by
  /// row.
  mutating func carry(_ plan: DeliveryPlan, _ accepted: DeliveryRow, _ path: String) throws(Problem) {
    guard let part = previous.part(of: plan.source), let delivered = accepted.delivered else {
      throw Problem(
        "missing_extract", "the previous run has no part of \(plan.source.id) that could be carried forward",
        at: Place(plan.path), advice: "Ask the owners of \(plan.source.system) for the extract")
    }
    let schema = CanonicalTable.schema(of: plan.source.kind)
    let table = try Table(part)
    if table.schema.columns.map(\.name) == schema.columns.map(\.name) {
      try Files.linkOrCopy(part, to: path)
    } else {
      var plain = plan.source
      plain.load = .full
      _ = try PartMerge(source: plain, businessDate: context.businessDate).write(
        previous: part, tonight: nil, to: path)
    }
    var row = DeliveryRow(source: plan.source.id, file: accepted.file, businessDate: context.businessDate)
    (row.delivered, row.bytes, row.sha256, row.sum) = (delivered, accepted.bytes, accepted.sha256, accepted.sum)
    (row.carried, row.rows) = (table.rowCount, table.rowCount)
    stage.equations.append(
      ConservationEquation(
        "\(plan.source.id) part", "stands", Int64(row.rows), [.init("carried from \(delivered)", Int64(row.carried))]))
    let days = context.businessDate.days(since: delivered)
    stage.warnings.append(
      Problem(
        "carried_forward",
        "the extract of \(plan.source.id) has not arrived; the delivery of \(delivered), \(days) "
          + "\(days == 1 ? "day" : "days") before this night, stands for it",
        severity: .warning, at: Place(plan.path),
        advice: "When it arrives, run the night again: guiyi run --date \(context.businessDate)"))
    tally.kept += row.carried
    keepProfile(of: plan.source)
    add(row, plan.source)
  }

  /// The last accepted delivery is what the next one is held against, however long ago it was.
  private mutating func keepProfile(of source: SourceDefinition) {
    profiles += previous.profiles.filter { $0.source == source.id }
  }

  private mutating func add(_ row: DeliveryRow, _ source: SourceDefinition) {
    var row = row
    row.before = previous.ledger.entries.last { $0.source == source.id }
    rows.append(row)
    stage.tables.append(("\(source.kind.rawValue)/\(source.id).arrow", row.rows))
  }

  // MARK: The night as a whole

  mutating func finish() throws(Problem) -> StageResult {
    let folder = context.outputFolder
    let quarantined = try QuarantineTable.write(results, to: "\(folder)/\(QuarantineTable.fileName)")
    if !corrected.isEmpty {
      let rows = try ReplayedTable.write(corrected, to: "\(folder)/\(ReplayedTable.fileName)")
      stage.tables.append((ReplayedTable.fileName, rows))
    }
    stage.tables += [
      (QuarantineTable.fileName, quarantined),
      (DeliveriesTable.fileName, try DeliveriesTable.write(rows, to: "\(folder)/\(DeliveriesTable.fileName)")),
      (DeliveryLedger.fileName, try ledger.write(to: folder)),
      (DeliveryProfileTable.fileName, try DeliveryProfileTable.write(profiles, to: folder)),
    ]
    stage.figures = [
      ("records", results.reduce(0) { $0 + $1.records }), ("accepted", results.reduce(0) { $0 + $1.accepted }),
      ("quarantined", quarantined), ("carried", tally.kept), ("replaced", tally.replaced), ("deleted", tally.deleted),
      ("aged", tally.aged),
    ]
    return stage
  }
}
