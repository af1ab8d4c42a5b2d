import Basics

/// What kind of people a file of people holds.
public enum PeopleStyle: String, Sendable, CaseIterable {
  case english, chinese
}

/// What file of people to generate, and where.
public struct PeopleOptions: Sendable {
  /// Rows of the file, 1 to 100,000,000.
  public var records: Int
  /// Of rows: those that are another row's person again, 0 to 0.6.
  public var duplicates = 0.3
  public var seed: UInt64 = 1
  public var style = PeopleStyle.english
  /// Written anew if there is one.
  public var path: String
  /// The bytes do not depend on these.
  public var threads = 2
  public var shares = PeopleShares()

  public init(records: Int, path: String) {
    self.records = records
    self.path = path
  }

  func validate() throws(Problem) {
    func refuse(_ what: String, _ found: String, _ expected: String) -> Problem {
      Problem("bad_option", "the \(what) is out of range", found: found, expected: expected)
    }
    guard (1...100_000_000).contains(records) else {
      throw refuse("number of records", "\(records)", "1 to 100000000")
    }
    guard duplicates >= 0, duplicates <= 0.6 else { throw refuse("share of duplicates", "\(duplicates)", "0 to 0.6") }
    guard (1...64).contains(threads) else { throw refuse("number of threads", "\(threads)", "1 to 64") }
  }
}

/// How often things happen in a file of people, in 100,000.
public struct PeopleShares: Sendable, Equatable {
  /// Of spouses: the family name of the head (English style).
  public var spouseSameName = 88_000
  /// Of members of a household with a common telephone: those who give its number.
  public var householdPhone = 65_000
  public var householdsWithPhone = 60_000
  /// Of spouses: those who give the head's e-mail address.
  public var sharedEmail = 4_000
  /// Of eldest sons: the father's first name.
  public var fatherAndSon = 6_000
  /// Of children after the first: twin of the one before.
  public var twins = 4_000
  /// Of duplicates: 3 to 6 errors, not 0 to 2.
  public var manyErrors = 20_000

  /// Of duplicates: fields left empty, by column from first_name to postcode.
  public var missing = [5_000, 4_000, 10_000, 10_000, 15_000, 20_000, 10_000, 10_000, 10_000]
  /// Of first records likewise.
  public var missingFirst = [0, 0, 2_000, 2_000, 10_000, 15_000, 2_000, 2_000, 3_000]

  public init() {}
}

/// What a duplicate may have wrong or otherwise than the person's first record.
public enum PeopleError: Int, Sendable, CaseIterable {
  case firstNameTypo, surnameTypo, streetTypo, cityTypo, emailTypo, phoneTypo, postcodeTypo
  case nickname, namesSwapped, moved, married, newPhone, newEmail, dayMonthSwapped, birthSlip, initial, upperCase
  case wrongSex

  /// Of the errors drawn, in 1,000; the sum is 1,000.
  var weight: Int {
    switch self {
    case .firstNameTypo, .surnameTypo: 100
    case .streetTypo: 90
    case .cityTypo: 50
    case .emailTypo: 50
    case .phoneTypo: 50
    case .postcodeTypo: 45
    case .nickname: 90
    case .namesSwapped: 30
    case .moved: 90
    case .married: 40
    case .newPhone: 60
    case .newEmail: 50
    case .dayMonthSwapped: 30
    case .birthSlip: 50
    case .initial: 35
    case .upperCase: 30
    case .wrongSex: 10
    }
  }
}

/// What was written to a file of people.
public struct PeopleSummary: Sendable, Equatable {
  public var records = 0
  public var persons = 0
  /// Persons who share a household with another person of the file.
  public var inFamilies = 0
  public var bytes = 0
  /// Errors made, by `PeopleError.rawValue`; an error that could not be made (a nickname of a name without one) is not
  /// counted.
  public var errors = [Int](repeating: 0, count: PeopleError.allCases.count)
  /// Duplicates with no error but missing fields, with one or two, with more.
  public var withoutErrors = 0
  public var withFewErrors = 0
  public var withManyErrors = 0
  /// Empty fields, by column from first_name to postcode.
  public var missing = [Int](repeating: 0, count: 9)

  public var duplicates: Int { records - persons }

  mutating func add(_ other: PeopleSummary) {
    for index in errors.indices { errors[index] += other.errors[index] }
    for index in missing.indices { missing[index] += other.missing[index] }
    withoutErrors += other.withoutErrors
    withFewErrors += other.withFewErrors
    withManyErrors += other.withManyErrors
  }
}

extension PeopleSummary: CustomStringConvertible {
  public var description: String {
    """
    \(records) records of \(persons) persons, \(inFamilies) of them in families, \(bytes / 1_000) kB
    duplicates: \(duplicates), of them \(withoutErrors) without errors, \(withFewErrors) with one or two, \
    \(withManyErrors) with more

    """
  }
}
