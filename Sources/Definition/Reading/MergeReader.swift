import Basics

/// Reads merge.yaml.
struct MergeReader {
  /// Attributes that later stages look at: age, addresses of messages, to-do lists.
  static let neededAttributes = ["name", "birth_date", "mobile", "wecom_id", "branch"]
  private static let notMerged = ["key", "notes"]

  let declared: Declared
  let problems: ProblemCollector

  func definition(from document: Value) -> MergeDefinition? {
    guard let section = Section(document, .merge) else {
      return nil
    }
    let priority = sources(section["priority"], holding: .party)
    if let value = section["priority"], let ids = declared.sourceIds {
      for id in ids where declared.kinds[id] == .party && !priority.contains(id) {
        problems.report(
          "missing_source", "priority lacks the source \(id), so that ties with it cannot be broken", at: value.place)
      }
    }
    let attributes = section["attributes"]?.items()?.compactMap(attribute) ?? []
    checkTogether(attributes, at: section["attributes"]?.place ?? section.place)
    return MergeDefinition(priority: priority, attributes: attributes, aum: aum(section))
  }

  private func sources(_ value: Value?, holding kind: RecordKind) -> [String] {
    let words = value?.words() ?? []
    for word in words { declared.checkSource(word, holds: kind, problems: problems) }
    return words.map(\.text)
  }

  private func aum(_ section: Section) -> AUMRule {
    guard let value = section["aum"],
      let inner = Section(value, .aum)
    else { return AUMRule(holdings: [], knownWhenIn: []) }
    return AUMRule(
      holdings: sources(inner["holdings"], holding: .holding),
      knownWhenIn: sources(inner["known_when_in"], holding: .party))
  }

  private func attribute(_ value: Value) -> AttributeRule? {
    guard
      let section = Section(value, .attribute)
    else { return nil }
    let valid = RecordKind.party.columns.filter { !Self.notMerged.contains($0.name) }
    let columns = (section["columns"]?.words() ?? []).compactMap { word in
      if let column = valid.first(where: { $0.name == word.text }) { return column }
      problems.reportUnknown(
        word, "unknown_column", "a party has no such column to merge", valid: valid.map(\.name))
      return nil
    }
    let rule = section["rule"]?.choice(SurvivorshipRule.self)
    if let rule, let place = section["rule"]?.place { check(rule, fits: columns, at: place) }
    let avoid = section["avoid"]?.choices(Unfitness.self) ?? []
    for unfitness in avoid where !columns.contains(where: unfitness.fits) {
      problems.report(
        "wrong_type", "\(unfitness.rawValue) can be said of none of these columns",
        at: section["avoid"]?.place ?? value.place, found: columns.map(\.name).joined(separator: ", "),
        expected: unfitness.wants)
    }
    return AttributeRule(
      columns: columns.map(\.name), rule: rule ?? .sourcePriority,
      priority: sources(section["priority"], holding: .party), avoid: avoid, place: value.place)
  }

  private func check(_ rule: SurvivorshipRule, fits columns: [RecordKind.Column], at place: Place) {
    let storages: [RecordKind.Storage]
    switch rule {
    case .sourcePriority, .mostRecent, .mostFrequent: return
    case .longest, .union: storages = [.text, .code]
    case .minimum, .maximum: storages = [.date, .integer, .boolean]
    }
    for column in columns where !storages.contains(column.storage) {
      problems.report(
        "wrong_type", "the rule \(rule.rawValue) does not fit the column \(column.name)", at: place,
        found: column.storage.rawValue, expected: storages.map(\.rawValue).joined(separator: " or "))
    }
    if columns.count > 1 && rule == .union {
      problems.report(
        "wrong_type", "the rule union takes values of several records, so columns cannot stay together", at: place,
        found: "\(columns.count) columns", expected: "1 column")
    }
  }

  private func checkTogether(_ attributes: [AttributeRule], at place: Place) {
    var seen: Set<String> = []
    for attribute in attributes {
      for column in attribute.columns where !seen.insert(column).inserted {
        problems.report("filled_twice", "the column \(column) is merged twice", at: attribute.place)
      }
    }
    for name in Self.neededAttributes where !seen.contains(name) {
      problems.report(
        "missing_attribute", "no attribute merges the column \(name), which later stages look at", at: place)
    }
  }
}

extension Unfitness {
  func fits(_ column: RecordKind.Column) -> Bool {
    switch self {
    case .standIn: column.storage == .text
    case .latin: column.name == "name"
    case .placeholder: column.name == "mobile"
    case .checksumFailed: column.name == "document_number"
    }
  }

  fileprivate var wants: String {
    switch self {
    case .standIn: "a column of texts"
    case .latin: "name"
    case .placeholder: "mobile"
    case .checksumFailed: "document_number"
    }
  }
}
