import Basics
import Columns
import Standards

/// Every delivery that was accepted in the last nights, so that none is taken twice: `ingest/ledger.arrow`.
struct DeliveryLedger: Equatable {
  struct Entry: Equatable {
    var source: String
    /// Relative to the extracts folder.
    var file: String
    var businessDate: CalendarDate
    var sha256: String
    var bytes: Int
    var records: Int
    /// In minor units; nil where the source adds nothing up.
    var sum: Int64?
  }

  static let fileName = "ledger.arrow"
  /// A little more than a year: what comes back is mostly last month's or last year's.
  static let keptDays = 400

  static let schema = TableSchema(
    "ledger",
    [
      ColumnSpec("source", .code), ColumnSpec("file", .utf8), ColumnSpec("business_date", .date),
      ColumnSpec("sha256", .utf8), ColumnSpec("bytes", .int64), ColumnSpec("records", .int64),
      ColumnSpec("sum", .money, metadata: ["unit": "minor"]),
    ])

  /// By business date, then in the pipeline's order of sources.
  private(set) var entries: [Entry] = []

  init() {}

  /// - Parameter folder: of a run's ingest stage; a run without a ledger has an empty one.
  init(in folder: String) throws(Problem) {
    guard let table = try Table.written(Self.schema, "\(folder)/\(Self.fileName)") else { return }
    var columns: [Column] = []
    for spec in Self.schema.columns { columns.append(try table.column(spec.name)) }
    entries = (0..<table.rowCount).map { row in
      Entry(
        source: columns[0].text(row), file: columns[1].text(row),
        businessDate: CalendarDate(days: Int32(columns[2].integer(row))), sha256: columns[3].text(row),
        bytes: Int(columns[4].integer(row)), records: Int(columns[5].integer(row)),
        sum: columns[6].isNull(row) ? nil : columns[6].integer(row))
    }
  }

  /// Where the content of a file was accepted before, under another date or name.
  func earlier(than file: String, on date: CalendarDate, sha256: String) -> Entry? {
    entries.last { $0.sha256 == sha256 && ($0.file != file || $0.businessDate != date) }
  }

  mutating func add(_ entry: Entry) { entries.append(entry) }

  mutating func forget(before date: CalendarDate) {
    entries.removeAll { $0.businessDate.days(since: date) <= -Self.keptDays }
  }

  func write(to folder: String) throws(Problem) -> Int {
    let writer = try TableWriter("\(folder)/\(Self.fileName)", schema: Self.schema)
    let columns = Self.schema.columns.indices.map(writer.column(at:))
    for entry in entries {
      columns[0].append(entry.source)
      columns[1].append(entry.file)
      columns[2].append(Int64(entry.businessDate.days))
      columns[3].append(entry.sha256)
      columns[4].append(Int64(entry.bytes))
      columns[5].append(Int64(entry.records))
      if let sum = entry.sum { columns[6].append(sum) } else { columns[6].appendNull() }
      try writer.endRow()
    }
    return try writer.finish()
  }
}
