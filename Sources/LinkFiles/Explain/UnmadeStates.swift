import Linkage

/// How likely it is that no rule makes a match, where its fields' keys are shared or not independently of each other.
///
/// Fields are gone through one by one; a state is what is shared so far of keys that rules still wait for, and ends where a
/// rule has all it needs. Two states from which the same follows are one, so that there are few.
struct UnmadeStates {
  /// By field: its keys' combinations that come about, ascending; none shared always among them.
  let categories: [[UInt64]]
  /// By field, by state before it, by category: the state behind it, -1 where a rule makes the pair.
  private let next: [[[Int]]]

  init(_ shared: SharedKeys) {
    categories = shared.fields.map { mask in
      Set(shared.rows.map { $0.keys & mask } + [0]).sorted()
    }
    var next: [[[Int]]] = []
    var states: [UInt64] = [0]
    for (field, combinations) in categories.enumerated() {
      let later = shared.fields[(field + 1)...].reduce(0, |)
      let waiting = shared.rules.reduce(UInt64(0)) { $1 & later != 0 ? $0 | $1 : $0 }
      var behind: [UInt64] = []
      next.append(
        states.map { state in
          combinations.map { keys in
            let all = state | keys
            if shared.rules.contains(where: { $0 & all == $0 }) { return -1 }
            if let known = behind.firstIndex(of: all & waiting) { return known }
            behind.append(all & waiting)
            return behind.count - 1
          }
        })
      states = behind
    }
    self.next = next
  }

  /// - Parameter shares: by field, by category.
  /// - Returns: the probability that no rule makes the pair; and of that, by field and category, the part in which the
  ///   field is in that category.
  func probability(_ shares: [[Double]]) -> (unmade: Double, parts: [[Double]]) {
    var before: [[Double]] = [[1]]
    for field in next.indices {
      var behind = [Double](repeating: 0, count: stateCount(behind: field))
      for (state, row) in next[field].enumerated() {
        for (category, target) in row.enumerated() where target >= 0 {
          behind[target] += before[field][state] * shares[field][category]
        }
      }
      before.append(behind)
    }
    var parts = shares.map { [Double](repeating: 0, count: $0.count) }
    var rest = [Double](repeating: 1, count: before[next.count].count)
    for field in next.indices.reversed() {
      var earlier = [Double](repeating: 0, count: next[field].count)
      for (state, row) in next[field].enumerated() {
        for (category, target) in row.enumerated() where target >= 0 {
          let share = shares[field][category] * rest[target]
          earlier[state] += share
          parts[field][category] += before[field][state] * share
        }
      }
      rest = earlier
    }
    return (before[next.count].reduce(0, +), parts)
  }

  private func stateCount(behind field: Int) -> Int {
    field + 1 < next.count ? next[field + 1].count : (next[field].joined().max() ?? -1) + 1
  }
}
