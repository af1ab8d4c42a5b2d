import Basics

/// Reads one file of sources/.
struct SourceReader {
  private static let required = ["source", "system", "title", "kind", "file", "format", "fields"]
  private static let delimitedKeys = ["separator", "quote", "header", "columns"]
  private static let optional =
    delimitedKeys + ["record", "encoding", "arrival", "reject", "unique", "party", "constants"]

  let id: String
  let declared: Declared
  let problems: ProblemCollector

  /// The kind alone, without reporting anything: other sources are checked against it.
  static func kind(of document: Value) -> RecordKind? {
    document.node.mapping?["kind"]?.string.flatMap(RecordKind.init(rawValue:))
  }

  /// Nil where the kind is not known, without which nothing else makes sense.
  func source(from document: Value) -> SourceDefinition? {
    guard let section = Section(document, "a source", required: Self.required, optional: Self.optional) else {
      return nil
    }
    if let word = section["source"]?.identifier(), word.text != id {
      problems.report(
        "wrong_name", "the source is called otherwise than its file", at: word.place, found: "\"\(word.text)\"",
        expected: "\"\(id)\"")
    }
    let kind = section["kind"]?.choice(RecordKind.self)
    let format = format(section)
    let columns = Self.columns(of: format)
    guard let kind else { return nil }
    let party = party(section, kind)
    let fieldReader = FieldReader(kind: kind, format: format, problems: problems)
    let fields = section["fields"]?.items()?.compactMap(fieldReader.field) ?? []
    let constants = section["constants"].map { fieldReader.constants($0) } ?? []
    fieldReader.checkTogether(fields, constants: constants, at: section["fields"]?.place ?? section.place)
    return SourceDefinition(
      id: id, system: section["system"]?.identifier()?.text ?? "", title: section.bilingual("title"), kind: kind,
      file: section["file"].flatMap(Self.pattern) ?? FilePattern(""), format: format,
      encoding: section["encoding"].map { $0.choice(ExtractEncoding.self) ?? .utf8 } ?? .utf8,
      arrival: arrival(section, format, fields: fields, columns: columns),
      reject: RejectLimits(fail: rejectLimit(section)),
      fields: fields, constants: constants, unique: unique(section, fields), partySource: party, place: section.place)
  }

  static func columns(of format: ExtractFormat) -> [String] {
    if case .delimited(let layout) = format { layout.columns } else { [] }
  }

  // MARK: Where and how it is written

  static func pattern(_ value: Value) -> FilePattern? {
    guard let word = value.word() else { return nil }
    let filled = FilePattern(word.text).path(compact: "", dashed: "")
    let isRelative = !word.text.hasPrefix("/") && !word.text.split(separator: "/").contains("..")
    if filled != word.text, !filled.contains("{"), !filled.contains("}"), isRelative {
      return FilePattern(word.text)
    }
    value.problems.report(
      "bad_file_pattern", "\(value.name) is not a pattern for a night's file", at: word.place,
      found: "\"\(word.text)\"",
      expected: "a path below the extracts folder with {date:yyyyMMdd} or {date:yyyy-MM-dd} in it")
    return nil
  }

  private enum FormatName: String, CaseIterable { case delimited, xml }

  private func format(_ section: Section) -> ExtractFormat {
    switch section["format"]?.choice(FormatName.self) {
    case .xml:
      for key in Self.delimitedKeys { section.refuse(key, because: "the format is xml") }
      section.demand("record", because: "the format is xml")
      return .xml(record: section["record"].flatMap(recordPath) ?? "")
    case .delimited, nil:
      section.refuse("record", because: "the format is delimited")
      return delimited(section)
    }
  }

  private func delimited(_ section: Section) -> ExtractFormat {
    let separator = section["separator"].flatMap { byte($0) } ?? UInt8(ascii: ",")
    let quote = section["quote"].map { $0.node.string == "none" ? nil : byte($0) } ?? UInt8(ascii: "\"")
    if let quote, quote == separator, let value = section["separator"] {
      problems.report("bad_byte", "separator and quote are the same character", at: value.place)
    }
    let header = section["header"]?.boolean() ?? true
    if !header { section.demand("columns", because: "there is no header row") }
    let columns = section["columns"]?.words()?.map(\.text) ?? []
    return .delimited(separator: String(UnicodeScalar(separator)), quote: quote, header: header, columns: columns)
  }

