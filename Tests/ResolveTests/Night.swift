import Basics
import Columns
import StageKit
import Standards
import TestSupport

@testable import Definition
@testable import Resolve

/// One night of a small bank: writes ingest's tables, runs the stage, reads what it wrote.
struct Night {
  typealias Row = RecordTables.Row

  var parties: [(source: String, rows: [Row])] = []
  var facts: [(kind: RecordKind, source: String, partySource: String, rows: [Row])] = []
  var rules = Night.standardRules
  var maxPeoplePerMobile = 3
  var linkage: LinkageDefinition?

  static let place = Place("resolve.yaml")
  static let standardRules = [
    JoinRule(id: "same_document", equal: [.document], compatible: [.name], place: place),
    JoinRule(id: "mobile_and_name", equal: [.mobile], compatible: [.name], place: place),
    JoinRule(id: "mobile_and_birth_date", equal: [.mobile, .birthDate], compatible: [.name], place: place),
  ]

  init(_ rows: [Row] = []) { parties = [("crm", rows)] }

  var definition: ResolveDefinition {
    ResolveDefinition(rules: rules, maxPeoplePerMobile: maxPeoplePerMobile, linkage: linkage)
  }

  /// What `run` found.
  struct Outcome {
    let folder: TemporaryFolder
    let result: StageResult

    var runFolder: String { folder.path }

    func table(_ name: String) throws -> [[String]] { try RecordTables.texts("\(folder.path)/resolve/\(name).arrow") }

    /// By party record: the key of the first record of its customer.
    func letters() throws -> String {
      let membership = try table("membership")
      let firsts = try table("customers").map { Int($0[2])! }
      return membership.map { membership[firsts[Int($0[3])!]][1] }.joined()
    }

    /// As `reason A-B`, by keys.
    func reviews() throws -> [String] {
      let membership = try table("membership")
      return try table("review").map { row in
        "\(row[2]) \(membership[Int(row[0])!][1])-\(membership[Int(row[1])!][1])"
      }
    }

    /// The customer ids of the party records, in order.
    func ids() throws -> [String] { try table("membership").map { $0[2] } }

    func figure(_ name: String) -> Int? { result.figures.first { $0.name == name }?.value }
  }

  func run(after previous: Outcome? = nil, threads: Int = 1) throws -> Outcome {
    let folder = try TemporaryFolder()
    let ingest = "\(folder.path)/ingest"
    for party in parties { try RecordTables.write(.party, party.source, withKeys(party.rows), ingest: ingest) }
    for fact in facts { try RecordTables.write(fact.kind, fact.source, fact.rows, ingest: ingest) }
    let output = "\(folder.path)/resolve"
    try Files.makeFolder(output)
    let context = StageContext(
      pipeline: pipeline, businessDate: CalendarDate("2026-11-20")!, extractsFolder: folder.path,
      runFolder: folder.path, outputFolder: output, previousRun: previous?.runFolder, threads: threads)
    return Outcome(folder: folder, result: try ResolveStage.run(context))
  }

  /// Rows without a key get one from their place: A, B, C…
  private func withKeys(_ rows: [Row]) -> [Row] {
    rows.enumerated().map { index, row in
      var row = row
      if row["key"] == nil {
        row["key"] = String(UnicodeScalar(UInt8(65 + index % 26))) + (index < 26 ? "" : "\(index / 26)")
      }
      return row
    }
  }

  private func source(_ id: String, _ kind: RecordKind, partySource: String? = nil) -> SourceDefinition {
    SourceDefinition(
      id: id, system: id, title: BilingualText(zh: id, en: id), kind: kind, file: FilePattern(id),
      format: .delimited(separator: ",", quote: nil, header: true, columns: []), encoding: .utf8,
      arrival: ArrivalRule(onMissing: .fail),
      reject: RejectLimits(fail: RejectLimit(perThousand: 0, atLeastRows: 0)), fields: [], constants: [],
      partySource: partySource,
      place: Place("sources/\(id).yaml"))
  }

  private var pipeline: PipelineDefinition {
    let text = BilingualText(zh: "", en: "")
    return PipelineDefinition(
      folder: "", name: "test", title: text, timeZone: "Asia/Shanghai", currency: "CNY", rates: [], extracts: "",
      sources: parties.map { source($0.source, .party) }
        + facts.map { source($0.source, $0.kind, partySource: $0.partySource) },
      products: [], resolve: definition,
      merge: MergeDefinition(priority: [], attributes: [], aum: AUMRule(holdings: [], knownWhenIn: [])),
      tag: TagDefinition(measures: [], tags: [], policy: Policy(aumLine: 0, tiers: [])),
      broadcast: BroadcastDefinition(campaigns: [], templates: [], suppressions: [], maxCustomersPerMobile: 3),
      files: [], warnings: [])
  }
}
