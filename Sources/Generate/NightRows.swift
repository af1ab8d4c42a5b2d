import Standards

/// Writes all records of one person as they stand on one night.
struct NightRows {
  let population: Population
  let night: Int
  let date: CalendarDate
  let stamp: Int
  let chunk: Chunk
  /// A line of each encoding; cleared before each row.
  var line: Line
  var coreLine: Line

  init(_ population: Population, night: Int, chunk: Chunk, words: UnsafePointer<Word>, pool: UnsafePointer<UInt8>) {
    self.population = population
    self.night = night
    self.chunk = chunk
    date = population.firstDate.adding(days: night)
    let (year, month, day) = date.parts
    stamp = year * 10_000 + month * 100 + day
    line = Line(.utf8, chunk.space, words: words, pool: pool)
    coreLine = Line(.gb18030, chunk.space + Line.capacity, words: words, pool: pool)
  }

  mutating func add(_ number: Int) {
    let person = population.person(number)
    let presence = population.presence(of: number)
    let changes = population.changes(of: number, until: night)
    for record in 0..<presence.crm { addCRM(person, record, changes) }
    for record in 0..<presence.core { addCore(person, record, changes) }
    if presence.mobile { addMobile(person, changes) }
    addVisits(person, changes)
  }

  /// A row of the truth: which person a record really is.
  mutating func tellTruth(_ source: Extract, _ key: StaticString, _ digits: (value: Int, width: Int), _ person: Int) {
    line.clear()
    line.digits(stamp, 8)
    line.byte(44)
    switch source {
    case .crmCustomers: line.text("crm_customers,")
    case .coreCustomers: line.text("core_customers,")
    case .mobileUsers: line.text("mobile_users,")
    default: line.text("branch_visitors,")
    }
    line.text(key)
    line.digits(digits.value, digits.width)
    line.byte(44)
    line.number(person)
    line.byte(10)
    chunk.truth.append(contentsOf: line.bytes)
  }

  /// Events of a rolling window: the windows of `length` days that touch the last `days` days, by absolute number, so
  /// that an event stays what it is from night to night.
  func windows(_ length: Int, covering days: Int) -> ClosedRange<Int> {
    (Int(date.days) - days + 1) / length...Int(date.days) / length
  }

  /// The day of an event in a window, nil where it is outside the last `days` days.
  func day(_ window: Int, _ length: Int, covering days: Int, _ draws: inout Draws) -> CalendarDate? {
    let day = CalendarDate(days: Int32(window * length + draws.below(length)))
    return day <= date && day.days(since: date) > -days ? day : nil
  }
}

// MARK: Fields with slips

/// A system that holds names in its own way.
enum System {
  case crm, core, mobile, branch
}

extension NightRows {
  /// The name as a system holds it.
  func write(_ person: Person, to line: inout Line, in system: System, _ draws: inout Draws) {
    var name = person.name
    if !name.isCompany && !name.isMinority && draws.chance(population.shares.nameSlips) {
      name.words[name.count - 1] = population.givenNames(person).draw(&draws)
    }
    if name.rareAt >= 0, system != .crm, draws.chance(system == .mobile ? 70_000 : 50_000) {
      name.words[name.rareAt] = population.vocabulary.standIn
    }
    let dropsDot = name.isMinority && system == .mobile && draws.chance(40_000)
    for index in 0..<name.count where !(dropsDot && index == 1) { line.word(name.words[index]) }
    guard system == .crm, !name.isCompany else { return }
    let share = draws.below(100_000)
    if share < 300 {
      line.word(population.vocabulary.titles[person.sex == .male ? 0 : 1])
    } else if share < 800 {
      line.byte(32)
    }
  }

  /// Family and given name in capitals, in either order.
  func writePinyin(_ person: Person, to line: inout Line, _ draws: inout Draws) {
    let name = person.name
    let isFamilyLast = draws.chance(35_000)
    if !isFamilyLast {
      line.word(line.pinyin(name.words[0]))
      line.byte(32)
    }
    let isSplit = draws.chance(20_000)
    for index in 1..<name.count where !(name.isMinority && index == 1) {
      if isSplit && index > 1 { line.byte(32) }
      line.word(line.pinyin(name.words[index]))
    }
    if isFamilyLast {
      line.byte(32)
      line.word(line.pinyin(name.words[0]))
    }
  }

