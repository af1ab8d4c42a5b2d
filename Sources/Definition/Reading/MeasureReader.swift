import Basics

/// Reads one measure of tags.yaml and checks it against the table that it aggregates.
struct MeasureReader {
  /// More than a lifetime away, a window is a mistake.
  private static let farthestDay = 36_525

  let declared: Declared
  let problems: ProblemCollector

  func measure(_ value: Value, _ taken: inout [String: String]) -> MeasureDefinition? {
    guard
      let section = Section(value, .measure)
    else { return nil }
    let id = section["id"]?.identifier()
    if let id { TagReader.take(id, as: "a measure", &taken, problems) }
    let table = section["table"].flatMap(self.table)
    let aggregate = section["aggregate"]?.choice(MeasureDefinition.Aggregate.self)
    let window = section["window"].flatMap(self.window)
    if let aggregate { checkKeys(section, aggregate) }
    let conditions = table.map { self.conditions(section, $0) } ?? []
    return MeasureDefinition(
      id: id?.text ?? "", meaning: section.bilingual("meaning"), table: table ?? .holding,
      aggregate: aggregate ?? .count, of: of(section, table, aggregate), conditions: conditions,
      dateColumn: dateColumn(section, table), window: window, place: value.place)
  }

  private func table(_ value: Value) -> RecordKind? {
    guard let word = value.word() else { return nil }
    let valid = RecordKind.allCases.filter { $0 != .party }
    if let table = valid.first(where: { $0.rawValue == word.text }) { return table }
    problems.reportUnknown(
      word, "unknown_value", "there is no such table of facts", valid: valid.map(\.rawValue))
    return nil
  }

  private func checkKeys(_ section: Section, _ aggregate: MeasureDefinition.Aggregate) {
    switch aggregate {
    case .count: section.refuse("of", because: "count counts rows")
    case .first, .last:
      section.demand("of", because: "\(aggregate.rawValue) gives a value of that column")
      section.demand("date", because: "\(aggregate.rawValue) goes by it")
    case .sum, .minimum, .maximum, .distinct:
      section.demand("of", because: "\(aggregate.rawValue) aggregates that column")
    }
    if section["window"] != nil { section.demand("date", because: "the window looks at it") }
    if section["window"] == nil && aggregate != .first && aggregate != .last {
      section.refuse("date", because: "there is no window")
    }
  }

  private func of(
    _ section: Section, _ table: RecordKind?, _ aggregate: MeasureDefinition.Aggregate?
  ) -> String? {
    guard let word = section["of"]?.word(), let table, let aggregate else { return section["of"]?.node.string }
    let storages: [RecordKind.Storage]
    switch aggregate {
    case .count: return nil
    case .sum: storages = [.integer, .money]
    case .minimum, .maximum: storages = [.integer, .money, .date, .timestamp]
    case .first, .last, .distinct: storages = [.code]
    }
    check(word, isColumnOf: table, storages: storages, message: "\(aggregate.rawValue) cannot aggregate this column")
    return word.text
  }

  private func dateColumn(_ section: Section, _ table: RecordKind?) -> String? {
    guard let word = section["date"]?.word() else { return nil }
    if let table {
      check(
        word, isColumnOf: table, storages: [.date, .timestamp], message: "this column is neither date nor timestamp")
    }
    return word.text
  }

  private func check(
    _ word: Word, isColumnOf table: RecordKind, storages: [RecordKind.Storage], message: String
  ) {
    let valid = table.columns.filter { storages.contains($0.storage) }.map(\.name)
    if valid.contains(word.text) { return }
    if table.column(word.text) == nil {
      problems.reportUnknown(
        word, "unknown_column", "the table \(table.rawValue) has no such column", valid: valid)
    } else {
      problems.reportUnknown(word, "wrong_type", message, valid: valid)
    }
  }

  private func window(_ value: Value) -> ClosedRange<Int>? {
    guard let items = value.items() else { return nil }
    let days = items.compactMap { $0.integer(in: -Self.farthestDay...Self.farthestDay) }
    if items.count == 2, days.count == 2, days[0] <= days[1] { return days[0]...days[1] }
    if days.count == items.count {
      problems.report(
        "bad_window", "window is not a first and a last day", at: value.place,
        found: "[\(days.map(String.init).joined(separator: ", "))]", expected: "two whole numbers in order: [-89, 0]")
    }
    return nil
  }

  // MARK: Conditions

  private func conditions(_ section: Section, _ table: RecordKind) -> [MeasureCondition] {
    (section["where"]?.pairs() ?? []).compactMap { key, value in
      guard let words = value.words() else { return nil }
      if words.isEmpty {
        problems.report("empty_condition", "no value of \(key.text) counts, so nothing ever does", at: value.place)
      }
      guard let valid = values(of: key, in: table) else { return nil }
      if case .only(let list) = valid {
        for word in words where !list.contains(word.text) {
          problems.reportUnknown(
            word, "unknown_value", "no \(table.rawValue) ever has this \(key.text)", valid: list)
        }
      }
      return MeasureCondition(column: key.text, values: words.map(\.text))
    }
  }

  private enum Values {
    case any
    case only([String])

    init(_ list: [String]?) { self = list.map(Values.only) ?? .any }
  }

  /// The values that a condition on a column may name; nil where there is no such column.
  private func values(of key: Word, in table: RecordKind) -> Values? {
    let hasProduct = table.column("product") != nil
    if hasProduct && key.text == "product_class" {
      return Values(declared.products.map { Set($0.map(\.productClass)).sorted() })
    }
    if hasProduct && key.text == "product_standard" { return .only(["yes", "no"]) }
    if let column = table.column(key.text), column.storage == .code {
      return Values(declared.codes(of: column, in: table))
    }
    let columns = table.columns.filter { $0.storage == .code }.map(\.name)
    problems.reportUnknown(
      key, "unknown_column", "the table \(table.rawValue) has no such column of codes",
      valid: columns + (hasProduct ? ["product_class", "product_standard"] : []))
    return nil
  }
}
