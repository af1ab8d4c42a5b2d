import Basics

/// Reads when a delivery is complete, and what it says of itself.
struct ArrivalReader {
  let format: ExtractFormat
  let fields: [FieldDefinition]
  let problems: ProblemCollector

  func arrival(_ source: Section) -> ArrivalRule {
    var rule = ArrivalRule()
    guard let value = source["arrival"], let section = Section(value, .arrival) else { return rule }
    rule.sumOf = sumOf(section, source)
    let columns = StatementColumnReader(fields: fields, hasSumOf: section["sum_of"] != nil, problems: problems)
    rule.flag = section["flag"]?.filePattern()
    rule.control = section["control"].flatMap { control($0, columns) }
    refuseMarks(section)
    rule.header = section["header"].flatMap { marked($0, .header, [.mark, .date("yyyyMMdd")], columns) }
    rule.trailer = section["trailer"].flatMap { marked($0, .trailer, [.mark, .rows, .sum(nil)], columns) }
    if let header = rule.header, header.mark == rule.trailer?.mark, let value = section["trailer"] {
      problems.report("listed_twice", "header and trailer begin with the same mark \"\(header.mark)\"", at: value.place)
    }
    let onMissing = section["on_missing"].map { $0.choice(ArrivalRule.OnMissing.self) } ?? .wait
    rule.onMissing = onMissing ?? .wait
    rule.deadline = section["deadline"].flatMap(deadline)
    if onMissing == .wait {
      section.refuse("deadline", because: "on_missing is wait, before it and after it")
    }
    rule.repeated = section["repeated"]?.choice(Reaction.self) ?? .refuse
    rule.empty = section["empty"]?.choice(Reaction.self) ?? .warn
    return rule
  }

  private func sumOf(_ section: Section, _ source: Section) -> String? {
    let isUsed = ["control", "header", "trailer"].contains { section[$0] != nil } || source["change"] != nil
    if !isUsed { section.refuse("sum_of", because: "neither control file, header nor trailer states a sum") }
    guard let word = section["sum_of"]?.word() else { return nil }
    checkSummed(word, "sum_of", fields, problems)
    return word.text
  }

  private func refuseMarks(_ section: Section) {
    let name: KeyTable.FormatName
    switch format {
    case .delimited, .fixed: return
    case .xml: name = .xml
    case .jsonLines: name = .jsonLines
    }
    for key in ["header", "trailer"] { section.refuse(key, because: "the format is \(name.rawValue)") }
  }

  private func control(_ value: Value, _ columns: StatementColumnReader) -> ControlStatement? {
    if value.isText { return value.filePattern().map { ControlStatement($0) } }
    guard let section = Section(value, .control), let file = section["file"]?.filePattern() else { return nil }
    var statement = ControlStatement(
      file, separator: section["separator"]?.separator() ?? "|",
      headerLines: section["header_lines"]?.integer(in: 0...1_000) ?? 0)
    if let list = section["columns"] { statement.columns = columns.columns(list, ofControlFile: true) }
    return statement
  }

  private func marked(
    _ value: Value, _ table: KeyTable, _ usual: [StatementColumn], _ columns: StatementColumnReader
  ) -> MarkedStatement? {
    if value.isText { return value.text().map { MarkedStatement($0, columns: usual) } }
    guard let section = Section(value, table), let mark = section["mark"]?.text() else { return nil }
    guard let list = section["columns"] else { return MarkedStatement(mark, columns: usual) }
    let read = columns.columns(list, ofControlFile: false)
    if read.first != .mark || read.dropFirst().contains(.mark) {
      problems.report(
        "bad_statement", "the first of the columns, and no other, holds the mark", at: list.place,
        expected: "[mark, …]")
    }
    return MarkedStatement(mark, columns: read)
  }

  private func deadline(_ value: Value) -> Deadline? {
    guard let word = value.word() else { return nil }
    let parts = word.text.split(separator: " ", omittingEmptySubsequences: false)
    let times = parts.count == 2 ? parts[1].split(separator: ":", omittingEmptySubsequences: false) : []
    let days = parts[0] == "D" ? 0 : parts[0].hasPrefix("D+") ? number(parts[0].dropFirst(2), 1...2, most: 31) : nil
    if times.count == 2, let days, let hour = number(times[0], 2...2, most: 23),
      let minute = number(times[1], 2...2, most: 59)
    {
      return Deadline(days: days, hour: hour, minute: minute)
    }
    problems.report(
      "bad_deadline", "deadline is not a time of a day", at: word.place, found: "\"\(word.text)\"",
      expected: "days after the business date, and a time: \"D+1 06:30\"")
    return nil
  }

  private func number(_ text: Substring, _ digits: ClosedRange<Int>, most: Int) -> Int? {
    guard digits.contains(text.count), text.allSatisfy(\.isASCIIDigit), let number = Int(text), number <= most else {
      return nil
    }
    return number
  }
}

/// Reads what the columns of a control file, a header or a trailer record hold.
struct StatementColumnReader {
  static let markedWords = ["mark", "file", "rows", "sum", "ignored"]
  static let controlWords = ["file", "rows", "bytes", "sum", "sha256", "md5", "ignored"]

  let fields: [FieldDefinition]
  let hasSumOf: Bool
  let problems: ProblemCollector

  func columns(_ value: Value, ofControlFile isControl: Bool) -> [StatementColumn] {
    var seen: [StatementColumn] = []
    for word in (value.items() ?? []).compactMap({ $0.word() }) {
      guard let column = column(word, isControl ? Self.controlWords : Self.markedWords) else { continue }
      if column != .ignored, seen.contains(column) {
        problems.report("listed_twice", "columns lists \"\(word.text)\" twice", at: word.place)
      }
      seen.append(column)
    }
    return seen
  }

  private func column(_ word: Word, _ valid: [String]) -> StatementColumn? {
    switch word.text {
    case "sum":
      if !hasSumOf {
        problems.report(
          "missing_key", "columns lists a sum, and sum_of does not say of what", at: word.place,
          advice: "Add sum_of, or write the field behind it: \"sum balance\"")
      }
      return .sum(nil)
    case let text where text.hasPrefix("sum "):
      let name = Word(text: String(text.dropFirst(4)), place: word.place, isQuoted: false)
      checkSummed(name, "sum", fields, problems)
      return .sum(name.text)
    case let text where text.hasPrefix("date "):
      let name = Word(text: String(text.dropFirst(5)), place: word.place, isQuoted: false)
      if !FieldReader.dateFormats.contains(name.text) {
        problems.reportUnknown(
          name, "bad_date_format", "this is not a format of a date", valid: FieldReader.dateFormats)
      }
      return .date(name.text)
    case let text where valid.contains(text): return Self.plain[text]
    default:
      problems.reportUnknown(
        word, "unknown_value", "columns has a value that is not known", valid: valid + ["date yyyyMMdd", "sum FIELD"])
      return nil
    }
  }

  private static let plain: [String: StatementColumn] = [
    "mark": .mark, "file": .file, "rows": .rows, "bytes": .bytes, "sha256": .sha256, "md5": .md5, "ignored": .ignored,
  ]
}

private func checkSummed(_ word: Word, _ key: String, _ fields: [FieldDefinition], _ problems: ProblemCollector) {
  let amounts = fields.filter { $0.type == .money }.map(\.from)
  if amounts.contains(word.text) { return }
  problems.reportUnknown(word, "unknown_column", "\(key) names no field of type money", valid: amounts)
}
