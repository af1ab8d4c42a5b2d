import Basics

/// What the process says to whoever called it.
enum ExitStatus: Int32, CaseIterable {
  case done = 0
  case failed = 1
  case usage = 2
  /// sysexits' EX_TEMPFAIL.
  case tryAgain = 75

  /// Nil for errors that are not about the pipeline, which ArgumentParser words.
  init?(of error: any Error) {
    switch error {
    case let problems as Problems:
      switch problems.kind {
      case .data: self = .failed
      case .definition: self = .usage
      case .tryAgain: self = .tryAgain
      }
    case is Problem: self = .failed
    default: return nil
    }
  }

  private var meaning: String {
    switch self {
    case .done: "done"
    case .failed: "data or a stage failed; nothing was published"
    case .usage: "usage, definition or empty selection"
    case .tryAgain: "an input is late, or another run holds the lock; try again"
    }
  }

  /// For `--help`.
  static func text(_ statuses: [ExitStatus], failed: String? = nil) -> String {
    let lines = statuses.map { status in
      let number = String(status.rawValue)
      let meaning = status == .failed ? failed ?? status.meaning : status.meaning
      return "  " + number + String(repeating: " ", count: 4 - number.count) + meaning
    }
    return (["EXIT CODES:"] + lines).joined(separator: "\n")
  }
}

extension Error {
  var problemList: [Problem] {
    switch self {
    case let problems as Problems: problems.list
    case let problem as Problem: [problem]
    default: []
    }
  }
}

/// The error itself, or wrong usage (which ends with 2) where it is a problem with one of these codes.
func usage(_ error: any Error, _ codes: String...) -> any Error {
  guard let problem = error as? Problem, codes.contains(problem.code) else { return error }
  return Problems(.definition, [problem])
}
