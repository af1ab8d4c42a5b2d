import Basics

/// Reads how an extract is written: the keys of its format, and that those of other formats are not there.
struct FormatReader {
  private typealias Name = KeyTable.FormatName

  private static let keys: [(name: Name, keys: [String])] = [
    (.delimited, ["separator", "quote", "header", "columns", "line_ends"]),
    (.fixed, ["columns", "line_ends", "short_lines"]),
    (.xml, ["record", "namespaces", "document_type"]),
    (.jsonLines, []),
  ]

  let problems: ProblemCollector

  /// Delimited where the format is not known.
  func format(_ section: Section) -> ExtractFormat {
    let name = section["format"]?.choice(Name.self)
    if let name { refuseOthers(than: name, in: section) }
    switch name {
    case .fixed: return .fixed(fixed(section))
    case .xml: return .xml(element(section))
    case .jsonLines: return .jsonLines
    case .delimited, nil: return .delimited(delimited(section))
    }
  }

  private func refuseOthers(than name: Name, in section: Section) {
    let own = Self.keys.first { $0.name == name }?.keys ?? []
    for key in Set(Self.keys.flatMap(\.keys)).subtracting(own).sorted() {
      section.refuse(key, because: "the format is \(name.rawValue)")
    }
  }

  // MARK: Lines

  private func delimited(_ section: Section) -> DelimitedLayout {
    let separator = section["separator"]?.separator() ?? ","
    let usualQuote = UInt8(ascii: "\"")
    let hasNoQuote = section["quote"]?.node.string == "none"
    let quote = hasNoQuote ? nil : section["quote"]?.character(orNone: true) ?? usualQuote
    if let quote, separator.utf8.contains(quote), let value = section["separator"] ?? section["quote"] {
      problems.report("bad_separator", "the quote stands in the separator", at: value.place)
    }
    let header = section["header"]?.boolean() ?? true
    if !header { section.demand("columns", because: "there is no header row") }
    return DelimitedLayout(
      separator: separator, quote: quote, hasHeader: header,
      columns: section["columns"]?.words()?.map(\.text) ?? [],
      lineEnds: section["line_ends"]?.choice(among: [LineEnds.feed, .any]) ?? .feed)
  }

  private func fixed(_ section: Section) -> FixedLayout {
    section.demand("columns", because: "it says how wide every field is")
    let columns = section["columns"]?.items()?.compactMap(column) ?? []
    var seen: Set<String> = []
    for (column, place) in columns where !seen.insert(column.name).inserted {
      problems.report("listed_twice", "columns lists \"\(column.name)\" twice", at: place)
    }
    let lineEnds = section["line_ends"]?.choice(LineEnds.self) ?? .feed
    if lineEnds == .none { section.refuse("short_lines", because: "records without line ends are of one length") }
    return FixedLayout(
      columns: columns.map(\.column), lineEnds: lineEnds,
      acceptsShortLines: section["short_lines"]?.choice(ShortLines.self) == .accept)
  }

  private enum ShortLines: String, CaseIterable { case accept, refuse }

  private func column(_ value: Value) -> (column: FixedLayout.Column, place: Place)? {
    guard let section = Section(value, .column), let name = section["name"]?.word() else { return nil }
    let column = FixedLayout.Column(
      name: name.text, width: section["width"]?.integer(in: 1...65_536) ?? 1,
      alignment: section["align"]?.choice(FixedLayout.Column.Alignment.self) ?? .left,
      pad: section["pad"]?.character() ?? UInt8(ascii: " "))
    return (column, name.place)
  }

  // MARK: Elements

  private enum DocumentType: String, CaseIterable { case refuse, skip }

  private func element(_ section: Section) -> ElementLayout {
    section.demand("record", because: "the format is xml")
    var layout = ElementLayout(record: "")
    layout.namespaces = section["namespaces"].map(namespaces) ?? []
    layout.record = section["record"].flatMap { record($0, layout.namespaces.map(\.prefix)) } ?? ""
    layout.allowsDocumentType = section["document_type"]?.choice(DocumentType.self) == .skip
    return layout
  }

  private func namespaces(_ value: Value) -> [(prefix: String, uri: String)] {
    (value.pairs() ?? []).compactMap { key, value in
      if !XMLPath.isName(key.text[...]) {
        problems.report(
          "bad_name", "a prefix is not a name of XML", at: key.place, found: "\"\(key.text)\"",
          expected: "letters, digits, _, - and ., beginning with a letter or _")
      }
      return value.text().map { (key.text, $0) }
    }
  }

  private func record(_ value: Value, _ prefixes: [String]) -> String? {
    guard let word = value.word() else { return nil }
    guard let path = XMLPath(word.text), path.isOfElements else {
      problems.report(
        "bad_path", "record is not a path of elements", at: word.place, found: "\"\(word.text)\"",
        expected: "names joined with /, from the root element: events/event")
      return nil
    }
    path.checkPrefixes(of: word, declared: prefixes, problems)
    return word.text
  }
}
