import Basics
import Glibc
import Standards

/// One text in both encodings that the extracts use, as places in the vocabulary's bytes.
struct Word {
  var utf8Offset: UInt32 = 0
  var gbOffset: UInt32 = 0
  var utf8Count: UInt16 = 0
  var gbCount: UInt16 = 0
  /// Number of the word that holds its pinyin in capitals; itself for Latin words.
  var pinyin: UInt16 = 0
}

/// Every text that names and addresses are put together from, encoded once, so that a row is nothing but copies of bytes.
///
/// Read by several threads, changed by none; lives until the generator ends.
final class Vocabulary: @unchecked Sendable {
  private(set) var words: [Word] = []
  private(set) var pool: [UInt8] = []
  private var numbers: [String: UInt16] = [:]

  private(set) var families: WeightedChoice
  /// By cohort: before 1960, 1960–1979, 1980–1999, since 2000.
  private(set) var men: [WeightedChoice] = []
  private(set) var women: [WeightedChoice] = []
  private(set) var traditional: [UInt16] = []
  private(set) var rare: [UInt16] = []
  private(set) var minorityFirst: [UInt16] = []
  private(set) var minorityLast: [UInt16] = []
  private(set) var companyFirst: [UInt16] = []
  private(set) var companyTrade: [UInt16] = []
  private(set) var companyForm: [UInt16] = []
  private(set) var cities: [UInt16] = []
  private(set) var roads: [UInt16] = []
  private(set) var occupations: [UInt16] = []
  private(set) var middleDot: UInt16 = 0
  private(set) var standIn: UInt16 = 0
  private(set) var titles: [UInt16] = []
  /// What stands between the numbers of an address.
  private(set) var addressParts: [UInt16] = []

  /// - Throws: `Problem` `no_gb18030` where the C library cannot convert to GB 18030.
  init() throws(Problem) {
    families = WeightedChoice([(0, 1)])
    let encoder = try GB18030Encoder()
    families = try familyChoice(encoder)
    men = try givenNames(NameLists.men, encoder)
    women = try givenNames(NameLists.women, encoder)
    traditional = try add(NameLists.traditional.map(String.init), encoder)
    rare = try add(NameLists.rare.map(String.init), encoder)
    minorityFirst = try add(NameLists.list(NameLists.minorityFirst), encoder)
    minorityLast = try add(NameLists.list(NameLists.minorityLast), encoder)
    companyFirst = try add(NameLists.list(NameLists.companyFirst), encoder)
    companyTrade = try add(NameLists.list(NameLists.companyTrade), encoder)
    companyForm = try add(NameLists.list(NameLists.companyForm), encoder)
    cities = try add(NameLists.list(NameLists.cities), encoder)
    roads = try add(NameLists.list(NameLists.roads), encoder)
    occupations = try add(NameLists.list(NameLists.occupations), encoder)
    addressParts = try add(["号", "栋", "室"], encoder)
    titles = try add(["先生", "女士"], encoder)
    middleDot = try add("·", encoder)
    standIn = try add("?", encoder)
  }

  /// Zipf's law, flattened at its head: the commonest character of a cohort has about a tenth of it.
  private func givenNames(_ cohorts: [String], _ encoder: GB18030Encoder) throws(Problem) -> [WeightedChoice] {
    var choices: [WeightedChoice] = []
    for cohort in cohorts {
      let characters = try add(cohort.map(String.init), encoder)
      choices.append(WeightedChoice(characters.enumerated().map { (Int($1), 1_000_000 / ($0 + 3)) }))
    }
    return choices
  }

