import Glibc

/// How common the names of a column are, told from whole names and from their parts.
///
/// A whole name that comes once or twice may be rare or not: its own count does not tell. So the frequency of a name seen c
/// times among N records is smoothed by absolute discounting, with what its parts say in place of what was taken off (the
/// interpolation of Kneser and Ney, 1995):
///
///     f(x) = max(0, c(x) - D) / N + B q(x)        B = sum over all names of min(c, D) / N
///     q(x) = p(family) × product of p(given)      p(w) = (distinct names that hold w as such a word) / (distinct names)
///
/// D, the discount, is what one entity has of records itself: a name must come from others too to be common. (Ney's own D, for
/// words of which each counts for itself, is the Good–Turing estimate N1 / (N1 + 2 N2); records of one entity would spoil it.)
/// p counts distinct names, so that no entity counts by its many records.
///
/// Names with Chinese characters, in simplified form, and names in letters are counted apart, each among its own kind: the
/// commoner form of two that agree says how common their name is.
struct NameFrequencies: Sendable {
  /// By value: log2 of how much commoner its name is than that of the mean record of its kind; negative for rare ones.
  private(set) var whole: [Float]
  /// By value: the same of the family name.
  private(set) var family: [Float]

  /// How far from the mean a name can be told to be, in bits.
  static let limit: Float = 10

  /// - Parameters:
  ///   - counts: by value: how many records have it.
  ///   - discount: records of one entity, its own included.
  init(_ parts: NameParts, counts: [Int32], discount: Double) {
    whole = [Float](repeating: 0, count: counts.count)
    family = whole
    for kind in [false, true] {
      let values = counts.indices.filter { parts.hasCharacters[$0] == kind && counts[$0] > 0 }
      if values.isEmpty { continue }
      let shares = Self.shares(parts, values, counts, discount)
      Self.standardise(shares.whole, values, counts, into: &whole)
      Self.standardise(shares.family, values, counts, into: &family)
    }
  }

  /// By entry of `values`: the frequencies of whole and family name.
  private static func shares(
    _ parts: NameParts, _ values: [Int], _ counts: [Int32], _ discount: Double
  ) -> (whole: [Double], family: [Double]) {
    var numbers: [UInt64: Int] = [:]
    var records: [Double] = []
    let names = values.map { value -> Int in
      let number = numbers[parts.keys[value], default: records.count]
      if number == records.count {
        numbers[parts.keys[value]] = number
        records.append(0)
      }
      records[number] += Double(counts[value])
      return number
    }
    var (families, givens): ([UInt32: Double], [UInt32: Double]) = ([:], [:])
    var isSeen = [Bool](repeating: false, count: records.count)
    for (value, name) in zip(values, names) where !isSeen[name] {
      isSeen[name] = true
      families[parts.families[value], default: 0] += 1
      for given in parts.givens(value) { givens[given, default: 0] += 1 }
    }
    let all = records.reduce(0, +)
    let kept = records.reduce(0) { $0 + min($1, discount) } / all
    let types = Double(records.count)
    var (whole, family): ([Double], [Double]) = ([], [])
    for (value, name) in zip(values, names) {
      let ofFamily = families[parts.families[value], default: 0] / types
      let ofParts = parts.givens(value).reduce(ofFamily) { $0 * givens[$1, default: 0] / types }
      whole.append(max(0, records[name] - discount) / all + kept * ofParts)
      family.append(ofFamily)
    }
    return (whole, family)
  }

  /// Writes the logarithm of each share over the mean, by record, of all.
  private static func standardise(_ shares: [Double], _ values: [Int], _ counts: [Int32], into result: inout [Float]) {
    var (sum, records) = (0.0, 0.0)
    for (share, value) in zip(shares, values) {
      sum += share * Double(counts[value])
      records += Double(counts[value])
    }
    for (share, value) in zip(shares, values) {
      result[value] = min(limit, max(-limit, Float(log2(share * records / sum))))
    }
  }
}

/// The words of names that count towards how common they are; by number of the value.
struct NameParts: Sendable {
  private(set) var hasCharacters: [Bool] = []
  /// Of all words, given names in one order.
  private(set) var keys: [UInt64] = []
  /// The family name's words as one; a hash.
  private(set) var families: [UInt32] = []
  private var elements: [UInt32] = []
  private var starts: [Int32] = [0]

  init(_ features: NameFeatures) {
    for value in 0..<Int32(features.count) { append(features.wordsOfParts(value)) }
  }

  private mutating func append(_ name: (family: [UInt32], given: [UInt32], hasCharacters: Bool)) {
    hasCharacters.append(name.hasCharacters)
    let family = name.family.reduce(NameHash.seed) { NameHash.mix($0, UInt64($1)) }
    families.append(UInt32(truncatingIfNeeded: family))
    keys.append(name.given.sorted().reduce(family) { NameHash.mix($0, UInt64($1)) })
    elements += name.given
    starts.append(Int32(elements.count))
  }

  func givens(_ value: Int) -> ArraySlice<UInt32> { elements[Int(starts[value])..<Int(starts[value + 1])] }
}