  private func byte(_ value: Value) -> UInt8? {
    guard let word = value.word() else { return nil }
    let bytes = Array(word.text.utf8)
    if bytes.count == 1, bytes[0] < 128, bytes[0] != 10, bytes[0] != 13, bytes[0] != 0 { return bytes[0] }
    problems.report(
      "bad_byte", "\(value.name) is not one byte", at: word.place, found: "\"\(word.text)\"",
      expected: value.name == "quote" ? "one ASCII character, or none" : "one ASCII character")
    return nil
  }

  private func recordPath(_ value: Value) -> String? {
    guard let word = value.word() else { return nil }
    if XMLPath.isElementPath(word.text) { return word.text }
    problems.report(
      "bad_path", "record is not a path of elements", at: word.place, found: "\"\(word.text)\"",
      expected: "names joined with /, from the root element: events/event")
    return nil
  }

  // MARK: Arrival

  private func arrival(
    _ source: Section, _ format: ExtractFormat, fields: [FieldDefinition], columns: [String]
  ) -> ArrivalRule {
    var rule = ArrivalRule()
    guard let value = source["arrival"],
      let section = Section(
        value, "an arrival rule", required: [], optional: ["control", "trailer", "sum_of", "on_missing"])
    else { return rule }
    rule.control = section["control"].flatMap(Self.pattern).map { ControlStatement($0) }
    rule.trailer = section["trailer"]?.text().map { MarkedStatement($0) }
    if case .xml = format { section.refuse("trailer", because: "the format is xml") }
    rule.onMissing = section["on_missing"].map { $0.choice(ArrivalRule.OnMissing.self) ?? .wait } ?? .wait
    if section["control"] == nil && section["trailer"] == nil {
      section.refuse("sum_of", because: "there is neither a control file nor a trailer")
    }
    if let word = section["sum_of"]?.word() {
      rule.sumOf = word.text
      let amounts = fields.filter { $0.type == .money }.map(\.from)
      if !amounts.contains(word.text) {
        problems.reportUnknown(word, "unknown_column", "sum_of names no field of type money", valid: amounts)
      }
    }
    return rule
  }

  private func rejectLimit(_ source: Section) -> RejectLimit {
    var limit = RejectLimit(perThousand: 10, atLeastRows: 10)
    guard let value = source["reject"],
      let section = Section(value, "a reject limit", required: ["per_thousand", "at_least_rows"])
    else { return limit }
    limit.perThousand = section["per_thousand"]?.integer(in: 0...1000) ?? limit.perThousand
    limit.atLeastRows = section["at_least_rows"]?.integer(in: 0...1_000_000_000) ?? limit.atLeastRows
    return limit
  }

  private func unique(_ source: Section, _ fields: [FieldDefinition]) -> [String] {
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

/// Paths in an XML extract: elements from the root, or a field relative to its record.
enum XMLPath {
  static func isElementPath(_ path: String) -> Bool {
    let names = path.split(separator: "/", omittingEmptySubsequences: false)
    return !path.isEmpty && names.allSatisfy(isName)
  }

  /// `@user`, `visitor/name`, `document/@no`, `.` for the record's own text, `../@code` for an attribute of an element
  /// around it, not above the root.
  ///
  /// - Parameter record: empty where it is not known.
  static func isFieldPath(_ path: String, record: String) -> Bool {
    if path == "." { return true }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let steps = parts.drop { $0 == ".." }
    let climbed = parts.count - steps.count
    let depth = record.isEmpty ? Int.max : record.split(separator: "/").count
    guard let last = steps.last, climbed < depth else { return false }
    let isAttribute = last.hasPrefix("@")
    if climbed > 0 && (steps.count > 1 || !isAttribute) { return false }
    return steps.dropLast().allSatisfy(isName) && isName(isAttribute ? last.dropFirst() : last)
  }

  private static func isName(_ name: Substring) -> Bool {
    guard let first = name.first, first.isLetter || first == "_" else { return false }
    return name.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
  }
}