  /// The document number, with slips of typing; or its old form of 15 digits.
  func writeDocument(_ person: Person, to line: inout Line, mayBeOld: Bool, _ draws: inout Draws) {
    var number = person.document
    let hasCheck = number.count == 18 && person.documentType != 11
    if hasCheck && mayBeOld && person.documentType == 1 && person.birth.year < 1970
      && draws.chance(population.shares.oldIds)
    {
      for index in 0..<17 where index < 6 || index > 7 { line.byte(number.bytes[index]) }
      return
    }
    if hasCheck && draws.chance(population.shares.idSlips) {
      spoil(&number, &draws)
      chunk.idSlips += 1
    }
    for index in 0..<number.count {
      let byte = number.bytes[index]
      line.byte(index == 17 && byte == 88 && draws.chance(5_000) ? 120 : byte)
    }
  }

  /// Both kinds of slip are always found by the checksum: MOD 11-2 finds all wrong digits and all swaps of neighbours.
  private func spoil(_ number: inout ShortText, _ draws: inout Draws) {
    let place = draws.between(6, 15)
    let (one, next) = (number.bytes[place], number.bytes[place + 1])
    if one != next && draws.chance(25_000) {
      number.bytes[place] = next
      number.bytes[place + 1] = one
    } else {
      number.bytes[place] = 48 + (one - 48 + UInt8(draws.between(1, 9))) % 10
    }
  }

  /// The birth date, now and then with day and month swapped or another day.
  func birthAsTyped(_ person: Person, _ draws: inout Draws) -> CalendarDate {
    guard draws.chance(population.shares.birthSlips) else { return person.birth }
    let (year, month, day) = person.birth.parts
    if let swapped = CalendarDate(year: year, month: day, day: month), draws.chance(50_000) { return swapped }
    return person.birth.adding(days: draws.between(1, 20))
  }

  /// A phone number as people type it; `tidy` in 100,000 are plain digits.
  func writePhone(_ phone: Int, to line: inout Line, tidy: Int, _ draws: inout Draws) {
    if draws.chance(tidy) { return line.digits(phone, 11) }
    switch draws.below(6) {
    case 0:
      line.text("+86 ")
      line.digits(phone, 11)
    case 1:
      line.text("+86")
      line.digits(phone, 11)
    case 2:
      line.text("0086-")
      line.digits(phone, 11)
    case 3:
      writeSpaced(phone, by: 45, to: &line)
    case 4:
      writeSpaced(phone, by: 32, to: &line)
    default:
      var rest = 10_000_000_000
      while rest > 0 {
        // Full-width digits; only the systems in UTF-8 hold them.
        line.byte(0xEF)
        line.byte(0xBC)
        line.byte(UInt8(0x90 + phone / rest % 10))
        rest /= 10
      }
    }
  }

  private func writeSpaced(_ phone: Int, by separator: UInt8, to line: inout Line) {
    line.digits(phone / 100_000_000, 3)
    line.byte(separator)
    line.digits(phone / 10_000 % 10_000, 4)
    line.byte(separator)
    line.digits(phone % 10_000, 4)
  }

  /// City, road, number and rooms; the same for a household.
  func writeAddress(_ person: Person, to line: inout Line, comma: Bool = false) {
    var draws = population.draws(.address, person.head, 1)
    let vocabulary = population.vocabulary
    line.word(draws.pick(vocabulary.cities))
    line.word(draws.pick(vocabulary.roads))
    line.number(draws.between(1, 999))
    line.word(vocabulary.addressParts[0])
    if comma { line.byte(44) }
    line.number(draws.between(1, 30))
    line.word(vocabulary.addressParts[1])
    line.number(draws.between(1, 33) * 100 + draws.between(1, 6))
    line.word(vocabulary.addressParts[2])
  }

  /// The latest number that everybody knows, or for CRM perhaps one before.
  func phone(_ person: Person, _ changes: Changes) -> Int {
    population.phone(person.number, person.role, head: person.head, changes: changes.phones)
  }
}
