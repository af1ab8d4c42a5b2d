import Basics
import Linkage

/// Reads `matching.yaml`.
///
/// Whether the records have the columns that it names is not known here.
public struct MatchingReader {
  private let problems: ProblemCollector

  /// Reads a file; names in messages are as given.
  /// - Throws: Everything that is wrong with it, in the order of its lines, of kind `.definition`.
  public static func read(path: String) throws(Problems) -> MatchingDefinition {
    try read(text: Files.definitionText(of: path), file: path)
  }

  /// Reads a text.
  /// - Parameter file: what messages call it.
  /// - Throws: As `read(path:)`.
  public static func read(text: String, file: String) throws(Problems) -> MatchingDefinition {
    let problems = ProblemCollector()
    let definition = problems.document(in: text, file, "a matching")
      .flatMap { MatchingReader(problems: problems).definition(from: $0) }
    let errors = problems.sorted(.error)
    guard let definition, errors.isEmpty else { throw Problems(.definition, errors) }
    return definition
  }

  private func definition(from document: Value) -> MatchingDefinition? {
    guard let section = Section(document, .matching) else { return nil }
    let fields = fields(section)
    let matching = Matching(
      fields: fields.plans, swappable: swappable(section, fields), blocking: blocking(section, fields),
      largestBlock: section.integer("largest_block") ?? 2_000)
    if matching.mostComparisons > Matching.comparisonLimit, let value = section["fields"] {
      problems.report(
        "too_many_fields", "there are too many fields", at: value.place,
        found: "\(matching.mostComparisons) comparisons",
        expected:
          "at most \(Matching.comparisonLimit): one a field, one a pair of swappable names, one more a whole "
          + "name or an e-mail address",
        advice: "Remove the fields that say least")
    }
    return MatchingDefinition(
      matching: matching, threshold: section["threshold"].flatMap(bits), withoutDuplicates: withoutDuplicates(section))
  }

  // MARK: Fields

  /// What is declared; a kind that is not known is left out, so that one mistake is told once.
  private struct Declared {
    var plans: [Matching.FieldPlan] = []
    var places: [String: Place] = [:]
    var kinds: [String: FieldKind] = [:]
    var ids: [String] { plans.map(\.id) }

    func position(_ id: String) -> Int? { plans.firstIndex { $0.id == id } }
  }

  private func fields(_ section: Section) -> Declared {
    var declared = Declared()
    guard let value = section["fields"], let items = value.items() else { return declared }
    if items.isEmpty { problems.report("empty_list", "nothing is compared: fields is empty", at: value.place) }
    for item in items { add(item, to: &declared) }
    return declared
  }

  private func add(_ value: Value, to declared: inout Declared) {
    guard let section = Section(value, .matchingField) else { return }
    let id = section["id"]?.word()
    let kind = section["kind"]?.choice(FieldKind.self)
    let columns = section["columns"].flatMap { columnNames($0, kind) }
    let group = section["group"].map(readGroup) ?? .other
    let isShared = section["shared"]?.boolean() ?? false
    guard let id else { return }
    if let first = declared.places[id.text] {
      problems.report(
        "duplicate_id", "the field \"\(id.text)\" stands twice", at: id.place,
        found: first.line.map { "also in line \($0)" },
        advice: "Give one of them another id")
      return
    }
    declared.places[id.text] = id.place
    declared.kinds[id.text] = kind
    declared.plans.append(
      Matching.FieldPlan(
        id: id.text, kind: kind ?? .text, group: group, columns: columns ?? [], isShared: isShared))
  }

  private func columnNames(_ value: Value, _ kind: FieldKind?) -> [String]? {
    guard let words = value.words(), let items = value.items() else { return nil }
    let counts: [Int]
    let expected: String
    switch kind {
    case .date: (counts, expected) = ([1, 3], "one column, or those of year, month and day")
    case .place: (counts, expected) = ([1, 2], "one column, or those of latitude and longitude")
    default: (counts, expected) = (items.isEmpty ? [1] : [items.count], "one column at least")
    }
    if !counts.contains(items.count) {
      problems.report(
        "bad_columns", "the field is made of the wrong number of columns", at: value.place, found: "\(items.count)",
        expected: expected)
    }
    return words.map(\.text)
  }

  private func readGroup(_ value: Value) -> FieldGroup {
    guard let word = value.word() else { return .other }
    if let group = FieldGroup(word: word.text) { return group }
    problems.reportUnknown(
      word, "unknown_value", "group has a value that is not known", valid: FieldGroup.allCases.map(\.word))
    return .other
  }

