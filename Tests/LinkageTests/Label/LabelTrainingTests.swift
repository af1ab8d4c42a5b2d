import TestSupport
import Testing

@testable import Linkage

@Suite("Labels teach the model")
struct LabelTrainingTests {
  @Test(
    "Answers move the share of matches of a pattern",
    arguments: [
      // yes, no, pairs, model's share, share after
      (0.0, 0.0, 100.0, 0.3, 0.3), (10, 0, 1e9, 0.5, 0.75), (0, 10, 1e9, 0.5, 0.25), (5, 5, 1e9, 0.5, 0.5),
      (10, 0, 10, 0, 1), (0, 10, 10, 1, 0), (5, 0, 10, 0.5, 0.5 * 10 / 15 + 0.5),
    ])
  func shares(yes: Double, no: Double, pairs: Double, before: Double, after: Double) {
    let answers = PatternAnswers(pattern: 1, yes: yes, no: no, pairs: pairs)
    let found = answers.applied(match: before, household: (1 - before) / 2)
    #expect(abs(found.match - after) < 1e-7)
    #expect(found.household >= 0 && found.match + found.household <= 1 + 1e-9)
    if before < 1 { #expect(abs(found.household - (1 - found.match) / 2) < 1e-9) }
  }

  /// Every third person twice; in one pattern, same name and another town, nobody can tell by the records alone.
  private static func linker() -> Linker {
    var random = SeededRandom(seed: 5)
    var (names, towns): ([String?], [String?]) = ([], [])
    for person in 0..<300 {
      let name = "name\(Int.random(in: 0..<200, using: &random))"
      for copy in 0...(person % 3 == 0 ? 1 : 0) {
        names.append(name)
        towns.append(copy == 1 && person % 6 == 0 ? "elsewhere" : "town\(Int.random(in: 0..<20, using: &random))")
      }
    }
    let records = RecordSet(
      files: [.init(name: "a", recordCount: names.count)],
      columns: [InternedColumn(name: "name", values: names), InternedColumn(name: "town", values: towns)])
    let matching = Matching(
      fields: [
        .init(id: "name", kind: .code, group: .other, columns: ["name"], isShared: false),
        .init(id: "town", kind: .category, group: .other, columns: ["town"], isShared: false),
      ], swappable: [], blocking: [.init([.init("name", .exact)]), .init([.init("town", .exact)])])
    var settings = Linker.Settings()
    settings.samples = 5_000
    return Linker(records, matching, settings)
  }

  @Test("A pattern said to be matches weighs more, one said to be none less; without labels nothing changes")
  func training() throws {
    let linker = Self.linker()
    let candidates = linker.candidates()
    let pattern: UInt64 = 1 | 3 << 4
    let pairs = (0..<candidates.count).filter { candidates.table.patterns[Int(candidates.patterns[$0])] == pattern }
    try #require(pairs.count > 20)
    func model(_ isMatch: Bool?) -> MatchModel {
      let labels = isMatch.map { answer in
        pairs.prefix(20).map { PairLabel(candidates.left[$0], candidates.right[$0], isMatch: answer) }
      }
      return linker.train(candidates, labels: labels ?? []).model
    }
    #expect(model(nil) == linker.train(candidates).model)
    let pair = (Int(candidates.left[pairs[0]]), Int(candidates.right[pairs[0]]))
    let weights = [false, nil, true].map { linker.weight(pair.0, pair.1, model($0)) }
    #expect(weights[0] < weights[1] && weights[1] < weights[2], "\(weights)")
    // The share of matches with another town.
    let shares = [false, nil, true].map { model($0).m[1][3] }
    #expect(shares[0] < shares[1] && shares[1] < shares[2], "\(shares)")
  }
}
