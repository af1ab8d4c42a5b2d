/// What the values of a column say about a kind.
struct ValueEvidence {
  /// How well the values go with the kind, 0 to 1; a name cannot make up for what is lacking here.
  var fit: Double
  /// How surely the values alone mean the kind, 0 to 1.
  var evidence: Double

  init(_ fit: Double, _ evidence: Double = 0) {
    self.fit = min(1, max(0, fit))
    self.evidence = min(1, max(0, evidence))
  }
}

extension ColumnMeasure {
  /// Fits and evidences are shares bent by hand: 1 from the share on at which a column with slips and placeholders in it
  /// still is of its kind, 0 where it cannot be.
  func evidence(for kind: ColumnKind) -> ValueEvidence {
    switch kind {
    case .givenName, .middleName, .familyName, .wholeName, .otherName, .organisationName: nameEvidence(kind)
    case .birthDate, .otherDate, .birthYear, .birthMonth, .birthDay, .age: dateEvidence(kind)
    case .houseNumber, .street, .addressLine, .locality, .region, .postcode, .country: addressEvidence(kind)
    case .latitude, .longitude, .place, .number: numberEvidence(kind)
    default: otherEvidence(kind)
    }
  }

  /// 0 at `low` and below, 1 at `high` and above.
  static func ramp(_ value: Double, _ low: Double, _ high: Double) -> Double {
    min(1, max(0, (value - low) / (high - low)))
  }

  private func ramp(_ value: Double, _ low: Double, _ high: Double) -> Double { Self.ramp(value, low, high) }

  // MARK: What several kinds ask

  /// Values of letters, short enough for a name.
  private var nameLike: Double {
    min(ramp(max(share(.words), share(.han)), 0.5, 0.85), ramp(1 - share(.hasDigit), 0.6, 0.85))
      * (1 - ramp(share(.email) + share(.url), 0.05, 0.3))
  }

  private var shapedOtherwise: Double {
    max(share(.email), share(.url), share(.residentId), share(.socialCredit), stats.dateShare, share(.chineseMobile))
  }

  /// Few values, each of many records.
  var fewness: Double {
    let filled = Double(max(1, stats.filledCount))
    let values = Double(stats.valueCount)
    if values <= 1 { return 0.3 }
    return max(ramp(filled / values, 1.5, 8), values <= 6 ? 0.3 : 0) * ramp(-values, -5000, -200)
  }

  private var isNumeric: Double { share(.integer) + share(.decimal) }

  // MARK: Names

  private func nameEvidence(_ kind: ColumnKind) -> ValueEvidence {
    let short = ramp(-stats.meanTokens, -7, -4.5) * ramp(-stats.meanLength, -60, -35)
    let like = nameLike * short
    let single = ramp(share(.oneToken), 0.35, 0.8)
    let known = max(share(.given), share(.family))
    let notOrganisation = 1 - 0.8 * ramp(share(.organisation), 0.1, 0.5)
    let notAddress = 1 - 0.8 * ramp(share(.street), 0.15, 0.5)
    switch kind {
    case .givenName:
      let isAhead = ramp(share(.given) - share(.family), -0.05, 0.1)
      return ValueEvidence(like * (0.5 + 0.5 * single), 0.85 * ramp(share(.given), 0.1, 0.4) * single * isAhead)
    case .middleName:
      return ValueEvidence(
        like * (0.5 + 0.5 * single), stats.valueCount > 8 ? 0.6 * ramp(share(.initial), 0.3, 0.8) : 0)
    case .familyName:
      let isAhead = ramp(share(.family) - share(.given), -0.05, 0.1)
      return ValueEvidence(like * (0.5 + 0.5 * single), 0.85 * ramp(share(.family), 0.05, 0.3) * single * isAhead)
    case .wholeName:
      let latin = 0.85 * ramp(known, 0.15, 0.5) * ramp(stats.meanTokens, 1.3, 1.8) * ramp(-stats.meanTokens, -5, -3.5)
      let chinese =
        0.9 * ramp(share(.hanName), 0.4, 0.8) * ramp(share(.hanFamily) / max(0.01, share(.hanName)), 0.3, 0.6)
      let fit = like * notOrganisation * notAddress * (1 - 0.6 * ramp(share(.filler), 0.25, 0.6))
      // With neither a common name nor Chinese characters, other things that are called "name" are likelier.
      let doubtful = 0.7 + 0.3 * ramp(known + share(.han), 0.02, 0.15)
      return ValueEvidence(fit * doubtful, max(latin, chinese) * notOrganisation * notAddress)
    case .otherName: return ValueEvidence(like)
    default:
      let fit = (1 - ramp(shapedOtherwise, 0.1, 0.4)) * (1 - isNumeric) * ramp(-stats.meanLength, -90, -50)
      let people = 1 - 0.5 * ramp(known, 0.3, 0.7) * (1 - ramp(share(.organisation), 0.1, 0.3))
      return ValueEvidence(fit * people * notAddress, 0.92 * ramp(share(.organisation), 0.12, 0.5) * notAddress)
    }
  }

