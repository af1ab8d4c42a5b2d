import Basics

/// Reads one file of sources/.
struct SourceReader {
  let id: String
  let declared: Declared
  let problems: ProblemCollector

  /// The kind alone, without reporting anything: other sources are checked against it.
  static func kind(of document: Value) -> RecordKind? {
    document.node.mapping?["kind"]?.string.flatMap(RecordKind.init(rawValue:))
  }

  /// Nil where the kind is not known, without which nothing else makes sense.
  func source(from document: Value) -> SourceDefinition? {
    guard let section = Section(document, .source) else { return nil }
    checkName(section)
    let kind = section["kind"]?.choice(RecordKind.self)
    let format = FormatReader(problems: problems).format(section)
    guard let kind else { return nil }
    let origins = FieldOrigins(format: format, problems: problems)
    let fieldReader = FieldReader(
      kind: kind, origins: origins, conventions: declared.conventions, decimals: declared.decimals, problems: problems)
    let fields = section["fields"]?.items()?.compactMap(fieldReader.field) ?? []
    let constants = section["constants"].map { fieldReader.constants($0) } ?? []
    fieldReader.checkTogether(fields, constants: constants, at: section["fields"]?.place ?? section.place)
    let load = LoadReader(kind: kind, origins: origins, problems: problems).load(section, fields)
    let contract = ContractReader(format: format, problems: problems)
    return SourceDefinition(
      id: id, system: section["system"]?.identifier()?.text ?? "", title: section.bilingual("title"), kind: kind,
      file: section["file"]?.filePattern() ?? FilePattern(""),
      compression: section["compression"]?.choice(ExtractCompression.self) ?? .none, format: format,
      encoding: encoding(section, format), limits: contract.limits(section), load: load,
      arrival: ArrivalReader(format: format, fields: fields, problems: problems).arrival(section),
      columnChanges: contract.columnChanges(section), reject: contract.reject(section),
      change: contract.change(section), fields: fields, constants: constants, unique: unique(section, fields, load),
      partySource: party(section, kind), place: section.place)
  }

  private func checkName(_ section: Section) {
    guard let word = section["source"]?.identifier(), word.text != id else { return }
    problems.report(
      "wrong_name", "the source is called otherwise than its file", at: word.place, found: "\"\(word.text)\"",
      expected: "\"\(id)\"")
  }

  private func encoding(_ section: Section, _ format: ExtractFormat) -> ExtractEncoding {
    guard let value = section["encoding"], let word = value.word() else { return .utf8 }
    if ["gbk", "gb2312", "cp936"].contains(word.text.lowercased()) {
      problems.report(
        "unknown_value", "encoding has a value that is not known", at: word.place, found: "\"\(word.text)\"",
        expected: ExtractEncoding.allCases.map(\.rawValue).joined(separator: ", "),
        advice: "Write gb18030: it reads them too")
      return .gb18030
    }
    let encoding = value.choice(ExtractEncoding.self) ?? .utf8
    if case .fixed = format, encoding == .utf16 {
      problems.report(
        "unknown_value", "fields of fixed widths are counted in bytes, and utf-16 is not read by bytes",
        at: word.place, found: "\"utf-16\"", expected: "utf-8, gb18030")
    }
    if case .jsonLines = format, encoding != .utf8 {
      problems.report(
        "unknown_value", "JSON Lines are UTF-8", at: word.place, found: "\"\(encoding.rawValue)\"", expected: "utf-8")
    }
    return encoding
  }

  private func unique(_ source: Section, _ fields: [FieldDefinition], _ load: LoadRule) -> [String] {
    if load != .full { source.refuse("unique", because: "records replace each other by their key") }
    let names = source["unique"]?.words() ?? []
    for name in names where !fields.contains(where: { $0.from == name.text }) {
      problems.reportUnknown(
        name, "unknown_field", "`unique` names a field that the source does not read", valid: fields.map(\.from))
    }
    return names.map(\.text)
  }

  private func party(_ section: Section, _ kind: RecordKind) -> String? {
    if kind == .party {
      section.refuse("party", because: "the source itself holds parties")
      return nil
    }
    section.demand("party", because: "it says whose keys stand in the column party")
    guard let word = section["party"]?.identifier() else { return nil }
    declared.checkSource(word, holds: .party, problems: problems)
    return word.text
  }
}

extension Value {
  /// A path below the extracts folder in which the business date stands.
  func filePattern() -> FilePattern? {
    guard let word = word() else { return nil }
    let filled = FilePattern(word.text).path(compact: "", dashed: "")
    let isRelative = !word.text.hasPrefix("/") && !word.text.split(separator: "/").contains("..")
    if filled != word.text, !filled.contains("{"), !filled.contains("}"), isRelative {
      return FilePattern(word.text)
    }
    problems.report(
      "bad_file_pattern", "\(name) is not a pattern for a night's file", at: word.place,
      found: "\"\(word.text)\"",
      expected: "a path below the extracts folder with {date:yyyyMMdd} or {date:yyyy-MM-dd} in it")
    return nil
  }
}
