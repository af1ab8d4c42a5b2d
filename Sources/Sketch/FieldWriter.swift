import Definition

/// Writes the fields of a sketch: those whose column is known, and the others as comments.
struct FieldWriter {
  let binding: Binding
  let profiles: [ColumnProfile]
  /// Whether fields have names of their own, by which those of people are known.
  let hasNames: Bool

  /// The column that a field fills without anybody's help.
  private func column(_ index: Int) -> RecordKind.Column? {
    guard let column = binding.columns[index], areCodesKnown(index, column) else { return nil }
    // Without a type of document a number means nothing.
    if column.name == "document_number", !hasDocumentType, !isResidentId(index) { return nil }
    return column
  }

  /// Whether some of what the system writes for a column of fixed values is understood; of truth values, both.
  private func areCodesKnown(_ index: Int, _ column: RecordKind.Column) -> Bool {
    let known = knownCodes(index, column).count
    if column.storage == .boolean { return known > 0 && known == profiles[index].words.count }
    return column.values.isEmpty || known > 0
  }

  private var hasDocumentType: Bool {
    profiles.indices.contains {
      guard let column = binding.columns[$0], column.name == "document_type" else { return false }
      return areCodesKnown($0, column)
    }
  }

  private func isResidentId(_ index: Int) -> Bool { profiles[index].shape == .residentId }

  /// The needed columns that no field fills.
  var missing: [String] {
    let filled = profiles.indices.compactMap { column($0)?.name }
    return binding.kind.neededColumns.filter { !filled.contains($0) }
  }

  /// Lines for what is, or may be, the same in every row.
  var constants: [String] {
    let hasIds = profiles.indices.contains { column($0)?.name == "document_number" && isResidentId($0) }
    let known = hasIds && !hasDocumentType ? ["constants: {document_type: resident_id}   # by their form"] : []
    let codes = missing.compactMap { binding.kind.column($0) }.filter { $0.storage == .code && !$0.values.isEmpty }
    if codes.isEmpty { return known }
    let choices = codes.map { "\($0.name): \($0.values.joined(separator: ", "))" }.joined(separator: "; ")
    let constants = codes.map { "\($0.name): ?" }.joined(separator: ", ")
    return known + ["# constants: {\(constants)}   # where no field says it; \(choices)"]
  }

  func line(_ index: Int) -> String {
    let profile = profiles[index]
    guard let column = column(index) else { return unknownLine(index) }
    var keys = ["from: \(YAMLText.scalar(profile.name))", "to: \(column.name)", "type: \(type(of: column).rawValue)"]
    let isNeeded = binding.kind.neededColumns.contains(column.name)
    if column.name == "key" || column.name == "party" || isNeeded && profile.isFilled { keys.append("required: true") }
    if let format = format(profile) { keys.append("format: \(YAMLText.scalar(format))") }
    let codes = knownCodes(index, column)
    if !codes.isEmpty, codes.contains(where: { $0.0 != $0.1 }) || column.values.count == 0 {
      keys.append("codes: {" + codes.map { "\(YAMLText.scalar($0.0)): \($0.1)" }.joined(separator: ", ") + "}")
    }
    if !profile.nullWords.isEmpty { keys.append("null: \(YAMLText.list(profile.nullWords))") }
    return "  - {\(keys.joined(separator: ", "))}" + comment(profile, column, isKnown: true)
  }

  /// A field whose column, or whose codes, somebody has to say.
  private func unknownLine(_ index: Int) -> String {
    let profile = profiles[index]
    var keys = ["from: \(YAMLText.scalar(profile.name))", "to: \(binding.columns[index]?.name ?? "?")"]
    keys.append("type: \(binding.columns[index].map { type(of: $0).rawValue } ?? plainType(profile))")
    if let format = format(profile) { keys.append("format: \(YAMLText.scalar(format))") }
    let needsCodes = binding.columns[index].map { !$0.values.isEmpty || $0.storage == .boolean } ?? false
    if needsCodes, mayShowCodes(of: profile, binding.columns[index]) {
      keys.append("codes: {" + profile.codes.map { "\(YAMLText.scalar($0.word)): ?" }.joined(separator: ", ") + "}")
    }
    if !profile.nullWords.isEmpty { keys.append("null: \(YAMLText.list(profile.nullWords))") }
    return "  # - {\(keys.joined(separator: ", "))}" + comment(profile, binding.columns[index], isKnown: false)
  }

  // MARK: Types and codes

  private func type(of column: RecordKind.Column) -> FieldType {
    switch (column.name, column.storage) {
    case ("name", _): .personName
    case ("document_number", _): .documentNumber
    case ("mobile", _): .mobile
    case ("email", _): .email
    case (_, .text): .text
    case (_, .code): .code
    case (_, .integer): .integer
    case (_, .money): .money
    case (_, .date): .date
    case (_, .timestamp): .timestamp
    case (_, .boolean): .boolean
    }
  }

  private func plainType(_ profile: ColumnProfile) -> String {
    switch profile.shape {
    case .empty, .text, .mobile, .email, .residentId, .personName: "text"
    case .codes: "code"
    case .integer: "integer"
    case .date: "date"
    case .timestamp: "timestamp"
    case .money: "money"
    }
  }

  private func format(_ profile: ColumnProfile) -> String? {
    switch profile.shape {
    case .date(let format), .timestamp(let format): format
    case .money(let format): format == "plain" ? nil : format
    default: nil
    }
  }

  private func knownCodes(_ index: Int, _ column: RecordKind.Column) -> [(String, String)] {
    let valid = column.storage == .boolean ? ["true", "false"] : column.values
    if valid.isEmpty { return [] }
    return CodeWords.codes(for: profiles[index].words, of: column.name, isParty: binding.kind == .party, valid: valid)
  }

  // MARK: Comments

  /// Names of people may look like codes where few people stand often.
  private func mayShowCodes(of profile: ColumnProfile, _ column: RecordKind.Column?) -> Bool {
    if profile.codes.isEmpty || ColumnWords.isPersonal(profile.name) { return false }
    let words = profile.codes.map(\.word)
    if hasNames { return column != nil || !words.contains(where: ColumnProfile.isChineseName) }
    return words.allSatisfy { word in
      word.allSatisfy(\.isASCII) && (word.count <= 4 || word.count <= 8 && word.contains(where: \.isNumber))
    }
  }

  /// What was seen; values only of codes, and only of those that tell nothing of a person.
  private func comment(_ profile: ColumnProfile, _ column: RecordKind.Column?, isKnown: Bool) -> String {
    var notes: [String] = []
    switch profile.shape {
    case .empty: notes.append("empty in the sample")
    case .residentId: notes.append("resident ids")
    case .personName: notes.append("names")
    case .mobile: notes.append("mobile numbers")
    case .email: notes.append("e-mail addresses")
    default: break
    }
    let isCode = column.map { $0.storage == .code || $0.storage == .boolean } ?? true
    if isCode, mayShowCodes(of: profile, column) {
      notes.append(profile.codes.map { "\(printable($0.word)) (\($0.count))" }.joined(separator: ", "))
      if let column, !column.values.isEmpty, !profile.codes.allSatisfy({ column.values.contains($0.word) }) {
        notes.append("each needs one of \(column.values.joined(separator: ", "))")
      }
    }
    if !isKnown, profile.isUnique { notes.append("unique, or nearly so") }
    return notes.isEmpty ? "" : "   # " + notes.joined(separator: "; ")
  }

  /// A comment ends with its line.
  private func printable(_ word: String) -> String {
    word.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 } ? word : YAMLText.quoted(word)
  }
}
