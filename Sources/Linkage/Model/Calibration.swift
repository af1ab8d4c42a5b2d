import Glibc

/// Turns match weights into probabilities by what became of pairs of like weight when they were clustered.
///
/// A model whose fields are not quite independent is too sure of itself. Clusters weigh many pairs at once, so they know
/// better: of the pairs of each half bit, the share that lies within clusters, made to rise with the weight by pooling
/// adjacent violators (Ayer et al. 1955), says how probable such pairs are. Where there are few pairs the model's own
/// probability prevails.
struct Calibration: Sendable {
  private static let lowest: Float = -12
  private static let binsABit: Float = 2
  private static let bins = 64
  /// By bin.
  private var shares: [Double]
  /// How many pairs the model's own probability is worth.
  private static let prior = 20.0

  init(_ pairs: [ScoredPair], _ clusters: Clustering) {
    var all = [Double](repeating: 0, count: Self.bins)
    var inside = all
    for pair in pairs {
      let bin = Self.bin(pair.weight)
      all[bin] += 1
      if clusters.numbers[Int(pair.left)] == clusters.numbers[Int(pair.right)] { inside[bin] += 1 }
    }
    var blocks: [(inside: Double, all: Double, bins: Int)] = []
    for bin in 0..<Self.bins {
      let weight = Double(Self.lowest) + (Double(bin) + 0.5) / Double(Self.binsABit)
      let own = 1 / (1 + exp2(-weight))
      blocks.append((inside[bin] + Self.prior * own, all[bin] + Self.prior, 1))
      while blocks.count > 1,
        blocks[blocks.count - 2].inside / blocks[blocks.count - 2].all >= blocks[blocks.count - 1].inside
          / blocks[blocks.count - 1].all
      {
        let last = blocks.removeLast()
        blocks[blocks.count - 1].inside += last.inside
        blocks[blocks.count - 1].all += last.all
        blocks[blocks.count - 1].bins += last.bins
      }
    }
    shares = blocks.flatMap { block in [Double](repeating: block.inside / block.all, count: block.bins) }
  }

  private static func bin(_ weight: Float) -> Int {
    min(bins - 1, max(0, Int((weight - lowest) * binsABit)))
  }

  func probability(_ weight: Float) -> Float { Float(shares[Self.bin(weight)]) }

  /// The weight from which on pairs are links, so that the expected F1 of pairs is highest.
  static func threshold(_ pairs: [ScoredPair], _ probabilities: [Float]) -> Float {
    var counts = [Double](repeating: 0, count: bins)
    var sums = counts
    for (pair, probability) in zip(pairs, probabilities) {
      counts[bin(pair.weight)] += 1
      sums[bin(pair.weight)] += Double(probability)
    }
    let all = sums.reduce(0, +)
    var (taken, positives, best) = (0.0, 0.0, -1.0)
    var threshold: Float = 0
    for bin in (0..<bins).reversed() where counts[bin] > 0 {
      taken += counts[bin]
      positives += sums[bin]
      let f1 = 2 * positives / (taken + all)
      if f1 > best { (best, threshold) = (f1, lowest + Float(bin) / binsABit) }
    }
    return threshold
  }
}
