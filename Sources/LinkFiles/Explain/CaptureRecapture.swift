import Glibc

/// How many there are in all, from how many two independent catches found and how many are in both.
///
/// Chapman's estimator (Chapman 1951), N = (n₁ + 1)(n₂ + 1) / (m + 1) − 1, with the variance of Seber (1970),
/// (n₁ + 1)(n₂ + 1)(n₁ − m)(n₂ − m) / ((m + 1)² (m + 2)). Counts may be expected ones, sums of probabilities.
public struct CaptureRecapture: Sendable, Equatable {
  public var first: Double
  public var second: Double
  public var both: Double

  public init(first: Double, second: Double, both: Double) {
    self.first = first
    self.second = second
    self.both = min(both, first, second)
  }

  public var total: Double { (first + 1) * (second + 1) / (both + 1) - 1 }

  public var deviation: Double {
    let variance =
      (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) * (both + 1) * (both + 2))
    return variance.squareRoot()
  }

  /// In which the total lies with a probability of 95 %, as far as the normal law holds; never less than was found.
  public var interval: (low: Double, high: Double) {
    (max(first + second - both, total - 1.96 * deviation), total + 1.96 * deviation)
  }
}
