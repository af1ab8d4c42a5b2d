import Basics
import Definition
import StageKit
import Standards

/// Whether a delivery that was read is taken.
struct DeliveryJudgement {
  /// Why it is refused; empty where it is taken.
  var problems: [Problem] = []
  var warnings: [Problem] = []
  /// The reason that a person gave, where a limit objected.
  var acceptedByHand: String?
}

/// Judges one source's delivery after it was read: by its sender's word, then by what came before.
struct DeliveryJudge {
  let source: SourceDefinition
  let context: StageContext
  let previous: PreviousDeliveries

  /// - Parameter ledger: what was accepted before, tonight's earlier sources included.
  func judge(
    _ result: SourceResult, _ file: ArrivedFile, control: DeliveryStatement?, _ ledger: DeliveryLedger
  ) -> DeliveryJudgement {
    let check = StatementCheck(
      source: source, businessDate: context.businessDate, path: file.path, decimals: context.pipeline.decimals)
    let rejected = [RejectCheck(source: source).problem(result)].compactMap { $0 }
    let problems = check.problems(result, control: control) + rejected.filter { $0.severity == .error }
    // A file that is not what its sender says is compared with nothing.
    if !problems.isEmpty { return DeliveryJudgement(problems: problems) }
    let isStated = check.stated(result, control: control).rows != nil
    var objections = emptyProblems(result, isStated: isStated)
    objections += repeatedProblems(result, file, ledger)
    objections += changeProblems(result, file)
    return weigh(rejected + objections)
  }

  /// What a person took by hand is a warning with the reason in it.
  private func weigh(_ objections: [Problem]) -> DeliveryJudgement {
    var judgement = DeliveryJudgement()
    let acceptance = context.delivery.acceptance.flatMap { $0.sources.contains(source.id) ? $0 : nil }
    for var problem in objections {
      if problem.severity == .error, let acceptance {
        problem.severity = .warning
        problem.advice = "Accepted by hand: \(acceptance.reason)"
        judgement.acceptedByHand = acceptance.reason
      }
      if problem.severity == .error { judgement.problems.append(problem) } else { judgement.warnings.append(problem) }
    }
    return judgement
  }

  private func emptyProblems(_ result: SourceResult, isStated: Bool) -> [Problem] {
    guard result.records == 0, !isStated, source.arrival.empty != .accept else { return [] }
    let isRefused = source.arrival.empty == .refuse
    return [
      Problem(
        "empty_extract", "the extract of \(source.id) holds no records", severity: isRefused ? .error : .warning,
        at: Place(result.file),
        advice: "Ask the source system whether that is true" + (isRefused ? byHand("it is") : ""))
    ]
  }

  /// A file without records says the same every night.
  private func repeatedProblems(_ result: SourceResult, _ file: ArrivedFile, _ ledger: DeliveryLedger) -> [Problem] {
    guard result.records > 0, source.arrival.repeated != .accept,
      let earlier = ledger.earlier(than: file.path, on: context.businessDate, sha256: file.sha256)
    else { return [] }
    let isRefused = source.arrival.repeated == .refuse
    let when = earlier.businessDate == context.businessDate ? "tonight" : "on \(earlier.businessDate)"
    return [
      Problem(
        "repeated_delivery", "the file has the content of \(earlier.file), accepted \(when)",
        severity: isRefused ? .error : .warning, at: Place(file.path), found: "sha256 \(file.sha256.prefix(12))…",
        expected: "another content",
        advice: "Ask the source system for the delivery of \(context.businessDate)"
          + (isRefused ? byHand("nothing has changed") : ""))
    ]
  }

  private func changeProblems(_ result: SourceResult, _ file: ArrivedFile) -> [Problem] {
    guard let before = previous.profiles.first(where: { $0.source == source.id }),
      let date = previous.profileDate(of: source.id)
    else { return [] }
    let check = ChangeCheck(
      source: source, path: file.path, before: before, date: date, decimals: context.pipeline.decimals)
    return check.problems(DeliveryProfile(result))
  }

  private func byHand(_ condition: String) -> String {
    "; if \(condition), run again with --accept \(source.id) --reason \"…\""
  }
}

/// What the previous run knows of deliveries.
struct PreviousDeliveries {
  /// Its ingest stage; nil on the first night.
  let folder: String?
  let rows: [DeliveryRow]
  let ledger: DeliveryLedger
  /// Of each source's last accepted delivery, whenever that was.
  let profiles: [DeliveryProfile]

  /// - Throws: `Problem` where one of its tables is damaged.
  init(run: String?) throws(Problem) {
    folder = run.map { "\($0)/\(StageName.ingest.rawValue)" }
    guard let folder else {
      (rows, ledger, profiles) = ([], DeliveryLedger(), [])
      return
    }
    rows = try DeliveriesTable.read(in: folder)
    ledger = try DeliveryLedger(in: folder)
    profiles = try DeliveryProfileTable.read(in: folder)
  }

  /// The part of a source, where the run has one.
  func part(of source: SourceDefinition) -> String? {
    guard let path = folder.map({ "\($0)/\(source.kind.rawValue)/\(source.id).arrow" }), Files.exists(path) else {
      return nil
    }
    return path
  }

  /// The business date of the delivery that a source's profile describes.
  func profileDate(of source: String) -> CalendarDate? {
    rows.first { $0.source == source }?.delivered ?? ledger.entries.last { $0.source == source }?.businessDate
  }
}
