import Audit
import Basics
import Definition
import Glibc
import StageKit
import Standards

/// Runs a night: under the lock, stage by stage, into an attempt of its own, and publishes it when it is whole.
public struct Runner: Sendable {
  let settings: RunSettings
  let observe: RunObserver

  public init(_ settings: RunSettings, observer: @escaping RunObserver = { _ in }) {
    self.settings = settings
    observe = observer
  }

  /// Makes a new attempt; results of earlier attempts at the night with the same inputs are taken over.
  /// - Throws: `Problems` or `Problem`; nothing is published then.
  public func run() throws -> RunOutcome {
    let lock = try lockHome()
    defer { withExtendedLifetime(lock) {} }
    let planner = try Planner(settings)
    _ = try planner.plan()
    let attempt = try settings.home.makeAttempt(of: settings.businessDate, request: settings.request)
    settings.checkpoint("attempt")
    observe(.attempt(label: attempt.label, isRetry: false))
    return try Work(self, planner, attempt).perform()
  }

  /// Goes on with an attempt that was killed or failed: what is whole and current stays, the rest is done again.
  public func `continue`(_ attempt: Attempt) throws -> RunOutcome {
    let lock = try lockHome()
    defer { withExtendedLifetime(lock) {} }
    if settings.home.published(on: attempt.date) == attempt { return try finishPublishing(attempt) }
    let planner = try Planner(settings, continuing: attempt)
    let pages = [Manifest.fileName, Report.fileName, ControlTotals.fileName]
    for page in pages { try Files.remove("\(attempt.folder)/\(page)") }
    for name in try Files.names(in: attempt.folder) where name.hasPrefix(".") || name.hasSuffix(".writing") {
      try Files.remove("\(attempt.folder)/\(name)")
    }
    try attempt.journal.append(.retry, [("pid", .integer(Int(getpid()))), ("request", settings.request.json)])
    observe(.attempt(label: attempt.label, isRetry: true))
    return try Work(self, planner, attempt).perform()
  }

  /// A run that was killed between its night's link and the consumers' link is whole: nothing in it is touched.
  private func finishPublishing(_ attempt: Attempt) throws -> RunOutcome {
    observe(.attempt(label: attempt.label, isRetry: true))
    let isCurrent = try settings.home.publish(attempt) { settings.checkpoint($0) }
    try attempt.journal.append(.published, [("current", .bool(isCurrent))])
    observe(.published(label: attempt.label, isCurrent: isCurrent))
    return RunOutcome(attempt: attempt, isPublished: true, records: attempt.records())
  }

  private func lockHome() throws -> RunLock {
    try Files.makeFolder(settings.home.path)
    return try RunLock(home: settings.home.path, businessDate: settings.businessDate)
  }
}

/// One attempt being worked on.
private struct Work {
  let settings: RunSettings
  let observe: RunObserver
  let planner: Planner
  let attempt: Attempt

  init(_ runner: Runner, _ planner: Planner, _ attempt: Attempt) {
    settings = runner.settings
    observe = runner.observe
    self.planner = planner
    self.attempt = attempt
  }

  var journal: Journal { attempt.journal }

  func perform() throws -> RunOutcome {
    var current: StageName?
    do {
      try recordMissing()
      var records: [StageRecord] = []
      var missing: StageName?
      for stage in settings.stages {
        current = stage.name
        if let record = try perform(stage, upstream: records, missing: missing) {
          records.append(record)
          if stage.name == .ingest {
            try recordReplacements()
            try recordSkipped()
          }
        } else if missing == nil {
          missing = stage.name
        }
      }
      current = nil
      return try finish(records, missing: missing)
    } catch {
      // The disk may be what failed: then the journal says nothing, and retry sees an interrupted attempt.
      try? journal.append(
        .failed,
        [
          ("stage", current.map { .string($0.rawValue) } ?? .null),
          ("problems", .array(error.problems.map(\.json))),
        ])
      throw error
    }
  }

  /// What was decided about deliveries that are not there is part of the night's story.
  private func recordMissing() throws(Problem) {
    for missing in planner.night.missing { try journal.append(.missing, missing.json) }
  }

  /// So is which of the deliveries that were taken replace others.
  private func recordReplacements() throws(Problem) {
    guard let accepted = settings.home.published(on: attempt.date), accepted != attempt,
      let manifest = try? Manifest(readingFrom: accepted.folder)
    else { return }
    try record(planner.night.replacements(of: manifest.extracts, in: Attempt.name(accepted.number)))
  }

  /// And which deliveries of increments and deltas no night has taken.
  private func recordSkipped() throws(Problem) {
    guard let previous = planner.predecessor?.attempt.date else { return }
    let skipped = SkippedDeliveries(pipeline: settings.pipeline, extractsFolder: settings.extractsFolder)
    try record(skipped.warnings(after: previous, before: attempt.date))
  }

