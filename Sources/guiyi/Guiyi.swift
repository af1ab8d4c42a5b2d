import ArgumentParser

@main
struct Guiyi: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "guiyi", abstract: "Batch data integration for banks.")
}
