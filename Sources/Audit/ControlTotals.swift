import Basics
import Definition
import StageKit

/// The conservation equations of a run, stage by stage: `control_totals.json`.
public struct ControlTotals: Sendable, Equatable {
  public static let fileName = "control_totals.json"

  public var stages: [(stage: StageName, equations: [ConservationEquation])]

  public init(_ records: [StageRecord]) { stages = records.map { ($0.stage, $0.equations) } }

  public static func == (a: ControlTotals, b: ControlTotals) -> Bool { a.json == b.json }

  public var hold: Bool { stages.allSatisfy { $0.equations.allSatisfy(\.holds) } }

  public var count: Int { stages.reduce(0) { $0 + $1.equations.count } }

  public var json: JSON {
    .object([
      ("format", .integer(1)),
      ("hold", .bool(hold)),
      ("equations", .integer(count)),
      (
        "stages",
        .array(
          stages.map {
            .object([("stage", .string($0.stage.rawValue)), ("equations", .array($0.equations.map(\.json)))])
          })
      ),
    ])
  }

  /// One problem for every equation that does not hold, with its numbers.
  public static func failures(of stage: StageName, in equations: [ConservationEquation]) -> [Problem] {
    equations.filter { !$0.holds }.map { equation in
      let sum = equation.parts.reduce(Int64(0)) { $0 &+ $1.value }
      return Problem(
        "equation_does_not_hold", "control totals of \(stage.rawValue) do not agree: \(equation.description)",
        found: "\(sum) \(equation.unit.words)", expected: "\(equation.total) \(equation.unit.words)",
        advice: "Nothing was published; this is a defect of the program or a file that changed while it was read")
    }
  }
}

extension ConservationEquation {
  var json: JSON {
    .object([
      ("name", .string(name)),
      ("unit", .string(unit.rawValue)),
      ("total_name", .string(totalName)),
      ("total", .integer(Int(total))),
      (
        "parts",
        .array(parts.map { .object([("name", .string($0.name)), ("value", .integer(Int($0.value)))]) })
      ),
      ("holds", .bool(holds)),
    ])
  }
}

extension ConservationEquation.Unit {
  var words: String { self == .rows ? "rows" : "minor units" }
}
