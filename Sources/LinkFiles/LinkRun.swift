import Basics
import Definition
import Linkage

/// What `guiyi link` is asked to do.
public struct LinkRequest: Sendable {
  public var paths: [String]
  public var id: String?
  public var truth: String?
  public var source: String?
  public var ignore: [String] = []
  public var threads = 1
  /// A `matching.yaml` to be used instead of a matching that is chosen.
  public var config: String?
  /// A `model.json` to be used instead of a model that is trained.
  public var model: String?

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
  /// What `matching.yaml` said; nil where the matching was chosen.
  public let given: MatchingDefinition?
  public let request: LinkRequest

  /// - Throws: what is wrong with the files and with `matching.yaml`, and columns of it that the files lack.
  public init(_ request: LinkRequest) throws(Problems) {
    self.request = request
    given = if let path = request.config { try MatchingReader.read(path: path) } else { nil }
    input = try RecordFiles.read(
      paths: request.paths, id: request.id, truth: request.truth, source: request.source, ignore: request.ignore,
      threads: request.threads)
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

/// A finished linkage with everything that led to it.
public struct LinkOutcome: Sendable {
  public let run: LinkRun
  public let candidates: CandidatePairs
  public let trained: TrainedModel
  public let result: LinkResult

  /// Compares, trains or takes the stored model, scores and clusters.
  ///
  /// - Throws: what is wrong with the stored model.
  public init(_ run: LinkRun) throws(Problems) {
    self.run = run
    candidates = run.linker.candidates()
    if let path = run.request.model {
      let model = try ModelFile.read(path).matchModel(for: run.linker, file: path)
      trained = TrainedModel(model: model, logLikelihoods: [], ruleShares: [])
    } else {
      trained = run.linker.train(candidates)
    }
    var withoutDuplicates: [Bool]?
    if case .sources(let names)? = run.given?.withoutDuplicates {
      withoutDuplicates = run.sourceNames.map { names.contains($0) }
    }
    result = run.linker.link(
      candidates, trained.model, sources: run.sources, withoutDuplicates: withoutDuplicates,
      threshold: run.given?.threshold)
  }

  /// Writes clusters.csv, pairs.csv, matching.yaml and model.json into a folder, all at once.
  ///
  /// - Parameter weight: pairs of at least this weight, in bits, are written; nil: the links.
  public func write(to path: String, pairsFrom weight: Float? = nil, madeBy: String) throws {
    let folder = try OutputFolder(path)
    do {
      try LinkOutputs.writeClusters(result.clusters.numbers, of: run.input, to: folder.file("clusters.csv"))
      try LinkOutputs.writePairs(
        result.linkedPairs(from: weight ?? result.pairThreshold), of: run.input, to: folder.file("pairs.csv"))
      try Files.write(try matchingText(), to: folder.file("matching.yaml"))
      let hash = try ModelFile.trainingHash(of: run.request.paths)
      try ModelFile.write(
        StoredModel(run.linker, candidates, trained, result, madeBy: madeBy, trainingHash: hash),
        to: folder.file("model.json"))
      try folder.commit()
    } catch {
      folder.discard()
      throw error
    }
  }

  /// As it was given, so that a folder written twice is the same; else with comments that say why.
  private func matchingText() throws(Problem) -> String {
    if let path = run.request.config { return try Files.text(of: path) }
    let choice = run.choice ?? BlockingChooser.Choice()
    return MatchingText.yaml(run.matching, comments: MatchingComments(run.table, run.matching, choice))
  }

  /// Every scored pair, for measuring.
  public func evaluation(_ truth: Truth) -> Evaluation {
    Evaluation(
      run.input.records, truth: truth, clusters: result.clusters.numbers, pairs: result.linkedPairs(from: -.infinity),
      threshold: result.pairThreshold)
  }
}
