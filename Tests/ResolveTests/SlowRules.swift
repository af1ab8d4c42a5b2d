import Definition
import Standards
import TestSupport

@testable import Resolve

/// The deterministic rules in the obvious way: texts compared as texts, groups found by comparing all pairs, what a
/// customer holds gathered anew from its records each time.
struct SlowRules {
  let rows: [RecordTables.Row]
  let rules: [JoinRule]
  let maxPeoplePerMobile: Int
  private(set) var roots: [Int]
  private(set) var joins: [Join] = []
  private(set) var reviews: [Review] = []
  private(set) var sharedMobiles = 0
  private var unshared: [String?]

  init(_ rows: [RecordTables.Row], _ definition: ResolveDefinition) {
    self.rows = rows
    rules = definition.rules
    maxPeoplePerMobile = definition.maxPeoplePerMobile
    roots = Array(rows.indices)
    unshared = rows.map { $0["mobile"] }
  }

  mutating func run() {
    var isMobileSeen = false
    for (index, rule) in rules.enumerated() {
      if rule.equal.contains(.mobile), !isMobileSeen {
        removeSharedMobiles()
        isMobileSeen = true
      }
      for group in groups(rule.equal) where Set(group.map { roots[$0] }).count > 1 { join(ordered(group), rule, index) }
    }
    var seen: [Review] = []
    for review in reviews where roots[Int(review.left)] != roots[Int(review.right)] && !seen.contains(review) {
      seen.append(review)
    }
    reviews = seen.sorted { ($0.left, $0.right, $0.reason.rawValue) < ($1.left, $1.right, $1.reason.rawValue) }
  }

  // MARK: Values

  private func document(_ row: Int) -> String? {
    guard let number = rows[row]["document_number"], let type = rows[row]["document_type"] else { return nil }
    let isFailed = StandardNotes(rawValue: Int32(rows[row]["notes"]!)!).contains(.checksumFailed)
    return isFailed ? nil : "\(type) \(number)"
  }

  private func value(_ field: IdentityField, _ row: Int) -> String? {
    switch field {
    case .document: document(row)
    case .mobile: unshared[row]
    case .name: rows[row]["name"]
    case .birthDate: rows[row]["birth_date"]
    }
  }

  /// Records with equal values in order of where each value first stands; birth dates by day.
  private func groups(_ fields: [IdentityField]) -> [[Int]] {
    func rank(_ field: IdentityField, _ row: Int) -> [Int] {
      let value = value(field, row)!
      if field == .birthDate { return value.utf8.map(Int.init) }
      return [rows.indices.first { self.value(field, $0) == value }!]
    }
    let complete = rows.indices.filter { row in fields.allSatisfy { value($0, row) != nil } }
    var groups: [[Int]] = []
    for row in complete {
      if let group = groups.firstIndex(where: { group in fields.allSatisfy { value($0, group[0]) == value($0, row) } })
      {
        groups[group].append(row)
      } else {
        groups.append([row])
      }
    }
    return groups.sorted { a, b in
      fields.flatMap { rank($0, a[0]) }.lexicographicallyPrecedes(fields.flatMap { rank($0, b[0]) })
    }
  }

  private func members(_ row: Int) -> [Int] { rows.indices.filter { roots[$0] == roots[row] } }

  private func isClear(_ name: String) -> Bool { !name.unicodeScalars.contains { $0.value < 0x80 } }

  private func clearNames(_ row: Int) -> [String] { members(row).compactMap { rows[$0]["name"] }.filter(isClear) }

  private func match(_ a: String, _ b: String, typos: Bool) -> NameMatch {
    switch NameCompatibility.compare(a, b) {
    case .equal: return .equal
    case .wildcard: return .wildcard
    case .pinyin: return .pinyin
    case nil: return .missing
    case .different: break
    }
    let (a, b) = (Array(a.unicodeScalars), Array(b.unicodeScalars))
    let places = a.count == b.count ? a.indices.filter { a[$0] != b[$0] } : []
    let isTypo = places.count == 1 && (a.count > 2 || places[0] == 1)
    let isAlike =
      a.count == b.count && a.count > 1
      && a.indices.allSatisfy { place in
        a[place] == b[place] || Pinyin.readings(of: a[place]).contains { Pinyin.readings(of: b[place]).contains($0) }
      }
    return typos && (isTypo || isAlike) ? .typo : .different
  }

