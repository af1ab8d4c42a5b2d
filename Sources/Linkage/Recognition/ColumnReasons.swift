/// Why a column was taken for what it was: one sentence each, for people.
enum ColumnReasons {
  static func sentence(for kind: ColumnKind, _ candidate: Candidate) -> String {
    let stats = candidate.stats
    switch kind {
    case .empty: return "No record has a value."
    case .constant: return "All \(stats.filledCount) values are the same."
    default: break
    }
    var parts: [String] = []
    if let reading = candidate.readings[kind] {
      let word = ColumnNames.tokens(of: candidate.measure.name).joined()
      parts.append(word == reading.word ? "the name means it" : "the name holds “\(reading.word)”")
    } else if let other = contradicted(kind, candidate) {
      parts.append("the name says \(other.title), but the values do not")
    }
    if let context = candidate.context[kind] { parts.append("it \(verb(context.reason))") }
    if let values = values(for: kind, candidate.measure) { parts.append(values) }
    if parts.isEmpty { parts.append("nothing else fits its values better") }
    let text = parts.joined(separator: "; ")
    return text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  private static func verb(_ reason: String) -> String { reason.hasPrefix("stands") ? reason : "is " + reason }

  private static func contradicted(_ kind: ColumnKind, _ candidate: Candidate) -> ColumnKind? {
    let strongest = ColumnKind.allCases.max { candidate.named($0) < candidate.named($1) }
    guard let strongest, candidate.named(strongest) > 0.55 else { return nil }
    return strongest == kind ? nil : strongest
  }

  private static func values(for kind: ColumnKind, _ measure: ColumnMeasure) -> String? {
    func share(_ trait: ValueShape.Trait, _ text: String) -> String? {
      measure.share(trait) > 0.005 ? "\(percent(measure.share(trait))) of its values \(text)" : nil
    }
    switch kind {
    case .givenName: return share(.given, "hold a common given name")
    case .familyName: return share(.family, "hold a common family name")
    case .wholeName:
      return measure.share(.hanName) > 0.2
        ? share(.hanName, "are Chinese names") : share(.given, "hold a common given name")
    case .organisationName: return share(.organisation, "hold a word for organisations")
    case .street, .addressLine: return share(.street, "hold a word for streets")
    case .locality: return share(.city, "hold a known city")
    case .email: return share(.email, "are e-mail addresses")
    case .url: return share(.url, "are web addresses")
    case .phone: return share(.phone, "have the digits of a telephone number")
    case .sex: return share(.sex, "are words for a sex")
    case .country: return share(.country, "are known countries")
    case .region: return share(.region, "are known regions")
    case .birthDate, .otherDate: return dates(measure)
    case .birthYear: return share(.birthYear, "are years")
    case .birthMonth: return share(.month, "are 1 to 12")
    case .birthDay: return share(.day, "are 1 to 31")
    case .documentNumber:
      if let citizens = share(.residentId, "are resident identity numbers") { return citizens }
      return share(.socialCredit, "are unified social credit codes") ?? share(.code, "are codes")
    case .postcode: return share(.ukPostcode, "have the shape of a postcode")
    case .category: return "\(measure.stats.valueCount) values in \(measure.stats.filledCount) records"
    case .freeText: return "\(tenths(measure.stats.meanTokens)) words a value"
    case .list: return share(.list, "hold several entries")
    case .place: return share(.pair, "are two numbers")
    default: return nil
    }
  }

  private static func dates(_ measure: ColumnMeasure) -> String? {
    guard let order = measure.stats.dateOrder else { return nil }
    let doubt = measure.stats.isDateOrderDoubtful ? ", or month first: none tells" : ""
    return "\(percent(measure.stats.dateShare)) of its values are dates (\(name(of: order))\(doubt))"
  }

  static func name(of order: DateOrder) -> String {
    switch order {
    case .yearMonthDay: "year, month, day"
    case .dayMonthYear: "day, month, year"
    case .monthDayYear: "month, day, year"
    case .compactYearMonthDay: "yyyymmdd"
    case .compactDayMonthYear: "ddmmyyyy"
    case .compactMonthDayYear: "mmddyyyy"
    case .year: "a year"
    }
  }

  static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

  private static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
