import Standards

extension NightRows {
  /// The last eight digits of a core customer number; the first two are 62.
  func coreNumber(_ person: Int, _ record: Int) -> Int {
    spread(person, over: 50_000_000, by: 32_452_843) + record * 50_000_000
  }

  mutating func addCore(_ person: Person, _ record: Int, _ changes: Changes) {
    let customer = coreNumber(person.number, record)
    var draws = population.draws(.coreRecord, person.number, record)
    coreLine.clear()
    writeCoreKey(customer)
    write(person, to: &coreLine, in: .core, &draws)
    coreLine.byte(124)
    coreLine.digits(person.documentType, 2)
    coreLine.byte(124)
    // The second record comes from the time of the old ids, or was opened without the document at hand.
    if !(record == 1 && draws.chance(20_000)) {
      writeDocument(person, to: &coreLine, mayBeOld: record == 1, &draws)
    }
    coreLine.byte(124)
    if draws.chance(98_000) {
      coreLine.date(birthAsTyped(person, &draws), separator: false)
    } else if draws.chance(30_000) {
      coreLine.text("99991231")
    }
    coreLine.byte(124)
    if !person.isCompany && !draws.chance(2_000) { coreLine.text(person.sex == .male ? "1" : "2") }
    coreLine.byte(124)
    writeCorePhone(person, record, changes, &draws)
    coreLine.byte(124)
    if draws.chance(75_000) { writeAddress(person, to: &coreLine) }
    writeCoreEnd(person, record, changes, &draws)
    chunk.append(coreLine, to: .coreCustomers)
    tellTruth(.coreCustomers, "62", (customer, 8), person.number)
    addAccounts(person, record, customer, changes)
    if record == 0 && changes.leftNight == nil { addTransactions(person, customer) }
  }

  private mutating func writeCoreKey(_ customer: Int) {
    coreLine.text("62")
    coreLine.digits(customer, 8)
    coreLine.byte(124)
  }

  private mutating func writeCorePhone(_ person: Person, _ record: Int, _ changes: Changes, _ draws: inout Draws) {
    if draws.chance(3_000) { return }
    let isOld = record == 1 && draws.chance(40_000)
    let number = isOld ? population.formerPhone(person.number) : phone(person, changes)
    coreLine.digits(number, 11)
  }

  private mutating func writeCoreEnd(_ person: Person, _ record: Int, _ changes: Changes, _ draws: inout Draws) {
    coreLine.byte(124)
    let opened = record == 0 ? person.customerSince : person.customerSince.adding(days: -draws.between(30, 3_000))
    coreLine.date(opened, separator: false)
    coreLine.byte(124)
    coreLine.text(person.isDeceased ? "2" : changes.leftNight != nil ? "1" : "0")
    coreLine.byte(124)
    var updated = max(opened, population.firstDate.adding(days: -draws.between(1, 600)))
    if changes.phones > 0 { updated = population.firstDate.adding(days: changes.phoneNight) }
    if let left = changes.leftNight { updated = population.firstDate.adding(days: left) }
    coreLine.date(updated, separator: false)
    coreLine.byte(10)
  }
}

// MARK: Accounts

/// What a customer holds of one product.
struct Holding {
  var product: StaticString
  var balance: Int64
  var opened: CalendarDate
  var matures: CalendarDate?
  var isClosed = false
  var currency: StaticString = "CNY"
}

extension NightRows {
  private mutating func addAccounts(_ person: Person, _ record: Int, _ customer: Int, _ changes: Changes) {
    var slot = 1
    var draws = population.draws(.accounts, person.number, record * 16)
    if record > 0 {
      let forgotten = Holding(product: "D001", balance: Int64(draws.below(20_000)), opened: person.customerSince)
      return addAccount(forgotten, customer, &slot, changes)
    }
    var rest = person.wealth
    var holdings: [Holding] = []
    saveDeposits(&rest, &holdings, &draws)
    buyProducts(&rest, &holdings, &draws)
    // The current account first: transactions are booked on it.
    let balance = rest * changes.balanceFactor / 1_000_000
    addAccount(Holding(product: "D001", balance: balance, opened: person.customerSince), customer, &slot, changes)
    for holding in holdings { addAccount(holding, customer, &slot, changes) }
    addDebts(person, customer, &slot, changes)
  }

