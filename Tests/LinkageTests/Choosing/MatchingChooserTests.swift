import Testing

@testable import Linkage

/// Fields of evidence chosen from what the columns are.
@Suite struct MatchingChooserTests {
  private func table(_ columns: [(String, ColumnKind)]) -> RecognisedTable {
    RecognisedTable(
      columns: columns.enumerated().map { index, column in
        RecognisedColumn(
          index: index, name: column.0, kind: column.1, content: column.1, confidence: 1, reason: "",
          stats: ColumnStats())
      }, nameGroups: [], dateGroups: [], geoGroups: [], relations: [], sourceColumn: nil)
  }

  @Test func givenAndFamilyMayBeTurned() {
    var table = table([
      ("id", .recordId), ("fname", .givenName), ("lname", .familyName), ("sex", .sex), ("dob", .birthDate),
    ])
    var group = NameGroup()
    (group.given, group.family) = ([1], [2])
    table.nameGroups = [group]
    let (fields, swappable) = MatchingChooser.fields(table)
    #expect(fields.map(\.id) == ["fname", "lname", "sex", "dob"])
    #expect(fields.map(\.kind) == [.givenName, .familyName, .category, .date])
    #expect(fields.map(\.group) == [.name, .name, .other, .birth])
    #expect(fields.map(\.isShared) == [false, true, false, false])
    #expect(swappable.count == 1 && swappable[0] == ("fname", "lname"))
  }

  @Test func wholeNameBesideItsParts() {
    var table = table([("name", .wholeName), ("fname", .givenName), ("lname", .familyName)])
    var group = NameGroup()
    (group.given, group.family, group.whole) = ([1], [2], [0])
    table.nameGroups = [group]
    #expect(MatchingChooser.fields(table).fields.map(\.id) == ["fname", "lname"])
  }

  @Test func wholeNameAlone() {
    var table = table([("name", .wholeName), ("town", .locality)])
    var group = NameGroup()
    group.whole = [0]
    table.nameGroups = [group]
    let (fields, swappable) = MatchingChooser.fields(table)
    #expect(fields.map(\.kind) == [.wholeName, .text] && swappable.isEmpty)
  }

  @Test func datesOfThreeColumns() {
    var table = table([("bd", .birthDay), ("bm", .birthMonth), ("by", .birthYear)])
    table.dateGroups = [DateGroup(year: 2, month: 1, day: 0)]
    let fields = MatchingChooser.fields(table).fields
    #expect(fields.count == 1)
    #expect(fields[0].kind == .date && fields[0].group == .birth && fields[0].columns == ["by", "bm", "bd"])
  }

  @Test func placesOfTwoColumns() {
    var table = table([("lon", .longitude), ("lat", .latitude)])
    table.geoGroups = [GeoGroup(latitude: 1, longitude: 0)]
    let fields = MatchingChooser.fields(table).fields
    #expect(fields.map(\.columns) == [["lat", "lon"]] && fields[0].kind == .place)
  }

  @Test func noMoreThanAPatternHolds() {
    var columns: [(String, ColumnKind)] = [("fname", .givenName), ("lname", .familyName)]
    columns += (0..<30).map { ("c\($0)", .category) } + [("alias", .otherName)]
    var table = table(columns)
    var group = NameGroup()
    (group.given, group.family) = ([0], [1])
    table.nameGroups = [group]
    let (fields, swappable) = MatchingChooser.fields(table)
    let matching = Matching(fields: fields, swappable: swappable, blocking: [])
    let wholeNames = fields.indices.filter { fields[$0].kind == .wholeName }
    let comparisons = Comparison.all(matching, mixed: wholeNames)
    #expect(comparisons.count <= PatternTable.comparisonLimit && comparisons.count >= 14)
    #expect(comparisons.contains { $0.subject == .order(0, 1) })
  }

  @Test(arguments: ColumnKind.allCases)
  func evidenceOnly(kind: ColumnKind) {
    let fields = MatchingChooser.fields(table([("x", kind)])).fields
    #expect(fields.count == (kind.isEvidence ? 1 : 0))
    #expect(Set(fields.map(\.id)).count == fields.count)
  }

  @Test func fromRecords() {
    let people = SmallPeople(count: 1_500, seed: 9)
    let records = people.records
    let table = ColumnRecogniser.recognise(table: records)
    let (linker, choice) = MatchingChooser.choose(records, table, Linker.Settings())
    let matching = linker.matching
    #expect(linker.recordCount == 1_500)
    #expect(matching.swappable.count == 1 && matching.swappable[0] == ("first", "last"))
    #expect(matching.fields.first { $0.id == "birth" }?.kind == .date)
    #expect(matching.fields.first { $0.id == "phone" }?.kind == .phone)
    #expect(!matching.blocking.isEmpty && matching.blocking == choice.rules)
    let few = MatchingChooser.choose(SmallPeople(count: 300, seed: 9).records, table, Linker.Settings())
    #expect(few.linker.matching.blocking.isEmpty, "few records are compared whole")
    let again = MatchingChooser.choose(records, table, Linker.Settings(threads: 5)).linker.matching
    #expect(again == matching)
  }
}
