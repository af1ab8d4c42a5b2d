/// How an extract stands to the ones before it.
public enum LoadRule: Sendable, Equatable {
  /// A snapshot: it holds everything, and what it lacks is gone.
  case full
  /// Only what is new or changed since the last one; a record replaces the one with the same key.
  case increment(Retention?)
  /// Only changes, each marked as insertion, update or deletion.
  case delta(DeltaMark, Retention?)

  public var retention: Retention? {
    switch self {
    case .full: nil
    case .increment(let retention), .delta(_, let retention): retention
    }
  }
}

/// How long records are kept that no extract repeats.
public struct Retention: Sendable, Equatable {
  /// A canonical column of dates or timestamps.
  public var column: String
  /// A record goes when its day lies more than so many days before the business date.
  public var days: Int

  public init(column: String, days: Int) {
    self.column = column
    self.days = days
  }
}

/// The field that says what a record of a delta does, and what it writes for each.
public struct DeltaMark: Sendable, Equatable {
  public var field: String
  public var inserts: [String]
  public var updates: [String]
  public var deletes: [String]

  public init(field: String, inserts: [String], updates: [String], deletes: [String]) {
    self.field = field
    self.inserts = inserts
    self.updates = updates
    self.deletes = deletes
  }
}
