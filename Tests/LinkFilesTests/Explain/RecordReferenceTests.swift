import Basics
import LinkFiles
import Linkage
import Testing

@Suite("Records by what a person calls them")
struct RecordReferenceTests {
  private static func input(_ ids: [String]?, files: [Int]) -> LinkInput {
    let count = files.reduce(0, +)
    let records = RecordSet(
      files: files.enumerated().map { .init(name: "f\($0).csv", recordCount: $1) },
      columns: [InternedColumn(name: "x", values: [String?](repeating: "x", count: count))])
    let texts = ids.map { ids in ids.reduce(into: ValueTexts()) { $0.append($1) } }
    return LinkInput(records: records, ids: texts)
  }

  private static func found(_ text: String, _ input: LinkInput) -> String {
    do throws(Problems) {
      return String(try RecordReference.find(text, in: input))
    } catch {
      return error.description
    }
  }

  @Test("By id first, then by row")
  func find() {
    let one = Self.input(["a", "2", "c"], files: [3])
    #expect(["a", "2", "3", "f0.csv:1"].map { Self.found($0, one) } == ["0", "1", "2", "0"])
    let two = Self.input(nil, files: [2, 3])
    #expect(["f0.csv:2", "f1.csv:3"].map { Self.found($0, two) } == ["1", "4"])
  }

  @Test("What is not there is told, what is twice too")
  func problems() {
    let two = Self.input(["a", "b", "a"], files: [2, 1])
    #expect(
      Self.found("a", two)
        == "error [repeated_id]: 2 records have the id *; found row 1 of f0.csv, row 1 of f1.csv. Name the record by file "
        + "and row, as a.csv:12.")
    let expected = "error [unknown_record]: there is no such record; found "
    #expect(Self.found("zoe", two) == expected + "z*e, expected an id, or a row as f0.csv:1.")
    #expect(Self.found("1", two) == expected + "*, expected an id, or a row as f0.csv:1.")
    #expect(Self.found("f1.csv:2", two) == expected + "f******2, expected an id, or a row as f0.csv:1.")
    #expect(Self.found("4", Self.input(nil, files: [3])) == expected + "*, expected a row as 1 to 3.")
  }
}
