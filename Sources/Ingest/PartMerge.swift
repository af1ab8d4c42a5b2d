import Basics
import Columns
import Definition
import StageKit
import Standards

/// Makes tonight's part of a source whose extracts hold changes only: the previous part without what was replaced,
/// deleted or has grown old, then tonight's records.
struct PartMerge: Sendable {
  /// What became of the rows of the previous part and of tonight's records.
  struct Tally: Equatable, Sendable {
    var previous = 0
    var kept = 0
    var replaced = 0
    var deleted = 0
    var aged = 0
    var accepted = 0
    var taken = 0
    /// Changed or deleted again by a later record of the same extract.
    var superseded = 0
    /// Older than retention allows on the day they came.
    var tooOld = 0
    var insertionsOfKnown = 0
    var updatesOfUnknown = 0
    var deletionsOfUnknown = 0

    var rows: Int { kept + taken }
  }

  let source: SourceDefinition
  let businessDate: CalendarDate

  /// - Parameters:
  ///   - previous: the part of the previous run; nil on the first night.
  ///   - tonight: tonight's records with their marks; nil where none came.
  ///   - path: where the new part is written, in a deterministic order: kept rows in theirs, then tonight's in theirs.
  /// - Throws: `damaged_table`, `unwritable_file`.
  func write(
    previous: String?, tonight: (path: String, result: SourceResult)?, to path: String
  ) throws(Problem) -> Tally {
    var tally = Tally()
    let writer = try TableWriter(path, schema: CanonicalTable.schema(of: source.kind))
    var table: Table?
    if let tonight { table = try Table(tonight.path) }
    let changes = try PartChanges(table, tonight?.result)
    if let previous { try keep(Table(previous), changes, writer, &tally) }
    if let table { try take(table, changes, writer, &tally) }
    let found = changes.contradictions()
    tally.insertionsOfKnown = found.insertionsOfKnown
    tally.updatesOfUnknown = found.updatesOfUnknown
    tally.deletionsOfUnknown = found.deletionsOfUnknown
    _ = try writer.finish()
    return tally
  }

  private func keep(
    _ table: Table, _ changes: PartChanges, _ writer: TableWriter, _ tally: inout Tally
  ) throws(Problem) {
    let copy = try RowCopy(from: table, to: writer)
    let key = try table.column("key")
    let age = try Age(table, source.load.retention, businessDate)
    tally.previous = table.rowCount
    for row in 0..<table.rowCount {
      switch changes.fate(key, row) {
      case .replaced: tally.replaced += 1
      case .deleted: tally.deleted += 1
      case .unchanged where age.isOver(row): tally.aged += 1
      case .unchanged:
        copy.append(row)
        try writer.endRow()
        tally.kept += 1
      }
    }
  }

  private func take(
    _ table: Table, _ changes: PartChanges, _ writer: TableWriter, _ tally: inout Tally
  ) throws(Problem) {
    let copy = try RowCopy(from: table, to: writer)
    let age = try Age(table, source.load.retention, businessDate)
    tally.accepted = table.rowCount
    for row in 0..<table.rowCount {
      if !changes.stands(row) {
        tally.superseded += 1
      } else if age.isOver(row) {
        tally.tooOld += 1
      } else {
        copy.append(row)
        try writer.endRow()
        tally.taken += 1
      }
    }
  }

  /// Whether a row's day lies further back than retention goes; a row without a day stays.
  private struct Age {
    private let column: Column?
    private let oldestDay: Int64

    init(_ table: Table, _ retention: Retention?, _ date: CalendarDate) throws(Problem) {
      oldestDay = Int64(date.days) - Int64(retention?.days ?? 0)
      if let retention { column = try table.column(retention.column) } else { column = nil }
    }

    func isOver(_ row: Int) -> Bool {
      guard let column, !column.isNull(row) else { return false }
      let value = column.integer(row)
      let day = column.spec.type == .timestamp ? Int64(Timestamp(seconds: value).date.days) : value
      return day < oldestDay
    }
  }
}

extension PartMerge.Tally {
  /// Every row of the previous part and every record of tonight is somewhere.
  func equations(of source: String) -> [ConservationEquation] {
    func part(_ name: String, _ value: Int) -> ConservationEquation.Part { .init(name, Int64(value)) }
    return [
      ConservationEquation(
        "\(source) previous part", "stood", Int64(previous),
        [part("kept", kept), part("replaced", replaced), part("deleted", deleted), part("aged", aged)]),
      ConservationEquation(
        "\(source) accepted", "accepted", Int64(accepted),
        [part("taken", taken), part("superseded", superseded), part("too old", tooOld)]),
    ]
  }

  /// Marks of a delta that contradict what was there.
  func warning(of source: SourceDefinition, at path: String) -> Problem? {
    guard insertionsOfKnown + updatesOfUnknown + deletionsOfUnknown > 0 else { return nil }
    return Problem(
      "unexpected_changes",
      "the delta of \(source.id) inserts \(insertionsOfKnown) keys that were there, and updates \(updatesOfUnknown) and "
        + "deletes \(deletionsOfUnknown) that were not", severity: .warning, at: Place(path),
      advice: "Ask the source system whether a delivery was left out; a full snapshot would tell")
  }
}
