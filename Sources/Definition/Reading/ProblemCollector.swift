import Basics

/// Gathers everything that is wrong while a definition is read, so that all of it can be told at once.
final class ProblemCollector {
  private var problems: Set<Problem> = []

  func add(_ problem: Problem) { problems.insert(problem) }

  func report(
    _ code: String, _ message: String, at place: Place, found: String? = nil, expected: String? = nil,
    advice: String? = nil
  ) {
    add(Problem(code, message, at: place, found: found, expected: expected, advice: advice))
  }

  func warn(_ code: String, _ message: String, at place: Place, advice: String? = nil) {
    add(Problem(code, message, severity: .warning, at: place, advice: advice))
  }

  /// A word that is none of the valid ones: lists them where they are few, and names the nearest.
  func reportUnknown(_ word: Word, _ code: String, _ message: String, valid: [String]) {
    let few = !valid.isEmpty && valid.count <= 20
    let nearestName = nearest(word.text, among: valid)
    report(
      code, message, at: word.place, found: "\"\(word.text)\"", expected: few ? valid.joined(separator: ", ") : nil,
      advice: nearestName.map { "Perhaps \"\($0)\" is meant" })
  }

  /// In order of file, line and column; errors and warnings apart.
  func sorted(_ severity: Problem.Severity) -> [Problem] {
    problems.filter { $0.severity == severity }.sorted { a, b in
      let (placeA, placeB) = (a.place ?? Place(""), b.place ?? Place(""))
      let keyA = (placeA.file, placeA.line ?? 0, placeA.column ?? 0, a.description)
      return keyA < (placeB.file, placeB.line ?? 0, placeB.column ?? 0, b.description)
    }
  }
}
