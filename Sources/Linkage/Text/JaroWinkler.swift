/// The Jaro and Jaro–Winkler similarities of two folded texts.
///
/// M. A. Jaro, "Advances in Record-Linkage Methodology as Applied to Matching the 1985 Census of Tampa, Florida", JASA 84
/// (1989), 414–420; W. E. Winkler, "String Comparator Metrics and Enhanced Decision Rules in the Fellegi–Sunter Model of
/// Record Linkage", Proc. Section on Survey Research Methods, ASA (1990), 354–359.
///
/// Both are symmetric and lie in 0...1; equal texts have 1, and a text against the empty one 0. Up to 64 units the common
/// characters are found by bit masks, O(|a| + |b|); beyond that by search, O(|a| · |b|).
public enum JaroWinkler {
  public typealias Units = UnsafeBufferPointer<UInt16>

  /// Jaro's similarity, and where it is above 0.7 a tenth of what it lacks for each of up to four equal first units.
  public static func similarity(_ a: Units, _ b: Units) -> Double {
    let jaro = jaro(a, b)
    guard jaro > 0.7 else { return jaro }
    let longest = min(4, a.count, b.count)
    var prefix = 0
    while prefix < longest, a[prefix] == b[prefix] { prefix &+= 1 }
    return jaro + Double(prefix) * 0.1 * (1 - jaro)
  }

  /// (m/|a| + m/|b| + (m − t)/m) / 3 for m common characters, of which 2t (rounded down) are out of order.
  ///
  /// Characters are common where they are equal and at most max(|a|, |b|)/2 − 1 places apart, each used once.
  public static func jaro(_ a: Units, _ b: Units) -> Double {
    if a.count == 0 || b.count == 0 { return a.count == b.count ? 1 : 0 }
    if a.count > 64 || b.count > 64 { return searched(a, b) }
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 128) { table in
      let table = table.baseAddress!
      if let masks = ASCIIMasks(a, table: table) { return masked(a, b, masks) }
      if a.count <= ScannedMasks.longest { return masked(a, b, ScannedMasks(pattern: a)) }
      return withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 128) { keys in
        masked(a, b, HashedMasks(a, table: table, keys: keys.baseAddress!))
      }
    }
  }

  /// How far apart equal characters may stand.
  @inline(__always)
  private static func window(_ a: Units, _ b: Units) -> Int { max(0, max(a.count, b.count) / 2 - 1) }

  @inline(__always)
  private static func score(_ common: Int, outOfOrder: Int, _ a: Units, _ b: Units) -> Double {
    if common == 0 { return 0 }
    let m = Double(common)
    let inOrder = Double(common &- outOfOrder / 2)
    return (m / Double(a.count) + m / Double(b.count) + inOrder / m) / 3
  }

  /// Both texts of 1 to 64 units. Each unit of `b` takes the first free equal one of `a` in its window.
  @inline(__always)
  private static func masked<Masks: MatchMasks>(_ a: Units, _ b: Units, _ masks: Masks) -> Double {
    let window = window(a, b)
    // Units of `a` in the window around place 0; it grows until it reaches back to place 0, and then moves.
    var near: UInt64 = window >= 63 ? ~0 : (1 &<< UInt64(window &+ 1)) &- 1
    var takenOfA: UInt64 = 0
    var takenOfB: UInt64 = 0
    for place in 0..<b.count {
      let free = masks.mask(b[place]) & near & ~takenOfA
      takenOfA |= free & (0 &- free)
      takenOfB |= (free != 0 ? 1 : 0) &<< UInt64(place)
      near = near << 1 | (place < window ? 1 : 0)
    }
    let common = takenOfA.nonzeroBitCount
    var outOfOrder = 0
    while takenOfB != 0 {
      let lowest = takenOfA & (0 &- takenOfA)
      let unit = b[takenOfB.trailingZeroBitCount]
      outOfOrder &+= masks.mask(unit) & lowest == 0 ? 1 : 0
      takenOfA ^= lowest
      takenOfB &= takenOfB &- 1
    }
    return score(common, outOfOrder: outOfOrder, a, b)
  }

  /// The definition, for texts of any length.
  private static func searched(_ a: Units, _ b: Units) -> Double {
    let window = window(a, b)
    return withUnsafeTemporaryAllocation(of: Bool.self, capacity: a.count + b.count) { taken in
      taken.initialize(repeating: false)
      var common = 0
      for place in 0..<b.count {
        let first = max(0, place - window)
        let end = min(a.count, place + window + 1)
        var other = first
        while other < end, taken[other] || a[other] != b[place] { other &+= 1 }
        if other < end {
          taken[other] = true
          taken[a.count &+ place] = true
          common &+= 1
        }
      }
      var outOfOrder = 0
      var other = 0
      for place in 0..<b.count where taken[a.count &+ place] {
        while !taken[other] { other &+= 1 }
        if a[other] != b[place] { outOfOrder &+= 1 }
        other &+= 1
      }
      return score(common, outOfOrder: outOfOrder, a, b)
    }
  }
}
