import Basics

/// Measures, tags, and the policy that divides customers.
public struct TagDefinition: Sendable {
  public var measures: [MeasureDefinition]
  public var tags: [TagRule]
  public var policy: Policy
}

/// A number or a date aggregated from a customer's facts in a window.
public struct MeasureDefinition: Sendable {
  /// The column's name in the customer row.
  public var id: String
  public var meaning: BilingualText
  public var table: RecordKind
  public var aggregate: Aggregate
  /// The column aggregated; nil for `count`.
  public var of: String?
  /// Rows count where every named code column has one of the values.
  public var conditions: [MeasureCondition]
  /// Which date of a row is looked at: a date or timestamp column; nil where there is no window.
  public var dateColumn: String?
  /// Days around the business date, both ends included: −89…0 is "in the last 90 days", 0…15 "within 15 days from now".
  public var window: ClosedRange<Int>?
  public var place: Place

  public enum Aggregate: String, Sendable, CaseIterable {
    case count, sum
    /// Smallest or greatest value of a date, timestamp, integer or money column.
    case minimum, maximum
    /// The value of the code column `of` in the row with the smallest or greatest date.
    case first, last
    case distinct
  }
}

public struct MeasureCondition: Sendable, Equatable {
  /// A code column of the table, or `product_class`, `product_standard` (`yes` or `no`) by way of the catalogue.
  public var column: String
  public var values: [String]
}

/// A labelled fact about a customer.
public struct TagRule: Sendable {
  public var id: String
  public var title: BilingualText
  public var kind: Kind
  public var type: ValueType
  /// Null means: the customer does not carry the tag.
  public var value: SQLExpression
  public var place: Place

  public enum Kind: String, Sendable, CaseIterable {
    /// 基础
    case basic
    /// 行为
    case behaviour
    /// 偏好
    case preference
  }

  public enum ValueType: String, Sendable, CaseIterable { case text, integer, boolean, date, money }
}

/// The line and the tiers.
public struct Policy: Sendable, Equatable {
  /// In minor units; at the line is above it (以上 includes the number itself, Civil Code art. 1259).
  public var aumLine: Int64
  /// In rising order of `from`; the first starts at 0.
  public var tiers: [Tier]

  public struct Tier: Sendable, Equatable {
    public var id: String
    public var title: BilingualText
    /// In minor units, included.
    public var from: Int64
  }
}

/// Who serves a customer.
public enum OperatingMode: String, Sendable, CaseIterable {
  /// At or above the line, with an active relationship manager.
  case assisted
  /// Everyone else whose AUM is known.
  case direct
  /// AUM is not known: nothing is sold until it is.
  case held
}
