import ArgumentParser
import Basics
import Runs

struct PlanCommand: ParsableCommand, LogsToConsole {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Say what a run would do, and why.",
    discussion: ExitStatus.text(
      [.done, .failed, .usage, .tryAgain], failed: "an extract cannot be read or must not be missing"))

  @OptionGroup var pipeline: PipelineOptions
  @OptionGroup var night: NightOptions
  @OptionGroup var home: HomeOptions
  @OptionGroup var log: LogOptions

  func run() throws {
    _ = try Selection(select: night.select, exclude: night.exclude)
    let definition = try pipeline.load(warningsTo: Console(format: log.format))
    let settings = try RunSettings(
      home: home.home, pipeline: definition, request: night.request(pipeline: definition, threads: 1),
      stages: standardStages, codeSHA256: RunSettings.programSHA256())
    let plan = try Plan(settings)
    for sentence in plan.missing { StandardError.write("going on without \(sentence)\n") }
    let rows = plan.steps.map { [$0.stage.rawValue, words($0.action), $0.reasons.joined(separator: "; ")] }
    StandardOutput.write(aligned([["stage", "action", "why"]] + rows))
  }

  private func words(_ action: Plan.Action) -> String {
    switch action {
    case .run: "run"
    case .runIfChanged: "run if changed"
    case .reuse(let from): "reuse \(from)"
    case .leaveOut: "leave out"
    }
  }
}

/// Columns side by side, two spaces apart.
func aligned(_ rows: [[String]]) -> String {
  let count = rows.map(\.count).max() ?? 0
  let widths = (0..<count).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
  return rows.map { row in
    var line = ""
    for (column, cell) in row.enumerated() {
      line += cell
      if column < row.count - 1 { line += String(repeating: " ", count: widths[column] - cell.count + 2) }
    }
    while line.hasSuffix(" ") { line.removeLast() }
    return line + "\n"
  }.joined()
}
