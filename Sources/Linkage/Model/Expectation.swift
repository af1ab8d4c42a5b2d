import Glibc

/// Estimates m, h, the shares of groups kept and the shares of classes by expectation maximisation over the patterns of all
/// candidate pairs.
///
/// Each blocking rule is a stratum with class shares of its own, in which the fields that the rule blocks on tell nothing:
/// m of a field is learnt where the field was free to differ (Winkler 1988; Dempster, Laird and Rubin 1977).
struct Expectation {
  struct Settings: Sendable {
    var iterations = 60
    var tolerance = 1e-5
    /// Weight of the starting shares, in pairs.
    var priorPairs = 20.0
  }

  let shape: ModelShape
  let settings: Settings
  /// By rule: comparisons that it blocks on.
  let blocked: [Set<Int>]
  let random: RandomPairs
  let allPairs: Double
  private(set) var model: MatchModel
  /// By rule: shares of matches and of households.
  private(set) var ruleShares: [(match: Double, household: Double)]
  private(set) var logLikelihoods: [Double] = []
  private let start: MatchModel
  private let observations: [Observation]

  struct Observation {
    var rule: Int
    var count: Double
    /// 1 in the first rule that makes these pairs, 0 in the others: each pair counts once towards the number of matches.
    var share: Double
    var levels: [UInt8]
  }

  init(
    _ shape: ModelShape, _ table: PatternTable, random: RandomPairs, blocked: [Set<Int>], recordCount: Int,
    settings: Settings = Settings(), start: MatchModel? = nil
  ) {
    self.shape = shape
    self.settings = settings
    self.blocked = blocked
    self.random = random
    allPairs = max(1, Double(recordCount) * Double(recordCount - 1) / 2)
    self.start = MatchModel(shape, u: random.shares)
    model = start ?? self.start
    var perRule = [Double](repeating: 0, count: max(1, blocked.count))
    var seen: [Observation] = []
    for (number, pattern) in table.patterns.enumerated() {
      let levels = shape.comparisons.indices.map { PatternTable.level(pattern, $0) }
      let count = Double(table.counts[number])
      let mask = table.rules[number]
      for rule in 0..<max(1, blocked.count) where mask >> UInt32(rule) & 1 != 0 {
        perRule[rule] += count
        seen.append(Observation(rule: rule, count: count, share: rule == mask.trailingZeroBitCount ? 1 : 0, levels: levels))
      }
    }
    observations = seen
    let matches = 0.3 * Double(recordCount)
    ruleShares = perRule.map { pairs in
      (min(0.3, max(1e-5, matches / max(1, pairs))), shape.hasHouseholds ? 0.05 : 0)
    }
  }

  mutating func run() {
    for _ in 0..<settings.iterations {
      let before = model
      let likelihood = iterate()
      logLikelihoods.append(likelihood)
      var change = 0.0
      for k in model.m.indices { for l in model.m[k].indices { change = max(change, abs(model.m[k][l] - before.m[k][l])) } }
      if change < settings.tolerance { break }
    }
  }

  private mutating func iterate() -> Double {
    var sums = Sums(shape, rules: ruleShares.count)
    var likelihood = 0.0
    for observation in observations { likelihood += add(observation, to: &sums) }
    maximise(sums)
    return likelihood
  }

