@testable import Extracts

/// Small extracts with every kind of damage, and formats to read them by; prints as what is needed to make one again.
struct RandomExtracts: CustomStringConvertible {
  private let seed: UInt64
  private var random: SeededRandom
  private var round = -1
  private var content: [UInt8] = []

  private static let alphabets: [[String]] = [
    ["a", "b", ",", ",", "\"", "\n"],
    ["a", ",", "\"", "\"\"", "\",\"", "\n", "\r\n", "\r", "张", "é", "𠂇"],
    ["x", ",", ",", ",", ",", ",", "\n", "\"", "\0", "a,b,c,d,e,f\n"],
    ["1,2,3,4,5,6\n", "\"", "1,\"2\",3,4,5,6\n", "1,\"2\n\",3,4,5,6\n", "\r\n", "|"],
  ]

  init(seed: UInt64) {
    self.seed = seed
    random = SeededRandom(seed)
  }

  var description: String {
    "seed \(seed), round \(round): \(String(decoding: content, as: UTF8.self).debugDescription)"
  }

  mutating func number(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  private mutating func one<Choice>(of choices: [Choice]) -> Choice { choices[number(in: 0...choices.count - 1)] }

  mutating func next() -> (content: [UInt8], format: DelimitedFormat) {
    round += 1
    var format = DelimitedFormat(fieldCount: one(of: [nil, 2, 3, 6]))
    format.maxRecordBytes = one(of: [1 << 20, 25, 8])
    format.maxQuotedLines = one(of: [20, 3, 1])
    format.maxQuotedBytes = one(of: [1 << 16, 12])
    if round % 7 == 0 { format.quote = nil }
    if round % 5 == 0 { format.controlMarks = ["a"] }
    let alphabet = Self.alphabets[round % Self.alphabets.count]
    content = []
    for _ in 0..<number(in: 0...40) { content += Array(one(of: alphabet).utf8) }
    if round % 3 == 0 && !content.isEmpty {
      content[number(in: 0...content.count - 1)] = one(of: [0xFF, 0xC3, 0xE4, 10])
    }
    if round % 11 == 0 { content = [0xEF, 0xBB, 0xBF] + content }
    return (content, format)
  }
}
