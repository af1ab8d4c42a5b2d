import Basics

extension ModelFile {
  /// Everything that no training can have written.
  static func check(_ model: StoredModel, _ place: Place) -> [Problem] {
    var check = ModelCheck(place: place)
    check.share(model.matchShare, "match_share")
    check.share(model.householdShare, "household_share")
    for (name, bits) in [("pair_threshold", model.pairThreshold), ("cluster_threshold", model.clusterThreshold)]
    where !bits.isFinite || abs(bits) > 1_000 {
      check.report("bad_number", "\(name) is not a number of bits", found: "\(bits)", expected: "-1000 to 1000")
    }
    check.groups(model.groups)
    if model.comparisons.isEmpty { check.report("empty_list", "the model compares nothing: comparisons is empty") }
    var ids: Set<String> = []
    for comparison in model.comparisons {
      if !ids.insert(comparison.id).inserted {
        check.report("duplicate_id", "the comparison \"\(comparison.id)\" stands twice")
      }
      check.comparison(comparison)
    }
    return check.problems
  }
}

private struct ModelCheck {
  let place: Place
  var problems: [Problem] = []

  mutating func report(_ code: String, _ message: String, found: String? = nil, expected: String? = nil) {
    problems.append(Problem(code, message, at: place, found: found, expected: expected))
  }

  mutating func share(_ share: Double, _ name: String) {
    if share >= 0 && share <= 1 { return }
    report("bad_share", "\(name) is no share", found: "\(share)", expected: "0 to 1")
  }

  mutating func groups(_ groups: [StoredModel.Group]) {
    var seen: Set<String> = []
    for group in groups {
      if FieldGroup(word: group.group) == nil {
        let valid = FieldGroup.allCases.map(\.word)
        problems.append(
          Problem(
            "unknown_value", "the model has a group that is not known", at: place, found: "\"\(group.group)\"",
            expected: valid.joined(separator: ", "),
            advice: nearest(group.group, among: valid).map { "Perhaps \"\($0)\" is meant" }))
      }
      if !seen.insert(group.group).inserted { report("duplicate_id", "the group \"\(group.group)\" stands twice") }
      if !(group.kept > 0 && group.kept < 1) {
        report("bad_share", "kept of \(group.group) is no share", found: "\(group.kept)", expected: "between 0 and 1")
      }
      if !(group.householdKept > 0 && group.householdKept <= 1) {
        report(
          "bad_share", "household_kept of \(group.group) is no share", found: "\(group.householdKept)",
          expected: "above 0, at most 1")
      }
    }
  }

  mutating func comparison(_ comparison: StoredModel.Comparison) {
    let id = comparison.id
    guard comparison.levels.count > 2, comparison.levels.count <= 16, comparison.levels[0].level == "missing" else {
      let found = comparison.levels.map(\.level).joined(separator: ", ")
      report("wrong_levels", "\(id) has no levels that could be", found: found, expected: "missing and 2 to 15 others")
      return
    }
    if Set(comparison.levels.map(\.level)).count != comparison.levels.count {
      report("duplicate_id", "a level of \(id) stands twice")
    }
    let members: [(String, (StoredModel.Level) -> Double)] = [("m", \.m), ("u", \.u), ("h", \.h)]
    for (name, member) in members {
      let shares = comparison.levels.map(member)
      var isEachGood = true
      for (share, level) in zip(shares, comparison.levels) where !(share > 0 && share <= 1) {
        report(
          "bad_share", "\(name) of \(id), \(level.level), is no share", found: "\(share)",
          expected: "above 0, at most 1")
        isEachGood = false
      }
      let sum = shares.dropFirst().reduce(0, +)
      // Where all are 1 the comparison tells nothing of such pairs.
      if isEachGood, abs(sum - 1) > 1e-6, shares.contains(where: { $0 != 1 }) {
        report(
          "bad_shares", "\(name) of \(id) does not add up, missing aside", found: Decimals.text(sum, 6), expected: "1")
      }
    }
    for level in comparison.levels where !(level.meanFrequency >= 0 && level.meanFrequency <= 1) || level.links < 0 {
      report("bad_number", "mean_frequency or links of \(id), \(level.level), is out of range")
    }
  }
}
