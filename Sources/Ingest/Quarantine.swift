import Basics
import Columns

/// A record that broke its contract: where it is, what was found, what was expected.
struct QuarantinedRecord: Sendable {
  var line: Int
  var byteOffset: Int
  var code: String
  /// The source's name of the field; empty where the whole record is damaged.
  var field: String
  /// The value as it came, which may be personal data: for the table only, never for a message.
  var found: String
  var expected: String
  /// The record as it came, cut after `rawLimit` bytes.
  var raw: String
  /// A JSON object with the text of every field that the source reads, where the record could be taken apart.
  var fields: String

  static let rawLimit = 4 << 10

  /// About what it takes in memory.
  var byteCount: Int { 192 + found.utf8.count + expected.utf8.count + raw.utf8.count + fields.utf8.count }
}

enum QuarantineTable {
  static let fileName = "quarantine.arrow"

  static let schema = TableSchema(
    "quarantine",
    [
      ColumnSpec("source", .code), ColumnSpec("file", .code), ColumnSpec("line", .int64), ColumnSpec("offset", .int64),
      ColumnSpec("code", .code), ColumnSpec("field", .code), ColumnSpec("found", .utf8), ColumnSpec("expected", .utf8),
      ColumnSpec("raw", .utf8), ColumnSpec("fields", .utf8),
    ])

  /// Writes the quarantined records of all sources, in the pipeline's order of sources and the files' order of records.
  static func write(_ results: [SourceResult], to path: String) throws(Problem) -> Int {
    let writer = try TableWriter(path, schema: schema)
    let columns = schema.columns.map { writer.column($0.name) }
    for result in results {
      for record in result.quarantined {
        columns[0].append(result.source)
        columns[1].append(result.file)
        columns[2].append(Int64(record.line))
        columns[3].append(Int64(record.byteOffset))
        columns[4].append(record.code)
        columns[5].append(record.field)
        columns[6].append(record.found)
        columns[7].append(record.expected)
        columns[8].append(record.raw)
        columns[9].append(record.fields)
        try writer.endRow()
      }
    }
    return try writer.finish()
  }
}
