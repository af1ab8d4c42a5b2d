import Glibc
import Linkage

/// How many matches no blocking rule makes, estimated from what those have in common that some rule makes.
///
/// Rules that find the same matches find them for the same reason: they are well recorded. So rules are not independent
/// catches, and estimates that take them for such (Petersen, Chapman) are far too low; and rules hang together by their
/// fields, so that how many rules find a match (Chao) says little where one rule nearly implies others. Here matches are of
/// two latent classes, easy and hard to find (Agresti 1994), in each of which *fields* have keys in common independently.
/// Shares are estimated by EM for truncated data (Dempster, Laird and Rubin 1977, section 4.2). Two classes do not hold all
/// that makes matches alike in being hard to find: the estimate is rather too low. docs/linkage.md says what it gave on
/// data with truth.
public struct MissedMatches: Sendable, Equatable {
  /// Matches that no rule makes; nil where rules are of one field, or no matches are found.
  public var count: Double?
  /// 2, or 1 where rules are of fewer than four fields: of three, two classes have seven shares, and what is found shows six.
  public var classCount: Int

  public init(count: Double?, classCount: Int) { (self.count, self.classCount) = (count, classCount) }

  public init(_ shared: SharedKeys) {
    classCount = shared.fields.count < 4 ? 1 : 2
    count =
      shared.fields.count < 2 || shared.rows.isEmpty ? nil : MatchClasses(shared, count: classCount).missed
  }
}

/// Matches of one kind or two, each with its own shares of what fields have in common.
private struct MatchClasses {
  private let rows: [SharedKeys.Row]
  private let states: UnmadeStates
  /// By field, by row: the number of the category.
  private let codes: [[Int]]
  private let found: Double
  /// By class: its share; by field and category, how often it comes about; and how many matches of it are unmade.
  private var classShares: [Double] = []
  private var shares: [[[Double]]] = []
  private var unmade: [(unmade: Double, parts: [[Double]])] = []
  private(set) var missed = 0.0

  /// O(rows · fields) an iteration, of which there are at most 300.
  init(_ shared: SharedKeys, count: Int) {
    let states = UnmadeStates(shared)
    rows = shared.rows
    self.states = states
    found = rows.reduce(0) { $0 + $1.matches }
    codes = zip(shared.fields, states.categories).map { mask, combinations in
      shared.rows.map { combinations.firstIndex(of: $0.keys & mask) ?? 0 }
    }
    var posteriors = count == 1 ? [rows.map { _ in 1 }] : Self.start(shared)
    var last = -Double.infinity
    for _ in 0..<300 {
      maximise(posteriors)
      let (logLikelihood, next) = expect()
      posteriors = next
      if logLikelihood - last < 1e-7 * abs(logLikelihood) { break }
      last = logLikelihood
    }
  }

  /// By class and row: of the half of matches that fewest rules make nine tenths are hard, of the other a tenth.
  private static func start(_ shared: SharedKeys) -> [[Double]] {
    let rules = shared.rows.map { row in shared.rules.count { $0 & row.keys == $0 } }
    let half = shared.rows.reduce(0) { $0 + $1.matches } / 2
    var (sum, hard) = (0.0, [Double](repeating: 0.1, count: rules.count))
    for row in rules.indices.sorted(by: { (rules[$0], $0) < (rules[$1], $1) }) {
      if sum < half { hard[row] = 0.9 }
      sum += shared.rows[row].matches
    }
    return [hard, hard.map { 1 - $0 }]
  }

  /// Shares from the expected matches of each class, missed ones among them.
  private mutating func maximise(_ posteriors: [[Double]]) {
    var (newShares, sizes) = ([[[Double]]](), [Double]())
    for (kind, posterior) in posteriors.enumerated() {
      let missedOfKind = unmade.isEmpty ? 0 : (found + missed) * classShares[kind]
      let weights = zip(rows, posterior).map { $0.matches * $1 }
      newShares.append(
        codes.indices.map { field in
          let count = states.categories[field].count
          var sums = [Double](repeating: 0.5 / Double(count), count: count)
          for row in rows.indices { sums[codes[field][row]] += weights[row] }
          if missedOfKind > 0 {
            for category in sums.indices { sums[category] += missedOfKind * unmade[kind].parts[field][category] }
          }
          let total = sums.reduce(0, +)
          return sums.map { $0 / total }
        })
      sizes.append(weights.reduce(0, +) + (missedOfKind > 0 ? missedOfKind * unmade[kind].unmade : 0))
    }
    shares = newShares
    let all = max(1e-9, sizes.reduce(0, +))
    classShares = sizes.map { max(1e-9, $0 / all) }
  }

  /// The log likelihood of what was found, given that it was found; and by class and row its probability.
  private mutating func expect() -> (logLikelihood: Double, posteriors: [[Double]]) {
    unmade = shares.map { states.probability($0) }
    let none = min(1 - 1e-9, zip(classShares, unmade).reduce(0) { $0 + $1.0 * $1.1.unmade })
    missed = found * none / (1 - none)
    let logs = shares.map { $0.map { $0.map { log($0) } } }
    var logLikelihood = -found * log(1 - none)
    var posteriors = shares.map { _ in [Double](repeating: 0, count: rows.count) }
    for row in rows.indices {
      let terms = shares.indices.map { kind in
        codes.indices.reduce(log(classShares[kind])) { $0 + logs[kind][$1][codes[$1][row]] }
      }
      let high = terms.max() ?? 0
      let sum = terms.reduce(0) { $0 + exp($1 - high) }
      logLikelihood += rows[row].matches * (high + log(sum))
      for kind in terms.indices { posteriors[kind][row] = exp(terms[kind] - high) / sum }
    }
    return (logLikelihood, posteriors)
  }
}