  /// Fixed and large deposits; renewed whenever they mature.
  private func saveDeposits(_ rest: inout Int64, _ holdings: inout [Holding], _ draws: inout Draws) {
    func save(_ product: StaticString, percent: Int64, unit: Int64) {
      let term = draws.pick([90, 180, 365, 730, 1_095])
      var matures = population.firstDate.adding(days: draws.between(1, term))
      while matures <= date { matures = matures.adding(days: term) }
      let amount = rest * percent / 100 / unit * unit
      guard amount > 0 else { return }
      rest -= amount
      holdings.append(
        Holding(product: product, balance: amount, opened: matures.adding(days: -term), matures: matures))
    }
    if rest >= 20_000_000 && draws.chance(30_000) { save("D003", percent: 40, unit: 1_000_000) }
    if rest >= 1_000_000 && draws.chance(35_000) { save("D002", percent: 30, unit: 100_000) }
  }

  /// Wealth products, funds and insurance; net-value products are paid out when they mature.
  private func buyProducts(_ rest: inout Int64, _ holdings: inout [Holding], _ draws: inout Draws) {
    var paidOut: Int64 = 0
    func buy(_ product: StaticString, share: Int, from least: Int64, percent: Int64, matures isFixed: Bool = false) {
      guard draws.chance(share), rest >= least else { return }
      let amount = rest * percent / 100 / 100 * 100
      rest -= amount
      var holding = Holding(
        product: product, balance: amount, opened: population.firstDate.adding(days: -draws.between(1, 700)))
      if isFixed {
        let term = draws.pick([90, 180, 365])
        let matures = population.firstDate.adding(days: draws.between(1, term))
        holding.opened = matures.adding(days: -term)
        holding.matures = matures
        if matures <= date {
          holding.isClosed = true
          holding.balance = 0
          paidOut += amount
        }
      }
      holdings.append(holding)
    }
    buy("W001", share: 24_000, from: 1_000_000, percent: 20)
    buy("W002", share: 25_000, from: 5_000_000, percent: 25, matures: true)
    buy("W003", share: 10_000, from: 30_000_000, percent: 15, matures: true)
    buy("F001", share: 10_000, from: 100_000, percent: 10)
    buy("F002", share: 6_000, from: 2_000_000, percent: 8)
    buy("I001", share: 5_000, from: 2_000_000, percent: 10)
    buy("I002", share: 3_000, from: 2_000_000, percent: 10)
    rest += paidOut
  }

  /// Cards and loans, whose balance is what is owed; and a few accounts in dollars.
  private mutating func addDebts(_ person: Person, _ customer: Int, _ slot: inout Int, _ changes: Changes) {
    var draws = population.draws(.accounts, person.number, 1)
    let since = population.firstDate
    guard person.isCompany || person.birth.age(on: since) >= 20 else { return }
    if draws.chance(17_000) {
      let opened = since.adding(days: -draws.between(30, 2_500))
      addAccount(
        Holding(product: "C001", balance: Int64(draws.below(2_000_000)), opened: opened), customer, &slot, changes)
    }
    if draws.chance(5_000) {
      let opened = since.adding(days: -draws.between(10, 300))
      let owed = Int64(draws.between(100_000, 20_000_000))
      addAccount(
        Holding(product: "L001", balance: owed, opened: opened, matures: opened.adding(days: 730)), customer, &slot,
        changes)
    }
    if draws.chance(7_000) {
      let opened = since.adding(days: -draws.between(10, 5_000))
      let owed = Int64(draws.between(10_000_000, 400_000_000))
      addAccount(
        Holding(product: "L002", balance: owed, opened: opened, matures: opened.adding(days: 10_957)), customer, &slot,
        changes)
    }
    if draws.chance(1_500) {
      let opened = since.adding(days: -draws.between(10, 2_000))
      let balance = Int64(draws.below(5_000_000))
      addAccount(
        Holding(product: "D001", balance: balance, opened: opened, currency: "USD"), customer, &slot, changes)
    }
  }

