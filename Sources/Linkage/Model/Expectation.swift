import Basics
import Glibc

/// Estimates the model by expectation maximisation over the patterns of all candidate pairs.
///
/// Each blocking rule is a stratum with class shares of its own, in which the fields that the rule blocks on tell nothing:
/// m of a field is learnt where the field was free to differ (Winkler 1988; Dempster, Laird and Rubin 1977). A pair counts
/// in every rule that makes it, so that no rule's pairs are those only which the others missed.
struct Expectation {
  struct Settings: Sendable {
    var iterations = 100
    /// Ends where no m changes by more.
    var tolerance = 1e-4
    /// u has settled where no m changes by more.
    var settledTolerance = 1e-3
    /// Weight of the starting shares, in pairs.
    var priorPairs = 20.0
    /// Of the starting share of groups that are kept: few matches must not teach that people change names at will.
    var keptPriorPairs = 200.0
    /// See `limits`.
    var householdAgreement = 0.05
  }

  let shape: ModelShape
  let settings: Settings
  let random: RandomPairs
  let allPairs: Double
  let threads: Int
  private(set) var model: MatchModel
  /// By rule: shares of matches and of households among its pairs.
  private(set) var ruleShares: [(match: Double, household: Double)]
  /// By iteration, in nats, with the logarithm of the prior.
  private(set) var logLikelihoods: [Double] = []
  /// From this iteration on u is held and the likelihood never falls.
  private(set) var settled = 0
  private let start: MatchModel
  private let observations: Observations

  init(
    _ shape: ModelShape, _ observations: Observations, random: RandomPairs, recordCount: Int,
    settings: Settings = Settings(), threads: Int = 1, from first: MatchModel? = nil
  ) {
    self.shape = shape
    self.settings = settings
    self.random = random
    self.threads = threads
    self.observations = observations
    allPairs = max(1, Double(recordCount) * Double(recordCount - 1) / 2)
    start = MatchModel(shape, u: random.shares, frequencyMeans: random.frequencyMeans)
    model = first ?? start
    let matches = 0.3 * Double(recordCount)
    ruleShares = observations.pairs.map { pairs in
      (min(0.3, max(1e-5, matches / max(1, pairs))), shape.hasHouseholds ? 0.05 : 0)
    }
  }

  /// Lets u settle first: it is corrected after every step by the matches found, which no likelihood is maximised by. Then
  /// holds it, and maximises the rest.
  mutating func run() {
    repeat { iterate() } while lastChange >= settings.settledTolerance && logLikelihoods.count < settings.iterations / 2
    settled = logLikelihoods.count
    repeat {
      iterate(holdsRandom: true)
    } while lastChange >= settings.tolerance && logLikelihoods.count < settings.iterations
  }

  /// The greatest change of an m by the last step.
  private var lastChange = Double.infinity

  /// One step of expectation and one of maximisation.
  mutating func iterate(holdsRandom: Bool = false) {
    let before = model.m
    if !holdsRandom { householdLimits = limits() }
    let step = ExpectationStep(shape, model, ruleShares)
    // A fixed number of pieces, so that sums do not hang on the number of threads.
    let pieces = Parallel.ranges(observations.count, pieces: 16)
    let observations = observations
    let parts = Parallel.map(pieces.count, threads: observations.count < 2_000 ? 1 : threads) { piece in
      step.sums(observations, pieces[piece])
    }
    var sums = ExpectationSums(shape, rules: ruleShares.count)
    for part in parts { sums.add(part) }
    logLikelihoods.append(sums.logLikelihood + logPrior)
    maximise(sums)
    if !holdsRandom { correctRandom(sums) }
    for k in shape.wholeNames where shape.hasHouseholds {
      model.h[k] = HouseholdNames.shares(
        u: model.u[k], sharing: HouseholdNames.share(sums.h[k], priorPairs: settings.priorPairs))
    }
    lastChange = zip(model.m, before).map { zip($0, $1).map { abs($0 - $1) }.max() ?? 0 }.max() ?? 0
  }

  /// Whether h of a comparison is learnt level by level.
  private func isLearntOfHouseholds(_ k: Int) -> Bool {
    if case .order = shape.comparisons[k].subject { return false }
    return !shape.wholeNames.contains(k)
  }

