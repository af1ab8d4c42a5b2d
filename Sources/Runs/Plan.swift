import Audit
import Basics
import Definition
import StageKit

/// What a run would do, stage by stage, without doing it.
public struct Plan: Sendable {
  public enum Action: Sendable, Equatable {
    case run
    /// Runs unless the stages before it turn out to give what they gave before.
    case runIfChanged
    case reuse(from: String)
    case leaveOut
  }

  public struct Step: Sendable, Equatable {
    public var stage: StageName
    public var action: Action
    public var reasons: [String]
  }

  public var steps: [Step]
  /// One sentence for every source that the night would go on without.
  public var missing: [String]

  /// - Throws: as `NightInputs`; `Problems` of kind `.definition` with `stage_not_current` where a stage that is not
  ///   selected would have to run for one that is.
  public init(_ settings: RunSettings) throws {
    self = try Planner(settings).plan()
  }

  init(steps: [Step], missing: [String]) {
    self.steps = steps
    self.missing = missing
  }
}

extension Planner {
  func plan() throws(Problems) -> Plan {
    var steps: [Plan.Step] = []
    var upstream: [StageRecord]? = []
    var leftOut: StageName?
    // The run itself names what is damaged.
    var damage: [Problem] = []
    for stage in settings.stages {
      let isSelected = settings.selection.contains(stage.name)
      func step(_ action: Plan.Action, _ reasons: [String]) {
        steps.append(Plan.Step(stage: stage.name, action: action, reasons: reasons))
      }
      if let leftOut {
        step(.leaveOut, [isSelected ? "\(leftOut.rawValue) is not there" : "not selected"])
        continue
      }
      guard let known = upstream else {
        let running = steps.last { $0.action != .leaveOut }?.stage ?? .ingest
        step(
          isSelected ? .runIfChanged : .leaveOut, isSelected ? ["\(running.rawValue) runs before it"] : ["not selected"]
        )
        if !isSelected { leftOut = stage.name }
        continue
      }
      let inputs = inputs(of: stage, upstream: known)
      if !(isSelected && settings.request.fullRefresh),
        let found = reusable(stage.name, inputs, depth: .sizes, damage: &damage)
      {
        step(.reuse(from: found.donor.label), ["unchanged"])
        upstream = known + [found.record]
      } else if isSelected {
        step(.run, settings.request.fullRefresh ? ["--full-refresh"] : reasons(stage.name, inputs))
        upstream = nil
      } else {
        if let needing = settings.stages.first(where: { $0.name > stage.name && settings.selection.contains($0.name) })
        {
          throw .notCurrent(stage.name, neededBy: needing.name, reasons(stage.name, inputs))
        }
        step(.leaveOut, ["not selected"])
        leftOut = stage.name
      }
    }
    return Plan(steps: steps, missing: night.missing.map(\.description))
  }
}

extension Problems {
  /// A stage that is selected needs one that is neither selected nor there.
  static func notCurrent(_ stage: StageName, neededBy needing: StageName, _ reasons: [String]) -> Problems {
    Problems(
      .definition,
      [
        Problem(
          "stage_not_current",
          "\(needing.rawValue) is selected, but \(stage.rawValue), which it needs, is not and has no current result",
          found: reasons.joined(separator: "; "), advice: "Select +\(needing.rawValue), or run all stages")
      ])
  }
}
