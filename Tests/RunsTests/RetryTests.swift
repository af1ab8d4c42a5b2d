import Audit
import Basics
import Foundation
import StageKit
import Standards
import Synchronization
import TestSupport
import Testing

@testable import Runs

/// A kill is simulated by copying the home at a point between two lasting changes, and going on from the copy.
struct RetryTests {
  /// Runs and copies the home at every checkpoint.
  private func snapshots(_ settings: RunSettings, of night: FakeNight) throws -> [(point: String, home: Home)] {
    let copies = Mutex<[(point: String, home: Home)]>([])
    var settings = settings
    let (home, root) = (night.home.path, night.folder.path)
    settings.checkpoint = { point in
      copies.withLock {
        let copy = "\(root)/copy-\($0.count)"
        try? FileManager.default.copyItem(atPath: home, toPath: copy)
        $0.append((point, Home(copy)))
      }
    }
    _ = try Runner(settings).run()
    return copies.withLock { $0 }
  }

  /// Goes on in a copy as the command does: with what is there, or from the start.
  private func goOn(_ settings: RunSettings, in home: Home) throws -> RunOutcome? {
    var settings = settings
    settings.home = home
    switch Retry(in: home, date: settings.businessDate) {
    case .goOn(let attempt): return try Runner(settings).continue(attempt)
    case .neverStarted: return try Runner(settings).run()
    case .nothing: return nil
    }
  }

  @Test func aKillAtAnyPointIsRecovered() throws {
    let night = try FakeNight()
    let settings = try night.settings()
    let copies = try snapshots(settings, of: night)
    let whole = try contents(of: require(night.home.published(), "published"))
    #expect(copies.map(\.point).contains("night published"))
    #expect(copies.count == 1 + 5 * 4 + 5)
    for (point, home) in copies {
      if let published = home.published() {
        #expect(try contents(of: published) == whole, "\(point): consumers read half a run")
      }
      let outcome = try goOn(settings, in: home)
      let attempt = try require(home.published(), "published after \(point)")
      #expect(outcome?.attempt ?? attempt == attempt)
      #expect(attempt.number == 1, "\(point)")
      #expect(try contents(of: attempt) == whole, "\(point)")
      #expect(attempt.state == .published)
    }
  }

  @Test func aKillWhileFilesAreWrittenIsRecovered() throws {
    let night = try FakeNight()
    let settings = try night.settings()
    let copies = try snapshots(settings, of: night)
    let whole = try contents(of: require(night.home.published(), "published"))
    let home = try require(copies.first { $0.point == "running merge" }, "copy").home
    let attempt = try require(home.newestAttempt(), "attempt")
    // What a kill may leave beside and inside: half a page, half a stage, a torn journal line, a torn new attempt.
    try Files.makeFolder(attempt.folder + "/.merge.writing/parts")
    try Files.write("half", to: attempt.folder + "/.merge.writing/parts/merge.txt")
    try Files.write("{", to: attempt.folder + "/manifest.json.writing")
    try Files.makeFolder(home.path + "/runs/2026-11-20/.002.starting")
    try tear(attempt.journal)
    _ = try goOn(settings, in: home)
    #expect(try contents(of: attempt) == whole)
    #expect(attempt.state == .published)
    #expect(attempt.journal.entries().map(\.event).contains(.retry))
    // A finished stage in which somebody changed a byte is made again.
    let other = try require(copies.first { $0.point == "running tag" }, "copy").home
    let damaged = try require(other.newestAttempt(), "attempt")
    try Files.write("first\na\nX\n", to: damaged.folder + "/resolve/parts/resolve.txt")
    _ = try goOn(settings, in: other)
    #expect(try contents(of: damaged) == whole)
  }

  private func tear(_ journal: Journal) throws {
    let handle = try require(FileHandle(forWritingAtPath: journal.path), "journal")
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("{\"at\":\"2026-11".utf8))
    try handle.close()
  }

  @Test func aKillDuringASecondAttemptKeepsTheFirst() throws {
    let night = try FakeNight()
    _ = try Runner(night.settings()).run()
    let before = try contents(of: require(night.home.published(), "published"))
    try night.deliver("b\nc\n")
    let settings = try night.settings()
    let copies = try snapshots(settings, of: night)
    let whole = try contents(of: require(night.home.published(), "published"))
    #expect(before != whole)
    for (point, home) in copies {
      let published = try contents(of: require(home.published(), "published"))
      #expect(published == before || published == whole, "\(point)")
      _ = try goOn(settings, in: home)
      #expect(home.published()?.label == "2026-11-20/002", "\(point)")
      #expect(try contents(of: require(home.published(), "published")) == whole, "\(point)")
    }
  }

  @Test func saysWhenThereIsNothingToDo() throws {
    let night = try FakeNight()
    guard case .neverStarted = Retry(in: night.home) else {
      Issue.record("nothing was started")
      return
    }
    let outcome = try Runner(night.settings()).run()
    guard case .nothing(let attempt, let why) = Retry(in: night.home) else {
      Issue.record("it is published")
      return
    }
    #expect(attempt == outcome.attempt && why == "it is published")
    #expect(attempt.request?.date == "2026-11-20")
  }

  @Test func theNewestAttemptIsTheLastStartedOfAllNights() throws {
    let night = try FakeNight()
    _ = try Runner(night.settings("2026-11-21")).run()
    try night.deliver("fail ingest\n")
    #expect(throws: Problem.self) { try Runner(night.settings()).run() }
    guard case .goOn(let attempt) = Retry(in: night.home) else {
      Issue.record("an attempt failed")
      return
    }
    #expect(attempt.label == "2026-11-20/001")
    guard case .nothing = Retry(in: night.home, date: CalendarDate("2026-11-21")) else {
      Issue.record("that night is published")
      return
    }
  }
}
