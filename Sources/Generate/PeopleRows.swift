import Standards

/// The columns that errors and missing values concern, in their order in the file.
enum PeopleField: Int, CaseIterable {
  case firstName, surname, birth, sex, phone, email, street, city, postcode
}

/// Makes the rows of a file of people, one at a time, in space that is used again.
struct PeopleRows {
  let households: PeopleHouseholds
  /// The fields of the row under construction, by `PeopleField`.
  var fields = InlineArray<9, PeopleText>(repeating: PeopleText(UnsafeMutablePointer(bitPattern: 8)!))
  /// For parts of e-mail addresses.
  var scratch: PeopleText
  var summary = PeopleSummary()

  var chinese: PeopleChinese? { households.chinese }
  var lexicon: PeopleLexicon { households.lexicon }

  /// Bytes of space that one value needs.
  static let space = (PeopleField.allCases.count + 1) * PeopleText.capacity

  init(_ households: PeopleHouseholds, space: UnsafeMutablePointer<UInt8>) {
    self.households = households
    scratch = PeopleText(space + 9 * PeopleText.capacity)
    for index in fields.indices { fields[index] = PeopleText(space + index * PeopleText.capacity) }
  }

  /// Appends the row of a person's copy, 0 being the first record.
  mutating func append(_ person: Int, copy: Int, row: Int, to output: inout [UInt8]) {
    var draws = Draws(households.seed, .peopleRecord, person, copy)
    let (member, size) = households.member(person)
    let errors = copy == 0 ? PeopleErrors() : drawErrors(member, &draws)
    write(member, size, errors, &draws)
    if copy > 0 { spoil(member, errors, &draws) }
    leaveOut(copy == 0 ? households.shares.missingFirst : households.shares.missing, &draws)
    scratch.clear()
    scratch.append(row)
    scratch.append(UInt8(ascii: ","))
    scratch.append(person + 1)
    output.append(contentsOf: scratch.bytes)
    for index in fields.indices {
      output.append(UInt8(ascii: ","))
      output.append(contentsOf: fields[index].bytes)
    }
    output.append(UInt8(ascii: "\n"))
  }

  // MARK: What is true

  private mutating func write(_ person: PeopleMember, _ size: Int, _ errors: PeopleErrors, _ draws: inout Draws) {
    for index in fields.indices { fields[index].clear() }
    var member = person
    if errors.has(.married) { member.surname = marriedSurname(person) }
    writeNames(member, errors, &draws)
    let (year, month, day) = member.birth.parts
    let swapped = errors.has(.dayMonthSwapped)
    fields[PeopleField.birth.rawValue].append(year, width: 4)
    for part in swapped ? [day, month] : [month, day] {
      fields[PeopleField.birth.rawValue].append(UInt8(ascii: "-"))
      fields[PeopleField.birth.rawValue].append(part, width: 2)
    }
    let isMale = (member.sex == .male) != errors.has(.wrongSex)
    fields[PeopleField.sex.rawValue].append(isMale ? UInt8(ascii: "M") : UInt8(ascii: "F"))
    writePhone(member, size, isNew: errors.has(.newPhone))
    writeEmail(member, isNew: errors.has(.newEmail))
    writeAddress(member, moved: errors.has(.moved))
  }

  private mutating func writeNames(_ member: PeopleMember, _ errors: PeopleErrors, _ draws: inout Draws) {
    let (first, last) = (PeopleField.firstName.rawValue, PeopleField.surname.rawValue)
    if let chinese {
      // What a nickname is to English names, the name in pinyin is to Chinese ones.
      if errors.has(.nickname) {
        chinese.writeFirstPinyin(member.first, to: &fields[first])
        chinese.writePinyin(UInt16(member.surname), to: &fields[last])
        return
      }
      var code = member.first
      if errors.has(.firstNameTypo) || errors.has(.initial) {
        code = chinese.misspelt(code, member.sex, member.birth, &draws)
      }
      chinese.writeFirst(code, to: &fields[first])
      let isWrong = errors.has(.surnameTypo)
      chinese.write(UInt16(isWrong ? households.surname(&draws) : member.surname), to: &fields[last])
      return
    }
    if errors.has(.nickname), let nickname = nickname(of: member, &draws) {
      lexicon.nicknames.write(nickname, to: &fields[first])
    } else {
      lexicon.firstNames.write(member.first, to: &fields[first])
    }
    lexicon.writeSurname(member.surname & 0xF_FFFF, to: &fields[last])
    if member.surname >> 20 > 0 {
      fields[last].append(UInt8(ascii: "-"))
      lexicon.writeSurname(member.surname >> 20 - 1, to: &fields[last])
    }
  }

