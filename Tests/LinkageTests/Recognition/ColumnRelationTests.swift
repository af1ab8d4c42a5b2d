import Testing

@testable import Linkage

struct ColumnRelationTests {
  /// 400 people with the same generator for each test: no two columns alike by chance.
  private static let records: RecordSet = {
    let given = ["John", "Mary", "Robert", "Susan", "Peter", "Karen", "Paul", "Anna", "Mark", "Linda", "Ruth"]
    let family = ["Smith", "Jones", "Brown", "Clark", "Wilson", "Taylor", "Hill"]
    let towns = ["Leeds", "York", "Hull", "Bath", "Derby"]
    var columns: [[String]] = Array(repeating: [], count: 7)
    var state: UInt64 = 7
    func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    for row in 0..<400 {
      let (first, last, town) = (given[draw(given.count)], family[draw(family.count)], draw(50))
      columns[0].append(first)
      columns[1].append(last)
      columns[2].append("\(first) \(last)")
      columns[3].append("Dr. \(last.uppercased()), \(first) \(draw(900))")
      columns[4].append("\(10_000 + town)")
      columns[5].append(towns[town % 5])
      columns[6].append(row % 50 == 0 ? "other" : last.uppercased())
    }
    let names = ["first_name", "surname", "name", "full_name", "postcode", "city", "surname_upper"]
    return RecordSet(
      files: [.init(name: "f", recordCount: 400)],
      columns: zip(names, columns).map { InternedColumn(name: $0, values: $1) })
  }()

  @Test func relationsAreFound() {
    let relations = ColumnRelations.measure(Self.records, skipping: Array(repeating: false, count: 7))
    func sorts(_ column: Int, _ other: Int) -> [ColumnRelation.Sort] {
      relations.filter { $0.column == column && $0.other == other }.map(\.sort)
    }
    #expect(sorts(0, 3).contains(.within))
    #expect(sorts(2, 3).contains(.within))
    #expect(sorts(2, 0).contains(.joins) && sorts(2, 1).contains(.joins))
    #expect(sorts(1, 6).contains(.same) && sorts(6, 1).contains(.same))
    #expect(sorts(4, 5) == [.determines])
    #expect(sorts(5, 4).isEmpty)
    #expect(sorts(0, 1).isEmpty && sorts(0, 5).isEmpty && sorts(3, 0).isEmpty)
    #expect(relations.first { $0.column == 4 && $0.other == 5 }?.strength == 1)
  }

  @Test func whatOthersSayIsRedundant() {
    let columns = ColumnRecogniser.recognise(Self.records)
    #expect(columns[2].kind == .redundant && columns[2].content == .wholeName && columns[2].redundantOf == [0, 1])
    #expect(columns[6].kind == .redundant && columns[6].redundantOf == [1])
    #expect(columns[0].kind == .givenName && columns[1].kind == .familyName && columns[5].kind == .locality)
  }

  /// The dependency against its definition: all pairs of records.
  @Test func determinationIsThatOfAllPairs() {
    var state: UInt64 = 99
    func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let left = (0..<200).map { _ in draw(30) }
    let right = left.map { draw(10) < 8 ? $0 / 3 : draw(10) }
    let records = RecordSet(
      files: [.init(name: "f", recordCount: 200)],
      columns: [
        InternedColumn(name: "a", values: left.map { "a\($0)" }),
        InternedColumn(name: "b", values: right.map { "b\($0)" }),
      ])
    var agreeing = 0.0
    var support = 0
    var chance = 0
    for first in 0..<200 {
      let group = (0..<200).filter { $0 != first && left[$0] == left[first] }
      chance += (0..<200).count { $0 != first && right[$0] == right[first] }
      if group.isEmpty { continue }
      support += 1
      agreeing += Double(group.count { right[$0] == right[first] }) / Double(group.count)
    }
    let c = Double(chance) / (200 * 199)
    let expected = (agreeing / Double(support) - c) / (1 - c)
    let relation = ColumnRelations.measure(records, skipping: [false, false]).first {
      $0.sort == .determines && $0.column == 0
    }
    #expect(abs((relation?.strength ?? 0) - expected) < 1e-9 && relation?.support == support)
  }

  @Test(arguments: [(true, ColumnKind.documentNumber), (false, .recordId)])
  func numbersOfTwoFilesAreEvidenceWhereTheyAgree(_ isShared: Bool, _ kind: ColumnKind) {
    let towns = (0..<40).map { "town \($0 * 7 % 40)" }
    let ids = (0..<40).map { "\($0 + 100)" }
    let other = isShared ? towns : (0..<40).map { towns[($0 + 11) % 40] }
    let records = RecordSet(
      files: [.init(name: "a", recordCount: 40), .init(name: "b", recordCount: 40)],
      columns: [InternedColumn(name: "id", values: ids + ids), InternedColumn(name: "city", values: towns + other)])
    #expect(ColumnRecogniser.recognise(records)[0].kind == kind)
  }
}
