import Basics

/// Reads broadcast.yaml: suppressions and templates; campaigns stand in files of their own.
struct BroadcastReader {
  let declared: Declared
  let problems: ProblemCollector

  /// Without campaigns yet.
  func definition(from document: Value) -> BroadcastDefinition? {
    guard
      let section = Section(document, .broadcast)
    else { return nil }
    var reasons: Set<String> = []
    let suppressions = section["suppressions"]?.items()?.compactMap { suppression($0, &reasons) } ?? []
    var ids: Set<String> = []
    let templates = section["templates"]?.items()?.compactMap { template($0, &ids) } ?? []
    return BroadcastDefinition(
      campaigns: [], templates: templates, suppressions: suppressions,
      maxCustomersPerMobile: section["max_customers_per_mobile"]?.integer(in: 1...1000) ?? 1)
  }

  private func suppression(_ value: Value, _ reasons: inout Set<String>) -> SuppressionRule? {
    guard let section = Section(value, .suppression)
    else { return nil }
    let reason = section["reason"]?.identifier()
    if let reason, !reasons.insert(reason.text).inserted {
      problems.report("duplicate_id", "the reason \"\(reason.text)\" stands twice", at: reason.place)
    }
    if let reason, DecisionReason(rawValue: reason.text) != nil {
      problems.report(
        "name_clash", "broadcast itself gives the reason \"\(reason.text)\"", at: reason.place,
        advice: "Choose another name")
    }
    return SuppressionRule(
      reason: reason?.text ?? "", title: section.bilingual("title"),
      when: section["when"]?.expression() ?? SQLExpression("0", at: value.place),
      scenarios: section["scenarios"]?.choices(CampaignDefinition.Scenario.self) ?? [])
  }

  // MARK: Templates

  private func template(_ value: Value, _ ids: inout Set<String>) -> TemplateDefinition? {
    guard let section = Section(value, .template)
    else { return nil }
    let id = section["id"]?.identifier()
    if let id, !ids.insert(id.text).inserted {
      problems.report("duplicate_id", "the template \"\(id.text)\" stands twice", at: id.place)
    }
    let channel = section["channel"]?.choice(Channel.self)
    if channel == .sms {
      section.demand("signature", because: "a text message begins with 【signature】")
    } else if let channel {
      section.refuse("signature", because: "a template for \(channel.rawValue) has none")
    }
    let text = section["text"]?.word()
    return TemplateDefinition(
      id: id?.text ?? "", channel: channel ?? .sms, signature: section["signature"]?.text() ?? "",
      text: text?.text.trimmingWhitespace ?? "", variables: text.map(variables) ?? [], place: value.place)
  }

  /// The columns between braces, in order of first appearance; reports braces that do not match and unknown columns.
  private func variables(in text: Word) -> [String] {
    var variables: [String] = []
    var rest = Substring(text.text)
    while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      let inner = rest[rest.index(after: open)...]
      guard rest[open] == "{", let close = inner.firstIndex(where: { $0 == "{" || $0 == "}" }), inner[close] == "}"
      else {
        problems.report(
          "bad_template", "a brace stands alone in the text", at: text.place, expected: "{column}")
        return variables
      }
      let name = String(inner[..<close])
      if !variables.contains(name) { variables.append(name) }
      rest = inner[inner.index(after: close)...]
    }
    if let merge = declared.merge, let tag = declared.tag {
      let valid = CustomerRow.columns(merge: merge, tag: tag).map(\.name)
      for name in variables where !valid.contains(name) {
        problems.reportUnknown(
          Word(text: name, place: text.place, isQuoted: false), "unknown_column",
          "the customer row has no such column", valid: valid)
      }
    }
    return variables
  }
}
