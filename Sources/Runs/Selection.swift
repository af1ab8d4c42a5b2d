import Basics
import Definition

/// Which stages are asked for, written as in dbt: `resolve`, `resolve+` (and what follows), `+tag` (and what it needs).
public struct Selection: Sendable, Equatable {
  public var stages: Set<StageName>

  public static let all = Selection(stages: Set(StageName.allCases))

  public init(stages: Set<StageName>) { self.stages = stages }

  /// - Parameters:
  ///   - select: words, each of which may hold several terms between commas or spaces; all stages where there is none.
  ///   - exclude: likewise; taken away from what is selected.
  /// - Throws: `Problems` of kind `.definition`: `unknown_stage` for every term that names none, or `empty_selection`.
  public init(select: [String], exclude: [String]) throws(Problems) {
    var problems: [Problem] = []
    let selected = Selection.stages(of: select, option: "--select", &problems)
    let excluded = Selection.stages(of: exclude, option: "--exclude", &problems)
    if !problems.isEmpty { throw Problems(.definition, problems) }
    stages = (select.isEmpty ? Set(StageName.allCases) : selected).subtracting(excluded)
    if stages.isEmpty {
      throw Problems(
        .definition,
        [
          Problem(
            "empty_selection", "the selection names no stage",
            found: (select.map { "--select \($0)" } + exclude.map { "--exclude \($0)" }).joined(separator: " "),
            expected: "at least one of \(Selection.names)", advice: "Leave both options out to run all stages")
        ])
    }
  }

  public func contains(_ stage: StageName) -> Bool { stages.contains(stage) }

  static let names = StageName.allCases.map(\.rawValue).joined(separator: ", ")

  private static func stages(of words: [String], option: String, _ problems: inout [Problem]) -> Set<StageName> {
    var stages: Set<StageName> = []
    for term in words.flatMap({ $0.split(whereSeparator: { $0 == "," || $0 == " " }) }) {
      let withUpstream = term.hasPrefix("+")
      let withDownstream = term.hasSuffix("+") && term.count > 1
      let name = String(term.dropFirst(withUpstream ? 1 : 0).dropLast(withDownstream ? 1 : 0))
      guard let stage = StageName(rawValue: name) else {
        problems.append(.unknownStage(name, option: option))
        continue
      }
      stages.insert(stage)
      if withUpstream { stages.formUnion(StageName.allCases.filter { $0 < stage }) }
      if withDownstream { stages.formUnion(StageName.allCases.filter { $0 > stage }) }
    }
    return stages
  }
}

extension Problem {
  /// A word where the name of a stage should be.
  public static func unknownStage(_ name: String, option: String) -> Problem {
    Problem(
      "unknown_stage", "\(option) names a stage that does not exist", found: "\"\(name)\"",
      expected: "one of \(Selection.names)",
      advice: nearest(name, among: StageName.allCases.map(\.rawValue)).map { "Use \($0)" })
  }
}
