import Basics
import Definition
import TestSupport
import Testing

@Suite struct WorkedExampleTests {
  private let pipeline: Result<PipelineDefinition, Problems> = Result { () throws(Problems) in
    try PipelineDefinition.load(folder: repositoryRoot + "/pipelines/retail-nightly")
  }

  @Test func loadsWithoutProblems() throws {
    let pipeline = try pipeline.get()
    #expect(pipeline.warnings.map(\.description) == [])
    #expect(pipeline.sources.count == 12)
  }
}
