import Basics

/// Reads tags.yaml.
struct TagReader {
  let declared: Declared
  let problems: ProblemCollector

  func definition(from document: Value) -> TagDefinition? {
    guard let section = Section(document, .tags) else {
      return nil
    }
    let measureReader = MeasureReader(declared: declared, problems: problems)
    var taken = reservedNames()
    let measures = section["measures"]?.items()?.compactMap { measureReader.measure($0, &taken) } ?? []
    let tags = section["tags"]?.items()?.compactMap { tag($0, &taken) } ?? []
    return TagDefinition(measures: measures, tags: tags, policy: policy(section))
  }

  /// Names of the customer row that are taken before measures and tags, with what takes them.
  private func reservedNames() -> [String: String] {
    let profile = declared.merge.map(CustomerRow.profileColumns) ?? []
    let columns = profile + CustomerRow.builtInColumns + [CustomerRow.businessDate]
    return Dictionary(
      columns.map { ($0.name, "a column of the customer row") }, uniquingKeysWith: { first, _ in first })
  }

  static func take(_ id: Word, as what: String, _ taken: inout [String: String], _ problems: ProblemCollector) {
    if let other = taken.updateValue(what, forKey: id.text) {
      problems.report(
        "name_clash", "the name \"\(id.text)\" is taken by \(other)", at: id.place, advice: "Choose another name")
    }
  }

  private func tag(_ value: Value, _ taken: inout [String: String]) -> TagRule? {
    guard let section = Section(value, .tag) else { return nil }
    let id = section["id"]?.identifier()
    if let id { Self.take(id, as: "a tag", &taken, problems) }
    return TagRule(
      id: id?.text ?? "", title: section.bilingual("title"),
      kind: section["kind"].map { $0.choice(TagRule.Kind.self) ?? .basic } ?? .basic,
      type: section["type"].map { $0.choice(TagRule.ValueType.self) ?? .text } ?? .text,
      value: section["value"]?.expression() ?? SQLExpression("NULL", at: value.place), place: value.place)
  }

  // MARK: Policy

  private func policy(_ section: Section) -> Policy {
    guard let value = section["policy"], let inner = Section(value, .policy)
    else {
      return Policy(aumLine: 0, tiers: [])
    }
    let tiers = inner["tiers"]?.items()?.compactMap(tier) ?? []
    check(tiers.map(\.tier), places: tiers.map(\.place), at: inner["tiers"]?.place ?? value.place)
    return Policy(aumLine: inner["aum_line"]?.money(decimals: declared.decimals) ?? 0, tiers: tiers.map(\.tier))
  }

  private func tier(_ value: Value) -> (tier: Policy.Tier, place: Place)? {
    guard let section = Section(value, .tier) else { return nil }
    guard let id = section["id"]?.identifier(), let from = section["from"]?.money(decimals: declared.decimals) else {
      return nil
    }
    return (Policy.Tier(id: id.text, title: section.bilingual("title"), from: from), value.place)
  }

  private func check(_ tiers: [Policy.Tier], places: [Place], at place: Place) {
    guard let first = tiers.first else {
      problems.report("no_tiers", "there is no tier", at: place, expected: "one that begins at \"0.00\", at least")
      return
    }
    if first.from != 0 {
      problems.report(
        "tiers_not_rising", "the first tier leaves a gap below it", at: places[0], found: decimal(first.from),
        expected: "\"0.00\"")
    }
    for (index, tier) in tiers.enumerated().dropFirst() {
      if tier.from <= tiers[index - 1].from {
        problems.report(
          "tiers_not_rising", "the tier \(tier.id) does not begin above the one before", at: places[index],
          found: decimal(tier.from), expected: "more than \(decimal(tiers[index - 1].from))")
      }
      if tiers[..<index].contains(where: { $0.id == tier.id }) {
        problems.report("duplicate_id", "the tier \"\(tier.id)\" stands twice", at: places[index])
      }
    }
  }

  private func decimal(_ amount: Int64) -> String {
    let cents = String(amount % 100)
    return "\"\(amount / 100).\(cents.count == 1 ? "0" : "")\(cents)\""
  }
}
