import Basics
import Linkage
import TestSupport
import Testing

@testable import LinkFiles

/// New files against existing ones, from files to files.
@Suite("Link against existing records")
struct AgainstTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A first run on all 180 records, then its model and clusters for 20 of them as new ones.
  private func first() throws -> (old: String, new: String, out: String) {
    let all = try folder.write(PeopleFile.text(), to: "all.csv")
    var request = LinkRequest(paths: [all])
    request.id = "key"
    let out = folder.path + "/first"
    try LinkOutcome(try LinkRun(request)).write(to: out, madeBy: "test")
    return (
      try folder.write(PeopleFile.text(0..<160), to: "old.csv"),
      try folder.write(PeopleFile.text(160..<180), to: "new.csv"),
      out
    )
  }

  private func against(_ files: (old: String, new: String, out: String), model: Bool, clusters: Bool) -> LinkRequest {
    var request = LinkRequest(paths: [files.new])
    request.existing = [files.old]
    request.id = "key"
    request.config = files.out + "/matching.yaml"
    if model { request.model = files.out + "/model.json" }
    if clusters { request.clusters = files.out + "/clusters.csv" }
    return request
  }

  private func clusters(_ path: String) throws -> [String: String] {
    let lines = try Files.text(of: path).split(separator: "\n").dropFirst()
    return Dictionary(
      uniqueKeysWithValues: lines.map { line in
        let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        return (String(fields[2]), String(fields[3]))
      })
  }

  @Test("Existing numbers stay, new records find their people; the model stays as it was", arguments: [true, false])
  func run(model: Bool) throws {
    let files = try first()
    let before = try clusters(files.out + "/clusters.csv")
    // Of the first run's clusters those of the existing records, found by their ids.
    let lines = try Files.text(of: files.out + "/clusters.csv").split(separator: "\n")
    try folder.write(lines.prefix(161).joined(separator: "\n") + "\n", to: "first/clusters.csv")
    let outcome = try LinkOutcome(try LinkRun(against(files, model: model, clusters: true)))
    let out = folder.path + "/second"
    try outcome.write(to: out, madeBy: "test")
    let after = try clusters(out + "/clusters.csv")
    let numbers = (1...160).map { "p\($0)" }
    #expect(numbers.map { after[$0] } == numbers.map { before[$0] })
    // The new ones are copies of records 41 to 60: whoever was found among all is found now.
    let same = (161...180).count { after["p\($0)"] == after["p\($0 - 120)"] }
    let expected = (161...180).count { before["p\($0)"] == before["p\($0 - 120)"] }
    #expect(same >= expected - 1, "\(same) of \(expected)")
    let names = try Files.names(in: out).sorted()
    let written = ["bridges.csv", "clusters.csv"] + (model ? ["drift.json"] : [])
    #expect(names == written + ["matching.yaml", "model.json", "pairs.csv"])
    let text = LinkSummary(outcome).text
    let pairs = try Files.text(of: out + "/pairs.csv").split(separator: "\n").dropFirst()
    #expect(!pairs.isEmpty && pairs.allSatisfy { $0.contains(",new.csv,") }, "\(text)")
    let same2 = try Files.text(of: out + "/model.json") == Files.text(of: files.out + "/model.json")
    #expect(same2 == model)
    #expect(text.hasPrefix("20 new records: "))
    #expect(text.contains("\nexisting   160 records in "))
    #expect(text.contains("pairs of new records") == model)
    #expect(text.contains("as no model was given") != model)
    #expect(text.contains("Drift from the model") == model)
  }

  @Test("Without clusters each existing record is its own")
  func alone() throws {
    let files = try first()
    let outcome = try LinkOutcome(try LinkRun(against(files, model: true, clusters: false)))
    let out = folder.path + "/second"
    try outcome.write(to: out, madeBy: "test")
    let after = try clusters(out + "/clusters.csv")
    #expect((1...160).allSatisfy { after["p\($0)"] == "\($0)" })
    #expect(Set(after.values.compactMap { Int($0) }).max()! <= 180)
  }

  @Test("A given model's drift is told and written, and nothing is trained")
  func drift() throws {
    let files = try first()
    var request = LinkRequest(paths: [folder.path + "/all.csv"])
    request.id = "key"
    request.model = files.out + "/model.json"
    let outcome = try LinkOutcome(try LinkRun(request))
    #expect(outcome.trained.logLikelihoods.isEmpty)
    #expect(outcome.drift?.degree == .steady)
    #expect(
      LinkSummary(outcome).text.hasSuffix(
        "\n\nThe records are like those that the model was learnt from.\n"))
    try outcome.write(to: folder.path + "/again", madeBy: "other")
    for name in ["model.json", "clusters.csv", "pairs.csv", "matching.yaml"] {
      #expect(try Files.text(of: "\(folder.path)/again/\(name)") == Files.text(of: "\(files.out)/\(name)"), "\(name)")
    }
    #expect(try Files.text(of: folder.path + "/again/drift.json").contains("\"degree\": \"steady\""))
  }
}
