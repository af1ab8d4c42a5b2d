import Standards

/// What is true of one person of a file of people.
struct PeopleMember {
  /// From 0; the person's cluster.
  var number = 0
  /// Number of the household's first person.
  var head = 0
  var role = HouseholdRole.head
  /// Number of the first name; of the Chinese style, two words of the vocabulary.
  var first = 0
  /// What the person is called now, and at birth.
  var surname = 0
  var maiden = 0
  var sex = Sex.male
  var birth = CalendarDate(days: 0)
}

/// The households that people live in: each person is made from the seed and its number alone.
struct PeopleHouseholds {
  /// Households are laid out in blocks of persons, so that the household of a number is found in a few steps.
  static let block = 96
  static let largest = 6
  /// No record is of a later day; ages count from here.
  static let today = CalendarDate(year: 2025, month: 6, day: 30) ?? .distantFuture

  let seed: UInt64
  let style: PeopleStyle
  let persons: Int
  let shares: PeopleShares
  let lexicon: PeopleLexicon
  let chinese: PeopleChinese?

  enum Kind {
    case family, singleParent, sharers
  }

  /// The first person and the number of persons of a person's household.
  func household(of person: Int) -> (head: Int, size: Int) {
    let first = person / PeopleHouseholds.block * PeopleHouseholds.block
    let end = min(persons, first + PeopleHouseholds.block)
    var draws = Draws(seed, .peopleHousehold, first, 1)
    var head = first
    while true {
      let size = min(end - head, PeopleHouseholds.size(&draws))
      if person < head + size { return (head, size) }
      head += size
    }
  }

  /// Households of 1 to 6: 30, 32, 16, 14, 5 and 3 %.
  private static func size(_ draws: inout Draws) -> Int {
    switch draws.below(100) {
    case ..<30: 1
    case ..<62: 2
    case ..<78: 3
    case ..<92: 4
    case ..<97: 5
    default: 6
    }
  }

  /// Persons who live with another person.
  func countInFamilies() -> Int {
    var count = 0
    var head = 0
    while head < persons {
      let size = household(of: head).size
      if size > 1 { count += size }
      head += size
    }
    return count
  }

  /// The person of a number; the members before it are made too, for what depends on them.
  func member(_ person: Int) -> (PeopleMember, size: Int) {
    let (head, size) = household(of: person)
    var members = InlineArray<6, PeopleMember>(repeating: PeopleMember())
    var draws = Draws(seed, .peopleHousehold, head)
    members[0] = makeHead(head, size, &draws)
    let kind = kind(size, &draws)
    if person > head {
      for place in 1...person - head {
        var draws = Draws(seed, .peopleHousehold, head + place)
        members[place] = makeMember(place, kind, members, &draws)
      }
    }
    return (members[person - head], size)
  }

  private func kind(_ size: Int, _ draws: inout Draws) -> Kind {
    let share = draws.below(100)
    if size == 2 { return share < 70 ? .family : share < 88 ? .singleParent : .sharers }
    return share < 84 ? .family : share < 96 ? .singleParent : .sharers
  }

  private func makeHead(_ head: Int, _ size: Int, _ draws: inout Draws) -> PeopleMember {
    var member = PeopleMember(number: head, head: head)
    member.sex = draws.chance(size == 1 ? 48_000 : 70_000) ? .male : .female
    let age = draws.below(100) < 75 ? draws.between(24, 62) : draws.between(63, 90)
    // Children need a parent of an age to have them.
    member.birth = birth(size > 2 ? min(age, draws.between(32, 62)) : age, &draws)
    member.maiden = surname(&draws)
    member.surname = member.maiden
    member.first = firstName(member.sex, member.birth, &draws)
    return member
  }

  private func makeMember(
    _ place: Int, _ kind: Kind, _ members: InlineArray<6, PeopleMember>, _ draws: inout Draws
  ) -> PeopleMember {
    let head = members[0]
    var member = PeopleMember(number: head.number + place, head: head.number)
    member.sex = draws.chance(50_000) ? .male : .female
    member.maiden = surname(&draws)
    member.surname = member.maiden
    let headAge = head.birth.age(on: PeopleHouseholds.today)
    if kind == .sharers {
      // Any role but child and spouse: nothing is shared but the address.
      member.role = .parent
      member.birth = birth(max(18, min(90, headAge + draws.between(-6, 6))), &draws)
    } else if kind == .family && place == 1 {
      member.role = .spouse
      member.sex = head.sex == .male ? .female : .male
      if style == .english && draws.chance(shares.spouseSameName) { member.surname = head.surname }
      member.birth = birth(max(19, min(94, headAge + draws.between(-7, 5))), &draws)
    } else {
      member.role = .child
      member.maiden = head.surname
      member.surname = head.surname
      let before = members[place - 1]
      if before.role == .child && draws.chance(shares.twins) {
        member.birth = before.birth
      } else {
        member.birth = childBirth(place, members, headAge, &draws)
      }
      let isEldest = before.role != .child
      if isEldest && member.sex == .male && head.sex == .male && draws.chance(shares.fatherAndSon) {
        member.first = head.first
        return member
      }
    }
    repeat { member.first = firstName(member.sex, member.birth, &draws) } while hasName(member, members, place)
    return member
  }

  /// One to five years after the child before; where that is still to come, so many before the eldest.
  private func childBirth(
    _ place: Int, _ members: InlineArray<6, PeopleMember>, _ headAge: Int, _ draws: inout Draws
  ) -> CalendarDate {
    var eldest = place
    while eldest > 1 && members[eldest - 1].role == .child { eldest -= 1 }
    if eldest == place { return birth(max(0, headAge - draws.between(22, 40)), &draws) }
    let before = members[place - 1].birth
    let next = before.adding(days: draws.between(330, 1_800))
    // Steps of more than a year, so that no two of these come closer than brothers and sisters can.
    let earlier = members[eldest].birth.adding(days: -500 * (place - eldest) - draws.below(150))
    return next <= PeopleHouseholds.today && before >= members[eldest].birth ? next : earlier
  }

  /// Whether somebody of the household has the first name already.
  private func hasName(_ member: PeopleMember, _ members: InlineArray<6, PeopleMember>, _ place: Int) -> Bool {
    for other in 0..<place where members[other].first == member.first && members[other].sex == member.sex {
      return true
    }
    return false
  }

  private func birth(_ age: Int, _ draws: inout Draws) -> CalendarDate {
    let days = draws.below(365) + age * 36_525 / 100
    return PeopleHouseholds.today.adding(days: -days)
  }

  func surname(_ draws: inout Draws) -> Int {
    if let chinese { return Int(chinese.vocabulary.families.draw(&draws)) }
    return PeopleLexicon.surname(&draws)
  }

  private func firstName(_ sex: Sex, _ birth: CalendarDate, _ draws: inout Draws) -> Int {
    if let chinese { return chinese.firstName(sex, birth, &draws) }
    let decade = min(9, max(0, (birth.year - 1930) / 10))
    return Int(lexicon.firstChoices[(sex == .male ? 0 : 10) + decade].draw(&draws))
  }
}