  /// The three commonest family names as published (7.25, 7.19, 6.83 %), the hundred commonest 85.9 % in all, falling as
  /// 1 / (rank - 0.61), which meets the published 5.4 % of the fourth; the rest fall as 1 / rank.
  private func familyChoice(_ encoder: GB18030Encoder) throws(Problem) -> WeightedChoice {
    var weights = [7_250_000, 7_190_000, 6_830_000]
    weights += shares(of: 85_900_000 - weights.reduce(0, +), (4...100).map { 1_000_000_000 / (100 * $0 - 61) })
    let common = NameLists.commonFamilies.filter { $0 != "\n" }.map(String.init)
    let rare = NameLists.rareFamilies.filter { $0 != "\n" }.map(String.init)
    let compound = NameLists.list(NameLists.compoundFamilies)
    // Compound names among the rarest: 欧阳, the commonest, has about 0.07 %.
    let rest = rare + compound
    weights += shares(of: 14_100_000, (101..<101 + rest.count).map { 1_000_000_000 / $0 })
    let words = try add(common + rest, encoder)
    for (family, word) in zip(common + rest, words) {
      guard let reading = Pinyin.familyReading(of: family) else { continue }
      self.words[Int(word)].pinyin = try add(reading.uppercased(), encoder)
    }
    return WeightedChoice(zip(words, weights).map { (Int($0), $1) })
  }

  private func shares(of total: Int, _ raw: [Int]) -> [Int] {
    let sum = raw.reduce(0, +)
    return raw.map { $0 * total / sum }
  }

  private func add(_ texts: [String], _ encoder: GB18030Encoder) throws(Problem) -> [UInt16] {
    var added: [UInt16] = []
    for text in texts { added.append(try add(text, encoder)) }
    return added
  }

  private func add(_ text: String, _ encoder: GB18030Encoder) throws(Problem) -> UInt16 {
    if let known = numbers[text] { return known }
    let number = UInt16(words.count)
    numbers[text] = number
    let utf8 = Array(text.utf8)
    let gb = try encoder.encode(text)
    words.append(
      Word(
        utf8Offset: UInt32(pool.count), gbOffset: UInt32(pool.count + utf8.count), utf8Count: UInt16(utf8.count),
        gbCount: UInt16(gb.count), pinyin: number))
    pool += utf8 + gb
    let reading = text.unicodeScalars.compactMap { Pinyin.readings(of: $0).first }.joined()
    if !reading.isEmpty { words[Int(number)].pinyin = try add(reading.uppercased(), encoder) }
    return number
  }
}

/// Draws one of several numbers by weight, in one step.
struct WeightedChoice {
  private static let resolution = 1 << 16
  private var slots: [UInt16]

  /// - Parameter choices: numbers below 65,536 with positive weights.
  init(_ choices: [(Int, Int)]) {
    let total = choices.reduce(0) { $0 + $1.1 }
    slots = []
    slots.reserveCapacity(WeightedChoice.resolution)
    var sum = 0
    for (choice, weight) in choices {
      sum += weight
      let end = sum * WeightedChoice.resolution / total
      while slots.count < end { slots.append(UInt16(choice)) }
    }
  }

  @inline(__always)
  func draw(_ draws: inout Draws) -> UInt16 { slots[Int(draws.next() >> 48)] }
}

/// Encodes text as GB 18030 by the C library's iconv.
private final class GB18030Encoder {
  private let handle: iconv_t

  init() throws(Problem) {
    handle = iconv_open("GB18030", "UTF-8")
    if handle == iconv_t(bitPattern: -1) {
      throw Problem("no_gb18030", "the C library has no GB18030", advice: "Install the package with its gconv modules")
    }
  }

  deinit { iconv_close(handle) }

  func encode(_ text: String) throws(Problem) -> [UInt8] {
    var input = text.utf8.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: input.count * 4)
    let left = input.withUnsafeMutableBufferPointer { from in
      output.withUnsafeMutableBufferPointer { to -> Int? in
        var (source, sourceLeft) = (from.baseAddress, from.count)
        var (target, targetLeft) = (to.baseAddress, to.count)
        return iconv(handle, &source, &sourceLeft, &target, &targetLeft) == -1 ? nil : targetLeft
      }
    }
    guard let left else { throw Problem("no_gb18030", "GB18030 cannot hold a text of the generator", found: text) }
    return output.dropLast(left).map { UInt8(bitPattern: $0) }
  }
}
