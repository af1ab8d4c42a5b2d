import Standards

/// The errors of one record.
struct PeopleErrors {
  private var bits: UInt32 = 0

  @inline(__always)
  func has(_ error: PeopleError) -> Bool { bits >> UInt32(error.rawValue) & 1 == 1 }

  mutating func insert(_ error: PeopleError) { bits |= 1 << UInt32(error.rawValue) }

  var count: Int { bits.nonzeroBitCount }
}

extension PeopleRows {
  /// Kinds of errors by their weights in 1,000.
  private static let kinds: [PeopleError] = PeopleError.allCases.flatMap { Array(repeating: $0, count: $0.weight) }

  /// Most duplicates have 0 to 2 errors, the others 3 to 6, each kind at most once.
  mutating func drawErrors(_ member: PeopleMember, _ draws: inout Draws) -> PeopleErrors {
    var wanted = 0
    if draws.chance(households.shares.manyErrors) {
      wanted = 3 + min(draws.below(4), draws.below(4))
    } else {
      let share = draws.below(100)
      wanted = share < 30 ? 0 : share < 70 ? 1 : 2
    }
    var errors = PeopleErrors()
    var tries = 0
    while errors.count < wanted && tries < 60 {
      tries += 1
      let error = PeopleRows.kinds[draws.below(PeopleRows.kinds.count)]
      if errors.has(error) || !canHave(error, member, errors) { continue }
      errors.insert(error)
      summary.errors[error.rawValue] += 1
    }
    switch errors.count {
    case 0: summary.withoutErrors += 1
    case ...2: summary.withFewErrors += 1
    default: summary.withManyErrors += 1
    }
    return errors
  }

  private func canHave(_ error: PeopleError, _ member: PeopleMember, _ errors: PeopleErrors) -> Bool {
    let hasOtherName = errors.has(.nickname) || errors.has(.initial) || errors.has(.firstNameTypo)
    switch error {
    case .nickname:
      if hasOtherName { return false }
      if chinese != nil { return !errors.has(.surnameTypo) }
      return lexicon.nicknameStarts[member.first] < lexicon.nicknameStarts[member.first + 1]
    case .firstNameTypo, .initial: return !hasOtherName
    case .surnameTypo: return chinese == nil || !errors.has(.nickname)
    case .dayMonthSwapped:
      let (_, month, day) = member.birth.parts
      return day <= 12 && day != month && !errors.has(.birthSlip)
    case .birthSlip: return !errors.has(.dayMonthSwapped)
    case .married:
      // Chinese women keep their names.
      return chinese == nil && member.sex == .female && member.birth.age(on: PeopleHouseholds.today) >= 20
    case .phoneTypo: return !errors.has(.newPhone)
    case .emailTypo: return !errors.has(.newEmail)
    case .newPhone: return !errors.has(.phoneTypo)
    case .newEmail: return !errors.has(.emailTypo)
    case .upperCase: return chinese == nil
    default: return true
    }
  }

  /// Makes the errors that concern how a field is written; the others were made as the fields were written.
  mutating func spoil(_ member: PeopleMember, _ errors: PeopleErrors, _ draws: inout Draws) {
    let (first, last) = (PeopleField.firstName.rawValue, PeopleField.surname.rawValue)
    if chinese == nil {
      if errors.has(.initial) { fields[first].keep(1) }
      if errors.has(.firstNameTypo) { misspell(.firstName, &draws) }
      if errors.has(.surnameTypo) { misspell(.surname, &draws) }
    }
    if errors.has(.streetTypo) { misspell(.street, &draws) }
    if errors.has(.cityTypo) { misspell(.city, &draws) }
    if errors.has(.emailTypo) { misspell(.email, &draws) }
    if errors.has(.phoneTypo) { misspell(.phone, &draws) }
    if errors.has(.postcodeTypo) { misspell(.postcode, &draws) }
    if errors.has(.birthSlip) { slipBirth(&draws) }
    if errors.has(.namesSwapped) {
      // Both are places of one array: taken out, so that neither is accessed twice.
      var (one, other) = (fields[first], fields[last])
      one.swapContents(with: &other)
      (fields[first], fields[last]) = (one, other)
    }
    if errors.has(.upperCase) {
      for field in [first, last, PeopleField.street.rawValue, PeopleField.city.rawValue] { fields[field].upperCase() }
    }
  }

  /// A Chinese text loses its last character.
  private mutating func misspell(_ field: PeopleField, _ draws: inout Draws) {
    let index = field.rawValue
    if !fields[index].isASCII {
      var end = fields[index].count - 1
      while end > 0 && fields[index][end] & 0xC0 == 0x80 { end -= 1 }
      fields[index].keep(end)
      return
    }
    for _ in 0..<8 where fields[index].makeTypo(&draws) { return }
  }

  /// Another digit of day, month or year, so that it is still a date.
  private mutating func slipBirth(_ draws: inout Draws) {
    let places = [2, 3, 3, 5, 6, 6, 8, 9, 9]
    let field = fields[PeopleField.birth.rawValue]
    while true {
      let place = places[draws.below(places.count)]
      let (before, digit) = (field[place], UInt8(48 + draws.below(10)))
      if digit == before { continue }
      field[place] = digit
      if let date = CalendarDate(UnsafeRawBufferPointer(field.bytes)), date <= PeopleHouseholds.today { return }
      field[place] = before
    }
  }

  /// Empties fields; first name and date of birth are never both empty, as nobody could tell whose record that is.
  mutating func leaveOut(_ shares: [Int], _ draws: inout Draws) {
    for index in fields.indices where draws.chance(shares[index]) {
      if index == PeopleField.birth.rawValue && fields[PeopleField.firstName.rawValue].count == 0 { continue }
      fields[index].clear()
    }
    for index in fields.indices where fields[index].count == 0 { summary.missing[index] += 1 }
  }
}
