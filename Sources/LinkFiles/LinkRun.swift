import Basics
import Linkage

/// What `guiyi link` is asked to do.
public struct LinkRequest: Sendable {
  public var paths: [String]
  public var id: String?
  public var truth: String?
  public var source: String?
  public var ignore: [String] = []
  public var threads = 1

  public init(paths: [String]) { self.paths = paths }
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

  /// - Parameter given: a matching to be used instead of one that is chosen.
  /// - Throws: what is wrong with the files, and columns of `given` that they lack.
  public init(_ request: LinkRequest, matching given: Matching? = nil) throws(Problems) {
    input = try RecordFiles.read(
      paths: request.paths, id: request.id, truth: request.truth, source: request.source, ignore: request.ignore,
      threads: request.threads)
    table = ColumnRecogniser.recognise(table: input.records)
    (sources, sourceNames) = Self.sources(input, table)
    let settings = Linker.Settings(threads: request.threads)
    if let given {
      try Self.check(given, input.records)
      matching = given
      choice = nil
      linker = Linker(input.records, given, settings)
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
