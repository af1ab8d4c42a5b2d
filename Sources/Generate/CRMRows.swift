import Standards

extension NightRows {
  static let crmNumbers = 50_000_000

  func crmNumber(_ person: Int, _ record: Int = 0) -> Int {
    spread(person, over: NightRows.crmNumbers, by: 27_644_437) + record * NightRows.crmNumbers
  }

  mutating func addCRM(_ person: Person, _ record: Int, _ changes: Changes) {
    let customer = crmNumber(person.number, record)
    line.clear()
    startKey(customer)
    writeIdentity(person, record, changes)
    writeAttributes(person, record, changes)
    line.byte(10)
    chunk.append(line, to: .crmCustomers)
    tellTruth(.crmCustomers, "C", (customer, 8), person.number)
    guard record == 0 else { return }
    if changes.leftNight == nil {
      addConsents(person, customer)
      addAssignment(person, customer)
      addContacts(person, customer)
    }
    addRelations(person, customer)
  }

  private mutating func startKey(_ customer: Int) {
    line.byte(67)
    line.digits(customer, 8)
    line.byte(44)
  }

  private mutating func writeIdentity(_ person: Person, _ record: Int, _ changes: Changes) {
    var draws = population.draws(.crmRecord, person.number, record)
    line.text(person.isCompany ? "O," : "P,")
    write(person, to: &line, in: .crm, &draws)
    line.byte(44)
    if !person.isCompany && !draws.chance(5_000) { line.text(person.sex == .male ? "M" : "F") }
    line.byte(44)
    if !person.isCompany && !draws.chance(10_000) { line.date(birthAsTyped(person, &draws)) }
    line.byte(44)
    let hasDocument = !draws.chance(record == 0 ? 6_000 : 30_000)
    if hasDocument { line.digits(person.documentType, 2) }
    line.byte(44)
    if hasDocument { writeDocument(person, to: &line, mayBeOld: true, &draws) }
    line.byte(44)
    writeCRMPhone(person, record, changes, &draws)
    line.byte(44)
    if !person.isCompany && draws.chance(30_000) { writeEmail(person, &draws) }
    line.byte(44)
    // Commas in some addresses, so that the file needs its quotes.
    let share = draws.below(1_000)
    if share < 5 {
      line.byte(34)
      writeAddress(person, to: &line, comma: true)
      line.byte(34)
    } else if share < 700 {
      writeAddress(person, to: &line)
    }
    line.byte(44)
  }

  private mutating func writeCRMPhone(_ person: Person, _ record: Int, _ changes: Changes, _ draws: inout Draws) {
    let share = draws.below(100_000)
    if share < 8_000 { return }
    if share < 8_300 { return line.text("13800000000") }
    var number = phone(person, changes)
    if population.hasStalePhone(person.number) || draws.chance(population.shares.stalePhones * (record == 0 ? 1 : 5)) {
      number = population.formerPhone(person.number)
    } else if changes.phones > 0, !hasHeardOfPhone(person, changes) {
      number = population.phone(person.number, person.role, head: person.head, changes: changes.phones - 1)
    }
    writePhone(number, to: &line, tidy: 94_000, &draws)
  }

  /// Half of the changes of phone numbers reach the CRM system in the same night, the others never.
  private func hasHeardOfPhone(_ person: Person, _ changes: Changes) -> Bool {
    var draws = population.draws(.nightly, person.number, 1_000 + changes.phoneNight)
    return draws.chance(50_000)
  }

  private mutating func writeEmail(_ person: Person, _ draws: inout Draws) {
    line.lowerWord(line.pinyin(person.name.words[0]))
    if !person.name.isMinority { line.lowerWord(line.pinyin(person.name.words[1])) }
    line.number(draws.below(100_000))
    switch draws.below(4) {
    case 0: line.text("@example.com")
    case 1: line.text("@mail.example.cn")
    case 2: line.text("@post.example.net")
    default: line.text("@example.org")
    }
  }

  private mutating func writeAttributes(_ person: Person, _ record: Int, _ changes: Changes) {
    var draws = population.draws(.crmRecord, person.number, 16 + record)
    if !person.isCompany && draws.chance(70_000) { writeOccupation(person, &draws) }
    line.text(",B")
    line.digits(person.branch, 3)
    line.byte(44)
    if !person.isCompany && record == 0 && draws.chance(25_000) { writeWeComId(&draws) }
    line.byte(44)
    if !person.isCompany && draws.chance(60_000) {
      line.text("C")
      line.digits(draws.between(1, 5), 1)
      line.byte(44)
      line.date(population.firstDate.adding(days: -draws.between(1, 730)))
    } else {
      line.byte(44)
    }
    line.byte(44)
    line.date(person.customerSince)
    line.text(person.isCompany ? ",," : person.isEmployee ? ",Y," : draws.chance(95_000) ? ",N," : ",,")
    let hasLeft = changes.leftNight != nil
    line.text(person.isDeceased ? "D" : hasLeft ? "C" : "A")
    line.byte(44)
    var updated = max(person.customerSince, population.firstDate.adding(days: -draws.between(1, 1_000)))
    if changes.phones > 0, hasHeardOfPhone(person, changes) {
      updated = population.firstDate.adding(days: changes.phoneNight)
    }
    if let left = changes.leftNight { updated = population.firstDate.adding(days: left) }
    line.date(updated)
  }

  private mutating func writeOccupation(_ person: Person, _ draws: inout Draws) {
    let occupations = population.vocabulary.occupations
    let age = person.birth.age(on: population.firstDate)
    let drawn = draws.pick(occupations)
    line.word(age < 20 ? occupations[1] : age >= 60 ? occupations[0] : drawn)
  }

