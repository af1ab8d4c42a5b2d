import Basics

/// How one profile is made of a customer's records.
public struct MergeDefinition: Sendable {
  /// Sources of party records, most trusted first: breaks every tie.
  public var priority: [String]
  /// In the order of the profile's columns.
  public var attributes: [AttributeRule]
  public var aum: AUMRule
}

/// Which record's value survives for one attribute (or several that must stay together).
public struct AttributeRule: Sendable, Equatable {
  /// Columns of the party table; all of them are taken from the record that wins.
  public var columns: [String]
  public var rule: SurvivorshipRule
  /// Sources in order of trust for this attribute; the pipeline's `priority` where empty.
  public var priority: [String]
  /// Values that are taken only where no other is there.
  public var avoid: [Unfitness]
  public var place: Place
}

public enum SurvivorshipRule: String, Sendable, CaseIterable {
  case sourcePriority = "source_priority"
  case mostRecent = "most_recent"
  case mostFrequent = "most_frequent"
  case longest
  /// All different values, sorted, joined with `;`.
  case union
  /// The earliest date or smallest number.
  case minimum
  /// The latest date or greatest number; for booleans: true if any record says so.
  case maximum
}

public enum Unfitness: String, Sendable, CaseIterable {
  /// Holds `?`, `□` or another stand-in for a character that was lost.
  case standIn = "stand_in"
  /// Latin letters where a Chinese name is wanted.
  case latin
  /// A number that nobody has, such as 13800000000.
  case placeholder
  /// Failed its checksum.
  case checksumFailed = "checksum_failed"
}

/// Assets under management: the sum of balances of products that count, in the pipeline's currency.
public struct AUMRule: Sendable, Equatable {
  /// Sources of holdings.
  public var holdings: [String]
  /// A customer with a record in one of these party sources has a known AUM (0.00 without holdings); others have none.
  public var knownWhenIn: [String]
}