  private func record(_ warnings: [Problem]) throws(Problem) {
    for warning in warnings {
      try journal.append(.warning, [("stage", .string(StageName.ingest.rawValue)), ("problem", warning.json)])
      observe(.warning(.ingest, warning))
    }
  }

  /// Keeps, takes over, runs or leaves out one stage; nil where it is left out.
  private func perform(
    _ stage: any Stage.Type, upstream: [StageRecord], missing: StageName?
  ) throws -> StageRecord? {
    let name = stage.name
    let isSelected = settings.selection.contains(name)
    let inputs = planner.inputs(of: stage, upstream: upstream)
    if missing == nil, let kept = try keep(name, inputs) { return kept }
    try discard(name)
    if let missing {
      observe(.leftOut(name, why: isSelected ? "\(missing.rawValue) is not there" : "not selected"))
      return nil
    }
    if !(isSelected && settings.request.fullRefresh), let taken = try takeOver(name, inputs) { return taken }
    if isSelected { return try run(stage, inputs) }
    if let needing = settings.stages.first(where: { $0.name > name && settings.selection.contains($0.name) }) {
      throw Problems.notCurrent(name, neededBy: needing.name, planner.reasons(name, inputs))
    }
    observe(.leftOut(name, why: "not selected"))
    return nil
  }

  /// This attempt's own result, if it is whole and current.
  private func keep(_ name: StageName, _ inputs: [StageRecord.Input]) throws -> StageRecord? {
    guard let record = Planner.record(of: name, in: attempt), record.inputs == inputs else { return nil }
    let damage = record.differences(in: attempt.folder(of: name), depth: .hashes)
    guard damage.isEmpty else {
      damage.forEach { observe(.warning(name, $0)) }
      return nil
    }
    try journal.append(.kept, [("stage", .string(name.rawValue)), ("rows", .integer(record.rows))])
    observe(.reused(name, from: attempt.label, rows: record.rows))
    return record
  }

  private func discard(_ name: StageName) throws {
    let folder = attempt.folder(of: name)
    guard Files.exists(folder) else { return }
    // Out of its place at once, so that a kill leaves no half of a stage there.
    let removing = "\(attempt.folder)/.\(name.rawValue).removing"
    try Files.remove(removing)
    try Files.rename(folder, to: removing)
    settings.checkpoint("discarding \(name.rawValue)")
    try Files.remove(removing)
  }

  /// Hard links to an earlier attempt's result; copies where the file system has no links.
  private func takeOver(_ name: StageName, _ inputs: [StageRecord.Input]) throws -> StageRecord? {
    var damage: [Problem] = []
    let reusable = planner.reusable(name, inputs, depth: .hashes, damage: &damage)
    damage.forEach { observe(.warning(name, $0)) }
    guard let found = reusable else { return nil }
    let writing = try freshFolder(name)
    for path in found.record.files.map(\.path) + [StageRecord.fileName] {
      try Files.makeFolder(Files.parent("\(writing)/\(path)"))
      try Files.linkOrCopy("\(found.donor.folder(of: name))/\(path)", to: "\(writing)/\(path)")
    }
    try put(writing, name)
    try journal.append(
      .reused,
      [
        ("stage", .string(name.rawValue)), ("from", .string(found.donor.label)),
        ("fingerprint", .string(found.record.fingerprint)), ("rows", .integer(found.record.rows)),
      ])
    observe(.reused(name, from: found.donor.label, rows: found.record.rows))
    return found.record
  }

  private func run(_ stage: any Stage.Type, _ inputs: [StageRecord.Input]) throws -> StageRecord {
    let name = stage.name
    let why = settings.request.fullRefresh ? ["--full-refresh"] : planner.reasons(name, inputs)
    observe(.stageStarted(name, why: why))
    try journal.append(
      .stageStart,
      [
        ("stage", .string(name.rawValue)), ("fingerprint", .string(StageRecord.fingerprint(of: inputs))),
        ("why", .strings(why)),
      ])
    let usage = Usage()
    let started = Clock.monotonicSeconds()
    let writing = try freshFolder(name)
    let context = context(stage, writing)
    if stage.readsPreviousRun { try planner.checkPredecessor(for: stage, context) }
    settings.checkpoint("running \(name.rawValue)")
    let result = try keepingWhatFailed(name, writing) { try stage.run(context) }
    if name == .ingest { try planner.night.checkUnchanged() }
    let failures = ControlTotals.failures(of: name, in: result.equations)
    if !failures.isEmpty { throw Problems(.data, failures) }
    let files = try Files.filesBelow(writing).map { path in
      try Files.syncFile("\(writing)/\(path)")
      return try FileRecord(path, in: writing)
    }
    settings.checkpoint("written \(name.rawValue)")
    let record = StageRecord(stage: name, inputs: inputs, result: result, files: files)
    try record.write(to: writing)
    try put(writing, name)
    for warning in result.warnings {
      try journal.append(.warning, [("stage", .string(name.rawValue)), ("problem", warning.json)])
      observe(.warning(name, warning))
    }
    try journal.append(
      .stageEnd,
      [
        ("stage", .string(name.rawValue)), ("rows", .integer(record.rows)), ("outputs", .string(record.outputs)),
      ] + usage.members)
    observe(
      .stageEnded(name, rows: record.rows, seconds: Clock.monotonicSeconds() - started, figures: record.figures))
    return record
  }

