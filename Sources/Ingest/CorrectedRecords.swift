import Basics
import Columns
import Definition
import Extracts
import StageKit
import Standards

/// Takes the corrected records of one source beside those of its extract: they go through the same contract, and stand in
/// the table at the place of their originals.
struct CorrectedRecords {
  /// What became of one corrected record.
  struct Outcome {
    var row: CorrectionSheet.Row
    /// Why it was refused again; nil where it was accepted.
    var code: String?
  }

  struct Found {
    var sheet: CorrectionSheet
    /// In the sheet's order.
    var outcomes: [Outcome]
    var accepted: Int
    var quarantined: [QuarantinedRecord]
  }

  let source: SourceDefinition
  /// Of the sheet, relative to the extracts folder.
  let name: String
  let path: String

  /// The source as the sheet writes it: the same fields, as CSV with a header.
  private var asSheet: SourceDefinition {
    var sheet = source
    sheet.format = .delimited(separator: ",", quote: UInt8(ascii: "\""), header: true, columns: [])
    sheet.encoding = .utf8
    sheet.compression = .none
    sheet.load = .full
    sheet.arrival = ArrivalRule()
    sheet.columnChanges.added = .accept
    sheet.reject = RejectLimits(fail: RejectLimit(perThousand: 1000, atLeastRows: 1))
    return sheet
  }

  /// Reads the sheet and adds the rows that hold to their contract to the part.
  /// - Parameters:
  ///   - part: the table that was made of tonight's extract; replaced where rows are added.
  ///   - read: makes a table of an extract.
  /// - Throws: `Problems` where the sheet is wrong; `Problem`.
  func add(
    to part: String, in pipeline: PipelineDefinition,
    reading read: (_ source: SourceDefinition, _ file: ArrivedFile, _ path: String) throws -> SourceResult
  ) throws -> Found {
    let sheet = try CorrectionSheet(path, named: name, for: pipeline)
    let scratch = part + ".corrections"
    let file = ArrivedFile(path: name, absolutePath: path, bytes: try Files.size(path), sha256: "")
    let result = try read(asSheet, file, scratch)
    let corrected = try Table(scratch)
    var codes = Dictionary(result.quarantined.map { ($0.line, $0.code) }, uniquingKeysWith: { first, _ in first })
    var quarantined = result.quarantined
    let repeated = try repeatedRows(of: corrected, in: Table(part))
    for row in repeated {
      let line = Int(try corrected.column("line").integer(row))
      codes[line] = QuarantineCode.duplicateKey.rawValue
      quarantined.append(duplicate(line, sheet))
    }
    quarantined.sort { $0.line < $1.line }
    try append(corrected, except: repeated, sheet, to: part)
    try Files.remove(scratch)
    return Found(
      sheet: sheet, outcomes: sheet.rows.map { Outcome(row: $0, code: codes[$0.line]) },
      accepted: corrected.rowCount - repeated.count, quarantined: quarantined)
  }

  private func duplicate(_ line: Int, _ sheet: CorrectionSheet) -> QuarantinedRecord {
    let row = sheet.rows.first { $0.line == line }
    let values = row.map { JSON.object(Array(zip(sheet.fields, $0.values.map(JSON.string)))) } ?? .object([])
    let key = source.fields.first { $0.to == "key" }?.from ?? ""
    return QuarantinedRecord(
      line: line, byteOffset: 0, code: QuarantineCode.duplicateKey.rawValue, field: key, found: "",
      expected: "a key that tonight's extract does not hold", raw: CSVText.line(row?.values ?? []), fields: values.line)
  }

  /// Rows whose key stands in tonight's extract: the source corrected the record itself.
  private func repeatedRows(of corrected: Table, in part: Table) throws(Problem) -> Set<Int> {
    let unique = source.fields.filter { source.unique.isEmpty ? $0.to == "key" : source.unique.contains($0.from) }
    if unique.isEmpty { return [] }
    var columns: [Column] = []
    for field in unique { columns.append(try corrected.column(field.to)) }
    func key(_ columns: [Column], _ row: Int) -> String {
      columns.map { $0.text(row) }.joined(separator: "\u{1F}")
    }
    var rows: [String: Int] = [:]
    for row in 0..<corrected.rowCount { rows[key(columns, row)] = row }
    columns = []
    for field in unique { columns.append(try part.column(field.to)) }
    var repeated: Set<Int> = []
    for row in 0..<part.rowCount {
      if let known = rows[key(columns, row)] { repeated.insert(known) }
    }
    return repeated
  }

  private func append(
    _ corrected: Table, except repeated: Set<Int>, _ sheet: CorrectionSheet, to part: String
  ) throws(Problem) {
    if repeated.count == corrected.rowCount { return }
    let joined = part + ".joined"
    let writer = try TableWriter(joined, schema: CanonicalTable.schema(of: source.kind))
    let before = try Table(part)
    let copy = try RowCopy(from: before, to: writer)
    for row in 0..<before.rowCount {
      copy.append(row)
      try writer.endRow()
    }
    let originals = Dictionary(sheet.rows.map { ($0.line, $0.original) }, uniquingKeysWith: { first, _ in first })
    let schema = writer.schema
    let addition = try RowCopy(from: corrected, to: writer)
    let lines = try corrected.column("line")
    for row in 0..<corrected.rowCount where !repeated.contains(row) {
      var place: [Int: Int64] = [:]
      if let original = originals[Int(lines.integer(row))] {
        if let column = schema.index(of: "line") { place[column] = Int64(original.line) }
        if let column = schema.index(of: "offset") { place[column] = Int64(original.byteOffset) }
        if let column = schema.index(of: "delivered") { place[column] = Int64(sheet.originalDate.days) }
      }
      addition.append(row, instead: place)
      try writer.endRow()
    }
    _ = try writer.finish()
    try Files.rename(joined, to: part)
  }
}

/// `ingest/replayed`: every corrected record, tied to its original.
enum ReplayedTable {
  static let fileName = "replayed.arrow"

  static let schema = TableSchema(
    "replayed",
    [
      ColumnSpec("source", .code), ColumnSpec("original_date", .date), ColumnSpec("original_file", .code),
      ColumnSpec("original_line", .int64), ColumnSpec("original_offset", .int64), ColumnSpec("original_code", .code),
      ColumnSpec("corrected_by", .code), ColumnSpec("reason", .code), ColumnSpec("outcome", .code),
    ])

  static func write(_ found: [CorrectedRecords.Found], to path: String) throws(Problem) -> Int {
    let writer = try TableWriter(path, schema: schema)
    let columns = schema.columns.map { writer.column($0.name) }
    for sheet in found {
      for outcome in sheet.outcomes {
        let original = outcome.row.original
        columns[0].append(sheet.sheet.source)
        columns[1].append(Int64(sheet.sheet.originalDate.days))
        columns[2].append(original.file)
        columns[3].append(Int64(original.line))
        columns[4].append(Int64(original.byteOffset))
        columns[5].append(original.code)
        columns[6].append(outcome.row.by)
        columns[7].append(outcome.row.reason)
        columns[8].append(outcome.code ?? "accepted")
        try writer.endRow()
      }
    }
    return try writer.finish()
  }
}
