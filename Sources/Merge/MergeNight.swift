import Basics
import Columns
import Definition
import StageKit

/// The tables of a night that merge reads.
struct MergeNight {
  let pipeline: PipelineDefinition
  private let ingest: String
  private let resolve: String

  init(_ context: StageContext) {
    pipeline = context.pipeline
    ingest = context.folder(of: .ingest)
    resolve = context.folder(of: .resolve)
  }

  func sources(_ kind: RecordKind) -> [SourceDefinition] { pipeline.sources.filter { $0.kind == kind } }

  /// All records of a kind, in the sources' declared order; nil where the pipeline has none of it.
  func table(_ kind: RecordKind) throws(Problem) -> Table? {
    let sources = sources(kind)
    return sources.isEmpty ? nil : try Table(parts: sources.map { "\(ingest)/\(kind.rawValue)/\($0.id).arrow" })
  }

  /// The customers of a kind's records, aligned with its table.
  func links(_ kind: RecordKind) throws(Problem) -> Table {
    let table = try Table("\(resolve)/links/\(kind.rawValue).arrow")
    let expected = try self.table(kind)?.rowCount ?? 0
    guard table.rowCount == expected else {
      throw Problem(
        "tables_out_of_step",
        "resolve linked \(table.rowCount) records of kind \(kind.rawValue), ingest read \(expected)",
        at: Place(table.paths[0]), advice: "Run the stage resolve again")
    }
    return table
  }

  func resolved(_ name: String) throws(Problem) -> Table { try Table("\(resolve)/\(name).arrow") }
}
