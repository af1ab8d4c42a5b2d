import Testing

@testable import Linkage

/// Levels of stated value pairs, by kind of field.
@Suite struct LadderTests {
  private func expectLevels(_ kind: FieldKind, _ table: [(String, String, UInt8)]) {
    for (a, b, level) in table {
      let field = SmallRecords.field(kind, [a, b])
      #expect(SmallRecords.level(field, 0, 1) == level, "\(kind): \(a) | \(b)")
      #expect(SmallRecords.level(field, 1, 0) == level, "\(kind): \(b) | \(a)")
    }
    // No level of the ladder goes untested.
    #expect(Set(table.map(\.2)).count == Ladder.of(kind).count - 1, "\(kind)")
  }

  @Test func dates() {
    expectLevels(
      .date,
      [
        ("1980-02-03", "1980-02-03", 1), ("03/02/1980", "1980-02-03", 1), ("19800203", "1980-2-3", 1),
        ("1980-02-03", "1980-03-02", 2), ("1980-02-03", "1980-02-04", 2), ("1980-02-03", "1980-02-30", 2),
        ("1980-02-03", "1908-02-03", 2), ("1980-02-03", "1989-02-03", 2), ("1980", "1981", 2),
        ("1980-02-03", "1980-02-17", 3), ("1980-02-03", "1957-02-03", 3),
        ("1980-02-25", "1980-03-08", 4), ("1980-12-28", "1981-01-05", 4),
        ("1980-02-03", "1981-02-15", 5), ("1980-02-13", "1990-03-28", 5),
        ("1980-02-13", "1980-07-28", 6), ("1980-02-13", "1987-07-28", 7), ("1980-02-13", "1953-07-28", 8),
        ("unknown", "never", 8), ("unknown", "1980-02-13", 8),
      ])
  }

  @Test(arguments: [FieldKind.givenName, .familyName])
  func nameParts(kind: FieldKind) {
    expectLevels(
      kind,
      [
        ("John", "JOHN", 1), ("José", "jose", 1), ("john", "jhon", 2), ("john", "jon", 2), ("anna", "anna m", 4),
        ("william", "bill", 3), ("robert", "bob", 3), ("maria", "anna maria", 4), ("patricia", "patrixiq", 4),
        ("philpot", "filpott", 5), ("j", "john", 6), ("martin", "marsden", 7), ("john", "xavier", 8), ("j", "k", 8),
        ("jo", "ka", 8),
      ])
  }

  @Test func phones() {
    expectLevels(
      .phone,
      [
        ("0412 345 678", "0412345678", 1), ("+61 412 345 678", "412345678", 1), ("0412345678", "0412345679", 2),
        ("0412345678", "0421345678", 2), ("0412345678", "0412345600", 3), ("0412345678", "0398765432", 4),
        ("1234", "1235", 4),
      ])
  }

  @Test func emails() {
    expectLevels(
      .email,
      [
        ("Ann.Smith@x.com", "ann.smith@x.com", 1), ("ann.smith@x.com", "ann.smyth@x.com", 2),
        ("ann.smith@x.com", "ann.smith@mail.org", 3), ("ann.smith@x.com", "anne.smitt@x.com", 4),
        ("ann.smith@x.com", "ann.smit@mail.org", 5), ("ann.smith@x.com", "bo@elsewhere.net", 6),
      ])
  }

  @Test func codes() {
    expectLevels(
      .code,
      [
        ("AB 123 456", "ab123456", 1), ("1234567", "1234568", 2), ("1234567", "1234576", 2),
        ("1234567", "1234500", 3), ("1234567", "7654321", 4), ("123", "124", 4),
      ])
    expectLevels(
      .postcode,
      [
        ("sw1a 1aa", "SW1A1AA", 1), ("2000", "2001", 2), ("2000", "0200", 2), ("2000", "2059", 3),
        ("SW1A 1AA", "SW1A 2BB", 3), ("2000", "3141", 4),
      ])
    expectLevels(
      .category,
      [("Male", "male", 1), ("male", "mael", 2), ("male", "female", 3), ("m", "f", 3), ("nt", "st", 3)])
  }

  @Test func texts() {
    expectLevels(
      .text,
      [
        ("High Street", "high street", 1), ("high street", "hihg street", 2), ("high street", "highstreet", 2),
        ("high street", "12 high street", 3), ("high street", "hgih stree", 3), ("high street", "bay street high", 3),
        ("high street", "high road", 5), ("gate old north high street", "old north high street mews", 4),
        ("high street", "railway parade", 6),
      ])
    // In two values a word of both weighs log2(2), a word of one log2(3).
    expectLevels(
      .longText,
      [
        ("a b c", "A  b c", 1), ("a b c d e f g h i j k l m n o", "a b c d e f g h i j k l m n o p", 2),
        ("a b c d e f g h i j", "a b c d e f g h i j k", 3), ("a b c", "x y z a b c v w", 3),
        ("a b c d e f x", "a b c d e f y", 4), ("a b c x", "a b c y z", 5), ("a b c d", "a b x y", 6),
        ("a b", "x y z a b c v w", 6), ("a b c d", "x y z", 7),
      ])
    expectLevels(
      .list, [("a;b;c", "a;b;c", 1), ("a;b;c", "c;b;a", 2), ("a;b;c", "a;x;y", 3), ("a|b", "x|y", 4)])
  }

  @Test func quantities() {
    expectLevels(
      .number,
      [
        ("100", "100", 1), ("1", "1.0", 2), ("100", "100.5", 2), ("100", "105", 3), ("100", "125", 4),
        ("100", "200", 5), ("-1", "1", 5), ("none", "5", 5),
      ])
    // A thousandth of a degree of latitude is 111 m.
    expectLevels(
      .place,
      [
        ("51.5,0.1", "51.5005,0.1", 1), ("51.5,0.1", "51.505,0.1", 2), ("51.5,0.1", "51.55,0.1", 3),
        ("51.5,0.1", "52.0,0.1", 4), ("51.5,0.1", "-33.9,151.2", 5), ("51.5,0.1", "nowhere", 5),
      ])
  }

  /// A degree of longitude at 60° north is half of one at the equator.
  @Test func longitudeShrinksNorthwards() {
    let field = SmallRecords.field(.place, ["0,0", "0,1.2", "60,0", "60,1.2"])
    #expect(SmallRecords.level(field, 0, 1) == 5)
    #expect(SmallRecords.level(field, 2, 3) == 4)
  }

  @Test(arguments: FieldKind.allCases)
  func startsWithAWholeDistribution(kind: FieldKind) {
    let shares = Ladder.of(kind).levels.map(\.startingShare)
    #expect(abs(shares.reduce(0, +) - 1_000) < 1e-9)
    #expect(shares.allSatisfy { $0 > 0 })
    #expect(Set(Ladder.of(kind).levels.map(\.id)).count == shares.count)
    #expect(Ladder.of(kind).count <= 16, "a pattern has four bits a comparison")
  }
}
