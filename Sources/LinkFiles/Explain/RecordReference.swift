import Basics
import Linkage

/// How a person names one record: by its id, or by its row as `12` or `a.csv:12`.
public enum RecordReference {
  /// The number of the record in the record set.
  ///
  /// With an id column a text is looked for among the ids first. O(records).
  /// - Throws: `unknown_record`; `repeated_id` where several records have the id. Both are usage (`.definition`).
  public static func find(_ text: String, in input: LinkInput) throws(Problems) -> Int {
    if let ids = input.ids {
      let found = (0..<Int32(ids.count)).filter { ids[$0] == text }
      if found.count == 1 { return Int(found[0]) }
      if found.count > 1 {
        let places = found.prefix(3).map { ExplanationText.name(of: Int($0), in: input.records) }
        throw Problems(
          .definition,
          [
            Problem(
              "repeated_id", "\(found.count) records have the id \(Masking.mask(text))",
              found: places.joined(separator: ", "), advice: "Name the record by file and row, as a.csv:12")
          ])
      }
    }
    if let record = byRow(text, input.records) { return record }
    let files = input.records.files
    let example = files.count == 1 ? "1 to \(files[0].recordCount)" : "\(files[0].name):1"
    throw Problems(
      .definition,
      [
        Problem(
          "unknown_record", "there is no such record", found: Masking.mask(text),
          expected: input.ids == nil ? "a row as \(example)" : "an id, or a row as \(example)")
      ])
  }

  private static func byRow(_ text: String, _ records: RecordSet) -> Int? {
    let files = records.files
    var file = 0
    var row = text[...]
    if let colon = text.lastIndex(of: ":") {
      guard let index = files.firstIndex(where: { $0.name == text[..<colon] }) else { return nil }
      file = index
      row = text[text.index(after: colon)...]
    } else if files.count > 1 {
      return nil
    }
    guard let number = Int(row), number >= 1, number <= files[file].recordCount else { return nil }
    return files[..<file].reduce(number - 1) { $0 + $1.recordCount }
  }
}
