import Testing

@testable import Linkage

struct RecognitionTests {
  struct Table: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String
    /// By column.
    let kinds: [ColumnKind]
  }

  static let tables: [Table] = [
    Table(
      testDescription: "products", text: RecognitionSamples.products,
      kinds: [.recordId, .freeText, .freeText, .organisationName, .number, .category]),
    Table(
      testDescription: "restaurants", text: RecognitionSamples.restaurants,
      kinds: [.recordId, .organisationName, .addressLine, .locality, .phone, .category, .category]),
    Table(
      testDescription: "papers", text: RecognitionSamples.papers,
      kinds: [.recordId, .freeText, .freeText, .category, .otherDate]),
    Table(
      testDescription: "Chinese companies", text: RecognitionSamples.companies,
      kinds: [.organisationName, .documentNumber, .wholeName, .addressLine, .otherDate, .phone]),
    Table(
      testDescription: "Chinese bank, pinyin initials", text: RecognitionSamples.bank,
      kinds: [.recordId, .wholeName, .documentNumber, .birthDate, .phone, .sex, .addressLine]),
    Table(
      testDescription: "German headers", text: RecognitionSamples.germans,
      kinds: [
        .recordId, .sex, .givenName, .familyName, .street, .houseNumber, .postcode, .locality, .birthDate, .phone,
        .email,
      ]),
    Table(
      testDescription: "Spanish headers", text: RecognitionSamples.spaniards,
      kinds: [
        .givenName, .familyName, .familyName, .documentNumber, .birthDate, .sex, .addressLine, .postcode, .locality,
        .region,
        .phone,
      ]),
    Table(
      testDescription: "names that mislead",
      text: """
        name,phone,email,birth_date,city
        ann@example.com,1975-03-12,+44 20 7946 0018,SW1A 1AA,John Smith
        bob@example.org,1960-11-25,+44 20 7946 0123,EC1A 1BB,Mary Jones
        eve@example.net,1992-08-07,+44 161 496 0999,M1 1AE,Robert Brown
        tim@example.com,1988-01-30,+44 113 496 0456,LS1 4DY,Susan Clark
        sue@example.com,1955-06-19,+44 121 496 0777,B1 1BB,Peter Wilson
        """,
      kinds: [.email, .birthDate, .phone, .postcode, .wholeName]),
    Table(
      testDescription: "no names at all",
      text: """
        c1,c2,c3,c4,c5,c6,c7
        John,Smith,1975,3,12,m,john@example.com
        Mary,Jones,1960,11,25,f,mary@example.com
        Robert,Brown,1992,8,7,m,rob@example.com
        Susan,Clark,1988,1,30,f,
        Peter,Wilson,1955,6,19,m,pw@example.com
        Karen,Taylor,1971,12,3,f,kt@example.com
        """,
      kinds: [.givenName, .familyName, .birthYear, .birthMonth, .birthDay, .sex, .email]),
    Table(
      testDescription: "places on earth, lists, web, empty, constant",
      text: """
        label,lat,lon,tags,website,note,nothing,country
        a,52.5200,13.4050,x;y,https://a.example.org,same,,de
        b,48.1371,11.5754,x;z,https://b.example.org,same,,de
        c,50.9375,6.9603,y;z,www.c.example.org,same,,fr
        d,53.5511,9.9937,q;x;y,https://d.example.org,same,,de
        """,
      kinds: [.category, .latitude, .longitude, .list, .url, .constant, .empty, .country]),
  ]

  @Test(arguments: tables)
  func columnsAreWhatTheyAre(_ table: Table) {
    let records = RecognitionSamples.records(table.text)
    let columns = ColumnRecogniser.recognise(records)
    #expect(columns.count == table.kinds.count)
    for (column, kind) in zip(columns, table.kinds) {
      #expect(column.kind == kind, "\(column.name): \(column.reason)")
      #expect(column.reason.hasSuffix(".") && (0...1).contains(column.confidence))
    }
  }

  @Test(
    arguments: [
      ("fname_c1", ColumnKind.givenName, 1), ("lname_c2", .familyName, 2), ("address_2", .addressLine, 2),
      ("dob", .birthDate, nil),
      ("soc_sec_id", .documentNumber, nil), ("postcode_fake", .postcode, nil), ("first_and_surname", .wholeName, nil),
      ("customerEmailAddress", .email, nil), ("kundenvorname", .givenName, nil), ("客户手机号码", .phone, nil),
      ("Date de naissance", .birthDate, nil), ("Código postal", .postcode, nil), ("billing_zip", .postcode, nil),
      ("bm", .birthMonth, nil),
    ] as [(String, ColumnKind, Int?)])
  func namesAreRead(_ name: String, _ kind: ColumnKind, _ part: Int?) {
    let reading = ColumnNames.readings(of: name)
    let strongest = ColumnKind.allCases.max { (reading.kinds[$0]?.strength ?? 0) < (reading.kinds[$1]?.strength ?? 0) }
    #expect(strongest == kind)
    #expect(reading.part == part)
  }

  @Test(
    arguments: [
      (["12/03/1975", "25/11/1960"], DateOrder.dayMonthYear, false),
      (["03/12/1975", "11/25/1960"], .monthDayYear, false),
      (["03/12/1975", "11/05/1960"], .dayMonthYear, true), (["1975-03-12", "1960-11-25"], .yearMonthDay, false),
      (["19750312", "19601125"], .compactYearMonthDay, false), (["12.03.75", "25.11.60"], .dayMonthYear, false),
      (["12 Mar 1975", "25 November 1960"], .dayMonthYear, false),
      (["March 12, 1975", "Nov 25, 1960"], .monthDayYear, false),
      (["1975年3月12日", "1960年11月25日"], .yearMonthDay, false),
      (["1975-03-12T10:11:12Z", "1960-11-25 00:00:00"], .yearMonthDay, false),
      (["12031975", "25111960"], .compactDayMonthYear, false), (["1975", "1960"], .year, false),
    ] as [([String], DateOrder, Bool)])
  func datesHaveAnOrder(_ values: [String], _ order: DateOrder, _ isDoubtful: Bool) {
    let measure = ColumnMeasure(InternedColumn(name: "d", values: values), limit: 100)
    #expect(measure.stats.dateOrder == order)
    #expect(measure.stats.isDateOrderDoubtful == isDoubtful)
    #expect(measure.stats.dateShare == 1)
  }

  @Test func partsMakeGroups() {
    let table = ColumnRecogniser.recognise(
      table: RecognitionSamples.records(
        """
        first_name,last_name,mother_last_name,by,bm,bd,lat,lng
        John,Smith,Hill,1975,3,12,52.5200,13.4050
        Mary,Jones,Wood,1960,11,25,48.1371,11.5754
        Robert,Brown,Lee,1992,8,7,50.9375,6.9603
        Susan,Clark,King,1988,1,30,53.5511,9.9937
        """))
    #expect(table.nameGroups.map(\.columns) == [[0, 1], [2]])
    #expect(table.dateGroups == [DateGroup(year: 3, month: 4, day: 5)])
    #expect(table.geoGroups == [GeoGroup(latitude: 6, longitude: 7)])
    #expect(table.sourceColumn == nil)
  }

  @Test func entropyAndCollisionAreThoseOfTheDefinition() {
    let values = (0..<1000).map { "\($0 * $0 % 37)" }
    let stats = ColumnMeasure(InternedColumn(name: "v", values: values), limit: 10).stats
    var counts: [String: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    let entropy = counts.values.sorted().reduce(0.0) { $0 - Double($1) / 1000 * binaryLogarithm(Double($1) / 1000) }
    let collision = counts.values.reduce(0) { $0 + $1 * ($1 - 1) }
    #expect(abs(stats.entropy - entropy) < 1e-9)
    #expect(abs(stats.collision - Double(collision) / 999_000) < 1e-12)
    #expect(binaryLogarithm(8) == 3)
    #expect(stats.sampledCount == 10 && stats.valueCount == counts.count)
  }
}
