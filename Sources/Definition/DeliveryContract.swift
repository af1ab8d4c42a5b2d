/// What is done when the columns of an extract are not those of its definition. Fields are always bound by name.
public struct ColumnChanges: Sendable, Equatable {
  public enum Added: String, Sendable, CaseIterable {
    case accept, warn, refuse
    /// Their values are kept beside the table, in `extra/<source>.arrow`.
    case keep
  }

  public var added: Added = .warn
  /// A missing column that a required field reads is always refused.
  public var missing: Reaction = .refuse
  /// Known columns in another order than `columns` declares.
  public var reordered: Reaction = .accept

  public init() {}
}

/// How many records of an extract may be quarantined before a person is told, and before the night fails.
public struct RejectLimits: Sendable, Equatable {
  public var warn: RejectLimit?
  public var fail: RejectLimit

  public init(warn: RejectLimit? = nil, fail: RejectLimit) {
    self.warn = warn
    self.fail = fail
  }
}

/// Exceeded by more rejected rows than `rows`, or by a greater share than `perThousand` of at least `atLeastRows`.
public struct RejectLimit: Sendable, Equatable {
  public var rows: Int?
  public var perThousand: Int
  /// Below this many rejected rows the share is not looked at.
  public var atLeastRows: Int

  public init(rows: Int? = nil, perThousand: Int, atLeastRows: Int) {
    self.rows = rows
    self.perThousand = perThousand
    self.atLeastRows = atLeastRows
  }

  public func isExceeded(by rejected: Int, of records: Int) -> Bool {
    if let rows, rejected > rows { return true }
    return rejected >= atLeastRows && rejected > 0 && rejected * 1_000 > perThousand * records
  }
}

/// How far a delivery may differ from the last one that was accepted.
public struct ChangeLimits: Sendable, Equatable {
  /// Percent of the earlier figure; nil: any.
  public struct Span: Sendable, Equatable {
    public var fallPercent: Int?
    public var growPercent: Int?

    public init(fallPercent: Int? = nil, growPercent: Int? = nil) {
      self.fallPercent = fallPercent
      self.growPercent = growPercent
    }
  }

  public var rows: Span?
  /// The sum of `sumOf`, else of every money field.
  public var sum: Span?
  /// By how many percentage points the share of empty values may rise in any field.
  public var emptyPoints: Int?
  /// Codes that appear, or vanish, in a field with codes.
  public var codes: Reaction = .accept
  /// What is done when a span or share is exceeded: `warn` or `refuse`.
  public var reaction: Reaction = .refuse
  /// Deliveries of fewer rows, then and now, are not compared.
  public var atLeastRows = 100

  public init() {}
}
