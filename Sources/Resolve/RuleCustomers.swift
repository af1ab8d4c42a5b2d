import Linkage

/// The customers that the rules made: what must hold between two of them if they are to be one.
struct RuleCustomers {
  /// By row.
  let roots: [Int32]
  private let keys: PartyKeys
  private var sets: ConstrainedSets
  private var matcher: NameMatcher
  /// By root: `plainNames[starts[root]..<starts[root + 1]]`, distinct names in Chinese characters.
  private let starts: [Int32]
  private let plainNames: [Int32]
  /// By root: `rows[firsts[root]..<firsts[root + 1]]`, its records, ascending.
  private let firsts: [Int32]
  private let rows: [Int32]

  init(_ roots: [Int32], joins: [Join], _ keys: PartyKeys) {
    self.roots = roots
    self.keys = keys
    sets = NeverTogether.sets(for: keys)
    for join in joins { _ = sets.union(join.left, join.right) }
    let matcher = NameMatcher(keys.nameTexts)
    self.matcher = matcher
    var rows = KeyedRows(capacity: roots.count)
    for row in roots.indices where matcher.clarity(keys.names[row]) == .plain {
      rows.append(UInt64(roots[row]) << 32 | UInt64(keys.names[row]), row: Int32(row))
    }
    rows.sort()
    var names: [Int32] = []
    var starts = [Int32](repeating: 0, count: roots.count + 1)
    for index in rows.keys.indices where index == 0 || rows.keys[index] != rows.keys[index - 1] {
      names.append(Int32(truncatingIfNeeded: rows.keys[index] & 0xFFFF_FFFF))
      starts[Int(rows.keys[index] >> 32) + 1] += 1
    }
    for root in roots.indices { starts[root + 1] += starts[root] }
    self.starts = starts
    plainNames = names
    (firsts, self.rows) = Self.members(roots)
  }

  private static func members(_ roots: [Int32]) -> (firsts: [Int32], rows: [Int32]) {
    var firsts = [Int32](repeating: 0, count: roots.count + 1)
    for root in roots { firsts[Int(root) + 1] += 1 }
    for root in roots.indices { firsts[root + 1] += firsts[root] }
    var next = firsts
    var rows = [Int32](repeating: 0, count: roots.count)
    for (row, root) in roots.enumerated() {
      rows[Int(next[Int(root)])] = Int32(row)
      next[Int(root)] += 1
    }
    return (firsts, rows)
  }

  /// The records of a customer, ascending.
  func members(_ root: Int32) -> ArraySlice<Int32> { rows[Int(firsts[Int(root)])..<Int(firsts[Int(root) + 1])] }

  /// What the records hold, at the roots of their customers: of several values the first.
  func slots(_ columns: [[Int32]]) -> [[Int32]] {
    columns.map { column in
      var slots = [Int32](repeating: -1, count: roots.count)
      for row in roots.indices where column[row] >= 0 && slots[Int(roots[row])] < 0 {
        slots[Int(roots[row])] = column[row]
      }
      return slots
    }
  }

  /// The reason why two customers may never be one, nil where they may.
  mutating func prohibition(_ a: Int32, _ b: Int32) -> Review.Reason? {
    sets.conflict(a, b).map { NeverTogether.reason($0, keys) }
  }

  /// Takes note of a join.
  mutating func join(_ a: Int32, _ b: Int32) { _ = sets.union(a, b) }

  /// Whether both have names in Chinese characters and none of the one is one of the other.
  ///
  /// - Parameter withSlips: whether names are the same also but for one character, or where all characters sound the same.
  mutating func areNamesContrary(_ a: Int32, _ b: Int32, withSlips: Bool = false) -> Bool {
    let (first, second) = (names(a), names(b))
    if first.isEmpty || second.isEmpty { return false }
    for name in first {
      for other in second where matcher.match(name, other, typos: withSlips) != .different { return false }
    }
    return true
  }

  private func names(_ root: Int32) -> ArraySlice<Int32> {
    plainNames[Int(starts[Int(root)])..<Int(starts[Int(root) + 1])]
  }
}
