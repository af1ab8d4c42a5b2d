import ArgumentParser
import Basics
import Definition
import Runs

struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List all runs and their state.",
    discussion: """
      States: published, superseded (by a later attempt at its night), partial (ended well without all stages), \
      failed, running, interrupted (killed; guiyi retry goes on).

      \(ExitStatus.text([.done, .usage]))
      """)

  @OptionGroup var home: HomeOptions

  func run() throws {
    let home = home.home
    guard Files.isFolder(home.path) else {
      throw Problems(
        .definition,
        [
          Problem(
            "unknown_home", "there is no such home", at: Place(home.path),
            advice: "Give --home, or start with guiyi run")
        ])
    }
    let current = home.published()
    let rows = home.attempts().map { attempt in
      let records = attempt.records()
      return [
        attempt.label, attempt.state.rawValue, "\(records.count)/\(StageName.allCases.count)",
        String(records.reduce(0) { $0 + $1.rows }), attempt == current ? "<- published" : "",
      ]
    }
    StandardOutput.write(aligned([["run", "state", "stages", "rows", ""]] + rows))
  }
}
