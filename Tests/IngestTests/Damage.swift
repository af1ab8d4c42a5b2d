import Basics
import TestSupport
import Testing

/// A way in which records of an extract get damaged between a source system and us.
enum Damage: String, CaseIterable, CustomTestStringConvertible {
  case strayQuote = "stray quote"
  case unclosedQuote = "unclosed quote"
  case nulByte = "NUL byte"
  case cutLine = "line cut off"
  case lostLineEnd = "line end lost"
  case extraSeparator = "separator too many"
  case invalidBytes = "bytes that are no text"
  case longLine = "line of 1.5 MB"
  case badDate = "day that does not exist"
  case duplicateKey = "key used again"

  var testDescription: String { rawValue }
}

/// How the extract under test is written.
struct DamagedFormat: CustomTestStringConvertible {
  enum Layout: Equatable {
    case delimited(separator: String, hasQuotes: Bool)
    case fixed
    case jsonLines
  }

  var name: String
  var layout: Layout
  var quotesNames = false
  var isGB18030 = false
  var testDescription: String { name }

  static let all = [
    DamagedFormat(name: "CSV, names quoted", layout: .delimited(separator: ",", hasQuotes: true), quotesNames: true),
    DamagedFormat(name: "CSV, nothing quoted", layout: .delimited(separator: ",", hasQuotes: true)),
    DamagedFormat(name: "`|`, GB18030", layout: .delimited(separator: "|", hasQuotes: false), isGB18030: true),
    DamagedFormat(
      name: "`|!|`, names quoted", layout: .delimited(separator: "|!|", hasQuotes: true), quotesNames: true),
    DamagedFormat(name: "fixed width, GB18030", layout: .fixed, isGB18030: true),
    DamagedFormat(name: "JSON Lines", layout: .jsonLines),
  ]

  /// The columns, and how wide they are where widths are fixed.
  static let columns: [(name: String, width: Int)] = [
    ("no", 8), ("name", 8), ("kind", 1), ("born", 10), ("amount", 10), ("branch", 4), ("since", 10),
    ("note", 8),
  ]

  /// Whether a damage can be done to this format.
  func knows(_ damage: Damage) -> Bool {
    switch (layout, damage) {
    case (.delimited(_, let hasQuotes), .strayQuote), (.delimited(_, let hasQuotes), .unclosedQuote): hasQuotes
    case (.fixed, .strayQuote), (.fixed, .unclosedQuote), (.fixed, .extraSeparator): false
    default: true
    }
  }

  /// What a damaged record is said to be, where its layout leaves no doubt; nil where it does.
  func code(of damage: Damage) -> String? {
    switch (layout, damage) {
    case (_, .nulByte): "nul_byte"
    case (_, .badDate): "bad_date"
    case (_, .duplicateKey): "duplicate_key"
    case (.jsonLines, .invalidBytes): "invalid_utf8"
    case (_, .invalidBytes) where isGB18030: "invalid_gb18030"
    case (_, .longLine): "record_too_long"
    case (.fixed, _): "wrong_length"
    case (.jsonLines, _): "bad_json"
    default: nil
    }
  }

  /// The first line, empty where there is none.
  var header: [UInt8] {
    guard case .delimited(let separator, _) = layout else { return [] }
    return Array((Self.columns.map(\.name).joined(separator: separator) + "\n").utf8)
  }

  /// A value as it is written in a record, before it is padded.
  func value(_ bytes: [UInt8]) -> [UInt8] { layout == .jsonLines ? [0x22] + bytes + [0x22] : bytes }

