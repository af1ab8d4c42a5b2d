/// Elements 0..<count in sets that only grow together; the root of a set is its smallest element.
///
/// Union towards the smaller index makes the root independent of the order of unions, at the price of the rank bound:
/// path halving alone keeps a find at O(log n) amortised.
public struct DisjointSets: Sendable {
  @usableFromInline var parents: [Int32]

  /// - Parameter count: at most `Int32.max`.
  public init(count: Int) {
    parents = [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
      for element in 0..<count { buffer.initializeElement(at: element, to: Int32(element)) }
      initialized = count
    }
  }

  public var count: Int { parents.count }

  /// The smallest element of the set that holds `element`.
  @inlinable
  public mutating func find(_ element: Int32) -> Int32 {
    parents.withUnsafeMutableBufferPointer { parents in
      var current = Int(element)
      var parent = parents[current]
      while parent != Int32(truncatingIfNeeded: current) {
        let grandparent = parents[Int(parent)]
        parents[current] = grandparent
        current = Int(grandparent)
        parent = parents[current]
      }
      return parent
    }
  }

  /// False where they were together already.
  @inlinable @discardableResult
  public mutating func union(_ a: Int32, _ b: Int32) -> Bool {
    let (a, b) = (find(a), find(b))
    if a == b { return false }
    parents[Int(max(a, b))] = min(a, b)
    return true
  }

  /// The root of every element.
  public mutating func roots() -> [Int32] {
    // A parent is never greater than its child, so it is resolved by the time its children come.
    parents.withUnsafeMutableBufferPointer { parents in
      for element in parents.indices { parents[element] = parents[Int(parents[element])] }
    }
    return parents
  }
}
