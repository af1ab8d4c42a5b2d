import Basics
import Standards

/// One field of an extract and the canonical column that it fills.
public struct FieldDefinition: Sendable {
  /// Header name, column name, path relative to the record for XML (`@user`, `visitor/name`, `../@code`) and for JSON
  /// (`customer/name`). Several are joined by a blank, empty ones left out: given, middle and family name.
  public var origins: [String]
  /// A column of `RecordKind.columns`.
  public var to: String
  public var type: FieldType
  public var isRequired: Bool
  /// The format of a date, timestamp or amount; empty for other types. A date may have the format of a timestamp: its day is
  /// taken.
  public var format: String
  /// What the system writes → the canonical code, or `true` and `false` for booleans. A value that is not listed is
  /// quarantined, unless `otherCode` is given. Empty: every value is taken as it stands.
  public var codes: [(from: String, to: String)]
  public var otherCode: String?
  /// Words that mean "no value", beside the empty field.
  public var nullWords: [String]
  /// The least and the greatest value, both allowed.
  public var minimum: FieldBound?
  public var maximum: FieldBound?
  /// What the whole text, blanks around it removed, must look like.
  public var pattern: TextPattern?
  /// What is done with a value that cannot be read, is out of range or does not match.
  public var onInvalid: OnInvalid = .quarantine
  public var place: Place

  public enum OnInvalid: String, Sendable, CaseIterable {
    /// The record goes to quarantine.
    case quarantine
    /// The value is left out and counted; not for required fields.
    case empty
  }

  /// What the extract calls it, as messages say it.
  public var from: String { origins.joined(separator: " + ") }

  public init(
    from origins: [String], to: String, type: FieldType, isRequired: Bool = false, format: String = "",
    codes: [(from: String, to: String)] = [], otherCode: String? = nil, nullWords: [String] = [], place: Place
  ) {
    self.origins = origins
    self.to = to
    self.type = type
    self.isRequired = isRequired
    self.format = format
    self.codes = codes
    self.otherCode = otherCode
    self.nullWords = nullWords
    self.place = place
  }
}

/// One end of a range.
public enum FieldBound: Sendable, Equatable {
  /// In the column's storage: an integer, minor units, days or seconds.
  case value(Int64)
  /// So many days after the business date.
  case businessDate(plusDays: Int)
}

public enum FieldType: String, Sendable, CaseIterable {
  case text, code, integer, money, date, timestamp, boolean
  case personName = "person_name"
  case documentNumber = "document_number"
  case mobile, email, address
  case bankCard = "bank_card"
}