  private mutating func writeWeComId(_ draws: inout Draws) {
    line.text("wm")
    for _ in 0..<3 {
      var bits = draws.next()
      for _ in 0..<10 {
        let value = UInt8(bits & 63)
        bits >>= 6
        line.byte(value < 26 ? 65 + value : value < 52 ? 71 + value : value < 62 ? value - 4 : value == 62 ? 45 : 95)
      }
    }
  }

  // MARK: What hangs on a CRM customer

  private mutating func addConsents(_ person: Person, _ customer: Int) {
    var draws = population.draws(.consents, person.number)
    guard draws.chance(58_000) else { return }
    let count = draws.chance(22_000) ? 2 : 1
    let first = draws.below(100)
    for index in 0..<count {
      line.clear()
      startKey(customer)
      // The second is of another channel or purpose than the first.
      switch index == 0 ? first : (first + 50) % 100 {
      case ..<45: line.text("sms,marketing,")
      case ..<65: line.text("wecom,marketing,")
      case ..<80: line.text("all,marketing,")
      case ..<90: line.text("phone,marketing,")
      default: line.text("all,profiling,")
      }
      line.text(draws.chance(82_000) ? "granted," : "refused,")
      line.date(population.firstDate.adding(days: -draws.between(1, 900)))
      line.byte(10)
      chunk.append(line, to: .crmConsents)
    }
  }

  private static let managersOfBranch = 4

  private mutating func addAssignment(_ person: Person, _ customer: Int) {
    var draws = population.draws(.assignment, person.number)
    guard draws.chance(person.wealth >= 5_000_000 ? 85_000 : 17_500) else { return }
    let manager = (person.branch - 1) * NightRows.managersOfBranch + draws.below(NightRows.managersOfBranch) + 1
    var managerDraws = population.draws(.manager, manager)
    line.clear()
    startKey(customer)
    line.byte(77)
    line.digits(manager, 4)
    line.byte(44)
    line.word(population.vocabulary.families.draw(&managerDraws))
    let names = managerDraws.chance(55_000) ? population.vocabulary.women : population.vocabulary.men
    line.word(names[2].draw(&managerDraws))
    line.word(names[2].draw(&managerDraws))
    line.text(managerDraws.chance(population.shares.managersLeft) ? ",left,B" : ",active,B")
    line.digits(person.branch, 3)
    line.byte(44)
    line.date(population.firstDate.adding(days: -draws.between(1, 1_500)))
    line.byte(10)
    chunk.append(line, to: .crmAssignments)
  }

  private mutating func addContacts(_ person: Person, _ customer: Int) {
    for window in windows(30, covering: 90) {
      var draws = population.draws(.contacts, person.number, window)
      guard draws.chance(6_200), let day = day(window, 30, covering: 90, &draws) else { continue }
      line.clear()
      line.byte(75)
      line.digits(window, 4)
      line.digits(customer, 8)
      line.byte(44)
      startKey(customer)
      writeContact(day, &draws)
      line.byte(10)
      chunk.append(line, to: .crmContacts)
    }
  }

  private mutating func writeContact(_ day: CalendarDate, _ draws: inout Draws) {
    let share = draws.below(100)
    switch share {
    case ..<40: line.text("phone,call,")
    case ..<65: line.text("wecom,message,")
    case ..<75: line.text("branch,visit,")
    case ..<88: line.text("phone,enquiry,")
    case ..<93: line.text("phone,complaint,")
    default: line.text("sms,reply,")
    }
    writeTopic(&draws, withService: true)
    let isRecentComplaint = (88..<93).contains(share) && draws.chance(40_000)
    line.text(isRecentComplaint ? ",open," : ",closed,")
    line.time(day, draws.between(32_400, 75_600), between: 32)
    line.byte(44)
    switch share {
    case ..<40: line.text(draws.chance(60_000) ? "answered" : "no_answer")
    case 93...: line.text("replied")
    default: break
    }
  }

  mutating func writeTopic(_ draws: inout Draws, withService: Bool) {
    switch draws.below(withService ? 8 : 6) {
    case 0: line.text("loan")
    case 1: line.text("credit_card")
    case 2: line.text("wealth")
    case 3: line.text("deposit")
    case 4: line.text("fund")
    case 5: line.text("insurance")
    case 6: line.text("service")
    default: break
    }
  }

  private mutating func addRelations(_ person: Person, _ customer: Int) {
    var draws = population.draws(.relation, person.number)
    if person.isCompany {
      let other = person.number ^ 8
      guard other < population.customers, !population.isCompany(other), population.presence(of: other).crm > 0 else {
        return
      }
      return addRelation(crmNumber(other), customer, "legal_representative", &draws)
    }
    if person.role != .head {
      guard draws.chance(14_000), population.presence(of: person.head).crm > 0 else { return }
      let head = crmNumber(person.head)
      switch person.role {
      case .spouse: return addRelation(customer, head, "spouse", &draws)
      case .child: return addRelation(customer, head, "child", &draws)
      default: return addRelation(customer, head, "parent", &draws)
      }
    }
    let other = person.number ^ 32
    guard draws.chance(1_000), other < population.customers, population.presence(of: other).crm > 0 else { return }
    addRelation(customer, crmNumber(other), "referrer", &draws)
  }

  /// The first is the relation of the second: from the child to its parent, from the representative to the company.
  private mutating func addRelation(_ from: Int, _ to: Int, _ relation: StaticString, _ draws: inout Draws) {
    line.clear()
    startKey(from)
    startKey(to)
    line.text(relation)
    line.byte(44)
    line.date(population.firstDate.adding(days: -draws.between(1, 2_000)))
    line.byte(10)
    chunk.append(line, to: .crmRelations)
  }
}
