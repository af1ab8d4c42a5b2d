import Basics
@testable import Linkage

/// Patterns of record pairs drawn from a model with stated parameters: matches of which groups of fields changed as a
/// whole, households, and strangers; given its class a pair's levels are independent (Fellegi and Sunter 1969).
struct KnownPatterns {
  static let recordCount = 501
  static let (matches, households) = (4_000, 5_000)
  static var pairs: Int { recordCount * (recordCount - 1) / 2 }
  /// Of true matches: the share in which all of the name, all of the address is as it was.
  static let kept = [0.90, 0.80]
  /// Of households: the share in which the address is that of the household in both records.
  static let householdKept = 0.85

  static let shape = ModelShape(
    Comparison.all(
      Matching(
        fields: [
          SmallRecords.plan("first", .givenName, .name), SmallRecords.plan("last", .familyName, .name, isShared: true),
          SmallRecords.plan("birth", .date, .birth), SmallRecords.plan("street", .text, .address, isShared: true),
          SmallRecords.plan("postcode", .postcode, .address, isShared: true),
          SmallRecords.plan("phone", .phone, .contact, isShared: true), SmallRecords.plan("card", .code),
        ], swappable: [], blocking: [])))

  /// By comparison, by level from 1; each sums to 1.
  static let m: [[Double]] = [
    [0.70, 0.12, 0.04, 0.03, 0.03, 0.02, 0.02, 0.04], [0.75, 0.10, 0.02, 0.03, 0.03, 0.01, 0.02, 0.04],
    [0.85, 0.05, 0.03, 0.01, 0.01, 0.01, 0.02, 0.02], [0.72, 0.10, 0.06, 0.05, 0.03, 0.04], [0.82, 0.06, 0.05, 0.07],
    [0.65, 0.07, 0.03, 0.25], [0.80, 0.12, 0.03, 0.05],
  ]
  static let u: [[Double]] = [
    [0.02, 0.01, 0.01, 0.02, 0.03, 0.02, 0.06, 0.83], [0.01, 0.01, 0.01, 0.02, 0.02, 0.02, 0.05, 0.86],
    [0.001, 0.002, 0.007, 0.01, 0.02, 0.03, 0.25, 0.68], [0.005, 0.005, 0.01, 0.03, 0.10, 0.85],
    [0.02, 0.03, 0.15, 0.80], [0.001, 0.001, 0.003, 0.995], [0.0005, 0.001, 0.0035, 0.995],
  ]
  /// Of households; there are namesakes and twins among them.
  static let h: [[Double]] = [
    [0.03, 0.01, 0.01, 0.02, 0.03, 0.02, 0.06, 0.82], [0.85, 0.05, 0.01, 0.02, 0.02, 0.01, 0.01, 0.03],
    [0.03, 0.002, 0.007, 0.01, 0.02, 0.03, 0.25, 0.651], [0.80, 0.08, 0.04, 0.03, 0.02, 0.03],
    [0.88, 0.05, 0.03, 0.04], [0.60, 0.06, 0.02, 0.32], u[6],
  ]
  /// By comparison: of pairs in which a value is missing.
  static let missing = [0.02, 0.02, 0.05, 0.1, 0.1, 0.3, 0.4]

  var table = PatternTable()
  /// By pair: its pattern, and whether it is a match.
  var pairs: [(pattern: UInt64, isMatch: Bool)] = []

  /// - Parameter blocked: by rule a comparison: only pairs that agree in one of them exactly are seen. None: all pairs.
  init(seed: UInt64, blocked: [Int] = []) {
    var draws = SplitMix64(seed: seed)
    for number in 0..<Self.pairs {
      let isMatch = number < Self.matches
      let tables = isMatch ? Self.m : number < Self.matches + Self.households ? Self.h : Self.u
      let isHousehold = !isMatch && number < Self.matches + Self.households
      let shares = isMatch ? Self.kept : isHousehold ? [1, Self.householdKept] : [1, 1]
      let isKept = shares.map { draws.unit() < $0 }
      var levels = [UInt8](repeating: 0, count: tables.count)
      func draw(_ k: Int) {
        let group = k < 2 ? 0 : k == 3 || k == 4 ? 1 : -1
        let isChanged = group >= 0 && !isKept[group]
        let level = UInt8(1 + draws.index(isChanged ? Self.u[k] : tables[k]))
        levels[k] = draws.unit() < Self.missing[k] ? 0 : level
      }
      for k in blocked { draw(k) }
      var rules: UInt32 = blocked.isEmpty ? 1 : 0
      for (rule, k) in blocked.enumerated() where levels[k] == 1 { rules |= 1 << UInt32(rule) }
      if rules == 0 { continue }
      for k in levels.indices where !blocked.contains(k) { draw(k) }
      let pattern = levels.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << UInt64($1.offset * 4) }
      _ = table.add(pattern, rules: rules)
      pairs.append((pattern, isMatch))
    }
  }

  static var matchShare: Double { Double(matches) / Double(pairs) }
  static var householdShare: Double { Double(households) / Double(pairs) }

  /// What all pairs together show, matches and households among them.
  static var random: RandomPairs {
    let shares = m.indices.map { k -> [Double] in
      let kept = k < 2 ? Self.kept[0] : k == 3 || k == 4 ? Self.kept[1] : 1
      let home = k == 3 || k == 4 ? householdKept : 1
      return [1]
        + m[k].indices.map { level in
          matchShare * (kept * m[k][level] + (1 - kept) * u[k][level])
            + householdShare * (home * h[k][level] + (1 - home) * u[k][level]) + (1 - matchShare - householdShare)
            * u[k][level]
        }
    }
    return RandomPairs(
      shares: shares, frequencyMeans: shares.map { $0.map { _ in 0 } }, known: missing.map { 1 - $0 }, sampled: pairs)
  }
}
