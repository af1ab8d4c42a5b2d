import Basics
import Definition
import Glibc
import StageKit
import Standards
import TestSupport
import Testing

@testable import Runs

struct NightInputsTests {
  let night: FakeNight

  init() throws { night = try FakeNight() }

  private func failure(_ sources: [SourceDefinition]) -> Problems? {
    #expect(throws: Problems.self) { try Runner(night.settings(sources: sources)).run() }
  }

  @Test func lateExtractsMeanTryAgain() throws {
    try night.removeDelivery()
    let extracts = night.folder.path + "/extracts"
    let problems = failure([
      FakeNight.source("people", onMissing: .wait),
      FakeNight.source("others", onMissing: .wait, control: "{date:yyyyMMdd}/all.ctl"),
    ])
    #expect(problems?.kind == .tryAgain)
    #expect(
      problems?.description == """
        20261120/all.ctl: error [late_extract]: the control file of others has not arrived, so their delivery is not \
        complete; expected a file at \(extracts)/20261120/all.ctl. Run again when crm has delivered it; nothing was started.
        20261120/others_20261120.csv: error [late_extract]: the extract of others has not arrived; expected a file at \
        \(extracts)/20261120/others_20261120.csv. Run again when crm has delivered it; nothing was started.
        20261120/people_20261120.csv: error [late_extract]: the extract of people has not arrived; expected a file at \
        \(extracts)/20261120/people_20261120.csv. Run again when crm has delivered it; nothing was started.
        """)
    #expect(night.home.attempts().isEmpty)
  }

  @Test func missingExtractsFailWhereTheyMust() throws {
    try night.removeDelivery()
    let problems = failure([FakeNight.source("people", onMissing: .fail)])
    #expect(problems?.kind == .data)
    #expect(problems?.list.map(\.code) == ["missing_extract"])
    #expect(problems?.list.first?.advice == "Ask the owners of crm for it; nothing was started")
  }

  @Test func whatIsThereAndCannotBeReadIsNotLate() throws {
    let path = night.folder.path + "/extracts/20261120/people_20261120.csv"
    let makers: [(found: String, make: () -> Int32)] = [
      ("a folder", { mkdir(path, 0o700) }), ("a device, pipe or socket", { mkfifo(path, 0o600) }),
    ]
    for (found, make) in makers {
      try Files.remove(path)
      #expect(make() == 0)
      let problems = failure([FakeNight.source("people", onMissing: .wait)])
      #expect(problems?.kind == .data)
      #expect(
        problems?.description
          == "\(path): error [not_a_file]: the extract is not a file; found \(found), expected a regular file. "
          + "Put the extract there.")
    }
    try Files.remove(path)
    #expect(symlink(path, path) == 0)
    #expect(failure([FakeNight.source("people", onMissing: .wait)])?.list.map(\.code) == ["unreadable_file"])
  }

  @Test func someExtractsMayBeMissing() throws {
    let sources = [
      FakeNight.source("people", onMissing: .wait),
      FakeNight.source("others", onMissing: .empty, control: "{date:yyyyMMdd}/others.ctl"),
    ]
    let first = try Runner(night.settings(sources: sources)).run()
    #expect(first.records[0].inputs.contains(.init(.extract, "20261120/others_20261120.csv", "absent")))
    // What was delivered needs its control file.
    try night.folder.write("x\n", to: "extracts/20261120/others_20261120.csv")
    #expect(failure(sources)?.list.map(\.place?.file) == ["20261120/others.ctl"])
    try night.folder.write("x\n", to: "extracts/20261120/others.ctl")
    let steps = try Plan(night.settings(sources: sources)).steps
    #expect(
      steps[0].reasons == ["extract 20261120/others.ctl added", "extract 20261120/others_20261120.csv added"])
  }

  @Test func unknownExtractsFolders() throws {
    var settings = try night.settings()
    settings.request.extracts = "/nowhere/at/all"
    let problems = #expect(throws: Problems.self) { try Runner(settings).run() }
    #expect(problems?.kind == .definition)
    #expect(
      problems?.description
        == "/nowhere/at/all: error [unknown_folder]: the extracts folder does not exist. Correct extracts in pipeline.yaml "
        + "or give --extracts.")
  }

  @Test func extractsThatChangeWhileTheyAreReadFailTheRun() throws {
    var settings = try night.settings()
    let night = night
    settings.checkpoint = { if $0 == "running ingest" { try? night.deliver("late line\n") } }
    let problems = #expect(throws: Problems.self) { try Runner(settings).run() }
    #expect(problems?.list.map(\.code) == ["extract_changed"])
    #expect(night.home.published() == nil)
  }
}
