import Testing

@testable import Linkage

/// People in families linked from their columns to clusters.
@Suite struct LinkerTests {
  private struct Linked: Sendable {
    var people: SmallPeople
    var candidates: CandidatePairs
    var trained: TrainedModel
    var result: LinkResult
  }

  private static let matching: Matching = {
    let rules: [[(String, Matching.KeyPart)]] = [
      [("birth", .exact)], [("phone", .exact)], [("first", .exact), ("last", .exact)],
      [("last", .phonetic), ("postcode", .exact)], [("first", .prefix(3)), ("birth", .year)], [("mail", .exact)],
    ]
    var matching = SmallPeople.matching
    matching.blocking = rules.map { Matching.BlockingRule($0.map { Matching.KeyAtom($0.0, $0.1) }) }
    return matching
  }()

  private static func link(_ people: SmallPeople, threads: Int, sources: [Int32] = []) -> Linked {
    var settings = Linker.Settings(threads: threads)
    settings.samples = 25_000
    let linker = Linker(people.records, matching, settings)
    let candidates = linker.candidates()
    let trained = linker.train(candidates)
    let result = linker.link(candidates, trained.model, sources: sources)
    return Linked(people: people, candidates: candidates, trained: trained, result: result)
  }

  private static let linked = link(SmallPeople(count: 2_000, seed: 1), threads: 1)

  private static let few = link(SmallPeople(count: 500, seed: 3), threads: 1)

  @Test func clustersArePeople() {
    let f1 = Self.linked.people.f1(Self.linked.result.clusters)
    #expect(f1 >= 0.98, "F1 \(f1)")
    #expect(Self.linked.result.clusters.count > 1_200)
  }

  @Test func expectedF1IsNearTheTruth() {
    let f1 = Self.linked.people.f1(Self.linked.result.clusters)
    #expect(abs(Self.linked.result.expected.f1 - f1) < 0.05, "expected \(Self.linked.result.expected), in truth \(f1)")
  }

  @Test func familiesStayApart() {
    let (people, clusters) = (Self.linked.people, Self.linked.result.clusters)
    var (relatives, joined) = (0, 0)
    for index in 0..<Self.linked.candidates.count {
      let (a, b) = (Int(Self.linked.candidates.left[index]), Int(Self.linked.candidates.right[index]))
      let (p, q) = (people.person[a], people.person[b])
      guard p != q, people.family[p] == people.family[q] else { continue }
      relatives += 1
      joined += clusters.numbers[a] == clusters.numbers[b] ? 1 : 0
    }
    #expect(relatives > 800, "\(relatives) pairs of relatives were compared")
    #expect(joined * 200 <= relatives, "\(joined) of \(relatives) relatives were joined")
  }

