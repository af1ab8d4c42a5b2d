import Basics
import Testing

@testable import LinkFiles
@testable import Linkage

@Suite("A profile of the columns")
struct ProfileTextTests {
  static let records = RecordSet(
    files: [.init(name: "a.csv", recordCount: 3), .init(name: "b.csv", recordCount: 2)],
    columns: [
      InternedColumn(name: "first_name", values: ["Mary", "John", "Mary", nil, "Ann"]),
      InternedColumn(name: "city", values: ["北京", "York", "北京", "York", "Bath"]),
      InternedColumn(name: "note", values: [nil, nil, nil, nil, nil]),
    ])
  static let table = ColumnRecogniser.recognise(table: records)

  @Test func text() {
    #expect(
      ProfileText.text(Self.records, Self.table, top: 2) == """
        5 records of 2 files, 3 columns. Values are shown by their shape.

        Columns:
        column      taken for      sure  values  missing  most frequent
        first_name  given name   99.6 %       3   20.0 %  Xxxx (2), Xxxx (1)
        city        locality     97.5 %       3    0.0 %  字字 (2), Xxxx (2)
        note        empty       100.0 %       0  100.0 %

        Why:
          first_name  The name means it; 100 % of its values hold a common given name.
          city        The name means it; 40 % of its values hold a known city.
          note        No record has a value.

        """)
  }

  @Test("Values only where they are asked for")
  func values() {
    let shown = ProfileText.text(Self.records, Self.table, showsValues: true)
    #expect(shown.contains("Mary (2), John (1), Ann (1)") && shown.contains("北京 (2), York (2), Bath (1)"))
    for text in [ProfileText.text(Self.records, Self.table), ProfileText.json(Self.records, Self.table)] {
      for value in ["Mary", "John", "北京", "York"] { #expect(!text.contains(value)) }
    }
  }

  @Test func json() {
    let records = RecordSet(files: Self.records.files, columns: [Self.records.columns[0]])
    #expect(
      ProfileText.json(records, ColumnRecogniser.recognise(table: records), top: 1) == """
        {
          "records": 5,
          "files": [
            {
              "name": "a.csv",
              "records": 3
            },
            {
              "name": "b.csv",
              "records": 2
            }
          ],
          "values": "shapes",
          "columns": [
            {
              "name": "first_name",
              "kind": "givenName",
              "confidence": 0.9955,
              "reason": "The name means it; 100 % of its values hold a common given name.",
              "says_as_much": [],
              "values": 3,
              "missing": 1,
              "missing_share": 0.2,
              "entropy": 1.5,
              "same_by_chance": 0.166667,
              "most_frequent": [
                {
                  "value": "Xxxx",
                  "records": 2
                }
              ]
            }
          ]
        }

        """)
  }
}
