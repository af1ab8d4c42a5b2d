import Basics
import Testing

@testable import Linkage

/// New records linked to existing clusters.
@Suite("New records against existing ones") struct ExistingClustersTests {
  private static let matching: Matching = {
    let rules: [[(String, Matching.KeyPart)]] = [
      [("birth", .exact)], [("phone", .exact)], [("first", .exact), ("last", .exact)],
      [("last", .phonetic), ("postcode", .exact)], [("first", .prefix(3)), ("birth", .year)],
    ]
    var matching = SmallPeople.matching
    matching.blocking = rules.map { Matching.BlockingRule($0.map { Matching.KeyAtom($0.0, $0.1) }) }
    return matching
  }()

  private static let people = SmallPeople(count: 400, seed: 11)
  private static let fields = Field.prepare(people.records, matching, threads: 1)

  private static func linker(_ matching: Matching = matching, threads: Int = 1) -> Linker {
    var settings = Linker.Settings(threads: threads)
    settings.samples = 10_000
    return Linker(fields, matching, recordCount: 400, settings)
  }

  /// The whole file, with the model that it teaches.
  private static let whole: (candidates: CandidatePairs, model: MatchModel, result: LinkResult) = {
    let whole = linker()
    let candidates = whole.candidates()
    let model = whole.train(candidates).model
    return (candidates, model, whole.link(candidates, model))
  }()

  private static func pairs(_ candidates: CandidatePairs) -> [[UInt64]] {
    (0..<candidates.count).map { pair in
      let number = Int(candidates.patterns[pair])
      return [
        UInt64(candidates.left[pair]), UInt64(candidates.right[pair]), candidates.table.patterns[number],
        UInt64(candidates.table.rules[number]),
      ]
    }
  }

  // MARK: Pairs

  @Test(
    "Pairs of new records are those of all records that hold a new one, by rules or without, in large blocks too",
    arguments: [1, 7, 60, 119], [0, 2, 6, 2_000])
  func pairs(new: Int, largest: Int) {
    var matching = Self.matching
    if largest == 0 { matching.blocking = [] } else { matching.largestBlock = largest }
    let linker = Linker(SmallPeople(count: 120, seed: 5).records, matching)
    let firstNew = 120 - new
    let some = linker.candidates(firstNewRecord: firstNew)
    let all = linker.candidates()
    let expected = Self.pairs(all).filter { $0[1] >= UInt64(firstNew) }
    #expect(Self.pairs(some) == expected)
    #expect(Self.pairs(all.touching(firstNewRecord: firstNew)) == expected)
    #expect(some.table.counts.reduce(0) { $0 + Int($1) } == some.count)
    for (index, figures) in some.blocks.enumerated() {
      let made = expected.count { $0[3] >> UInt64(index) & 1 == 1 }
      #expect(figures.pairs == made, "rule \(index)")
    }
  }

  @Test("With a model, new records weigh as they do among all records", arguments: [1, 30, 150])
  func weights(new: Int) {
    let firstNew = Int32(400 - new)
    let linker = Self.linker()
    let some = linker.score(linker.candidates(firstNewRecord: Int(firstNew)), Self.whole.model)
    #expect(some == Self.whole.result.pairs.filter { $0.right >= firstNew })
    #expect(!some.isEmpty)
  }

  // MARK: Clusters

  private static func extend(
    _ existing: ExistingClusters, threads: Int = 1, sources: [Int32] = [],
    constraints: LinkConstraints = LinkConstraints()
  ) -> ExtendedLinkage {
    let own = linker(threads: threads)
    return own.extend(
      existing, by: own.candidates(firstNewRecord: existing.recordCount), whole.model, sources: sources,
      constraints: constraints, threshold: whole.result.clusterThreshold)
  }

  /// Of the whole file's clusters, cut off before the new records.
  private static func known(_ count: Int) -> ExistingClusters {
    ExistingClusters(numbers: Array(whole.result.clusters.numbers.prefix(count)), count: whole.result.clusters.count)
  }

  private func expectKept(_ linked: ExtendedLinkage, _ existing: ExistingClusters, _ comment: Comment) {
    let numbers = linked.result.clusters.numbers
    #expect(Array(linked.clusters.prefix(existing.recordCount)) == existing.numbers, comment)
    var found: [Int32: Int32] = [:]
    for (record, cluster) in linked.clusters.enumerated() where cluster >= 0 {
      #expect(found[cluster, default: numbers[record]] == numbers[record], comment)
      found[cluster] = numbers[record]
    }
    #expect(Set(found.values).count == found.count, "\(comment): two existing clusters are one")
    for (record, cluster) in linked.clusters.enumerated() where cluster < 0 {
      #expect(!found.values.contains(numbers[record]), comment)
    }
    #expect(linked.result.confidences.count == linked.result.clusters.count)
    #expect(linked.result.confidences.reduce(0) { $0 + $1.size } == numbers.count)
  }

