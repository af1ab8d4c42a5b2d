import Basics

/// A part of a YAML file with fixed keys: unknown and missing keys are reported when it is opened, so that getters
/// only have to say what they want.
struct Section {
  let table: KeyTable
  let place: Place
  let problems: ProblemCollector
  private let values: [String: Value]

  init?(_ value: Value, _ table: KeyTable) {
    guard let pairs = value.pairs() else { return nil }
    let known = table.keys.map(\.name)
    var misspelt: Set<String> = []
    for (key, _) in pairs where !known.contains(key.text) {
      value.problems.reportUnknown(key, "unknown_key", "\(table.title) has no such key", valid: known)
      if let meant = nearest(key.text, among: known) { misspelt.insert(meant) }
    }
    self.table = table
    place = value.place
    problems = value.problems
    values = Dictionary(pairs.map { ($0.key.text, $0.value) }, uniquingKeysWith: { first, _ in first })
    // A misspelt key is one mistake, not two.
    for key in table.keys where key.isNeeded && values[key.name] == nil && !misspelt.contains(key.name) {
      problems.report("missing_key", "\(table.title) lacks the key \"\(key.name)\"", at: place)
    }
  }

  /// The value of a key, if it is there.
  subscript(key: String) -> Value? { values[key] }

  /// The whole number under a key, in the range that the table gives it.
  func integer(_ key: String) -> Int? {
    guard let value = values[key], case .wholeNumber(let range) = table.keys.first(where: { $0.name == key })?.shape
    else { return nil }
    return value.integer(in: range)
  }

  /// `{zh: …, en: …}`; empty texts where it does not fit.
  func bilingual(_ key: String) -> BilingualText {
    guard let value = values[key], let section = Section(value, .bilingual(key)) else {
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
    problems.report("missing_key", "\(table.title) lacks the key \"\(key)\": \(reason)", at: place)
  }
}
