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
  var name: String
  var separator: String
  var quotesNames: Bool
  var isGB18030: Bool
  var testDescription: String { name }

  static let all = [
    DamagedFormat(name: "CSV, names quoted", separator: ",", quotesNames: true, isGB18030: false),
    DamagedFormat(name: "CSV, nothing quoted", separator: ",", quotesNames: false, isGB18030: false),
    DamagedFormat(name: "`|`, GB18030", separator: "|", quotesNames: false, isGB18030: true),
  ]

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
    bytes = Array("no,name,kind,born,amount,branch,since,note".utf8)
    if format.separator != "," { bytes = bytes.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: "|") : $0 } }
    bytes.append(10)
    for record in 0..<records {
      let isHit = hit.contains(record)
      let followsLostEnd = damage == .lostLineEnd && hit.contains(record - 1)
      var fields = Self.fields(of: record, format, &random)
      if isHit { Self.harm(&fields, damage, format, record) }
      if !isHit && !followsLostEnd { soundKeys.append("C\(record)") }
      var line = Array(fields.joined(separator: Array(format.separator.utf8)))
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
    return [
      Array("C\(record)".utf8), name, Array("P".utf8), Array("1980-01-\(day)".utf8), Array("\(record).50".utf8),
      Array("B001".utf8), Array("2020-02-\(day)".utf8), Array("ok".utf8),
    ]
  }

  private static func harm(_ fields: inout [[UInt8]], _ damage: Damage, _ format: DamagedFormat, _ record: Int) {
    switch damage {
    case .strayQuote: fields[7] = Array("o\"k".utf8)
    case .unclosedQuote: fields[5] = Array("\"B001".utf8)
    case .nulByte: fields[5].insert(0, at: 2)
    case .extraSeparator: fields[7] += Array(format.separator.utf8) + Array("x".utf8)
    case .invalidBytes: fields[7] = [0x6F, 0xFF, 0x6B]
    case .longLine: fields[7] = [UInt8](repeating: 0x78, count: 1_500_000)
    case .badDate: fields[3] = Array("1980-02-30".utf8)
    case .duplicateKey: fields[0] = Array("C0".utf8)
    case .cutLine, .lostLineEnd: break
    }
  }
}