  // MARK: Dates

  private func dateEvidence(_ kind: ColumnKind) -> ValueEvidence {
    let isYear = stats.dateOrder == .year
    let dated = isYear ? 0 : ramp(stats.dateShare, 0.4, 0.75)
    let spread = Double(years.high - years.low)
    let isOfLives = ramp(spread, 12, 35) * ramp(-Double(years.low), -2000, -1985)
    switch kind {
    case .birthDate: return ValueEvidence(dated, 0.85 * dated * isOfLives)
    case .otherDate:
      if isYear { return ValueEvidence(ramp(share(.year), 0.6, 0.9), 0.6 * ramp(share(.year), 0.8, 0.95)) }
      return ValueEvidence(dated, dated * (0.9 - 0.4 * isOfLives))
    case .birthYear:
      return ValueEvidence(ramp(share(.birthYear), 0.6, 0.9), 0.5 * ramp(share(.birthYear), 0.9, 0.98) * isOfLives)
    case .birthMonth:
      return ValueEvidence(ramp(share(.month), 0.6, 0.9) * ramp(-Double(stats.valueCount), -40, -14), 0)
    case .birthDay:
      return ValueEvidence(ramp(share(.day), 0.7, 0.9) * ramp(-Double(stats.valueCount), -80, -33), 0)
    default:
      let isLife = (stats.minimum ?? -1) >= 0 && (stats.maximum ?? 1e9) <= 130
      return ValueEvidence(isLife ? ramp(share(.integer), 0.7, 0.95) : 0)
    }
  }

  // MARK: Addresses

  private func addressEvidence(_ kind: ColumnKind) -> ValueEvidence {
    let other = 1 - ramp(shapedOtherwise, 0.1, 0.4)
    let lettered = ramp(1 - isNumeric, 0.4, 0.8) * other
    switch kind {
    case .houseNumber:
      let short = ramp(-stats.meanLength, -9, -5)
      return ValueEvidence(ramp(share(.hasDigit), 0.6, 0.9) * short * ramp(-stats.dateShare, -0.9, -0.3), 0)
    case .street:
      let numbered = ramp(share(.houseNumber), 0.2, 0.5)
      return ValueEvidence(
        lettered * (1 - 0.15 * numbered), 0.85 * ramp(share(.street), 0.25, 0.6) * (1 - 0.7 * numbered) * lettered)
    case .addressLine:
      let numbered = ramp(max(share(.houseNumber), share(.han) * share(.hasDigit)), 0.2, 0.5)
      let streets = ramp(share(.street), 0.2, 0.55)
      return ValueEvidence(lettered, lettered * streets * (0.4 + 0.52 * numbered))
    case .locality:
      let fit = min(lettered, ramp(-stats.meanTokens, -6, -3.5)) * ramp(1 - share(.hasDigit), 0.4, 0.8)
      // Families are called after towns, but seldom do so many values hold a given name too.
      let people = 1 - 0.6 * ramp(min(share(.given), share(.family)), 0.3, 0.6)
      return ValueEvidence(fit * people, fit * 0.7 * ramp(share(.city), 0.15, 0.5) * ramp(-share(.street), -0.5, -0.2))
    case .region:
      let fit = lettered * (0.85 + 0.15 * fewness) * ramp(-stats.meanTokens, -4, -2.5)
      return ValueEvidence(fit, fit * 0.85 * ramp(share(.region), 0.5, 0.85))
    case .country:
      let fit = lettered * (0.5 + 0.5 * fewness) * ramp(-stats.meanTokens, -4, -2.5)
      return ValueEvidence(
        fit, fit * 0.85 * ramp(share(.country), 0.5, 0.85) * ramp(share(.country) - share(.region), -0.1, 0.05))
    default:
      return postcodeEvidence
    }
  }

  private var postcodeEvidence: ValueEvidence {
    let short = ramp(-stats.meanLength, -13, -9) * ramp(stats.meanLength, 2, 4) * ramp(share(.hasDigit), 0.5, 0.85)
    let shaped = max(ramp(share(.ukPostcode), 0.4, 0.8), ramp(share(.canadianPostcode), 0.4, 0.8)) * 0.92
    let five =
      0.45 * ramp(lengthShare, 0.8, 0.97) * (usualLength == 5 ? 1 : usualLength == 6 ? 0.8 : 0)
      * ramp(share(.integer), 0.8, 0.95) * (0.4 + 0.6 * fewness)
    let whole = ramp(-share(.decimal), -0.5, -0.1) * (1 - ramp(share(.markedPhone), 0.3, 0.8))
    return ValueEvidence(short * whole, max(shaped, five))
  }

  // MARK: Numbers

