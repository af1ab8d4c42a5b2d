import Standards
import TestSupport
import Testing

@testable import Definition
@testable import Resolve

private typealias Row = RecordTables.Row

private let idA = residentId(born: "1980-05-01", 1)
private let idB = residentId(born: "1980-05-01", 2)
private let m1 = "13800000001"

/// Records, and who they are by the letter of their first record: `AAC` joins the first two.
struct JoinCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let rows: [RecordTables.Row]
  let expected: String
  /// `reason left-right`, by letters.
  let reviews: [String]

  init(_ description: String, _ rows: [RecordTables.Row], _ expected: String, reviews: [String] = []) {
    testDescription = description
    self.rows = rows
    self.expected = expected
    self.reviews = reviews
  }
}

private let documentCases = [
  JoinCase("same document, same name", [.person("张伟", id: idA), .person("张伟", id: idA)], "AA"),
  JoinCase("same document, one name missing", [.person("张伟", id: idA), .person(id: idA)], "AA"),
  JoinCase("same document, pinyin", [.person("张伟", id: idA), .person("ZHANG WEI", id: idA)], "AA"),
  JoinCase("same document, pinyin turned", [.person("WEI ZHANG", id: idA), .person("张伟", id: idA)], "AA"),
  JoinCase("same document, lost character", [.person("李?", id: idA), .person("李䶮", id: idA)], "AA"),
  JoinCase("same document, one wrong character of three", [.person("陈小明", id: idA), .person("陈晓明", id: idA)], "AA"),
  JoinCase("same document, second character of two wrong", [.person("张伟", id: idA), .person("张玮", id: idA)], "AA"),
  JoinCase(
    "same document, traditional and simplified", [.person("張億東", id: idA), .person("张亿东", id: idA)], "AA"),
  JoinCase(
    "same document, other family name of two characters", [.person("张伟", id: idA), .person("王伟", id: idA)], "AB",
    reviews: ["same_document_different_name A-B"]),
  JoinCase(
    "same document, other name", [.person("李桂兰", id: idA), .person("赵玉梅", id: idA), .person("李桂兰", id: idA)], "ABA",
    reviews: ["same_document_different_name A-B"]),
  JoinCase(
    "same document without a name between two people",
    [.person("李桂兰", id: idA), .person("赵玉梅", id: idA), .person(id: idA)],
    "ABC", reviews: ["same_document_different_name A-B", "ambiguous A-C"]),
  JoinCase(
    "a document that fails its check joins nobody",
    [.person("张伟", id: "110101198005010010", notes: .checksumFailed), .person("张伟", id: "110101198005010010")], "AB"),
  JoinCase(
    "a masked document is no document", [.person("张伟", id: nil).with("document_type", "resident_id"), .person("张伟")],
    "AB"),
  JoinCase(
    "a social credit code that fails its check still joins",
    [
      .person("云帆公司", id: "91350100M0001TGQXM", notes: .checksumFailed).with("document_type", "social_credit_code"),
      .person("云帆公司", id: "91350100M0001TGQXM", notes: .checksumFailed).with("document_type", "social_credit_code"),
    ], "AA"),
  JoinCase(
    "one number as two types is two documents",
    [.person("张伟", id: idA), .person("张伟", id: idA).with("document_type", "passport")], "AB"),
]

private let mobileCases = [
  JoinCase("mobile alone never joins", [.person(mobile: m1), .person(mobile: m1), .person("张伟", mobile: m1)], "ABC"),
  JoinCase("mobile and name", [.person("张伟", mobile: m1), .person("张伟", mobile: m1)], "AA"),
  JoinCase("mobile and pinyin", [.person("郑浩", mobile: m1), .person("ZHENG HAO", mobile: m1)], "AA"),
  JoinCase("mobile and a middle dot left out", [.person("阿依·买买提", mobile: m1), .person("阿依买买提", mobile: m1)], "AA"),
  JoinCase(
    "mobile and one wrong character are two people", [.person("冯佳怡", mobile: m1), .person("冯欣怡", mobile: m1)], "AB"),
  JoinCase(
    "a Latin name that fits two people joins neither",
    [.person("ZHANG WEI", mobile: m1), .person("张伟", mobile: m1), .person("章伟", mobile: m1)], "ABC",
    reviews: ["ambiguous A-B"]),
  JoinCase(
    "an exact name wins over one that only sounds the same",
    [.person("ZHANG WEI", mobile: m1), .person("张伟", mobile: m1), .person("ZHANG WEI", mobile: m1)], "AAA"),
  JoinCase(
    "a known other spelling of a customer's name counts",
    [.person("陈小明", id: idA), .person("陈晓明", mobile: m1, id: idA), .person("陈小明", mobile: m1)], "AAA"),
  JoinCase(
    "Latin records do not chain two people together",
    [.person("张伟", id: idA), .person("ZHANG WEI", mobile: m1, id: idA), .person("章伟", mobile: m1)], "AAC"),
  JoinCase(
    "a placeholder number joins nobody",
    [
      .person("张伟", mobile: "13800000000", notes: .placeholder),
      .person("张伟", mobile: "13800000000", notes: .placeholder),
    ],
    "AB"),
  JoinCase(
    "mobile, birth date and one name missing",
    [.person("张伟", mobile: m1, born: "1980-05-01"), .person(mobile: m1, born: "1980-05-01")], "AA"),
  JoinCase(
    "twins share mobile and birth date but not the name",
    [.person("冯佳怡", mobile: m1, born: "2001-02-03"), .person("冯欣怡", mobile: m1, born: "2001-02-03")], "AB"),
  JoinCase(
    "a nameless record fits both twins",
    [
      .person(mobile: m1, born: "2001-02-03"), .person("冯佳怡", mobile: m1, born: "2001-02-03"),
      .person("冯欣怡", mobile: m1, born: "2001-02-03"),
    ], "ABC", reviews: ["ambiguous A-B"]),
  JoinCase(
    "a recycled mobile", [.person("孙桂芳", mobile: m1, id: idA), .person("何俊", mobile: m1, id: idB)], "AB"),
]

