import ArgumentParser
import Audit
import Basics
import Definition
import Runs
import Standards

struct QuarantineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quarantine",
    abstract: "Count, read, correct and feed back the records that broke their contract.",
    subcommands: [List.self, Show.self, Export.self, Replay.self])
}

/// Which attempt's quarantine.
struct QuarantineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The newest run of this night (default: the newest run).", valueName: "date"),
    transform: businessDate)
  var date: CalendarDate?

  @OptionGroup var home: HomeOptions

  /// The newest attempt whose ingest stage read the extracts, also where it then failed.
  func open() throws -> (attempt: Attempt, view: QuarantineView) {
    let home = home.home
    for attempt in home.attemptsNewestFirst() where date == nil || attempt.date == date {
      guard let folder = attempt.quarantineFolder else { continue }
      StandardError.write("\(attempt.label) (\(attempt.state.rawValue))\n")
      return (attempt, try QuarantineView(ingestFolder: folder))
    }
    throw Problems(
      .definition,
      [
        Problem(
          "no_such_run", "no run in this home has read extracts\(date.map { " of \($0)" } ?? "")", at: Place(home.path),
          advice: "See guiyi runs")
      ])
  }
}

extension QuarantineCommand {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ls",
      abstract: "Count quarantined records by source, reason and field.",
      discussion: ExitStatus.text([.done, .failed, .usage], failed: "the table is damaged"))

    @OptionGroup var options: QuarantineOptions

    func run() throws {
      let groups = try options.open().view.groups
      if groups.isEmpty { return StandardOutput.write("nothing is in quarantine\n") }
      let rows = groups.map {
        [$0.source, $0.code, $0.field, String($0.records), "\($0.file):\($0.firstLine)"]
      }
      StandardOutput.write(aligned([["source", "reason", "field", "records", "first"]] + rows))
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Read quarantined records: where, why, what would mend them.",
      discussion: """
        Values are shown by their shape (9 a digit, x a letter, 字 a character) unless --show-values is given.

        \(ExitStatus.text([.done, .failed, .usage], failed: "the table is damaged"))
        """)

    @Argument(
      help: ArgumentHelp("A source, or a source and a line of its file: core_accounts:118.", valueName: "source"))
    var source: String?

    @Option(help: ArgumentHelp("Only records with this reason.", valueName: "reason"))
    var code: String?

    @Option(help: ArgumentHelp("At most so many records.", valueName: "records"))
    var limit = 20

    @Flag(help: "Write personal data as it is.")
    var showValues = false

    @OptionGroup var options: QuarantineOptions

    func validate() throws {
      if limit < 1 { throw ValidationError("--limit must be at least 1.") }
      if let source, source.contains(":"), filter.line == nil {
        throw ValidationError("'\(source)' is not source:line.")
      }
    }

    private var filter: QuarantineView.Filter {
      let parts = (source ?? "").split(separator: ":", maxSplits: 1).map(String.init)
      return QuarantineView.Filter(source: parts.first, code: code, line: parts.count > 1 ? Int(parts[1]) : nil)
    }

    func run() throws {
      let view = try options.open().view
      let all = view.show(filter, limit: limit, showValues: showValues, to: StandardOutput.write)
      if all == 0 { StandardError.write("no quarantined record fits\n") }
      if all > limit { StandardError.write("\(all - limit) more; give --limit \(all)\n") }
    }
  }

  struct Export: ParsableCommand, LogsToConsole {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Write the quarantined records of one source as a sheet to be corrected.",
      discussion: """
        The sheet is CSV with a column for each field of the source; it holds personal data and is written for you \
        alone. Correct the fields, write yes in the column _replay, and give it to guiyi quarantine replay.

        \(ExitStatus.text([.done, .failed, .usage]))
        """)

    @Argument(help: ArgumentHelp("The source.", valueName: "source"))
    var source: String

    @Option(help: ArgumentHelp("The sheet to write.", valueName: "file"))
    var out: String

    @Option(help: ArgumentHelp("Only records with this reason.", valueName: "reason"))
    var code: String?

    @OptionGroup var pipeline: PipelineOptions
    @OptionGroup var options: QuarantineOptions
    @OptionGroup var log: LogOptions

    func run() throws {
      let definition = try pipeline.load(warningsTo: Console(format: log.format)).known(source)
      let (attempt, view) = try options.open()
      let count = try view.writeSheet(
        of: source, fields: definition.fieldNames, businessDate: attempt.date.description, code: code, to: out)
      StandardOutput.write("\(out): \(count) records of \(source)\n")
    }
  }

  struct Replay: ParsableCommand, LogsToConsole {
    static let configuration = CommandConfiguration(
      commandName: "replay",
      abstract: "Feed corrected records back: the next run of a night takes them.",
      discussion: """
        Checks the sheet against the quarantine that it came from, and places it in the extracts folder as \
        corrections/<date>/<source>.csv. A run of that night takes its records beside those of the extract; \
        ingest/replayed says what came of each.

        \(ExitStatus.text([.done, .failed, .usage]))
        """)

    @Argument(help: ArgumentHelp("A sheet of guiyi quarantine export, corrected.", valueName: "file"))
    var sheet: String

    @Option(help: ArgumentHelp("The night that shall take them.", valueName: "date"), transform: businessDate)
    var into: CalendarDate

    @Option(help: ArgumentHelp("Who corrected them.", valueName: "name"))
    var by: String

    @Option(help: ArgumentHelp("Why they are right now.", valueName: "text"))
    var reason: String

    @Option(help: ArgumentHelp("Where the extracts lie (default: as pipeline.yaml says).", valueName: "dir"))
    var extracts: String?

    @Flag(help: "Put the sheet in the place of one that was given before for the same night and source.")
    var replace = false

    @OptionGroup var pipeline: PipelineOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var log: LogOptions

    func run() throws {
      let definition = try pipeline.load(warningsTo: Console(format: log.format))
      let replay = QuarantineReplay(
        home: home.home, pipeline: definition, extractsFolder: extracts.map(Files.absolute) ?? definition.extracts,
        businessDate: into, by: by, reason: reason, replaces: replace)
      let placed = try replay.place(sheet)
      StandardOutput.write(
        "\(placed.path): \(placed.records) records of \(placed.source)\nnow run the night: guiyi run --date \(into)\n")
    }
  }
}

extension PipelineDefinition {
  fileprivate func known(_ id: String) throws -> SourceDefinition {
    if let source = source(id) { return source }
    throw Problems(
      .definition,
      [
        Problem(
          "unknown_source", "the pipeline has no such source", found: "\"\(id)\"",
          advice: nearest(id, among: sources.map(\.id)).map { "Perhaps \"\($0)\" is meant" })
      ])
  }
}
