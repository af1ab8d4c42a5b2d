import ArgumentParser
import Basics
import LinkFiles
import Linkage

struct LinkLabelCommand: ParsableCommand, LogsToConsole {
  static let configuration = CommandConfiguration(
    commandName: "label",
    abstract: "Ask which pairs are one, those first whose answers teach most, and keep the answers in a file.",
    discussion: """
      Each answer is in the file as soon as it is given; pairs that have one are not asked again. guiyi link FILE… \
      --labels labels.csv learns from them. With --list nobody is asked: the questions go to the file, to be answered \
      in a spreadsheet, in the column answer.

      \(ExitStatus.text([.done, .failed, .usage], failed: "a file cannot be read or written, or holds bad answers"))
      """)

  @Option(help: "How many pairs to ask about.")
  var count = 20

  @Flag(help: "Write the questions to the file and ask nothing.")
  var list = false

  @OptionGroup var values: LinkValueOptions
  @OptionGroup var records: LinkRecordOptions
  @OptionGroup var matching: LinkMatchingOptions

  var log: LogOptions { records.log }

  func validate() throws {
    if matching.labels == nil { throw ValidationError("Name the file for the answers with --labels.") }
    if !(1...10_000).contains(count) { throw ValidationError("--count must be 1 to 10000.") }
  }

  func run() throws {
    guard let path = matching.labels else { return }
    var request = records.request(matching)
    if !Files.exists(path) { request.labels = nil }
    let run = try LinkRun(request)
    let questions = LabelQuestions(try LinkOutcome(run), run.labels ?? LabelFile(), count: count)
    if list { return try write(questions, to: path) }
    var (yes, no) = (0, 0)
    asking: for (number, pair) in questions.pairs.enumerated() {
      StandardOutput.write(questions.text(number, showsValues: values.showValues))
      let answer = ask()
      var line = LabelFile.Line(pair.left, pair.right)
      switch answer {
      case .yes: (line.isMatch, yes) = (true, yes + 1)
      case .no: (line.isMatch, no) = (false, no + 1)
      case .open: break
      case .quit: break asking
      }
      try LabelFile.add([line], to: path, of: run.input)
      StandardOutput.write("\n")
    }
    if questions.pairs.isEmpty { StandardOutput.write("There is nothing to ask: no pair is left.\n") }
    StandardOutput.write("\(yes) yes and \(no) no are in \(path).\n")
  }

  private func write(_ questions: LabelQuestions, to path: String) throws {
    for number in questions.pairs.indices {
      StandardOutput.write(questions.text(number, showsValues: values.showValues) + "\n")
    }
    try LabelFile.add(
      questions.pairs.map { LabelFile.Line($0.left, $0.right) }, to: path, of: questions.outcome.run.input)
    StandardOutput.write(
      "\(questions.pairs.count) questions are in \(path): write yes or no in the column answer.\n")
  }

  /// Reads lines until one is an answer; the end of the input ends the asking.
  private func ask() -> LabelAnswer {
    while true {
      StandardOutput.write("Are both one? y yes, n no, ? leave open, q quit: ")
      guard let line = readLine() else {
        StandardOutput.write("\n")
        return .quit
      }
      if let answer = LabelAnswer(line) { return answer }
    }
  }
}
