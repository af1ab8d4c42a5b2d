import Basics

/// How far today's records are from those that a stored model was learnt from.
///
/// By comparison, between the shares of levels then and now: the total variation distance ½ Σ |p − q|, and the population
/// stability index Σ (p − q) ln(p / q) of Siddiqi (Credit Risk Scorecards, 2006), whose usual bounds 0.1 and 0.25 it is
/// held against. With few pairs the index is above 0 by chance: by (levels − 1) (1/n + 1/n') where nothing has changed
/// (Yurdakul, Statistical Properties of the Population Stability Index, 2018), which is added to the bounds.
public struct Drift: Sendable, Equatable {
  public enum Degree: String, Sendable, Comparable {
    case steady, shifted, changed

    public static func < (a: Degree, b: Degree) -> Bool { a.rank < b.rank }
    private var rank: Int { self == .steady ? 0 : self == .shifted ? 1 : 2 }
  }

  public struct Row: Sendable, Equatable {
    public var comparison: String
    /// Total variation distance, 0 to 1.
    public var distance: Double
    /// Population stability index, from 0.
    public var index: Double
    public var degree: Degree
    /// The level whose share changed most, and its shares then and now.
    public var level: String
    public var before: Double
    public var now: Double
  }

  /// In the order of the model's comparisons.
  public var rows: [Row]
  /// What was compared: `levels of links`, `m`.
  public var basis: String

  public var degree: Degree { rows.map(\.degree).max() ?? .steady }

  /// Between the links of the training data and today's: their levels, missing values among them.
  ///
  /// - Parameter counts: by comparison of the model, by level, as `Linker.levelCounts` of a linker that the model fits.
  public init(_ model: StoredModel, links counts: [(id: String, counts: [Int])]) {
    basis = "levels of links"
    rows = model.comparisons.compactMap { comparison in
      guard let now = counts.first(where: { $0.id == comparison.id }), now.counts.count == comparison.levels.count
      else {
        return nil
      }
      return Self.row(
        comparison.id, comparison.levels.map(\.level), comparison.levels.map { Double($0.links) },
        now.counts.map(Double.init))
    }
  }

  /// Between a stored model and one that was learnt from today's records, as if each were of its number of links.
  public init(_ model: StoredModel, newer: StoredModel) {
    basis = "m"
    rows = model.comparisons.compactMap { comparison in
      guard let now = newer.comparisons.first(where: { $0.id == comparison.id }),
        now.levels.map(\.level) == comparison.levels.map(\.level)
      else { return nil }
      func counts(_ levels: [StoredModel.Level]) -> [Double] {
        let known = Double(levels.dropFirst().reduce(0) { $0 + $1.links })
        return levels.dropFirst().map { $0.m * known }
      }
      return Self.row(
        comparison.id, comparison.levels.dropFirst().map(\.level), counts(comparison.levels), counts(now.levels))
    }
  }

  private static func row(_ id: String, _ levels: [String], _ before: [Double], _ now: [Double]) -> Row {
    let (p, q) = (shares(before), shares(now))
    var row = Row(comparison: id, distance: 0, index: 0, degree: .steady, level: levels[0], before: p[0], now: q[0])
    for (level, name) in levels.enumerated() {
      let change = abs(p[level] - q[level])
      row.distance += change / 2
      row.index += (p[level] - q[level]) * Logarithm.natural(p[level] / q[level])
      if change > abs(row.before - row.now) { (row.level, row.before, row.now) = (name, p[level], q[level]) }
    }
    let chance = Double(levels.count - 1) * (1 / max(1, sum(before)) + 1 / max(1, sum(now)))
    row.degree = row.index > 0.25 + chance ? .changed : row.index > 0.1 + chance ? .shifted : .steady
    return row
  }

  private static func sum(_ counts: [Double]) -> Double { counts.reduce(0, +) }

  /// With half a pair more at each level, so that none is 0.
  private static func shares(_ counts: [Double]) -> [Double] {
    let total = sum(counts) + 0.5 * Double(counts.count)
    return counts.map { ($0 + 0.5) / total }
  }
}

extension Drift.Row {
  /// The level that changed most, then and now.
  public var change: String {
    "\"\(level)\" in \(comparison) was \(Decimals.percent(before)) and is \(Decimals.percent(now)) "
      + "(stability index \(Decimals.text(index, 2)))"
  }

  /// What a person should know; nil where nothing happened.
  public var sentence: String? {
    switch degree {
    case .steady: return nil
    case .shifted: return "\(change): keep an eye on it."
    case .changed: return "\(change): find out why, and train a new model if it is to stay so."
    }
  }
}

extension Drift {
  public var json: JSON {
    .object([
      ("basis", .string(basis)), ("degree", .string(degree.rawValue)),
      (
        "comparisons",
        .array(
          rows.map { row in
            .object([
              ("id", .string(row.comparison)), ("distance", .number(row.distance)), ("index", .number(row.index)),
              ("degree", .string(row.degree.rawValue)), ("level", .string(row.level)), ("before", .number(row.before)),
              ("now", .number(row.now)), ("sentence", row.sentence.map(JSON.string) ?? .null),
            ])
          })
      ),
    ])
  }
}
