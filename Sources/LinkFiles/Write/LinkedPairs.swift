/// Pairs of records with what the model says of each.
public struct LinkedPairs: Sendable {
  public var left: [Int32]
  public var right: [Int32]
  /// In bits.
  public var weights: [Float]
  /// Of being one entity.
  public var probabilities: [Float]

  public init(left: [Int32] = [], right: [Int32] = [], weights: [Float] = [], probabilities: [Float] = []) {
    precondition(left.count == right.count && left.count == weights.count && left.count == probabilities.count)
    self.left = left
    self.right = right
    self.weights = weights
    self.probabilities = probabilities
  }

  public var count: Int { left.count }

  public mutating func append(_ a: Int32, _ b: Int32, _ weight: Float, _ probability: Float) {
    left.append(a)
    right.append(b)
    weights.append(weight)
    probabilities.append(probability)
  }

  /// Both records of a pair as one number that sorts as the pair does: the smaller one above the greater one.
  @inline(__always)
  func key(_ pair: Int) -> UInt64 {
    let (a, b) = (left[pair], right[pair])
    return UInt64(UInt32(bitPattern: min(a, b))) << 32 | UInt64(UInt32(bitPattern: max(a, b)))
  }

  /// Whether the pairs ascend by smaller, then greater record.
  var isSorted: Bool {
    var last: UInt64 = 0
    for pair in 0..<count {
      let key = key(pair)
      if key < last { return false }
      last = key
    }
    return true
  }
}
