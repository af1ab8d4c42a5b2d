import Audit
import Basics
import Foundation
import StageKit
import Standards
import Synchronization
import TestSupport

@testable import Definition
@testable import Runs

/// A home, a definition and extracts of one small system, and stages that only join texts.
///
/// A word in the extract makes a stage fail (`fail resolve`) or miscount (`miscount merge`).
final class FakeNight: Sendable {
  let folder: TemporaryFolder
  let home: Home
  private let definitions = Mutex<[DefinitionFile]>([])

  init() throws {
    folder = try TemporaryFolder()
    home = Home(folder.path + "/home")
    define("ingest.yaml", "1", [.ingest])
    define("tags.yaml", "1", [.tag])
    for date in ["20261120", "20261121"] {
      try folder.write("a\nb\n", to: "extracts/\(date)/people_\(date).csv")
    }
  }

  /// Sets the content of a definition file.
  func define(_ path: String, _ content: String, _ stages: Set<StageName>) {
    definitions.withLock {
      $0.removeAll { $0.path == path }
      $0.append(DefinitionFile(path: path, sha256: SHA256.of(content), stages: stages))
      $0.sort { $0.path < $1.path }
    }
  }

  func deliver(_ text: String, on date: String = "20261120") throws {
    try folder.write(text, to: "extracts/\(date)/people_\(date).csv")
  }

  func removeDelivery(on date: String = "20261120") throws {
    try Files.remove("\(folder.path)/extracts/\(date)/people_\(date).csv")
  }

  static func source(_ id: String, onMissing: ArrivalRule.OnMissing, control: String? = nil) -> SourceDefinition {
    SourceDefinition(
      id: id, system: "crm", title: BilingualText(zh: "人", en: "people"), kind: .party,
      file: FilePattern("{date:yyyyMMdd}/\(id)_{date:yyyyMMdd}.csv"),
      format: .delimited(separator: ",", quote: nil, header: true, columns: []), encoding: .utf8,
      arrival: ArrivalRule(control: control.map { ControlStatement(FilePattern($0)) }, onMissing: onMissing),
      reject: RejectLimits(fail: RejectLimit(perThousand: 50, atLeastRows: 20)), fields: [], constants: [],
      partySource: nil,
      place: Place("sources/\(id).yaml"))
  }

  func pipeline(_ sources: [SourceDefinition] = [source("people", onMissing: .wait)]) -> PipelineDefinition {
    let title = BilingualText(zh: "试", en: "Trial")
    return PipelineDefinition(
      folder: folder.path + "/pipeline", name: "trial", title: title, timeZone: "Asia/Shanghai", currency: "CNY",
      rates: [], extracts: folder.path + "/extracts", sources: sources, products: [],
      resolve: ResolveDefinition(rules: [], maxPeoplePerMobile: 3),
      merge: MergeDefinition(priority: [], attributes: [], aum: AUMRule(holdings: [], knownWhenIn: [])),
      tag: TagDefinition(measures: [], tags: [], policy: Policy(aumLine: 5_000_000, tiers: [])),
      broadcast: BroadcastDefinition(campaigns: [], templates: [], suppressions: [], maxCustomersPerMobile: 3),
      files: definitions.withLock { $0 }, warnings: [])
  }

  func settings(
    _ date: String = "2026-11-20", select: [String] = [], exclude: [String] = [], fullRefresh: Bool = false,
    sources: [SourceDefinition]? = nil, code: String = "code 1"
  ) throws -> RunSettings {
    let pipeline = sources.map { self.pipeline($0) } ?? self.pipeline()
    let request = RunRequest(
      pipeline: pipeline.folder, date: try require(CalendarDate(date), date), select: select, exclude: exclude,
      fullRefresh: fullRefresh)
    return try RunSettings(
      home: home, pipeline: pipeline, request: request, stages: fakeStages, codeSHA256: SHA256.of(code))
  }
}

/// The value, or an error that says what is nil.
func require<Value>(_ value: Value?, _ what: String) throws -> Value {
  guard let value else { throw Problem("test", "\(what) is nil") }
  return value
}

