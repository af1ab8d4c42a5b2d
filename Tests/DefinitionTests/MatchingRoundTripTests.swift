import Basics
import Linkage
import Testing

@testable import Definition

/// The six shapes of records that the engine is judged by, and random ones.
enum MatchingExamples {
  typealias Plan = Matching.FieldPlan

  static func field(
    _ id: String, _ kind: FieldKind, _ group: FieldGroup = .other, _ columns: [String]? = nil, isShared: Bool = false
  ) -> Plan {
    Plan(id: id, kind: kind, group: group, columns: columns ?? [id], isShared: isShared)
  }

  static func rule(_ atoms: (String, Matching.KeyPart)...) -> Matching.BlockingRule {
    Matching.BlockingRule(atoms.map { Matching.KeyAtom($0.0, $0.1) })
  }

  static let all: [Matching] = [
    Matching(
      fields: [
        field("first_name", .givenName, .name), field("surname", .familyName, .name, isShared: true),
        field("dob", .date, .birth), field("city", .text, .address, isShared: true), field("email", .email, .contact),
      ], swappable: [("first_name", "surname")], blocking: []),
    Matching(
      fields: [
        field("given_name", .givenName, .name), field("surname", .familyName, .name, isShared: true),
        field("date_of_birth", .date, .birth), field("soc_sec_id", .code),
        field("postcode", .postcode, .address, isShared: true), field("state", .category, .address, isShared: true),
      ], swappable: [("given_name", "surname")],
      blocking: [
        rule(("soc_sec_id", .exact)), rule(("surname", .phonetic), ("date_of_birth", .year)),
        rule(("date_of_birth", .monthAndDay), ("postcode", .prefix(3))), rule(("soc_sec_id", .suffix(4))),
      ]),
    Matching(
      fields: [field("first name", .givenName, .name), field("birth_place", .text, .address, isShared: true)],
      swappable: [], blocking: [rule(("first name", .exact), ("birth_place", .prefix(5)))], largestBlock: 500),
    Matching(
      fields: [field("姓名", .wholeName, .name), field("district", .text, .address), field("phone", .phone, .contact)],
      swappable: [],
      blocking: [
        rule(("姓名", .syllables)), rule(("姓名", .familySounds), ("phone", .suffix(6))), rule(("姓名", .givenNames)),
        rule(("姓名", .words), ("district", .exact)),
      ]),
    Matching(
      fields: [
        field("fname_c1", .givenName, .name), field("lname_c1", .familyName, .name),
        field("date_of_by", .date, .birth, ["by", "bm", "bd"]), field("lname_c2", .familyName),
      ], swappable: [("fname_c1", "lname_c1")],
      blocking: [rule(("date_of_by", .yearAndMonth)), rule(("date_of_by", .year), ("fname_c1", .prefix(3)))]),
    Matching(
      fields: [
        field("title: the \"name\"", .longText, .other, ["title", "sub title"]), field("no", .organisation),
        field("place", .place, .address, ["lat", "lon"]), field("tags", .list), field("price", .number),
        field("mail", .email, .contact),
      ], swappable: [],
      blocking: [
        rule(("title: the \"name\"", .similar)), rule(("no", .words), ("mail", .localPart)),
        rule(("no", .exact), ("no", .prefix(6))),
      ], largestBlock: 20),
  ]
}

/// A stream of numbers that a seed decides, for tests (the constants of Knuth's MMIX).
struct TestDraws {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }

  mutating func element<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

  private static let letters = Array(
    "abcXYZ_09 -.:#,'\"\\[]{}&*!|>%@?~é赖 雅\t\n\r\u{7}\u{7F}\u{85}\u{A0}\u{2028}😀\u{301}="
  ).flatMap(\.unicodeScalars)

  mutating func name() -> String {
    if below(8) == 0 {
      return element(["true", "No", "null", "~", "12", "1e3", "0x1F", "- a", "a: b", "a #b", "=", "<<", " x "])
    }
    var text = String.UnicodeScalarView()
    for _ in 0...below(9) { text.append(element(Self.letters)) }
    return String(text)
  }

  /// Any matching that the reader accepts.
  mutating func matching() -> Matching {
    var fields: [Matching.FieldPlan] = []
    for _ in 0...below(7) {
      let id = name()
      if fields.contains(where: { $0.id == id }) { continue }
      let kind = element(FieldKind.allCases)
      let count = kind == .date ? element([1, 3]) : kind == .place ? element([1, 2]) : 1 + below(3)
      let columns = (0..<count).map { "\(name())\($0)" }
      fields.append(
        .init(id: id, kind: kind, group: element(FieldGroup.allCases), columns: columns, isShared: below(2) == 0))
    }
    var rules: [Matching.BlockingRule] = []
    for _ in 0..<below(6) {
      let used = fields.filter { _ in below(3) == 0 }
      var atoms = used.map { Matching.KeyAtom($0.id, element($0.kind.blockingParts)) }
      if let several = atoms.firstIndex(where: \.part.isSeveral) {
        atoms = atoms.enumerated().filter { $0.offset == several || !$0.element.part.isSeveral }.map(\.element)
      }
      if !atoms.isEmpty { rules.append(Matching.BlockingRule(atoms)) }
    }
    var swappable: [(String, String)] = []
    if let given = fields.firstIndex(where: { $0.kind == .givenName }),
      let family = fields[given...].first(where: { $0.kind == .familyName })
    {
      swappable.append((fields[given].id, family.id))
    }
    return Matching(fields: fields, swappable: swappable, blocking: rules, largestBlock: 2 + below(5_000))
  }
}

@Suite("matching.yaml") struct MatchingRoundTripTests {
  @Test("What is written is read as the same", arguments: MatchingExamples.all.indices)
  func examples(_ index: Int) throws {
    let matching = MatchingExamples.all[index]
    let text = MatchingText.yaml(matching)
    let read = try MatchingReader.read(text: text, file: "matching.yaml")
    #expect(read == MatchingDefinition(matching: matching))
    #expect(MatchingText.yaml(read) == text)
  }

  @Test("Any matching, with any names and comments")
  func random() throws {
    for seed in 1...300 as ClosedRange<UInt64> {
      var draws = TestDraws(state: seed)
      let matching = draws.matching()
      var comments = MatchingComments()
      for column in matching.fields.flatMap(\.columns) { comments.columns[column] = draws.name() }
      comments.unused = [(draws.name(), draws.name())]
      comments.rules = matching.blocking.map { _ in (draws.below(1_000_000_000), Double(draws.below(100)) / 99) }
      let definition = MatchingDefinition(
        matching: matching, threshold: draws.element([nil, -2.5, 0.1, 17]),
        withoutDuplicates: draws.element([.automatic, .sources([]), .sources(["a.csv", draws.name()])]))
      let text = MatchingText.yaml(definition, comments: comments)
      do {
        let read = try MatchingReader.read(text: text, file: "matching.yaml")
        #expect(read == definition, "seed \(seed)\n\(text)")
      } catch {
        Issue.record("seed \(seed): \(error)\n\(text)")
      }
    }
  }

  @Test("Key parts as words")
  func words() {
    for part in FieldKind.allCases.flatMap(\.blockingParts) + [.prefix(1), .suffix(32)] {
      #expect(Matching.KeyPart(word: part.word) == part)
    }
    for word in ["", "prefix", "prefix 0", "prefix 33", "prefix 03", "prefix  3", "suffix x", "Exact", "middle 3"] {
      #expect(Matching.KeyPart(word: word) == nil, "\(word)")
    }
    for group in FieldGroup.allCases { #expect(FieldGroup(word: group.word) == group) }
  }
}
