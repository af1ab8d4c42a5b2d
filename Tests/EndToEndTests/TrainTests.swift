import Basics
import Foundation
import TestSupport
import Testing

/// Learning a model from a night, and running the next with it.
struct TrainTests {
  @Test func `Learns a model that the pipeline can use as the message says`() throws {
    let folder = try TemporaryFolder()
    let pipeline = "\(folder.path)/pipelines/retail-nightly"
    try Files.makeFolder("\(folder.path)/pipelines")
    try FileManager.default.copyItem(atPath: "\(repositoryRoot)/pipelines/retail-nightly", toPath: pipeline)
    let resolve = try Files.text(of: "\(pipeline)/resolve.yaml").components(separatedBy: "linkage:")[0]
    try Files.write(resolve, to: "\(pipeline)/resolve.yaml")
    for file in ["matching.yaml", "model.json"] { try Files.remove("\(pipeline)/\(file)") }
    let home = "\(folder.path)/home"
    func run(_ arguments: String...) throws -> GuiyiProcess {
      try GuiyiProcess(
        arguments + ["--pipeline", pipeline, "--date", "2026-11-20", "--home", home])
    }
    let early = try run("train", "--out", "\(folder.path)/early")
    #expect(early.status == 2)
    #expect(
      early.errors.contains(
        "error [no_such_run]: no run of 2026-11-20 in this home has a result of ingest. "
          + "Run it with guiyi run --date 2026-11-20 --select ingest."))
    #expect(!Files.exists("\(folder.path)/early"))

    let extracts = "\(repositoryRoot)/samples/retail-nightly"
    #expect(try run("run", "--extracts", extracts, "--select", "ingest").status == 0)
    let trained = try run("train", "--out", "\(folder.path)/trained", "--threads", "2")
    #expect(trained.status == 0, "\(trained.errors)")
    #expect(trained.output.hasPrefix("learnt from 646 party records of 2026-11-20/001: "))
    let section = "linkage:\n  matching: matching.yaml\n  model: model.json\n"
    #expect(
      trained.output.hasSuffix(
        "put both beside resolve.yaml and name them there:\n  linkage:\n    matching: matching.yaml\n    model: model.json\n"
      ))

    for file in ["matching.yaml", "model.json"] {
      try Files.write(try Files.text(of: "\(folder.path)/trained/\(file)"), to: "\(pipeline)/\(file)")
    }
    try Files.write(resolve + section, to: "\(pipeline)/resolve.yaml")
    #expect(try run("run", "--extracts", extracts).status == 0)
    #expect(Files.exists("\(home)/published/resolve/drift.json"))

    // For the pipeline's own matching now; the same records give the same model.
    let again = try run("train", "--out", "\(folder.path)/again", "--threads", "1")
    #expect(again.status == 0, "\(again.errors)")
    for file in ["matching.yaml", "model.json"] {
      #expect(
        try Files.text(of: "\(folder.path)/again/\(file)") == Files.text(of: "\(folder.path)/trained/\(file)"),
        "\(file)")
    }
  }
}
