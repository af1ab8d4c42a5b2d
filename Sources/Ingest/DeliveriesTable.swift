import Basics
import Columns
import Definition
import Standards

/// How one source's delivery was taken: a row of `ingest/deliveries.arrow`.
struct DeliveryRow: Equatable {
  var source: String
  /// Relative to the extracts folder; of a carried delivery, the file that was accepted then.
  var file: String
  var businessDate: CalendarDate
  /// The business date that the delivery was made for; earlier than the night's where it is carried, nil where there is none.
  var delivered: CalendarDate?
  var bytes: Int?
  var sha256: String?
  /// Records, as the sender counts them and as they were read; nil where nothing was read tonight.
  var stated: Int?
  var read: Int?
  var accepted: Int?
  var quarantined: Int?
  /// What became of the rows of the previous run's part.
  var carried = 0
  var replaced = 0
  var deleted = 0
  var aged = 0
  /// Corrected records that were accepted beside the extract.
  var replayed = 0
  /// Rows of tonight's part.
  var rows = 0
  /// Of the field that the source adds up, in minor units, quarantined records included.
  var sum: Int64?
  /// The reason that a person gave, where a limit objected.
  var acceptedByHand: String?
  /// The last delivery that was accepted before: its business date, records and sum; nil where there was none.
  var before: DeliveryLedger.Entry?
}

enum DeliveriesTable {
  static let fileName = "deliveries.arrow"

  static let schema = TableSchema(
    "deliveries",
    [
      ColumnSpec("source", .code), ColumnSpec("file", .utf8), ColumnSpec("business_date", .date),
      ColumnSpec("delivered", .date), ColumnSpec("bytes", .int64), ColumnSpec("sha256", .utf8),
      ColumnSpec("stated", .int64), ColumnSpec("read", .int64), ColumnSpec("accepted", .int64),
      ColumnSpec("quarantined", .int64), ColumnSpec("carried", .int64), ColumnSpec("replaced", .int64),
      ColumnSpec("deleted", .int64), ColumnSpec("aged", .int64), ColumnSpec("rows", .int64),
      ColumnSpec("sum", .money, metadata: ["unit": "minor"]), ColumnSpec("accepted_by_hand", .utf8),
      ColumnSpec("before_delivered", .date), ColumnSpec("before_read", .int64),
      ColumnSpec("before_sum", .money, metadata: ["unit": "minor"]),
    ])

  static func write(_ rows: [DeliveryRow], to path: String) throws(Problem) -> Int {
    let writer = try TableWriter(path, schema: schema)
    let columns = schema.columns.indices.map(writer.column(at:))
    func put(_ number: Int?, _ column: Int) {
      if let number { columns[column].append(Int64(number)) } else { columns[column].appendNull() }
    }
    for row in rows {
      columns[0].append(row.source)
      columns[1].append(row.file)
      put(Int(row.businessDate.days), 2)
      put(row.delivered.map { Int($0.days) }, 3)
      put(row.bytes, 4)
      columns[5].append(row.sha256)
      let counts = [row.stated, row.read, row.accepted, row.quarantined]
      let part = [row.carried, row.replaced, row.deleted, row.aged, row.rows]
      for (index, count) in (counts + part).enumerated() { put(count, 6 + index) }
      put(row.sum.map { Int($0) }, 15)
      columns[16].append(row.acceptedByHand)
      put(row.before.map { Int($0.businessDate.days) }, 17)
      put(row.before?.records, 18)
      put(row.before?.sum.map { Int($0) }, 19)
      try writer.endRow()
    }
    return try writer.finish()
  }

  /// The rows of a run, but for what was before them; none where it has no such table or one of an earlier form.
  /// - Parameter folder: of its ingest stage.
  static func read(in folder: String) throws(Problem) -> [DeliveryRow] {
    guard let table = try Table.written(schema, "\(folder)/\(fileName)") else { return [] }
    var columns: [Column] = []
    for spec in schema.columns { columns.append(try table.column(spec.name)) }
    return (0..<table.rowCount).map { row in
      func number(_ column: Int) -> Int? { columns[column].isNull(row) ? nil : Int(columns[column].integer(row)) }
      func date(_ column: Int) -> CalendarDate? { number(column).map { CalendarDate(days: Int32($0)) } }
      return DeliveryRow(
        source: columns[0].text(row), file: columns[1].text(row), businessDate: date(2) ?? CalendarDate(days: 0),
        delivered: date(3), bytes: number(4), sha256: columns[5].string(row), stated: number(6), read: number(7),
        accepted: number(8), quarantined: number(9), carried: number(10) ?? 0, replaced: number(11) ?? 0,
        deleted: number(12) ?? 0, aged: number(13) ?? 0, rows: number(14) ?? 0, sum: number(15).map { Int64($0) },
        acceptedByHand: columns[16].string(row))
    }
  }
}

/// What a published run accepted.
public enum AcceptedDeliveries {
  /// Ids of the sources whose delivery another night may carry forward.
  /// - Parameter folder: of the run's ingest stage.
  /// - Throws: `Problem` where its table is damaged.
  public static func sources(in folder: String) throws(Problem) -> Set<String> {
    Set(try DeliveriesTable.read(in: folder).filter { $0.delivered != nil }.map(\.source))
  }
}

extension Table {
  /// The table at `path`; nil where there is none, or one that another version of this program wrote in another form.
  static func written(_ schema: TableSchema, _ path: String) throws(Problem) -> Table? {
    guard Files.exists(path) else { return nil }
    let table = try Table(path)
    func shape(_ schema: TableSchema) -> [String] { schema.columns.map { "\($0.name) \($0.type.rawValue)" } }
    return shape(table.schema) == shape(schema) ? table : nil
  }
}
