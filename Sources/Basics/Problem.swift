/// Where something was found: a file, and as much of line, byte and field as is known.
public struct Place: Hashable, Sendable, Codable, CustomStringConvertible {
  public var file: String
  /// From 1; nil where a place has no line.
  public var line: Int?
  /// From 1, in characters of the line.
  public var column: Int?
  /// From 0, in bytes of the file as delivered.
  public var byteOffset: Int?
  public var field: String?

  public init(_ file: String, line: Int? = nil, column: Int? = nil, byteOffset: Int? = nil, field: String? = nil) {
    self.file = file
    self.line = line
    self.column = column
    self.byteOffset = byteOffset
    self.field = field
  }

  /// `sources/crm.yaml:12:3, field mobile`
  public var description: String {
    var text = file
    if let line { text += ":\(line)" }
    if line != nil, let column { text += ":\(column)" }
    if line == nil, let byteOffset { text += ", byte \(byteOffset)" }
    if let field { text += ", field \(field)" }
    return text
  }
}

/// One thing that is wrong: what happened, where, what was expected, and what to do about it.
///
/// A problem never holds personal data: `found` is masked by whoever makes the problem, unless it is configuration.
public struct Problem: Error, Hashable, Sendable, Codable, CustomStringConvertible {
  public enum Severity: String, Sendable, Hashable, Codable { case error, warning }

  /// Stable, in snake case: `unknown_key`, `late_extract`.
  public var code: String
  public var severity: Severity
  public var place: Place?
  /// What happened, as a sentence without its full stop.
  public var message: String
  public var found: String?
  public var expected: String?
  /// What to do, as an instruction without its full stop.
  public var advice: String?

  public init(
    _ code: String, _ message: String, severity: Severity = .error, at place: Place? = nil, found: String? = nil,
    expected: String? = nil, advice: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.place = place
    self.message = message
    self.found = found
    self.expected = expected
    self.advice = advice
  }

  /// `sources/crm.yaml:12: error [unknown_type]: …; found "x", expected …. What to do.`
  public var description: String {
    var text = place.map { "\($0): " } ?? ""
    text += "\(severity.rawValue) [\(code)]: \(message)"
    if let found { text += "; found \(found)" }
    if let expected { text += found == nil ? "; expected \(expected)" : ", expected \(expected)" }
    if let advice { text += ". \(advice)" }
    return text + "."
  }
}

/// Several problems at once: a definition lists everything that is wrong with it, not the first thing only.
public struct Problems: Error, Sendable, CustomStringConvertible {
  /// What kind of failure this is, which decides the exit code.
  public enum Kind: Sendable {
    /// The data or a stage failed: exit code 1.
    case data
    /// Usage, definition or an empty selection: exit code 2.
    case definition
    /// An input is late or another run holds the lock: exit code 75, try again.
    case tryAgain
  }

  public var kind: Kind
  public var list: [Problem]

  public init(_ kind: Kind, _ list: [Problem]) {
    self.kind = kind
    self.list = list
  }

  public var description: String { list.map(\.description).joined(separator: "\n") }
}

/// The name among `candidates` that `word` was most likely meant to be, if one is near enough (a third of its length).
public func nearest(_ word: String, among candidates: some Sequence<String>) -> String? {
  var best: (name: String, distance: Int)?
  let limit = max(1, word.count / 3)
  for candidate in candidates.sorted() {
    let distance = editDistance(Array(word.lowercased().unicodeScalars), Array(candidate.lowercased().unicodeScalars))
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.name
}

/// Optimal string alignment distance, for short configuration words only.
func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  if a.isEmpty { return b.count }
  if b.isEmpty { return a.count }
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in 1...a.count {
    var row = [i] + [Int](repeating: 0, count: b.count)
    for j in 1...b.count {
      row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { row[j] = min(row[j], beforeLast[j - 2] + 1) }
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}
