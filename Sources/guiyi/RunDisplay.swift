import Audit
import Basics
import Definition
import Glibc
import Runs
import Synchronization

/// Shows a run on stderr: on a terminal one live line a stage, elsewhere a line an event.
final class RunDisplay: Sendable {
  private struct Live {
    var stage: StageName?
    var startedAt = 0.0
    var shownAt = 0.0
    var isShown = false
  }

  private let console: Console
  private let isLive: Bool
  private let live = Mutex(Live())

  init(_ format: LogFormat) {
    console = Console(format: format)
    let terminal = getenv("TERM").map { String(cString: $0) } ?? ""
    isLive = format == .text && StandardError.isTerminal && terminal != "dumb"
  }

  var observer: RunObserver {
    { [self] event in
      if case .progress(let stage, let done, let total, let unit) = event {
        progress(stage, done, total, unit)
      } else if console.format == .json {
        object(event)
      } else {
        text(event)
      }
    }
  }

  private func text(_ event: RunEvent) {
    switch event {
    case .attempt(let label, let isRetry): line(isRetry ? "going on with \(label)" : "attempt \(label)")
    case .stageStarted(let stage, let why):
      line("\(padded(stage)) started: \(why.joined(separator: "; "))")
      live.withLock { $0 = Live(stage: stage, startedAt: Self.now()) }
    case .stageEnded(let stage, let rows, let seconds, _):
      let rate = seconds > 0.05 ? ", \(Self.grouped(Int(Double(rows) / seconds))) rows/s" : ""
      line(
        "\(padded(stage)) \(console.colour("done", "32")): \(Self.grouped(rows)) rows in \(Self.text(seconds)) s\(rate)"
      )
    case .reused(let stage, let from, let rows):
      line("\(padded(stage)) reused from \(from): \(Self.grouped(rows)) rows")
    case .leftOut(let stage, let why): line("\(padded(stage)) left out: \(why)")
    case .warning(_, let problem):
      clear()
      console.problems([problem])
    case .published(let label, let isCurrent):
      line(isCurrent ? "published \(label)" : "published \(label) for its night; a later night stays what is read")
    case .notPublished(let why): line("not published: \(why)")
    case .progress: break
    }
  }

  private func object(_ event: RunEvent) {
    switch event {
    case .attempt(let label, let isRetry):
      console.object("attempt", [("run", .string(label)), ("retry", .bool(isRetry))])
    case .stageStarted(let stage, let why):
      console.object("stage_started", [("stage", .string(stage.rawValue)), ("why", .strings(why))])
      live.withLock { $0 = Live(stage: stage, startedAt: Self.now()) }
    case .stageEnded(let stage, let rows, let seconds, let figures):
      console.object(
        "stage_ended",
        [
          ("stage", .string(stage.rawValue)), ("rows", .integer(rows)),
          ("milliseconds", .integer(Int(seconds * 1000))),
          ("figures", .object(figures.map { ($0.name, .integer($0.value)) })),
        ])
    case .reused(let stage, let from, let rows):
      console.object(
        "reused", [("stage", .string(stage.rawValue)), ("from", .string(from)), ("rows", .integer(rows))])
    case .leftOut(let stage, let why):
      console.object("left_out", [("stage", .string(stage.rawValue)), ("why", .string(why))])
    case .warning(let stage, let problem):
      console.object(
        "warning", [("stage", stage.map { .string($0.rawValue) } ?? .null), ("problem", problem.json)])
    case .published(let label, let isCurrent):
      console.object("published", [("run", .string(label)), ("current", .bool(isCurrent))])
    case .notPublished(let why): console.object("not_published", [("why", .string(why))])
    case .progress: break
    }
  }

  /// At most ten times a second on a terminal, once in ten seconds elsewhere.
  private func progress(_ stage: StageName, _ done: Int, _ total: Int?, _ unit: String) {
    let now = Self.now()
    let pause = isLive ? 0.1 : 10
    let text: String? = live.withLock { live in
      guard live.stage == stage, now - live.startedAt >= pause, now - live.shownAt >= pause else { return nil }
      live.shownAt = now
      live.isShown = isLive
      return Self.progressText(done, total, unit, seconds: now - live.startedAt)
    }
    guard let text else { return }
    if console.format == .json {
      console.object(
        "progress",
        [
          ("stage", .string(stage.rawValue)), ("done", .integer(done)), ("total", total.map(JSON.integer) ?? .null),
          ("unit", .string(unit)),
        ])
    } else if isLive {
      StandardError.write("\r\u{1B}[K\(padded(stage)) \(text)")
    } else {
      console.line("\(padded(stage)) \(text)")
    }
  }

  /// `1,200,000 rows, 600,000 rows/s, 40 %, 3 s left`
  static func progressText(_ done: Int, _ total: Int?, _ unit: String, seconds: Double) -> String {
    var text = "\(grouped(done)) \(unit), \(grouped(Int(Double(done) / max(seconds, 0.001)))) \(unit)/s"
    if let total, total > 0, done > 0 {
      let left = seconds * Double(max(0, total - done)) / Double(done)
      text += ", \(min(100, done * 100 / total)) %, \(Int(left.rounded(.up))) s left"
    }
    return text
  }

  private func line(_ text: String) {
    clear()
    console.line(text)
  }

  private func clear() {
    let wasShown = live.withLock { live in
      defer { live.isShown = false }
      return live.isShown
    }
    if wasShown { StandardError.write("\r\u{1B}[K") }
  }

  private func padded(_ stage: StageName) -> String {
    stage.rawValue + String(repeating: " ", count: max(0, 10 - stage.rawValue.count))
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func text(_ seconds: Double) -> String {
    let tenths = Int((seconds * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  static func grouped(_ value: Int) -> String {
    var text = ""
    let digits = String(value)
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }
}
