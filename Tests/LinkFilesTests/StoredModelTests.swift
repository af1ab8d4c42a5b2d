import Basics
import Linkage
import Testing

@testable import LinkFiles

/// A model with awkward numbers.
enum SampleModel {
  static let comparisons: [(id: String, levels: [String])] = [
    ("姓名", ["missing", "exact", "one_slip", "different"]), ("order_of_a", ["missing", "straight", "swapped"]),
    ("姓名_across_scripts", ["missing", "exact", "different"]),
  ]
  static let match = MatchModel(
    m: [[1, 0.1 + 0.2, 0.4, 1 - 0.4 - (0.1 + 0.2)], [1, 0.96, 0.04], [1, 0.7, 0.3]],
    u: [[1, 1.0 / 3, 5e-7, 1 - 1.0 / 3 - 5e-7], [1, 1, 1], [1, 0.25, 0.75]],
    h: [[1, 0.9, 0.05, 0.05], [1, 1, 1], [1, 0.25, 0.75]], kept: [0.97], householdKept: [1],
    matchShare: 2.3456789012345e-7,
    householdShare: 1e-12, frequencyMeans: [[0, 1.0 / 7, 0, 0], [0, 0, 0], [0, 0, 0]])

  static func stored(_ match: MatchModel = match, links: [[Int]]? = nil) -> StoredModel {
    StoredModel(
      match, comparisons: comparisons, groups: [.name],
      training: .init(
        sha256: String(repeating: "ab", count: 32), records: 1_000, seed: .max - 3, samples: 1_000_000,
        pairsByRule: [12, 0], logLikelihoods: [-1234.5678901234, -1000.1]),
      madeBy: "guiyi 0.1", links: links ?? [[10, 600, 300, 100], [0, 960, 40], [900, 70, 30]], pairThreshold: 1.5,
      clusterThreshold: -0.3)
  }
}

@Suite("model.json") struct StoredModelTests {
  private let text = ModelFile.text(SampleModel.stored())

  private func problems(_ text: String) -> [String] {
    do throws(Problems) {
      _ = try ModelFile.read(text: text, file: "model.json")
      return []
    } catch {
      return error.list.map(\.description)
    }
  }

  @Test("Is read as it was written, to the bit")
  func roundTrip() throws {
    let read = try ModelFile.read(text: text, file: "model.json")
    #expect(read == SampleModel.stored())
    #expect(ModelFile.text(read) == text)
    #expect(try read.matchModel(comparisons: SampleModel.comparisons, groups: [.name]) == SampleModel.match)
    #expect(text.contains("\"m\": 0.30000000000000004,"))
    #expect(read.comparisons[0].levels[1].weight == -0.152)
  }

  @Test("Random shares come back to the bit")
  func randomShares() throws {
    for seed in 1...40 as ClosedRange<UInt64> {
      var state = seed
      func draw() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (Double(state >> 11) + 1) / 9_007_199_254_740_994
      }
      func shares(_ row: [Double]) -> [Double] {
        let raw = row.dropFirst().map { _ in draw() }
        let sum = raw.reduce(0, +)
        return [1] + raw.map { $0 / sum }
      }
      var match = SampleModel.match
      match.m = match.m.map(shares)
      match.u = match.u.map(shares)
      match.matchShare = draw() * 1e-9
      let read = try ModelFile.read(text: ModelFile.text(SampleModel.stored(match)), file: "")
      let back = try read.matchModel(comparisons: SampleModel.comparisons, groups: [.name])
      #expect(back == match, "seed \(seed)")
    }
  }

  @Test("Levels and comparisons go by their names, not by their places")
  func reordered() throws {
    let order = [2, 0, 1]
    let back = try SampleModel.stored().matchModel(
      comparisons: order.map { SampleModel.comparisons[$0] }, groups: [.name])
    #expect(back.m == order.map { SampleModel.match.m[$0] })
  }

  @Test("A comparison across scripts may be left out, others may not")
  func otherMatching() throws {
    let stored = SampleModel.stored()
    let back = try stored.matchModel(comparisons: Array(SampleModel.comparisons.prefix(2)), groups: [])
    #expect(back.m.count == 2 && back.kept.isEmpty)
    do throws(Problems) {
      _ = try stored.matchModel(
        comparisons: [("姓", ["missing", "exact", "different"]), ("order_of_a", ["missing", "exact", "different"])],
        groups: [.address])
      Issue.record("nothing was wrong")
    } catch {
      #expect(error.list.map(\.code) == ["missing_comparison", "wrong_levels", "useless_comparison", "missing_group"])
      #expect(error.kind == .definition)
    }
  }

  static let mistakes: [(find: String, replace: String, message: String)] = [
    (
      "\"version\": 2", "\"version\": 3",
      "model.json: error [wrong_version]: the model is of another version; found 3, expected 2. "
        + "Train it anew with this guiyi, or use the one that wrote it."
    ),
    (
      "\"kind\": \"guiyi linkage model\"", "\"kind\": \"cake\"",
      "model.json: error [no_model]: the file is not a model; found kind \"cake\", expected kind \"guiyi linkage model\". "
        + "Name a model.json that guiyi link wrote."
    ),
    (
      "\"m\": 0.4,", "\"m\": 0.5,",
      "model.json: error [bad_shares]: m of 姓名 does not add up, missing aside; found 1.100000, expected 1."
    ),
    (
      "\"m\": 0.4,", "\"m\": -0.4,",
      "model.json: error [bad_share]: m of 姓名, one_slip, is no share; found -0.4, expected above 0, at most 1."
    ),
    ("\"m\": 0.4,\n", "", "model.json: error [missing_key]: the model lacks comparisons[0].levels[2].m."),
    (
      "\"m\": 0.4,", "\"m\": \"0.4\",",
      "model.json: error [wrong_shape]: comparisons[0].levels[2].m is of the wrong shape; expected a number."
    ),
    (
      "\"group\": \"name\"", "\"group\": \"nam\"",
      "model.json: error [unknown_value]: the model has a group that is not known; found \"nam\", expected name, birth, "
        + "address, contact, other. Perhaps \"name\" is meant."
    ),
    (
      "\"level\": \"missing\"", "\"level\": \"none\"",
      "model.json: error [wrong_levels]: 姓名 has no levels that could be; found none, exact, one_slip, different, expected "
        + "missing and 2 to 15 others."
    ),
    ("{\n", "{{\n", "model.json: error [invalid_json]: the file is not JSON. Take a model.json as it was written."),
  ]

  @Test("Mistakes are told", arguments: mistakes.indices)
  func tells(_ index: Int) throws {
    let (find, replace, message) = Self.mistakes[index]
    try #require(text.contains(find))
    #expect(problems(text.replacing(find, with: replace, maxReplacements: 1)) == [message])
  }

  @Test("No file")
  func noFile() { #expect(throws: Problems.self) { try ModelFile.read("/nowhere/model.json") } }
}

