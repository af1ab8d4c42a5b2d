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
    subcommands: [LinkFilesCommand.self], defaultSubcommand: LinkFilesCommand.self)
}

/// What every command on records has in common.
struct LinkInputOptions: ParsableArguments {
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

  func validate() throws {
    if files.isEmpty { throw ValidationError("Name at least one file.") }
  }

  func request(truth: String? = nil) -> LinkRequest {
    var request = LinkRequest(paths: files)
    request.id = id
    request.truth = truth
    request.source = source
    request.ignore = ignore
    request.threads = threads.count
    return request
  }
}

struct LinkFilesCommand: ParsableCommand, LogsToConsole {
  static let configuration = CommandConfiguration(
    commandName: "files",
    abstract: "Link records: write clusters.csv, pairs.csv, matching.yaml and model.json.",
    discussion: ExitStatus.text([.done, .failed, .usage], failed: "a file cannot be read or written"))

  @OptionGroup var input: LinkInputOptions

  @Option(help: ArgumentHelp("The folder to write; what else is in it stays.", valueName: "dir"))
  var out: String

  @Option(help: ArgumentHelp("The column with the true entity, to measure against; never evidence.", valueName: "column"))
  var truth: String?

  @Option(
    name: .customLong("min-weight"),
    help: ArgumentHelp("Write pairs from this weight on, in bits (default: the engine's threshold).", valueName: "bits"))
  var minWeight: Float?

  @OptionGroup var log: LogOptions

  func run() throws {
    let console = Console(format: log.format)
    let run = try LinkRun(input.request(truth: truth))
    console.problems(run.input.notes)
    let candidates = run.linker.candidates()
    let trained = run.linker.train(candidates)
    let result = run.linker.link(candidates, trained.model, sources: run.sources)
    let folder = try OutputFolder(out)
    do {
      try LinkOutputs.writeClusters(result.clusters.numbers, of: run.input, to: folder.file("clusters.csv"))
      try LinkOutputs.writePairs(
        result.linkedPairs(from: minWeight ?? result.pairThreshold), of: run.input, to: folder.file("pairs.csv"))
      try folder.commit()
    } catch {
      folder.discard()
      throw error
    }
    StandardOutput.write(LinkSummary(run, candidates, result).text)
    if let column = run.input.truth {
      let evaluation = Evaluation(
        run.input.records, truth: Truth(column), clusters: result.clusters.numbers,
        pairs: result.linkedPairs(from: -.infinity), threshold: result.pairThreshold)
      StandardOutput.write("\n" + evaluation.text)
    }
  }
}
