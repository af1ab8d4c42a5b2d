import Standards

extension Population {
  func person(_ number: Int) -> Person {
    let (head, role) = household(of: number)
    var person = Person(number: number, head: head, role: role)
    var draws = draws(.identity, number)
    person.isCompany = isCompany(number)
    var household = self.draws(.address, head)
    person.branch = household.below(branches) + 1
    person.wealth = wealth(number, isCompany: person.isCompany)
    person.customerSince = firstDate.adding(days: -draws.between(1, 7_000))
    if let night = joinedNight(number) { person.customerSince = firstDate.adding(days: night) }
    if person.isCompany {
      person.name = companyName(&draws)
      person.birth = person.customerSince
      setCreditCode(&person, &draws)
      return person
    }
    let headTraits = traits(ofHead: head)
    setTraits(&person, headTraits, &draws)
    person.name = personName(person, headTraits, &draws)
    setDocument(&person, &draws)
    let age = person.birth.age(on: firstDate)
    person.isEmployee = draws.chance(600) && age >= 20 && age < 60
    if age < 18 { person.wealth /= 10 }
    person.isDeceased = draws.chance(age > 70 ? 2_000 : 100)
    return person
  }

  // MARK: Traits

  private struct HeadTraits {
    var family: UInt16
    var sex: Sex
    var age: Int
  }

  /// What the other members' traits depend on; a stream of its own, so that members need not make the whole head.
  private func traits(ofHead head: Int) -> HeadTraits {
    var draws = draws(.identity, head, 1)
    let family = vocabulary.families.draw(&draws)
    let sex: Sex = draws.chance(60_000) ? .male : .female
    let share = draws.below(100)
    let decade =
      switch share {
      case ..<18: 2
      case ..<44: 3
      case ..<66: 4
      case ..<84: 5
      case ..<94: 6
      case ..<99: 7
      default: 8
      }
    return HeadTraits(family: family, sex: sex, age: decade * 10 + draws.below(10))
  }

  private func setTraits(_ person: inout Person, _ head: HeadTraits, _ draws: inout Draws) {
    let age: Int
    switch person.role {
    case .head:
      (person.sex, age) = (head.sex, head.age)
    case .spouse:
      person.sex = head.sex == .male ? .female : .male
      age = max(20, head.age + draws.between(-5, 5))
    case .child:
      person.sex = draws.chance(52_000) ? .male : .female
      age = max(0, head.age - draws.between(22, 34))
    case .parent:
      person.sex = draws.chance(45_000) ? .male : .female
      age = min(97, head.age + draws.between(22, 32))
    }
    let year = firstDate.year - age - 1
    let days = CalendarDate.isLeap(year) ? 366 : 365
    let newYear = CalendarDate(year: year, month: 1, day: 1) ?? firstDate
    person.birth = newYear.adding(days: draws.below(days))
  }

  // MARK: Names

  private func personName(_ person: Person, _ head: HeadTraits, _ draws: inout Draws) -> Name {
    var name = Name()
    if draws.chance(shares.minorityNames) {
      name.append(draws.pick(vocabulary.minorityFirst))
      name.append(vocabulary.middleDot)
      name.append(draws.pick(vocabulary.minorityLast))
      name.isMinority = true
      return name
    }
    let ownFamily = vocabulary.families.draw(&draws)
    name.append(person.role == .spouse ? ownFamily : head.family)
    let given = givenNames(person)
    name.append(given.draw(&draws))
    // Names of one character were in fashion from the sixties to the nineties.
    let cohort = Population.cohort(person.birth)
    if !draws.chance(cohort == 1 || cohort == 2 ? 33_000 : 9_000) { name.append(given.draw(&draws)) }
    if draws.chance(shares.rareCharacters) {
      name.rareAt = name.count - 1
      name.words[name.rareAt] = draws.pick(vocabulary.rare)
    }
    return name
  }

  func givenNames(_ person: Person) -> WeightedChoice {
    let cohorts = person.sex == .male ? vocabulary.men : vocabulary.women
    return cohorts[Population.cohort(person.birth)]
  }

  private static func cohort(_ birth: CalendarDate) -> Int {
    switch birth.year {
    case ..<1960: 0
    case ..<1980: 1
    case ..<2000: 2
    default: 3
    }
  }

