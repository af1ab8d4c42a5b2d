import Basics

/// How two records drawn at random agree: u of Fellegi and Sunter, with the few matches among them still in it.
struct RandomPairs {
  /// By comparison, by level: shares among pairs in which neither value is missing; level 0 is 1.
  var shares: [[Double]]
  /// By comparison, by level: the mean frequency, 0 to 1, of the commoner of both values; 0 for levels without adjustment.
  var frequencyMeans: [[Double]]
  /// By comparison: the share of pairs in which neither value is missing.
  var known: [Double]
  var sampled: Int

  /// - Parameter samples: pairs to draw; all pairs are taken where there are not many more.
  static func sample(
    _ pairs: PairPatterns, recordCount count: Int, samples: Int, seed: UInt64, threads: Int
  ) -> RandomPairs {
    let comparisons = pairs.comparisons
    let all = count * (count - 1) / 2
    let takesAll = all <= samples * 2
    let pieces = Parallel.ranges(takesAll ? count : samples, pieces: 16)
    let parts = Parallel.map(pieces.count, threads: threads) { piece -> Tally in
      var tally = Tally(comparisons)
      var batch = PatternBatch(pairs)
      var draws = DrawnPairs(count: count, seed: seed &+ UInt64(piece) &* 0x9E37_79B9)
      for index in pieces[piece] {
        if takesAll {
          for other in (index + 1)..<max(index + 1, count) {
            batch.append(Int32(index), Int32(other)) { tally.add($0, $1, $2, pairs) }
          }
        } else {
          let (a, b) = draws.next(near: index * count / samples)
          batch.append(Int32(min(a, b)), Int32(max(a, b))) { tally.add($0, $1, $2, pairs) }
        }
      }
      batch.flush { tally.add($0, $1, $2, pairs) }
      return tally
    }
    var total = Tally(comparisons)
    for part in parts { total.add(part) }
    var result = total.result(pairs.fields, comparisons, sampled: takesAll ? all : samples)
    if !takesAll { result.addNamesakes(pairs, samples: samples / 4, seed: seed) }
    return result
  }

  /// Replaces what was seen of the few namesakes among random pairs by what pairs of equal names show.
  private mutating func addNamesakes(_ pairs: PairPatterns, samples: Int, seed: UInt64) {
    let wanted = pairs.comparisons.indices.filter {
      if case .namesakes(_, agree: true, _) = pairs.comparisons[$0].subject { true } else { false }
    }
    guard let first = wanted.first, case .namesakes(_, _, let names) = pairs.comparisons[first].subject,
      let drawn = NamesakePairs(pairs.fields, names.map(\.comparison))
    else { return }
    var tally = Tally(pairs.comparisons)
    var batch = PatternBatch(pairs)
    var draws = SplitMix64(seed: seed ^ 0x6E61_6D65)
    // Whole thousands.
    for _ in 0..<(samples + 1_023) / 1_024 * 1_024 {
      let (a, b) = drawn.next(&draws)
      batch.append(min(a, b), max(a, b)) { tally.add($0, $1, $2, pairs) }
    }
    batch.flush { tally.add($0, $1, $2, pairs) }
    let seen = tally.result(pairs.fields, pairs.comparisons, sampled: samples)
    for k in wanted {
      shares[k] = seen.shares[k]
      frequencyMeans[k] = seen.frequencyMeans[k]
    }
  }

  /// Pairs drawn at random, of two different records.
  ///
  /// The one record walks through all of them in order; the other one walks beside it at a distance that is drawn anew
  /// every eight pairs, each distance as likely. So every pair is as likely, and most records are read from nearby memory.
  private struct DrawnPairs {
    let count: Int
    private var draws: SplitMix64
    private var distance = 0
    private var left = 0

    init(count: Int, seed: UInt64) {
      self.count = count
      draws = SplitMix64(seed: seed)
    }

    mutating func next(near record: Int) -> (Int, Int) {
      if left == 0 {
        distance = 1 + draws.below(count - 1)
        left = 8
      }
      left -= 1
      let other = record + distance
      return (record, other < count ? other : other - count)
    }
  }

  /// Integer counts, so that parts add up in any order.
  private struct Tally: Sendable {
    var counts: [[Int]]
    /// Sums of occurrences of the commoner value.
    var occurrences: [[Int]]

    init(_ comparisons: [Comparison]) {
      counts = comparisons.map { [Int](repeating: 0, count: $0.ladder.count) }
      occurrences = counts
    }

