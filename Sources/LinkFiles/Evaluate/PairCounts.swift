/// Claims that are right, claims that are wrong, and what should have been claimed: pairs, or whole clusters.
public struct PairCounts: Sendable, Equatable {
  public var right: Int
  public var wrong: Int
  public var missed: Int

  public init(right: Int = 0, wrong: Int = 0, missed: Int = 0) {
    self.right = right
    self.wrong = wrong
    self.missed = missed
  }

  public var rates: Rates {
    Rates(
      precision: right + wrong == 0 ? 1 : Double(right) / Double(right + wrong),
      recall: right + missed == 0 ? 1 : Double(right) / Double(right + missed),
      f1: right + wrong + missed == 0 ? 1 : Double(2 * right) / Double(2 * right + wrong + missed))
  }
}

/// Precision, recall and their harmonic mean, from 0 to 1; 1 where there was nothing to get wrong.
public struct Rates: Sendable, Equatable {
  public var precision: Double
  public var recall: Double
  public var f1: Double

  public init(precision: Double, recall: Double, f1: Double) {
    self.precision = precision
    self.recall = recall
    self.f1 = f1
  }
}
