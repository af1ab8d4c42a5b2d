import Basics
import Standards

/// Reads what pipeline.yaml says about the country.
struct ConventionsReader {
  let problems: ProblemCollector

  func conventions(_ section: Section) -> Conventions {
    let preset = section["conventions"]?.choice(Conventions.Preset.self) ?? .cn
    var conventions = Conventions(preset)
    if preset == .international {
      section.demand("documents", because: "no country says which there are")
      section.demand("phones", because: "no country says how they are written")
    }
    if let value = section["documents"] { conventions.documents = documents(value) }
    if let value = section["phones"] { conventions.phones = (value.items() ?? []).compactMap(phonePlan) }
    if let value = section["currencies"] { conventions.currencies = decimals(value) }
    if let order = section["name_order"]?.choice(PersonName.Order.self) { conventions.nameOrder = order }
    if let divisions = section["address_divisions"]?.choice(Conventions.AddressDivisions.self) {
      conventions.addressDivisions = divisions
    }
    return conventions
  }

  // MARK: Documents

  private func documents(_ value: Value) -> [DocumentKind] {
    let items = value.items() ?? []
    if items.count > 200 {
      problems.report(
        "too_many_documents", "there are too many types of documents", at: value.place, found: "\(items.count)",
        expected: "at most 200")
    }
    var seen: Set<String> = []
    return items.compactMap { item in
      guard let section = Section(item, .document), let id = section["document"]?.identifier() else { return nil }
      if !seen.insert(id.text).inserted {
        problems.report("listed_twice", "documents lists \"\(id.text)\" twice", at: id.place)
      }
      return document(id.text, section)
    }
  }

  private func document(_ id: String, _ section: Section) -> DocumentKind {
    let checksum = section["checksum"]?.choice(Checksum.self) ?? .none
    if checksum == .none {
      section.refuse("checksum_failure", because: "there is no checksum")
      section.demand("pattern", because: "without a checksum any text would be a number")
    }
    if checksum != .gb11643 {
      section.refuse("derives", because: "only numbers by gb11643 hold a birth date and a sex")
    }
    return DocumentKind(
      id, pattern: section["pattern"].flatMap(pattern), checksum: checksum,
      onChecksumFailure: section["checksum_failure"]?.choice(DocumentKind.ChecksumFailure.self) ?? .doubt,
      derives: Set(section["derives"]?.choices(DocumentKind.Derivation.self) ?? []))
  }

  private func pattern(_ value: Value) -> TextPattern? {
    guard let word = value.word() else { return nil }
    do throws(TextPattern.Mistake) {
      return try TextPattern(word.text)
    } catch {
      problems.report(
        "bad_pattern", "\(value.name) is not a text pattern: \(error.message)", at: word.place,
        found: "\"\(word.text)\", character \(error.character)")
      return nil
    }
  }

  // MARK: Phones

  private func phonePlan(_ value: Value) -> PhonePlan? {
    guard let section = Section(value, .phonePlan) else { return nil }
    let country = section["country"].flatMap { digits($0, 1...3) }
    guard let country, let national = section["national"].flatMap(pattern) else { return nil }
    return PhonePlan(
      countryCode: country, national: national, trunkPrefix: section["trunk"].flatMap { digits($0, 1...4) } ?? "",
      internationalPrefixes: section["international"].map { allDigits($0, 1...5) } ?? ["00"],
      placeholders: section["placeholders"].map { allDigits($0, 1...15) } ?? [])
  }

  private func digits(_ value: Value, _ count: ClosedRange<Int>) -> String? {
    value.word().flatMap { digits($0, value.name, count) }
  }

  private func allDigits(_ value: Value, _ count: ClosedRange<Int>) -> [String] {
    (value.words() ?? []).compactMap { digits($0, value.name, count) }
  }

  private func digits(_ word: Word, _ name: String, _ count: ClosedRange<Int>) -> String? {
    if count.contains(word.text.count), word.text.allSatisfy(\.isASCIIDigit) { return word.text }
    problems.report(
      "bad_number", "\(name) must be digits only", at: word.place, found: "\"\(word.text)\"",
      expected: "\(count.lowerBound) to \(count.upperBound) digits")
    return nil
  }

  // MARK: Currencies

  private func decimals(_ value: Value) -> [String: Int] {
    var decimals: [String: Int] = [:]
    for (key, value) in value.pairs() ?? [] {
      guard let code = PipelineHead.currency(key, problems), let count = value.integer(in: 0...4) else { continue }
      decimals[code] = count
    }
    return decimals
  }
}
