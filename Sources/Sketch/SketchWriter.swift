import Definition

/// Writes a sketch as a commented definition.
struct SketchWriter {
  let sketch: SourceSketch

  init(_ sketch: SourceSketch) { self.sketch = sketch }

  private var kind: RecordKind { sketch.binding.kind }

  var text: String { (head + layout + delivery + fields).joined(separator: "\n") + "\n" }

  // MARK: Parts

  private var head: [String] {
    let title = sketch.id.replacing("_", with: " ")
    let kinds = RecordKind.allCases.map(\.rawValue).joined(separator: " | ")
    var lines = [
      "# Sketched from a sample: confirm every line, then delete this one. Keys are explained in docs/formats.md.",
      "source: \(sketch.id)",
      "system: \(sketch.id.split(separator: "_").first ?? "system")   # which system sends it",
      "title: {zh: \(YAMLText.quoted(title)), en: \(YAMLText.quoted(title))}",
      "kind: \(kind.rawValue)   # \(kinds)",
      "file: \(YAMLText.quoted(sketch.name.pattern))"
        + (sketch.name.hasDate ? "" : "   # the sample's name has no date in it: where does it stand?"),
    ]
    if kind != .party {
      let note = sketch.partySource == nil ? "   # which source of parties has these keys?" : ""
      lines.append("party: \(sketch.partySource ?? "customers")\(note)")
    }
    return lines
  }

  private var layout: [String] {
    var lines: [String] = []
    switch sketch.layout.form {
    case .delimited(let delimited, let hasHeader): lines += self.delimited(delimited, hasHeader)
    case .fixed(let fixed): lines += self.fixed(fixed)
    case .xml(let elements):
      lines += ["format: xml", "record: \(YAMLText.scalar(elements.recordPath))"]
      if elements.hasDocumentType { lines.append("document_type: skip   # the sample has one") }
    case .jsonLines: lines.append("format: json_lines")
    }
    if sketch.sample.compression == .gzip { lines.insert("compression: gzip", at: 1) }
    var doubt = sketch.text.isASCII ? "   # only ASCII was seen: it may be another" : ""
    if sketch.text.isDoubtful { doubt = "   # not all of it can be read so: ask the system" }
    lines.insert("encoding: \(sketch.text.encoding.rawValue)\(doubt)", at: 1)
    return lines
  }

  private func delimited(_ delimited: DelimitedSketch, _ hasHeader: Bool) -> [String] {
    var lines = [
      "format: delimited", "separator: \(YAMLText.quoted(delimited.separator))",
      "quote: \(delimited.isQuoted || delimited.separator == "," ? "'\"'" : "none")", "header: \(hasHeader)",
    ]
    if sketch.text.lineEnds == .any { lines.append("line_ends: any") }
    let note =
      hasHeader ? "   # a column beside these gives a warning" : "   # names by position: give them better ones"
    lines.append("columns: \(YAMLText.list(sketch.layout.names))\(note)")
    return lines
  }

  private func fixed(_ fixed: FixedSketch) -> [String] {
    var lines = ["format: fixed"]
    if sketch.text.lineEnds == .any { lines.append("line_ends: any") }
    lines.append("columns:   # widths are guessed from blanks: compare them with the record layout of the system")
    return lines + zip(sketch.layout.names, fixed.widths).map { "  - {name: \($0), width: \($1)}" }
  }

  private var delivery: [String] {
    var lines = ["arrival:", "  on_missing: wait   # wait (exit 75) | fail (exit 1) | empty | carry"]
    for (key, mark) in [("header", sketch.layout.header), ("trailer", sketch.layout.trailer)] {
      guard let mark else { continue }
      lines.append("  \(key): {mark: \(YAMLText.scalar(mark.mark)), columns: \(YAMLText.list(mark.columns))}")
    }
    lines += [
      "  # control: \"{date:yyyyMMdd}/…\"   # a file with names, counts and sums, if one comes with the delivery",
      "reject: {fail: {per_thousand: 10, at_least_rows: 10}}   # more bad records than this fail the night",
      "# change: {rows: {fall_percent: 20, grow_percent: 50}}   # against the last delivery, once some have come",
    ]
    return lines
  }

  // MARK: Fields

  private var fields: [String] {
    let writer = FieldWriter(
      binding: sketch.binding, profiles: sketch.layout.profiles, hasNames: sketch.layout.hasNames)
    var lines: [String] = []
    lines += writer.constants
    lines.append("fields:")
    lines += sketch.layout.profiles.indices.map(writer.line)
    let missing = writer.missing
    if !missing.isEmpty {
      lines.append("  # not found, and needed for the kind \(kind.rawValue): \(missing.joined(separator: ", "))")
    }
    return lines
  }
}
