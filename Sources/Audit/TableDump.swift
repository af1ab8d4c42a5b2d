import Basics
import Columns
import StageKit

/// Any table of a finished stage as CSV, personal data masked unless asked for.
public struct TableDump {
  /// Columns that may tell who somebody is.
  public static let personalColumns: Set<String> = [
    "name", "birth_date", "document_number", "mobile", "email", "address", "wecom_id", "raw", "found", "fields",
  ]

  /// A condition `column = value` on the value's CSV text; an empty value means null.
  public struct Condition: Sendable {
    public var column: String
    public var value: String

    public init(column: String, value: String) {
      self.column = column
      self.value = value
    }
  }

  private let table: Table
  /// Where the table holds row numbers of party records.
  private let recordNames: RecordNames?

  /// - Parameters:
  ///   - folder: the stage's folder.
  ///   - name: as in `tables(in:)`: `quarantine`, `party` (all its sources) or `party/crm_customers`.
  /// - Throws: `Problem` `unknown_table` with the nearest name, or where the table is damaged.
  public init(_ name: String, in folder: String, record: StageRecord) throws(Problem) {
    let wanted = name.hasSuffix(".arrow") ? String(name.dropLast(6)) : name
    let parts = TableDump.parts(of: wanted, record)
    if parts.isEmpty {
      let names = TableDump.tables(of: record).map(\.name)
      throw Problem(
        "unknown_table", "\(record.stage.rawValue) has no such table", found: "\"\(name)\"",
        expected: "one of \(names.joined(separator: ", "))",
        advice: nearest(wanted, among: names).map { "Use \($0)" })
    }
    table = try Table(parts: parts.map { "\(folder)/\($0)" })
    recordNames =
      table.schema.columns.contains(where: \.isPartyRecord) ? try RecordNames(runFolder: Files.parent(folder)) : nil
  }

  /// The stage's tables and their rows: each file, and each folder whose files are parts of one table.
  public static func tables(of record: StageRecord) -> [(name: String, rows: Int)] {
    var tables: [(name: String, rows: Int)] = []
    for table in record.tables where table.path.hasSuffix(".arrow") {
      let name = String(table.path.dropLast(6))
      let folder = Files.parent(name)
      if isPartitioned(record, folder) {
        if let index = tables.firstIndex(where: { $0.name == folder }) {
          tables[index].rows += table.rows
        } else {
          tables.append((folder, table.rows))
        }
      }
      tables.append((name, table.rows))
    }
    return tables
  }

  /// Ingest writes a table a source; the folders of other stages hold tables of different kinds, and so does the one of
  /// columns that no definition knows.
  private static func isPartitioned(_ record: StageRecord, _ folder: String) -> Bool {
    record.stage == .ingest && folder != "." && folder != "extra"
  }

  private static func parts(of name: String, _ record: StageRecord) -> [String] {
    let paths = record.tables.map(\.path).filter { $0.hasSuffix(".arrow") }
    if paths.contains("\(name).arrow") { return ["\(name).arrow"] }
    return isPartitioned(record, name) ? paths.filter { Files.parent($0) == name } : []
  }

  /// Writes header and rows, in the table's order.
  /// - Parameters:
  ///   - limit: at most so many rows; all where nil.
  ///   - write: gets pieces of the text.
  /// - Returns: rows written.
  /// - Throws: `Problem` `unknown_column`.
  @discardableResult
  public func write(
    where conditions: [Condition] = [], limit: Int? = nil, showValues: Bool = false, to write: (String) -> Void
  ) throws(Problem) -> Int {
    var columns: [Column] = []
    for spec in table.schema.columns { columns.append(try table.column(spec.name)) }
    var tests: [(column: Column, value: String)] = []
    for condition in conditions { tests.append((try table.column(condition.column), condition.value)) }
    var text = CSVText.line(table.schema.columns.map(\.name))
    var rows = 0
    for row in 0..<table.rowCount {
      if let limit, rows >= limit { break }
      guard tests.allSatisfy({ cell($0.column, row) == $0.value }) else { continue }
      text += CSVText.line(
        columns.map { column in
          return !showValues && TableDump.isPersonal(column.spec) ? Masking.mask(column.text(row)) : cell(column, row)
        })
      rows += 1
      if text.utf8.count > 1 << 16 {
        write(text)
        text = ""
      }
    }
    write(text)
    return rows
  }

  private static func isPersonal(_ column: ColumnSpec) -> Bool {
    personalColumns.contains(column.name) || column.metadata["personal"] != nil
  }

  /// A value as people read it: row numbers of party records as their source and key.
  private func cell(_ column: Column, _ row: Int) -> String {
    guard column.spec.isPartyRecord, let recordNames, !column.isNull(row) else { return column.text(row) }
    return recordNames.text(column.integer(row))
  }
}
