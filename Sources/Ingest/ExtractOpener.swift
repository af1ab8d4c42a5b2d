import Basics
import Definition
import Extracts

/// Opens the extract of a source with the reader that its definition asks for.
enum ExtractOpener {
  struct Opened {
    var reader: any RecordReader
    /// Where each of the definition's `from` names stands in a record.
    var positions: [String: Int]
    var warnings: [Problem]
  }

  /// - Throws: `missing_column` for a header that lacks a declared column, and what the readers throw.
  static func open(_ source: SourceDefinition, _ path: String, named name: String) throws(Problem) -> Opened {
    let bytes = try ExtractBytes(path, named: name)
    let encoding: TextEncoding = source.encoding == .gb18030 ? .gb18030 : .utf8
    switch source.format {
    case .delimited(let layout):
      let format = DelimitedFormat(
        separator: layout.separator, quote: layout.quote, encoding: encoding,
        hasHeader: layout.hasHeader, fieldCount: layout.hasHeader ? nil : layout.columns.count,
        controlMarks: [source.arrival.header, source.arrival.trailer].compactMap { $0?.mark })
      let reader = try DelimitedReader(bytes, format: format)
      let names = reader.header ?? layout.columns
      return Opened(
        reader: reader, positions: try positions(of: source, in: names, named: name),
        warnings: extraColumns(of: source, in: names, named: name))
    case .xml(let layout):
      var paths: [String] = []
      for field in source.fields where !paths.contains(field.from) { paths.append(field.from) }
      let format = ElementFormat(recordPath: layout.record, fields: paths, encoding: encoding == .utf8 ? nil : encoding)
      let positions = Dictionary(uniqueKeysWithValues: paths.enumerated().map { ($1, $0) })
      return Opened(reader: try ElementRecords(bytes, format: format), positions: positions, warnings: [])
    case .fixed, .jsonLines:
      throw Problem("unsupported_format", "extracts of this format cannot be read yet", at: source.place)
    }
  }

  private static func positions(
    of source: SourceDefinition, in names: [String], named file: String
  ) throws(Problem) -> [String: Int] {
    var positions: [String: Int] = [:]
    for (index, name) in names.enumerated() where positions[name] == nil { positions[name] = index }
    if let field = source.fields.first(where: { positions[$0.from] == nil }) {
      throw Problem(
        "missing_column", "the extract of \(source.id) has no column \(field.from)", at: Place(file, line: 1),
        found: names.joined(separator: ", "),
        advice: "Ask the source system, or change the field's `from` in \(source.place.file)")
    }
    return positions
  }

  /// Columns that the definition does not read are no error: systems add columns.
  private static func extraColumns(of source: SourceDefinition, in names: [String], named file: String) -> [Problem] {
    guard case .delimited(let layout) = source.format, layout.hasHeader else { return [] }
    let known = Set(source.fields.flatMap(\.origins) + layout.columns)
    return names.filter { !known.contains($0) }.map { name in
      Problem(
        "extra_column", "the extract of \(source.id) has a column that its definition does not read",
        severity: .warning,
        at: Place(file, line: 1), found: name,
        advice: "Add it to `columns` in \(source.place.file) to say that it is known")
    }
  }
}
