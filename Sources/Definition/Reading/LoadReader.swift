import Basics

/// Reads how an extract stands to the ones before it.
struct LoadReader {
  private enum Name: String, CaseIterable { case full, increment }

  let kind: RecordKind
  let origins: FieldOrigins
  let problems: ProblemCollector

  func load(_ source: Section, _ fields: [FieldDefinition]) -> LoadRule {
    guard let value = source["load"] else { return .full }
    let rule = rule(value, fields)
    if rule != .full, !fields.contains(where: { $0.to == "key" }) {
      problems.report(
        "unfilled_column", "no field fills the column key, by which a record replaces an earlier one", at: value.place)
    }
    return rule
  }

  private func rule(_ value: Value, _ fields: [FieldDefinition]) -> LoadRule {
    if value.isText { return value.choice(Name.self) == .increment ? .increment(nil) : .full }
    guard let section = Section(value, .load) else { return .full }
    if let delta = section["delta"] {
      section.refuse("increment", because: "the load is a delta")
      return self.delta(delta, fields)
    }
    guard let increment = section["increment"], let inner = Section(increment, .increment) else {
      section.demand("increment", because: "there is no delta either")
      return .full
    }
    return .increment(retention(inner, fields))
  }

  private func delta(_ value: Value, _ fields: [FieldDefinition]) -> LoadRule {
    guard let section = Section(value, .delta) else { return .full }
    let mark = section["mark"]?.word()
    if let mark { origins.check(mark, under: "mark") }
    let inserts = section["insert"]?.words() ?? []
    let updates = section["update"]?.words() ?? []
    let deletes = section["delete"]?.words() ?? []
    var seen: Set<Word> = []
    for word in inserts + updates + deletes where !seen.insert(word).inserted {
      problems.report("listed_twice", "the mark \"\(word.text)\" means two things", at: word.place)
    }
    if seen.isEmpty {
      problems.report(
        "missing_key", "a delta names no mark", at: section.place, expected: "insert, update or delete with its words")
    }
    let deltaMark = DeltaMark(
      field: mark?.text ?? "", inserts: inserts.map(\.text), updates: updates.map(\.text),
      deletes: deletes.map(\.text))
    return .delta(deltaMark, retention(section, fields))
  }

  private func retention(_ section: Section, _ fields: [FieldDefinition]) -> Retention? {
    if section["keep_days"] != nil { section.demand("by", because: "keep_days counts from its day") }
    if section["by"] != nil { section.demand("keep_days", because: "by says from which day it counts") }
    let days = section["keep_days"]?.integer(in: 1...36_525)
    guard let word = section["by"]?.word() else { return nil }
    let filled = Set(fields.map(\.to))
    let dates = kind.columns.filter { [.date, .timestamp].contains($0.storage) && filled.contains($0.name) }
    if !dates.contains(where: { $0.name == word.text }) {
      problems.reportUnknown(
        word, "unknown_column", "by names no column of dates or timestamps that a field fills",
        valid: dates.map(\.name))
    }
    return days.map { Retention(column: word.text, days: $0) }
  }
}
