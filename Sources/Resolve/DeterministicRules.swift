import Definition
import Linkage

/// Joins records by the declared rules, in their order.
///
/// Records that agree in a rule's `equal` fields are a group. A group is gone through from the clearest record to the
/// vaguest (complete Chinese names before Latin ones and names with lost characters, nameless records last; records with
/// a document before those without; then in row order). A record joins the one person of the group that it fits best,
/// compared by all clear names that the customers behind both go by; it joins nobody where it fits two people equally
/// well, or where the customers may never be one.
///
/// Cost: a radix sort a rule, then for each record at most `peopleLimit` comparisons.
struct DeterministicRules {
  /// The most people in one group that a record is compared with.
  static let peopleLimit = 200

  private var keys: PartyKeys
  private let rules: [JoinRule]
  private let maxPeoplePerMobile: Int
  private var matcher: NameMatcher
  private var sets: ConstrainedSets
  private var clusterNames: ClusterNames
  private var group = GroupOfPeople()
  private var ordered: [(rank: UInt8, row: Int32)] = []
  private var rowNames: [Int32] = []
  private var personNames: [Int32] = []
  private var joins: [Join] = []
  private var reviews: [Review] = []
  private var undecided: [Int32] = []
  private var joinsByRule: [Int]
  private var sharedMobiles: Int?
  private var recordsInLargeGroups = 0

  /// - Parameter sparesSharedMobiles: whether shared lines are found also where no rule asks for them: a model must not
  ///   take them for evidence either.
  static func resolve(
    _ keys: PartyKeys, by definition: ResolveDefinition, sparesSharedMobiles: Bool = false
  ) -> Resolution {
    var rules = DeterministicRules(keys, definition)
    for index in definition.rules.indices { rules.apply(index) }
    if sparesSharedMobiles { rules.findSharedMobiles() }
    return rules.finish()
  }

  private init(_ keys: PartyKeys, _ definition: ResolveDefinition) {
    self.keys = keys
    rules = definition.rules
    maxPeoplePerMobile = definition.maxPeoplePerMobile
    let matcher = NameMatcher(keys.nameTexts)
    self.matcher = matcher
    sets = NeverTogether.sets(for: keys)
    clusterNames = ClusterNames(keys.names) { matcher.clarity($0) < .vague }
    joinsByRule = [Int](repeating: 0, count: rules.count)
  }

  private mutating func finish() -> Resolution {
    let roots = sets.roots()
    // What a later rule joined after all needs no steward.
    let open = reviews.filter { roots[Int($0.left)] != roots[Int($0.right)] }
    var sorted = open.sorted { ($0.left, $0.right, $0.reason.rawValue) < ($1.left, $1.right, $1.reason.rawValue) }
    var last: Review?
    sorted.removeAll { review in
      defer { last = review }
      return review == last
    }
    return Resolution(
      roots: roots, joins: joins, reviews: sorted, joinsByRule: joinsByRule, sharedMobiles: sharedMobiles ?? 0,
      recordsInLargeGroups: recordsInLargeGroups, undecided: undecided, mobiles: keys.mobiles)
  }

  // MARK: One rule

  private mutating func apply(_ index: Int) {
    let rule = rules[index]
    if rule.equal.contains(.mobile) { findSharedMobiles() }
    let rows = RuleGroups.rows(keys, equal: rule.equal)
    let plan = RulePlan(rule, index: index)
    var start = 0
    while let range = rows.group(from: start) {
      start = range.upperBound
      if range.count < 2 || areTogether(rows.rows[range]) { continue }
      order(rows.rows[range])
      joinGroup(plan)
    }
  }

  private mutating func areTogether(_ rows: ArraySlice<Int32>) -> Bool {
    let root = sets.find(rows[rows.startIndex])
    for row in rows.dropFirst() where sets.find(row) != root { return false }
    return true
  }

  private mutating func order(_ rows: ArraySlice<Int32>) {
    ordered.removeAll(keepingCapacity: true)
    for row in rows { ordered.append((rank(row), row)) }
    if ordered.count > 16 {
      ordered.sort { ($0.rank, $0.row) < ($1.rank, $1.row) }
      return
    }
    for index in 1..<ordered.count {
      var place = index
      while place > 0, ordered[place - 1].rank > ordered[place].rank {
        ordered.swapAt(place - 1, place)
        place -= 1
      }
    }
  }

  private mutating func rank(_ row: Int32) -> UInt8 {
    let isClear = !clusterNames.isEmpty(sets.find(row))
    let clarity: UInt8 = isClear ? 0 : keys.names[Int(row)] < 0 ? 2 : 1
    return clarity * 2 + (keys.documents[Int(row)] < 0 ? 1 : 0)
  }