  /// Of the Dirichlet and beta priors, but for constants.
  private var logPrior: Double {
    var sum = 0.0
    for k in shape.comparisons.indices {
      for level in 1..<model.m[k].count {
        sum += settings.priorPairs * start.m[k][level] * log(model.m[k][level])
        if shape.hasHouseholds, isLearntOfHouseholds(k) {
          sum += settings.priorPairs * start.h[k][level] * log(model.h[k][level])
        }
      }
    }
    if shape.hasHouseholds {
      for k in shape.wholeNames { sum += HouseholdNames.logPrior(h: model.h[k], priorPairs: settings.priorPairs) }
    }
    for (kept, first) in zip(model.kept, start.kept) {
      sum += settings.keptPriorPairs * (first * log(kept) + (1 - first) * log(1 - kept))
    }
    for (kept, first) in zip(model.householdKept, start.householdKept) where first < 1 && shape.hasHouseholds {
      sum += settings.keptPriorPairs * (first * log(kept) + (1 - first) * log(1 - kept))
    }
    return sum
  }

  /// Names are turned in a record of one's own as in one of one's family: one distribution for both. u is 1 at every level,
  /// since chance agreement is in the levels of the names.
  private mutating func maximiseOrder(_ k: Int, _ sums: ExpectationSums) {
    let total = zip(sums.m[k], sums.h[k]).dropFirst().reduce(0) { $0 + $1.0 + $1.1 } + settings.priorPairs
    for level in 1..<sums.m[k].count {
      model.m[k][level] = (sums.m[k][level] + sums.h[k][level] + settings.priorPairs * start.m[k][level]) / total
    }
    if shape.hasHouseholds { model.h[k] = model.m[k] }
  }

  private mutating func maximise(_ sums: ExpectationSums) {
    let prior = settings.priorPairs
    for k in shape.comparisons.indices {
      if case .order = shape.comparisons[k].subject {
        maximiseOrder(k, sums)
        continue
      }
      let total = sums.m[k].dropFirst().reduce(0, +) + prior
      for level in 1..<sums.m[k].count { model.m[k][level] = (sums.m[k][level] + prior * start.m[k][level]) / total }
      guard shape.hasHouseholds, isLearntOfHouseholds(k) else { continue }
      let homes = sums.h[k].dropFirst().reduce(0, +) + prior
      for level in 1..<sums.h[k].count { model.h[k][level] = (sums.h[k][level] + prior * start.h[k][level]) / homes }
      if !householdLimits[k].isEmpty { Self.limit(&model.h[k], by: householdLimits[k]) }
    }
    for g in shape.groups.indices {
      model.kept[g] =
        (sums.kept[g] + settings.keptPriorPairs * start.kept[g]) / (sums.keptOf[g] + settings.keptPriorPairs)
      if start.householdKept[g] < 1, shape.hasHouseholds {
        model.householdKept[g] =
          (sums.householdKept[g] + settings.keptPriorPairs * start.householdKept[g])
          / (sums.householdKeptOf[g] + settings.keptPriorPairs)
      }
    }
    for rule in ruleShares.indices where observations.pairs[rule] > 0 {
      let pairs = observations.pairs[rule]
      let match = min(0.999, max(1e-9, sums.match[rule] / pairs))
      let household = shape.hasHouseholds ? min(0.9995 - match, max(1e-9, sums.household[rule] / pairs)) : 0
      ruleShares[rule] = (match, household)
    }
    model.matchShare = max(1e-12, sums.matches / allPairs)
    model.householdShare = max(1e-12, sums.households / allPairs)
  }

  /// By comparison, by level: what h may be at most; empty for what a household shares.
  ///
  /// Twins and namesakes are few: in what a household does not share, its people agree at most as often as a twentieth of
  /// matches, or as chance has it. Else the class would take true matches for households.
  private var householdLimits: [[Double]] = []

  private func limits() -> [[Double]] {
    shape.comparisons.indices.map { k in
      if shape.comparisons[k].isShared || shape.wholeNames.contains(k) { return [] }
      return zip(model.m[k], model.u[k]).map { m, u in m > u ? max(u, settings.householdAgreement * m) : 1 }
    }
  }