  func nickname(of member: PeopleMember, _ draws: inout Draws) -> Int? {
    let start = lexicon.nicknameStarts[member.first]
    let count = lexicon.nicknameStarts[member.first + 1] - start
    return count == 0 ? nil : start + draws.below(count)
  }

  /// The name at birth of who took the spouse's; for others the name of a spouse, one in seven with the own one before it.
  private func marriedSurname(_ member: PeopleMember) -> Int {
    if member.surname != member.maiden { return member.maiden }
    var draws = Draws(households.seed, .peopleContact, member.number, 9)
    let other = households.surname(&draws)
    return draws.chance(15_000) ? member.surname | (other + 1) << 20 : other
  }

  // MARK: Telephone and e-mail

  private mutating func writePhone(_ member: PeopleMember, _ size: Int, isNew: Bool) {
    var home = Draws(households.seed, .peopleContact, member.head, 1)
    let hasHomePhone = size > 1 && home.chance(households.shares.householdsWithPhone)
    let number = home.below(900_000) + 100_000
    var own = Draws(households.seed, .peopleContact, member.number, isNew ? 3 : 2)
    let gives = own.chance(households.shares.householdPhone)
    let isChild = member.birth.age(on: PeopleHouseholds.today) < 12
    let field = PeopleField.phone.rawValue
    if hasHomePhone && !isNew && (gives || isChild) {
      let city = address(member, moved: false).city
      fields[field].append(chinese == nil ? "01" : "05")
      fields[field].append(city % 900 + 100)
      fields[field].append(chinese == nil ? number : number + 2_000_000)
      return
    }
    if isChild && !isNew { own = Draws(households.seed, .peopleContact, member.head, 2) }
    _ = own.next()
    fields[field].append(chinese == nil ? "07" : "1")
    fields[field].append(own.below(700_000_000) + 300_000_000)
    if chinese != nil { fields[field].append(own.below(10)) }
  }

  private mutating func writeEmail(_ member: PeopleMember, isNew: Bool) {
    var draws = Draws(households.seed, .peopleContact, member.number, isNew ? 5 : 4)
    var owner = member
    let isChild = member.birth.age(on: PeopleHouseholds.today) < 14
    if isChild && !isNew && draws.chance(50_000) { return }
    if isChild || member.role == .spouse && !isNew && draws.chance(households.shares.sharedEmail) {
      owner = households.member(member.head).0
      draws = Draws(households.seed, .peopleContact, member.head, 4)
      _ = draws.next()
    } else {
      _ = draws.next()
    }
    let field = PeopleField.email.rawValue
    // The address keeps the name that its owner has, whatever a record says.
    let pattern = draws.below(6)
    writeMailName(owner, first: pattern != 3, initial: pattern == 1 || pattern == 5)
    if pattern == 0 || pattern == 2 { fields[field].append(UInt8(ascii: ".")) }
    writeMailName(owner, first: pattern == 3, initial: pattern == 4)
    let year = owner.birth.year
    if pattern >= 2 || draws.chance(70_000) { fields[field].append(pattern == 4 ? year : draws.below(999) + 1) }
    fields[field].append(UInt8(ascii: "@"))
    if chinese != nil {
      fields[field].append(draws.chance(60_000) ? "qq.com" : "163.com")
    } else {
      lexicon.mailHosts.write(draws.below(1 + draws.below(lexicon.mailHosts.count)), to: &fields[field])
    }
  }

