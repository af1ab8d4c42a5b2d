import Basics
import Linkage

/// Pairs of customers of the rules that the model finds possible, with what speaks against each.
struct CustomerPairs {
  enum Verdict {
    /// The weight decides.
    case open
    /// May never be one.
    case prohibited(Review.Reason)
    /// Their names contradict each other.
    case contrary
    /// Their names are the same but for a slip: one person's, or twins'.
    case slip
    /// One of them fits another customer about as well.
    case ambiguous
  }

  struct Entry {
    /// Roots, `a` < `b`.
    var a: Int32
    var b: Int32
    /// The pair of records that weighs most.
    var left: Int32
    var right: Int32
    /// In bits; see `weigh`.
    var weight: Double
    var verdict = Verdict.open
  }

  /// By `a`, then by `b`.
  private(set) var entries: [Entry] = []

  /// Pairs of records of a smaller weight, in bits, join nobody and need no review, unless others of the same customers do.
  private static let floor: Float = -4
  /// Heavier pairs count as this: beyond, a weight says no more than that the model knows no doubt.
  private static let clip: Float = 14

  /// - Parameters:
  ///   - pairs: in the order of the records.
  ///   - roots: by row.
  init(_ pairs: [ScoredPair], _ roots: [Int32]) {
    var keyed = KeyedRows(capacity: pairs.count / 2)
    for (index, pair) in pairs.enumerated() {
      let (a, b) = (roots[Int(pair.left)], roots[Int(pair.right)])
      if a != b { keyed.append(UInt64(min(a, b)) << 32 | UInt64(max(a, b)), row: Int32(index)) }
    }
    keyed.sort()
    var start = 0
    while let range = keyed.group(from: start) {
      start = range.upperBound
      var strongest = pairs[Int(keyed.rows[range.lowerBound])]
      for row in keyed.rows[range] where pairs[Int(row)].weight > strongest.weight { strongest = pairs[Int(row)] }
      if strongest.weight < Self.floor { continue }
      let key = keyed.keys[range.lowerBound]
      entries.append(
        Entry(
          a: Int32(key >> 32), b: Int32(key & 0xFFFF_FFFF), left: strongest.left, right: strongest.right,
          weight: Double(min(strongest.weight, Self.clip))))
    }
  }

  /// Finds out which pairs must stay apart although they weigh enough.
  ///
  /// - Parameter undecided: rows that the rules found to fit several people equally well. They join nobody, neither these
  ///   nor somebody else who fits the same people.
  mutating func judge(
    _ customers: inout RuleCustomers, undecided: [Int32], _ scorer: ModelScorer, joinFrom: Double
  ) {
    weigh(customers, scorer)
    let undecided = Set(undecided.map { customers.roots[Int($0)] })
    for index in entries.indices {
      let (a, b) = (entries[index].a, entries[index].b)
      if let reason = customers.prohibition(a, b) {
        entries[index].verdict = .prohibited(reason)
      } else if customers.areNamesContrary(a, b) {
        entries[index].verdict = customers.areNamesContrary(a, b, withSlips: true) ? .contrary : .slip
      } else if undecided.contains(a) || undecided.contains(b) {
        entries[index].verdict = .ambiguous
      }
    }
    let neighbours = openNeighbours()
    for group in neighbours { refuseRivals(group, &customers, scorer, joinFrom) }
  }

  /// How many records of a customer are weighed with those of another.
  private static let memberLimit = 30

  /// What two customers weigh whose records weigh more than even odds: the strongest pair, less what the weakest says
  /// against it.
  ///
  /// The records of a customer of the rules are certainly one person's. So a record that lacks what another one tells must
  /// not weigh against the pair, as it would in an average; but where two records differ, which is less than the odds of
  /// records of which nothing is known, that holds for both customers.
  private mutating func weigh(_ customers: RuleCustomers, _ scorer: ModelScorer) {
    for index in entries.indices where entries[index].weight > 0 {
      var (most, least) = (-Double.infinity, scorer.prior)
      for left in customers.members(entries[index].a).prefix(Self.memberLimit) {
        for right in customers.members(entries[index].b).prefix(Self.memberLimit) {
          let weight = scorer.weight(left, right)
          most = max(most, weight)
          least = min(least, weight)
        }
      }
      entries[index].weight = min(most, Double(Self.clip)) + least - scorer.prior
    }
  }

  /// For each customer with several open pairs of more than even odds: these, the heaviest first.
  private func openNeighbours() -> [(root: Int32, entries: [Int32])] {
    var keyed = KeyedRows()
    for (index, entry) in entries.enumerated() {
      guard case .open = entry.verdict, entry.weight > 0 else { continue }
      keyed.append(UInt64(entry.a), row: Int32(index))
      keyed.append(UInt64(entry.b), row: Int32(index))
    }
    keyed.sort()
    var groups: [(root: Int32, entries: [Int32])] = []
    var start = 0
    while let range = keyed.group(from: start) {
      start = range.upperBound
      if range.count < 2 { continue }
      let found = keyed.rows[range].sorted {
        (-entries[Int($0)].weight, $0) < (-entries[Int($1)].weight, $1)
      }
      groups.append((Int32(truncatingIfNeeded: keyed.keys[range.lowerBound]), found))
    }
    return groups
  }

