import Basics
import Columns
import Definition
import StageKit

/// All facts of one kind, with the customer of each row.
struct FactTable {
  let kind: RecordKind
  let rows: Table
  /// Aligned with `rows`; null where nobody owns the fact.
  let customers: Column

  /// Nil where no source of the pipeline delivers the kind.
  static func open(_ kind: RecordKind, in context: StageContext) throws(Problem) -> FactTable? {
    let parts = context.pipeline.sources.filter { $0.kind == kind }
      .map { "\(context.folder(of: .ingest))/\(kind.rawValue)/\($0.id).arrow" }
    if parts.isEmpty { return nil }
    let rows = try Table(parts: parts)
    let path = "\(context.folder(of: .resolve))/links/\(kind.rawValue).arrow"
    let links = try Table(path)
    guard links.rowCount == rows.rowCount else {
      throw Problem(
        "misaligned_table", "the links of \(kind.rawValue) do not belong to the rows that were ingested",
        at: Place(path), found: "\(links.rowCount) rows", expected: "\(rows.rowCount)", advice: "Run resolve again")
    }
    return FactTable(kind: kind, rows: rows, customers: try links.column("customer"))
  }
}
