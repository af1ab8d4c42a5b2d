/// What a column of records is, as far as linking them is concerned.
public enum ColumnKind: String, CaseIterable, Sendable {
  case givenName, middleName, familyName
  /// A person's name in one column.
  case wholeName
  /// Another name of the same person or organisation: alias, maiden name, short name.
  case otherName
  case organisationName
  /// A whole date of birth.
  case birthDate
  /// Any other date; also a year alone.
  case otherDate
  case birthYear, birthMonth, birthDay
  case age, sex, phone, email
  case houseNumber, street
  /// An address whole, or a line of one.
  case addressLine
  /// City, suburb, district, place of birth.
  case locality
  /// State, province, county.
  case region
  case postcode, country
  /// Identity card, social security, passport, product code: any code that many records would have to themselves.
  case documentNumber
  /// Numbers the records themselves; or another linkage's answer. Never evidence.
  case recordId
  /// Says which system or file a record comes from.
  case source
  /// Few values: occupation, status, title, genre.
  case category
  /// A price, an amount, a measure.
  case number
  case latitude, longitude
  /// Latitude and longitude in one.
  case place
  /// Several entries in one value, by semicolon or bar.
  case list
  /// Descriptions, titles of papers and products, lists of authors.
  case freeText
  case url
  /// One value in all records.
  case constant
  case empty
  /// Says nothing that other columns do not say (`RecognisedColumn.redundantOf`).
  case redundant

  /// Whether agreement in such a column may tell that two records are of one entity.
  public var isEvidence: Bool {
    switch self {
    case .recordId, .source, .constant, .empty, .redundant: false
    default: true
    }
  }

  public var isPersonName: Bool {
    switch self {
    case .givenName, .middleName, .familyName, .wholeName: true
    default: false
    }
  }

  public var isAddressPart: Bool {
    switch self {
    case .houseNumber, .street, .addressLine, .locality, .region, .postcode, .country: true
    default: false
    }
  }

  /// In words, for sentences.
  public var title: String {
    switch self {
    case .givenName: "given name"
    case .middleName: "middle name"
    case .familyName: "family name"
    case .wholeName: "name of a person"
    case .otherName: "other name"
    case .organisationName: "name of an organisation"
    case .birthDate: "date of birth"
    case .otherDate: "date"
    case .birthYear: "year of birth"
    case .birthMonth: "month of birth"
    case .birthDay: "day of birth"
    case .houseNumber: "house number"
    case .addressLine: "address"
    case .documentNumber: "document number or other code"
    case .recordId: "number of the record"
    case .freeText: "free text"
    case .url: "web address"
    default: rawValue
    }
  }
}
