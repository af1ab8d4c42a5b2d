import Audit
import Basics
import Definition
import StageKit
import Standards

/// Decides for each stage whether an earlier result can stand for it, and says why not.
struct Planner: Sendable {
  let settings: RunSettings
  let night: NightInputs
  let predecessor: (attempt: Attempt, manifest: Manifest.Predecessor)?
  /// Whose results may be taken over, best first.
  let donors: [Attempt]

  /// - Parameter attempt: the attempt that is gone on with; its own results come first.
  init(_ settings: RunSettings, continuing attempt: Attempt? = nil) throws {
    self.settings = settings
    night = try NightInputs(of: settings.pipeline, on: settings.businessDate, in: settings.extractsFolder)
    if let earlier = try settings.home.predecessor(of: settings.businessDate) {
      let sha256 = try SHA256.ofFile("\(earlier.folder)/\(Manifest.fileName)").hex
      predecessor = (earlier, Manifest.Predecessor(businessDate: earlier.date, manifestSHA256: sha256))
    } else {
      predecessor = nil
    }
    donors = settings.home.attempts(of: settings.businessDate).reversed().filter { $0 != attempt }
  }

  /// Holds what a stage reads of the previous run against that run's manifest.
  /// - Throws: `Problems` of kind `.data` with every file that was altered or is gone; `Problem` `damaged_record`.
  func checkPredecessor(for stage: StageName) throws {
    guard let earlier = predecessor?.attempt else { return }
    let entry = try Manifest(readingFrom: earlier.folder).stages.first { $0.stage == stage.rawValue }
    let damage = FileRecord.differences(entry?.files ?? [], in: earlier.folder(of: stage), depth: .hashes)
    if damage.isEmpty { return }
    let summary = Problem(
      "damaged_run", "the run that this night builds on is not as it was published", at: Place(earlier.folder),
      advice: "Restore its files, or make it again with guiyi run --date \(earlier.date)")
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
    }
    inputs += upstream.map { .init(.upstream, $0.stage.rawValue, $0.outputs) }
    if stage.readsPreviousRun {
      inputs.append(
        predecessor.map { .init(.previousRun, $0.manifest.businessDate, $0.manifest.manifestSha256) }
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
    let folder = attempt.folder(of: stage)
    guard Files.exists("\(folder)/\(StageRecord.fileName)") else { return nil }
    return try? StageRecord(readingFrom: folder)
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
    case .upstream: "result of \(name)"
    case .previousRun: value == "absent" ? "previous run" : "previous run \(name)"
    }
  }
}

extension Attempt {
  public func folder(of stage: StageName) -> String { "\(folder)/\(stage.rawValue)" }
}
