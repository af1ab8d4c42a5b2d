import Audit
import Basics
import Glibc
import Standards

enum StandardStreams {
  /// Fills the numbers of streams that the caller closed, so that no message ends up in one of our files.
  static func fill() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is the one just found missing.
      _ = open("/dev/null", O_RDWR)
    }
  }

  /// A reader who goes away does not end a run: `guiyi run 2>&1 | head` still publishes. Other commands may end there.
  static func outliveReaders() { signal(SIGPIPE, SIG_IGN) }
}

/// Results.
enum StandardOutput {
  static func write(_ text: String) { writeAll(text, to: 1) }
}

/// Messages and progress.
enum StandardError {
  static func write(_ text: String) { writeAll(text, to: 2) }
  static var isTerminal: Bool { isatty(2) == 1 }
}

private func writeAll(_ text: String, to descriptor: Int32) {
  var text = text
  text.withUTF8 { utf8 in
    var done = 0
    while done < utf8.count {
      let written = Glibc.write(descriptor, utf8.baseAddress! + done, utf8.count - done)
      if written < 0 && errno == EINTR { continue }
      // Nobody reads any more: the exit code still says how it went.
      if written <= 0 { return }
      done += written
    }
  }
}

/// How messages are written.
enum LogFormat: String, CaseIterable {
  case text, json
}

/// Writes messages to stderr, as lines for people or as one JSON object a line.
struct Console: Sendable {
  let format: LogFormat
  /// Colours only for a terminal, and not where NO_COLOR is set to anything.
  let isColoured: Bool

  init(format: LogFormat) {
    self.format = format
    let noColour = getenv("NO_COLOR").map { String(cString: $0) } ?? ""
    let terminal = getenv("TERM").map { String(cString: $0) } ?? ""
    isColoured = format == .text && StandardError.isTerminal && noColour.isEmpty && terminal != "dumb"
  }

  func line(_ text: String) { StandardError.write(text + "\n") }

  /// One event for machines.
  func object(_ event: String, _ members: [(key: String, value: JSON)]) {
    StandardError.write(JSON.object([("event", .string(event))] + members).line + "\n")
  }

  func problems(_ problems: [Problem]) {
    for problem in problems {
      switch format {
      case .json: object(problem.severity.rawValue, [("problem", problem.json)])
      case .text:
        let red = problem.severity == .error ? "31" : "33"
        line(colour(problem.description, red))
      }
    }
  }

  func colour(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
