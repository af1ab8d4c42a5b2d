import Basics
import Glibc

enum Logarithm {
  static func binary(_ number: Double) -> Double { log2(number) }
  static func natural(_ number: Double) -> Double { log(number) }
}

extension StoredModel {
  /// The model that `linker` scores by.
  ///
  /// A comparison across scripts that today's records give no cause for is left out; any other difference is a problem.
  /// - Parameter file: what messages call the model.
  /// - Throws: Every comparison, level and group in which model and linker differ, of kind `.definition`.
  public func matchModel(for linker: Linker, file: String = "model.json") throws(Problems) -> MatchModel {
    try matchModel(comparisons: linker.comparisonNames, groups: linker.keptGroups, file: file)
  }

  /// As `matchModel(for:file:)`, for comparisons with their levels and groups of that order.
  public func matchModel(
    comparisons wanted: [(id: String, levels: [String])], groups wantedGroups: [FieldGroup], file: String = "model.json"
  ) throws(Problems) -> MatchModel {
    var fit = Fit(file: file, model: self)
    let found = wanted.map { fit.comparison($0.id, $0.levels) }
    fit.refuseOthers(than: wanted.map(\.id))
    let groups = wantedGroups.map { fit.group($0) }
    if !fit.problems.isEmpty { throw Problems(.definition, fit.problems) }
    func table(_ member: (Level) -> Double) -> [[Double]] { found.map { $0.map(member) } }
    return MatchModel(
      m: table(\.m), u: table(\.u), h: table(\.h), kept: groups.map(\.kept),
      householdKept: groups.map(\.householdKept), matchShare: matchShare, householdShare: householdShare,
      frequencyMeans: table(\.meanFrequency))
  }
}

/// Finds what a linker wants in a stored model, and gathers what does not fit.
private struct Fit {
  let file: String
  let model: StoredModel
  var problems: [Problem] = []

  private static let advice = "Train a model with this matching, or give the matching that it was trained with"

  mutating func comparison(_ id: String, _ levels: [String]) -> [StoredModel.Level] {
    guard let comparison = model.comparisons.first(where: { $0.id == id }) else {
      let near = nearest(id, among: model.comparisons.map(\.id))
      problems.append(
        Problem(
          "missing_comparison", "the model has no comparison \"\(id)\", which the matching makes", at: Place(file),
          expected: model.comparisons.map(\.id).joined(separator: ", "),
          advice: near.map { "Perhaps it is called \"\($0)\" there" } ?? Self.advice))
      return []
    }
    let names = comparison.levels.map(\.level)
    if names != levels {
      problems.append(
        Problem(
          "wrong_levels", "the model has other levels of \"\(id)\" than the matching: the field is of another kind",
          at: Place(file), found: names.joined(separator: ", "), expected: levels.joined(separator: ", "),
          advice: Self.advice))
    }
    return comparison.levels
  }

  mutating func refuseOthers(than wanted: [String]) {
    for comparison in model.comparisons where !wanted.contains(comparison.id) {
      if comparison.id.hasSuffix("_across_scripts") { continue }
      problems.append(
        Problem(
          "useless_comparison", "the matching makes no comparison \"\(comparison.id)\", which the model weighs",
          at: Place(file), advice: Self.advice))
    }
  }

  mutating func group(_ group: FieldGroup) -> StoredModel.Group {
    if let found = model.groups.first(where: { $0.group == group.word }) { return found }
    problems.append(
      Problem(
        "missing_group", "the model does not say how often fields of the group \(group.word) change together",
        at: Place(file), advice: Self.advice))
    return StoredModel.Group(group: group.word, kept: 0.5)
  }
}
