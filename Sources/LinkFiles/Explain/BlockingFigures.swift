import Linkage

/// What blocking rules make and what they may miss.
public struct BlockingFigures: Sendable {
  public struct Rule: Sendable {
    /// Each in words: `year of born`.
    public var atoms: [String]
    /// Of all its blocks; pairs that come several times in it count as often.
    public var blocks: BlockFigures
    /// Different pairs; those that no other rule makes; those that no earlier rule makes.
    public var pairs: Int
    public var pairsOnly: Int
    public var pairsAdded: Int
    /// Expected matches, by the model's share of matches among the rule's pairs.
    public var matches: Double
    /// Sums of the pairs' probabilities: of those that no other rule makes, and no earlier one.
    public var matchesOnly: Double
    public var matchesAdded: Double
    /// Matches expected among the pairs of too large blocks that are left out and that no other rule makes: as many as
    /// among the rule's other pairs.
    public var matchesLeftOut: Double
  }

  public var recordCount: Int
  public var budget: Int
  /// Different pairs that are compared.
  public var pairs: Int
  /// Sum of the probabilities of these.
  public var matches: Double
  public var rules: [Rule]
  /// What no rule makes; nil where all pairs are compared.
  public var missed: MissedMatches?

  public var allPairs: Int { recordCount * (recordCount - 1) / 2 }
}

extension BlockingFigures {
  /// - Parameters:
  ///   - scored: pairs of the candidates, in their order, and the probability of each.
  ///   - budget: of pairs, as the rules were chosen for; 0 where it is not known.
  ///   - missed: what no rule makes.
  public init(
    _ matching: Matching, _ candidates: CandidatePairs, _ trained: TrainedModel, _ scored: [ScoredPair],
    _ probabilities: [Float], recordCount: Int, budget: Int, missed: MissedMatches?
  ) {
    let masks = RuleMasks(candidates, scored, probabilities)
    let matches = masks.rows.reduce(0) { $0 + $1.matches }
    self.init(
      recordCount: recordCount, budget: budget, pairs: candidates.count, matches: matches, rules: [], missed: missed)
    rules = matching.blocking.indices.map { index in
      let bit: UInt32 = 1 << UInt32(index)
      let all = masks.sum { $0 & bit != 0 }
      let only = masks.sum { $0 == bit }
      let added = masks.sum { $0.trailingZeroBitCount == index }
      let share = index < trained.ruleShares.count ? trained.ruleShares[index].match : 0
      let alone = all.matches > 0 ? only.matches / all.matches : 0
      return Rule(
        atoms: matching.blocking[index].atoms.map(Self.text), blocks: candidates.blocks[index], pairs: all.pairs,
        pairsOnly: only.pairs,
        pairsAdded: added.pairs, matches: share * Double(all.pairs), matchesOnly: only.matches,
        matchesAdded: added.matches, matchesLeftOut: Double(candidates.blocks[index].pairsLeftOut) * share * alone)
    }
  }

  /// What records agree in, in words.
  static func text(_ atom: Matching.KeyAtom) -> String {
    switch atom.part {
    case .exact: atom.field
    case .prefix(let count): "first \(count) characters of \(atom.field)"
    case .suffix(let count): "last \(count) characters of \(atom.field)"
    case .phonetic: "sound of \(atom.field)"
    case .year: "year of \(atom.field)"
    case .monthAndDay: "month and day of \(atom.field)"
    case .yearAndMonth: "year and month of \(atom.field)"
    case .words: "a word of \(atom.field)"
    case .givenNames: "a given name of \(atom.field)"
    case .familySounds: "sound of the family name of \(atom.field)"
    case .syllables: "sounds of two syllables of \(atom.field)"
    case .similar: "similar \(atom.field)"
    case .localPart: "what stands before the @ of \(atom.field)"
    }
  }
}

extension LinkOutcome {
  /// What its rules made and may have missed.
  public var blocking: BlockingFigures {
    let missed =
      run.matching.blocking.isEmpty
      ? nil : MissedMatches(SharedKeys(run.linker, result.pairs, result.probabilities))
    return BlockingFigures(
      run.matching, candidates, trained, result.pairs, result.probabilities, recordCount: run.input.records.count,
      budget: run.choice?.budget ?? 0, missed: missed)
  }
}

/// Pairs and expected matches by which rules make them.
struct RuleMasks {
  struct Row {
    var mask: UInt32
    var pairs: Int
    var matches: Double
  }

  /// Ascending by mask.
  private(set) var rows: [Row] = []

  init(_ candidates: CandidatePairs, _ scored: [ScoredPair], _ probabilities: [Float]) {
    var byPattern = [Double](repeating: 0, count: candidates.table.patterns.count)
    var place = 0
    for (pair, probability) in zip(scored, probabilities) {
      while candidates.left[place] != pair.left || candidates.right[place] != pair.right { place += 1 }
      byPattern[Int(candidates.patterns[place])] += Double(probability)
    }
    let order = byPattern.indices.sorted { candidates.table.rules[$0] < candidates.table.rules[$1] }
    for pattern in order {
      let mask = candidates.table.rules[pattern]
      if rows.last?.mask != mask { rows.append(Row(mask: mask, pairs: 0, matches: 0)) }
      rows[rows.count - 1].pairs += Int(candidates.table.counts[pattern])
      rows[rows.count - 1].matches += byPattern[pattern]
    }
  }

  func sum(_ isIn: (UInt32) -> Bool) -> (pairs: Int, matches: Double) {
    rows.reduce((0, 0)) { isIn($1.mask) ? ($0.0 + $1.pairs, $0.1 + $1.matches) : $0 }
  }
}
