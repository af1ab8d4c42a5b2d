import Linkage

/// A model of party records made by hand: what agrees by chance and what does not is the same for every field.
///
/// In bits, of pairs whose prior weighs about -10: a field that is the same adds 13, one that is different takes 6, a birth
/// date that is different 13.
public enum SmallModel {
  public static let matching = Matching(
    fields: [
      field("name", .wholeName, .name), field("birth_date", .date, .birth), field("mobile", .phone, .contact),
      field("email", .email, .contact),
    ],
    swappable: [],
    blocking: ["name", "birth_date", "mobile", "email"].map { .init([.init($0, $0 == "name" ? .words : .exact)]) })

  private static func field(_ id: String, _ kind: FieldKind, _ group: FieldGroup) -> Matching.FieldPlan {
    Matching.FieldPlan(id: id, kind: kind, group: group, columns: [id], isShared: group == .contact)
  }

  /// - Parameters:
  ///   - links: how many links of the training data showed a level, by comparison and level.
  ///   - joinFrom: the threshold that it found best, in bits.
  public static func stored(
    links: (_ comparison: String, _ level: String) -> Int = { _, _ in 0 }, joinFrom: Double = 3
  ) -> StoredModel {
    let linker = Linker(
      RecordSet(files: [], columns: matching.fields.map { InternedColumn(name: $0.id, values: []) }), matching)
    let names = linker.comparisonNames
    func table(_ share: (_ level: Int, _ last: Int) -> Double) -> [[Double]] {
      names.map { comparison in
        comparison.levels.indices.map { $0 == 0 ? 1 : share($0, comparison.levels.count - 1) }
      }
    }
    var m = table { level, last in level == 1 ? 0.9 : level == last ? 0.02 : 0.08 / Double(last - 2) }
    if let dates = names.firstIndex(where: { $0.id == "birth_date" }) {
      let last = m[dates].count - 1
      m[dates][1] += m[dates][last] - 0.0001
      m[dates][last] = 0.0001
    }
    let u = table { level, last in level == last ? 1 - 1e-4 * Double(last - 1) : 1e-4 }
    let model = MatchModel(
      m: m, u: u, h: u, kept: linker.keptGroups.map { _ in 0.97 },
      householdKept: linker.keptGroups.map { _ in 0.97 }, matchShare: 1e-3, householdShare: 1e-9,
      frequencyMeans: table { _, _ in 0 }.map { $0.map { _ in 0 } })
    return StoredModel(
      model, comparisons: names, groups: linker.keptGroups,
      training: .init(
        sha256: String(repeating: "0", count: 64), records: 1_000, seed: 1, samples: 1, pairsByRule: [],
        logLikelihoods: []),
      madeBy: "a test", links: names.map { comparison in comparison.levels.map { links(comparison.id, $0) } },
      pairThreshold: 3, clusterThreshold: joinFrom)
  }
}