  /// A stage that fails leaves what it wrote until the attempt is gone on with, so that people can look at quarantine.
  private func keepingWhatFailed<Result>(
    _ name: StageName, _ writing: String, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch {
      try? Files.remove(attempt.failedFolder(of: name))
      try? Files.rename(writing, to: attempt.failedFolder(of: name))
      throw error
    }
  }

  private func context(_ stage: any Stage.Type, _ writing: String) -> StageContext {
    let name = stage.name
    let observe = observe
    return StageContext(
      pipeline: settings.pipeline, businessDate: settings.businessDate, extractsFolder: settings.extractsFolder,
      runFolder: attempt.folder, outputFolder: writing,
      previousRun: stage.readsPreviousRun ? planner.predecessor?.attempt.folder : nil,
      delivery: planner.night.delivery(settings.request.acceptance),
      threads: settings.request.threads,
      progress: Progress { observe(.progress(name, done: $0, total: $1, unit: $2)) })
  }

  private func freshFolder(_ name: StageName) throws -> String {
    let writing = "\(attempt.folder)/.\(name.rawValue).writing"
    try Files.remove(writing)
    try Files.makeFolder(writing)
    return writing
  }

  /// Makes a finished folder durable, then moves it to its place.
  private func put(_ writing: String, _ name: StageName) throws {
    try Files.syncFolders(below: writing)
    settings.checkpoint("synced \(name.rawValue)")
    try Files.rename(writing, to: attempt.folder(of: name))
    settings.checkpoint("placed \(name.rawValue)")
  }

  /// Writes the run's own pages, the manifest last, and publishes.
  private func finish(_ records: [StageRecord], missing: StageName?) throws -> RunOutcome {
    let totals = ControlTotals(records)
    try Files.write(totals.json.pretty, to: "\(attempt.folder)/\(ControlTotals.fileName)")
    settings.checkpoint("control totals")
    if let missing {
      let why = "\(missing.rawValue) was not run"
      try journal.append(.notPublished, [("reason", .string(why))])
      observe(.notPublished(why: why))
      return RunOutcome(attempt: attempt, isPublished: false, records: records)
    }
    let report = try Report(
      pipeline: settings.pipeline, businessDate: settings.businessDate, runFolder: attempt.folder, records: records,
      extracts: planner.night.extracts, absent: planner.night.absent, previousRun: planner.predecessor?.name)
    try Files.write(report.html, to: "\(attempt.folder)/\(Report.fileName)")
    settings.checkpoint("report")
    let manifest = try Manifest(
      pipeline: settings.pipeline, businessDate: settings.businessDate, codeSHA256: settings.codeSHA256,
      previousRun: planner.predecessor?.name, extracts: planner.night.extracts, stages: records,
      stageFolders: attempt.folder,
      files: [
        FileRecord(ControlTotals.fileName, in: attempt.folder), FileRecord(Report.fileName, in: attempt.folder),
      ])
    try Files.write(manifest.json.pretty, to: "\(attempt.folder)/\(Manifest.fileName)")
    settings.checkpoint("manifest")
    let isCurrent = try settings.home.publish(attempt) { settings.checkpoint($0) }
    settings.checkpoint("published")
    do throws(Problem) {
      try journal.append(.published, [("current", .bool(isCurrent))])
    } catch {
      // Consumers read it already: to say that the run failed would be wrong.
      var problem = error
      problem.severity = .warning
      observe(.warning(nil, problem))
    }
    observe(.published(label: attempt.label, isCurrent: isCurrent))
    return RunOutcome(attempt: attempt, isPublished: true, records: records)
  }
}

extension Error {
  /// What is wrong, one by one.
  public var problems: [Problem] {
    switch self {
    case let problems as Problems: problems.list
    case let problem as Problem: [problem]
    default: [Problem("unexpected", "\(self)")]
    }
  }
}

extension Files {
  /// Waits until a file's bytes are on the disk, whoever wrote them.
  static func syncFile(_ path: String) throws(Problem) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .unwritable(path) }
  }
}
