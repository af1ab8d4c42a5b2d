/// Pairs on their way to their patterns, some at a time: field by field, so that a field's values and what was compared of
/// them stay near.
struct PatternBatch: ~Copyable {
  /// What of it is compared at a time stays in the nearer caches.
  private static let size = 1_024

  private var finder: PatternFinder
  private var left: [Int32] = []
  private var right: [Int32] = []
  private var patterns: [UInt64] = []

  init(_ pairs: PairPatterns) { finder = PatternFinder(pairs) }

  /// - Parameter use: takes left and right records and patterns, where enough pairs have come together.
  @inline(__always)
  mutating func append(_ a: Int32, _ b: Int32, _ use: ([Int32], [Int32], [UInt64]) -> Void) {
    left.append(a)
    right.append(b)
    if left.count == Self.size { flush(use) }
  }

  /// Gives `use` what is left.
  mutating func flush(_ use: ([Int32], [Int32], [UInt64]) -> Void) {
    finder.find(left: left, right: right, into: &patterns)
    use(left, right, patterns)
    left.removeAll(keepingCapacity: true)
    right.removeAll(keepingCapacity: true)
  }
}
