import Audit
import Basics
import Definition
import Ingest
import StageKit
import Standards

/// The run that a night builds on.
struct Predecessor: Sendable {
  let attempt: Attempt
  let manifest: Manifest
  let name: Manifest.Predecessor

  init(_ attempt: Attempt) throws(Problem) {
    self.attempt = attempt
    manifest = try Manifest(readingFrom: attempt.folder)
    name = Manifest.Predecessor(
      businessDate: attempt.date, manifestSHA256: try SHA256.ofFile("\(attempt.folder)/\(Manifest.fileName)").hex)
  }

  func entry(_ stage: StageName) -> Manifest.StageEntry? { manifest.stages.first { $0.stage == stage.rawValue } }
}

/// Decides for each stage whether an earlier result can stand for it, and says why not.
struct Planner: Sendable {
  let settings: RunSettings
  let night: NightInputs
  let predecessor: Predecessor?
  /// Whose results may be taken over, best first.
  let donors: [Attempt]

  /// - Parameter attempt: the attempt that is gone on with; its own results come first.
  init(_ settings: RunSettings, continuing attempt: Attempt? = nil) throws {
    self.settings = settings
    predecessor = try settings.home.predecessor(of: settings.businessDate).map { try Predecessor($0) }
    let attempts = settings.home.attempts(of: settings.businessDate)
    donors = attempts.reversed().filter { $0 != attempt }
    let carriable = try predecessor.map { try AcceptedDeliveries.sources(in: $0.attempt.folder(of: .ingest)) }
    night = try NightInputs(
      of: settings.pipeline, on: settings.businessDate, in: settings.extractsFolder,
      Arrivals.Circumstances(
        clock: DeadlineClock(now: settings.now(), zone: settings.pipeline.timeZone),
        decided: Set(attempts.flatMap { $0.journal.entries() }.filter { $0.event == .missing }.compactMap(\.source)),
        carriable: carriable ?? []))
  }

  /// Holds what a stage reads of the previous run against that run's manifest.
  /// - Throws: `Problems` of kind `.data` with every file that was altered or is gone.
  func checkPredecessor(for stage: any Stage.Type, _ context: StageContext) throws {
    guard let predecessor else { return }
    let files = predecessor.entry(stage.name)?.files ?? []
    let unread = files.filter { !stage.readsOfPreviousRun($0.path, context) }
    let folder = predecessor.attempt.folder(of: stage.name)
    let damage = FileRecord.differences(
      files.filter { !unread.contains($0) }, in: folder, besides: Set(unread.map(\.path)), depth: .hashes)
    if damage.isEmpty { return }
    let summary = Problem(
      "damaged_run", "the run that this night builds on is not as it was published",
      at: Place(predecessor.attempt.folder),
      advice: "Restore its files, or make it again with guiyi run --date \(predecessor.attempt.date)")
    throw Problems(.data, damage + [summary])
  }

  /// Everything that a stage's result depends on.
  func inputs(of stage: any Stage.Type, upstream: [StageRecord]) -> [StageRecord.Input] {
    var inputs: [StageRecord.Input] = [
      .init(.format, "stage.json", String(StageRecord.formatVersion)),
      .init(.code, "guiyi", settings.codeSHA256),
      .init(.businessDate, "date", settings.businessDate.description),
    ]
    for file in settings.pipeline.files where file.stages.contains(stage.name) {
      inputs.append(.init(.definition, file.path, file.sha256))
    }
    if stage.name == .ingest {
      inputs += night.extracts.map { .init(.extract, $0.path, $0.sha256) }
      inputs += night.absent.map { .init(.extract, $0, "absent") }
      inputs += night.notUsed.map { .init(.extract, $0, "not used") }
      if let acceptance = settings.request.acceptance {
        inputs += acceptance.sources.map { .init(.acceptance, $0, acceptance.reason) }
      }
    }
    inputs += upstream.map { .init(.upstream, $0.stage.rawValue, $0.outputs) }
    if stage.readsPreviousRun {
      inputs.append(
        predecessor.map { .init(.previousRun, $0.name.businessDate, $0.entry(stage.name)?.outputs ?? "absent") }
          ?? .init(.previousRun, "none", "absent"))
    }
    return inputs
  }

  /// The newest whole result of an earlier attempt with just these inputs; what is wrong with newer ones is added to
  /// `damage`.
  func reusable(
    _ stage: StageName, _ inputs: [StageRecord.Input], depth: VerificationDepth, damage: inout [Problem]
  ) -> (donor: Attempt, record: StageRecord)? {
    for donor in donors {
      guard let record = Planner.record(of: stage, in: donor), record.inputs == inputs else { continue }
      let differences = record.differences(in: donor.folder(of: stage), depth: depth)
      if differences.isEmpty { return (donor, record) }
      damage += differences
    }
    return nil
  }

  static func record(of stage: StageName, in attempt: Attempt) -> StageRecord? {
    attempt.hasResult(of: stage) ? try? StageRecord(readingFrom: attempt.folder(of: stage)) : nil
  }

  /// What differs between these inputs and those of the stage's newest result for the night.
  func reasons(_ stage: StageName, _ inputs: [StageRecord.Input]) -> [String] {
    for donor in donors {
      guard let record = Planner.record(of: stage, in: donor) else { continue }
      let reasons = Planner.differences(from: record.inputs, to: inputs)
      return reasons.isEmpty ? ["its result in \(donor.label) is damaged"] : reasons
    }
    return ["never run for \(settings.businessDate)"]
  }

  /// One sentence for each input that was added, removed or changed.
  static func differences(from old: [StageRecord.Input], to new: [StageRecord.Input]) -> [String] {
    func key(_ input: StageRecord.Input) -> String { "\(input.kind.rawValue)\t\(input.name)" }
    let before = Dictionary(old.map { (key($0), $0.value) }, uniquingKeysWith: { first, _ in first })
    let after = Set(new.map(key))
    var reasons: [String] = []
    for input in new where before[key(input)] != input.value {
      let wasThere = before[key(input)].map { $0 != "absent" } ?? false
      let word = input.value == "absent" ? "removed" : wasThere ? "changed" : "added"
      reasons.append("\(input.what) \(word)")
    }
    for input in old where !after.contains(key(input)) && input.kind != .previousRun && input.value != "absent" {
      reasons.append("\(input.what) removed")
    }
    return reasons
  }
}

extension StageRecord.Input {
  /// As in `definition tags.yaml`, before "changed".
  fileprivate var what: String {
    switch kind {
    case .format: "format of the run folder"
    case .code: "program"
    case .businessDate: "business date"
    case .definition: "definition \(name)"
    case .extract: "extract \(name)"
    case .acceptance: "acceptance of \(name)"
    case .upstream: "result of \(name)"
    case .previousRun: value == "absent" ? "previous run" : "previous run \(name)"
    }
  }
}

extension Attempt {
  public func folder(of stage: StageName) -> String { "\(folder)/\(stage.rawValue)" }

  public func hasResult(of stage: StageName) -> Bool { Files.exists("\(folder(of: stage))/\(StageRecord.fileName)") }
}