  @Test("Existing clusters stay as they are, however bad", arguments: [1, 2, 3] as [UInt64])
  func anyClustersStay(seed: UInt64) {
    var draws = SplitMix64(seed: seed)
    let count = [40, 200, 390][Int(seed) - 1]
    let clusters = [3, 150, 300][Int(seed) - 1]
    let existing = ExistingClusters(
      numbers: (0..<count).map { _ in Int32(draws.below(clusters)) }, count: clusters)
    expectKept(Self.extend(existing), existing, "seed \(seed)")
    let sources = (0..<400).map { Int32($0 % 2) }
    let linker = Self.linker()
    let linked = linker.extend(
      existing, by: linker.candidates(firstNewRecord: count), Self.whole.model, sources: sources,
      withoutDuplicates: [true, true], threshold: 0)
    expectKept(linked, existing, "seed \(seed), sources")
  }

  @Test("New records find their people nearly as well as all records together do", arguments: [10, 150])
  func quality(new: Int) {
    let existing = Self.known(400 - new)
    let linked = Self.extend(existing)
    expectKept(linked, existing, "\(new)")
    let (all, some) = (Self.people.f1(Self.whole.result.clusters), Self.people.f1(linked.result.clusters))
    #expect(some > all - 0.01, "\(some), all at once \(all)")
    #expect(linked.clusters.suffix(new).contains { $0 >= 0 })
  }

  @Test("The same for any number of threads")
  func threads() {
    let (one, two) = (Self.extend(Self.known(300)), Self.extend(Self.known(300), threads: 3))
    #expect(one.clusters == two.clusters && one.bridges == two.bridges && one.result.pairs == two.result.pairs)
  }

  // MARK: Bridges

  @Test("Where one person's records are two clusters, a third record goes to the better one, and both are told")
  func bridges() throws {
    // A person of three records or more, of whom the last is new and belongs with both others.
    let byPerson = Dictionary(grouping: Self.people.person.indices) { Self.people.person[$0] }
    let linker = Self.linker()
    func weight(_ a: Int, _ b: Int) -> Float { linker.weight(a, b, Self.whole.model) }
    let records = try #require(
      byPerson.values.filter { records in
        records.count == 3 && weight(records[0], records[2]) > 6 && weight(records[1], records[2]) > 6
          && abs(min(14, weight(records[0], records[2])) - min(14, weight(records[1], records[2]))) > 0.5
      }.min { $0[2] < $1[2] })
    // Everybody alone, and only this one record new: records behind it are left out.
    let count = records[2]
    let existing = ExistingClusters(numbers: (0..<Int32(400)).map { $0 }, count: 400)
    let order = (0..<400).filter { $0 != count } + [count]
    var moved = Self.people
    moved.columns = moved.columns.map { column in order.map { column[$0] } }
    let own = Linker(moved.records, Self.matching)
    let known = ExistingClusters(numbers: Array(existing.numbers.dropLast()), count: 399)
    let linked = own.extend(
      known, by: own.candidates(firstNewRecord: 399), Self.whole.model, threshold: 0)
    let isFirst = weight(records[0], records[2]) > weight(records[1], records[2])
    let (better, worse) = isFirst ? (records[0], records[1]) : (records[1], records[0])
    #expect(linked.clusters[399] == Int32(better))
    #expect(linked.bridges.contains { $0.record == 399 && $0.cluster == Int32(better) && $0.other == Int32(worse) })
    for bridge in linked.bridges {
      #expect(bridge.otherWeight >= 0 && bridge.other != bridge.cluster)
    }
    // Told to be somebody else, it is no bridge any more.
    var constraints = LinkConstraints()
    constraints.apart = [RecordPair(Int32(worse), 399)]
    let told = own.extend(
      known, by: own.candidates(firstNewRecord: 399), Self.whole.model, constraints: constraints, threshold: 0)
    #expect(told.clusters[399] == Int32(better))
    #expect(!told.bridges.contains { $0.other == Int32(worse) })
  }

  // MARK: Labels

  @Test("What people said is followed where it does not change existing clusters")
  func labels() {
    let existing = Self.known(399)
    let linked = Self.extend(existing)
    let own = linked.clusters[399]
    // Somebody else altogether.
    let other = Int32((0..<399).first { existing.numbers[$0] != own }!)
    var constraints = LinkConstraints()
    constraints.together = [RecordPair(other, 399)]
    var told = Self.extend(existing, constraints: constraints)
    #expect(told.clusters[399] == existing.numbers[Int(other)] && told.result.conflicts.isEmpty)
    expectKept(told, existing, "together")

    let two = (0..<399).first { existing.numbers[$0] != existing.numbers[Int(other)] }!
    constraints.together = [RecordPair(other, Int32(two))]
    told = Self.extend(existing, constraints: constraints)
    #expect(told.result.conflicts == [LinkConflict(pair: RecordPair(other, Int32(two)), reason: .slot(0))])
    expectKept(told, existing, "across")

    let sizes = Dictionary(grouping: 0..<399) { existing.numbers[$0] }
    let large = sizes.values.filter { $0.count > 1 }.min { $0[0] < $1[0] }!
    constraints.together = []
    constraints.apart = [RecordPair(Int32(large[0]), Int32(large[1]))]
    told = Self.extend(existing, constraints: constraints)
    #expect(told.overruled == constraints.apart)
    expectKept(told, existing, "apart")
  }
}