    mutating func add(_ other: Tally) {
      for k in counts.indices {
        for level in counts[k].indices {
          counts[k][level] += other.counts[k][level]
          occurrences[k][level] += other.occurrences[k][level]
        }
      }
    }

    mutating func add(_ left: [Int32], _ right: [Int32], _ patterns: [UInt64], _ pairs: PairPatterns) {
      for k in pairs.comparisons.indices {
        var levels = [Int](repeating: 0, count: counts[k].count)
        for pattern in patterns { levels[Int(PatternTable.level(pattern, k))] += 1 }
        for level in levels.indices { counts[k][level] += levels[level] }
        guard let number = pairs.comparisons[k].fieldNumber else { continue }
        let occurrences = pairs.fields[number].counts
        // Values that differ have no mean.
        let last = UInt8(levels.count - 1)
        for pair in patterns.indices {
          let level = PatternTable.level(patterns[pair], k)
          if level == 0 || level == last { continue }
          let (a, b) = pairs.values(k, Int(left[pair]), Int(right[pair]), patterns[pair])
          self.occurrences[k][Int(level)] += Int(max(1, occurrences[Int(a)], occurrences[Int(b)]))
        }
      }
    }

    func result(_ fields: [Field], _ comparisons: [Comparison], sampled: Int) -> RandomPairs {
      var result = RandomPairs(shares: [], frequencyMeans: [], known: [], sampled: sampled)
      for k in comparisons.indices {
        let known = Double(counts[k].dropFirst().reduce(0, +))
        let levels = counts[k].count - 1
        // Half a pair more for each level, so that none is impossible.
        var shares = [1.0] + counts[k].dropFirst().map { (Double($0) + 0.5) / (known + 0.5 * Double(levels)) }
        var means = zip(counts[k], occurrences[k]).map { $0 == 0 ? 0 : Double($1) / Double($0) }
        if case .order = comparisons[k].subject {
          // That the names are turned tells nothing beside the levels at which they then agree.
          shares = shares.map { _ in 1 }
        } else if let field = comparisons[k].field(fields), field.known > 1 {
          if isCounted(comparisons[k]) { exact(field, &shares, &means) }
        }
        result.shares.append(shares)
        result.known.append(known / max(1, known + Double(counts[k][0])))
        let all = Double(max(1, comparisons[k].field(fields)?.known ?? 1))
        result.frequencyMeans.append(means.enumerated().map { $0 == 0 || $0 == levels ? 0 : $1 / all })
      }
      return result
    }

    /// Whether level 1 is of all pairs of equal values.
    private func isCounted(_ comparison: Comparison) -> Bool {
      switch comparison.subject {
      case .script, .namesakes(_, agree: true, _), .order: false
      case .field, .swappable, .namesakes: true
      }
    }

    /// Equal values can be counted, which is better than sampling them.
    private func exact(_ field: Field, _ shares: inout [Double], _ means: inout [Double]) {
      var pairs = 0.0
      var weighted = 0.0
      for count in field.counts where count > 1 {
        let both = Double(count) * Double(count - 1)
        pairs += both
        weighted += both * Double(count)
      }
      let all = Double(field.known) * Double(field.known - 1)
      let equal = (pairs + 1) / (all + 1)
      // Level 1 may hold more than equal values: phone numbers with and without area.
      let sampled = shares[1]
      let share = field.kind == .phone || field.kind == .place ? max(equal, sampled) : equal
      let rest = shares.dropFirst(2).reduce(0, +)
      for level in 2..<shares.count { shares[level] *= (1 - share) / max(rest, 1e-12) }
      shares[1] = share
      means[1] = pairs > 0 ? weighted / pairs : 1
    }
  }
}

extension Comparison {
  /// The field whose values it compares; nil of the order of names.
  func field(_ fields: [Field]) -> Field? { fieldNumber.map { fields[$0] } }
}

extension PairPatterns {
  /// The values that a comparison of a field compared to come to a pattern, as the order of names says.
  @inline(__always)
  func values(_ comparison: Int, _ a: Int, _ b: Int, _ pattern: UInt64) -> (Int32, Int32) {
    switch comparisons[comparison].subject {
    case .field(let number), .script(let number, _), .namesakes(let number, _, _): (code(number, a), code(number, b))
    case .swappable(let number, let other, let order):
      switch PatternTable.level(pattern, order) {
      case 2: (code(number, a), code(other, b))
      case 3: (code(other, a), code(number, b))
      default: (code(number, a), code(number, b))
      }
    case .order: (-1, -1)
    }
  }
}
