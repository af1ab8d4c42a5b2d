import Audit
import Basics
import Foundation
import Glibc
import StageKit
import Standards
import TestSupport
import Testing

@testable import Runs

struct RunnerTests {
  let night: FakeNight

  init() throws { night = try FakeNight() }

  @discardableResult
  private func run(_ settings: RunSettings) throws -> (outcome: RunOutcome, diary: [String]) {
    let diary = Diary()
    return (try Runner(settings, observer: diary.observer).run(), diary.all)
  }

  private func failure(_ settings: RunSettings) -> Problems? {
    #expect(throws: Problems.self) { try Runner(settings).run() }
  }

  @Test func laysOutPrivateAndDurably() throws {
    let (outcome, diary) = try run(night.settings())
    #expect(
      diary == [
        "attempt 2026-11-20/001", "run ingest: never run for 2026-11-20", "run resolve: never run for 2026-11-20",
        "run merge: never run for 2026-11-20", "run tag: never run for 2026-11-20",
        "run broadcast: never run for 2026-11-20", "published 2026-11-20/001",
      ])
    #expect(outcome.isPublished)
    let names = try Files.names(in: outcome.attempt.folder)
    #expect(
      names == [
        "broadcast", "control_totals.json", "events.jsonl", "ingest", "manifest.json", "merge", "report.html",
        "resolve", "tag",
      ])
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: night.home.path + "/published") == "runs/2026-11-20/001"
    )
    #expect(outcome.attempt.state == .published)
    for path in try Files.filesBelow(night.home.path + "/runs") where !path.contains("/published") {
      let file = "\(night.home.path)/runs/\(path)"
      #expect(try permissions(file) == 0o600, "\(path)")
      #expect(try permissions(Files.parent(file)) == 0o700, "\(path)")
    }
    let manifest = try Manifest(readingFrom: outcome.attempt.folder)
    #expect(
      manifest.differences(in: outcome.attempt.folder, besides: Attempt.uncompared, depth: .hashes).isEmpty)
    #expect(manifest.extracts.map(\.path) == ["20261120/people_20261120.csv"])
    #expect(manifest.previousRun == nil)
  }

  private func permissions(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func reusesWhatIsUnchanged() throws {
    let first = try run(night.settings()).outcome
    let (second, diary) = try run(night.settings())
    #expect(
      diary == [
        "attempt 2026-11-20/002", "reuse ingest from 2026-11-20/001", "reuse resolve from 2026-11-20/001",
        "reuse merge from 2026-11-20/001", "reuse tag from 2026-11-20/001", "reuse broadcast from 2026-11-20/001",
        "published 2026-11-20/002",
      ])
    #expect(try contents(of: first.attempt) == contents(of: second.attempt))
    #expect(first.attempt.state == .superseded)
  }

  @Test func fullRefreshRunsAll() throws {
    let first = try run(night.settings()).outcome
    let (second, diary) = try run(night.settings(fullRefresh: true))
    #expect(diary[1] == "run ingest: --full-refresh" && diary[5] == "run broadcast: --full-refresh")
    #expect(try contents(of: first.attempt) == contents(of: second.attempt))
  }

  @Test func runsAgainWhatChanged() throws {
    try run(night.settings())
    night.define("tags.yaml", "2", [.tag])
    #expect(
      try run(night.settings()).diary[1...5] == [
        "reuse ingest from 2026-11-20/001", "reuse resolve from 2026-11-20/001", "reuse merge from 2026-11-20/001",
        "run tag: definition tags.yaml changed", "run broadcast: result of tag changed",
      ])
    // Another definition of ingest, but the same result: later stages stand.
    night.define("ingest.yaml", "2", [.ingest])
    #expect(
      try run(night.settings()).diary[1...2] == [
        "run ingest: definition ingest.yaml changed", "reuse resolve from 2026-11-20/002",
      ])
    try night.deliver("a\nb\nc\n")
    #expect(
      try run(night.settings()).diary[1...3] == [
        "run ingest: extract 20261120/people_20261120.csv changed", "warning replaced_delivery",
        "run resolve: result of ingest changed",
      ])
    #expect(try run(night.settings(code: "code 2")).diary[1] == "run ingest: program changed")
  }

  @Test func aDeltaThatNoNightTookIsNamed() throws {
    var people = FakeNight.source("people", onMissing: .wait)
    for date in ["20261122", "20261123", "20261124"] { try night.deliver("a\n", on: date) }
    try run(night.settings(sources: [people]))
    #expect(
      try run(night.settings("2026-11-24", sources: [people])).diary.contains { $0.hasPrefix("warning") } == false)
    people.load = .increment(nil)
    let second = try run(night.settings("2026-11-24", sources: [people]))
    #expect(second.diary.filter { $0.hasPrefix("warning") } == ["warning skipped_delivery"])
    let skipped = SkippedDeliveries(pipeline: night.pipeline([people]), extractsFolder: night.folder.path + "/extracts")
    let (first, last) = (CalendarDate(year: 2026, month: 11, day: 20)!, CalendarDate(year: 2026, month: 11, day: 24)!)
    #expect(
      skipped.warnings(after: first, before: last).map(\.description) == [
        "20261121/people_20261121.csv: warning [skipped_delivery]: no night took this delivery of people, so its changes "
          + "are missing from 2026-11-24; found 3 deliveries after 2026-11-20. Run 2026-11-21, 2026-11-22, 2026-11-23, then "
          + "2026-11-24 again."
      ])
    #expect(skipped.warnings(after: last.adding(days: -1), before: last).isEmpty)
    #expect(skipped.warnings(after: first, before: last.adding(days: 400)).isEmpty)
  }

  @Test func damagedResultsAreNotReused() throws {
    let first = try run(night.settings()).outcome
    let path = "\(first.attempt.folder)/merge/parts/merge.txt"
    let text = try Files.text(of: path)
    try Files.write(String(repeating: "x", count: text.utf8.count), to: path)
    let (second, diary) = try run(night.settings())
    #expect(
      diary[3...4] == ["warning altered_file", "run merge: its result in 2026-11-20/001 is damaged"])
    #expect(try Files.text(of: "\(second.attempt.folder)/merge/parts/merge.txt") == text)
  }

  @Test func theNextNightBuildsOnTheLastPublishedOne() throws {
    let first = try run(night.settings()).outcome
    let second = try run(night.settings("2026-11-21")).outcome
    let text = try Files.text(of: "\(second.attempt.folder)/resolve/parts/resolve.txt")
    #expect(text == "first\na\nb\na\nb\n")
    let manifest = try Manifest(readingFrom: second.attempt.folder)
    #expect(manifest.previousRun?.businessDate == "2026-11-20")
    #expect(
      try manifest.previousRun?.manifestSha256 == SHA256.ofFile("\(first.attempt.folder)/manifest.json").hex)
    // The same night again builds on the same night, and not on itself.
    let again = try run(night.settings("2026-11-21", fullRefresh: true)).outcome
    #expect(try contents(of: second.attempt) == contents(of: again.attempt))
    // A changed earlier night is seen; repeating it does not take the later one from the consumers.
    try night.deliver("z\n")
    #expect(try run(night.settings()).diary.last == "published 2026-11-20/002 (not current)")
    #expect(night.home.published()?.label == "2026-11-21/002")
    #expect(first.attempt.state == .superseded)
    #expect(
      try run(night.settings("2026-11-21")).diary[1...2] == [
        "run ingest: previous run 2026-11-20 changed", "run resolve: previous run 2026-11-20 changed",
      ])
  }

  @Test func aLostLinkIsNotAFirstNight() throws {
    let first = try run(night.settings()).outcome
    let link = "\(night.home.path)/runs/2026-11-20/published"
    for target in ["077", nil] {
      try Files.remove(link)
      if let target { #expect(symlink(target, link) == 0) }
      let problem = #expect(throws: Problem.self) { try run(night.settings("2026-11-21")) }
      #expect(
        problem?.description
          == "\(link): error [lost_link]: the night was published, and the link to its valid attempt is gone or broken. "
          + "Publish it again with guiyi run --date 2026-11-20, or remove the night's folder if it shall not count.")
    }
    _ = try run(night.settings())
    let second = try run(night.settings("2026-11-21")).outcome
    #expect(try Manifest(readingFrom: second.attempt.folder).previousRun?.businessDate == "2026-11-20")
    #expect(first.attempt.state == .superseded)
  }

  @Test func anAlteredPreviousRunIsNotBuiltOn() throws {
    let first = try run(night.settings()).outcome.attempt
    let path = "\(first.folder)/resolve/parts/resolve.txt"
    let text = try Files.text(of: path)
    try Files.write(String(repeating: "x", count: text.utf8.count), to: path)
    let problems = #expect(throws: Problems.self) { try run(night.settings("2026-11-21")) }
    #expect(problems?.kind == .data)
    #expect(problems?.list.map(\.code) == ["altered_file", "damaged_run"])
    #expect(
      problems?.list.last?.description
        == "\(first.folder): error [damaged_run]: the run that this night builds on is not as it was published. Restore "
        + "its files, or make it again with guiyi run --date 2026-11-20.")
    // As advised, and then it goes on.
    _ = try run(night.settings())
    #expect(try run(night.settings("2026-11-21")).diary.last == "published 2026-11-21/002")
  }

  @Test func aRunThatIsPublishedDidNotFail() throws {
    var settings = try night.settings()
    let journal = "\(night.home.path)/runs/2026-11-20/001/events.jsonl"
    settings.checkpoint = { point in
      guard point == "published" else { return }
      try? Files.remove(journal)
      try? Files.makeFolder(journal)
    }
    let (outcome, diary) = try run(settings)
    #expect(outcome.isPublished)
    #expect(diary.suffix(2) == ["warning unwritable_file", "published 2026-11-20/001"])
  }

  @Test func namesThatAreNoAttemptsAreLeftAlone() throws {
    try Files.makeFolder("\(night.home.path)/runs/2026-11-20/\(Int.max)")
    #expect(try run(night.settings()).diary.last == "published 2026-11-20/001")
  }

  @Test func partialSelectionsAreNotPublished() throws {
    let (outcome, diary) = try run(night.settings(select: ["+merge"]))
    #expect(
      diary[1...] == [
        "run ingest: never run for 2026-11-20", "run resolve: never run for 2026-11-20",
        "run merge: never run for 2026-11-20", "leave out tag: not selected", "leave out broadcast: not selected",
        "not published: tag was not run",
      ])
    #expect(!outcome.isPublished)
    #expect(outcome.attempt.state == .partial)
    #expect(night.home.published() == nil)
    // The rest, on what is there: now it is whole.
    #expect(try run(night.settings(select: ["tag+"])).diary.last == "published 2026-11-20/002")
    // One stage that is unchanged, with all others to be had: whole as well.
    #expect(try run(night.settings(select: ["merge"])).diary.last == "published 2026-11-20/003")
  }

  @Test func selectedStagesNeedCurrentOnesBeforeThem() throws {
    #expect(
      failure(try night.settings(select: ["tag"]))?.description
        == "error [stage_not_current]: tag is selected, but ingest, which it needs, is not and has no current result; "
        + "found never run for 2026-11-20. Select +tag, or run all stages.")
    #expect(night.home.attempts().isEmpty)
    try run(night.settings())
    try night.deliver("changed\n")
    let problems = failure(try night.settings(select: ["tag"]))
    #expect(problems?.kind == .definition)
    #expect(problems?.list.first?.found == "extract 20261120/people_20261120.csv changed")
  }

  @Test func failingEquationsStopTheRun() throws {
    try night.deliver("a\nmiscount merge\n")
    let problems = failure(try night.settings())
    #expect(
      problems?.description
        == "error [equation_does_not_hold]: control totals of merge do not agree: merge rows: read 4 ≠ written 5; found "
        + "5 rows, expected 4 rows. Nothing was published; this is a defect of the program or a file that changed while "
        + "it was read.")
    #expect(problems?.kind == .data)
    #expect(night.home.published() == nil)
    #expect(night.home.newestAttempt()?.state == .failed)
    #expect(night.home.newestAttempt()?.records().map(\.stage) == [.ingest, .resolve])
  }

  @Test func failuresKeepThePublishedRun() throws {
    let first = try run(night.settings()).outcome
    try night.deliver("fail tag\n")
    #expect(throws: Problem("broken", "tag broke")) { try Runner(night.settings()).run() }
    #expect(night.home.published() == first.attempt)
    let failed = try require(night.home.newestAttempt(), "attempt")
    #expect(failed.state == .failed)
    // Repaired extract: what is still right stays, the same folder becomes whole.
    try night.deliver("repaired\n")
    let diary = Diary()
    let outcome = try Runner(night.settings(), observer: diary.observer).continue(failed)
    #expect(diary.all.first == "retry 2026-11-20/002")
    #expect(outcome.isPublished && outcome.attempt == failed)
    let fresh = try FakeNight()
    try fresh.deliver("repaired\n")
    #expect(try contents(of: failed) == contents(of: Runner(fresh.settings()).run().attempt))
  }

  @Test func plansWithoutDoing() throws {
    func lines(_ settings: RunSettings) throws -> [String] {
      try Plan(settings).steps.map { "\($0.stage) \($0.action): \($0.reasons.joined(separator: "; "))" }
    }
    #expect(
      try lines(night.settings()) == [
        "ingest run: never run for 2026-11-20", "resolve runIfChanged: ingest runs before it",
        "merge runIfChanged: resolve runs before it", "tag runIfChanged: merge runs before it",
        "broadcast runIfChanged: tag runs before it",
      ])
    #expect(night.home.attempts().isEmpty)
    try run(night.settings())
    night.define("tags.yaml", "2", [.tag])
    night.define("new.yaml", "1", [.tag])
    #expect(
      try lines(night.settings(exclude: ["broadcast"])) == [
        "ingest reuse(from: \"2026-11-20/001\"): unchanged", "resolve reuse(from: \"2026-11-20/001\"): unchanged",
        "merge reuse(from: \"2026-11-20/001\"): unchanged",
        "tag run: definition new.yaml added; definition tags.yaml changed", "broadcast leaveOut: not selected",
      ])
  }
}
