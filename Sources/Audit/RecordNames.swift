import Basics
import Columns
import Definition
import StageKit

/// What people call the party records that stages' tables hold as row numbers: `core_customers:6200000001`.
struct RecordNames {
  private let source: Column
  private let key: Column
  private let count: Int

  /// Nil where the run has no such records.
  /// - Throws: `Problem` where ingest's record or tables are damaged.
  init?(runFolder: String) throws(Problem) {
    let folder = "\(runFolder)/\(StageName.ingest.rawValue)"
    guard Files.exists("\(folder)/\(StageRecord.fileName)") else { return nil }
    let record = try StageRecord(readingFrom: folder)
    let paths = record.tables.map(\.path).filter { Files.parent($0) == RecordKind.party.rawValue }
    if paths.isEmpty { return nil }
    let party = try Table(parts: paths.map { "\(folder)/\($0)" })
    source = try party.column("source")
    key = try party.column("key")
    count = party.rowCount
  }

  /// The number itself where there is no such record.
  func text(_ row: Int64) -> String {
    guard row >= 0, row < count else { return String(row) }
    return "\(source.text(Int(row))):\(key.text(Int(row)))"
  }
}
