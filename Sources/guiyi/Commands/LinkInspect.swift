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

  @Option(help: "text, json, or svg: a waterfall from the prior over every field to the sum.")
  var format = Format.text

  @OptionGroup var values: LinkValueOptions
  @OptionGroup var records: LinkRecordOptions
  @OptionGroup var matching: LinkMatchingOptions

  var log: LogOptions { records.log }

  func run() throws {
    let run = try LinkRun(records.request(matching))
    let a = try RecordReference.find(first, in: run.input)
    let b = try RecordReference.find(second, in: run.input)
    let outcome = try LinkOutcome(run)
    let explanation = run.linker.explain(min(a, b), max(a, b), outcome.result.model)
    let names = [min(a, b), max(a, b)].map { ExplanationText.name(of: $0, in: run.input.records) }
    switch format {
    case .text:
      StandardOutput.write(
        ExplanationText.text(explanation, first: names[0], second: names[1], showsValues: values.showValues))
    case .json:
      StandardOutput.write(
        ExplanationJSON.text(explanation, first: names[0], second: names[1], showsValues: values.showValues))
    case .svg: StandardOutput.write(WaterfallChart.svg(explanation))
    }
  }
}

struct LinkProfileCommand: ParsableCommand, LogsToConsole {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: "Say what each column holds and what it was taken for.",
    discussion: ExitStatus.text([.done, .failed, .usage], failed: "a file cannot be read"))

  @OptionGroup var format: LinkFormatOptions
  @OptionGroup var values: LinkValueOptions
  @OptionGroup var records: LinkRecordOptions

  var log: LogOptions { records.log }

  func run() throws {
    let request = records.request()
    let read = try RecordFiles.read(
      paths: request.paths, id: request.id, source: request.source, ignore: request.ignore, threads: request.threads)
    let table = ColumnRecogniser.recognise(table: read.records)
    StandardOutput.write(
      format.json
        ? ProfileText.json(read.records, table, showsValues: values.showValues)
        : ProfileText.text(read.records, table, showsValues: values.showValues))
  }
}

struct LinkBlockingCommand: ParsableCommand, LogsToConsole {
  static let configuration = CommandConfiguration(
    commandName: "blocking",
    abstract: "Say which pairs are compared: by rule, what it adds, what it costs, and what may be missed.",
    discussion: ExitStatus.text([.done, .failed, .usage], failed: "a file cannot be read"))

  @OptionGroup var format: LinkFormatOptions
  @OptionGroup var records: LinkRecordOptions
  @OptionGroup var matching: LinkMatchingOptions

  var log: LogOptions { records.log }

  func run() throws {
    let figures = try LinkOutcome(LinkRun(records.request(matching))).blocking
    StandardOutput.write(format.json ? BlockingText.json(figures) : BlockingText.text(figures))
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

  @Option(help: ArgumentHelp("The column with the true entity, or a file that says it.", valueName: "column|file"))
  var truth: String

  @Option(help: ArgumentHelp("Also write the precision-recall curve.", valueName: "file.svg"))
  var chart: String?

  @OptionGroup var records: LinkRecordOptions
  @OptionGroup var matching: LinkMatchingOptions

  var log: LogOptions { records.log }

  func run() throws {
    let isFile = Files.exists(truth) && !Files.isFolder(truth)
    let run = try LinkRun(records.request(matching, truth: isFile ? nil : truth))
    let known = try isFile ? Truth(file: truth, of: run.input) : run.input.truth.map(Truth.init)
    guard let known else { return }
    let evaluation = try LinkOutcome(run).evaluation(known)
    StandardOutput.write(evaluation.text)
    if let chart {
      try Files.write(PrecisionRecallChart.svg(evaluation, name: records.files.joined(separator: ", ")), to: chart)
    }
  }
}
