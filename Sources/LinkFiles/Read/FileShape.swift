import Basics
import Extracts

/// How a file of records is written, found from its beginning.
struct FileShape: Equatable {
  var compression = Compression.none
  var encoding = TextEncoding.utf8
  var terminators = LineTerminators.feed
  var separator = ","
  /// Whether quotes hold fields together.
  var isQuoted = true

  /// What may separate fields. Later ones win where they explain as much: `|!|` and not `|`.
  static let separators = [",", ";", "\t", "|", "|!|"]
  static let headBytes = 1 << 20
  private static let lineLimit = 500

  var format: DelimitedFormat {
    var format = DelimitedFormat(
      separator: separator, quote: isQuoted ? UInt8(ascii: "\"") : nil, encoding: encoding, hasHeader: true)
    format.lineTerminators = terminators
    return format
  }

  init() {}

  /// Looks at a file's first mebibyte.
  /// - Throws: `unreadable_file`, `empty_file`, `not_delimited`, `missing_byte_order_mark`, `unknown_encoding`,
  ///   `damaged_gzip`.
  init(_ path: String) throws(Problem) {
    if Files.isFolder(path) {
      throw Problem("unreadable_file", "cannot read \(path): it is a folder", advice: "Name the files in it")
    }
    if try ExtractBytes(path).head(2) == [0x1F, 0x8B] { compression = .gzip }
    let head = try ExtractBytes(path, compression: compression).head(Self.headBytes)
    if head.isEmpty {
      throw Problem(
        "empty_file", "the file is empty", at: Place(path), expected: "a first line with the names of the columns",
        advice: "Name a file with records")
    }
    if head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: Array("%PDF".utf8)) {
      throw Problem(
        "not_delimited", "the file is no text", at: Place(path), expected: "lines of fields between separators",
        advice: "Save the sheet as CSV in UTF-8")
    }
    encoding = try EncodingSniff.encoding(of: head, isWhole: head.count < Self.headBytes, path)
    let text = EncodingSniff.utf8(head, encoding)
    var feeds = 0
    var returns = 0
    for (index, byte) in text.enumerated() {
      if byte == 10 { feeds += 1 }
      if byte == 13 && index + 1 < text.count && text[index + 1] != 10 { returns += 1 }
    }
    terminators = returns * 10 > feeds ? .any : .feed
    var lines = text.split { $0 == 10 || $0 == 13 }
    if head.count == Self.headBytes && lines.count > 1 { lines.removeLast() }
    let sample = Array(lines.prefix(Self.lineLimit))
    separator = Self.separator(of: sample)
    isQuoted = Self.isQuoted(lines, separator)
  }

  // MARK: Separator

  /// The one that the header has and that cuts most lines into as many fields; a comma where there is but one column.
  static func separator(of lines: [ArraySlice<UInt8>]) -> String {
    guard let header = lines.first else { return "," }
    var best = (separator: ",", explained: 0)
    for separator in separators {
      let bytes = Array(separator.utf8)
      let width = fieldCount(header, bytes)
      if width == 1 { continue }
      let agreeing = lines.count { fieldCount($0, bytes) == width }
      // By the lines that agree first: a comma within the only field of few lines explains little.
      let isUsual = agreeing * 10 >= lines.count * 8
      let explained = (isUsual ? 1_000_000_000 : 0) + (width - 1) * bytes.count * agreeing
      if explained > best.explained { best = (separator, explained) }
    }
    return best.separator
  }

  private static func fieldCount(_ line: ArraySlice<UInt8>, _ separator: [UInt8]) -> Int {
    var count = 1
    var isInQuotes = false
    var index = line.startIndex
    while index < line.endIndex {
      if line[index] == UInt8(ascii: "\"") {
        isInQuotes.toggle()
      } else if !isInQuotes, line[index] == separator[0], line[index...].starts(with: separator) {
        count += 1
        index += separator.count - 1
      }
      index += 1
    }
    return count
  }

  /// Whether quotes open fields; where they only stand within (`Charles "Charlie" Wu`), they mean nothing.
  static func isQuoted(_ lines: [ArraySlice<UInt8>], _ separator: String) -> Bool {
    let quote = UInt8(ascii: "\"")
    let opening = Array(separator.utf8) + [quote]
    var hasQuote = false
    for line in lines {
      if line.first == quote { return true }
      var index = line.startIndex
      while let found = line[index...].firstIndex(of: quote) {
        hasQuote = true
        let start = found - opening.count + 1
        if start >= line.startIndex, line[start...].starts(with: opening) { return true }
        index = found + 1
      }
    }
    return !hasQuote
  }
}
