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
    func count(_ left: [Int32], _ right: [Int32], _ found: [UInt64]) {
      for comparison in counts.indices {
        for pattern in found { counts[comparison][Int(PatternTable.level(pattern, comparison))] += 1 }
      }
    }
    var batch = PatternBatch(patterns)
    for pair in pairs where pair.weight >= weight { batch.append(pair.left, pair.right, count) }
    batch.flush(count)
    return counts
  }
}
