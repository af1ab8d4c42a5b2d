import Basics

/// Reads the fields and constants of one source and checks them against the columns of its kind.
struct FieldReader {
  static let dateFormats = ["yyyyMMdd", "yyyy-MM-dd"]
  static let timestampFormats = ["yyyyMMddHHmmss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss"]

  let kind: RecordKind
  let format: ExtractFormat
  let problems: ProblemCollector

  /// What a source may fill: everything but the notes, which ingest writes.
  private var columns: [RecordKind.Column] { kind.columns.filter { $0.name != "notes" } }

  func field(_ value: Value) -> FieldDefinition? {
    guard
      let section = Section(
        value, "a field", required: ["from", "to", "type"],
        optional: ["required", "format", "codes", "other", "null"])
    else { return nil }
    let column = section["to"]?.word().flatMap { self.column($0) }
    let type = section["type"]?.choice(FieldType.self)
    let word = section["from"]?.word()
    if let word { checkOrigin(word) }
    guard let word, let type, let column else { return nil }
    checkType(type, fits: column, at: section["type"]?.place ?? section.place)
    let codes = self.codes(section, type, column)
    let field = FieldDefinition(
      from: [word.text], to: column.name, type: type, isRequired: section["required"]?.boolean() ?? false,
      format: dateFormat(section, type), codes: codes, otherCode: otherCode(section, column),
      nullWords: section["null"]?.words()?.map(\.text) ?? [], place: section.place)
    if !field.isRequired, column.name == "key" || column.name == "party" {
      problems.report(
        "must_be_required", "the field for the column \(column.name) must be required", at: section.place,
        expected: "required: true")
    }
    return field
  }

  private func column(_ word: Word) -> RecordKind.Column? {
    if let column = columns.first(where: { $0.name == word.text }) { return column }
    problems.reportUnknown(
      word, "unknown_column", "a record of the kind \(kind.rawValue) has no such column", valid: columns.map(\.name))
    return nil
  }

  private func checkOrigin(_ word: Word) {
    switch format {
    case .delimited(let layout):
      let names = layout.columns
      if !names.isEmpty, !names.contains(word.text) {
        problems.reportUnknown(word, "unknown_field", "the source's columns have no such name", valid: names)
      }
    case .xml(let layout):
      if !XMLPath.isFieldPath(word.text, record: layout.record) {
        problems.report(
          "bad_path", "from is not a path relative to the record", at: word.place, found: "\"\(word.text)\"",
          expected: "a path such as @id, visitor/name or ../@code")
      }
    case .fixed, .jsonLines: break
    }
  }

  private func checkType(_ type: FieldType, fits column: RecordKind.Column, at place: Place) {
    let valid = FieldType.allCases.filter { $0.fits(column) }
    if valid.contains(type) { return }
    problems.report(
      "wrong_type", "the column \(column.name) cannot be filled by this type", at: place, found: type.rawValue,
      expected: valid.map(\.rawValue).joined(separator: " or "))
  }

  private func dateFormat(_ section: Section, _ type: FieldType) -> String {
    guard type == .date || type == .timestamp else {
      section.refuse("format", because: "only dates and timestamps have a format")
      return ""
    }
    section.demand("format", because: "a \(type.rawValue) can be written in many ways")
    guard let word = section["format"]?.word() else { return "" }
    let valid = type == .date ? Self.dateFormats + Self.timestampFormats : Self.timestampFormats
    if !valid.contains(word.text) {
      problems.reportUnknown(word, "bad_date_format", "this is not a format of a \(type.rawValue)", valid: valid)
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
    let valid = type == .boolean ? ["true", "false"] : column.values
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
    check(word, isValueOf: column, valid: column.storage == .boolean ? ["true", "false"] : column.values)
    return word.text
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
      check(word, isValueOf: column, valid: column.values)
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
      problems.report("unfilled_column", "no field fills the column \(name) of a \(kind.rawValue)", at: place)
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
    case .email: column.name == "email"
    }
  }
}
