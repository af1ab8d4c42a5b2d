import Basics
import Definition
import Linkage

/// What `guiyi link` is asked to do.
public struct LinkRequest: Sendable {
  /// Of the records; with `existing` of the new ones.
  public var paths: [String]
  /// Files that the new records are linked to; their records come first.
  public var existing: [String] = []
  /// The `clusters.csv` of an earlier run, of the existing records.
  public var clusters: String?
  public var id: String?
  public var truth: String?
  public var source: String?
  public var ignore: [String] = []
  public var threads = 1
  /// A `matching.yaml` to be used instead of a matching that is chosen.
  public var config: String?
  /// A `model.json` to be used instead of a model that is trained.
  public var model: String?
  /// What people said of pairs, as a file of labels.
  public var labels: String?

  public init(paths: [String]) { self.paths = paths }

  /// In the order of the records.
  public var allPaths: [String] { existing + paths }
}

/// Links files of records: reads them, finds out what their columns are, chooses how to match, and matches.
public struct LinkRun: Sendable {
  public let input: LinkInput
  public let table: RecognisedTable
  public let matching: Matching
  /// What was chosen; nil where the matching was given.
  public let choice: BlockingChooser.Choice?
  public let linker: Linker
  /// By record: where it comes from; empty where everything comes from one source.
  public let sources: [Int32]
  /// Names of the sources.
  public let sourceNames: [String]
  /// What `matching.yaml` said; nil where the matching was chosen.
  public let given: MatchingDefinition?
  /// nil where all records are new.
  public let existing: ExistingRecords?
  public let labels: LabelFile?
  public let request: LinkRequest

  /// - Throws: what is wrong with the files, with `matching.yaml`, with clusters and labels, and columns of the matching
  ///   that the files lack.
  public init(_ request: LinkRequest) throws(Problems) {
    self.request = request
    given = if let path = request.config { try MatchingReader.read(path: path) } else { nil }
    input = try RecordFiles.read(
      paths: request.allPaths, id: request.id, truth: request.truth, source: request.source, ignore: request.ignore,
      threads: request.threads)
    if input.records.count == 1 {
      throw Problems(
        .data,
        [
          Problem(
            "one_record", "there is only one record, and none to link it with", at: Place(request.allPaths[0]),
            advice: "Name a file with more records, or another file")
        ])
    }
    existing = try Self.existing(request, input)
    labels = if let path = request.labels { try LabelFile(reading: path, of: input) } else { nil }
    table = ColumnRecogniser.recognise(table: input.records)
    (sources, sourceNames) = Self.sources(input, table)
    let settings = Linker.Settings(threads: request.threads)
    if let given {
      try Self.check(given.matching, input.records)
      matching = given.matching
      choice = nil
      linker = Linker(input.records, given.matching, settings)
    } else {
      let chosen = MatchingChooser.choose(input.records, table, settings)
      guard !chosen.linker.matching.fields.isEmpty else {
        throw Problems(
          .data,
          [
            Problem(
              "no_evidence", "no column tells records apart or together",
              found: table.columns.map { "\($0.name): \($0.kind.title)" }.joined(separator: ", "),
              advice: "See guiyi link profile; name the fields yourself in a file for --config")
          ])
      }
      (linker, choice) = chosen
      matching = chosen.linker.matching
    }
  }

  /// The declared source column, else the recognised one, else the files.
  private static func sources(_ input: LinkInput, _ table: RecognisedTable) -> ([Int32], [String]) {
    let column = input.source ?? table.sourceColumn.map { input.records.columns[$0] }
    if let column {
      let names = (0..<Int32(column.valueCount)).map { column.texts[$0] }
      return names.count > 1 ? (column.codes, names) : ([], names)
    }
    let files = input.records.files
    guard files.count > 1 else { return ([], files.map(\.name)) }
    var codes: [Int32] = []
    codes.reserveCapacity(input.records.count)
    for (number, file) in files.enumerated() {
      codes.append(contentsOf: repeatElement(Int32(number), count: file.recordCount))
    }
    return (codes, files.map(\.name))
  }

  private static func existing(_ request: LinkRequest, _ input: LinkInput) throws(Problems) -> ExistingRecords? {
    let fileCount = request.existing.count
    if fileCount == 0 { return nil }
    if let path = request.clusters { return try ExistingRecords(reading: path, of: input, files: fileCount) }
    return ExistingRecords(recordCount: input.records.files.prefix(fileCount).reduce(0) { $0 + $1.recordCount })
  }

  private static func check(_ matching: Matching, _ records: RecordSet) throws(Problems) {
    let names = records.columns.map(\.name)
    var problems: [Problem] = []
    for field in matching.fields {
      for column in field.columns where !names.contains(column) {
        problems.append(
          Problem(
            "unknown_column", "the field \"\(field.id)\" is made of a column that no file has", found: "\"\(column)\"",
            expected: "one of \(names.joined(separator: ", "))",
            advice: nearest(column, among: names).map { "Use \($0)" }))
      }
    }
    if !problems.isEmpty { throw Problems(.definition, problems) }
  }
}