  @Test func likelihoodNeverFalls() {
    let steps = Self.linked.trained.logLikelihoods
    #expect(steps.count > 2)
    for (before, after) in zip(steps, steps.dropFirst()) { #expect(after >= before - 1e-6 * abs(before)) }
  }

  @Test func probabilitiesRiseWithWeights() {
    let result = Self.linked.result
    #expect(result.pairs.count == result.probabilities.count)
    let sorted = zip(result.pairs, result.probabilities).sorted { $0.0.weight < $1.0.weight }
    for (one, other) in zip(sorted, sorted.dropFirst()) { #expect(one.1 <= other.1) }
    #expect(result.probabilities.allSatisfy { $0 > 0 && $0 < 1 })
  }

  @Test func probabilitiesAreCalibrated() {
    let (people, result) = (Self.linked.people, Self.linked.result)
    // Naeini et al. 2015: ten bins of equal width, weighted by their pairs.
    var bins = [(pairs: Double, matches: Double, sum: Double)](repeating: (0, 0, 0), count: 10)
    for (pair, probability) in zip(result.pairs, result.probabilities) {
      let bin = min(9, Int(probability * 10))
      bins[bin].pairs += 1
      bins[bin].sum += Double(probability)
      bins[bin].matches += people.person[Int(pair.left)] == people.person[Int(pair.right)] ? 1 : 0
    }
    let error = bins.reduce(0) { $0 + abs($1.matches - $1.sum) } / Double(result.pairs.count)
    #expect(error <= 0.02, "\(bins)")
  }

  @Test(arguments: [2, 5])
  func sameForAnyNumberOfThreads(threads: Int) {
    let (one, many) = (Self.few, Self.link(Self.few.people, threads: threads))
    #expect(one.result.clusters == many.result.clusters)
    #expect(one.result.model == many.result.model)
    #expect(one.result.pairs.map(\.weight.bitPattern) == many.result.pairs.map(\.weight.bitPattern))
    #expect(one.result.pairs == many.result.pairs && one.result.probabilities == many.result.probabilities)
    #expect(one.result.clusterThreshold == many.result.clusterThreshold)
  }

  @Test func weightsOfSinglePairs() {
    let linker = Linker(Self.linked.people.records, Self.matching)
    let model = Self.linked.trained.model
    for pair in Self.linked.result.pairs.prefix(500) {
      #expect(linker.weight(Int(pair.left), Int(pair.right), model) == pair.weight)
    }
  }

  // MARK: Sources

  /// The people's first records in one source, their last in another; those with one record in one of them.
  private static func twoSources(_ people: SmallPeople) -> (people: SmallPeople, sources: [Int32]) {
    var kept: [Int: [Int]] = [:]
    for record in people.person.indices { kept[people.person[record], default: []].append(record) }
    var (first, second): ([Int], [Int]) = ([], [])
    for (person, records) in kept.sorted(by: { $0.key < $1.key }) {
      if records.count > 1 || person % 2 == 0 { first.append(records[0]) }
      if records.count > 1 || person % 2 == 1 { second.append(records[records.count - 1]) }
    }
    let order = first + second
    var result = people
    result.columns = people.columns.map { column in order.map { column[$0] } }
    result.person = order.map { people.person[$0] }
    return (result, first.map { _ in 0 } + second.map { _ in 1 })
  }

  @Test func sourcesWithoutDuplicatesLinkOneToOne() {
    let (people, sources) = Self.twoSources(SmallPeople(count: 1_200, seed: 5, duplicateShare: 0.6))
    let result = Self.link(people, threads: 1, sources: sources).result
    #expect(result.withoutDuplicates == [true, true])
    var seen: Set<[Int32]> = []
    for record in sources.indices {
      #expect(
        seen.insert([result.clusters.numbers[record], sources[record]]).inserted, "two of one source in a cluster")
    }
    #expect(people.f1(result.clusters) >= 0.98, "F1 \(people.f1(result.clusters))")
  }

  @Test func sourcesWithDuplicatesAreSeen() {
    let sources = Self.linked.people.person.indices.map { Int32($0 % 2) }
    #expect(SourceDuplicates.withoutDuplicates(Self.linked.result.pairs, sources) == [false, false])
  }

  @Test func sourceDuplicatesTable() {
    func found(_ pairs: [(Int32, Int32, Float)], _ sources: [Int32]) -> [Bool] {
      SourceDuplicates.withoutDuplicates(pairs.map { ScoredPair($0.0, $0.1, $0.2) }, sources)
    }
    let across: [(Int32, Int32, Float)] = [(0, 3, 12), (1, 4, 12), (2, 5, 12)]
    #expect(found(across, [0, 0, 0, 1, 1, 1]) == [true, true])
    #expect(found(across + [(0, 1, 12)], [0, 0, 0, 1, 1, 1]) == [false, true])
    #expect(found(across + [(0, 1, -9)], [0, 0, 0, 1, 1, 1]) == [true, true])
    #expect(found([], [0, 0, 1, 1]) == [false, false], "without any match nothing is known")
    #expect(found(across, [0, 0, 0, 0, 0, 0]) == [false], "one source alone has nobody to be linked with")
    #expect(found(across, [-1, -1, -1, -1, -1, -1]) == [])
  }
}
