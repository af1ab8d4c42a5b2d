import Basics
import Linkage

/// What each column of the records holds and what it was taken for, for people and for programs.
public enum ProfileText {
  private static let valueWidth = 24

  /// - Parameters:
  ///   - showsValues: Otherwise values are shown by their shape.
  ///   - top: How many of the most frequent values.
  public static func text(
    _ records: RecordSet, _ table: RecognisedTable, showsValues: Bool = false, top: Int = 3
  ) -> String {
    let files = records.files.count == 1 ? "one file" : "\(records.files.count) files"
    var lines = [
      "\(Decimals.grouped(records.count)) records of \(files), \(records.columns.count) columns."
        + (showsValues ? "" : " Values are shown by their shape.")
    ]
    var rows = [["column", "taken for", "sure", "values", "missing", "most frequent"]]
    for column in table.columns {
      let found = frequent(records.columns[column.index], top, showsValues)
      rows.append([
        column.name, column.kind.title, Decimals.percent(column.confidence), Decimals.grouped(column.stats.valueCount),
        Decimals.percent(column.stats.missingShare),
        found.map { "\(TableLines.shortened($0.text, valueWidth)) (\(Decimals.grouped($0.count)))" }
          .joined(separator: ", "),
      ])
    }
    lines += ["", "Columns:"] + TableLines.lines(rows, right: [2, 3, 4])
    lines += ["", "Why:"]
    lines += TableLines.lines(table.columns.map { ["  \($0.name)", $0.reason] })
    return lines.joined(separator: "\n") + "\n"
  }

  /// One object, indented; shares with 6 decimals, the entropy in bits with 3.
  public static func json(
    _ records: RecordSet, _ table: RecognisedTable, showsValues: Bool = false, top: Int = 10
  ) -> String {
    JSON.object([
      ("records", .integer(records.count)),
      (
        "files",
        .array(
          records.files.map { .object([("name", .string($0.name)), ("records", .integer($0.recordCount))]) })
      ), ("values", .string(showsValues ? "as_read" : "shapes")),
      ("columns", .array(table.columns.map { column($0, records, table, showsValues, top) })),
    ]).pretty
  }

  private static func column(
    _ column: RecognisedColumn, _ records: RecordSet, _ table: RecognisedTable, _ showsValues: Bool, _ top: Int
  ) -> JSON {
    let stats = column.stats
    let found = frequent(records.columns[column.index], top, showsValues)
    return .object([
      ("name", .string(column.name)), ("kind", .string(column.kind.rawValue)),
      ("confidence", .number(Decimals.rounded(column.confidence, 6))), ("reason", .string(column.reason)),
      ("says_as_much", .strings(column.redundantOf.map { table.columns[$0].name })),
      ("values", .integer(stats.valueCount)), ("missing", .integer(stats.missingCount)),
      ("missing_share", .number(Decimals.rounded(stats.missingShare, 6))),
      ("entropy", .number(Decimals.rounded(stats.entropy, 3))),
      ("same_by_chance", .number(Decimals.rounded(stats.collision, 6))),
      (
        "most_frequent",
        .array(found.map { .object([("value", .string($0.text)), ("records", .integer($0.count))]) })
      ),
    ])
  }

  /// The values that most records have; of equals, those that come first.
  private static func frequent(
    _ column: InternedColumn, _ top: Int, _ showsValues: Bool
  ) -> [(text: String, count: Int)] {
    var best: [Int] = []
    for value in column.counts.indices where column.counts[value] > 0 {
      if best.count == top, let last = best.last, column.counts[last] >= column.counts[value] { continue }
      let place = best.firstIndex { column.counts[$0] < column.counts[value] } ?? best.count
      best.insert(value, at: place)
      if best.count > top { best.removeLast() }
    }
    return best.map { value in
      let text = column.texts[Int32(value)]
      return (showsValues ? text : Masking.shape(text), Int(column.counts[value]))
    }
  }
}