  private mutating func joinGroup(_ plan: RulePlan) {
    group.removeAll()
    for index in ordered.indices {
      let row = ordered[index].row
      let root = sets.find(row)
      if let person = group.firsts.firstIndex(where: { sets.find($0) == root }) {
        group.add(row, to: person, keys, plan)
      } else {
        place(row, root, plan)
      }
    }
  }

  /// Joins a record to the person whom it fits best, or makes it a person of its own.
  private mutating func place(_ row: Int32, _ root: Int32, _ plan: RulePlan) {
    rowNames.removeAll(keepingCapacity: true)
    clusterNames.append(of: root, to: &rowNames)
    if rowNames.isEmpty, keys.names[Int(row)] >= 0 { rowNames.append(keys.names[Int(row)]) }
    var best: (person: Int, match: NameMatch, ties: Int) = (-1, .different, 0)
    var isBlocked = false
    for person in group.firsts.indices {
      let match = match(row, person, plan)
      if match == .different || plan.needsAgreement && !match.isAgreement { continue }
      if let slot = sets.conflict(row, group.firsts[person]) {
        // One review a record is enough: a group of many would give many times as many.
        if !isBlocked { reviews.append(Review(group.firsts[person], row, NeverTogether.reason(slot, keys))) }
        isBlocked = true
      } else if match < best.match {
        best = (person, match, 1)
      } else if match == best.match {
        best.ties += 1
      }
    }
    if best.ties == 1 { return join(row, root, to: best.person, plan) }
    if best.ties > 1 {
      undecided.append(row)
      return reviews.append(Review(group.firsts[best.person], row, .ambiguous))
    }
    if plan.usesDocument, !isBlocked, let first = group.firsts.first {
      reviews.append(Review(first, row, .sameDocumentDifferentName))
    }
    if group.firsts.count < Self.peopleLimit {
      group.found(row, keys, plan)
    } else {
      recordsInLargeGroups += 1
    }
  }

  private mutating func join(_ row: Int32, _ root: Int32, to person: Int, _ plan: RulePlan) {
    let first = group.firsts[person]
    let firstRoot = sets.find(first)
    guard sets.union(first, row) == .joined else { return }
    clusterNames.merge(max(root, firstRoot), into: min(root, firstRoot))
    joins.append(Join(left: min(first, row), right: max(first, row), rule: Int32(plan.index)))
    joinsByRule[plan.index] += 1
    group.add(row, to: person, keys, plan)
  }

  /// How a record (its names are in `rowNames`) agrees with a person of the group in the fields that must not contradict.
  private mutating func match(_ row: Int32, _ person: Int, _ plan: RulePlan) -> NameMatch {
    let others = group.compare(row, with: person, keys, plan)
    if others == .contradiction { return .different }
    let none: NameMatch = others == .agreement ? .equal : .missing
    guard plan.comparesNames else { return none }
    personNames.removeAll(keepingCapacity: true)
    clusterNames.append(of: sets.find(group.firsts[person]), to: &personNames)
    if personNames.isEmpty { group.appendVagueNames(of: person, to: &personNames) }
    var best = NameMatch.different
    for name in rowNames {
      for other in personNames {
        best = min(best, matcher.match(name, other, typos: plan.usesDocument))
        if best == .equal { return .equal }
      }
    }
    return rowNames.isEmpty || personNames.isEmpty || best == .missing ? none : best
  }

  // MARK: Shared mobiles

  private mutating func findSharedMobiles() {
    if sharedMobiles == nil { sharedMobiles = removeSharedMobiles() }
  }

  /// Takes the mobile from every record that has one of more than `maxPeoplePerMobile` people, so that no rule uses it.
  /// - Returns: how many mobiles there are of this kind.
  private mutating func removeSharedMobiles() -> Int {
    let rows = RuleGroups.rows(keys, equal: [.mobile])
    var count = 0
    var start = 0
    while let range = rows.group(from: start) {
      start = range.upperBound
      guard range.count > maxPeoplePerMobile, hasTooManyPeople(rows.rows[range]) else { continue }
      count += 1
      for row in rows.rows[range] { keys.mobiles[Int(row)] = -1 }
    }
    return count
  }

  private mutating func hasTooManyPeople(_ rows: ArraySlice<Int32>) -> Bool {
    order(rows)
    var people: [[Int32]] = []
    for index in ordered.indices {
      let row = ordered[index].row
      var names: [Int32] = []
      clusterNames.append(of: sets.find(row), to: &names)
      if names.isEmpty { names.append(keys.names[Int(row)]) }
      let isNew = people.allSatisfy { person in
        person.allSatisfy { other in names.allSatisfy { matcher.match($0, other, typos: false) == .different } }
      }
      if isNew { people.append(names) }
      if people.count > maxPeoplePerMobile { return true }
    }
    return false
  }
}
