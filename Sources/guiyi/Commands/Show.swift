import ArgumentParser
import Audit
import Basics
import Definition
import Runs
import Standards

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Write any table of a stage as CSV, or list a stage's tables.",
    discussion: """
      Shows the newest run that has the stage; stderr says which. Names, numbers, addresses and birth dates are \
      masked unless --show-values is given. Party records are written as source:key.

      \(ExitStatus.text([.done, .failed, .usage], failed: "a table is damaged"))
      """)

  @Argument(help: ArgumentHelp("A stage, or a stage and a table: ingest/party, tag/tags.", valueName: "stage[/table]"))
  var what: String

  @Option(
    help: ArgumentHelp("The run of this night (default: the newest run).", valueName: "date"), transform: businessDate)
  var date: CalendarDate?

  @Option(help: ArgumentHelp("This attempt at the night.", valueName: "number"))
  var attempt: Int?

  @Flag(help: "The published run, and not a newer one.")
  var published = false

  @Option(help: ArgumentHelp("At most so many rows.", valueName: "rows"))
  var limit: Int?

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Only rows with this value; nothing behind = means empty. May be given again.", valueName: "column=value"))
  var conditions: [String] = []

  @Flag(help: "Write personal data as it is.")
  var showValues = false

  @OptionGroup var home: HomeOptions

  func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit must not be negative.") }
    if attempt != nil, date == nil { throw ValidationError("--attempt needs --date.") }
    for condition in conditions where !condition.contains("=") {
      throw ValidationError("--where must be column=value, not '\(condition)'.")
    }
  }

  func run() throws {
    let parts = what.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let stage = StageName(rawValue: parts[0]) else {
      throw Problems(.definition, [.unknownStage(parts[0], option: "show")])
    }
    let attempt = try chosen(stage)
    let record = try StageRecord(readingFrom: attempt.folder(of: stage))
    StandardError.write("\(attempt.label) (\(attempt.state.rawValue))\n")
    guard parts.count == 2, !parts[1].isEmpty else {
      let rows = TableDump.tables(of: record).map { ["\(stage.rawValue)/\($0.name)", String($0.rows)] }
      StandardOutput.write(aligned([["table", "rows"]] + rows))
      return
    }
    do {
      let table = try TableDump(parts[1], in: attempt.folder(of: stage), record: record)
      let rows = try table.write(
        where: parsedConditions, limit: limit, showValues: showValues, to: StandardOutput.write)
      if rows == 0, !conditions.isEmpty { StandardError.write("no row has \(conditions.joined(separator: " and "))\n") }
    } catch {
      throw usage(error, "unknown_table", "unknown_column")
    }
  }

  private var parsedConditions: [TableDump.Condition] {
    conditions.map { text in
      let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return TableDump.Condition(column: sides[0], value: sides[1])
    }
  }

  private func chosen(_ stage: StageName) throws -> Attempt {
    let home = home.home
    let candidates: [Attempt]
    if published {
      candidates = [date.map(home.published(on:)) ?? home.published()].compactMap { $0 }
    } else if let date {
      candidates = home.attempts(of: date).filter { attempt == nil || $0.number == attempt }.reversed()
    } else {
      candidates = home.attemptsNewestFirst()
    }
    guard let found = candidates.first(where: { $0.hasResult(of: stage) }) else {
      throw Problems(
        .definition,
        [
          Problem(
            "no_such_run", "no run in this home has a result of \(stage.rawValue) that fits", at: Place(home.path),
            advice: "See guiyi runs")
        ])
    }
    return found
  }
}
