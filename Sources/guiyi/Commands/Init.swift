import ArgumentParser
import Basics
import Definition

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a small commented pipeline, with one night's delivery to try it on.",
    discussion: ExitStatus.text([.done, .failed, .usage], failed: "the folder cannot be written"))

  @Argument(help: ArgumentHelp("A folder that is empty or not there yet.", valueName: "dir"))
  var folder: String

  func run() throws {
    do {
      try Starter.write(to: folder)
    } catch {
      throw usage(error, "folder_not_empty")
    }
    StandardOutput.write(
      """
      wrote a pipeline to \(folder); try:
        guiyi check --pipeline \(folder)
        guiyi run --pipeline \(folder) --date \(Starter.sampleDate)

      """)
  }
}
