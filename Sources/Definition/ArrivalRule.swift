/// When a delivery counts as complete, and what is checked before any of it is used.
public struct ArrivalRule: Sendable, Equatable {
  /// A file, mostly empty, that is written last; without it the delivery is late.
  public var flag: FilePattern?
  /// Lists what was delivered; without it the delivery is late.
  public var control: ControlStatement?
  /// What the first record says, when it is a header record: `HEADER|20261120`.
  public var header: MarkedStatement?
  /// What the last record says, when the file ends with one: `TRAILER|3000|1234.56`.
  public var trailer: MarkedStatement?
  /// The field whose amounts `sum` adds up; nil where the sum is 0.00.
  public var sumOf: String?
  /// Until when a missing delivery is late and nothing worse.
  public var deadline: Deadline?
  /// What its absence means; behind the deadline, where there is one.
  public var onMissing: OnMissing
  /// What is done with a file whose content was accepted under another date or name.
  public var repeated: Reaction = .refuse
  /// What is done with an extract without records, where nobody stated that it has none.
  public var empty: Reaction = .warn

  public init(
    flag: FilePattern? = nil, control: ControlStatement? = nil, header: MarkedStatement? = nil,
    trailer: MarkedStatement? = nil, sumOf: String? = nil, deadline: Deadline? = nil, onMissing: OnMissing = .wait
  ) {
    self.flag = flag
    self.control = control
    self.header = header
    self.trailer = trailer
    self.sumOf = sumOf
    self.deadline = deadline
    self.onMissing = onMissing
  }

  public enum OnMissing: String, Sendable, CaseIterable {
    /// Late: exit 75, the scheduler tries again.
    case wait
    /// Exit 1.
    case fail
    /// The night goes on without it, and says so.
    case empty
    /// The last accepted delivery stands for it, and the night says so.
    case carry
  }
}

/// A local time of day, some days after the business date: `D+1 06:30`.
public struct Deadline: Sendable, Equatable {
  public var days: Int
  public var hour: Int
  public var minute: Int

  public init(days: Int, hour: Int, minute: Int) {
    self.days = days
    self.hour = hour
    self.minute = minute
  }
}

/// What one column of a control file, a header record or a trailer record holds.
public enum StatementColumn: Sendable, Equatable {
  /// The name of the file that is spoken of.
  case file
  /// The word that tells a header or trailer from other records.
  case mark
  /// The business date, in this format.
  case date(String)
  case rows
  case bytes
  /// The sum of a field's amounts; nil: of the rule's `sumOf`.
  case sum(String?)
  /// Hexadecimal digits of the file's hash.
  case sha256, md5
  /// Not looked at.
  case ignored
}

/// A control file: one line for each file of the delivery.
public struct ControlStatement: Sendable, Equatable {
  public var file: FilePattern
  public var separator: String
  public var columns: [StatementColumn]
  /// Lines before the first that speaks of a file.
  public var headerLines: Int

  public init(
    _ file: FilePattern, separator: String = "|", columns: [StatementColumn] = [.file, .rows, .sum(nil)],
    headerLines: Int = 0
  ) {
    self.file = file
    self.separator = separator
    self.columns = columns
    self.headerLines = headerLines
  }
}

/// A header or trailer record inside of an extract, known by its first field.
public struct MarkedStatement: Sendable, Equatable {
  public var mark: String
  /// The first is `mark`.
  public var columns: [StatementColumn]

  public init(_ mark: String, columns: [StatementColumn] = [.mark, .rows, .sum(nil)]) {
    self.mark = mark
    self.columns = columns
  }
}
