import Basics
import Standards

/// Reads the fields and constants of one source and checks them against the columns of its kind.
struct FieldReader {
  static let dateFormats = CalendarDate.Format.allCases.map(\.rawValue)
  static let timestampFormats = Timestamp.Format.allCases.map(\.rawValue)
  static let amountFormats = AmountFormat.allCases.map(\.rawValue)
  static var formats: [String] { dateFormats + timestampFormats + amountFormats }

  let kind: RecordKind
  let origins: FieldOrigins
  let conventions: Conventions
  /// Of the pipeline's currency.
  let decimals: Int
  let problems: ProblemCollector

  /// What a source may fill: everything but the notes, which ingest writes.
  private var columns: [RecordKind.Column] { kind.columns.filter { $0.name != "notes" } }

  func field(_ value: Value) -> FieldDefinition? {
    guard let section = Section(value, .field) else { return nil }
    let column = section["to"]?.word().flatMap { self.column($0) }
    let type = section["type"]?.choice(FieldType.self)
    let words = section["from"].map { self.words(of: $0, type) } ?? []
    guard !words.isEmpty, let type, let column else { return nil }
    checkType(type, fits: column, at: section["type"]?.place ?? section.place)
    if type == .mobile, conventions.phones.isEmpty {
      problems.report(
        "no_phone_plan", "pipeline.yaml declares no phone plan", at: section.place,
        expected: "at least one under phones")
    }
    let codes = self.codes(section, type, column)
    var field = FieldDefinition(
      from: words.map(\.text), to: column.name, type: type, isRequired: section["required"]?.boolean() ?? false,
      format: format(section, type), codes: codes, otherCode: otherCode(section, column),
      nullWords: section["null"]?.words()?.map(\.text) ?? [], place: section.place)
    let limits = FieldLimitReader(type: type, decimals: decimals, problems: problems)
    (field.minimum, field.maximum) = limits.range(section)
    field.pattern = limits.pattern(section)
    field.onInvalid = section["invalid"]?.choice(FieldDefinition.OnInvalid.self) ?? .quarantine
    if field.isRequired, field.onInvalid == .empty {
      section.refuse("invalid", because: "a required field cannot be left empty")
    }
    if !field.isRequired, column.name == "key" || column.name == "party" {
      problems.report(
        "must_be_required", "the field for the column \(column.name) must be required", at: section.place,
        expected: "required: true")
    }
    return field
  }

  /// The names of `from`, one or several.
  private func words(of value: Value, _ type: FieldType?) -> [Word] {
    if value.isText {
      guard let word = value.word() else { return [] }
      origins.check(word)
      return [word]
    }
    guard let words = value.words() else { return [] }
    for word in words { origins.check(word) }
    let joined: [FieldType] = [.text, .personName, .timestamp]
    if words.isEmpty {
      problems.report("empty_list", "the field is read from nothing: from is empty", at: value.place)
    } else if words.count > 1, let type, !joined.contains(type) {
      problems.report(
        "wrong_type", "several fields cannot be joined to this type", at: value.place, found: type.rawValue,
        expected: joined.map(\.rawValue).joined(separator: " or "))
    }
    return words
  }

  private func column(_ word: Word) -> RecordKind.Column? {
    if let column = columns.first(where: { $0.name == word.text }) { return column }
    problems.reportUnknown(
      word, "unknown_column", "a record of the kind \(kind.rawValue) has no such column", valid: columns.map(\.name))
    return nil
  }

  private func checkType(_ type: FieldType, fits column: RecordKind.Column, at place: Place) {
    let valid = FieldType.allCases.filter { $0.fits(column) }
    if valid.contains(type) { return }
    problems.report(
      "wrong_type", "the column \(column.name) cannot be filled by this type", at: place, found: type.rawValue,
      expected: valid.map(\.rawValue).joined(separator: " or "))
  }

