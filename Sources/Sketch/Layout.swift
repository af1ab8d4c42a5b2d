import Basics
import Definition
import Standards

/// How a sample is written, with its fields by name.
struct Layout {
  enum Form {
    case delimited(DelimitedSketch, hasHeader: Bool)
    case fixed(FixedSketch)
    case xml(ElementSketch)
    case jsonLines(ObjectSketch)
  }

  let form: Form
  let names: [String]
  let profiles: [ColumnProfile]
  let header: MarkSketch?
  let trailer: MarkSketch?

  /// - Throws: `unknown_layout`.
  init(_ text: SampleText, of sample: Sample, named path: String) throws(Problem) {
    let start = text.lines.first.map(ColumnProfile.trimmed) ?? ""
    var records: [[String?]]
    var marks: (header: [String]?, trailer: [String]?) = (nil, nil)
    var hasHeaderRow = false
    if start.hasPrefix("<"), let elements = ElementSketch(text.lines.joined(separator: "\n")) {
      (form, names, records) = (.xml(elements), elements.names, elements.records)
    } else if start.hasPrefix("[") {
      throw Problem(
        "unknown_layout", "the sample looks like one JSON array", at: Place(path), expected: "one JSON object a line",
        advice: "Ask the source system for JSON Lines")
    } else if let objects = ObjectSketch(text.lines) {
      (form, names, records) = (.jsonLines(objects), objects.names, objects.records)
    } else if let delimited = DelimitedSketch(text) {
      let header = HeaderRow.names(of: delimited.records)
      hasHeaderRow = header != nil
      form = .delimited(delimited, hasHeader: hasHeaderRow)
      records = header == nil ? delimited.records : Array(delimited.records.dropFirst())
      names = header ?? Self.numbered(delimited.records.first?.count ?? 0)
      marks = (delimited.header, delimited.trailer)
    } else if let fixed = FixedSketch(text) {
      (form, names, records) = (.fixed(fixed), Self.numbered(fixed.widths.count), fixed.records)
    } else {
      throw Problem(
        "unknown_layout", "the sample's layout is not recognised", at: Place(path),
        expected: "records between separators, of fixed widths, XML or JSON Lines",
        advice: "Write the definition by hand, from one in docs/formats.md")
    }
    let profiles = zip(names, names.indices).map { name, index in ColumnProfile(name, records.map { $0[index] }) }
    self.profiles = profiles
    let isSeen = sample.isWhole && text.lines.count <= 2_000
    let sums = isSeen ? Self.sums(profiles, records) : []
    let counts = isSeen ? Self.counts(records.count, lines: text.lines.count, marks, hasHeader: hasHeaderRow) : nil
    header = marks.header.map { MarkSketch($0, counts: counts, sums: sums) }
    trailer = marks.trailer.map { MarkSketch($0, counts: counts, sums: sums) }
  }

  private static func numbered(_ count: Int) -> [String] { (0..<count).map { "c\($0 + 1)" } }

  /// What a system may count: the records that can be read, or all that it wrote.
  private static func counts(
    _ records: Int, lines: Int, _ marks: (header: [String]?, trailer: [String]?), hasHeader: Bool
  ) -> [Int] {
    let others = [marks.header != nil, marks.trailer != nil, hasHeader].count { $0 }
    return [records, lines - others]
  }

  private static func sums(_ profiles: [ColumnProfile], _ records: [[String?]]) -> [(name: String, sum: Int64)] {
    profiles.indices.compactMap { index in
      guard profiles[index].shape == .money("plain") else { return nil }
      let amounts = records.compactMap { record in
        record[index].flatMap { try? Money.parse(ColumnProfile.trimmed($0)).minorUnits }
      }
      return (profiles[index].name, amounts.reduce(0, &+))
    }
  }

  /// Whether the fields have names of their own.
  var hasNames: Bool {
    switch form {
    case .delimited(_, let hasHeader): hasHeader
    case .fixed: false
    case .xml, .jsonLines: true
    }
  }
}

/// Whether the first record of a file names its columns.
enum HeaderRow {
  /// The names, or nil where the first record is one like the others.
  static func names(of records: [[String]]) -> [String]? {
    guard let first = records.first?.map(ColumnProfile.trimmed), Set(first).count == first.count else { return nil }
    guard first.allSatisfy(isName) else { return nil }
    if first.count(where: ColumnWords.isKnown) * 3 >= first.count { return first }
    // Names of columns that hold numbers, days or addresses are none themselves.
    let rows = records.dropFirst().prefix(200)
    let isTyped = first.indices.contains { index in
      switch ColumnProfile("", rows.map { $0[index] }).shape {
      case .empty, .text, .codes, .personName: false
      default: true
      }
    }
    return isTyped ? first : nil
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.properties.isAlphabetic || first == "_" else { return false }
    return text.unicodeScalars.count <= 40 && !ColumnProfile.isEmail(text)
  }
}
