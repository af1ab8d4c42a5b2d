import Definition

/// What a rule asks for, worked out once.
struct RulePlan {
  let index: Int
  let usesDocument: Bool
  let comparesNames: Bool
  /// Fields beside the name that must not contradict.
  let otherFields: [IdentityField]
  /// Whether the fields that must not contradict have to agree in at least one value: a mobile alone joins nobody.
  let needsAgreement: Bool

  init(_ rule: JoinRule, index: Int) {
    self.index = index
    usesDocument = rule.equal.contains(.document)
    comparesNames = rule.compatible.contains(.name)
    otherFields = rule.compatible.filter { $0 != .name && !rule.equal.contains($0) }
    needsAgreement = rule.equal == [.mobile]
  }
}

/// The different people among the records that agree in a rule's fields, as found so far.
struct GroupOfPeople {
  enum Comparison { case contradiction, silence, agreement }

  /// A record whose values stand for those of its person.
  private struct Member {
    var person: Int32
    var row: Int32
    var name: Int32
  }

  /// By person: the record that founded it.
  private(set) var firsts: [Int32] = []
  private var members: [Member] = []

  mutating func removeAll() {
    firsts.removeAll(keepingCapacity: true)
    members.removeAll(keepingCapacity: true)
  }

  mutating func found(_ row: Int32, _ keys: PartyKeys, _ plan: RulePlan) {
    firsts.append(row)
    add(row, to: firsts.count - 1, keys, plan)
  }

  /// Records that bring nothing new are not kept, so a person has few members however many records it has.
  mutating func add(_ row: Int32, to person: Int, _ keys: PartyKeys, _ plan: RulePlan) {
    let name = keys.names[Int(row)]
    let isKnown = members.contains { member in
      member.person == Int32(person) && member.name == name
        && plan.otherFields.allSatisfy { keys.values(of: $0)[Int(member.row)] == keys.values(of: $0)[Int(row)] }
    }
    if !isKnown { members.append(Member(person: Int32(person), row: row, name: name)) }
  }

  func appendVagueNames(of person: Int, to names: inout [Int32]) {
    for member in members where member.person == Int32(person) && member.name >= 0 { names.append(member.name) }
  }

  /// Compares a record with all members of a person in the fields beside the name.
  func compare(_ row: Int32, with person: Int, _ keys: PartyKeys, _ plan: RulePlan) -> Comparison {
    if plan.otherFields.isEmpty { return .silence }
    var result = Comparison.silence
    for member in members where member.person == Int32(person) {
      for field in plan.otherFields {
        let (a, b) = (keys.values(of: field)[Int(row)], keys.values(of: field)[Int(member.row)])
        if a < 0 || b < 0 { continue }
        if a == b {
          result = .agreement
        } else if field != .document || keys.documentFacts[Int(a)].type == keys.documentFacts[Int(b)].type {
          return .contradiction
        }
      }
    }
    return result
  }
}
