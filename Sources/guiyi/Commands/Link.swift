import ArgumentParser
import Basics
import LinkFiles
import Linkage

struct LinkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract: "Find out which records of any CSV files are the same person or thing.",
    discussion: """
      guiyi link people.csv --out linked looks at the columns, chooses how to compare, and writes who is who. Nothing has \
      to be set; what was chosen stands in linked/matching.yaml, to be read, edited and given back with --config.

      \(ExitStatus.text([.done, .failed, .usage], failed: "a file cannot be read or written"))
      """,
    subcommands: [
      LinkFilesCommand.self, LinkExplainCommand.self, LinkProfileCommand.self, LinkBlockingCommand.self,
      LinkEvaluateCommand.self,
    ], defaultSubcommand: LinkFilesCommand.self)
}

/// What every command on records has in common.
struct LinkInputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The column that names a record; never evidence.", valueName: "column"))
  var id: String?

  @Option(help: ArgumentHelp("The column that says where a record comes from.", valueName: "column"))
  var source: String?

  @Option(
    help: ArgumentHelp("Columns that are no evidence, separated by commas.", valueName: "columns"),
    transform: { $0.split(separator: ",").map(String.init) })
  var ignore: [String] = []

  @OptionGroup var threads: ThreadOptions

  func request(_ files: [String], truth: String? = nil, _ matching: LinkMatchingOptions? = nil) -> LinkRequest {
    var request = LinkRequest(paths: files)
    request.id = id
    request.truth = truth
    request.source = source
    request.ignore = ignore
    request.threads = threads.count
    request.config = matching?.config
    request.model = matching?.model
    return request
  }
}

/// How to match, instead of what the engine finds out.
struct LinkMatchingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Match as this matching.yaml says.", valueName: "file"))
  var config: String?

  @Option(help: ArgumentHelp("Score by this model.json, and do not train.", valueName: "file"))
  var model: String?
}

struct LinkFilesCommand: ParsableCommand, LogsToConsole {
  static let configuration = CommandConfiguration(
    commandName: "files",
    abstract: "Link records: write clusters.csv, pairs.csv, matching.yaml and model.json.",
    discussion: ExitStatus.text([.done, .failed, .usage], failed: "a file cannot be read or written"))

  @Argument(help: ArgumentHelp("Files with a line of column names; one or several.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("The folder to write; what else is in it stays.", valueName: "dir"))
  var out: String

  @Option(
    help: ArgumentHelp("The column with the true entity, to measure against; never evidence.", valueName: "column"))
  var truth: String?

  @Option(
    name: .customLong("min-weight"),
    help: ArgumentHelp("Write pairs from this weight on, in bits (default: the engine's threshold).", valueName: "bits")
  )
  var minWeight: Float?

  @OptionGroup var input: LinkInputOptions
  @OptionGroup var matching: LinkMatchingOptions
  @OptionGroup var log: LogOptions

  func run() throws {
    let run = try LinkRun(input.request(files, truth: truth, matching))
    Console(format: log.format).problems(run.input.notes)
    let outcome = try LinkOutcome(run)
    try outcome.write(to: out, pairsFrom: minWeight, madeBy: "guiyi")
    StandardOutput.write(LinkSummary(run, outcome.candidates, outcome.result).text)
    if let column = run.input.truth { StandardOutput.write("\n" + outcome.evaluation(Truth(column)).text) }
  }
}
