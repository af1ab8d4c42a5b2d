import ArgumentParser
import Basics
import Definition
import Sketch

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Begin a pipeline, or the definition of one source.",
    discussion: ExitStatus.text([.done, .failed, .usage], failed: "a file or folder cannot be read or written"),
    subcommands: [InitPipelineCommand.self, InitSourceCommand.self], defaultSubcommand: InitPipelineCommand.self)
}

struct InitPipelineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pipeline",
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

struct InitSourceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "source",
    abstract: "Print a commented definition for files like this one, to be confirmed and put into sources/.",
    discussion: """
      Looks at the file's beginning and end. No value of it is printed but codes and the marks of header and trailer.

      \(ExitStatus.text([.done, .failed, .usage], failed: "the file cannot be read or its layout is not recognised"))
      """)

  @Argument(help: ArgumentHelp("A delivery of the source.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("What the source is called; after the file, if not given.", valueName: "name"))
  var id: String?

  @Option(
    help: ArgumentHelp(
      "What its records are: \(RecordKind.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "kind"))
  var kind: RecordKind?

  @Option(
    name: .customLong("pipeline"),
    help: ArgumentHelp("The pipeline that the source is meant for.", valueName: "dir"))
  var folder: String?

  func validate() throws {
    if let id, id.wholeMatch(of: /[a-z][a-z0-9_]*/) == nil {
      throw ValidationError("--id must be small letters, digits and _, beginning with a letter, not '\(id)'.")
    }
  }

  func run() throws {
    let pipeline = try folder.map { try PipelineDefinition.load(folder: $0) }
    StandardOutput.write(try SourceSketch(of: file, id: id, kind: kind, pipeline: pipeline).definition)
  }
}

extension RecordKind: ExpressibleByArgument {}
