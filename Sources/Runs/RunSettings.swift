import Audit
import Basics
import Definition
import StageKit
import Standards

/// Everything that a run needs to know.
public struct RunSettings: Sendable {
  public var home: Home
  public var pipeline: PipelineDefinition
  public var businessDate: CalendarDate
  public var request: RunRequest
  public var selection: Selection
  /// In the order in which they run.
  public var stages: [any Stage.Type]
  /// SHA-256 of the program: another program may give another result.
  public var codeSHA256: String
  /// Called between any two lasting changes, with a name; tests take snapshots there.
  var checkpoint: @Sendable (String) -> Void = { _ in }
  /// The wall clock in seconds since 1970, which deadlines are held against.
  var now: @Sendable () -> Int64 = Clock.seconds

  /// - Throws: `Problems` of kind `.definition` where the request selects no stage, names no date, or accepts what is no
  ///   source or without a reason.
  public init(
    home: Home, pipeline: PipelineDefinition, request: RunRequest, stages: [any Stage.Type], codeSHA256: String
  ) throws(Problems) {
    guard let date = request.businessDate else {
      throw Problems(
        .definition,
        [Problem("bad_date", "the business date is not a day", found: "\"\(request.date)\"", expected: "yyyy-MM-dd")])
    }
    self.home = home
    self.pipeline = pipeline
    self.request = request
    self.stages = stages
    self.codeSHA256 = codeSHA256
    businessDate = date
    selection = try request.selection()
    let problems = request.acceptance?.problems(in: pipeline) ?? []
    if !problems.isEmpty { throw Problems(.definition, problems) }
  }

  public var extractsFolder: String { request.extracts ?? pipeline.extracts }

  /// SHA-256 of the running program's file.
  public static func programSHA256() throws(Problem) -> String { try SHA256.ofFile("/proc/self/exe").hex }
}

/// What happens in a run, for whoever shows it; progress comes from any thread.
public enum RunEvent: Sendable {
  case attempt(label: String, isRetry: Bool)
  case stageStarted(StageName, why: [String])
  case progress(StageName, done: Int, total: Int?, unit: String)
  case stageEnded(StageName, rows: Int, seconds: Double, figures: [StageRecord.Figure])
  case reused(StageName, from: String, rows: Int)
  case leftOut(StageName, why: String)
  case warning(StageName?, Problem)
  case published(label: String, isCurrent: Bool)
  case notPublished(why: String)
}

public typealias RunObserver = @Sendable (RunEvent) -> Void

/// How a run ended, when it did not fail.
public struct RunOutcome: Sendable {
  public var attempt: Attempt
  public var isPublished: Bool
  /// Of the stages that are there, in order.
  public var records: [StageRecord]
}

extension Acceptance {
  /// What is wrong with a person's word before anything is read.
  func problems(in pipeline: PipelineDefinition) -> [Problem] {
    let names = pipeline.sources.map(\.id)
    var problems = sources.filter { !names.contains($0) }.map { name in
      Problem(
        "unknown_source", "--accept names a source that does not exist", found: "\"\(name)\"",
        expected: "one of \(names.joined(separator: ", "))",
        advice: nearest(name, among: names).map { "Use \($0)" })
    }
    if reason.isEmpty || !reason.allSatisfy({ !$0.isNewline && $0 != "\t" }) {
      problems.append(
        Problem(
          "bad_reason", "--accept needs a reason that the report can show", found: "\"\(reason)\"",
          expected: "one line of text in --reason"))
    }
    return problems
  }
}