  private func check(_ word: Word, isIn declared: Declared) -> Bool {
    if declared.ids.contains(word.text) { return true }
    problems.reportUnknown(word, "unknown_field", "fields has no such field", valid: declared.ids)
    return false
  }

  // MARK: Swappable names

  private func swappable(_ section: Section, _ declared: Declared) -> [(String, String)] {
    var used: Set<Word> = []
    return (section["swappable"]?.items() ?? []).compactMap { item in
      guard let words = item.words() else { return nil }
      guard words.count == 2 else {
        problems.report(
          "bad_pair", "these are not two names", at: item.place, found: "\(words.count) fields",
          expected: "[given name, family name]")
        return nil
      }
      let known = words.map { check($0, isIn: declared) }
      for word in words where !used.insert(word).inserted {
        problems.report("listed_twice", "swappable lists \"\(word.text)\" twice", at: word.place)
      }
      guard known == [true, true] else { return nil }
      for (word, kind) in zip(words, [FieldKind.givenName, .familyName]) {
        guard let found = declared.kinds[word.text], found != kind else { continue }
        problems.report(
          "wrong_kind", "the field \"\(word.text)\" is of the wrong kind to be swapped here", at: word.place,
          found: found.rawValue, expected: kind.rawValue)
      }
      if let given = declared.position(words[0].text), let family = declared.position(words[1].text), family < given {
        problems.report(
          "wrong_order", "the family name stands before the given name that it may be swapped with", at: words[1].place,
          advice: "Put the field \"\(words[1].text)\" behind \"\(words[0].text)\"")
      }
      return (words[0].text, words[1].text)
    }
  }

  // MARK: Blocking

  private func blocking(_ section: Section, _ declared: Declared) -> [Matching.BlockingRule] {
    guard let value = section["blocking"], let items = value.items() else { return [] }
    if items.count > Matching.ruleLimit {
      problems.report(
        "too_many_rules", "there are too many blocking rules", at: value.place, found: "\(items.count)",
        expected: "at most \(Matching.ruleLimit)")
    }
    return items.compactMap { rule($0, declared) }
  }

  private func rule(_ value: Value, _ declared: Declared) -> Matching.BlockingRule? {
    guard let pairs = value.pairs() else { return nil }
    if pairs.isEmpty {
      problems.report("empty_rule", "the rule names no field", at: value.place, expected: "{field: part}")
    }
    var atoms: [Matching.KeyAtom] = []
    for (key, parts) in pairs {
      let isKnown = check(key, isIn: declared)
      let words = parts.isText ? parts.word().map { [$0] } : parts.words()
      for word in words ?? [] {
        guard let part = part(word, isKnown ? declared.kinds[key.text] : nil) else { continue }
        atoms.append(Matching.KeyAtom(key.text, part))
      }
    }
    if atoms.count(where: { $0.part.isSeveral }) > 1 {
      problems.report(
        "too_many_keys", "two parts of the rule give a record several keys", at: value.place,
        found: atoms.filter { $0.part.isSeveral }.map { "\($0.field): \($0.part.word)" }.joined(separator: ", "),
        expected: "one such part at most")
    }
    return Matching.BlockingRule(atoms)
  }

  /// - Parameter kind: of the field, where it is known.
  private func part(_ word: Word, _ kind: FieldKind?) -> Matching.KeyPart? {
    let valid = kind.map { $0.blockingParts.map(\.word) }
    guard let part = Matching.KeyPart(word: word.text) else {
      problems.reportUnknown(word, "unknown_part", "this is no part of a value", valid: valid ?? Self.allParts)
      return nil
    }
    if let kind, !kind.canBlock(by: part) {
      problems.reportUnknown(
        word, "wrong_part", "a field of the kind \(kind.rawValue) has no such part", valid: valid ?? [])
    }
    return part
  }

  /// Of all kinds, each once.
  static let allParts = FieldKind.allCases.flatMap(\.blockingParts).map(\.word)
    .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }

  // MARK: Settings

  private func bits(_ value: Value) -> Double? {
    guard let word = value.word() else { return nil }
    if let number = Double(word.text), abs(number) <= 1_000 { return number }
    problems.report(
      "bad_number", "threshold is not a number of bits", at: word.place, found: word.quoted, expected: "-1000 to 1000")
    return nil
  }

  private func withoutDuplicates(_ section: Section) -> MatchingDefinition.WithoutDuplicates {
    guard let value = section["sources_without_duplicates"] else { return .automatic }
    guard value.isText else { return .sources(value.words()?.map(\.text) ?? []) }
    if let word = value.word(), word.text != "auto" {
      problems.reportUnknown(
        word, "unknown_value", "sources_without_duplicates has a value that is not known",
        valid: ["auto", "[source, …]"])
    }
    return .automatic
  }
}