  /// How many of a customer's heaviest pairs are held against one another.
  private static let rivalLimit = 20

  /// Two customers that are not one share the odds for being a third: the one must outweigh the other by `joinFrom`.
  private mutating func refuseRivals(
    _ group: (root: Int32, entries: [Int32]), _ customers: inout RuleCustomers, _ scorer: ModelScorer,
    _ joinFrom: Double
  ) {
    let found = group.entries.prefix(Self.rivalLimit)
    for (place, one) in found.enumerated() where entries[Int(one)].weight >= joinFrom {
      for other in found.dropFirst(place + 1) {
        let rest = entries[Int(one)].weight - max(0, entries[Int(other)].weight)
        if rest >= joinFrom { break }
        let (first, second) = (partner(one, of: group.root), partner(other, of: group.root))
        guard areTwo(first, second, one, other, &customers, scorer) else { continue }
        entries[Int(one)].verdict = .ambiguous
        entries[Int(other)].verdict = .ambiguous
      }
    }
  }

  private func partner(_ entry: Int32, of root: Int32) -> Int32 {
    let entry = entries[Int(entry)]
    return entry.a == root ? entry.b : entry.a
  }

  /// Whether two customers are more likely two than one.
  private func areTwo(
    _ a: Int32, _ b: Int32, _ one: Int32, _ other: Int32, _ customers: inout RuleCustomers, _ scorer: ModelScorer
  ) -> Bool {
    if customers.prohibition(a, b) != nil || customers.areNamesContrary(a, b) { return true }
    return scorer.weight(a, b) < 0
  }

  // MARK: What comes of them

  /// What the customers' roots weigh, for clustering.
  var scored: [ScoredPair] { entries.map { ScoredPair($0.a, $0.b, Float($0.weight)) } }

  /// Pairs of roots that must not be joined, beside those that may never be one.
  var apart: [RecordPair] {
    entries.compactMap { entry in
      switch entry.verdict {
      case .open, .prohibited: nil
      case .contrary, .slip, .ambiguous: RecordPair(entry.a, entry.b)
      }
    }
  }

  /// Every pair of customers that a steward should see, once, beside what the rules left open.
  ///
  /// What has come to be of two customers that may never be one needs nobody's look any more.
  ///
  /// - Parameters:
  ///   - least: in bits.
  ///   - joinFrom: what may never be one is only worth a look where it would have been joined.
  ///   - customers: after all joins.
  func reviews(
    _ ofRules: [Review], _ customers: inout RuleCustomers, finalRoots: [Int32], from least: Double, joinFrom: Double
  ) -> [Review] {
    func key(_ review: Review) -> UInt64 {
      let (a, b) = (finalRoots[Int(review.left)], finalRoots[Int(review.right)])
      return UInt64(min(a, b)) << 32 | UInt64(max(a, b))
    }
    var reviews = ofRules.filter { finalRoots[Int($0.left)] != finalRoots[Int($0.right)] }
    let known = Set(reviews.map(key))
    var keyed = KeyedRows()
    var own: [Review] = []
    for entry in entries where finalRoots[Int(entry.a)] != finalRoots[Int(entry.b)] {
      guard let review = review(entry, from: least, joinFrom: joinFrom), !known.contains(key(review)) else { continue }
      if case .prohibited = entry.verdict {} else if customers.prohibition(entry.a, entry.b) != nil { continue }
      keyed.append(key(review), row: Int32(own.count))
      own.append(review)
    }
    keyed.sort()
    var start = 0
    while let range = keyed.group(from: start) {
      start = range.upperBound
      let found = keyed.rows[range].map { own[Int($0)] }
      reviews.append(found.dropFirst().reduce(found[0]) { ($1.weight ?? 0) > ($0.weight ?? 0) ? $1 : $0 })
    }
    return reviews.sorted { ($0.left, $0.right, $0.reason.rawValue) < ($1.left, $1.right, $1.reason.rawValue) }
  }

  private func review(_ entry: Entry, from least: Double, joinFrom: Double) -> Review? {
    let (reason, from): (Review.Reason, Double)
    switch entry.verdict {
    case .open, .slip: (reason, from) = (.possibleMatch, least)
    case .ambiguous: (reason, from) = (.ambiguous, least)
    case .prohibited(let prohibition): (reason, from) = (prohibition, joinFrom)
    case .contrary: return nil
    }
    return entry.weight < from ? nil : Review(entry.left, entry.right, reason, weight: entry.weight)
  }
}
