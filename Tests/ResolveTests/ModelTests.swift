import Basics
import Columns
import Linkage
import TestSupport
import Testing

@testable import Definition
@testable import Resolve

private let idA = residentId(born: "1980-05-01", 1)
private let idB = residentId(born: "1980-05-01", 2)
private let idC = residentId(born: "1975-03-09", 3)
private let m1 = "13800000001"

private func night(
  _ rows: [RecordTables.Row], model: StoredModel = SmallModel.stored(),
  withoutDuplicates: MatchingDefinition.WithoutDuplicates = .automatic
) -> Night {
  var night = Night(rows)
  night.linkage = LinkageDefinition(
    matching: MatchingDefinition(matching: SmallModel.matching, withoutDuplicates: withoutDuplicates), model: model,
    matchingFile: "matching.yaml", modelFile: "model.json")
  return night
}

private let modelCases = [
  JoinCase("name and birth date", [.person("张伟", born: "1980-05-01"), .person("张伟", born: "1980-05-01")], "AA"),
  JoinCase(
    "name alone is possible, no more", [.person("张伟"), .person("张伟")], "AB", reviews: ["possible_match A-B"]),
  JoinCase(
    "birth date alone", [.person(born: "1980-05-01"), .person(born: "1980-05-01")], "AB",
    reviews: ["possible_match A-B"]),
  JoinCase(
    "name and birth date, but another mobile",
    [.person("张伟", mobile: m1, born: "1980-05-01"), .person("张伟", mobile: "13900000007", born: "1980-05-01")], "AA"),
  JoinCase(
    "names that contradict each other",
    [.person("李桂兰", mobile: m1, born: "1980-05-01"), .person("赵玉梅", mobile: m1, born: "1980-05-01")], "AB"),
  JoinCase(
    "one of the customer's records says who it is, the other nothing",
    [
      .person("张伟", id: idA), .person("张伟", born: "1980-05-01", id: idA), .person("张伟", born: "1980-05-01"),
    ], "AAA"),
  JoinCase(
    "another of the customer's records contradicts",
    [
      .person("SMITH JOHN", id: "E12345678").with("document_type", "passport").with("email", "j@example.com"),
      .person(born: "1980-05-01", id: "E12345678").with("document_type", "passport"),
      .person("SMITH JOHN", born: "1944-12-31").with("email", "j@example.com"),
    ], "AAC", reviews: ["possible_match A-C"]),
]

private let neverByModel = [
  JoinCase(
    "two valid documents of one type, whatever else agrees",
    [
      .person("张伟", mobile: m1, id: idA).with("email", "z@example.com").with("birth_date", "1980-05-01"),
      .person("张伟", mobile: m1, id: idB).with("email", "z@example.com").with("birth_date", "1980-05-01"),
    ], "AB", reviews: ["blocked_by_document A-B"]),
  JoinCase(
    "a document that another record of the customer holds",
    [
      .person("张伟", mobile: m1, id: idA), .person("张伟", mobile: m1, born: "1980-05-01"),
      .person("张伟", born: "1980-05-01", id: idB),
    ], "AAC", reviews: ["blocked_by_document B-C"]),
  JoinCase(
    "a record that fits two customers",
    [
      .person("张伟", born: "1980-05-01", id: idA), .person("张伟", born: "1980-05-01", id: idB),
      .person("张伟", born: "1980-05-01"),
    ], "ABC", reviews: ["blocked_by_document A-B", "ambiguous A-C", "ambiguous B-C"]),
  JoinCase(
    "a record that fits one of two customers far better",
    [
      .person("张伟", born: "1980-05-01", id: idA).with("email", "z@example.com"), .person("张伟", id: idC),
      .person("张伟", born: "1980-05-01").with("email", "z@example.com"),
    ], "ABA"),
  JoinCase(
    "a record that the rules found to fit twins",
    [
      .person(mobile: m1, born: "2001-02-03"), .person("冯佳怡", mobile: m1, born: "2001-02-03"),
      .person("冯欣怡", mobile: m1, born: "2001-02-03", id: residentId(born: "2001-02-03", 4)),
    ], "ABC", reviews: ["ambiguous A-B", "ambiguous A-C", "possible_match B-C"]),
  JoinCase(
    "a person and an organisation",
    [
      .person("云帆公司").with("email", "y@example.com"),
      .person("云帆公司").with("email", "y@example.com").with("party_type", "organisation"),
    ], "AB", reviews: ["blocked_by_party_type A-B"]),
  JoinCase(
    "a mobile of too many people is no evidence",
    ["曹淑珍", "彭慧敏", "潘少华", "潘思雨", "SMITH JOHN", "SMITH JOHN"].map { .person($0, mobile: m1) }, "ABCDEF",
    reviews: ["possible_match E-F"]),
]

