import ArgumentParser
import Basics
import Generate
import Standards

struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Write a bank's extracts at any size, with the truth beside them.",
    discussion: """
      The same options give the same bytes. <out>/<yyyyMMdd>/ holds the extracts of a night, truth.csv says which \
      person each record is, expected_totals.json the rows and sums of each file.

      \(ExitStatus.text([.done, .failed, .usage], failed: "the folder cannot be written"))
      """)

  @Option(help: "Persons and companies on the first night.")
  var customers: Int

  @Option(help: "Another seed gives another bank.")
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("The first business date, yyyy-MM-dd.", valueName: "date"), transform: businessDate)
  var date: CalendarDate

  @Option(help: "Consecutive nights.")
  var nights = 1

  @Option(help: ArgumentHelp("Made if it is missing.", valueName: "dir"))
  var out: String

  @OptionGroup var threads: ThreadOptions

  func run() throws {
    do {
      StandardOutput.write(try generate(options).description)
    } catch {
      throw usage(error, "bad_option", "output_exists")
    }
  }

  private var options: GeneratorOptions {
    var options = GeneratorOptions(
      customers: customers, seed: seed, firstDate: date, nights: nights, folder: out)
    options.threads = min(64, threads.count)
    return options
  }
}