  func line(_ fields: [[UInt8]]) -> [UInt8] {
    switch layout {
    case .delimited(let separator, _): return Array(fields.joined(separator: Array(separator.utf8)))
    case .fixed:
      var line: [UInt8] = []
      for (field, column) in zip(fields, Self.columns) {
        line += field
        line += [UInt8](repeating: 32, count: max(0, column.width - field.count))
      }
      return line
    case .jsonLines:
      var line: [UInt8] = []
      for (field, column) in zip(fields, Self.columns) {
        line += Array("\(line.isEmpty ? "{" : ",")\"\(column.name)\":".utf8)
        line += field
      }
      return line + [0x7D]
    }
  }

  /// What a name is in the file's encoding: 张 or 李, which are `D5 C5` and `C0 EE` in GB18030.
  func name(_ random: inout SeededRandom) -> [UInt8] {
    let pick = Int.random(in: 0..<2, using: &random)
    if isGB18030 { return [[0xD5, 0xC5, 0xCE, 0xB0], [0xC0, 0xEE, 0xC4, 0xC8]][pick] }
    return Array(["张伟", "李娜"][pick].utf8)
  }
}

/// An extract of which some records were damaged, and what has to come of it.
struct DamagedExtract {
  var bytes: [UInt8] = []
  /// Keys of the records that nothing happened to, in file order.
  var soundKeys: [String] = []
  /// Records of which nothing may be accepted.
  var damagedRecords = 0
  /// Entries in quarantine that tell of them.
  var expectedEntries = 0

  /// - Parameter share: of the records, at least one; never two neighbours, so that each damage stands alone.
  init(_ damage: Damage, _ format: DamagedFormat, records: Int, share: Double, random: inout SeededRandom) {
    let wanted = max(1, Int((Double(records) * share).rounded()))
    var hit = Set<Int>()
    while hit.count < wanted {
      let record = Int.random(in: 1..<records - 1, using: &random)
      if !hit.contains(record - 1), !hit.contains(record + 1) { hit.insert(record) }
    }
    bytes = format.header
    for record in 0..<records {
      let isHit = hit.contains(record)
      let followsLostEnd = damage == .lostLineEnd && hit.contains(record - 1)
      var fields = Self.fields(of: record, format, &random)
      if isHit { Self.harm(&fields, damage, format, record) }
      if !isHit && !followsLostEnd { soundKeys.append("C\(record)") }
      var line = format.line(fields)
      if isHit, damage == .cutLine { line.removeLast(line.count / 2) }
      bytes += line
      if !(isHit && damage == .lostLineEnd) { bytes.append(10) }
    }
    damagedRecords = damage == .lostLineEnd ? 2 * wanted : wanted
    expectedEntries = wanted
  }

  private static func fields(of record: Int, _ format: DamagedFormat, _ random: inout SeededRandom) -> [[UInt8]] {
    var name = format.name(&random)
    if format.quotesNames { name = [0x22] + name + [0x22] }
    let day = Int.random(in: 10...28, using: &random)
    let texts: [[UInt8]] = [
      Array("C\(record)".utf8), name, Array("P".utf8), Array("1980-01-\(day)".utf8), Array("\(record).50".utf8),
      Array("B001".utf8), Array("2020-02-\(day)".utf8), Array("ok".utf8),
    ]
    return texts.map(format.value)
  }

  private static func harm(_ fields: inout [[UInt8]], _ damage: Damage, _ format: DamagedFormat, _ record: Int) {
    switch damage {
    case .strayQuote: fields[7] = format.value(Array("o\"k".utf8))
    case .unclosedQuote: fields[5] = Array("\"B001".utf8)
    case .nulByte: fields[5][2] = 0
    case .extraSeparator:
      if case .delimited(let separator, _) = format.layout {
        fields[7] += Array((separator + "x").utf8)
      } else {
        fields[7].append(0x2C)
      }
    case .invalidBytes: fields[7] = format.value([0x6F, 0xFF, 0x6B])
    case .longLine: fields[7] = format.value([UInt8](repeating: 0x78, count: 1_500_000))
    case .badDate: fields[3] = format.value(Array("1980-02-30".utf8))
    case .duplicateKey: fields[0] = format.value(Array("C0".utf8))
    case .cutLine, .lostLineEnd: break
    }
  }
}
