import Basics
import Definition
import Linkage

/// A finished linkage with everything that led to it.
public struct LinkOutcome: Sendable {
  public let run: LinkRun
  /// What was compared; where the model was trained, all pairs.
  public let candidates: CandidatePairs
  public let trained: TrainedModel
  /// The model that was given; nil where it was trained.
  public let stored: StoredModel?
  public let result: LinkResult
  /// What came of linking to existing records; nil where all are new.
  public let extended: ExtendedLinkage?
  /// The result of all records, of which the model of a run against existing ones was made.
  private let whole: LinkResult?

  /// Compares, trains or takes the stored model, scores and clusters.
  ///
  /// - Throws: what is wrong with the stored model.
  public init(_ run: LinkRun) throws(Problems) {
    self.run = run
    let labels = run.labels?.labels ?? []
    let model: MatchModel?
    if let path = run.request.model {
      let read = try ModelFile.read(path)
      model = try read.matchModel(for: run.linker, file: path)
      stored = read
    } else {
      (model, stored) = (nil, nil)
    }
    let firstNew = run.existing?.recordCount ?? 0
    candidates = run.linker.candidates(firstNewRecord: model == nil ? 0 : firstNew)
    trained = model.map { TrainedModel(model: $0) } ?? run.linker.train(candidates, labels: labels)
    var constraints = LinkConstraints()
    constraints.together = labels.filter(\.isMatch).map { RecordPair($0.left, $0.right) }
    constraints.apart = labels.filter { !$0.isMatch }.map { RecordPair($0.left, $0.right) }
    var withoutDuplicates: [Bool]?
    if case .sources(let names)? = run.given?.withoutDuplicates {
      withoutDuplicates = run.sourceNames.map { names.contains($0) }
    }
    guard let existing = run.existing else {
      result = run.linker.link(
        candidates, trained.model, sources: run.sources, withoutDuplicates: withoutDuplicates,
        constraints: constraints, threshold: run.given?.threshold)
      (extended, whole) = (nil, nil)
      return
    }
    // Few new records do not tell a threshold: it is the model's, or that of all records.
    whole =
      stored != nil
      ? nil
      : run.linker.link(
        candidates, trained.model, sources: run.sources, withoutDuplicates: withoutDuplicates,
        constraints: constraints, threshold: run.given?.threshold)
    var linked = run.linker.extend(
      existing.clusters, by: stored == nil ? candidates.touching(firstNewRecord: firstNew) : candidates, trained.model,
      sources: run.sources, withoutDuplicates: withoutDuplicates ?? whole?.withoutDuplicates,
      constraints: constraints,
      threshold: run.given?.threshold ?? stored?.clusterThreshold ?? whole?.clusterThreshold ?? 0)
    linked.result.pairThreshold = stored.map { Float($0.pairThreshold) } ?? whole?.pairThreshold ?? 0
    result = linked.result
    extended = linked
  }

  /// How far today's links are from those that the given model was learnt from; nil where it was trained today.
  public var drift: Drift? {
    guard let stored else { return nil }
    let counts = run.linker.levelCounts(among: result.pairs, atLeast: result.pairThreshold)
    return Drift(stored, links: zip(run.linker.comparisonNames, counts).map { ($0.id, $1) })
  }

  // MARK: Pairs

  /// Scored pairs of at least a weight, in bits, as people corrected them: what they said to be one is there with the
  /// probability 1, what they said not to be is not.
  public func linkedPairs(from weight: Float) -> LinkedPairs {
    var linked = result.linkedPairs(from: weight)
    let labels = run.labels?.labels ?? []
    if labels.isEmpty { return linked }
    let answers = Dictionary(labels.map { (RecordPair($0.left, $0.right), $0.isMatch) }) { first, _ in first }
    let found = linked
    linked = LinkedPairs()
    for pair in 0..<found.count where answers[RecordPair(found.left[pair], found.right[pair])] == nil {
      linked.append(found.left[pair], found.right[pair], found.weights[pair], found.probabilities[pair])
    }
    let scorer = ModelScorer(run.linker, trained.model)
    for pair in answers.keys.sorted() where answers[pair] == true {
      linked.append(pair.left, pair.right, Float(scorer.weight(pair.left, pair.right)), 1)
    }
    return linked
  }

  /// Every scored pair, for measuring.
  public func evaluation(_ truth: Truth) -> Evaluation {
    Evaluation(
      run.input.records, truth: truth, clusters: result.clusters.numbers, pairs: linkedPairs(from: -.infinity),
      threshold: result.pairThreshold)
  }

  // MARK: Writing

  /// Writes clusters.csv, pairs.csv, matching.yaml and model.json into a folder, all at once; drift.json where a model was
  /// given, bridges.csv where there are existing records.
  ///
  /// - Parameter weight: pairs of at least this weight, in bits, are written; nil: the links.
  public func write(to path: String, pairsFrom weight: Float? = nil, madeBy: String) throws {
    let folder = try OutputFolder(path)
    do {
      try writeClusters(to: folder)
      try LinkOutputs.writePairs(
        linkedPairs(from: weight ?? result.pairThreshold), of: run.input, to: folder.file("pairs.csv"))
      try Files.write(try matchingText(), to: folder.file("matching.yaml"))
      try Files.write(try modelText(madeBy), to: folder.file("model.json"))
      if let drift { try Files.write(drift.json.pretty, to: folder.file("drift.json")) }
      try folder.commit()
    } catch {
      folder.discard()
      throw error
    }
  }

  private func writeClusters(to folder: OutputFolder) throws(Problem) {
    let path = folder.file("clusters.csv")
    guard let existing = run.existing, let extended else {
      return try LinkOutputs.writeClusters(result.clusters.numbers, of: run.input, to: path)
    }
    let numbers = existing.numbers(extended.clusters, result.clusters)
    try LinkOutputs.writeClusters(of: run.input, to: path) { numbers[$0] }
    try LinkOutputs.writeBridges(extended.bridges, existing, of: run.input, to: folder.file("bridges.csv"))
  }

  /// As it was given, so that a folder written twice is the same; else with comments that say why.
  private func matchingText() throws(Problem) -> String {
    if let path = run.request.config { return try Files.text(of: path) }
    let choice = run.choice ?? BlockingChooser.Choice()
    return MatchingText.yaml(run.matching, comments: MatchingComments(run.table, run.matching, choice))
  }

  /// As it was given: what it was learnt from has not changed.
  private func modelText(_ madeBy: String) throws(Problem) -> String {
    if let path = run.request.model { return try Files.text(of: path) }
    let hash = try ModelFile.trainingHash(of: run.request.allPaths + (run.request.labels.map { [$0] } ?? []))
    return ModelFile.text(
      StoredModel(run.linker, candidates, trained, whole ?? result, madeBy: madeBy, trainingHash: hash))
  }
}