  private func format(_ section: Section, _ type: FieldType) -> String {
    let valid: [String]
    switch type {
    case .date: valid = Self.dateFormats + Self.timestampFormats
    case .timestamp: valid = Self.timestampFormats
    case .money: valid = Self.amountFormats
    default:
      section.refuse("format", because: "only dates, timestamps and amounts have a format")
      return ""
    }
    if type == .money, section["format"] == nil { return Self.amountFormats[0] }
    section.demand("format", because: "a \(type.rawValue) can be written in many ways")
    guard let word = section["format"]?.word() else { return "" }
    if !valid.contains(word.text) {
      let code = type == .money ? "bad_amount_format" : "bad_date_format"
      let name = type == .money ? "an amount" : "a \(type.rawValue)"
      problems.reportUnknown(word, code, "this is not a format of \(name)", valid: valid)
    }
    return word.text
  }

  // MARK: Codes

  private func codes(
    _ section: Section, _ type: FieldType, _ column: RecordKind.Column
  ) -> [(from: String, to: String)] {
    guard type == .code || type == .boolean else {
      section.refuse("codes", because: "only codes and booleans have them")
      return []
    }
    let valid = type == .boolean ? ["true", "false"] : values(of: column)
    guard let value = section["codes"] else {
      if type == .boolean { section.demand("codes", because: "a boolean can be written in many ways") }
      // A column with fixed values takes these as they stand, and no others.
      return valid.map { ($0, $0) }
    }
    return (value.pairs() ?? []).compactMap { key, value in
      guard let word = value.word() else { return nil }
      check(word, isValueOf: column, valid: valid)
      return (key.text, word.text)
    }
  }

  private func otherCode(_ section: Section, _ column: RecordKind.Column) -> String? {
    guard let word = section["other"]?.word() else { return nil }
    if section["codes"] == nil { section.refuse("other", because: "without codes every value is taken as it stands") }
    check(word, isValueOf: column, valid: column.storage == .boolean ? ["true", "false"] : values(of: column))
    return word.text
  }

  /// The only values that a column may hold; empty where any may stand.
  private func values(of column: RecordKind.Column) -> [String] {
    column.name == "document_type" ? conventions.documents.map(\.id) : column.values
  }

  private func check(_ word: Word, isValueOf column: RecordKind.Column, valid: [String]) {
    if valid.isEmpty || valid.contains(word.text) { return }
    problems.reportUnknown(word, "unknown_value", "the column \(column.name) has no such value", valid: valid)
  }

  func constants(_ value: Value) -> [(column: String, value: String)] {
    (value.pairs() ?? []).compactMap { key, value in
      guard let column = self.column(key), let word = value.word() else { return nil }
      if column.storage != .code || column.name == "key" {
        problems.report(
          "wrong_type", "the column \(column.name) cannot be constant", at: key.place, found: column.storage.rawValue,
          expected: "a column of codes")
      }
      check(word, isValueOf: column, valid: values(of: column))
      return (column.name, word.text)
    }
  }

  // MARK: All fields together

  func checkTogether(_ fields: [FieldDefinition], constants: [(column: String, value: String)], at place: Place) {
    var filled = Set(constants.map(\.column))
    for field in fields where !filled.insert(field.to).inserted {
      problems.report("filled_twice", "the column \(field.to) is filled twice", at: field.place)
    }
    for name in kind.neededColumns where !filled.contains(name) {
      problems.report(
        "unfilled_column", "no field fills the column \(name), which the kind \(kind.rawValue) needs", at: place)
    }
    if filled.contains("document_number"), !filled.contains("document_type") {
      problems.report(
        "unfilled_column", "a document_number means nothing without a document_type", at: place,
        advice: "Add a field or a constant for document_type")
    }
  }
}

extension FieldType {
  /// Whether a field of this type can fill the column.
  func fits(_ column: RecordKind.Column) -> Bool {
    switch self {
    case .text: column.storage == .text
    case .code: column.storage == .code
    case .integer: column.storage == .integer
    case .money: column.storage == .money
    case .date: column.storage == .date
    case .timestamp: column.storage == .timestamp
    case .boolean: column.storage == .boolean
    case .personName: column.name == "name"
    case .documentNumber: column.name == "document_number"
    case .mobile: column.name == "mobile"
    case .address: column.name == "address"
    case .bankCard: column.name == "account"
    case .email: column.name == "email"
    }
  }
}