  private func add(_ seen: Observation, to sums: inout Sums) -> Double {
    let hidden = blocked.isEmpty ? [] : blocked[seen.rule]
    var logM = 0.0
    var (logU, logH) = (0.0, 0.0)
    for k in shape.comparisons.indices where seen.levels[k] > 0 && !hidden.contains(k) {
      let level = Int(seen.levels[k])
      logU += log(model.u[k][level])
      logH += log(model.h[k][level])
    }
    for k in shape.alone where seen.levels[k] > 0 && !hidden.contains(k) { logM += log(model.m[k][Int(seen.levels[k])]) }
    var keptShares = [Double](repeating: 1, count: shape.groups.count)
    for (g, group) in shape.groups.enumerated() {
      var (same, changed) = (0.0, 0.0)
      for k in group.members where seen.levels[k] > 0 && !hidden.contains(k) {
        same += log(model.m[k][Int(seen.levels[k])])
        changed += log(model.u[k][Int(seen.levels[k])])
      }
      same += log(model.kept[g])
      changed += log(1 - model.kept[g])
      let both = logSum(same, changed)
      keptShares[g] = exp(same - both)
      logM += both
    }
    let shares = ruleShares[seen.rule]
    logM += log(shares.match)
    logH += shares.household > 0 ? log(shares.household) : -.infinity
    logU += log(max(1e-12, 1 - shares.match - shares.household))
    let all = logSum(logSum(logM, logH), logU)
    let (isMatch, isHousehold) = (exp(logM - all) * seen.count, exp(logH - all) * seen.count)
    sums.match[seen.rule] += isMatch
    sums.household[seen.rule] += isHousehold
    sums.all[seen.rule] += seen.count
    sums.matches += isMatch * seen.share
    sums.households += isHousehold * seen.share
    for k in shape.alone where seen.levels[k] > 0 && !hidden.contains(k) { sums.m[k][Int(seen.levels[k])] += isMatch }
    for (g, group) in shape.groups.enumerated() {
      sums.kept[g] += isMatch * keptShares[g]
      sums.keptOf[g] += isMatch
      for k in group.members where seen.levels[k] > 0 && !hidden.contains(k) {
        sums.m[k][Int(seen.levels[k])] += isMatch * keptShares[g]
      }
    }
    if shape.hasHouseholds {
      for k in shape.comparisons.indices where shape.comparisons[k].isShared && seen.levels[k] > 0 && !hidden.contains(k) {
        sums.h[k][Int(seen.levels[k])] += isHousehold
      }
    }
    return all * seen.count
  }

  private struct Sums {
    var m: [[Double]]
    var h: [[Double]]
    var kept: [Double]
    var keptOf: [Double]
    var match: [Double]
    var household: [Double]
    var all: [Double]
    var matches = 0.0
    var households = 0.0

    init(_ shape: ModelShape, rules: Int) {
      m = shape.comparisons.map { [Double](repeating: 0, count: $0.ladder.count) }
      h = m
      kept = [Double](repeating: 0, count: shape.groups.count)
      keptOf = kept
      match = [Double](repeating: 0, count: rules)
      household = match
      all = match
    }
  }

  private mutating func maximise(_ sums: Sums) {
    let prior = settings.priorPairs
    for k in shape.comparisons.indices {
      let total = sums.m[k].dropFirst().reduce(0, +) + prior
      for level in 1..<sums.m[k].count {
        model.m[k][level] = (sums.m[k][level] + prior * start.m[k][level]) / total
      }
      guard shape.comparisons[k].isShared, shape.hasHouseholds else { continue }
      let homes = sums.h[k].dropFirst().reduce(0, +) + prior
      for level in 1..<sums.h[k].count {
        model.h[k][level] = (sums.h[k][level] + prior * start.m[k][level]) / homes
      }
    }
    for g in shape.groups.indices {
      model.kept[g] = (sums.kept[g] + prior * 0.95) / (sums.keptOf[g] + prior)
    }
    for rule in ruleShares.indices where sums.all[rule] > 0 {
      ruleShares[rule].match = min(0.999, max(1e-9, sums.match[rule] / sums.all[rule]))
      ruleShares[rule].household = shape.hasHouseholds ? min(0.999 - ruleShares[rule].match, max(1e-9, sums.household[rule] / sums.all[rule])) : 0
    }
    model.matchShare = max(1e-12, sums.matches / allPairs)
    model.householdShare = max(1e-12, sums.households / allPairs)
    correctRandom()
  }

  /// Takes the matches out of what random pairs showed: all pairs are the mixture λ m + (1 − λ) u.
  private mutating func correctRandom() {
    let share = model.matchShare
    for k in shape.comparisons.indices {
      if case .order = shape.comparisons[k].subject { continue }
      let group = shape.groups.firstIndex { $0.members.contains(k) }
      let kept = group.map { model.kept[$0] } ?? 1
      var corrected = model.u[k]
      for level in 1..<corrected.count {
        let amongMatches = kept * model.m[k][level] + (1 - kept) * model.u[k][level]
        let left = (random.shares[k][level] - share * amongMatches) / (1 - share)
        // No level can be told to be rarer than one pair of those looked at.
        corrected[level] = max(left, random.shares[k][level] * 0.02, 0.25 / allPairs)
      }
      let total = corrected.dropFirst().reduce(0, +)
      for level in 1..<corrected.count { model.u[k][level] = corrected[level] / total }
      if !shape.comparisons[k].isShared { model.h[k] = model.u[k] }
    }
  }
}

@inline(__always)
func logSum(_ a: Double, _ b: Double) -> Double {
  let (high, low) = a > b ? (a, b) : (b, a)
  if low == -.infinity { return high }
  return high + log1p(exp(low - high))
}
