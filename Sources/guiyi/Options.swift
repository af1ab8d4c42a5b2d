import ArgumentParser
import Basics
import Definition
import Glibc
import Runs
import StageKit
import Standards

/// A command that writes messages in the format that was asked for.
protocol LogsToConsole {
  var log: LogOptions { get }
}

struct LogOptions: ParsableArguments {
  @Option(name: .customLong("log-format"), help: "Messages on stderr: text, or json with one object a line.")
  var format: LogFormat = .text
}

extension LogFormat: ExpressibleByArgument {}

struct HomeOptions: ParsableArguments {
  @Option(
    name: .customLong("home"),
    help: ArgumentHelp("Where runs are kept (default: $GUIYI_HOME, or ./guiyi-home).", valueName: "dir"))
  var path: String?

  var home: Home {
    let fromEnvironment = getenv("GUIYI_HOME").map { String(cString: $0) } ?? ""
    return Home(path ?? (fromEnvironment.isEmpty ? "guiyi-home" : fromEnvironment))
  }
}

struct PipelineOptions: ParsableArguments {
  @Option(name: .customLong("pipeline"), help: ArgumentHelp("The pipeline's folder.", valueName: "dir"))
  var folder: String

  func load(warningsTo console: Console) throws -> PipelineDefinition {
    try loadPipeline(folder, warningsTo: console)
  }
}

/// Loads a definition and checks its expressions; warnings go to the console.
/// - Throws: `Problems` of kind `.definition`.
func loadPipeline(_ folder: String, warningsTo console: Console) throws -> PipelineDefinition {
  let pipeline = try PipelineDefinition.load(folder: Files.absolute(folder))
  console.problems(pipeline.warnings)
  let problems = expressionProblems(of: pipeline)
  console.problems(problems.filter { $0.severity == .warning })
  let errors = problems.filter { $0.severity == .error }
  if !errors.isEmpty { throw Problems(.definition, errors) }
  return pipeline
}

/// What `run` and `plan` have in common.
struct NightOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The business date, yyyy-MM-dd.", valueName: "date"), transform: businessDate)
  var date: CalendarDate

  @Option(help: ArgumentHelp("Where the extracts lie (default: as pipeline.yaml says).", valueName: "dir"))
  var extracts: String?

  @Option(
    help: ArgumentHelp(
      "Stages to run: names, with + before for what they need, + behind for what follows: resolve+, +tag.",
      valueName: "stages"))
  var select: [String] = []

  @Option(help: ArgumentHelp("Stages to leave out, written likewise.", valueName: "stages"))
  var exclude: [String] = []

  @Flag(help: "Run the selected stages even where nothing has changed.")
  var fullRefresh = false

  @Option(
    help: ArgumentHelp(
      "Take this source's delivery although a limit of change, repetition or emptiness objects. May be given again.",
      valueName: "source"))
  var accept: [String] = []

  @Option(help: ArgumentHelp("Why --accept is right, in one line; the report shows it.", valueName: "text"))
  var reason: String?

  func validate() throws {
    if accept.isEmpty != (reason == nil) { throw ValidationError("--accept and --reason go together.") }
  }

  func request(pipeline: PipelineDefinition, threads: Int) -> RunRequest {
    var acceptance: Acceptance?
    if let reason {
      let sources = pipeline.sources.map(\.id).filter(accept.contains)
      let unknown = accept.filter { !sources.contains($0) }
      acceptance = Acceptance(sources: sources + unknown, reason: reason)
    }
    return RunRequest(
      pipeline: pipeline.folder, date: date, extracts: extracts.map(Files.absolute), select: select,
      exclude: exclude, fullRefresh: fullRefresh, threads: threads, acceptance: acceptance)
  }
}

struct ThreadOptions: ParsableArguments {
  @Option(name: .customLong("threads"), help: "How many threads to use (default: the number of cores).")
  var asked: Int?

  func validate() throws {
    if let asked, !(1...256).contains(asked) { throw ValidationError("--threads must be 1 to 256.") }
  }

  var count: Int { asked ?? max(1, min(256, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

@Sendable func businessDate(_ text: String) throws -> CalendarDate {
  guard let date = CalendarDate(text) else { throw ValidationError("'\(text)' is not a day of the form yyyy-MM-dd.") }
  return date
}
