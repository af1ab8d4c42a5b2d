import Basics

/// Blocking keys for long texts: texts whose sets of q-grams or tokens are alike share a key with high probability.
///
/// MinHash (A. Z. Broder, "On the Resemblance and Containment of Documents", Compression and Complexity of Sequences (1997))
/// in bands (J. Leskovec, A. Rajaraman and J. D. Ullman, "Mining of Massive Datasets", section 3.4): the least of a set
/// under a random order is the same for two sets with probability s, their Jaccard similarity; a band's key takes `rows`
/// such minima together, so that at least one of `bands` keys is shared with probability
///
///     1 − (1 − s^rows)^bands,
///
/// an S-shaped curve that is steepest near (1/bands)^(1/rows): 0.55 for 20 bands of 5 rows, 0.35 for 8 of 2.
///
/// The same keys on every machine and run for the same seed. O(bands · rows · set) a text; a value may be shared by threads.
public struct LSHKeys: Sendable {
  public let bands: Int
  public let rows: Int
  /// By hash function, row after row within a band after band: an odd factor.
  private let factors: [UInt64]
  private let seed: UInt64

  public init(bands: Int, rows: Int, seed: UInt64 = 0) {
    precondition(bands > 0 && rows > 0)
    self.bands = bands
    self.rows = rows
    self.seed = SplitMix64.mix(seed)
    let seed = self.seed
    factors = (0..<bands * rows).map { SplitMix64.mix(seed &+ UInt64($0)) | 1 }
  }

  /// The probability that two sets of this Jaccard similarity share a key.
  public func chance(similarity: Double) -> Double {
    1 - Self.power(1 - Self.power(similarity, rows), bands)
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<exponent { result *= base }
    return result
  }

  /// Appends `bands` keys of a folded text by its q-grams, padded as in `QGrams`; none of an empty text.
  public func append(of units: UnsafeBufferPointer<UInt16>, q: Int = 3, to keys: inout [UInt64]) {
    precondition((1...4).contains(q))
    let count = units.count + q - 1
    if units.count == 0 { return }
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { elements in
      let kept = q == 4 ? ~UInt64(0) : (1 << UInt64(16 * q)) - 1
      var gram: UInt64 = 0
      for index in 0..<count {
        gram = (gram << 16 | (index < units.count ? UInt64(units[index]) : 0)) & kept
        elements[index] = SplitMix64.mix(gram ^ seed)
      }
      append(mixed: UnsafeBufferPointer(elements), to: &keys)
    }
  }

  /// Appends `bands` keys of a set of numbered tokens, in any order; none of an empty set.
  public func append(of tokens: UnsafeBufferPointer<Int32>, to keys: inout [UInt64]) {
    if tokens.count == 0 { return }
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: tokens.count) { elements in
      for index in 0..<tokens.count {
        elements[index] = SplitMix64.mix(UInt64(UInt32(bitPattern: tokens[index])) ^ seed)
      }
      append(mixed: UnsafeBufferPointer(elements), to: &keys)
    }
  }

  /// The hash functions are multiples of the mixed element: as it is spread over all 64 bits already, the orders that they
  /// give are as good as random ones; tests hold the keys shared to the curve above.
  private func append(mixed elements: UnsafeBufferPointer<UInt64>, to keys: inout [UInt64]) {
    factors.withUnsafeBufferPointer { factors in
      for band in 0..<bands {
        var key = SplitMix64.mix(seed ^ UInt64(band))
        for row in 0..<rows {
          let factor = factors[band &* rows &+ row]
          var least = UInt64.max
          for element in elements { least = min(least, element &* factor) }
          key = SplitMix64.mix(key ^ least)
        }
        keys.append(key)
      }
    }
  }
}
