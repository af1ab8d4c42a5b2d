import Basics
import Standards

/// What to generate, and where.
public struct GeneratorOptions: Sendable {
  /// Persons and companies on the first night, 1 to 30,000,000; each is in one to five records.
  public var customers: Int
  public var seed: UInt64
  public var firstDate: CalendarDate
  /// Consecutive nights, 1 to 366.
  public var nights: Int
  /// Made if missing; must not hold extracts of the same nights yet.
  public var folder: String
  /// The bytes do not depend on these.
  public var threads = 2
  public var shares = GeneratorShares()

  public init(customers: Int, seed: UInt64, firstDate: CalendarDate, nights: Int, folder: String) {
    self.customers = customers
    self.seed = seed
    self.firstDate = firstDate
    self.nights = nights
    self.folder = folder
  }

  func validate() throws(Problem) {
    func check(_ value: Int, _ range: ClosedRange<Int>, _ name: String) throws(Problem) {
      if !range.contains(value) {
        throw Problem(
          "bad_option", "the number of \(name) is out of range", found: String(value),
          expected: "\(range.lowerBound) to \(range.upperBound)")
      }
    }
    try check(customers, 1...30_000_000, "customers")
    try check(nights, 1...366, "nights")
    try check(threads, 1...64, "threads")
    guard firstDate.year >= 1970, firstDate.year <= 2100 else {
      throw Problem("bad_option", "the first date is out of range", found: "\(firstDate)", expected: "1970 to 2100")
    }
  }
}

/// How often things happen, in 100,000; what the generator plants on purpose.
///
/// Of each night: 1,000 balances (a current account becomes 80 to 120 % of what it was), 200 phone numbers, 100 joining,
/// 50 leaving. Deposits are renewed when they mature; net-value wealth products are paid out to the current account.
public struct GeneratorShares: Sendable, Equatable {
  /// Of persons, each night after the first.
  public var balances = 1_000
  public var phones = 200
  public var joining = 100
  public var leaving = 50

  /// Of persons.
  public var companies = 1_000
  public var minorityNames = 500
  /// Names with a character that core banking and mobile banking often hold as `?`.
  public var rareCharacters = 400
  /// Persons who were given the former number of another customer, whose CRM record still shows it.
  public var recycledPhones = 1_000
  /// Of persons in the system.
  public var twoCRMRecords = 2_500
  public var twoCoreRecords = 2_000

  /// Of records with an id of 18 characters: one digit wrong or two neighbours swapped.
  public var idSlips = 400
  /// Of records: another last character of the name.
  public var nameSlips = 500
  /// Of records: day and month swapped, or another day.
  public var birthSlips = 300
  /// Of CRM records of people born before 1970: the id of 15 digits.
  public var oldIds = 8_000
  /// Of CRM records: a number that the person no longer has.
  public var stalePhones = 6_000
  /// Of mobile users: the name in pinyin.
  public var pinyinNames = 12_000
  /// Of relationship managers.
  public var managersLeft = 3_000

  public init() {}
}

/// What was written.
public struct GeneratorSummary: Sendable {
  public struct File: Sendable, Equatable {
    public var name: String
    /// Data rows or elements, without header and trailer.
    public var rows: Int
    /// Of balances or amounts; nil for files without money.
    public var sum: Money?
    public var bytes: Int
  }

  public struct Night: Sendable {
    public var date: CalendarDate
    public var files: [File]
    /// Records whose id was spoilt on purpose, so that its checksum or its date fails.
    public var idSlips: Int
    /// Persons and companies there are on this night.
    public var persons: Int
  }

  public var nights: [Night] = []
  public var shares = GeneratorShares()

  public var rows: Int { nights.reduce(0) { $0 + $1.files.reduce(0) { $0 + $1.rows } } }
  public var bytes: Int { nights.reduce(0) { $0 + $1.files.reduce(0) { $0 + $1.bytes } } }
}

extension GeneratorSummary: CustomStringConvertible {
  /// A line a night, then the shares that changed from night to night.
  public var description: String {
    var text = ""
    for night in nights {
      let bytes = night.files.reduce(0) { $0 + $1.bytes }
      let rows = night.files.reduce(0) { $0 + $1.rows }
      text +=
        "\(night.date): \(night.persons) customers, \(night.files.count) files, \(rows) rows, \(bytes / 1_000) kB\n"
    }
    text += "each later night, in 100,000: \(shares.balances) balances, \(shares.phones) phones, "
    return text + "\(shares.joining) joining, \(shares.leaving) leaving\n"
  }
}
