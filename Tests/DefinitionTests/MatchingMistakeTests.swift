import Basics
import Linkage
import Testing

@testable import Definition

@Suite("Mistakes in matching.yaml") struct MatchingMistakeTests {
  private static let good = """
    fields:
      - {id: given, kind: given_name, group: name, columns: [given_name]}
      - {id: family, kind: family_name, group: name, columns: [surname], shared: true}
      - {id: born, kind: date, group: birth, columns: [y, m, d]}
    swappable:
      - [given, family]
    blocking:
      - {family: phonetic, born: year}
      - {given: [exact, prefix 3]}
    threshold: 1.5
    sources_without_duplicates: [a, b]

    """

  private static func problems(_ text: String) -> [String] {
    do {
      _ = try MatchingReader.read(text: text, file: "m.yaml")
      return []
    } catch {
      return error.list.map(\.description)
    }
  }

  @Test("A file written by hand")
  func reads() throws {
    let read = try MatchingReader.read(text: Self.good, file: "m.yaml")
    #expect(read.threshold == 1.5)
    #expect(read.withoutDuplicates == .sources(["a", "b"]))
    #expect(read.matching.largestBlock == 2_000)
    #expect(read.matching.fields.map(\.group) == [.name, .name, .birth])
    #expect(read.matching.fields[1].isShared && !read.matching.fields[0].isShared)
    #expect(read.matching.blocking[1].atoms == [.init("given", .exact), .init("given", .prefix(3))])
    #expect(read.matching.swappable.map(\.family) == ["family"])
  }

  static let mistakes: [(find: String, replace: String, message: String)] = [
    (
      "kind: date", "kind: dates",
      "m.yaml:4:22: error [unknown_value]: kind has a value that is not known; found \"dates\", expected given_name, "
        + "family_name, whole_name, organisation, date, number, phone, email, code, text, postcode, category, long_text, place, "
        + "list. Perhaps \"date\" is meant."
    ),
    (
      "group: birth", "group: birht",
      "m.yaml:4:35: error [unknown_value]: group has a value that is not known; found \"birht\", expected name, birth, "
        + "address, contact, other. Perhaps \"birth\" is meant."
    ),
    (
      "shared: true", "share: true",
      "m.yaml:3:70: error [unknown_key]: a field of evidence has no such key; found \"share\", expected id, columns, kind, group, shared. "
        + "Perhaps \"shared\" is meant."
    ),
    (
      "born: year", "bron: year",
      "m.yaml:8:24: error [unknown_field]: fields has no such field; found \"bron\", expected given, family, born. "
        + "Perhaps \"born\" is meant."
    ),
    (
      "family: phonetic", "family: fonetic",
      "m.yaml:8:14: error [unknown_part]: this is no part of a value; found \"fonetic\", expected exact, phonetic, prefix 3. "
        + "Perhaps \"phonetic\" is meant."
    ),
    (
      "family: phonetic", "family: year",
      "m.yaml:8:14: error [wrong_part]: a field of the kind family_name has no such part; found \"year\", expected exact, "
        + "phonetic, prefix 3."
    ),
    (
      "id: family", "id: given",
      "m.yaml:3:10: error [duplicate_id]: the field \"given\" stands twice; found also in line 2. Give one of them another id."
    ),
    (
      "[y, m, d]", "[y, m]",
      "m.yaml:4:51: error [bad_columns]: the field is made of the wrong number of columns; found 2, expected one column, or "
        + "those of year, month and day."
    ),
    (
      "[given, family]", "[family, given]",
      "m.yaml:6:6: error [wrong_kind]: the field \"family\" is of the wrong kind to be swapped here; found family_name, "
        + "expected given_name."
    ),
    (
      "threshold: 1.5", "threshold: high",
      "m.yaml:10:12: error [bad_number]: threshold is not a number of bits; found \"high\", expected -1000 to 1000."
    ),
    (
      "[a, b]", "automatic",
      "m.yaml:11:29: error [unknown_value]: sources_without_duplicates has a value that is not known; found \"automatic\", "
        + "expected auto, [source, …]."
    ),
  ]

  @Test("Each is told with its line", arguments: mistakes.indices)
  func tells(_ index: Int) throws {
    let (find, replace, message) = Self.mistakes[index]
    try #require(Self.good.contains(find))
    let found = Self.problems(Self.good.replacing(find, with: replace, maxReplacements: 1))
    #expect(found.first { $0 == message } != nil, "\(found.joined(separator: "\n"))")
  }

  @Test("All at once, in the order of lines")
  func tellsAll() {
    let text = Self.good.replacing("kind: date", with: "kind: dates").replacing("threshold", with: "treshold")
      .replacing("prefix 3", with: "prefix 99")
    #expect(Self.problems(text).map { $0.prefix { $0 != " " } } == ["m.yaml:4:22:", "m.yaml:9:21:", "m.yaml:10:1:"])
  }

  @Test("At most as many comparisons as a model has")
  func tooMany() {
    let fields = (1...17).map { "  - {id: f\($0), kind: text, columns: [c\($0)]}\n" }
    #expect(Self.problems("fields:\n" + fields.prefix(16).joined()).isEmpty)
    #expect(
      Self.problems("fields:\n" + fields.joined()) == [
        "m.yaml:2:3: error [too_many_fields]: there are too many fields; found 17 comparisons, expected at most 16: one a field, "
          + "one a pair of swappable names, one more a whole name or an e-mail address. Remove the fields that say least."
      ])
  }

  @Test("A rule has one part of several keys")
  func severalKeys() {
    let text = """
      fields:
        - {id: a, kind: long_text, columns: [a]}
        - {id: b, kind: organisation, columns: [b]}
      blocking:
        - {a: words, b: similar}

      """
    #expect(
      Self.problems(text) == [
        "m.yaml:5:5: error [too_many_keys]: two parts of the rule give a record several keys; found a: words, b: similar, "
          + "expected one such part at most."
      ])
  }

  @Test("No file, nothing in it, no YAML")
  func noFile() {
    #expect(throws: Problems.self) { try MatchingReader.read(path: "/nowhere/matching.yaml") }
    #expect(Self.problems("") == ["m.yaml: error [empty_file]: the file says nothing; expected a matching."])
    #expect(Self.problems("fields: [").count == 1)
  }
}
