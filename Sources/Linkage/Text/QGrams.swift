/// Runs of q neighbouring units of a folded text.
public enum QGrams {
  public typealias Units = UnsafeBufferPointer<UInt16>

  /// Appends the q-grams of a text in order: count + q − 1 numbers, repeats included; none of an empty text.
  ///
  /// The text is padded with q − 1 zero units at either end, so that its beginning and end count. Units are packed, the
  /// first in the highest of the lowest 16 · q bits: different q-grams of one q have different numbers.
  ///
  /// - Parameter q: 1 to 4.
  public static func append(of units: Units, q: Int, to grams: inout [UInt64]) {
    precondition((1...4).contains(q))
    if units.count == 0 { return }
    let kept = q == 4 ? ~UInt64(0) : (1 << UInt64(16 * q)) - 1
    grams.reserveCapacity(grams.count + units.count + q - 1)
    var gram: UInt64 = 0
    for unit in units {
      gram = (gram << 16 | UInt64(unit)) & kept
      grams.append(gram)
    }
    for _ in 1..<q {
      gram = gram << 16 & kept
      grams.append(gram)
    }
  }

  /// The different q-grams of a text, ascending.
  public static func sorted(of units: Units, q: Int) -> [UInt64] {
    var grams: [UInt64] = []
    append(of: units, q: q, to: &grams)
    grams.sort()
    var count = 0
    for index in grams.indices where index == 0 || grams[index] != grams[index - 1] {
      grams[count] = grams[index]
      count += 1
    }
    grams.removeSubrange(count...)
    return grams
  }

  /// |a ∩ b| / |a ∪ b| of two lists that are ascending without repeats; 1 where both are empty.
  public static func jaccard(_ a: UnsafeBufferPointer<UInt64>, _ b: UnsafeBufferPointer<UInt64>) -> Double {
    let common = TokenSet.commonCount(a, b)
    let union = a.count &+ b.count &- common
    return union == 0 ? 1 : Double(common) / Double(union)
  }
}
