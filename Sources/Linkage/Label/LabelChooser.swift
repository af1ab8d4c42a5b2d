/// Chooses the pairs whose answer would teach the model most.
public enum LabelChooser {
  /// Pairs of a probability further from ½ than this are asked only where there are no others.
  private static let nearCertain: Float = 0.01

  /// Pairs by what their answers teach, the best first.
  ///
  /// A pair is worth its uncertainty p(1 − p), the variance of the answer, times how many pairs show the same pattern,
  /// of whom the answer tells too; each pair that was chosen of a pattern already divides it by one more. O(pairs log
  /// pairs + patterns · count). Of equals the pair that comes first.
  /// - Parameters:
  ///   - pairs: of the candidates, in their order, and the probability of each.
  ///   - known: pairs that are not asked again.
  public static func choose(
    _ candidates: CandidatePairs, _ pairs: [ScoredPair], _ probabilities: [Float], count: Int,
    known: [RecordPair] = []
  ) -> [ScoredPair] {
    var groups = groups(candidates, pairs, probabilities, Set(known))
    var chosen: [ScoredPair] = []
    for isDoubtful in [true, false] {
      while chosen.count < count {
        var best: (group: Int, value: Float)?
        for (index, group) in groups.enumerated() {
          guard let pair = group.next, (probabilities[pair] * (1 - probabilities[pair]) >= doubt) == isDoubtful else {
            continue
          }
          let value = probabilities[pair] * (1 - probabilities[pair]) * group.size / Float(group.taken + 1)
          if value > best?.value ?? -1 { best = (index, value) }
        }
        guard let best, let pair = groups[best.group].next else { break }
        chosen.append(pairs[pair])
        groups[best.group].taken += 1
      }
    }
    return chosen
  }

  private static var doubt: Float { nearCertain * (1 - nearCertain) }

  /// The scored pairs of one pattern.
  private struct Group {
    /// Pairs of the pattern, asked already or not.
    var size: Float
    /// Indexes of those not asked, the most uncertain first.
    var pairs: [Int] = []
    var taken = 0

    var next: Int? { taken < pairs.count ? pairs[taken] : nil }
  }

  private static func groups(
    _ candidates: CandidatePairs, _ pairs: [ScoredPair], _ probabilities: [Float], _ known: Set<RecordPair>
  ) -> [Group] {
    var numbers: [UInt64: Int] = [:]
    var groups: [Group] = []
    var groupOf = [Int](repeating: 0, count: candidates.table.patterns.count)
    for (number, pattern) in candidates.table.patterns.enumerated() {
      let group = numbers[pattern] ?? groups.count
      if group == groups.count {
        numbers[pattern] = group
        groups.append(Group(size: 0))
      }
      groups[group].size += Float(candidates.table.counts[number])
      groupOf[number] = group
    }
    var place = 0
    for (index, pair) in pairs.enumerated() {
      while candidates.left[place] != pair.left || candidates.right[place] != pair.right { place += 1 }
      if known.contains(RecordPair(pair.left, pair.right)) { continue }
      groups[groupOf[Int(candidates.patterns[place])]].pairs.append(index)
    }
    for group in groups.indices {
      groups[group].pairs.sort { a, b in
        let (x, y) = (abs(probabilities[a] - 0.5), abs(probabilities[b] - 0.5))
        return x != y ? x < y : a < b
      }
    }
    return groups
  }
}