/// What a run told its observer, as lines.
final class Diary: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  var observer: RunObserver {
    { event in
      let line: String? =
        switch event {
        case .attempt(let label, let isRetry): "\(isRetry ? "retry" : "attempt") \(label)"
        case .stageStarted(let stage, let why): "run \(stage): \(why.joined(separator: "; "))"
        case .reused(let stage, let from, _): "reuse \(stage) from \(from)"
        case .leftOut(let stage, let why): "leave out \(stage): \(why)"
        case .warning(_, let problem): "warning \(problem.code)"
        case .published(let label, let isCurrent): "published \(label)\(isCurrent ? "" : " (not current)")"
        case .notPublished(let why): "not published: \(why)"
        case .progress, .stageEnded: nil
        }
      if let line { self.lines.withLock { $0.append(line) } }
    }
  }
}

let fakeStages: [any Stage.Type] = [
  FakeIngest.self, FakeResolve.self, FakeMerge.self, FakeTag.self, FakeBroadcast.self,
]

private func run(_ name: StageName, _ context: StageContext, text: String) throws -> StageResult {
  let extract = try Files.text(
    of: "\(context.extractsFolder)/\(context.businessDate.compact)/people_\(context.businessDate.compact).csv")
  try Files.makeFolder("\(context.outputFolder)/parts")
  try Files.write(text, to: "\(context.outputFolder)/parts/\(name.rawValue).txt")
  if extract.contains("fail \(name.rawValue)") { throw Problem("broken", "\(name.rawValue) broke") }
  context.progress(1, of: 2)
  let rows = text.split(separator: "\n").count
  let counted = extract.contains("miscount \(name.rawValue)") ? rows + 1 : rows
  return StageResult(
    tables: [("parts/\(name.rawValue).txt", rows)],
    equations: [ConservationEquation("\(name.rawValue) rows", "read", Int64(rows), [.init("written", Int64(counted))])],
    figures: [("rows", rows)])
}

private func textOf(_ stage: StageName, _ context: StageContext) throws -> String {
  try Files.text(of: "\(context.folder(of: stage))/parts/\(stage.rawValue).txt")
}

enum FakeIngest: Stage {
  static let name = StageName.ingest
  static func run(_ context: StageContext) throws -> StageResult {
    let day = context.businessDate.compact
    let rows = try Files.text(of: "\(context.extractsFolder)/\(day)/people_\(day).csv")
    return try RunsTests.run(.ingest, context, text: rows)
  }
}

enum FakeResolve: Stage {
  static let name = StageName.resolve
  static func run(_ context: StageContext) throws -> StageResult {
    let before = try context.previousRun.map { try Files.text(of: "\($0)/resolve/parts/resolve.txt") } ?? "first\n"
    return try RunsTests.run(.resolve, context, text: before + textOf(.ingest, context))
  }
}

enum FakeMerge: Stage {
  static let name = StageName.merge
  static func run(_ context: StageContext) throws -> StageResult {
    precondition(context.previousRun == nil, "merge did not ask for the previous run")
    return try RunsTests.run(.merge, context, text: "merge\n" + textOf(.resolve, context))
  }
}

enum FakeTag: Stage {
  static let name = StageName.tag
  static func run(_ context: StageContext) throws -> StageResult {
    let definition = context.pipeline.files.first { $0.path == "tags.yaml" }?.sha256 ?? ""
    return try RunsTests.run(.tag, context, text: "tag \(definition)\n" + textOf(.merge, context))
  }
}

enum FakeBroadcast: Stage {
  static let name = StageName.broadcast
  static func run(_ context: StageContext) throws -> StageResult {
    try RunsTests.run(.broadcast, context, text: "broadcast\n" + textOf(.tag, context))
  }
}

/// Every file of a run that is compared, with its bytes.
func contents(of attempt: Attempt) throws -> [String: String] {
  var contents: [String: String] = [:]
  for path in try Files.filesBelow(attempt.folder) where !Attempt.uncompared.contains(path) {
    contents[path] = try Files.text(of: "\(attempt.folder)/\(path)")
  }
  return contents
}