  /// The shares nearest to `shares` that hold the limits: those above are cut, the others grow by one factor, which is
  /// where the likelihood is highest under the limits.
  static func limit(_ shares: inout [Double], by limits: [Double]) {
    var isCut = [Bool](repeating: false, count: shares.count)
    while let next = shares.indices.dropFirst().first(where: { !isCut[$0] && shares[$0] > limits[$0] }) {
      isCut[next] = true
      shares[next] = limits[next]
      let (cut, others) = shares.indices.dropFirst().reduce(into: (0.0, 0.0)) { sums, level in
        if isCut[level] { sums.0 += shares[level] } else { sums.1 += shares[level] }
      }
      guard others > 0 else { break }
      for level in shares.indices.dropFirst() where !isCut[level] { shares[level] *= (1 - cut) / others }
    }
  }

  /// Takes the matches out of what random pairs showed: all pairs are the mixture λ m + (1 − λ) u.
  ///
  /// Both shares are of pairs in which the field is known, which among matches it may be more or less often.
  private mutating func correctRandom(_ sums: ExpectationSums) {
    for k in shape.comparisons.indices {
      if case .order = shape.comparisons[k].subject { continue }
      let rules = observations.blocked.indices.filter { !observations.blocked[$0].contains(k) }
      let seen = rules.reduce(0) { $0 + sums.match[$1] }
      let knownOfMatches = (sums.known[k] + random.known[k]) / (seen + 1)
      let match = model.matchShare * knownOfMatches
      let chance = (1 - model.matchShare) * random.known[k]
      guard chance > 0 else { continue }
      let group = shape.groups.firstIndex { $0.members.contains(k) }
      let kept = group.map { model.kept[$0] } ?? 1
      var corrected = model.u[k]
      for level in 1..<corrected.count {
        let amongMatches = kept * model.m[k][level] + (1 - kept) * model.u[k][level]
        let left = (random.shares[k][level] * (match + chance) - match * amongMatches) / chance
        // No level can be told to be rarer than a pair of those looked at, no date rarer than a day of a century.
        corrected[level] = max(left, random.shares[k][level] * 0.02, 0.25 / allPairs)
      }
      if shape.comparisons[k].isDate { corrected[1] = max(corrected[1], 1 / 36_525.0) }
      let total = corrected.dropFirst().reduce(0, +)
      for level in 1..<corrected.count { model.u[k][level] = corrected[level] / total }
    }
  }
}

/// Sums of expected pairs.
struct ExpectationSums: Sendable {
  var m: [[Double]]
  var h: [[Double]]
  /// By group: expected matches whose group was kept, and all of them.
  var kept: [Double]
  var keptOf: [Double]
  /// The same of expected households.
  var householdKept: [Double]
  var householdKeptOf: [Double]
  /// By comparison: expected matches in which it is known and not hidden.
  var known: [Double]
  /// By rule.
  var match: [Double]
  var household: [Double]
  /// Each pair once.
  var matches = 0.0
  var households = 0.0
  var logLikelihood = 0.0

  init(_ shape: ModelShape, rules: Int) {
    m = shape.comparisons.map { [Double](repeating: 0, count: $0.ladder.count) }
    h = m
    kept = [Double](repeating: 0, count: shape.groups.count)
    keptOf = kept
    householdKept = kept
    householdKeptOf = kept
    known = [Double](repeating: 0, count: shape.comparisons.count)
    match = [Double](repeating: 0, count: rules)
    household = match
  }

  mutating func add(_ other: ExpectationSums) {
    for k in m.indices {
      known[k] += other.known[k]
      for level in m[k].indices {
        m[k][level] += other.m[k][level]
        h[k][level] += other.h[k][level]
      }
    }
    for g in kept.indices {
      kept[g] += other.kept[g]
      keptOf[g] += other.keptOf[g]
      householdKept[g] += other.householdKept[g]
      householdKeptOf[g] += other.householdKeptOf[g]
    }
    for rule in match.indices {
      match[rule] += other.match[rule]
      household[rule] += other.household[rule]
    }
    matches += other.matches
    households += other.households
    logLikelihood += other.logLikelihood
  }
}

