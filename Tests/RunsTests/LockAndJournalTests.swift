import Basics
import Foundation
import Glibc
import Standards
import TestSupport
import Testing

@testable import Runs

struct LockAndJournalTests {
  @Test func aSecondRunEndsAtOnce() throws {
    let night = try FakeNight()
    try Files.makeFolder(night.home.path)
    var lock: RunLock? = try RunLock(home: night.home.path, businessDate: CalendarDate(days: 0))
    #expect(RunLock.isHeld(home: night.home.path))
    let problems = #expect(throws: Problems.self) { try Runner(night.settings()).run() }
    #expect(problems?.kind == .tryAgain)
    let problem = try require(problems?.list.first, "problem")
    #expect(problem.code == "locked")
    #expect(problem.found?.hasPrefix("pid \(getpid()), business date 1970-01-01, since 20") ?? false)
    #expect(problem.advice == "Try again when it has ended")
    #expect(night.home.attempts().isEmpty)
    withExtendedLifetime(lock) {}
    lock = nil
    #expect(!RunLock.isHeld(home: night.home.path))
    #expect(try Runner(night.settings()).run().isPublished)
  }

  @Test func oneJournalLineAnEvent() throws {
    let night = try FakeNight()
    let outcome = try Runner(night.settings()).run()
    let entries = outcome.attempt.journal.entries()
    #expect(
      entries.map(\.event) == [.start] + Array(repeating: [.stageStart, .stageEnd], count: 5).joined() + [.published])
    #expect(entries.compactMap(\.stage).count == 10)
    #expect(entries[0].request == (try night.settings().request))
    let text = try Files.text(of: outcome.attempt.journal.path)
    #expect(text.split(separator: "\n").count == entries.count)
    let first = try require(text.split(separator: "\n").first, "line")
    #expect(
      first.firstMatch(of: /^\{"at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","event":"start","sequence":1,/) != nil)
  }

  @Test func unwritableHomesAreNamed() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "file")
    let problem = #expect(throws: Problem.self) {
      let night = try FakeNight()
      var settings = try night.settings()
      settings.home = Home(folder.path + "/file")
      _ = try Runner(settings).run()
    }
    #expect(problem?.code == "unwritable_file")
    #expect(
      problem?.message == "cannot write \(folder.path)/file: File exists"
        || problem?.message == "cannot write \(folder.path)/file/lock: Not a directory")
  }
}
