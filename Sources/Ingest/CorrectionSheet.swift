import Basics
import Definition
import Extracts
import Standards

/// Quarantined records of one source, corrected by a person: `guiyi quarantine export` writes the sheet, `guiyi quarantine
/// replay` places it beside the extracts, and ingest reads it there.
public struct CorrectionSheet: Sendable {
  /// Where a corrected record stood when it was refused.
  public struct Original: Sendable, Hashable {
    public var file: String
    public var line: Int
    public var byteOffset: Int
    public var code: String

    public init(file: String, line: Int, byteOffset: Int, code: String) {
      self.file = file
      self.line = line
      self.byteOffset = byteOffset
      self.code = code
    }
  }

  public struct Row: Sendable {
    /// Of the sheet, from 1.
    public var line: Int
    public var original: Original
    /// Who corrected it and why it is right now; empty in a sheet that is not placed yet.
    public var by = ""
    public var reason = ""
    /// In the order of `fields`.
    public var values: [String]
  }

  /// People correct thousands, not millions: a sheet is held in memory.
  static let rowLimit = 100_000

  public let source: String
  /// The business date of the night that refused them.
  public let originalDate: CalendarDate
  public let fields: [String]
  public let rows: [Row]

  /// Columns of a sheet that is placed beside the extracts, in front of the source's fields.
  static let placedColumns = [
    "_source", "_date", "_file", "_line", "_offset", "_code", "_by", "_reason",
  ]

  /// Reads a sheet; where it has a column `_replay`, only rows that say `yes` there.
  /// - Throws: `Problems` with everything that is wrong with it.
  public init(_ path: String, named name: String, for pipeline: PipelineDefinition) throws {
    var reading = SheetReading(name)
    let reader = try DelimitedReader(
      ExtractBytes(path, named: name), format: DelimitedFormat(hasHeader: true))
    let columns = reader.header ?? []
    let needed = ["_source", "_date", "_file", "_line", "_offset", "_code"]
    for column in needed where !columns.contains(column) {
      reading.report("missing_column", "the sheet has no column \(column)", line: 1)
    }
    try reading.check()
    while let delivery = try reader.next() {
      switch delivery {
      case .record(let record), .control(let record): reading.take(record, columns)
      case .damaged(let damage):
        reading.report(
          "damaged_sheet", "a line of the sheet is no CSV (\(damage.code.rawValue))", line: damage.place.line,
          found: damage.found, expected: damage.expected)
      }
    }
    let known = Set(SheetColumns.inFront)
    let isField = columns.map { !known.contains($0) }
    fields = zip(columns, isField).filter(\.1).map(\.0)
    source = reading.sources.first ?? ""
    originalDate = reading.dates.first ?? CalendarDate(days: 0)
    rows = reading.rows.map { row, values in
      Row(
        line: row.line, original: row.original, by: row.by, reason: row.reason,
        values: zip(values, isField).filter(\.1).map(\.0))
    }
    reading.checkTogether(fields: fields, pipeline)
    try reading.check()
  }

  /// The sheet as it is placed.
  public func placed(by person: String, reason: String) -> String {
    var text = CSVText.line(Self.placedColumns + fields)
    for row in rows {
      let original = row.original
      text += CSVText.line(
        [
          source, originalDate.description, original.file, String(original.line), String(original.byteOffset),
          original.code, person, reason,
        ] + row.values)
    }
    return text
  }
}

/// Columns that are not fields of the source; no field of a source is likely to begin with `_`.
enum SheetColumns {
  static let inFront =
    ["_replay", "_field", "_expected", "_raw"] + CorrectionSheet.placedColumns
}

/// A sheet while it is read: everything that is wrong with it is told at once.
private struct SheetReading {
  let name: String
  private(set) var rows: [(row: CorrectionSheet.Row, values: [String])] = []
  private(set) var sources: [String] = []
  private(set) var dates: [CalendarDate] = []
  private var originals: Set<CorrectionSheet.Original> = []
  private var problems: [Problem] = []

  init(_ name: String) { self.name = name }

  mutating func report(
    _ code: String, _ message: String, line: Int?, found: String? = nil, expected: String? = nil, advice: String? = nil
  ) {
    problems.append(
      Problem(code, message, at: Place(name, line: line), found: found, expected: expected, advice: advice))
  }

  func check() throws {
    if !problems.isEmpty { throw Problems(.definition, problems) }
  }

  mutating func take(_ record: Record, _ columns: [String]) {
    let values = (0..<record.fieldCount).map { record.string($0) ?? "" }
    func value(_ column: String) -> String? { columns.firstIndex(of: column).map { values[$0] } }
    if let replay = value("_replay"), replay.lowercased() != "yes" {
      if !replay.isEmpty, replay.lowercased() != "no" {
        report("bad_word", "_replay is neither yes nor no", line: record.line)
      }
      return
    }
    guard rows.count < CorrectionSheet.rowLimit else {
      if rows.count == CorrectionSheet.rowLimit {
        report(
          "too_many_rows", "the sheet holds more than \(CorrectionSheet.rowLimit) records", line: record.line,
          advice: "Have the extract delivered again instead")
      }
      return
    }
    guard let date = value("_date").flatMap({ CalendarDate($0) }), let line = Int(value("_line") ?? ""),
      let offset = Int(value("_offset") ?? ""), line > 0, offset >= 0
    else {
      return report(
        "bad_original", "the row does not say which record it corrects", line: record.line,
        expected: "_date, _line and _offset as they were exported")
    }
    let original = CorrectionSheet.Original(
      file: value("_file") ?? "", line: line, byteOffset: offset, code: value("_code") ?? "")
    if !originals.insert(original).inserted {
      report("corrected_twice", "the same record is corrected twice", line: record.line)
    }
    if !dates.contains(date) { dates.append(date) }
    let source = value("_source") ?? ""
    if !sources.contains(source) { sources.append(source) }
    let row = CorrectionSheet.Row(
      line: record.line, original: original, by: value("_by") ?? "", reason: value("_reason") ?? "", values: [])
    rows.append((row, values))
  }

  mutating func checkTogether(fields: [String], _ pipeline: PipelineDefinition) {
    if rows.isEmpty {
      return report(
        "nothing_to_replay", "no row of the sheet is to be replayed", line: nil,
        advice: "Write yes in the column _replay of the rows that are corrected")
    }
    if sources.count > 1 || dates.count > 1 {
      report(
        "mixed_sheet", "the rows are of more than one source or night", line: nil,
        found: (sources + dates.map(\.description)).joined(separator: ", "), advice: "Give one sheet for each")
    }
    guard let id = sources.first, let source = pipeline.source(id) else {
      return report("unknown_source", "the pipeline has no such source", line: nil, found: "\"\(sources.first ?? "")\"")
    }
    if case .delta = source.load {
      report(
        "delta_corrected", "\(id) delivers changes, which cannot be corrected one by one", line: nil,
        advice: "Have the source system deliver the changes again")
    }
    for name in source.fieldNames where !fields.contains(name) {
      report("missing_column", "the sheet has no column \(name), which \(id) reads", line: 1)
    }
  }
}
