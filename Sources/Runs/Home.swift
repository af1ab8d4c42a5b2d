import Audit
import Basics
import Glibc
import Standards

/// Where runs live: `<home>/runs/<business date>/<attempt>/`, with a link `published` to what consumers read.
///
/// Two kinds of links, each replaced by one rename: `runs/<date>/published` names the attempt that is valid for a night
/// and that later nights build on; `<home>/published` names the valid attempt of the latest night.
public struct Home: Sendable {
  /// Absolute.
  public let path: String

  public init(_ path: String) { self.path = Files.absolute(path) }

  var runs: String { "\(path)/runs" }

  func folder(of date: CalendarDate) -> String { "\(runs)/\(date)" }

  /// Business dates that have a folder, ascending.
  public func dates() -> [CalendarDate] {
    ((try? Files.names(in: runs)) ?? []).compactMap { CalendarDate($0) }
  }

  /// The attempts of a night, ascending.
  public func attempts(of date: CalendarDate) -> [Attempt] {
    ((try? Files.names(in: folder(of: date))) ?? [])
      .compactMap { name in
        guard name.utf8.count < 10, let number = Int(name), Attempt.name(number) == name else { return nil }
        return Attempt(home: self, date: date, number: number)
      }
      .sorted { $0.number < $1.number }
  }

  /// Every attempt, by date and number.
  public func attempts() -> [Attempt] { dates().flatMap(attempts(of:)) }

  /// What consumers read.
  public func published() -> Attempt? {
    guard let target = Home.target(of: "\(path)/published") else { return nil }
    let parts = target.split(separator: "/")
    guard parts.count == 3, let date = CalendarDate(String(parts[1])) else { return nil }
    return attempt(date, named: String(parts[2]))
  }

  /// The valid attempt of a night.
  public func published(on date: CalendarDate) -> Attempt? {
    Home.target(of: "\(folder(of: date))/published").flatMap { attempt(date, named: $0) }
  }

  /// The run that a night builds on: the valid attempt of the latest night before it.
  /// - Throws: `Problem` `lost_link` where an earlier night was published and its link does not say so any more, since
  ///   to build on nothing would give every customer a new id; `unreadable_file`.
  func predecessor(of date: CalendarDate) throws(Problem) -> Attempt? {
    guard Files.exists(runs) else { return nil }
    for earlier in try Files.names(in: runs).compactMap({ CalendarDate($0) }).reversed() where earlier < date {
      if let attempt = published(on: earlier) { return attempt }
      let link = "\(folder(of: earlier))/published"
      guard try Files.names(in: folder(of: earlier)).contains("published") || wasPublished(earlier) else { continue }
      throw Problem(
        "lost_link", "the night was published, and the link to its valid attempt is gone or broken", at: Place(link),
        advice: "Publish it again with guiyi run --date \(earlier), or remove the night's folder if it shall not count")
    }
    return nil
  }

  private func wasPublished(_ date: CalendarDate) -> Bool {
    attempts(of: date).contains { $0.journal.entries().contains { $0.event == .published } }
  }

  private func attempt(_ date: CalendarDate, named name: String) -> Attempt? {
    attempts(of: date).first { Attempt.name($0.number) == name }
  }

