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
    let (fields, comparisons) = (pairs.fields, pairs.comparisons)
    let all = count * (count - 1) / 2
    let takesAll = all <= samples * 2
    let pieces = takesAll ? Parallel.ranges(count, pieces: 64) : Parallel.ranges(samples, pieces: 64)
    let parts = Parallel.map(pieces.count, threads: threads) { piece -> Tally in
      var tally = Tally(comparisons)
      var finder = PatternFinder(pairs)
      var (left, right, patterns): ([Int32], [Int32], [UInt64]) = ([], [], [])
      var draws = SplitMix64(seed: seed &+ UInt64(piece) &* 0x9E37_79B9)
      func flush() {
        finder.find(left: left, right: right, into: &patterns)
        tally.add(left, right, patterns, fields, comparisons)
        left.removeAll(keepingCapacity: true)
        right.removeAll(keepingCapacity: true)
      }
      for index in pieces[piece] {
        if takesAll {
          for other in (index + 1)..<max(index + 1, count) {
            left.append(Int32(index))
            right.append(Int32(other))
            if left.count == 4_096 { flush() }
          }
        } else {
          let (a, b) = (draws.below(count), draws.below(count))
          if a == b { continue }
          left.append(Int32(min(a, b)))
          right.append(Int32(max(a, b)))
          if left.count == 4_096 { flush() }
        }
      }
      flush()
      return tally
    }
    var total = Tally(comparisons)
    for part in parts { total.add(part) }
    return total.result(fields, comparisons, sampled: takesAll ? all : samples)
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

    mutating func add(
      _ left: [Int32], _ right: [Int32], _ patterns: [UInt64], _ fields: [Field], _ comparisons: [Comparison]
    ) {
      for k in comparisons.indices {
        for pair in patterns.indices {
          let level = Int(PatternTable.level(patterns[pair], k))
          counts[k][level] += 1
          if level > 0,
            let (a, b, field) = comparisons[k].values(fields, Int(left[pair]), Int(right[pair]), patterns[pair])
          {
            occurrences[k][level] += Int(max(field.occurrences(a), field.occurrences(b)))
          }
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
          if case .script = comparisons[k].subject {} else { exact(field, &shares, &means) }
        }
        result.shares.append(shares)
        result.known.append(known / max(1, known + Double(counts[k][0])))
        let all = Double(max(1, comparisons[k].field(fields)?.known ?? 1))
        result.frequencyMeans.append(means.enumerated().map { $0 == 0 || $0 == levels ? 0 : $1 / all })
      }
      return result
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

extension Field {
  @inline(__always)
  func occurrences(_ value: Int32) -> Int32 { max(1, counts[Int(value)]) }
}

extension Comparison {
  /// The field whose values it compares; nil of the order of names.
  func field(_ fields: [Field]) -> Field? { fieldNumber.map { fields[$0] } }

  /// The values that it compared to come to a pattern, as the order of names says.
  @inline(__always)
  func values(_ fields: [Field], _ a: Int, _ b: Int, _ pattern: UInt64) -> (Int32, Int32, Field)? {
    switch subject {
    case .field(let number), .script(let number, _):
      return (fields[number].codes[a], fields[number].codes[b], fields[number])
    case .swappable(let number, let other, let order):
      let isSwapped = PatternTable.level(pattern, order) == 2
      return (fields[number].codes[a], fields[isSwapped ? other : number].codes[b], fields[number])
    case .order: return nil
    }
  }
}
