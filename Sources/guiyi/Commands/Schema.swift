import ArgumentParser
import Basics
import Definition

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Write the JSON Schema of the YAML files, by which editors complete and check them.",
    discussion: ExitStatus.text([.done, .failed, .usage], failed: "the folder cannot be written"))

  @Argument(
    help: ArgumentHelp(
      "Print the schema of one kind of file: \(DefinitionSchema.names.joined(separator: ", ")).", valueName: "file"))
  var name: String?

  @Option(
    name: .customLong("out"),
    help: ArgumentHelp("Write all of them into this folder, as <file>.schema.json.", valueName: "dir"))
  var folder: String?

  func validate() throws {
    if (name == nil) == (folder == nil) { throw ValidationError("Name a file to print, or give --out.") }
    if let name, !DefinitionSchema.names.contains(name) {
      throw ValidationError(
        "There is no schema '\(name)', only \(DefinitionSchema.names.joined(separator: ", ")).")
    }
  }

  func run() throws {
    if let name, let text = DefinitionSchema.text(of: name) { StandardOutput.write(text) }
    guard let folder else { return }
    try Files.makeFolder(folder)
    for name in DefinitionSchema.names {
      try Files.write(DefinitionSchema.text(of: name) ?? "", to: "\(folder)/\(name).schema.json")
    }
  }
}
