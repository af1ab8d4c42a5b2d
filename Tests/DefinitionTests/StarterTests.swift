import Basics
import Definition
import TestSupport
import Testing

@Suite struct StarterTests {
  @Test func loadsWithoutProblemsAndHoldsItsDelivery() throws {
    let folder = try TemporaryFolder()
    let home = folder.path + "/new/bank"
    try Starter.write(to: home)
    let pipeline = try PipelineDefinition.load(folder: home)
    #expect(pipeline.warnings.map(\.description) == [])
    #expect(pipeline.sources.map(\.id) == ["customers", "accounts"])
    #expect(pipeline.extracts == home + "/samples")
    let dashed = Starter.sampleDate
    let compact = dashed.replacing("-", with: "")
    for source in pipeline.sources {
      let path = source.file.path(compact: compact, dashed: dashed)
      let header = try Files.text(of: "\(pipeline.extracts)/\(path)").split(separator: "\n")[0].split(separator: ",")
      for field in source.fields { #expect(header.contains(Substring(field.from)), "\(source.id): \(field.from)") }
    }
  }

  @Test func refusesAFolderWithSomethingInIt() throws {
    let folder = try TemporaryFolder()
    try Starter.write(to: folder.path)
    let problem = #expect(throws: Problem.self) { try Starter.write(to: folder.path) }
    #expect(
      problem?.description == "error [folder_not_empty]: \(folder.path) is there already and not an empty folder. "
        + "Name a folder that does not exist yet.")
  }
}
