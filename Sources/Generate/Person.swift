import Standards

/// A name as words of the vocabulary; the first is the family name, if there is one.
struct Name {
  var words = InlineArray<6, UInt16>(repeating: 0)
  var count = 0
  var isMinority = false
  var isCompany = false
  /// Place of a character that older systems cannot hold, or -1.
  var rareAt = -1

  mutating func append(_ word: UInt16) {
    words[count] = word
    count += 1
  }
}

/// A number of letters and digits.
struct ShortText {
  var bytes = InlineArray<24, UInt8>(repeating: 0)
  var count = 0

  mutating func append(_ byte: UInt8) {
    bytes[count] = byte
    count += 1
  }

  mutating func append(_ value: Int, width: Int) {
    var rest = value
    for index in stride(from: count + width - 1, through: count, by: -1) {
      bytes[index] = UInt8(48 + rest % 10)
      rest /= 10
    }
    count += width
  }
}

/// Place of a person in the household.
enum HouseholdRole: UInt8 {
  case head, spouse, child, parent
}

/// What is true of one person or company, whatever the systems have made of it.
struct Person {
  var number: Int
  /// The person at the head of the household, possibly this one.
  var head: Int
  var role: HouseholdRole
  var isCompany = false
  var name = Name()
  var sex: Sex = .male
  var birth = CalendarDate(days: 0)
  /// As in the extracts: 01 resident id … 11 unified social credit code.
  var documentType = 1
  var document = ShortText()
  var branch = 0
  var isEmployee = false
  /// Assets in fen on the first night, debts not counted.
  var wealth: Int64 = 0
  var isDeceased = false
  var customerSince = CalendarDate(days: 0)
}

/// In how many records each system holds a person.
struct Presence {
  var crm = 0
  var core = 0
  var mobile = false
}

/// What has happened to a person up to a night.
struct Changes {
  /// How often the phone number changed, and in which night last (0: never).
  var phones = 0
  var phoneNight = 0
  /// The night in which the person left, or nil.
  var leftNight: Int?
  /// What the current account was multiplied by, in millionths.
  var balanceFactor: Int64 = 1_000_000
}