/// The expectation step under one model, its logarithms taken once.
struct ExpectationStep: Sendable {
  private let shape: ModelShape
  /// By comparison and level, 16 places a comparison: log m, log u, log h.
  private let m: [Double]
  private let u: [Double]
  private let h: [Double]
  private let kept: [(same: Double, changed: Double)]
  /// `changed` is −∞ for groups that a household does not share.
  private let householdKept: [(same: Double, changed: Double)]
  private let rules: [(match: Double, household: Double, random: Double)]

  init(_ shape: ModelShape, _ model: MatchModel, _ shares: [(match: Double, household: Double)]) {
    self.shape = shape
    func logarithms(_ table: [[Double]]) -> [Double] {
      table.flatMap { row in (0..<16).map { $0 > 0 && $0 < row.count ? log(row[$0]) : 0 } }
    }
    m = logarithms(model.m)
    u = logarithms(model.u)
    h = logarithms(model.h)
    kept = model.kept.map { (log($0), log(1 - $0)) }
    householdKept = model.householdKept.map { (log($0), $0 < 1 ? log(1 - $0) : -.infinity) }
    rules = shares.map {
      (log($0.match), $0.household > 0 ? log($0.household) : -.infinity, log(max(1e-12, 1 - $0.match - $0.household)))
    }
  }

  func sums(_ observations: Observations, _ range: Range<Int>) -> ExpectationSums {
    var sums = ExpectationSums(shape, rules: rules.count)
    var keptShares = [(match: Double, household: Double)](repeating: (1, 1), count: shape.groups.count)
    for index in range { add(observations, index, &keptShares, to: &sums) }
    return sums
  }

  private func add(
    _ observations: Observations, _ index: Int, _ keptShares: inout [(match: Double, household: Double)],
    to sums: inout ExpectationSums
  ) {
    let pattern = observations.patterns[index]
    let rule = Int(observations.rules[index])
    var logM = rules[rule].match
    var logU = rules[rule].random
    var logH = rules[rule].household
    for k in shape.comparisons.indices {
      let place = k &* 16 &+ Int(PatternTable.level(pattern, k))
      logU += u[place]
    }
    for k in shape.alone {
      let place = k &* 16 &+ Int(PatternTable.level(pattern, k))
      logM += m[place]
      logH += h[place]
    }
    for g in shape.groups.indices {
      var (same, home, changed) = (0.0, 0.0, 0.0)
      for k in shape.groups[g].members {
        let place = k &* 16 &+ Int(PatternTable.level(pattern, k))
        same += m[place]
        home += h[place]
        changed += u[place]
      }
      let both = logSum(kept[g].same + same, kept[g].changed + changed)
      let bothHome = logSum(householdKept[g].same + home, householdKept[g].changed + changed)
      keptShares[g] = (exp(kept[g].same + same - both), exp(householdKept[g].same + home - bothHome))
      logM += both
      logH += bothHome
    }
    let all = logSum(logSum(logM, logH), logU)
    let count = observations.counts[index]
    let (match, household) = observations.corrected(index, match: exp(logM - all), household: exp(logH - all))
    sums.match[rule] += match * count
    sums.household[rule] += household * count
    sums.matches += match * observations.firsts[index]
    sums.households += household * observations.firsts[index]
    sums.logLikelihood += all * count
    for k in shape.comparisons.indices where PatternTable.level(pattern, k) > 0 { sums.known[k] += match * count }
    for k in shape.alone { sums.m[k][Int(PatternTable.level(pattern, k))] += match * count }
    for g in shape.groups.indices {
      let (same, home) = (match * count * keptShares[g].match, household * count * keptShares[g].household)
      sums.kept[g] += same
      sums.keptOf[g] += match * count
      sums.householdKept[g] += home
      sums.householdKeptOf[g] += household * count
      for k in shape.groups[g].members {
        let level = Int(PatternTable.level(pattern, k))
        sums.m[k][level] += same
        sums.h[k][level] += home
      }
    }
    if household * count > 1e-9 {
      for k in shape.alone { sums.h[k][Int(PatternTable.level(pattern, k))] += household * count }
    }
  }
}

@inline(__always)
func logSum(_ a: Double, _ b: Double) -> Double {
  let (high, low) = a > b ? (a, b) : (b, a)
  if low == -.infinity || high - low > 40 { return high }
  return high + log1p(exp(low - high))
}
