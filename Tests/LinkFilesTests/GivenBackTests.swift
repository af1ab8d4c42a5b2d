import Basics
import Definition
import Linkage
import Testing

@testable import LinkFiles

/// What linking wrote, given back to it.
@Suite("Files given back") struct GivenBackTests {
  /// 120 people in 180 records.
  private static let records: RecordSet = {
    let given = ["Ann", "Bob", "Carla", "David", "Emma", "Frank", "Grace", "Henry", "Irene", "Jack", "Kate", "Liam"]
    let family = ["Miller", "Smith", "Jones", "Brown", "Taylor", "Wilson", "Moore", "Clark", "Lewis", "Young"]
    let towns = ["Leeds", "York", "Bath", "Derby", "Truro"]
    let rows = (0..<180).map { number -> [String?] in
      let person = number % 120
      let isCopy = number >= 120
      let name = given[person % 12] + (isCopy && person % 5 == 0 ? "a" : "")
      let born = "19\(10 + person * 7 % 80)-0\(1 + person % 9)-1\(person * 3 % 10)"
      return [name, family[person * 7 % 10], isCopy && person % 7 == 0 ? nil : born, towns[person * 3 % 5]]
    }
    let columns = ["first name", "surname", "dob", "town"].enumerated().map { index, name in
      InternedColumn(name: name, values: rows.map { $0[index] })
    }
    return RecordSet(files: [.init(name: "people.csv", recordCount: rows.count)], columns: columns)
  }()

  private static func linker(_ matching: Matching) -> Linker {
    var settings = Linker.Settings()
    settings.samples = 2_000
    return Linker(records, matching, settings)
  }

  @Test("A matching leads to the same model, a model to the same links")
  func sameResults() throws {
    let table = ColumnRecogniser.recognise(table: Self.records)
    let (first, choice) = MatchingChooser.choose(Self.records, table, Linker.Settings())
    let chosen = first.matching
    let yaml = MatchingText.yaml(chosen, comments: MatchingComments(table, chosen, choice))
    let read = try MatchingReader.read(text: yaml, file: "matching.yaml")
    #expect(read.matching == chosen)
    #expect(yaml.contains("      - first name  # given name: "))

    let linker = Self.linker(chosen)
    let candidates = linker.candidates()
    let trained = linker.train(candidates)
    let result = linker.link(candidates, trained.model)
    let stored = StoredModel(linker, candidates, trained, result, madeBy: "guiyi", trainingHash: "0")
    let text = ModelFile.text(stored)

    let second = Self.linker(read.matching)
    let again = second.train(second.candidates())
    #expect(again.model == trained.model)

    let back = try ModelFile.read(text: text, file: "model.json")
    #expect(back == stored && ModelFile.text(back) == text)
    let model = try back.matchModel(for: second)
    #expect(model == trained.model)
    let linked = second.link(second.candidates(), model, threshold: back.clusterThreshold)
    #expect(linked.pairs == result.pairs)
    #expect(linked.clusters.numbers == result.clusters.numbers)

    let counts = second.levelCounts(among: linked.pairs, atLeast: linked.pairThreshold)
    #expect(counts == back.comparisons.map { $0.levels.map(\.links) })
    #expect(counts.allSatisfy { $0.reduce(0, +) == linked.pairs.count { $0.weight >= linked.pairThreshold } })
    let drift = Drift(back, links: zip(second.comparisonNames, counts).map { ($0.id, $1) })
    #expect(drift.degree == .steady && drift.rows.count == counts.count)
  }

  @Test("The hash of the training data tells files apart")
  func hash() throws {
    #expect(throws: Problem.self) { try ModelFile.trainingHash(of: ["/nowhere"]) }
  }
}
