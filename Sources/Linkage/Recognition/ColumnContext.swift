/// What columns that stand beside one another say about each other.
enum ColumnContext {
  static func apply(to candidates: inout [Candidate]) {
    birthParts(&candidates)
    places(&candidates)
    addresses(&candidates)
    namesWithout(&candidates)
    years(&candidates)
  }

  /// Numbers of days, months and years side by side make a date; it is one of birth where nothing speaks against it.
  private static func birthParts(_ candidates: inout [Candidate]) {
    guard candidates.count >= 3 else { return }
    for start in 0...(candidates.count - 3) {
      let three = [start, start + 1, start + 2]
      for (year, month, day) in [(0, 1, 2), (2, 1, 0), (2, 0, 1)] {
        let fits = [
          fit(candidates[three[year]], .birthYear), fit(candidates[three[month]], .birthMonth),
          fit(candidates[three[day]], .birthDay),
        ]
        guard fits.allSatisfy({ $0 >= 0.7 }) else { continue }
        let reason = "stands beside the other parts of a date"
        candidates[three[year]].context[.birthYear] = (0.9, reason)
        candidates[three[month]].context[.birthMonth] = (0.9, reason)
        candidates[three[day]].context[.birthDay] = (0.9, reason)
        return
      }
    }
  }

  private static func fit(_ candidate: Candidate, _ kind: ColumnKind) -> Double {
    candidate.hasValues ? candidate.measure.evidence(for: kind).fit : 0
  }

  /// Two columns of decimals with at least three places, within the ranges of degrees.
  private static func places(_ candidates: inout [Candidate]) {
    for index in candidates.indices.dropLast() {
      let (first, second) = (candidates[index], candidates[index + 1])
      guard first.measure.share(.fraction) > 0.8, second.measure.share(.fraction) > 0.8 else { continue }
      guard fit(first, .longitude) > 0.9, fit(second, .longitude) > 0.9 else { continue }
      let isLatitudeFirst = fit(first, .latitude) >= fit(second, .latitude)
      let reason = "stands beside another column of degrees"
      candidates[index].context[isLatitudeFirst ? .latitude : .longitude] = (0.88, reason)
      candidates[index + 1].context[isLatitudeFirst ? .longitude : .latitude] = (0.88, reason)
    }
  }

  private static func addresses(_ candidates: inout [Candidate]) {
    for index in candidates.indices {
      let kind = candidates[index].kind
      let isStreet = kind == .street || kind == .addressLine
      // An address without numbers, beside a column of numbers, is the street.
      let hasNumber = candidates.contains { $0.named(.houseNumber) > 0.8 }
      if kind == .addressLine, hasNumber, candidates[index].measure.share(.street) > 0.4 {
        if candidates[index].measure.share(.houseNumber) < 0.2 {
          candidates[index].context[.street] = (0.97, "stands beside the number of the house")
        }
      }
      guard isStreet else { continue }
      for near in [index - 1, index + 1] where candidates.indices.contains(near) {
        let numbers = candidates[near].measure
        if numbers.share(.integer) > 0.6, numbers.usualLength <= 4, candidates[index].measure.share(.houseNumber) < 0.3
        {
          candidates[near].context[.houseNumber] = (0.6, "stands beside a street")
        }
      }
      for near in index + 1...index + 4 where candidates.indices.contains(near) {
        if candidates[near].readings.isEmpty { candidates[near].context[.locality] = (0.45, "stands behind a street") }
        candidates[near].context[.postcode] = (0.4, "stands behind a street")
      }
    }
  }

  /// A name that is followed by the other one: given names are known better than family names, and both less in some
  /// languages.
  private static func namesWithout(_ candidates: inout [Candidate]) {
    for index in candidates.indices where candidates[index].readings.isEmpty {
      let measure = candidates[index].measure
      guard measure.share(.words) > 0.8, measure.share(.oneToken) > 0.6, candidates[index].hasValues else { continue }
      for near in [index - 1, index + 1] where candidates.indices.contains(near) {
        let kind = candidates[near].kind
        if kind == .givenName, candidates[index].kind != .givenName {
          candidates[index].context[.familyName] = (0.55, "stands beside given names")
        }
        if kind == .familyName, candidates[index].kind != .familyName {
          candidates[index].context[.givenName] = (0.55, "stands beside family names")
        }
      }
    }
  }

  /// A table with persons and no other date of birth.
  private static func years(_ candidates: inout [Candidate]) {
    let kinds = candidates.map(\.kind)
    let hasPersons = kinds.contains { $0.isPersonName || $0 == .sex }
    let hasOrganisations = kinds.contains(.organisationName)
    let isOfTexts = kinds.contains(.freeText) && !kinds.contains(.givenName) && !kinds.contains(.sex)
    guard hasPersons, !hasOrganisations, !isOfTexts, !kinds.contains(.birthDate) else { return }
    for index in candidates.indices {
      if candidates[index].named(.birthYear) > 0.2 || candidates[index].readings.isEmpty {
        candidates[index].context[.birthYear] = (0.8, "the only year in a table of persons")
      }
      let isPlainDate =
        candidates[index].named(.otherDate) > 0.5 && candidates[index].readings[.otherDate]?.word == "date"
      if isPlainDate { candidates[index].context[.birthDate] = (0.5, "the only date in a table of persons") }
    }
  }
}