@Suite("Drift") struct DriftTests {
  private func drift(_ counts: [Int]) -> Drift {
    Drift(SampleModel.stored(), links: [("姓名", counts), ("order_of_a", [0, 960, 40]), ("another", [1, 2, 3])])
  }

  @Test("Of the same shares there is none, however many pairs")
  func none() {
    for factor in [1, 3, 50] {
      let drift = drift([10, 600, 300, 100].map { $0 * factor })
      #expect(drift.degree == .steady && drift.rows.count == 2)
      #expect(drift.rows[0].distance < 0.001 && drift.rows[0].index < 0.001)
    }
    #expect(
      drift([10, 600, 300, 100]).text.hasSuffix("\n\nThe records are like those that the model was learnt from.\n"))
  }

  @Test("Is measured as its formulas say")
  func formulas() {
    let row = drift([510, 100, 300, 100]).rows[0]
    // 500 of 1,010 pairs went from "exact" to "missing"; half a pair is added to each level.
    #expect(abs(row.distance - 500.0 / 1_012) < 1e-12)
    // ln(510.5 / 10.5) + ln(600.5 / 100.5), times 500 / 1,012.
    #expect(abs(row.index - 500.0 / 1_012 * (3.883_990_6 + 1.787_643_5)) < 1e-3)
    #expect(row.level == "missing" && row.degree == .changed)
  }

  @Test("Is said in a sentence from 0.1 and from 0.25 on, unless chance explains it")
  func sentences() {
    let shifted = drift([10, 440, 370, 190]).rows[0]
    #expect(shifted.degree == .shifted)
    #expect(
      shifted.sentence
        == "\"exact\" in 姓名 was 59.3 % and is 43.5 % (stability index 0.12): keep an eye on it.")
    let changed = drift([510, 100, 300, 100])
    #expect(changed.degree == .changed)
    #expect(
      changed.text.hasSuffix(
        "(stability index 2.80): find out why, and train a new model if it is to stay so.\n"))
    #expect(
      changed.json.line.hasPrefix(
        "{\"basis\":\"levels of links\",\"degree\":\"changed\",\"comparisons\":[{\"id\":\"姓名\""))
    // Seven links say little.
    let few = drift([0, 3, 2, 2]).rows[0]
    #expect(few.index > 0.1 && few.degree == .steady)
  }

  @Test("Between two models")
  func models() {
    var match = SampleModel.match
    #expect(Drift(SampleModel.stored(), newer: SampleModel.stored(match)).degree == .steady)
    match.m[2] = [1, 0.2, 0.8]
    let drift = Drift(SampleModel.stored(), newer: SampleModel.stored(match))
    #expect(drift.rows.map(\.degree) == [.steady, .steady, .changed])
  }
}
