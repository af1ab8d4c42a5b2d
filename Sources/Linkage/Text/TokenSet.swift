/// Likeness of two sets of numbered tokens (words, q-grams), each sorted ascending without repeats.
///
/// All measures are symmetric and lie in 0...1. Two equal sets have 1, two without a common token 0, and so does an empty
/// set against any other. O(|a| + |b|).
public enum TokenSet {
  public typealias Tokens = UnsafeBufferPointer<Int32>

  /// How many tokens are in both.
  public static func intersectionCount(_ a: Tokens, _ b: Tokens) -> Int { commonCount(a, b) }

  /// How many elements two ascending lists without repeats have in common.
  @inline(__always)
  static func commonCount<Element: Comparable>(
    _ a: UnsafeBufferPointer<Element>, _ b: UnsafeBufferPointer<Element>
  ) -> Int {
    var i = 0
    var j = 0
    var common = 0
    while i < a.count, j < b.count {
      let x = a[i]
      let y = b[j]
      common &+= x == y ? 1 : 0
      i &+= x <= y ? 1 : 0
      j &+= y <= x ? 1 : 0
    }
    return common
  }

  /// |a ∩ b| / |a ∪ b|.
  public static func jaccard(_ a: Tokens, _ b: Tokens) -> Double {
    let common = intersectionCount(a, b)
    let union = a.count &+ b.count &- common
    return union == 0 ? 1 : Double(common) / Double(union)
  }

  /// |a ∩ b| / min(|a|, |b|): 1 where one set holds the other.
  public static func overlap(_ a: Tokens, _ b: Tokens) -> Double {
    let least = min(a.count, b.count)
    if least == 0 { return a.count == b.count ? 1 : 0 }
    return Double(intersectionCount(a, b)) / Double(least)
  }

  /// The weight of the common tokens over that of all, each token once.
  ///
  /// - Parameter weights: by token, above 0; the inverse document frequency, say.
  public static func jaccard(_ a: Tokens, _ b: Tokens, weights: UnsafeBufferPointer<Float>) -> Double {
    let sums = sums(a, b) { Double(weights[Int($0)]) }
    let union = sums.a + sums.b - sums.common
    return union <= 0 ? 1 : sums.common / union
  }

  /// The weight of the common tokens over that of the lighter set.
  public static func overlap(_ a: Tokens, _ b: Tokens, weights: UnsafeBufferPointer<Float>) -> Double {
    let sums = sums(a, b) { Double(weights[Int($0)]) }
    let least = min(sums.a, sums.b)
    if least <= 0 { return a.count == b.count ? 1 : 0 }
    return min(1, sums.common / least)
  }

  /// The cosine of the angle between the vectors of the weights: Σ w² of common tokens / √(Σ w² of a · Σ w² of b).
  ///
  /// With inverse document frequencies as weights, and no token twice, this is the TF-IDF cosine of W. W. Cohen,
  /// P. Ravikumar and S. E. Fienberg, "A Comparison of String Distance Metrics for Name-Matching Tasks", IIWeb (2003).
  public static func cosine(_ a: Tokens, _ b: Tokens, weights: UnsafeBufferPointer<Float>) -> Double {
    let sums = sums(a, b) { token in
      let weight = Double(weights[Int(token)])
      return weight * weight
    }
    let product = sums.a * sums.b
    if product <= 0 { return a.count == b.count ? 1 : 0 }
    return min(1, sums.common / product.squareRoot())
  }

  /// Weights added up in ascending order of token, so that equal sets have equal sums to the bit.
  @inline(__always)
  private static func sums(
    _ a: Tokens, _ b: Tokens, weight: (Int32) -> Double
  ) -> (a: Double, b: Double, common: Double) {
    var i = 0
    var j = 0
    var sums = (a: 0.0, b: 0.0, common: 0.0)
    while i < a.count || j < b.count {
      let x = i < a.count ? a[i] : Int32.max
      let y = j < b.count ? b[j] : Int32.max
      let value = weight(min(x, y))
      if x <= y {
        sums.a += value
        i &+= 1
      }
      if y <= x {
        sums.b += value
        j &+= 1
      }
      if x == y { sums.common += value }
    }
    return sums
  }
}
