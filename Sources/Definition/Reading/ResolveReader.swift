import Basics

/// Reads resolve.yaml.
struct ResolveReader {
  let reader: FolderReader
  let declared: Declared
  private var problems: ProblemCollector { reader.problems }

  func definition(from document: Value) -> ResolveDefinition? {
    guard
      let section = Section(document, .resolve)
    else { return nil }
    var ids: Set<String> = []
    let rules = section["rules"]?.items()?.compactMap { rule($0, &ids) } ?? []
    let linkage = section["linkage"].flatMap(LinkageReader(reader: reader, declared: declared).definition)
    if section["linkage"] != nil { checkCauses(rules) }
    return ResolveDefinition(
      rules: rules, maxPeoplePerMobile: section["max_people_per_mobile"]?.integer(in: 1...1000) ?? 1, linkage: linkage)
  }

  private func checkCauses(_ rules: [JoinRule]) {
    guard let rule = rules.first(where: { $0.id == LinkageDefinition.cause }) else { return }
    problems.report(
      "reserved_name", "a rule has the name by which pairs tell what the model joined", at: rule.place,
      found: "\"\(rule.id)\"", advice: "Give the rule another id")
  }

  private func rule(_ value: Value, _ ids: inout Set<String>) -> JoinRule? {
    guard let section = Section(value, .joinRule) else {
      return nil
    }
    let id = section["id"]?.identifier()
    if let id, !ids.insert(id.text).inserted {
      problems.report("duplicate_id", "the rule \"\(id.text)\" stands twice", at: id.place)
    }
    let equal = section["equal"]?.choices(IdentityField.self)
    let compatible = section["compatible"]?.choices(IdentityField.self) ?? []
    for field in compatible where equal?.contains(field) == true {
      problems.report(
        "useless_key", "\(field.rawValue) is asked to be equal already",
        at: section["compatible"]?.place ?? value.place,
        advice: "Remove it from compatible")
    }
    // A word that is not known is one mistake, not two.
    if let equal, let value = section["equal"], equal.count == value.node.sequence?.count {
      checkStrength(equal, compatible, at: value.place)
    }
    return JoinRule(id: id?.text ?? "", equal: equal ?? [], compatible: compatible, place: value.place)
  }

  /// A mobile number passes from one person to another, and two people may share name and birthday: none of these
  /// alone makes two records one.
  private func checkStrength(_ equal: [IdentityField], _ compatible: [IdentityField], at place: Place) {
    let all = equal + compatible
    let joinsByMobile = equal.contains(.mobile) && (all.contains(.name) || all.contains(.birthDate))
    if equal.contains(.document) || joinsByMobile { return }
    problems.report(
      "weak_rule", "this rule would join different people", at: place,
      found: equal.isEmpty ? "nothing" : equal.map(\.rawValue).joined(separator: ", "),
      expected: "document, or mobile together with name or birth_date")
  }
}
