import Basics
import Columns
import Foundation
import StageKit

/// The quarantine of one attempt at a night: counted, listed, and as a sheet to be corrected.
public struct QuarantineView {
  /// Records of one source that broke the same contract in the same field.
  public struct Group: Sendable, Equatable {
    public var source: String
    public var file: String
    public var code: String
    /// Empty where the whole record is damaged.
    public var field: String
    public var records: Int
    /// The line of the first of them, from 1.
    public var firstLine: Int
  }

  /// Which records are looked at; nil: all.
  public struct Filter: Sendable {
    public var source: String?
    public var code: String?
    public var line: Int?

    public init(source: String? = nil, code: String? = nil, line: Int? = nil) {
      self.source = source
      self.code = code
      self.line = line
    }
  }

  private let table: Table
  private let source, file, line, offset, code, field, found, expected, raw, fields: Column

  /// - Parameter folder: of the ingest stage.
  /// - Throws: `Problem` where the table is missing or damaged.
  public init(ingestFolder folder: String) throws(Problem) {
    table = try Table("\(folder)/quarantine.arrow")
    source = try table.column("source")
    file = try table.column("file")
    line = try table.column("line")
    offset = try table.column("offset")
    code = try table.column("code")
    field = try table.column("field")
    found = try table.column("found")
    expected = try table.column("expected")
    raw = try table.column("raw")
    fields = try table.column("fields")
  }

  /// In the pipeline's order of sources; within one, the most frequent first.
  public var groups: [Group] {
    var groups: [Group] = []
    var index: [String: Int] = [:]
    var sources: [String: Int] = [:]
    for row in 0..<table.rowCount {
      let key = [source, code, field].map { $0.text(row) }.joined(separator: "\u{1F}")
      if let known = index[key] {
        groups[known].records += 1
        continue
      }
      index[key] = groups.count
      sources[source.text(row)] = sources[source.text(row)] ?? sources.count
      groups.append(
        Group(
          source: source.text(row), file: file.text(row), code: code.text(row), field: field.text(row), records: 1,
          firstLine: Int(line.integer(row))))
    }
    return groups.sorted { a, b in
      let (orderA, orderB) = (sources[a.source] ?? 0, sources[b.source] ?? 0)
      return (orderA, -a.records, a.code, a.field) < (orderB, -b.records, b.code, b.field)
    }
  }

  /// Where the records of a source stood, and why they were refused.
  public func places(of source: String) -> [(file: String, line: Int, byteOffset: Int, code: String)] {
    rows(Filter(source: source)).map {
      (file.text($0), Int(line.integer($0)), Int(offset.integer($0)), code.text($0))
    }
  }

  /// Rows that the filter lets through, in the table's order.
  func rows(_ filter: Filter) -> [Int] {
    (0..<table.rowCount).filter { row in
      if let wanted = filter.source, source.text(row) != wanted { return false }
      if let wanted = filter.code, code.text(row) != wanted { return false }
      if let wanted = filter.line, line.integer(row) != Int64(wanted) { return false }
      return true
    }
  }

  /// Each record as a person reads it: place, reason, what would mend it, and the record itself.
  /// - Parameters:
  ///   - limit: at most so many records.
  ///   - write: gets one record's text at a time.
  /// - Returns: how many records the filter lets through.
  public func show(_ filter: Filter, limit: Int?, showValues: Bool, to write: (String) -> Void) -> Int {
    let rows = rows(filter)
    for row in rows.prefix(limit ?? rows.count) {
      func value(_ column: Column) -> String {
        let text = column.text(row)
        return showValues ? text : Masking.shape(text)
      }
      var lines = [
        "\(source.text(row)) \(file.text(row)):\(line.text(row)), byte \(offset.text(row))",
        "  \(code.text(row))\(field.text(row).isEmpty ? "" : " in field \(field.text(row))")",
      ]
      // What is found in a field is somebody's; of a damaged record it is the program's own words.
      let foundText = field.text(row).isEmpty ? found.text(row) : value(found)
      lines.append("  found     \(foundText.isEmpty ? "nothing" : foundText)")
      lines.append("  expected  \(expected.text(row))")
      if let known = QuarantineCode(rawValue: code.text(row)) { lines.append("  fix       \(known.fix)") }
      lines.append("  record    \(value(raw))")
      write(lines.joined(separator: "\n") + "\n")
    }
    return rows.count
  }
}

extension QuarantineView {
  /// Columns of a sheet in front of the source's fields: what ties a corrected record to its original.
  public static let sheetColumns = [
    "_replay", "_source", "_date", "_file", "_line", "_offset", "_code", "_field", "_expected", "_raw",
  ]

  /// Writes the records of one source as CSV, a column for each field of the source, to be corrected and replayed.
  ///
  /// Holds personal data. Fields of records that could not be taken apart are empty; `raw` has what came.
  /// - Returns: records written.
  /// - Throws: `Problem` where the file cannot be written.
  public func writeSheet(
    of source: String, fields names: [String], businessDate: String, code: String?, to path: String
  ) throws(Problem) -> Int {
    let writer = try FileWriter(path)
    try writer.write(CSVText.line(Self.sheetColumns + names))
    let rows = rows(Filter(source: source, code: code))
    for row in rows {
      let values = Self.values(fields.text(row))
      try writer.write(
        CSVText.line(
          [
            "", source, businessDate, file.text(row), line.text(row), offset.text(row), self.code.text(row),
            field.text(row), expected.text(row), raw.text(row),
          ] + names.map { values[$0] ?? "" }))
    }
    _ = try writer.finish()
    return rows.count
  }

  /// The values of a record's fields by the source's names; none where the record could not be taken apart.
  private static func values(_ json: String) -> [String: String] {
    (try? JSONDecoder().decode([String: String].self, from: Data(json.utf8))) ?? [:]
  }
}
