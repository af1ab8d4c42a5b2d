import Basics
import Definition
import Extracts

/// An extract whose columns are known, ready to be read as often as is needed.
struct OpenExtract: Sendable {
  /// How readers of it are made.
  private enum Layout: Sendable {
    case delimited(DelimitedFormat, header: [String]?)
    case fixed(FixedWidthFormat)
    case elements(ElementFormat)
    case jsonLines(JSONLinesFormat)
  }

  let path: String
  /// As messages give it.
  let name: String
  /// Where each of the definition's `from` names stands in a record.
  let positions: [String: Int]
  let warnings: [Problem]
  /// Nil where no column is kept that the definition does not know.
  let extra: ExtraColumns?
  /// Whether parts of it can be read without what stands before them.
  let hasChunks: Bool
  private let layout: Layout
  private let compression: Compression
  private let limits: CompressionLimits

  /// Opens the extract of a source with the reader that its definition asks for, and reads its header.
  /// - Throws: `missing_column` for a header that lacks a declared column, `unexpected_gzip`, and what the readers throw.
  init(_ source: SourceDefinition, _ path: String, named name: String) throws(Problem) {
    self.path = path
    self.name = name
    compression = source.compression == .gzip ? .gzip : .none
    var limits = CompressionLimits()
    limits.bytes = source.limits.fileBytes
    limits.ratio = source.limits.expansion
    self.limits = limits
    if source.compression == .none { try Self.checkIsPlain(path, named: name, source) }
    let bytes = try ExtractBytes(path, named: name, compression: compression, limits: limits)
    let encoding = TextEncoding(source.encoding)
    switch source.format {
    case .delimited(let columns):
      let format = Self.format(columns, source, encoding)
      let header = try DelimitedReader(bytes, format: format).header
      layout = .delimited(format, header: header)
      hasChunks = source.compression == .none && source.encoding != .utf16
      let check = ColumnCheck(source: source, names: header ?? columns.columns, file: name)
      positions = try check.positions()
      warnings = try check.warnings()
      extra = check.extraColumns
    case .xml(let element):
      let paths = source.fieldNames
      layout = .elements(Self.format(element, paths, source, encoding))
      (hasChunks, warnings, extra) = (false, [], nil)
      positions = Self.positions(of: paths)
    case .fixed(let columns):
      layout = .fixed(Self.format(columns, source, encoding))
      (hasChunks, warnings, extra) = (false, [], nil)
      positions = try ColumnCheck(source: source, names: columns.columns.map(\.name), file: name).positions()
    case .jsonLines:
      var format = JSONLinesFormat(fields: source.fieldNames)
      format.maxRecordBytes = source.limits.recordBytes
      format.maxFieldBytes = source.limits.fieldBytes
      layout = .jsonLines(format)
      (hasChunks, warnings, extra) = (false, [], nil)
      positions = Self.positions(of: source.fieldNames)
    }
  }

  /// No extract begins as gzip does: a NUL or bytes that are no text would be all that readers could say of it.
  private static func checkIsPlain(_ path: String, named name: String, _ source: SourceDefinition) throws(Problem) {
    guard try ExtractBytes(path, named: name).head(2) == [0x1F, 0x8B] else { return }
    throw Problem(
      "unexpected_gzip", "the extract of \(source.id) is compressed", at: Place(name), found: "gzip",
      expected: "a plain file",
      advice: "Ask the source system, or write `compression: gzip` in \(source.place.file) if it shall stay so")
  }

  private static func positions(of names: [String]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
  }

  private static func format(
    _ layout: ElementLayout, _ paths: [String], _ source: SourceDefinition, _ encoding: TextEncoding
  ) -> ElementFormat {
    var format = ElementFormat(
      recordPath: layout.record, fields: paths, encoding: encoding == .utf8 ? nil : encoding)
    format.namespaces = layout.namespaces
    format.allowsDocumentType = layout.allowsDocumentType
    format.maxRecordBytes = source.limits.recordBytes
    format.maxTextBytes = source.limits.fieldBytes
    return format
  }

  private static func format(
    _ layout: FixedLayout, _ source: SourceDefinition, _ encoding: TextEncoding
  ) -> FixedWidthFormat {
    let columns = layout.columns.map { column in
      FixedWidthColumn(
        column.name, widthBytes: column.width, alignment: column.alignment == .left ? .left : .right, pad: column.pad)
    }
    let lineEnds: FixedWidthFormat.LineEnds =
      switch layout.lineEnds {
      case .feed: .feed
      case .any: .any
      case .none: .none
      }
    var format = FixedWidthFormat(
      columns: columns, encoding: encoding, lineEnds: lineEnds,
      shortLines: layout.acceptsShortLines ? .accept : .refuse,
      controls: [source.arrival.header, source.arrival.trailer].compactMap { $0.map { FixedWidthControl($0.mark) } })
    format.maxRecordBytes = source.limits.recordBytes
    return format
  }

  private static func format(
    _ layout: DelimitedLayout, _ source: SourceDefinition, _ encoding: TextEncoding
  ) -> DelimitedFormat {
    var format = DelimitedFormat(
      separator: layout.separator, quote: layout.quote, encoding: encoding,
      hasHeader: layout.hasHeader, fieldCount: layout.hasHeader ? nil : layout.columns.count,
      controlMarks: [source.arrival.header, source.arrival.trailer].compactMap { $0?.mark })
    format.lineTerminators = layout.lineEnds == .any ? .any : .feed
    format.maxRecordBytes = source.limits.recordBytes
    format.maxFieldBytes = source.limits.fieldBytes
    format.maxQuotedLines = source.limits.quotedLines
    format.maxQuotedBytes = source.limits.quotedBytes
    return format
  }

