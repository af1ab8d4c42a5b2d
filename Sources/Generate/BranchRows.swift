import Standards

extension NightRows {
  /// Visits of the last 30 days; the teller types what the visitor says.
  mutating func addVisits(_ person: Person, _ changes: Changes) {
    guard changes.leftNight == nil, !person.isDeceased else { return }
    for window in windows(10, covering: 30) {
      var draws = population.draws(.visits, person.number, window)
      guard draws.chance(3_400), let day = day(window, 10, covering: 30, &draws) else { continue }
      let number = spread(person.number, over: 100_000_000, by: 67_867_979)
      line.clear()
      line.text("<visit id=\"V")
      line.digits(window, 4)
      line.digits(number, 8)
      line.text("\" at=\"")
      line.time(day, draws.between(30_600, 61_200), between: 84)
      line.text("\"><visitor><name>")
      write(person, to: &line, in: .branch, &draws)
      line.text("</name>")
      writeVisitor(person, changes, &draws)
      line.text("</visitor><purpose>")
      writePurpose(&draws)
      line.text("</visit>\n")
      chunk.append(line, to: .branchVisits)
      chunk.visits.append((person.branch, chunk.outputs[Extract.branchVisits.rawValue].count))
      tellTruth(.branchVisits, "V", (window * 100_000_000 + number, 12), person.number)
    }
  }

  private mutating func writeVisitor(_ person: Person, _ changes: Changes, _ draws: inout Draws) {
    if draws.chance(40_000) {
      line.text("<document type=\"")
      line.digits(person.documentType, 2)
      line.text("\" no=\"")
      writeDocument(person, to: &line, mayBeOld: false, &draws)
      line.text("\"/>")
    }
    if draws.chance(65_000) {
      line.text("<mobile>")
      writePhone(phone(person, changes), to: &line, tidy: 92_000, &draws)
      line.text("</mobile>")
    }
    if !person.isCompany && draws.chance(35_000) {
      line.text("<birth>")
      line.date(birthAsTyped(person, &draws))
      line.text("</birth>")
    }
  }

  private mutating func writePurpose(_ draws: inout Draws) {
    switch draws.below(100) {
    case ..<18: line.text("loan_enquiry</purpose><note>咨询贷款额度与利率</note>")
    case ..<36: line.text("wealth_enquiry</purpose><note>咨询理财产品 &amp; 到期续投</note>")
    case ..<46: line.text("credit_card_enquiry</purpose>")
    case ..<72: line.text("deposit</purpose>")
    case ..<76: line.text("complaint</purpose><note>排队时间过长</note>")
    default: line.text("service</purpose>")
    }
  }
}
