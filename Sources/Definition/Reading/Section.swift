import Basics

/// A part of a YAML file with fixed keys: unknown and missing keys are reported when it is opened, so that getters
/// only have to say what they want.
struct Section {
  let title: String
  let place: Place
  let problems: ProblemCollector
  private let values: [String: Value]

  /// - Parameter title: what messages call it, with its article: `a source`.
  init?(_ value: Value, _ title: String, required: [String], optional: [String] = []) {
    guard let pairs = value.pairs() else { return nil }
    let known = required + optional
    var misspelt: Set<String> = []
    for (key, _) in pairs where !known.contains(key.text) {
      value.problems.reportUnknown(key, "unknown_key", "\(title) has no such key", valid: known)
      if let meant = nearest(key.text, among: known) { misspelt.insert(meant) }
    }
    self.title = title
    place = value.place
    problems = value.problems
    values = Dictionary(pairs.map { ($0.key.text, $0.value) }, uniquingKeysWith: { first, _ in first })
    // A misspelt key is one mistake, not two.
    for key in required where values[key] == nil && !misspelt.contains(key) {
      problems.report("missing_key", "\(title) lacks the key \"\(key)\"", at: place)
    }
  }

  /// The value of a key, if it is there.
  subscript(key: String) -> Value? { values[key] }

  /// `{zh: …, en: …}`; empty texts where it does not fit.
  func bilingual(_ key: String) -> BilingualText {
    guard let value = values[key], let section = Section(value, key, required: ["zh", "en"]) else {
      return BilingualText(zh: "", en: "")
    }
    return BilingualText(zh: section["zh"]?.text() ?? "", en: section["en"]?.text() ?? "")
  }

  /// Reports a key that makes no sense beside the others.
  func refuse(_ key: String, because reason: String) {
    guard let value = values[key] else { return }
    problems.report("useless_key", "\"\(key)\" has no place here: \(reason)", at: value.place, advice: "Remove it")
  }

  /// Reports a key that the others make necessary.
  func demand(_ key: String, because reason: String) {
    guard values[key] == nil else { return }
    problems.report("missing_key", "\(title) lacks the key \"\(key)\": \(reason)", at: place)
  }
}
