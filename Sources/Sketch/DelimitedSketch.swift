import Definition

/// Recognises records between separators: which separator, whether fields are quoted, whether there is a header row.
struct DelimitedSketch {
  let separator: String
  let isQuoted: Bool
  /// Without marked records; the header row, if any, is still the first.
  let records: [[String]]
  /// The first fields and the others of a header and a trailer record.
  let header: [String]?
  let trailer: [String]?

  /// Bytes that separate fields alone, or with others around them.
  private static let strong = Set(Array(",|;^~#!$`\t".utf8) + (1...31).filter { $0 != 10 && $0 != 13 })
  private static let weak = Set("@&*+%=<>?".utf8)
  private static let quote = UInt8(ascii: "\"")
  /// Of lines with the usual number of fields, in a hundred.
  private static let leastShare = 80

  /// Nil where no separator makes records of one shape.
  init?(_ text: SampleText) {
    let lines = text.lines.prefix(2_000).map { Array($0.utf8) }
    let joined = Self.joined(lines)
    // Lines that quotes hold together are no records yet.
    let found = Self.separator(of: lines) ?? (joined.isQuoted ? Self.separator(of: joined.lines) : nil)
    guard let separator = found else { return nil }
    self.separator = String(decoding: separator, as: UTF8.self)
    isQuoted = separator.count == 1 && joined.isQuoted
    let splits = (isQuoted ? joined.lines : lines).map { line in
      Self.fields(of: line, separator, isQuoted: joined.isQuoted && separator.count == 1).map {
        String(decoding: $0, as: UTF8.self)
      }
    }
    let width = Self.mostCommon(splits.map(\.count)).value
    let isMarked = { (record: [String]) in
      record.count != width && (1...12).contains(record[0].utf8.count)
        && record[0].utf8.allSatisfy {
          ("A"..."Z").contains(UnicodeScalar($0)) || ("a"..."z").contains(UnicodeScalar($0))
        }
    }
    header = splits.first.flatMap { isMarked($0) ? $0 : nil }
    let last = text.lastLine.map { line in
      Self.fields(of: Array(line.utf8), separator, isQuoted: false).map { String(decoding: $0, as: UTF8.self) }
    }
    trailer = last.flatMap { isMarked($0) ? $0 : nil }
    records = splits.filter { $0.count == width }
  }

  // MARK: Separator

  /// The one that explains the most bytes of most lines: of `|!|`, `|` and `!` the first.
  private static func separator(of lines: [[UInt8]]) -> [UInt8]? {
    let sample = Array(lines.prefix(200))
    var best: (separator: [UInt8], bytes: Int)?
    for candidate in candidates(in: sample).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let counts = sample.map { fields(of: $0, candidate, isQuoted: candidate.count == 1).count }
      let usual = mostCommon(counts)
      // A header and a trailer record may stand among few.
      guard usual.value > 1, usual.count * 100 >= leastShare * max(1, sample.count - 2) else { continue }
      let bytes = (usual.value - 1) * candidate.count * usual.count
      // `||` and not `|` with an empty field between each two.
      let isBetter = (bytes, candidate.count) > (best?.bytes ?? 0, best?.separator.count ?? 0)
      if isBetter { best = (candidate, bytes) }
    }
    return best?.separator
  }

  /// Every text of up to four bytes that could be a separator and stands in most lines.
  private static func candidates(in lines: [[UInt8]]) -> [[UInt8]] {
    var lineCounts: [[UInt8]: Int] = [:]
    for line in lines {
      var found: Set<[UInt8]> = []
      for start in line.indices {
        for length in 1...4 where start + length <= line.count {
          let text = line[start..<start + length]
          guard text.allSatisfy({ strong.contains($0) || weak.contains($0) }) else { break }
          if text.contains(where: strong.contains) { found.insert(Array(text)) }
        }
      }
      for text in found { lineCounts[text, default: 0] += 1 }
    }
    return lineCounts.filter { $0.value * 100 >= leastShare * max(1, lines.count - 2) }.map(\.key)
  }

  private static func mostCommon(_ values: [Int]) -> (value: Int, count: Int) {
    let counts = values.reduce(into: [:]) { counts, value in counts[value, default: 0] += 1 }
    let best = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }
    return best.map { ($0.key, $0.value) } ?? (0, 0)
  }

  // MARK: Fields

  /// Lines that quotes hold together as one, and whether anything is quoted at all.
  private static func joined(_ lines: [[UInt8]]) -> (lines: [[UInt8]], isQuoted: Bool) {
    var records: [[UInt8]] = []
    var isOpen = false
    var quotes = 0
    for line in lines {
      let count = line.count { $0 == quote }
      quotes += count
      if isOpen { records[records.count - 1] += [10] + line } else { records.append(line) }
      if count % 2 == 1 { isOpen.toggle() }
    }
    return (records, quotes > 0 && !isOpen)
  }

  static func fields(of line: [UInt8], _ separator: [UInt8], isQuoted: Bool) -> [[UInt8]] {
    var fields: [[UInt8]] = [[]]
    var isInQuotes = false
    var index = 0
    while index < line.count {
      let byte = line[index]
      if isQuoted, byte == quote {
        let isDoubled = isInQuotes && index + 1 < line.count && line[index + 1] == quote
        if isDoubled {
          fields[fields.count - 1].append(quote)
          index += 1
        } else {
          isInQuotes.toggle()
        }
      } else if !isInQuotes, line[index...].starts(with: separator) {
        fields.append([])
        index += separator.count - 1
      } else {
        fields[fields.count - 1].append(byte)
      }
      index += 1
    }
    return fields
  }
}
