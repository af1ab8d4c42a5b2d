import ArgumentParser
import Basics
import Definition

struct ListCommand: ParsableCommand, LogsToConsole {
  static let configuration = CommandConfiguration(
    commandName: "ls",
    abstract: "List a pipeline's stages, their definition files, and its sources.",
    discussion: ExitStatus.text([.done, .usage]))

  @OptionGroup var pipeline: PipelineOptions
  @OptionGroup var log: LogOptions

  func run() throws {
    let definition = try pipeline.load(warningsTo: Console(format: log.format))
    var rows = [["stage", "definition"]]
    for stage in StageName.allCases {
      let files = definition.files.filter { $0.stages.contains(stage) }.map(\.path)
      for (index, file) in files.enumerated() { rows.append([index == 0 ? stage.rawValue : "", file]) }
      if files.isEmpty { rows.append([stage.rawValue, ""]) }
    }
    StandardOutput.write(aligned(rows) + "\n")
    let sources = definition.sources.map {
      [$0.id, $0.system, $0.kind.rawValue, $0.encoding.rawValue, $0.arrival.onMissing.rawValue, $0.file.text]
    }
    StandardOutput.write(aligned([["source", "system", "kind", "encoding", "missing", "file"]] + sources))
  }
}