  private mutating func writeMailName(_ owner: PeopleMember, first: Bool, initial: Bool) {
    scratch.clear()
    if let chinese {
      if first {
        chinese.writeFirstPinyin(owner.first, to: &scratch)
      } else {
        chinese.writePinyin(UInt16(owner.surname), to: &scratch)
      }
    } else if first {
      lexicon.firstNames.write(owner.first, to: &scratch)
    } else {
      lexicon.writeSurname(owner.surname, to: &scratch)
    }
    if initial { scratch.keep(1) }
    fields[PeopleField.email.rawValue].appendPlain(scratch)
  }

  // MARK: Address

  struct Address {
    var city = 0
    var street = 0
    var kind = 0
    var number = 0
    /// 0 for a house.
    var flat = 0
  }

  /// The household's address; of two who move one moves with the household, the other alone.
  func address(_ member: PeopleMember, moved: Bool) -> Address {
    var draws = Draws(households.seed, .peopleContact, member.head, 6)
    if moved {
      var own = Draws(households.seed, .peopleContact, member.number, 7)
      draws = own.chance(50_000) ? own : Draws(households.seed, .peopleContact, member.head, 8)
    }
    var address = Address()
    if let chinese {
      address.city = draws.below(1 + draws.below(chinese.vocabulary.cities.count))
      address.street = draws.below(chinese.vocabulary.roads.count)
    } else {
      // Sizes of towns fall as 1 / rank, as those of names.
      let doubling = draws.between(3, 9)
      address.city = ((1 << doubling) + draws.below(1 << doubling) - 8) % lexicon.cities.count
      // Half of the streets bear one of the names that every town has, the others a family name.
      let common = lexicon.streets.count
      address.street = draws.chance(50_000) ? draws.below(common) : common + draws.below(3_000)
      address.kind = draws.below(1 + draws.below(lexicon.streetKinds.count))
    }
    address.number = 1 + draws.below(1 + draws.below(180))
    if draws.chance(chinese == nil ? 15_000 : 80_000) { address.flat = draws.between(1, 24) }
    return address
  }

  private mutating func writeAddress(_ member: PeopleMember, moved: Bool) {
    let place = address(member, moved: moved)
    let (street, city, code) = (
      PeopleField.street.rawValue, PeopleField.city.rawValue, PeopleField.postcode.rawValue
    )
    if let chinese {
      chinese.write(chinese.vocabulary.roads[place.street], to: &fields[street])
      fields[street].append(place.number)
      fields[street].append("号")
      if place.flat > 0 {
        fields[street].append(place.flat)
        fields[street].append("室")
      }
      chinese.write(chinese.vocabulary.cities[place.city], to: &fields[city])
      fields[code].append(100 + place.city * 17, width: 3)
      fields[code].append((place.street * 31 + place.number / 60) % 1_000, width: 3)
      return
    }
    if place.flat > 0 {
      fields[street].append("Flat ")
      fields[street].append(place.flat)
      fields[street].append(UInt8(ascii: " "))
    }
    fields[street].append(place.number)
    fields[street].append(UInt8(ascii: " "))
    let common = lexicon.streets.count
    if place.street < common {
      lexicon.streets.write(place.street, to: &fields[street])
    } else {
      lexicon.writeSurname(place.street - common, to: &fields[street])
    }
    fields[street].append(UInt8(ascii: " "))
    lexicon.streetKinds.write(place.kind, to: &fields[street])
    lexicon.cities.write(place.city, to: &fields[city])
    writePostcode(place)
  }

  /// An area of two letters for the town, a district and a unit of some twenty houses of the street.
  private mutating func writePostcode(_ place: Address) {
    let field = PeopleField.postcode.rawValue
    let area = place.city % 676
    let key = (place.street * 12 + place.kind) * 9 + place.number / 20
    let unit = (key &* 40_503 &+ place.city &* 977) % 108_160
    fields[field].append(UInt8(65 + area / 26))
    fields[field].append(UInt8(65 + area % 26))
    fields[field].append(unit / 6_760 + 1 + place.city / 676 * 20)
    fields[field].append(UInt8(ascii: " "))
    fields[field].append(unit / 676 % 10)
    fields[field].append(UInt8(65 + unit / 26 % 26))
    fields[field].append(UInt8(65 + unit % 26))
  }
}