private let neverCases = [
  JoinCase(
    "two valid documents of one type",
    [.person("张伟", mobile: m1, id: idA), .person("张伟", mobile: m1, id: idB)], "AB", reviews: ["blocked_by_document A-B"]
  ),
  JoinCase(
    "two valid documents, however long the chain between them",
    [
      .person("张伟", mobile: m1, id: idA), .person("张伟", mobile: m1).with("party_type", nil),
      .person("张伟", mobile: m1, id: idB),
    ], "ABC", reviews: ["ambiguous A-B", "blocked_by_document A-C"]),
  JoinCase(
    "documents of two types may be one person's",
    [.person("张伟", mobile: m1, id: idA), .person("张伟", mobile: m1, id: "E12345678").with("document_type", "passport")],
    "AA"),
  JoinCase(
    "a document that fails its check blocks nobody",
    [
      .person("张丽华", mobile: m1, id: "110101198005010010", notes: .checksumFailed), .person("张丽华", mobile: m1, id: idA),
    ],
    "AA"),
  JoinCase(
    "a chain is cut where a second document would come in, in row order",
    [
      .person("张伟", mobile: m1, id: idA), .person("张伟", mobile: "13800000002", id: idB),
      .person("张伟", mobile: m1, id: "E12345678").with("document_type", "passport"),
      .person("张伟", mobile: "13800000002", id: "E12345678").with("document_type", "passport"),
    ], "ABAA", reviews: ["blocked_by_document B-D"]),
  JoinCase(
    "a person and an organisation",
    [.person("云帆公司", mobile: m1), .person("云帆公司", mobile: m1).with("party_type", "organisation")], "AB",
    reviews: ["blocked_by_party_type A-B"]),
  JoinCase(
    "birth dates of two valid documents",
    [
      .person("SMITH JOHN", mobile: m1, id: idA),
      .person("SMITH JOHN", mobile: m1, id: "911124198108030024").with("document_type", "foreign_permanent_resident"),
    ], "AB", reviews: ["blocked_by_birth_date A-B"]),
]

