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
      LinkEvaluateCommand.self, LinkLabelCommand.self,
    ], defaultSubcommand: LinkFilesCommand.self)
}

/// What every command on records has in common.
struct LinkRecordOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("Files with a line of column names; one or several.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("The column that names a record; never evidence.", valueName: "column"))
  var id: String?

  @Option(help: ArgumentHelp("The column that says where a record comes from.", valueName: "column"))
  var source: String?

  @Option(
    help: ArgumentHelp("Columns that are no evidence, separated by commas.", valueName: "columns"),
    transform: { $0.split(separator: ",").map(String.init) })
  var ignore: [String] = []

  @OptionGroup var threads: ThreadOptions
  @OptionGroup var log: LogOptions

  func request(_ matching: LinkMatchingOptions? = nil, truth: String? = nil) -> LinkRequest {
    var request = LinkRequest(paths: files)
    request.id = id
    request.truth = truth
    request.source = source
    request.ignore = ignore
    request.threads = threads.count
    request.config = matching?.config
    request.model = matching?.model
    request.labels = matching?.labels
    return request
  }
}

/// How to match, instead of what the engine finds out.
struct LinkMatchingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Match as this matching.yaml says.", valueName: "file"))
  var config: String?

  @Option(help: ArgumentHelp("Score by this model.json, and do not train.", valueName: "file"))
  var model: String?

  @Option(help: ArgumentHelp("Follow the answers of this file, and learn from them.", valueName: "file"))
  var labels: String?
}

/// For commands that show values.
struct LinkValueOptions: ParsableArguments {
  @Flag(help: "Write personal data as it is.")
  var showValues = false
}

/// For commands that write for people or for programs.
struct LinkFormatOptions: ParsableArguments {
  @Flag(help: "Write JSON.")
  var json = false
}

struct LinkFilesCommand: ParsableCommand, LogsToConsole {
  static let configuration = CommandConfiguration(
    commandName: "files",
    abstract: "Link records: write clusters.csv, pairs.csv, matching.yaml and model.json.",
    discussion: """
      With --against the files are new records that are linked to existing ones, whose clusters stay as they are; \
      bridges.csv tells where a new record fits two of them. With --model nothing is trained, and drift.json tells how \
      far these records are from those that the model was learnt from.

      \(ExitStatus.text([.done, .failed, .usage], failed: "a file cannot be read or written"))
      """)

  @Option(help: ArgumentHelp("The folder to write; what else is in it stays.", valueName: "dir"))
  var out: String

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Files of existing records, to which those of the other files are linked.", valueName: "file"))
  var against: [String] = []

  @Option(
    help: ArgumentHelp("The clusters.csv of the existing records (default: each is one).", valueName: "file"))
  var clusters: String?

  @Option(
    help: ArgumentHelp("The column with the true entity, to measure against; never evidence.", valueName: "column"))
  var truth: String?

  @Option(
    name: .customLong("min-weight"),
    help: ArgumentHelp("Write pairs from this weight on, in bits (default: the engine's threshold).", valueName: "bits")
  )
  var minWeight: Float?

  @OptionGroup var records: LinkRecordOptions
  @OptionGroup var matching: LinkMatchingOptions

  var log: LogOptions { records.log }

  func validate() throws {
    if clusters != nil, against.isEmpty { throw ValidationError("--clusters goes with --against.") }
    if truth != nil, !against.isEmpty {
      throw ValidationError("--truth does not go with --against: measure all records with guiyi link evaluate.")
    }
  }

  func run() throws {
    var request = records.request(matching, truth: truth)
    request.existing = against
    request.clusters = clusters
    let run = try LinkRun(request)
    Console(format: log.format).problems(run.input.notes)
    let outcome = try LinkOutcome(run)
    try outcome.write(to: out, pairsFrom: minWeight, madeBy: "guiyi")
    StandardOutput.write(LinkSummary(outcome).text)
    if let column = run.input.truth { StandardOutput.write("\n" + outcome.evaluation(Truth(column)).text) }
  }
}
