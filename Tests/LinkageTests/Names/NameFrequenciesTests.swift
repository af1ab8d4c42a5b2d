import Basics
import Glibc
import Testing

@testable import Linkage

@Suite struct NameFrequenciesTests {
  private func frequencies(_ names: [String], _ counts: [Int32], discount: Double) -> NameFrequencies {
    var texts = ValueTexts()
    for name in names { texts.append(name) }
    var vocabulary = NameVocabulary()
    let parts = NameParts(NameFeatures(texts, vocabulary: &vocabulary))
    return NameFrequencies(parts, counts: counts, discount: discount)
  }

  /// Of 8 records, 5 are of one name; of 4 distinct names, half hold `smith`, half `john`.
  @Test func byHand() {
    let names = ["John Smith", "Mary Smith", "John Jones", "Zelda Quirk"]
    let found = frequencies(names, [5, 1, 1, 1], discount: 2)
    let shares = [3 / 8 + 0.625 * 0.25, 0.625 * 0.125, 0.625 * 0.125, 0.625 * 0.0625]
    let mean = (5 * shares[0] + shares[1] + shares[2] + shares[3]) / 8
    let families = [0.5, 0.5, 0.25, 0.25]
    for name in names.indices {
      #expect(abs(Double(found.whole[name]) - log2(shares[name] / mean)) < 1e-5, "\(names[name])")
      #expect(abs(Double(found.family[name]) - log2(families[name] / 0.4375)) < 1e-5, "\(names[name])")
    }
  }

  /// Forms of one name count as one; names in characters and in letters each among their own kind.
  @Test func formsAndKinds() {
    let names = ["陳大文", "陈大文", "陳大文先生", "歐陽子柔", "CHAN Tai Man", "CHAN Tai Man; Peter", "Mary Mak"]
    let found = frequencies(names, [1, 1, 1, 1, 1, 1, 1], discount: 2)
    #expect(found.whole[0] == found.whole[1] && found.whole[0] == found.whole[2])
    #expect(found.whole[3] < found.whole[0])
    #expect(found.whole[4] == found.whole[5])
    let alone = frequencies(Array(names[..<4]), [1, 1, 1, 1], discount: 2)
    #expect(Array(found.whole[..<4]) == alone.whole)
  }

  /// A value without records and a name without words do no harm.
  @Test func nothing() {
    let found = frequencies(["John Smith", "?", "Mary Mak"], [1, 1, 0], discount: 2)
    #expect(found.whole.allSatisfy { $0.isFinite && abs($0) <= NameFrequencies.limit } && found.whole[2] == 0)
    #expect(frequencies([], [], discount: 2).whole.isEmpty)
  }

  /// Names drawn from known frequencies, two records each: of names that one person has, counts tell nothing, parts do.
  @Test func knownFrequencies() {
    let seed: UInt64 = 91
    var draws = SplitMix64(seed: seed)
    func zipf(_ count: Int) -> [Double] {
      let raw = (1...count).map { 1 / Double($0) }
      return raw.map { $0 / raw.reduce(0, +) }
    }
    func draw(_ shares: [Double]) -> Int {
      var rest = draws.unit()
      return shares.firstIndex { share in
        rest -= share
        return rest < 0
      } ?? 0
    }
    let (families, givens) = (zipf(60), zipf(60))
    var (records, numbers): ([Int32], [String: Int]) = ([], [:])
    var (names, truth): ([String], [Double]) = ([], [])
    for _ in 0..<1_500 {
      let (family, given) = (draw(families), draw(givens))
      // No letters that are Chinese syllables.
      let name = "Xx\(given)k Zr\(family)b"
      let number = numbers[name, default: names.count]
      if number == names.count {
        numbers[name] = number
        names.append(name)
        truth.append(families[family] * givens[given])
        records.append(0)
      }
      records[number] += 2
    }
    let found = frequencies(names, records, discount: 2)
    let mean = zip(truth, records).reduce(0) { $0 + $1.0 * Double($1.1) } / 3_000
    let countMean = records.reduce(0) { $0 + Double($1) * Double($1) } / 3_000
    var (error, countError, singles) = (0.0, 0.0, 0.0)
    for name in names.indices where records[name] == 2 {
      let known = log2(truth[name] / mean)
      error += abs(Double(found.whole[name]) - known)
      countError += abs(log2(2 / countMean) - known)
      singles += 1
    }
    #expect(singles > 200)
    #expect(error / singles < 1, "seed \(seed): \(error / singles) bits off")
    #expect(error < countError * 0.7, "seed \(seed): \(error / singles) bits, \(countError / singles) by counts")
  }
}
