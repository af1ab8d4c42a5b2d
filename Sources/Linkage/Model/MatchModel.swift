import Glibc

/// What is known of how levels of agreement come about: in true matches, in households, by chance.
///
/// The model of Fellegi and Sunter (1969), with three classes of pairs instead of two and with groups of fields that
/// change together; see docs/linkage.md.
public struct MatchModel: Sendable, Equatable {
  /// By comparison, by level (0, missing: 1): shares among true matches whose group of fields was not changed as a whole.
  public var m: [[Double]]
  /// Among pairs of different people of different households.
  public var u: [[Double]]
  /// Among different people of one household whose address is the same in both records.
  public var h: [[Double]]
  /// By group: the share of true matches in which the group was not changed as a whole (moved house, new name).
  public var kept: [Double]
  /// By group: the share of pairs of one household in which the group is that of the household in both records; 1 for
  /// groups that a household does not share.
  public var householdKept: [Double]
  /// Of all pairs: the share that are matches.
  public var matchShare: Double
  /// Of all pairs: the share that are different people of one household.
  public var householdShare: Double
  /// By comparison, by level: the mean frequency of the commoner of two values that agree so by chance, 0 for levels
  /// without adjustment.
  public var frequencyMeans: [[Double]]

  public init(
    m: [[Double]], u: [[Double]], h: [[Double]], kept: [Double], householdKept: [Double], matchShare: Double,
    householdShare: Double, frequencyMeans: [[Double]]
  ) {
    self.m = m
    self.u = u
    self.h = h
    self.kept = kept
    self.householdKept = householdKept
    self.matchShare = matchShare
    self.householdShare = householdShare
    self.frequencyMeans = frequencyMeans
  }
}

/// Which comparisons a model is about; what does not change while it is estimated.
struct ModelShape: Sendable {
  let comparisons: [Comparison]
  /// Comparisons by group, for groups that are changed as a whole; the others stand alone.
  let groups: [(group: FieldGroup, members: [Int])]
  let alone: [Int]
  let hasHouseholds: Bool
  /// Comparisons of whole names, of which people of one household usually share a part.
  let wholeNames: [Int]

  init(_ comparisons: [Comparison]) {
    self.comparisons = comparisons
    var groups: [(FieldGroup, [Int])] = []
    var alone: [Int] = []
    for group in FieldGroup.allCases {
      let members = comparisons.indices.filter { comparisons[$0].group == group }
      if members.count > 1, group == .name || group == .address {
        groups.append((group, members))
      } else {
        alone += members
      }
    }
    self.groups = groups
    self.alone = alone
    let individual = comparisons.contains {
      guard case .order = $0.subject else { return !$0.isShared && $0.group != .other && $0.group != .contact }
      return false
    }
    wholeNames = comparisons.indices.filter { comparisons[$0].isWholeName && !comparisons[$0].isShared }
    hasHouseholds = individual && comparisons.contains { $0.isShared }
  }
}

extension MatchModel {
  /// Where estimation begins.
  init(_ shape: ModelShape, u: [[Double]], frequencyMeans: [[Double]]) {
    m = shape.comparisons.map { [1] + $0.ladder.levels.map { $0.startingShare / 1_000 } }
    self.u = u
    h = zip(shape.comparisons, zip(m, u)).map { comparison, shares in
      if case .order = comparison.subject { return shares.0 }
      return comparison.isShared ? shares.0 : shares.1
    }
    for k in shape.wholeNames { h[k] = HouseholdNames.shares(u: u[k], sharing: HouseholdNames.startingShare) }
    kept = shape.groups.map { _ in 0.97 }
    householdKept = shape.groups.map { $0.group == .address ? 0.97 : 1 }
    matchShare = 1e-6
    householdShare = 1e-6
    self.frequencyMeans = frequencyMeans
  }
}