@Suite struct ModelTests {
  @Test(arguments: modelCases + neverByModel)
  func `The model joins what the rules leave`(example: JoinCase) throws {
    let outcome = try night(example.rows).run()
    #expect(try outcome.letters() == example.expected)
    #expect(try outcome.reviews() == example.reviews)
    #expect(outcome.result.equations.filter { !$0.holds }.isEmpty)
  }

  @Test func `Pairs say what the model weighed, and leave it empty for rules`() throws {
    let outcome = try night([
      .person("张伟", id: idA), .person("张伟", born: "1980-05-01", id: idA), .person("张伟", born: "1980-05-01"),
    ]).run()
    let pairs = try outcome.table("pairs")
    #expect(pairs[0] == ["0", "1", "same_document", "", ""])
    #expect(pairs[1].prefix(3) == ["0", "2", "model"])
    // Twice log2(.9 / .0001) and log2(.001 / .999), within what weights are clipped to.
    #expect(pairs[1][3] == "14000" && pairs[1][4] == "999939")
    #expect(outcome.figure("joined_by_model") == 1)
    #expect(Files.exists("\(outcome.runFolder)/resolve/drift.json"))
  }

  @Test func `Without a model there is nothing of it`() throws {
    let outcome = try Night([.person("张伟", born: "1980-05-01"), .person("张伟", born: "1980-05-01")]).run()
    #expect(try outcome.table("pairs").isEmpty && outcome.figure("joined_by_model") == nil)
    #expect(!Files.exists("\(outcome.runFolder)/resolve/drift.json"))
  }

  @Test func `A source that holds everybody once keeps its records apart`() throws {
    let rows: [RecordTables.Row] = [.person("张伟", born: "1980-05-01"), .person("张伟", born: "1980-05-01")]
    #expect(try night(rows, withoutDuplicates: .sources(["crm"])).run().figure("customers") == 2)
    #expect(try night(rows, withoutDuplicates: .sources([])).run().figure("customers") == 1)
    #expect(try night(rows).run().figure("customers") == 1, "nothing is presumed")
  }
}

// MARK: Drift

@Suite struct ModelDriftTests {
  /// Pairs of people who agree in name and birth date.
  private static func people(_ count: Int) -> [RecordTables.Row] {
    (0..<count).flatMap { number -> [RecordTables.Row] in
      let text = String(number)
      let day = "19\(50 + number % 40)-0\(1 + number / 40 % 9)-\(10 + number / 360 % 18)"
      let row = RecordTables.Row.person("SMITH A\(text)", born: day).with("key", "K\(text)")
      return [row, row.with("key", "L\(text)")]
    }
  }

  private static func model(sameDates: Int) -> StoredModel {
    SmallModel.stored { comparison, level in
      switch (comparison, level) {
      case ("name", "same"): 1_200
      case ("birth_date", "exact"): sameDates
      case ("birth_date", "different"): 1_200 - sameDates
      case (_, "missing") where comparison != "name" && comparison != "birth_date": 1_200
      default: 0
      }
    }
  }