  private mutating func addAccount(_ holding: Holding, _ customer: Int, _ slot: inout Int, _ changes: Changes) {
    let isClosed = holding.isClosed || changes.leftNight != nil
    let balance = changes.leftNight != nil ? 0 : holding.balance
    coreLine.clear()
    writeAccountNumber(customer, slot)
    writeCoreKey(customer)
    coreLine.text(holding.product)
    coreLine.byte(124)
    coreLine.text(holding.currency)
    coreLine.byte(124)
    coreLine.money(balance)
    coreLine.byte(124)
    coreLine.date(holding.opened, separator: false)
    coreLine.byte(124)
    if let matures = holding.matures { coreLine.date(matures, separator: false) }
    coreLine.text(isClosed ? "|1\n" : "|0\n")
    chunk.append(coreLine, to: .coreAccounts, sum: balance)
    slot += 1
  }

  private mutating func writeAccountNumber(_ customer: Int, _ slot: Int) {
    coreLine.text("621700")
    coreLine.digits(customer, 8)
    coreLine.digits(slot, 2)
    coreLine.byte(124)
  }

  // MARK: Transactions

  private mutating func addTransactions(_ person: Person, _ customer: Int) {
    var habits = population.draws(.transactions, person.number)
    let isFrequent = habits.chance(3_000)
    for window in windows(30, covering: 90) {
      var draws = population.draws(.transactions, person.number, window)
      let count = isFrequent ? draws.between(4, 10) : draws.chance(18_000) ? 1 : 0
      for index in 0..<count {
        let day = day(window, 30, covering: 90, &draws)
        let fields = transactionFields(isFrequent, &draws)
        let second = draws.below(86_400)
        guard let day else { continue }
        coreLine.clear()
        coreLine.byte(84)
        coreLine.digits(window, 4)
        coreLine.digits(customer, 8)
        coreLine.digits(index, 2)
        coreLine.byte(124)
        writeAccountNumber(customer, 1)
        writeCoreKey(customer)
        coreLine.time(day, second, between: nil)
        coreLine.byte(124)
        coreLine.digits(fields.kind, 2)
        coreLine.byte(124)
        coreLine.money(fields.amount)
        coreLine.text("|CNY|")
        coreLine.text(fields.product)
        coreLine.byte(10)
        chunk.append(coreLine, to: .coreTransactions, sum: fields.amount)
      }
    }
  }

  /// Kinds as in the extracts: 01 deposit … 09 transfer out; amounts in fen.
  private func transactionFields(
    _ isFrequent: Bool, _ draws: inout Draws
  ) -> (kind: Int, amount: Int64, product: StaticString) {
    let share = isFrequent && draws.chance(85_000) ? 20 : draws.below(100)
    switch share {
    case ..<20: return (6, Int64(draws.between(300_000, 3_000_000)), "D001")
    case ..<45: return (5, Int64(draws.between(500, 300_000)), "D001")
    case ..<60: return (8, Int64(draws.between(1_000, 5_000_000)), "D001")
    case ..<75: return (9, Int64(draws.between(1_000, 5_000_000)), "D001")
    case ..<83: return (1, Int64(draws.between(100, 500) * 10_000), "D001")
    case ..<91: return (2, Int64(draws.between(1, 200) * 10_000), "D001")
    case ..<95: return (7, Int64(draws.between(50_000, 1_500_000)), "L002")
    case ..<98: return (3, Int64(draws.between(1, 100) * 100_000), draws.chance(60_000) ? "W001" : "W002")
    default: return (4, Int64(draws.between(1, 100) * 100_000), draws.chance(60_000) ? "W001" : "W002")
    }
  }
}