  private func numberEvidence(_ kind: ColumnKind) -> ValueEvidence {
    let low = stats.minimum ?? -1e9
    let high = stats.maximum ?? 1e9
    switch kind {
    case .latitude:
      let fit = low >= -90 && high <= 90 ? ramp(isNumeric, 0.6, 0.9) : 0
      return ValueEvidence(fit, 0)
    case .longitude:
      let fit = low >= -180 && high <= 180 ? ramp(isNumeric, 0.6, 0.9) : 0
      return ValueEvidence(fit, 0)
    case .place: return ValueEvidence(max(share(.pair), 0.7 * share(.manyTokens)), 0.9 * ramp(share(.pair), 0.6, 0.9))
    default:
      let plain = 0.35 * ramp(share(.integer), 0.8, 0.95) * (1 - 0.8 * share(.leadingZero))
      return ValueEvidence(
        ramp(max(isNumeric, 0.8 * share(.hasDigit)), 0.4, 0.8) * (1 - ramp(stats.meanTokens, 4, 6)),
        max(0.85 * ramp(share(.decimal), 0.35, 0.7), plain))
    }
  }

  // MARK: The rest

  private func otherEvidence(_ kind: ColumnKind) -> ValueEvidence {
    switch kind {
    case .sex:
      let few = ramp(-Double(stats.valueCount), -30, -12)
      let words = ramp(share(.sex), 0.5, 0.9)
      return ValueEvidence(
        few * max(words, stats.maxLength <= 12 ? 0.6 : 0.2),
        0.93 * ramp(share(.sex), 0.6, 1) * ramp(-Double(stats.valueCount), -30, -12))
    case .phone: return phoneEvidence
    case .email: return ValueEvidence(ramp(share(.email), 0.3, 0.6), 0.98 * ramp(share(.email), 0.4, 0.7))
    case .url: return ValueEvidence(ramp(share(.url), 0.2, 0.5), 0.97 * ramp(share(.url), 0.4, 0.7))
    case .documentNumber: return documentEvidence
    case .recordId:
      let unique = stats.missingCount == 0 && stats.valueCount == stats.recordCount
      return ValueEvidence(1 - ramp(stats.meanTokens, 4, 7), unique ? 0.1 * share(.hasDigit) : 0)
    case .source: return ValueEvidence(stats.valueCount <= 30 ? max(0.5, fewness) : 0)
    case .category:
      let text = (1 - ramp(shapedOtherwise, 0.1, 0.4)) * ramp(-stats.meanTokens, -9, -5)
      let fit = text * (0.45 + 0.55 * fewness)
      return ValueEvidence(fit, 0.5 * fewness * text * (1 - 0.5 * share(.decimal)))
    case .list:
      return ValueEvidence(ramp(share(.list), 0.1, 0.4), 0.8 * ramp(share(.list), 0.3, 0.6) * (1 - 0.8 * share(.pair)))
    case .freeText:
      let long = max(ramp(stats.meanTokens, 1.5, 5), ramp(share(.han) * stats.meanLength, 6, 14))
      let text = (1 - ramp(shapedOtherwise, 0.1, 0.4)) * (1 - ramp(isNumeric, 0.3, 0.7))
      return ValueEvidence(
        text * (0.55 + 0.45 * long) * (1 - 0.6 * fewness), 0.12 * text + 0.5 * ramp(stats.meanTokens, 3.5, 7) * text)
    default: return ValueEvidence(0)
    }
  }

  private var phoneEvidence: ValueEvidence {
    let phones = share(.phone)
    let digits =
      ramp(max(phones, share(.hasDigit) * (stats.digitShare > 0.6 ? 0.9 : 0)), 0.4, 0.75)
      * (1 - ramp(stats.dateShare, 0.6, 0.9))
    let long = ramp(stats.meanLength, 5, 7)
    let plain = share(.integer) > 0.8 && lengthShare > 0.7
    // National numbers of eight to eleven digits; without any sign in them a code looks the same.
    let fixed =
      plain && (8...11).contains(usualLength) && share(.leadingZero) < 0.9
      ? 0.5 * phones * ramp(stats.distinctRatio, 0.05, 0.3) : 0
    return ValueEvidence(
      digits * long * (1 - ramp(share(.residentId) + share(.decimal), 0.2, 0.5)),
      max(0.9 * ramp(share(.markedPhone), 0.35, 0.7), 0.95 * ramp(share(.chineseMobile), 0.5, 0.8), fixed))
  }

  private var documentEvidence: ValueEvidence {
    let certain = max(ramp(share(.residentId), 0.4, 0.7), ramp(share(.socialCredit), 0.4, 0.7)) * 0.97
    let codes = ramp(share(.code), 0.5, 0.9)
    let tokens = 1 - ramp(stats.meanTokens, 3.5, 5.5)
    let other =
      1 - ramp(max(share(.email), share(.url), stats.dateOrder == .year ? 0 : stats.dateShare - 0.1), 0.2, 0.6)
    let fit = ramp(share(.hasDigit), 0.3, 0.7) * tokens * other * (1 - 0.6 * ramp(share(.fraction), 0.3, 0.8))
    return ValueEvidence(fit, max(certain, 0.55 * codes * ramp(stats.distinctRatio, 0.2, 0.5) * fit))
  }
}
