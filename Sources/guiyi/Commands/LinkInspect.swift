import ArgumentParser
import Basics
import LinkFiles
import Linkage

struct LinkExplainCommand: ParsableCommand, LogsToConsole {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say why two records are, or are not, the same: levels, weights, frequencies and their sum.",
    discussion: """
      A record is named by its id (with --id) or by its row, as 12 or people.csv:12.

      \(ExitStatus.text([.done, .failed, .usage], failed: "a file cannot be read or written"))
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, svg }

  @Argument(help: ArgumentHelp("The one record.", valueName: "a"))
  var first: String

  @Argument(help: ArgumentHelp("The other record.", valueName: "b"))
  var second: String

  @Argument(help: ArgumentHelp("The files they are in.", valueName: "file"))
  var files: [String]

  @Option(help: "text, json, or svg: a waterfall from the prior over every field to the sum.")
  var format = Format.text

  @Flag(help: "Write personal data as it is.")
  var showValues = false

  @OptionGroup var input: LinkInputOptions
  @OptionGroup var matching: LinkMatchingOptions
  @OptionGroup var log: LogOptions

  func run() throws {
    let run = try LinkRun(input.request(files, matching))
    let a = try RecordReference.find(first, in: run.input)
    let b = try RecordReference.find(second, in: run.input)
    let outcome = try LinkOutcome(run)
    let explanation = run.linker.explain(min(a, b), max(a, b), outcome.result.model)
    let names = [min(a, b), max(a, b)].map { ExplanationText.name(of: $0, in: run.input.records) }
    switch format {
    case .text:
      StandardOutput.write(
        ExplanationText.text(explanation, first: names[0], second: names[1], showsValues: showValues))
    case .json:
      StandardOutput.write(
        ExplanationJSON.text(explanation, first: names[0], second: names[1], showsValues: showValues))
    case .svg: StandardOutput.write(WaterfallChart.svg(explanation))
    }
  }
}

struct LinkProfileCommand: ParsableCommand, LogsToConsole {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: "Say what each column holds and what it was taken for.",
    discussion: ExitStatus.text([.done, .failed, .usage], failed: "a file cannot be read"))

  @Argument(help: ArgumentHelp("Files with a line of column names.", valueName: "file"))
  var files: [String]

  @Flag(help: "Write JSON.")
  var json = false

  @Flag(help: "Write personal data as it is.")
  var showValues = false

  @OptionGroup var input: LinkInputOptions
  @OptionGroup var log: LogOptions

  func run() throws {
    let request = input.request(files)
    let read = try RecordFiles.read(
      paths: files, id: request.id, source: request.source, ignore: request.ignore, threads: request.threads)
    let table = ColumnRecogniser.recognise(table: read.records)
    StandardOutput.write(
      json
        ? ProfileText.json(read.records, table, showsValues: showValues)
        : ProfileText.text(read.records, table, showsValues: showValues))
  }
}

struct LinkBlockingCommand: ParsableCommand, LogsToConsole {
  static let configuration = CommandConfiguration(
    commandName: "blocking",
    abstract: "Say which pairs are compared: by rule, what it adds, what it costs, and what may be missed.",
    discussion: ExitStatus.text([.done, .failed, .usage], failed: "a file cannot be read"))

  @Argument(help: ArgumentHelp("Files with a line of column names.", valueName: "file"))
  var files: [String]

  @Flag(help: "Write JSON.")
  var json = false

  @OptionGroup var input: LinkInputOptions
  @OptionGroup var matching: LinkMatchingOptions
  @OptionGroup var log: LogOptions

  func run() throws {
    let run = try LinkRun(input.request(files, matching))
    let figures = try LinkOutcome(run).blocking
    StandardOutput.write(json ? BlockingText.json(figures) : BlockingText.text(figures))
  }
}

struct LinkEvaluateCommand: ParsableCommand, LogsToConsole {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a linkage against the truth: pairs, clusters, thresholds and errors by kind.",
    discussion: """
      --truth names a column, or a CSV file with id,cluster or id_a,id_b.

      \(ExitStatus.text([.done, .failed, .usage], failed: "a file cannot be read or written"))
      """)

  @Argument(help: ArgumentHelp("Files with a line of column names.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("The column with the true entity, or a file that says it.", valueName: "column|file"))
  var truth: String

  @Option(help: ArgumentHelp("Also write the precision-recall curve.", valueName: "file.svg"))
  var chart: String?

  @OptionGroup var input: LinkInputOptions
  @OptionGroup var matching: LinkMatchingOptions
  @OptionGroup var log: LogOptions

  func run() throws {
    let isFile = Files.exists(truth) && !Files.isFolder(truth)
    let run = try LinkRun(input.request(files, truth: isFile ? nil : truth, matching))
    let known = try isFile ? Truth(file: truth, of: run.input) : run.input.truth.map(Truth.init)
    guard let known else { return }
    let evaluation = try LinkOutcome(run).evaluation(known)
    StandardOutput.write(evaluation.text)
    if let chart {
      try Files.write(PrecisionRecallChart.svg(evaluation, name: files.joined(separator: ", ")), to: chart)
    }
  }
}
