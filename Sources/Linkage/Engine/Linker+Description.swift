/// What a model of this linker is about, in words that files keep.
extension Linker {
  /// By comparison, in the order of `MatchModel`: its name, and those of its levels, "missing" first.
  public var comparisonNames: [(id: String, levels: [String])] {
    shape.comparisons.map { ($0.id, ["missing"] + $0.ladder.levels.map(\.id)) }
  }

  /// The groups of fields that change as a whole, in the order of `MatchModel.kept`.
  public var keptGroups: [FieldGroup] { shape.groups.map(\.group) }

  /// By comparison: the number of its group in `keptGroups`, nil where it changes alone.
  public var groupNumbers: [Int?] {
    shape.comparisons.indices.map { comparison in shape.groups.firstIndex { $0.members.contains(comparison) } }
  }

  /// By comparison, by level: how many of the pairs of at least a weight show it, who need not be candidates. O(pairs ×
  /// comparisons).
  public func levelCounts(among pairs: [ScoredPair], atLeast weight: Float) -> [[Int]] {
    var counts = shape.comparisons.map { [Int](repeating: 0, count: $0.ladder.count) }
    var finder = PatternFinder(patterns)
    var (left, right, found): ([Int32], [Int32], [UInt64]) = ([], [], [])
    func count() {
      finder.find(left: left, right: right, into: &found)
      for comparison in counts.indices {
        for pattern in found { counts[comparison][Int(PatternTable.level(pattern, comparison))] += 1 }
      }
      left.removeAll(keepingCapacity: true)
      right.removeAll(keepingCapacity: true)
    }
    for pair in pairs where pair.weight >= weight {
      left.append(pair.left)
      right.append(pair.right)
      if left.count == 1_024 { count() }
    }
    count()
    return counts
  }
}
