import Linkage
import Testing

@testable import Definition

@Suite("matching.yaml as people read it") struct MatchingTextTests {
  private static let example: (Matching, MatchingComments) = {
    var comments = MatchingComments()
    comments.columns = ["given_name": "given name: The name means it.", "surname": "family name:\nThe name means it."]
    comments.unused = [("rec_id", "number of the record: All values are different.")]
    comments.rules = [(1_234_567, 0.7312), (98, 0.25), (5, 0)]
    let matching = Matching(
      fields: [
        MatchingExamples.field("given_name", .givenName, .name),
        MatchingExamples.field("surname", .familyName, .name, isShared: true),
        MatchingExamples.field("born", .date, .birth, ["year", "month", "no"]),
      ], swappable: [("given_name", "surname")],
      blocking: [
        MatchingExamples.rule(("surname", .phonetic), ("born", .year)), MatchingExamples.rule(("born", .exact)),
        MatchingExamples.rule(("given_name", .exact), ("given_name", .prefix(3))),
      ])
    return (matching, comments)
  }()

  @Test("Looks like this")
  func looks() throws {
    let (matching, comments) = Self.example
    let text = MatchingText.yaml(matching, comments: comments)
    let start = try #require(text.firstRange(of: "\nfields:\n")).lowerBound
    #expect(
      text[start...] == """

        fields:
          - id: given_name
            kind: given_name
            group: name
            shared: false
            columns:
              - given_name  # given name: The name means it.
          - id: surname
            kind: family_name
            group: name
            shared: true
            columns:
              - surname  # family name: The name means it.
          - id: born
            kind: date
            group: birth
            shared: false
            columns:
              - year
              - month
              - "no"

        # Columns that are not compared:
        #   rec_id: number of the record: All values are different.

        # Given and family names that may stand in one another's place.
        swappable:
          - [given_name, surname]

        # Blocking: records that agree in all parts that one of these rules names are compared, others are not.
        #   given_name: exact, phonetic, prefix 3
        #   family_name: exact, phonetic, prefix 3
        #   date: exact, year, month_and_day, year_and_month
        # Behind each rule: about how many pairs it makes, and which share of all matches no rule above it finds.
        blocking:
          - {surname: phonetic, born: year}  # 1,234,567 pairs, 73.1 % of the matches
          - {born: exact}                    # 98 pairs, 25.0 % of the matches
          - {given_name: [exact, prefix 3]}  # 5 pairs, a second way to matches found above
        largest_block: 2000  # records that agree in one key; in a larger block each is compared with the next 1,000 only

        # What the engine finds out by itself unless it is told here.
        # threshold: 0.5  # bits: average weight from which on records are joined
        sources_without_duplicates: auto  # or a list of sources that hold everybody once

        """)
  }

  @Test(
    "Quotes where a reader could take a text for something else",
    arguments: [
      ("given_name", "given_name"), ("given name", "given name"), ("姓名", "姓名"), ("prénom", "prénom"),
      ("a.b-c", "a.b-c"),
      ("", "\"\""), ("No", "\"No\""), ("null", "\"null\""), ("12", "\"12\""), (" a", "\" a\""), ("a ", "\"a \""),
      ("a: b", "\"a: b\""), ("a #b", "\"a #b\""), ("- a", "\"- a\""), ("a,b", "\"a,b\""), ("\"", "\"\\\"\""),
      ("a\nb", "\"a\\nb\""), ("a\u{7}", "\"a\\u0007\""), ("😀", "\"😀\""),
    ])
  func scalar(_ text: String, _ written: String) { #expect(MatchingText.scalar(text) == written) }
}
