/// In which order the parts of dates are written.
public enum DateOrder: String, CaseIterable, Sendable {
  case yearMonthDay, dayMonthYear, monthDayYear
  /// Eight digits without separators.
  case compactYearMonthDay, compactDayMonthYear, compactMonthDayYear
  /// A year alone.
  case year
}

/// What was counted in a column. Shares are of the distinct values looked at, 0 to 1.
public struct ColumnStats: Sendable, Equatable {
  public var recordCount = 0
  public var missingCount = 0
  /// Distinct values.
  public var valueCount = 0
  /// How many distinct values were looked at, at most `ColumnRecogniser.valueLimit`.
  public var sampledCount = 0
  /// Records with the most frequent value.
  public var topCount = 0
  /// Of the values by record, in bits.
  public var entropy = 0.0
  /// The probability that two different records with a value have the same.
  public var collision = 0.0
  /// In characters.
  public var meanLength = 0.0
  public var maxLength = 0
  /// Words split at blanks and punctuation.
  public var meanTokens = 0.0
  /// Of characters that are digits.
  public var digitShare = 0.0
  /// Of values with Chinese characters.
  public var hanShare = 0.0
  public var dateShare = 0.0
  /// Of dates, where most values are such; or of years.
  public var dateOrder: DateOrder?
  /// Whether day-first and month-first are equally likely.
  public var isDateOrderDoubtful = false
  /// Of numbers, where most values are such.
  public var minimum: Double?
  public var maximum: Double?

  public init() {}

  public var filledCount: Int { recordCount - missingCount }
  /// Of records.
  public var missingShare: Double { recordCount == 0 ? 0 : Double(missingCount) / Double(recordCount) }
  /// Distinct values over records that have one.
  public var distinctRatio: Double { filledCount == 0 ? 0 : Double(valueCount) / Double(filledCount) }
}

public struct RecognisedColumn: Sendable, Equatable {
  /// In `RecordSet.columns`.
  public var index: Int
  public var name: String
  public var kind: ColumnKind
  /// What the values are: the same as `kind` but for redundant columns.
  public var content: ColumnKind
  /// 0 to 1: how sure, not a probability.
  public var confidence: Double
  /// One sentence.
  public var reason: String
  public var stats: ColumnStats
  /// Which part of a divided column it is, from 1: `address_2`, `fname_c2`; nil where it stands alone.
  public var part: Int?
  /// For redundant columns: those that say as much, ascending.
  public var redundantOf: [Int] = []
}

/// Columns that together are the name of one person; indexes into `RecordSet.columns`.
public struct NameGroup: Sendable, Equatable {
  /// In the order of their parts.
  public var given: [Int] = []
  public var middle: [Int] = []
  public var family: [Int] = []
  public var whole: [Int] = []
  public var other: [Int] = []

  public init() {}

  public var columns: [Int] { (given + middle + family + whole + other).sorted() }
}

/// Columns that together are one date.
public struct DateGroup: Sendable, Equatable {
  public var year: Int
  public var month: Int?
  public var day: Int?
}

/// Columns that together are one place on earth.
public struct GeoGroup: Sendable, Equatable {
  public var latitude: Int
  public var longitude: Int
}

/// What one column says about another, measured on at most `ColumnRelations.recordLimit` records.
public struct ColumnRelation: Sendable, Equatable {
  public enum Sort: String, Sendable {
    /// The same values, but for case, order of words and punctuation.
    case same
    /// All words of `column` stand in `other` too.
    case within
    /// Who has the same in `column` has the same in `other`, beyond chance.
    case determines
    /// `column` is `other` and further columns, one behind the other.
    case joins
  }

  public var sort: Sort
  public var column: Int
  public var other: Int
  /// Share of the records that have both, 0 to 1; of `determines`, the share beyond chance.
  public var strength: Double
  /// Records on which it was measured.
  public var support: Int
}

/// The columns of a record set, what each is, and which belong together.
public struct RecognisedTable: Sendable {
  /// As in the record set.
  public var columns: [RecognisedColumn]
  public var nameGroups: [NameGroup]
  public var dateGroups: [DateGroup]
  public var geoGroups: [GeoGroup]
  /// Ascending by column, then by other.
  public var relations: [ColumnRelation]
  /// The column that says where a record comes from.
  public var sourceColumn: Int?

  public func columns(of kind: ColumnKind) -> [RecognisedColumn] { columns.filter { $0.kind == kind } }
}