  /// A reader from the beginning to the end.
  func reader() throws(Problem) -> any RecordReader {
    let bytes = try ExtractBytes(path, named: name, compression: compression, limits: limits)
    switch layout {
    case .delimited(let format, _): return try DelimitedReader(bytes, format: format)
    case .fixed(let format): return try FixedWidthReader(bytes, format: format)
    case .elements(let format): return try ElementRecords(bytes, format: format)
    case .jsonLines(let format): return try JSONLinesReader(bytes, format: format)
    }
  }

  /// A reader of the records that begin in a stretch of bytes; only where the extract has chunks.
  func reader(from start: Int, until end: Int) throws(Problem) -> DelimitedReader {
    guard case .delimited(let format, let header) = layout else { preconditionFailure("an extract without chunks") }
    return try DelimitedReader(
      chunk: ExtractBytes(path, named: name, startingAt: start), until: end, format: format, header: header)
  }

  /// The first line start at or after an offset.
  func lineStart(atOrAfter offset: Int) throws(Problem) -> Int {
    guard case .delimited(let format, _) = layout else { preconditionFailure("an extract without chunks") }
    return try ExtractBytes.lineStart(atOrAfter: offset, in: path, terminators: format.lineTerminators)
  }
}

/// Holds the columns of an extract against those of its definition.
struct ColumnCheck {
  let source: SourceDefinition
  /// As the extract has them.
  let names: [String]
  let file: String

  /// Where each name stands; of equal ones the first.
  /// - Throws: `missing_column`.
  func positions() throws(Problem) -> [String: Int] {
    var positions: [String: Int] = [:]
    for (index, name) in names.enumerated() where positions[name] == nil { positions[name] = index }
    for field in source.fields {
      for origin in field.origins where positions[origin] == nil && !mayBeMissing(field) {
        throw Problem(
          "missing_column", "the extract of \(source.id) has no column \(origin)", at: Place(file, line: 1),
          found: shownHeader,
          advice: "Ask the source system, or change the field's `from` in \(source.place.file)")
      }
    }
    return positions
  }

  /// What the definition calls columns: what it reads and what it lists.
  private var known: Set<String> {
    var known = Set(source.fieldNames)
    if case .delimited(let layout) = source.format { known.formUnion(layout.columns) }
    if case .delta(let mark, _) = source.load { known.insert(mark.field) }
    return known
  }

  /// The header as messages may show it: a first line of which most is unknown may be a record, with somebody's data.
  private var shownHeader: String {
    let known = known
    let hits = names.count(where: known.contains)
    if hits * 2 < names.count { return "\(names.count) fields, of which \(hits) are columns of the definition" }
    return names.map { known.contains($0) ? $0 : Self.shown($0) }.joined(separator: ", ")
  }

  /// A name that the definition does not have, if it looks like one.
  private static func shown(_ name: String) -> String {
    let isName = name.first.map { $0.isLetter || $0 == "_" } ?? false
    let isData = name.contains("@") || name.count > 40 || name.contains(/[0-9]{5}/)
    return isName && !isData ? name : "…"
  }

  private func mayBeMissing(_ field: FieldDefinition) -> Bool {
    !field.isRequired && source.columnChanges.missing != .refuse
  }

  /// - Throws: `extra_column` and `reordered_columns` where the definition refuses them.
  func warnings() throws(Problem) -> [Problem] {
    guard case .delimited(let layout) = source.format, layout.hasHeader else { return [] }
    var warnings = missing
    let known = known
    let added = names.filter { !known.contains($0) }.map(extra)
    switch source.columnChanges.added {
    case .accept, .keep: break
    case .warn: warnings += added
    case .refuse: if var problem = added.first { problem.severity = .error; throw problem }
    }
    if source.columnChanges.reordered != .accept, var problem = reordered(layout.columns) {
      if source.columnChanges.reordered == .refuse {
        problem.severity = .error
        throw problem
      }
      warnings.append(problem)
    }
    return warnings
  }

  /// Those whose values are kept beside the part.
  var extraColumns: ExtraColumns? {
    guard source.columnChanges.added == .keep, case .delimited(let layout) = source.format, layout.hasHeader else {
      return nil
    }
    return ExtraColumns(names, known: known)
  }

  private var missing: [Problem] {
    guard source.columnChanges.missing == .warn else { return [] }
    return source.fieldNames.filter { !names.contains($0) }.map { name in
      Problem(
        "missing_column", "the extract of \(source.id) has no column \(name), which stays empty", severity: .warning,
        at: Place(file, line: 1), advice: "Ask the source system whether it is gone for good")
    }
  }

  /// Systems add columns: by default that is no error.
  private func extra(_ name: String) -> Problem {
    Problem(
      "extra_column", "the extract of \(source.id) has a column that its definition does not read", severity: .warning,
      at: Place(file, line: 1), found: Self.shown(name),
      advice: "Add it to `columns` in \(source.place.file) to say that it is known")
  }

  private func reordered(_ declared: [String]) -> Problem? {
    let expected = declared.filter(names.contains)
    let found = names.filter(declared.contains)
    if found == expected { return nil }
    return Problem(
      "reordered_columns", "the columns of \(source.id) stand in another order than its definition has them",
      severity: .warning, at: Place(file, line: 1), found: found.joined(separator: ", "),
      expected: expected.joined(separator: ", "),
      advice: "Fields are bound by name; change `columns` in \(source.place.file) if the order is right")
  }
}

extension TextEncoding {
  init(_ declared: ExtractEncoding) {
    switch declared {
    case .utf8: self = .utf8
    case .gb18030: self = .gb18030
    case .utf16: self = .utf16
    }
  }
}