  private static func target(of link: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = buffer.withUnsafeMutableBytes { bytes in
      readlink(link, bytes.baseAddress!.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }
}

extension Home {
  /// Makes the next attempt of a night; its folder appears with its journal's first line in it, or not at all.
  func makeAttempt(of date: CalendarDate, request: RunRequest) throws(Problem) -> Attempt {
    let nights = folder(of: date)
    try Files.makeFolder(nights)
    for folder in [runs, path, Files.parent(path)] { try Files.syncFolder(folder) }
    for name in try Files.names(in: nights) where name.hasSuffix(Home.startingSuffix) {
      try Files.remove("\(nights)/\(name)")
    }
    let number = (attempts(of: date).last?.number ?? 0) + 1
    let attempt = Attempt(home: self, date: date, number: number)
    let starting = "\(nights)/.\(Attempt.name(number))\(Home.startingSuffix)"
    try Files.makeFolder(starting)
    try Journal(inFolder: starting).append(
      .start,
      [
        ("sequence", .integer(nextSequence())), ("pid", .integer(Int(getpid()))), ("request", request.json),
      ])
    try Files.syncFolder(starting)
    try Files.rename(starting, to: attempt.folder)
    return attempt
  }

  private static let startingSuffix = ".starting"

  /// Attempts are numbered through over all nights, so that the newest is known without trusting a clock.
  private func nextSequence() -> Int { (attempts().map(\.sequence).max() ?? 0) + 1 }

  /// Makes a complete attempt the valid one of its night and, unless a later night is already published, what
  /// consumers read.
  /// - Returns: whether consumers read it now.
  func publish(_ attempt: Attempt, checkpoint: (String) -> Void) throws(Problem) -> Bool {
    try Home.link("\(folder(of: attempt.date))/published", to: Attempt.name(attempt.number))
    checkpoint("night published")
    if let current = published(), current.date > attempt.date { return false }
    try Home.link("\(path)/published", to: "runs/\(attempt.date)/\(Attempt.name(attempt.number))")
    return true
  }

  private static func link(_ path: String, to target: String) throws(Problem) {
    let temporary = path + ".writing"
    try Files.remove(temporary)
    guard symlink(target, temporary) == 0 else { throw .unwritable(path) }
    try Files.rename(temporary, to: path)
  }
}

/// One attempt at one night.
public struct Attempt: Sendable {
  public let home: Home
  public let date: CalendarDate
  /// From 1.
  public let number: Int

  static func name(_ number: Int) -> String {
    String(repeating: "0", count: max(0, 3 - String(number).count)) + String(number)
  }

  public var folder: String { "\(home.folder(of: date))/\(Attempt.name(number))" }

  /// `2026-11-20/001`
  public var label: String { "\(date)/\(Attempt.name(number))" }

  public var journal: Journal { Journal(inFolder: folder) }

  var sequence: Int { journal.first()?.sequence ?? 0 }

  /// What was asked for; nil where the journal was damaged.
  public var request: RunRequest? { journal.first()?.request }

  /// Files that differ between two attempts at the same night, and why nothing compares them: clock times and paths.
  public static let uncompared: Set<String> = [Journal.fileName]
}

extension Attempt: Equatable {
  public static func == (a: Attempt, b: Attempt) -> Bool { a.folder == b.folder }
}

extension Attempt {
  public enum State: String, Sendable {
    /// The valid attempt of its night.
    case published
    /// Was valid until a later attempt at the same night took its place.
    case superseded
    /// Ended well, without all stages.
    case partial
    case failed
    /// A run is working on it.
    case running
    /// Killed.
    case interrupted
  }

  public var state: State {
    if home.published(on: date) == self, home.published().map({ $0 == self || $0.date > date }) ?? false {
      return .published
    }
    switch journal.last()?.event {
    case .published: return home.published(on: date) == self ? .interrupted : .superseded
    case .notPublished: return .partial
    case .failed: return .failed
    default: return RunLock.isHeld(home: home.path) && isNewest ? .running : .interrupted
    }
  }

  private var isNewest: Bool { home.newestAttempt() == self }

  /// Records of the stages that ended, in order.
  public func records() -> [StageRecord] {
    ((try? Files.names(in: folder)) ?? [])
      .filter { !$0.hasPrefix(".") && Files.isFolder("\(folder)/\($0)") }
      .compactMap { try? StageRecord(readingFrom: "\(folder)/\($0)") }
      .sorted { $0.stage < $1.stage }
  }
}

extension Home {
  /// The attempt that was started last.
  public func newestAttempt(of date: CalendarDate? = nil) -> Attempt? {
    (date.map(attempts(of:)) ?? attempts()).map { ($0.sequence, $0) }.max { $0.0 < $1.0 }?.1
  }

  /// Every attempt, the last started first.
  public func attemptsNewestFirst() -> [Attempt] {
    attempts().map { ($0.sequence, $0) }.sorted { $0.0 > $1.0 }.map(\.1)
  }
}
