import ArgumentParser
import Basics
import Runs
import Standards

struct RetryCommand: ParsableCommand, LogsToConsole {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Go on with the newest run that failed or was killed.",
    discussion: """
      Finished stages are verified by their hashes and kept; the result has the same bytes as a run that nobody \
      disturbed. With --pipeline and --date, a night that was never started is run.

      \(ExitStatus.text([.done, .failed, .usage, .tryAgain]))
      """)

  @Option(help: ArgumentHelp("The pipeline's folder (default: that of the run).", valueName: "dir"))
  var pipeline: String?

  @Option(
    help: ArgumentHelp("Look at this night only (default: the newest run).", valueName: "date"),
    transform: businessDate)
  var date: CalendarDate?

  @Option(help: ArgumentHelp("Where the extracts lie (default: as for the run).", valueName: "dir"))
  var extracts: String?

  @OptionGroup var home: HomeOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var log: LogOptions

  func run() throws {
    StandardStreams.outliveReaders()
    let home = home.home
    switch Retry(in: home, date: date) {
    case .nothing(let attempt, let why):
      let console = Console(format: log.format)
      switch log.format {
      case .text: console.line("nothing to retry: \(attempt.label): \(why)")
      case .json: console.object("nothing_to_retry", [("run", .string(attempt.label)), ("why", .string(why))])
      }
      StandardOutput.write("nothing to retry \(attempt.label)\n")
    case .neverStarted:
      try runner(try given(home), home).run().print()
    case .goOn(let attempt):
      try runner(try recorded(attempt) ?? given(home), home).continue(attempt).print()
    }
  }

  private func runner(_ request: RunRequest, _ home: Home) throws -> Runner {
    let definition = try loadPipeline(request.pipeline, warningsTo: Console(format: log.format))
    let settings = try RunSettings(
      home: home, pipeline: definition, request: request, stages: standardStages,
      codeSHA256: RunSettings.programSHA256())
    return Runner(settings, observer: RunDisplay(log.format).observer)
  }

  /// What the run was asked for, with what is asked for now in its place.
  private func recorded(_ attempt: Attempt) -> RunRequest? {
    guard var request = attempt.request else { return nil }
    if let pipeline { request.pipeline = Files.absolute(pipeline) }
    if let extracts { request.extracts = Files.absolute(extracts) }
    if let asked = threads.asked { request.threads = asked }
    return request
  }

  private func given(_ home: Home) throws -> RunRequest {
    guard let pipeline, let date else {
      throw Problems(
        .definition,
        [
          Problem(
            "nothing_to_retry", "nothing was ever started here", at: Place(home.path),
            advice: "Start with guiyi run, or give --pipeline and --date")
        ])
    }
    return RunRequest(
      pipeline: Files.absolute(pipeline), date: date, extracts: extracts.map(Files.absolute),
      threads: threads.count)
  }
}