  private func companyName(_ draws: inout Draws) -> Name {
    var name = Name()
    name.isCompany = true
    name.append(draws.pick(vocabulary.cities))
    name.append(draws.pick(vocabulary.companyFirst))
    name.append(draws.pick(vocabulary.companyTrade))
    name.append(draws.pick(vocabulary.companyForm))
    return name
  }

  // MARK: Documents

  private static let provinces = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65,
  ]

  private func setDocument(_ person: inout Person, _ draws: inout Draws) {
    let share = draws.below(1_000)
    switch share {
    case ..<9:
      person.documentType = 2
      person.document.append(UInt8(ascii: "E"))
      person.document.append(draws.below(100_000_000), width: 8)
    case ..<13:
      person.documentType = 3
      person.document.append(UInt8(ascii: "H"))
      person.document.append(draws.below(100_000_000), width: 8)
    case ..<15:
      person.documentType = 4
      person.document.append(draws.below(100_000_000), width: 8)
    case ..<18:
      person.documentType = 5
      person.document.append(draws.below(100_000_000), width: 8)
    case ..<20:
      person.documentType = 6
      setResidentId(&person, region: 911_000 + draws.below(100) * 10, &draws)
    default:
      person.documentType = 1
      let city = draws.pick(Population.provinces) * 100 + draws.between(1, 12)
      setResidentId(&person, region: city * 100 + draws.between(1, 20), &draws)
    }
    if person.documentType == 3 || person.documentType == 4, !person.name.isMinority {
      person.name.words[1] = draws.pick(vocabulary.traditional)
    }
  }

  private func setResidentId(_ person: inout Person, region: Int, _ draws: inout Draws) {
    person.document.append(region, width: 6)
    let (year, month, day) = person.birth.parts
    person.document.append(year * 10_000 + month * 100 + day, width: 8)
    person.document.append(draws.below(500) * 2 + (person.sex == .male ? 1 : 0), width: 3)
    person.document.append(checkCharacter(person.document, ResidentId.checkCharacter))
  }

  private func setCreditCode(_ person: inout Person, _ draws: inout Draws) {
    let symbols = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
    person.documentType = 11
    person.document.append(91, width: 2)
    person.document.append(draws.pick(Population.provinces) * 10_000 + 100, width: 6)
    for _ in 0..<9 { person.document.append(symbols[draws.below(31)]) }
    person.document.append(checkCharacter(person.document, SocialCreditCode.checkCharacter))
  }

  private func checkCharacter(_ number: ShortText, _ compute: (UnsafeRawBufferPointer) -> UInt8) -> UInt8 {
    withUnsafeBytes(of: number.bytes) { compute(UnsafeRawBufferPointer(rebasing: $0[..<number.count])) }
  }

  // MARK: Wealth

  /// Assets in yuan at shares of the population (in 1/65,536), between which they grow evenly: about log-normal, median
  /// 6,000, 15 % at 50,000 and above, 0.05 % at 6,000,000 and above.
  private static let wealthCurve: [(share: Int, yuan: Int)] = [
    (0, 0), (6_554, 20), (16_384, 600), (26_214, 3_000), (32_768, 6_000), (39_322, 11_000), (45_875, 19_000),
    (52_429, 34_000), (55_706, 50_000), (58_982, 88_000), (62_259, 190_000), (64_225, 420_000), (64_881, 720_000),
    (65_339, 2_000_000), (65_503, 6_000_000), (65_536, 60_000_000),
  ]

  private func wealth(_ number: Int, isCompany: Bool) -> Int64 {
    var draws = draws(.wealth, number)
    let place = draws.below(65_536 * 1_000)
    let curve = Population.wealthCurve
    let upper = curve.firstIndex { $0.share * 1_000 > place } ?? curve.count - 1
    let (low, high) = (curve[upper - 1], curve[upper])
    let span = (high.share - low.share) * 1_000
    let fen = low.yuan * 100 + (place - low.share * 1_000) * ((high.yuan - low.yuan) * 100 / 1_000) / (span / 1_000)
    return Int64(isCompany ? fen * 10 : fen)
  }
}
