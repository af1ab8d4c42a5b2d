import Basics
import Definition

/// Holds how many records of an extract break their contract against what its source allows.
struct RejectCheck {
  let source: SourceDefinition

  /// An error beyond `fail`, a warning beyond `warn`.
  func problem(_ result: SourceResult) -> Problem? {
    let rejected = result.quarantined.count
    if source.reject.fail.isExceeded(by: rejected, of: result.records) {
      return Problem(
        "too_many_rejected", "too many records of \(source.id) break their contract", at: Place(result.file),
        found: "\(rejected) of \(result.records)", expected: source.reject.fail.words,
        advice:
          "Look at them with `guiyi quarantine show \(source.id)`; raise `reject` in \(source.place.file) only if they may be lost"
      )
    }
    guard let limit = source.reject.warn, limit.isExceeded(by: rejected, of: result.records) else { return nil }
    return Problem(
      "many_rejected", "more records of \(source.id) than usual break their contract", severity: .warning,
      at: Place(result.file), found: "\(rejected) of \(result.records)", expected: limit.words,
      advice: "Look at them with `guiyi quarantine show \(source.id)`, and tell the owners of \(source.system)")
  }
}

extension RejectLimit {
  /// `at most 100 records, and 10 in a thousand`
  fileprivate var words: String {
    guard let rows else { return "at most \(perThousand) in a thousand" }
    return perThousand >= 1_000
      ? "at most \(rows) records" : "at most \(rows) records, and \(perThousand) in a thousand"
  }
}
