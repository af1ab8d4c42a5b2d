import ArgumentParser
import Audit
import Basics
import Definition
import Runs

struct RunCommand: ParsableCommand, LogsToConsole {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a night and publish it.",
    discussion: """
      Stages whose definition, inputs and program are unchanged are reused. A run is published when all five stages \
      are there.

      \(ExitStatus.text([.done, .failed, .usage, .tryAgain]))
      """)

  @OptionGroup var pipeline: PipelineOptions
  @OptionGroup var night: NightOptions
  @OptionGroup var home: HomeOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var log: LogOptions

  func run() throws {
    StandardStreams.outliveReaders()
    // Before the definition is read: a selection that names nothing is said at once.
    _ = try Selection(select: night.select, exclude: night.exclude)
    let definition = try pipeline.load(warningsTo: Console(format: log.format))
    let settings = try RunSettings(
      home: home.home, pipeline: definition, request: night.request(pipeline: definition, threads: threads.count),
      stages: standardStages, codeSHA256: RunSettings.programSHA256())
    try Runner(settings, observer: RunDisplay(log.format).observer).run().print()
  }
}

extension RunOutcome {
  /// Where the results are.
  func print() {
    var lines = ["\(isPublished ? "published" : "not published") \(attempt.label)", "run     \(attempt.folder)"]
    if isPublished {
      lines.append("lists   \(attempt.folder(of: .broadcast))/lists")
      lines.append("report  \(attempt.folder)/\(Report.fileName)")
    }
    StandardOutput.write(lines.joined(separator: "\n") + "\n")
  }
}
