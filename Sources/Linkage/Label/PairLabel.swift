/// What a person says of two records.
public struct PairLabel: Sendable, Equatable {
  public var left: Int32
  public var right: Int32
  /// Whether both are one entity.
  public var isMatch: Bool

  public init(_ left: Int32, _ right: Int32, isMatch: Bool) {
    self.left = min(left, right)
    self.right = max(left, right)
    self.isMatch = isMatch
  }
}