  private func match(_ names: [String], _ others: [String], typos: Bool) -> NameMatch {
    names.flatMap { name in others.map { match(name, $0, typos: typos) } }.min() ?? .missing
  }

  // MARK: Groups

  private func ordered(_ group: [Int]) -> [Int] {
    func rank(_ row: Int) -> Int {
      let clarity = !clearNames(row).isEmpty ? 0 : rows[row]["name"] == nil ? 2 : 1
      return clarity * 2 + (document(row) == nil ? 1 : 0)
    }
    return group.map { (rank($0), $0) }.sorted { $0 < $1 }.map(\.1)
  }

  private func conflict(_ a: Int, _ b: Int) -> Review.Reason? {
    let all = members(a) + members(b)
    let documents = Set(all.compactMap(document))
    let types = documents.map { $0.split(separator: " ")[0] }
    if types.count != Set(types).count { return .blockedByDocument }
    return Set(all.compactMap { rows[$0]["party_type"] }).count > 1 ? .blockedByPartyType : nil
  }

  private mutating func join(_ group: [Int], _ rule: JoinRule, _ index: Int) {
    var people: [[Int]] = []
    for row in group {
      if let person = people.firstIndex(where: { roots[$0[0]] == roots[row] }) {
        people[person].append(row)
      } else {
        place(row, &people, rule, index)
      }
    }
  }

  private mutating func place(_ row: Int, _ people: inout [[Int]], _ rule: JoinRule, _ index: Int) {
    let typos = rule.equal.contains(.document)
    var fitting: [(match: NameMatch, person: Int)] = []
    var blocked: Review?
    for (person, records) in people.enumerated() {
      let own = clearNames(row).isEmpty ? [rows[row]["name"]].compactMap { $0 } : clearNames(row)
      let theirs = clearNames(records[0])
      let match = match(own, theirs.isEmpty ? records.compactMap { rows[$0]["name"] } : theirs, typos: typos)
      if match == .different || rule.equal == [.mobile] && match == .missing { continue }
      if let reason = conflict(row, records[0]) {
        blocked = blocked ?? Review(Int32(records[0]), Int32(row), reason)
      } else {
        fitting.append((match, person))
      }
    }
    if let blocked { reviews.append(blocked) }
    let best = fitting.map(\.match).min()
    let ties = fitting.filter { $0.match == best }
    if ties.count > 1 {
      reviews.append(Review(Int32(people[ties[0].person][0]), Int32(row), .ambiguous))
    } else if let only = ties.first {
      let first = people[only.person][0]
      joins.append(Join(left: Int32(min(first, row)), right: Int32(max(first, row)), rule: Int32(index)))
      let (a, b) = (roots[first], roots[row])
      roots = roots.map { $0 == max(a, b) ? min(a, b) : $0 }
      people[only.person].append(row)
    } else {
      if typos, blocked == nil, let first = people.first {
        reviews.append(Review(Int32(first[0]), Int32(row), .sameDocumentDifferentName))
      }
      people.append([row])
    }
  }

  private mutating func removeSharedMobiles() {
    for group in groups([.mobile]) {
      var people: [[String]] = []
      for row in ordered(group) {
        let names = clearNames(row).isEmpty ? [rows[row]["name"]].compactMap { $0 } : clearNames(row)
        if !names.isEmpty, people.allSatisfy({ match($0, names, typos: false) == .different }) { people.append(names) }
      }
      if people.count <= maxPeoplePerMobile { continue }
      sharedMobiles += 1
      for row in group { unshared[row] = nil }
    }
  }
}
