import ArgumentParser
import Basics

struct CheckCommand: ParsableCommand, LogsToConsole {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a pipeline's definition and contracts without running anything.",
    discussion: ExitStatus.text([.done, .usage]))

  @OptionGroup var pipeline: PipelineOptions
  @OptionGroup var log: LogOptions

  func run() throws {
    let definition = try pipeline.load(warningsTo: Console(format: log.format))
    let counts = [
      "\(definition.sources.count) sources", "\(definition.products.count) products",
      "\(definition.tag.measures.count) measures", "\(definition.tag.tags.count) tags",
      "\(definition.broadcast.campaigns.count) campaigns",
    ]
    StandardOutput.write("\(definition.name): \(counts.joined(separator: ", ")): no problem\n")
  }
}
