import Standards

extension NightRows {
  /// Number and digits of a mobile user's id.
  func userNumber(_ person: Int) -> (value: Int, width: Int) {
    population.customers <= 7_000_000
      ? (spread(person, over: 10_000_000, by: 15_485_863), 7)
      : (spread(person, over: 1_000_000_000, by: 15_485_863), 9)
  }

  mutating func addMobile(_ person: Person, _ changes: Changes) {
    let user = userNumber(person.number)
    var draws = population.draws(.mobileUser, person.number)
    line.clear()
    line.byte(85)
    line.digits(user.value, user.width)
    line.byte(44)
    if draws.chance(population.shares.pinyinNames) {
      writePinyin(person, to: &line, &draws)
    } else {
      write(person, to: &line, in: .mobile, &draws)
    }
    line.byte(44)
    writeCertificate(person, &draws)
    line.byte(44)
    writePhone(phone(person, changes), to: &line, tidy: 80_000, &draws)
    line.byte(44)
    var registered = max(person.customerSince, population.firstDate.adding(days: -draws.between(1, 2_000)))
    registered = min(registered, date)
    line.date(registered)
    line.byte(44)
    // Everybody comes back after a period of their own.
    let period = draws.chance(40_000) ? draws.between(1, 7) : draws.between(8, 200)
    line.date(max(registered, date.adding(days: -((Int(date.days) + draws.below(period)) % period))))
    line.text(draws.chance(65_000) ? ",Y\r\n" : ",N\r\n")
    chunk.append(line, to: .mobileUsers)
    tellTruth(.mobileUsers, "U", user, person.number)
    if changes.leftNight == nil { addEvents(person, user) }
  }

  /// Empty for more than half; masked for some.
  private mutating func writeCertificate(_ person: Person, _ draws: inout Draws) {
    let share = draws.below(100)
    if share < 55 { return }
    if share >= 70 { return writeDocument(person, to: &line, mayBeOld: false, &draws) }
    let count = person.document.count
    let shown = count == 18 ? 4 : 2
    for index in 0..<count {
      line.byte(index < shown || index >= count - shown ? person.document.bytes[index] : 42)
    }
  }

  private mutating func addEvents(_ person: Person, _ user: (value: Int, width: Int)) {
    var habits = population.draws(.mobileEvents, person.number)
    let isFrequent = habits.chance(5_000)
    for window in windows(10, covering: 30) {
      var draws = population.draws(.mobileEvents, person.number, window)
      let count = isFrequent ? draws.between(1, 4) : draws.chance(16_000) ? 1 : 0
      for index in 0..<count {
        guard let day = day(window, 10, covering: 30, &draws) else { continue }
        line.clear()
        line.text("<event id=\"E")
        line.digits(window, 4)
        line.digits(user.value, user.width)
        line.digits(index, 1)
        line.text("\" user=\"U")
        line.digits(user.value, user.width)
        switch draws.below(100) {
        case ..<55: line.text("\" type=\"view\"")
        case ..<75: line.text("\" type=\"click\"")
        case ..<92: line.text("\" type=\"login\"")
        default: line.text("\" type=\"enquiry\"")
        }
        if draws.chance(70_000) {
          line.text(" topic=\"")
          writeTopic(&draws, withService: false)
          line.byte(34)
        }
        if draws.chance(25_000) {
          line.text(" product=\"W00")
          line.digits(draws.between(1, 3), 1)
          line.byte(34)
        }
        line.text(" at=\"")
        line.time(day, draws.below(86_400), between: 84)
        line.text("\"/>\n")
        chunk.append(line, to: .mobileEvents)
      }
    }
  }
}