  @Test func `Says how the records have changed, and changes nothing`() throws {
    let rows = Self.people(1_100)
    let outcome = try night(rows, model: Self.model(sameDates: 600)).run(threads: 2)
    #expect(outcome.figure("links") ?? 0 >= 1_100)
    #expect(outcome.figure("drifted_comparisons") == 1)
    let warnings = outcome.result.warnings.map(\.description)
    #expect(warnings.count == 1)
    #expect(
      warnings.first
        == "resolve/drift.json, field birth_date: warning [model_drift]: the records are no longer like those that the "
        + "model was learnt from: \"different\" in birth_date was 49.9 % and is 0.0 % (stability index 3.83). "
        + "Find out why, and train a new model with guiyi train if it is to stay so.")
    let steady = try night(rows, model: Self.model(sameDates: 1_200)).run(threads: 2)
    #expect(steady.result.warnings.isEmpty)
    #expect(try steady.table("membership") == outcome.table("membership"))
  }

  @Test func `A small night is not compared`() throws {
    let outcome = try night(Self.people(60), model: Self.model(sameDates: 600)).run()
    #expect(outcome.result.warnings.isEmpty && outcome.figure("drifted_comparisons") == 0)
  }
}

// MARK: Random banks

@Suite struct ModelPropertyTests {
  private static func population(_ random: inout SeededRandom) -> [RecordTables.Row] {
    let names: [String?] = ["张伟", "张玮", "章伟", "李桂兰", "ZHANG WEI", "SMITH JOHN", nil]
    let days = ["1980-05-01", "1980-05-11", "1975-03-09"]
    return (0..<Int.random(in: 20...60, using: &random)).map { _ in
      var row = RecordTables.Row.person(
        names.randomElement(using: &random)!,
        mobile: Bool.random(using: &random) ? nil : "1380000000\(Int.random(in: 1...6, using: &random))",
        born: Bool.random(using: &random) ? nil : days.randomElement(using: &random)!)
      if Int.random(in: 0..<3, using: &random) == 0 {
        row = row.with("email", "e\(Int.random(in: 1...5, using: &random))@example.com")
      }
      if Int.random(in: 0..<4, using: &random) == 0 {
        row["document_type"] = "resident_id"
        row["document_number"] = [idA, idB, idC].randomElement(using: &random)!
      }
      return row
    }
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `Rules stay, prohibitions hold, and threads do not matter`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let rows = Self.population(&random)
    let rules = try Night(rows).run()
    let one = try night(rows).run(threads: 1)
    let two = try night(rows).run(threads: 2)
    for file in try Files.filesBelow("\(one.runFolder)/resolve") {
      let texts = try [one, two].map { try SHA256.ofFile("\($0.runFolder)/resolve/\(file)").hex }
      #expect(texts[0] == texts[1], "seed \(seed): \(file) differs between one and two threads")
    }
    let customers = try one.table("membership").map { $0[3] }
    for pair in try rules.table("pairs") {
      #expect(customers[Int(pair[0])!] == customers[Int(pair[1])!], "seed \(seed): the rules joined \(pair)")
    }
    var documents: [String: Set<String>] = [:]
    for (row, customer) in zip(rows, customers) {
      if let number = row["document_number"] { documents[customer, default: []].insert(number) }
    }
    #expect(documents.values.allSatisfy { $0.count == 1 }, "seed \(seed): two documents in one customer")
    for pair in try one.table("pairs") where pair[2] == "model" {
      #expect(Int(pair[3])! >= 8_000, "seed \(seed): \(pair)")
    }
    for review in try one.table("review") {
      #expect(customers[Int(review[0])!] != customers[Int(review[1])!], "seed \(seed): \(review)")
    }
    #expect(one.result.equations.filter { !$0.holds }.isEmpty)
  }
}
