import ArgumentParser
import Basics
import Glibc

@main
struct Guiyi: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guiyi",
    abstract: "One profile per customer from a bank's nightly extracts, and the lists of whom to contact.",
    discussion: ExitStatus.text([.done, .failed, .usage, .tryAgain]),
    subcommands: [
      RunCommand.self, RetryCommand.self, PlanCommand.self, CheckCommand.self, ListCommand.self, RunsCommand.self,
      LinkCommand.self, TrainCommand.self,
      ShowCommand.self, QuarantineCommand.self, InitCommand.self, SchemaCommand.self, GenerateCommand.self,
    ])

  static func main() {
    // SQLite and whatever else makes files: for this user only.
    umask(0o077)
    StandardStreams.fill()
    // A file that would grow beyond the user's limit is a file that cannot be written, and said to be one.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try parseAsRoot()
      do {
        try command.run()
      } catch {
        guard let status = ExitStatus(of: error) else { throw error }
        Console(format: (command as? any LogsToConsole)?.log.format ?? .text).problems(error.problemList)
        Glibc.exit(status.rawValue)
      }
    } catch {
      end(with: error)
    }
  }

  /// Help goes to stdout with 0; wrong usage to stderr with 2, where ArgumentParser would say 64.
  private static func end(with error: any Error) -> Never {
    let code = exitCode(for: error)
    let message = fullMessage(for: error)
    if code.isSuccess {
      if !message.isEmpty { StandardOutput.write(message + "\n") }
      Glibc.exit(0)
    }
    StandardError.write(message + "\n")
    Glibc.exit(code == .validationFailure ? ExitStatus.usage.rawValue : code.rawValue)
  }
}
