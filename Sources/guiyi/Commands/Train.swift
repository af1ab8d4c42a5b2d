import ArgumentParser
import Audit
import Basics
import Definition
import LinkFiles
import Linkage
import Resolve
import Runs
import Standards

struct TrainCommand: ParsableCommand, LogsToConsole {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Learn from a night's party records how the resolve stage is to link them: matching.yaml and model.json.",
    discussion: """
      No run trains: nights use the model that the pipeline's resolve.yaml names, until a person puts another in its \
      place. The model is learnt for --matching, else for the matching that the pipeline has, else for one that is chosen.

      \(ExitStatus.text([.done, .failed, .usage], failed: "the night was not ingested or a file cannot be written"))
      """)

  @OptionGroup var pipeline: PipelineOptions

  @Option(
    help: ArgumentHelp("The night whose party records are learnt from, yyyy-MM-dd.", valueName: "date"),
    transform: businessDate)
  var date: CalendarDate

  @Option(help: ArgumentHelp("The folder to write; what else is in it stays.", valueName: "dir"))
  var out: String

  @Option(help: ArgumentHelp("Learn a model for this matching.yaml.", valueName: "file"))
  var matching: String?

  @OptionGroup var home: HomeOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var log: LogOptions

  func run() throws {
    let definition = try pipeline.load(warningsTo: Console(format: log.format))
    let file = matching ?? definition.resolve.linkage.map { "\(definition.folder)/\($0.matchingFile)" }
    let given = try file.map(read)
    let attempt = try ingested()
    let training = try ModelTraining(
      definition, ingest: attempt.folder(of: .ingest), matching: given, threads: threads.count, madeBy: "guiyi")
    let folder = try OutputFolder(out)
    do {
      // A matching that a person wrote or changed is given back as it is.
      let text = try file.map(Files.text(of:)) ?? chosenText(training)
      try Files.write(text, to: folder.file("matching.yaml"))
      try ModelFile.write(training.model, to: folder.file("model.json"))
      try folder.commit()
    } catch {
      folder.discard()
      throw error
    }
    StandardOutput.write(text(training, attempt))
  }

  /// The valid attempt of the night, or else its newest that was ingested.
  private func ingested() throws -> Attempt {
    let home = home.home
    let candidates = [home.published(on: date)].compactMap { $0 } + home.attempts(of: date).reversed()
    guard let found = candidates.first(where: { $0.hasResult(of: .ingest) }) else {
      throw Problems(
        .definition,
        [
          Problem(
            "no_such_run", "no run of \(date) in this home has a result of ingest", at: Place(home.path),
            advice: "Run it with guiyi run --date \(date) --select ingest")
        ])
    }
    return found
  }

  private func read(_ file: String) throws(Problems) -> Matching {
    let matching = try MatchingReader.read(path: file).matching
    let problems = LinkageDefinition.unknownColumns(of: matching, file: file)
    if !problems.isEmpty { throw Problems(.definition, problems) }
    return matching
  }

  private func chosenText(_ training: ModelTraining) -> String {
    var comments = MatchingComments()
    if let choice = training.choice, choice.pairs.count == training.matching.blocking.count {
      comments.rules = zip(choice.pairs, choice.added).map { ($0, $1) }
    }
    return MatchingText.yaml(training.matching, comments: comments)
  }

  private func text(_ training: ModelTraining, _ attempt: Attempt) -> String {
    """
    learnt from \(training.records) party records of \(attempt.label): \(training.candidatePairs) pairs compared, \
    \(training.links) of them links
    wrote \(out)/matching.yaml and \(out)/model.json; to use them, put both beside resolve.yaml and name them there:
      linkage:
        matching: matching.yaml
        model: model.json

    """
  }
}
