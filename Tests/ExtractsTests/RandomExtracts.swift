import Glibc

@testable import Extracts

/// Small extracts with every kind of damage, and formats to read them by; prints as what is needed to make one again.
struct RandomExtracts: CustomStringConvertible {
  /// How many to try; more where the environment asks.
  static let rounds = getenv("GUIYI_RANDOM_FILES").flatMap { Int(String(cString: $0)) } ?? 2_000

  private let seed: UInt64
  private var random: SeededRandom
  private var round = -1
  private var content: [UInt8] = []
  private var format = DelimitedFormat()

  /// `,` stands for the separator.
  private static let alphabets: [[String]] = [
    ["a", "b", ",", ",", "\"", "\n"],
    ["a", ",", "\"", "\"\"", "\",\"", "\n", "\r\n", "\r", "张", "é", "𠂇", "億"],
    ["x", ",", ",", ",", ",", ",", "\n", "\"", "\0", "a,b,c,d,e,f\n"],
    ["1,2,3,4,5,6\n", "\"", "1,\"2\",3,4,5,6\n", "1,\"2\n\",3,4,5,6\n", "\r\n", "|"],
    ["a", ",", "|", "!", "~", "@", "\"", "\n", "億"],
  ]
  private static let separators = [",", ",", "|", "|!|", "~|~", "`@^", "||", "abcdefgh"]

  init(seed: UInt64) {
    self.seed = seed
    random = SeededRandom(seed)
  }

  var description: String {
    "seed \(seed), round \(round), \(format.encoding), \(format.lineTerminators), separator \(format.separator): \(content)"
  }

  mutating func number(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  private mutating func one<Choice>(of choices: [Choice]) -> Choice { choices[number(in: 0...choices.count - 1)] }

  mutating func next(encodings: [TextEncoding] = TextEncoding.allCases) -> (content: [UInt8], format: DelimitedFormat) {
    round += 1
    nextFormat(encodings)
    let alphabet = Self.alphabets[round % Self.alphabets.count]
    var text = ""
    for _ in 0..<number(in: 0...40) { text += one(of: alphabet).split(",").joined(separator: format.separator) }
    let isBigEndian = round % 2 == 0
    content = encode(text, format.encoding, isBigEndian: isBigEndian)
    if round % 3 == 0 && !content.isEmpty {
      content[number(in: 0...content.count - 1)] = one(of: [0xFF, 0xC3, 0xE4, 10, 13, 0xD8, 0xDC, 0x30, 0x81])
    }
    if round % 13 == 0 && !content.isEmpty { content.removeLast() }
    if format.encoding == .utf16 {
      content = TextEncoding.utf16.marks[isBigEndian ? 1 : 0] + content
    } else if round % 11 == 0 {
      content = format.encoding.marks[0] + content
    }
    return (content, format)
  }

  private mutating func nextFormat(_ encodings: [TextEncoding]) {
    format = DelimitedFormat(
      separator: one(of: Self.separators), encoding: one(of: encodings), fieldCount: one(of: [nil, 2, 3, 6]))
    format.lineTerminators = one(of: LineTerminators.allCases)
    format.maxRecordBytes = one(of: [1 << 20, 25, 8])
    format.maxFieldBytes = one(of: [1 << 16, 1 << 16, 3])
    format.maxQuotedLines = one(of: [20, 3, 1])
    format.maxQuotedBytes = one(of: [1 << 16, 12])
    if round % 7 == 0 { format.quote = nil }
    if round % 5 == 0 { format.controlMarks = ["a"] }
  }
}

extension String {
  fileprivate func split(_ separator: Character) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}

/// Without a byte-order mark.
func encode(_ text: String, _ encoding: TextEncoding, isBigEndian: Bool = false) -> [UInt8] {
  switch encoding {
  case .utf8: Array(text.utf8)
  case .gb18030: encodeGB18030(text)
  case .utf16:
    text.utf16.flatMap { isBigEndian ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] }
  }
}
