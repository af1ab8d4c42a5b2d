import Basics
import Columns
@testable import Definition
import StageKit
import Standards
import TestSupport

@testable import Ingest

/// A pipeline of a few sources, an extracts folder, and a run of the ingest stage over them.
struct IngestBench {
  let folder: TemporaryFolder
  var sources: [SourceDefinition] = []
  var date = Self.date
  /// The name of the run that the next one builds on.
  var previous: String?
  var acceptance: Acceptance?
  var currency = "CNY"
  static let date = CalendarDate(year: 2026, month: 11, day: 20)!

  init() throws { folder = try TemporaryFolder() }

  func deliver(_ text: String, as name: String) throws { try folder.write(text, to: "in/\(name)") }
  func deliver(_ bytes: [UInt8], as name: String) throws { try folder.write(bytes, to: "in/\(name)") }

  func run(threads: Int = 1, into name: String = "out") throws -> StageResult {
    let output = "\(folder.path)/\(name)/ingest"
    try Files.remove(output)
    try Files.makeFolder(output)
    return try IngestStage.run(context(threads: threads, into: name))
  }

  func context(threads: Int = 1, into name: String = "out") -> StageContext {
    let missing = sources.filter { source in
      !Files.exists("\(folder.path)/in/\(source.file.path(compact: date.compact, dashed: date.description))")
    }
    // As whoever starts a night does, the files that are there are hashed before.
    let known = sources.flatMap { $0.deliveryFiles(on: date) }.map(\.path)
    let files = known.compactMap { path -> (String, NightDelivery.File)? in
      (try? SHA256.ofFile("\(folder.path)/in/\(path)")).map {
        (path, NightDelivery.File(bytes: $0.bytes, sha256: $0.hex))
      }
    }
    var pipeline = Self.pipeline(sources)
    pipeline.currency = currency
    return StageContext(
      pipeline: pipeline, businessDate: date, extractsFolder: "\(folder.path)/in",
      runFolder: "\(folder.path)/\(name)", outputFolder: "\(folder.path)/\(name)/ingest",
      previousRun: previous.map { "\(folder.path)/\($0)" },
      delivery: NightDelivery(
        files: Dictionary(files, uniquingKeysWith: { first, _ in first }), missing: Set(missing.map(\.id)),
        acceptance: acceptance), threads: threads)
  }

  func table(_ path: String, in run: String = "out") throws -> Table {
    try Table("\(folder.path)/\(run)/ingest/\(path).arrow")
  }

  /// A table as lines of CSV, chosen columns only.
  func lines(_ path: String, _ columns: [String], in run: String = "out") throws -> [String] {
    let table = try table(path, in: run)
    let chosen = try columns.map(table.column)
    return (0..<table.rowCount).map { row in chosen.map { $0.text(row) }.joined(separator: ",") }
  }

  static func pipeline(_ sources: [SourceDefinition]) -> PipelineDefinition {
    PipelineDefinition(
      folder: "/nowhere", name: "bench", title: BilingualText(zh: "", en: ""), timeZone: "Asia/Shanghai",
      currency: "CNY", rates: [], extracts: "", sources: sources, products: [],
      resolve: ResolveDefinition(rules: [], maxPeoplePerMobile: 3),
      merge: MergeDefinition(priority: [], attributes: [], aum: AUMRule(holdings: [], knownWhenIn: [])),
      tag: TagDefinition(measures: [], tags: [], policy: Policy(aumLine: 0, tiers: [])),
      broadcast: BroadcastDefinition(campaigns: [], templates: [], suppressions: [], maxCustomersPerMobile: 3),
      files: [], warnings: [])
  }

  static func field(
    _ from: String, _ to: String, _ type: FieldType, required: Bool = false, format: String = "",
    codes: [(from: String, to: String)] = [], nulls: [String] = []
  ) -> FieldDefinition {
    FieldDefinition(
      from: [from], to: to, type: type, isRequired: required, format: format, codes: codes, nullWords: nulls,
      place: Place("sources/bench.yaml", line: 1))
  }

  static func source(
    _ id: String, _ kind: RecordKind, file: String, format: ExtractFormat, encoding: ExtractEncoding = .utf8,
    arrival: ArrivalRule = ArrivalRule(),
    reject: RejectLimits = RejectLimits(fail: RejectLimit(perThousand: 1000, atLeastRows: 1)),
    fields: [FieldDefinition],
    constants: [(column: String, value: String)] = []
  ) -> SourceDefinition {
    SourceDefinition(
      id: id, system: "bench", title: BilingualText(zh: "", en: ""), kind: kind, file: FilePattern(file),
      format: format, encoding: encoding, arrival: arrival, reject: reject, fields: fields,
      constants: constants, partySource: nil, place: Place("sources/\(id).yaml"))
  }

  static let documentTypes = [(from: "01", to: "resident_id"), (from: "02", to: "passport")]

  /// CRM customers as CSV with a header.
  static let people = source(
    "people", .party, file: "people_{date:yyyyMMdd}.csv",
    format: .delimited(separator: ",", quote: 34, header: true, columns: []),
    fields: [
      field("no", "key", .text, required: true),
      field("name", "name", .personName, required: true),
      field("doc_type", "document_type", .code, codes: documentTypes),
      field("doc", "document_number", .documentNumber),
      field("mobile", "mobile", .mobile),
      field("born", "birth_date", .date, format: "yyyy-MM-dd"),
    ], constants: [("party_type", "person")])

  /// Core banking accounts in GB18030 with `|`, a control file and a trailer.
  static let accounts = source(
    "accounts", .holding, file: "accounts_{date:yyyyMMdd}.txt",
    format: .delimited(
      separator: "|", quote: nil, header: false, columns: ["no", "cust", "product", "currency", "balance", "status"]),
    encoding: .gb18030,
    arrival: ArrivalRule(
      control: ControlStatement(FilePattern("core_{date:yyyyMMdd}.ctl")), trailer: MarkedStatement("TRAILER"),
      sumOf: "balance"),
    fields: [
      field("no", "key", .text, required: true), field("cust", "party", .text, required: true),
      field("product", "product", .code, required: true), field("currency", "currency", .code, required: true),
      field("balance", "balance", .money, required: true),
      field("status", "status", .code, required: true, codes: [("0", "open"), ("1", "closed")]),
    ])
}