@Suite struct RuleTests {
  @Test(arguments: documentCases + mobileCases + neverCases)
  func `Records join as the rules say`(example: JoinCase) throws {
    let outcome = try Night(example.rows).run()
    #expect(try outcome.letters() == example.expected)
    #expect(try outcome.reviews() == example.reviews)
    #expect(outcome.result.equations.filter { !$0.holds }.isEmpty)
    #expect(
      outcome.result.equations.map(\.description).contains {
        $0.hasPrefix("party records: read \(example.rows.count) = ")
      })
  }

  @Test func `A mobile of more than three people joins nobody, and one of three still does`() throws {
    let names = ["曹淑珍", "彭慧敏", "潘少华", "潘思雨"]
    for count in [3, 4] {
      let outcome = try Night((names.prefix(count) + names.prefix(count)).map { .person($0, mobile: m1) }).run()
      #expect(outcome.figure("shared_mobiles") == (count == 4 ? 1 : 0))
      #expect(outcome.figure("customers") == (count == 4 ? 8 : 3))
      #expect(outcome.figure("joined_by_mobile_and_name") == (count == 4 ? 0 : 3))
    }
  }

  @Test func `The spellings of one customer are one person on a mobile`() throws {
    var rows: [RecordTables.Row] = [.person("陈小明", mobile: m1, id: idA), .person("陈晓明", mobile: m1, id: idA)]
    rows += ["彭慧敏", "潘少华"].map { .person($0, mobile: m1) }
    #expect(try Night(rows).run().figure("shared_mobiles") == 0)
    rows.append(.person("潘思雨", mobile: m1))
    #expect(try Night(rows).run().figure("shared_mobiles") == 1)
  }

  @Test func `Other fields that must not contradict are honoured, and their agreement counts beside a mobile`() throws {
    var night = Night([
      .person(mobile: m1, born: "1980-05-01"), .person(mobile: m1, born: "1980-05-01"),
      .person(mobile: m1, born: "1990-01-01"), .person(mobile: m1),
    ])
    night.rules = [
      JoinRule(id: "mobile", equal: [.mobile], compatible: [.name, .birthDate], place: Night.place)
    ]
    #expect(try night.run().ids() == ["G000000001", "G000000001", "G000000002", "G000000003"])
  }

  @Test func `Rules with three fields find the records that agree in all of them`() throws {
    var night = Night([
      .person("张伟", mobile: m1, born: "1980-05-01"), .person("张伟", mobile: m1, born: "1980-05-02"),
      .person("张伟", mobile: m1, born: "1980-05-01"), .person("张伟", mobile: "13800000002", born: "1980-05-01"),
    ])
    night.rules = [JoinRule(id: "all", equal: [.name, .mobile, .birthDate], compatible: [], place: Night.place)]
    #expect(try night.run().table("pairs") == [["0", "2", "all", "", ""]])
  }

  @Test func `A group of very many people is bounded, and says so`() throws {
    let families = Array("赵钱孙李周吴郑王冯陈褚卫蒋胡马")
    let names = families.flatMap { family in families.map { "\(family)\($0)" } }
    let outcome = try Night((names + names).map { .person($0, id: idA) }).run()
    // Fifteen families: each person's second character is a typing error of the first of that family.
    #expect(outcome.figure("customers") == 15)
    var night = Night(names.map { .person($0 + $0 + "公司", id: idA) })
    night.maxPeoplePerMobile = 3
    let large = try night.run()
    #expect(large.figure("records_in_large_groups") == names.count - 200)
    #expect(large.result.warnings.map(\.code) == ["large_group"])
  }
}

@Suite struct SlowRulesTests {
  private static let names: [String?] = [
    "张伟", "章伟", "张玮", "ZHANG WEI", "WEI ZHANG", "张?", "陈小明", "陈晓明", "陈晓朋", "陳曉明", "CHEN XIAOMING", "阿依·买买提", "阿依买买提",
    nil,
    "??",
  ]

  private static func population(_ random: inout SeededRandom) -> [RecordTables.Row] {
    let days = ["1980-05-01", "1980-05-02"]
    return (0..<Int.random(in: 2...30, using: &random)).map { _ in
      var row = RecordTables.Row.person(names.randomElement(using: &random)!)
      if Int.random(in: 0..<3, using: &random) > 0 {
        row["mobile"] = "1380000000\(Int.random(in: 1...5, using: &random))"
      }
      if Bool.random(using: &random) { row["birth_date"] = days.randomElement(using: &random)! }
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<4:
        row["document_number"] = residentId(
          born: days.randomElement(using: &random)!, Int.random(in: 1...3, using: &random))
        row["document_type"] = "resident_id"
      case 4:
        row["document_number"] = "E1234567\(Int.random(in: 1...2, using: &random))"
        row["document_type"] = "passport"
        if row["document_number"] == "E12345672" { row["notes"] = String(StandardNotes.checksumFailed.rawValue) }
      default: break
      }
      if Int.random(in: 0..<8, using: &random) == 0 { row["party_type"] = "organisation" }
      return row
    }
  }

  @Test(arguments: 1...24 as ClosedRange<UInt64>)
  func `Random populations are resolved as by the slow rules`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var night = Night(Self.population(&random))
    night.maxPeoplePerMobile = Int.random(in: 1...6, using: &random)
    let outcome = try night.run()
    var slow = SlowRules(night.parties[0].rows, night.definition)
    slow.run()
    let firsts = try outcome.table("customers").map { Int($0[2])! }
    let roots = try outcome.table("membership").map { firsts[Int($0[3])!] }
    #expect(roots == slow.roots, "seed \(seed)")
    let pairs = try outcome.table("pairs")
    #expect(
      pairs == slow.joins.map { ["\($0.left)", "\($0.right)", night.rules[Int($0.rule)].id, "", ""] }, "seed \(seed)")
    let reviews = try outcome.table("review")
    #expect(reviews == slow.reviews.map { ["\($0.left)", "\($0.right)", $0.reason.code, "", ""] }, "seed \(seed)")
    #expect(outcome.figure("shared_mobiles") == slow.sharedMobiles, "seed \(seed)")
    // No customer of the slow rules holds what must never be together.
    for root in Set(slow.roots) {
      let members = slow.roots.indices.filter { slow.roots[$0] == root }.map { slow.rows[$0] }
      let failed = String(StandardNotes.checksumFailed.rawValue)
      let ids = members.filter { $0["document_type"] == "resident_id" && $0["notes"] != failed }
      #expect(Set(ids.compactMap { $0["document_number"] }).count <= 1, "seed \(seed)")
      #expect(Set(members.compactMap { $0["party_type"] }).count <= 1, "seed \(seed)")
    }
  }
}
