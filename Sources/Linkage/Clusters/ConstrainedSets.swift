/// Disjoint sets of which each may hold at most one value in each of a few slots: sets that hold different values in one
/// slot are never joined.
///
/// A set carries the list of its values, one entry a slot in use, so a union costs the product of two short lists.
public struct ConstrainedSets: Sendable {
  public enum Outcome: Sendable, Equatable {
    case joined
    case alreadyTogether
    /// Nothing was changed; `slot` is the smallest in which the two sets contradict each other.
    case refused(slot: Int)
  }

  @usableFromInline var sets: DisjointSets
  /// By root: its first entry, -1 for none.
  @usableFromInline var heads: [Int32]
  @usableFromInline var values: [UInt64] = []
  @usableFromInline var slots: [UInt8] = []
  @usableFromInline var nexts: [Int32] = []

  public init(count: Int) {
    sets = DisjointSets(count: count)
    heads = [Int32](repeating: -1, count: count)
  }

  public var count: Int { heads.count }

  public mutating func reserveValues(_ count: Int) {
    values.reserveCapacity(count)
    slots.reserveCapacity(count)
    nexts.reserveCapacity(count)
  }

  /// Gives an element its value in a slot; once for each slot, and before the first union.
  public mutating func assign(_ value: UInt64, slot: UInt8, to element: Int32) {
    nexts.append(heads[Int(element)])
    heads[Int(element)] = Int32(values.count)
    values.append(value)
    slots.append(slot)
  }

  @inlinable
  public mutating func find(_ element: Int32) -> Int32 { sets.find(element) }

  /// The smallest slot in which the sets of two elements hold different values, nil where they may be joined.
  public mutating func conflict(_ a: Int32, _ b: Int32) -> Int? {
    // Not as arguments: self would be loaded before they change it, and the arrays copied each time.
    let (a, b) = (find(a), find(b))
    return conflict(ofRoots: a, b)
  }

  /// Joins the sets of two elements unless that would put two values into one slot.
  public mutating func union(_ a: Int32, _ b: Int32) -> Outcome {
    let (a, b) = (find(a), find(b))
    if a == b { return .alreadyTogether }
    if let slot = conflict(ofRoots: a, b) { return .refused(slot: slot) }
    let (root, other) = (min(a, b), max(a, b))
    var entry = heads[Int(other)]
    while entry >= 0 {
      let next = nexts[Int(entry)]
      if self.entry(of: root, slot: slots[Int(entry)]) < 0 {
        nexts[Int(entry)] = heads[Int(root)]
        heads[Int(root)] = entry
      }
      entry = next
    }
    sets.union(root, other)
    return .joined
  }

  /// The value that an element's set holds in a slot.
  public mutating func value(of element: Int32, slot: UInt8) -> UInt64? {
    let root = find(element)
    let entry = entry(of: root, slot: slot)
    return entry < 0 ? nil : values[Int(entry)]
  }

  /// The root of every element.
  public mutating func roots() -> [Int32] { sets.roots() }

  private func entry(of root: Int32, slot: UInt8) -> Int32 {
    var entry = heads[Int(root)]
    while entry >= 0, slots[Int(entry)] != slot { entry = nexts[Int(entry)] }
    return entry
  }

  private func conflict(ofRoots a: Int32, _ b: Int32) -> Int? {
    if a == b { return nil }
    var found: Int?
    var entry = heads[Int(b)]
    while entry >= 0 {
      let slot = slots[Int(entry)]
      let other = self.entry(of: a, slot: slot)
      if other >= 0, values[Int(other)] != values[Int(entry)] { found = min(found ?? Int(slot), Int(slot)) }
      entry = nexts[Int(entry)]
    }
    return found
  }
}
