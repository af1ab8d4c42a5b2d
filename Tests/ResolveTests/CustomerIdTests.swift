import Basics
import Columns
import TestSupport
import Testing

@testable import Definition
@testable import Resolve

/// Two nights: who was with whom (equal letters share a document) on the first and on the second, by record.
struct IdCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// By record K0, K1, …: its customer's letter; a blank where the record is not delivered.
  let before: String
  let after: String
  /// By record delivered on the second night: the last digit of its id.
  let ids: String
  var retired = 0
}

private let idCases = [
  IdCase(testDescription: "nothing changes", before: "AABC", after: "AABC", ids: "1123"),
  IdCase(testDescription: "a new customer gets the next id", before: "AB", after: "ABC", ids: "123"),
  IdCase(testDescription: "a new customer in front changes nobody's id", before: " AB", after: "CAB", ids: "312"),
  IdCase(testDescription: "a record that leaves takes nothing with it", before: "AAB", after: " AB", ids: "12"),
  IdCase(testDescription: "a customer who leaves retires the id", before: "ABB", after: " BB", ids: "22", retired: 1),
  IdCase(testDescription: "merge: the greater part keeps its id", before: "ABB", after: "BBB", ids: "222", retired: 1),
  IdCase(
    testDescription: "merge: a tie goes to the smaller id", before: "AABB", after: "AAAA", ids: "1111", retired: 1),
  IdCase(testDescription: "split: the greater part keeps the id", before: "AAA", after: "BAA", ids: "211"),
  IdCase(
    testDescription: "split: a tie goes to the part of the smaller row", before: "AAAA", after: "BABA", ids: "1212"),
  IdCase(
    testDescription: "records move from one customer to another", before: "AAABB", after: "AABBB", ids: "11222"),
  IdCase(
    testDescription: "an id that lost its customer takes another that it had", before: "AAABBB", after: "AABBBB",
    ids: "112222"),
]

@Suite struct CustomerIdTests {
  private func night(_ letters: String) -> Night {
    var rows: [RecordTables.Row] = []
    for (index, letter) in letters.enumerated() where letter != " " {
      let sequence = Int(letter.asciiValue!)
      rows.append(
        .person("张伟", id: residentId(born: "1980-05-01", sequence)).with("key", "K\(index)"))
    }
    return Night(rows)
  }

  @Test(arguments: idCases)
  func `Ids go from night to night with the records`(example: IdCase) throws {
    let first = try night(example.before).run()
    let second = try night(example.after).run(after: first)
    #expect(try second.ids().map { String($0.last!) }.joined() == example.ids)
    #expect(second.figure("customer_ids_retired") == example.retired)
    #expect(second.figure("customers") == second.figure("customer_ids_kept")! + second.figure("customer_ids_new")!)
    let ids = try second.table("customers").map { $0[0] }
    #expect(ids == ids.sorted())
    for (row, id) in try second.table("membership").map({ (Int($0[3])!, $0[2]) }) { #expect(ids[row] == id) }
  }

  @Test func `A retired id is never given again, even if it was the last`() throws {
    let first = try night("AB").run()
    let second = try night("A").run(after: first)
    let third = try night("AB").run(after: second)
    #expect(try third.ids() == ["G000000001", "G000000003"])
  }

  @Test func `Records are known by source and key, not by row`() throws {
    var night = Night()
    night.parties = [
      ("crm", [.person("张伟").with("key", "1"), .person("王芳").with("key", "2")]),
      ("core", [.person("李娜").with("key", "1")]),
    ]
    let first = try night.run()
    night.parties = [("core", night.parties[1].rows), ("crm", night.parties[0].rows.reversed())]
    #expect(try night.run(after: first).ids() == ["G000000003", "G000000002", "G000000001"])
  }

  @Test func `Ids have at least nine digits`() {
    for (number, text) in [(1, "G000000001"), (999_999_999, "G999999999"), (1_000_000_000, "G1000000000")] {
      #expect(CustomerIds.text(Int64(number)) == text)
      #expect(Array(text.utf8).withUnsafeBytes { CustomerIds.number($0) } == Int64(number))
    }
    for text in ["", "G1", "X000000001", "G00000000x", "G9999999999999"] {
      #expect(Array(text.utf8).withUnsafeBytes { CustomerIds.number($0) } == nil)
    }
  }

  @Test func `A previous run without memberships is a problem that names the file`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: Problem.self) {
      try CustomerIds(
        clusters: 0, clusterOfRow: [], records: RecordIndex(Table("\(folder.path)/none"), sources: []),
        previousRun: folder.path)
    }
  }
}

@Suite struct LinkTests {
  @Test func `Facts find their customers by the key of their party source`() throws {
    var night = Night()
    night.parties = [("crm", [.person("张伟").with("key", "1")]), ("core", [.person("李娜").with("key", "1")])]
    night.facts = [
      (.holding, "accounts", "core", [["key": "a", "party": "1"], ["key": "b", "party": "9"], ["key": "c"]]),
      (.interaction, "contacts", "crm", [["party": "1"], ["party": "1"]]),
      (.interaction, "visits", "core", [["party": "2"], ["party": "1"]]),
      (
        .relation, "relations", "crm",
        [["party": "1", "other": "1"], ["party": "7", "other": "1"], ["party": "1", "other": "8"]]
      ),
    ]
    let outcome = try night.run()
    #expect(try outcome.table("links/holding") == [["1"], [""], [""]])
    #expect(try outcome.table("links/interaction") == [["0"], ["0"], [""], ["1"]])
    #expect(try outcome.table("links/relation") == [["0", "0"], ["", "0"], ["0", ""]])
    #expect(try outcome.table("links/consent") == [])
    #expect(outcome.figure("orphaned_holding") == 2)
    let equations = outcome.result.equations.map(\.description)
    #expect(equations.contains("holding links: facts 3 = linked 1 + orphaned 2"))
    #expect(equations.contains("consent links: facts 0 = linked 0 + orphaned 0"))
  }

  @Test func `A fact source of no party source is a problem`() throws {
    var night = Night([.person("张伟")])
    night.facts = [(.consent, "consents", "nobody", [])]
    #expect {
      try night.run()
    } throws: {
      ($0 as? Problem)?.description
        == "sources/consents.yaml: error [unknown_party_source]: source consents belongs to no source of parties; "
        + "found nobody, expected the id of a source of kind party. Set party_source in the source's definition."
    }
  }

  @Test(arguments: [1, 2]) func `The same input gives the same bytes for any number of threads`(threads: Int) throws {
    var random = SeededRandom(seed: 5)
    let rows = (0..<300).map { _ in
      RecordTables.Row.person(
        ["张伟", "王芳", "李娜", "ZHANG WEI"].randomElement(using: &random)!,
        mobile: "138000000\(Int.random(in: 10...60, using: &random))")
    }
    let reference = try Night(rows).run()
    let outcome = try Night(rows).run(threads: threads)
    for path in try Files.filesBelow("\(reference.runFolder)/resolve") {
      let (a, b) = (
        try MappedFile("\(reference.runFolder)/resolve/\(path)"), try MappedFile("\(outcome.runFolder)/resolve/\(path)")
      )
      #expect(a.bytes.elementsEqual(b.bytes), "\(path)")
    }
  }

  @Test func `No records at all give empty tables`() throws {
    let outcome = try Night([]).run()
    #expect(try outcome.table("customers") == [])
    #expect(outcome.result.equations.filter { !$0.holds }.isEmpty)
  }
}
