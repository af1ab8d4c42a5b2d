import ArgumentParser
import Basics
import Generate
import Standards

struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Write a bank's extracts, or a file of people for record linkage, at any size, with the truth.",
    discussion: """
      Without the name of a subcommand: a bank. The same options give the same bytes.

      \(ExitStatus.text([.done, .failed, .usage], failed: "the folder or file cannot be written"))
      """,
    subcommands: [GenerateBankCommand.self, GeneratePeopleCommand.self],
    defaultSubcommand: GenerateBankCommand.self)
}

struct GenerateBankCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bank",
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

extension PeopleStyle: ExpressibleByArgument {}

struct GeneratePeopleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "people",
    abstract: "Write a CSV file of people, some of them several times and with errors, with the truth in a column.",
    discussion: """
      The same options give the same bytes. People live in families that share surname, address and telephone; the \
      column cluster says which person a record is.

      \(ExitStatus.text([.done, .failed, .usage], failed: "the file cannot be written"))
      """)

  @Option(help: "Rows of the file.")
  var records: Int

  @Option(help: "Share of the rows that are another row's person again, 0 to 0.6.")
  var duplicates = 0.3

  @Option(help: "Another seed gives other people.")
  var seed: UInt64 = 1

  @Option(help: "Names and addresses: english or chinese.")
  var style = PeopleStyle.english

  @Option(help: ArgumentHelp("Written anew if there is one.", valueName: "file"))
  var out: String

  @OptionGroup var threads: ThreadOptions

  func run() throws {
    var options = PeopleOptions(records: records, path: out)
    options.duplicates = duplicates
    options.seed = seed
    options.style = style
    options.threads = min(64, threads.count)
    do {
      StandardOutput.write(try generatePeople(options).description)
    } catch {
      throw usage(error, "bad_option")
    }
  }
}
