import Basics

/// One extract of one system: where it lies, how it is written, and what its fields mean.
public struct SourceDefinition: Sendable {
  /// In snake case; names the parts of tables and the `source` column: `crm_customers`.
  public var id: String
  public var system: String
  public var title: BilingualText
  public var kind: RecordKind
  public var file: FilePattern
  public var format: ExtractFormat
  public var encoding: ExtractEncoding
  public var arrival: ArrivalRule
  public var rejectLimit: RejectLimit
  public var fields: [FieldDefinition]
  /// Canonical columns that have the same value in every row.
  public var constants: [(column: String, value: String)]
  /// Fields (by their `from`) that together stand once in an extract; a later record with the same is a duplicate. Where
  /// empty, the field that fills `key`.
  public var unique: [String] = []
  /// For facts: the source of party records whose key stands in the column `party`.
  public var partySource: String?
  public var place: Place
}

/// A path relative to the extracts folder in which `{date:yyyyMMdd}` or `{date:yyyy-MM-dd}` stands for the business date.
public struct FilePattern: Sendable, Equatable {
  public var text: String

  public init(_ text: String) { self.text = text }

  /// - Parameters:
  ///   - compact: the business date as yyyyMMdd.
  ///   - dashed: the business date as yyyy-MM-dd.
  public func path(compact: String, dashed: String) -> String {
    text.split(separator: "{date:yyyyMMdd}", omittingEmptySubsequences: false).joined(separator: compact)
      .split(separator: "{date:yyyy-MM-dd}", omittingEmptySubsequences: false).joined(separator: dashed)
  }
}

public enum ExtractFormat: Sendable, Equatable {
  /// One record a line. `columns` names the fields where there is no header row; with one, it may be empty.
  case delimited(separator: UInt8, quote: UInt8?, header: Bool, columns: [String])
  /// One record an element at the path `record`, such as `events/event`.
  case xml(record: String)
}

public enum ExtractEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case gb18030
}

/// When a delivery counts as complete, and what is checked before any of it is used.
public struct ArrivalRule: Sendable, Equatable {
  /// Lists `file|rows|sum`; without it the delivery is late.
  public var control: FilePattern?
  /// The first field of the last record, when the file ends with one of the form `TRAILER|rows|sum`.
  public var trailer: String?
  /// The column whose amounts are summed for control file and trailer; nil where the sum is 0.00.
  public var sumOf: String?
  public var onMissing: OnMissing

  public enum OnMissing: String, Sendable, CaseIterable {
    /// Late: exit 75, the scheduler tries again.
    case wait
    /// Exit 1.
    case fail
    /// The night goes on without it, and says so.
    case empty
  }
}

/// How many records of a file may be quarantined before the stage fails: a share in thousandths, and a count below
/// which the share is not looked at.
public struct RejectLimit: Sendable, Equatable {
  public var perThousand: Int
  public var atLeastRows: Int
}

/// One field of an extract and the canonical column that it fills.
public struct FieldDefinition: Sendable {
  /// Header name, column name, or for XML a path relative to the record: `@user`, `visitor/name`, `../@code`.
  public var from: String
  /// A column of `RecordKind.columns`.
  public var to: String
  public var type: FieldType
  public var isRequired: Bool
  /// The format of a date or timestamp: `yyyyMMdd`, `yyyy-MM-dd`, `yyyyMMddHHmmss`, `yyyy-MM-dd HH:mm:ss`,
  /// `yyyy-MM-ddTHH:mm:ss`. Empty for other types. A date may have the format of a timestamp: its day is taken.
  public var format: String
  /// What the system writes → the canonical code, or `true` and `false` for booleans. A value that is not listed is
  /// quarantined, unless `otherCode` is given. Empty: every value is taken as it stands.
  public var codes: [(from: String, to: String)]
  public var otherCode: String?
  /// Words that mean "no value", beside the empty field.
  public var nullWords: [String]
  public var place: Place
}

public enum FieldType: String, Sendable, CaseIterable {
  case text, code, integer, money, date, timestamp, boolean
  case personName = "person_name"
  case documentNumber = "document_number"
  case mobile, email
}
