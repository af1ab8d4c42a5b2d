import Basics
import Glibc
import Standards
import Testing

@testable import Linkage

/// What holds of every kind of field, on seeded random values; and fast paths against plain ones.
@Suite struct ComparerPropertyTests {
  /// Values of a kind, many of them near others.
  static func values(_ kind: FieldKind, _ count: Int, seed: UInt64) -> [String] {
    var draws = SplitMix64(seed: seed)
    var values: [String] = []
    for _ in 0..<count {
      if !values.isEmpty, draws.below(2) == 0 {
        values.append(draws.slip(draws.pick(values)))
      } else {
        values.append(value(kind, &draws))
      }
    }
    return values
  }

  private static func value(_ kind: FieldKind, _ draws: inout SplitMix64) -> String {
    let names = ["anna", "maria", "john", "bill", "william", "o'neil", "van der berg", "li", "smith", "phillips", "j"]
    switch kind {
    case .date: return "19\(30 + draws.below(60))-\(10 + draws.below(3))-\(10 + draws.below(19))"
    case .number: return "\(draws.below(400))"
    case .phone, .code: return draws.letters(5 + draws.below(6), of: "0123456789")
    case .postcode: return draws.letters(4, of: "0123")
    case .email: return draws.letters(6, of: "abcd") + "@" + draws.letters(3, of: "xyz") + ".com"
    case .category: return draws.letters(1 + draws.below(4), of: "mfx")
    case .place: return "\(draws.below(3)).\(draws.below(99)),\(draws.below(3)).\(draws.below(99))"
    case .list: return (0...draws.below(4)).map { _ in draws.letters(1, of: "abcdef") }.joined(separator: ";")
    case .longText, .organisation:
      return (0...draws.below(8)).map { _ in draws.letters(2, of: "abc") }.joined(separator: " ")
    case .text:
      return (0...draws.below(3)).map { _ in draws.letters(2 + draws.below(6), of: "aeirst") }.joined(separator: " ")
    case .givenName, .familyName:
      return draws.below(3) == 0 ? draws.pick(names) : draws.letters(1 + draws.below(9), of: "aeinrstl")
    case .wholeName: return draws.pick(names) + " " + draws.pick(["LAI Nga Fong", "賴雅芳", "smith", "van dyke"])
    }
  }

  @Test(arguments: FieldKind.allCases)
  func symmetricAndBounded(kind: FieldKind) {
    let field = SmallRecords.field(kind, Self.values(kind, 90, seed: 5))
    let comparer = FieldComparer(field)
    let different = Ladder.of(kind).different
    var seen: Set<UInt8> = []
    for a in 0..<Int32(field.values.count) {
      for b in 0..<Int32(field.values.count) where a != b {
        let level = comparer.level(a, b)
        #expect(level == comparer.level(b, a), "\(kind), seed 5: \(field.values.string(a)) | \(field.values.string(b))")
        #expect(
          (1...different).contains(level), "\(kind), seed 5: \(field.values.string(a)) | \(field.values.string(b))")
        seen.insert(level)
      }
    }
    #expect(seen.count > 1, "\(kind): all alike shows nothing")
  }

  @Test(arguments: FieldKind.allCases)
  func equalIsBestAndMissingIsNone(kind: FieldKind) {
    let values = Self.values(kind, 20, seed: 9)
    let field = SmallRecords.field(kind, values + values + [nil])
    for index in values.indices where field.codes[index] >= 0 {
      #expect(SmallRecords.level(field, index, index + values.count) == 1, "\(kind), seed 9: \(values[index])")
      #expect(SmallRecords.level(field, index, 2 * values.count) == 0)
      #expect(SmallRecords.level(field, 2 * values.count, index) == 0)
    }
  }

  // MARK: Against plain references

  /// The ladder of name parts in its own words, without letter bags.
  private func namePart(_ a: String, _ b: String) -> UInt8 {
    let (x, y) = (units(a), units(b))
    let shorter = min(x.count, y.count)
    if shorter == 1 { return x[0] == y[0] ? 6 : 8 }
    let distance = onUnits(x, y) { EditDistance.osa($0, $1, limit: 100) }
    if distance == 1, shorter >= 3 { return 2 }
    if !Set(Nicknames.formalNames(of: a)).isDisjoint(with: Nicknames.formalNames(of: b)) { return 3 }
    let similarity = onUnits(x, y, JaroWinkler.similarity)
    let (short, long) = x.count <= y.count ? (a, b) : (b, a)
    let isWord = shorter >= 2 && short.utf16.count < long.utf16.count && " \(long) ".contains(" \(short) ")
    if similarity >= 0.92 || distance == 2 && shorter >= 6 || isWord { return 4 }
    let keys = (x.withUnsafeBufferPointer { Phonetic.key($0) }, y.withUnsafeBufferPointer { Phonetic.key($0) })
    if keys.0 == keys.1 && keys.0 != 0 || similarity >= 0.88 { return 5 }
    return similarity >= 0.8 ? 7 : 8
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func namePartsAgainstReference(seed: UInt64) {
    let field = SmallRecords.field(.givenName, Self.values(.givenName, 150, seed: seed))
    let comparer = FieldComparer(field)
    for a in 0..<Int32(field.values.count) {
      for b in 0..<a {
        let (one, other) = (field.values.string(a), field.values.string(b))
        #expect(comparer.level(a, b) == namePart(one, other), "seed \(seed): \(one) | \(other)")
      }
    }
  }

  /// The ladder of texts in its own words, without letter bags and with words as texts.
  private func text(_ a: String, _ b: String, _ weights: [Substring: Float]) -> UInt8 {
    let (x, y) = (units(a), units(b))
    let distance = onUnits(x, y) { EditDistance.osa($0, $1, limit: 100) }
    let shorter = min(x.count, y.count)
    if distance == 1 { return shorter >= 3 ? 2 : 5 }
    let similarity = onUnits(x, y, JaroWinkler.similarity)
    if similarity >= 0.93 || distance == 2 && shorter >= 6 { return 3 }
    let (p, q) = (Set(a.split(separator: " ")), Set(b.split(separator: " ")))
    func weight(_ words: Set<Substring>) -> Float { words.sorted().reduce(0) { $0 + weights[$1]! } }
    let both = weight(p.intersection(q))
    let fewest = min(weight(p.subtracting(q)), weight(q.subtracting(p)))
    if both > 0, both / (both + fewest) >= 0.99, min(p.count, q.count) >= 2 { return 3 }
    if similarity >= 0.88 || both / weight(p.union(q)) >= 0.5 { return 4 }
    return similarity >= 0.8 ? 5 : 6
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func textsAgainstReference(seed: UInt64) {
    let field = SmallRecords.field(.text, Self.values(.text, 130, seed: seed))
    let comparer = FieldComparer(field)
    let texts = (0..<Int32(field.values.count)).map { field.values.string($0) }
    var counts: [Substring: Float] = [:]
    for text in texts { for word in Set(text.split(separator: " ")) { counts[word, default: 0] += 1 } }
    let weights = counts.mapValues { log2(1 + Float(texts.count) / $0) }
    for a in texts.indices {
      for b in 0..<a {
        #expect(
          comparer.level(Int32(a), Int32(b)) == text(texts[a], texts[b], weights),
          "seed \(seed): \(texts[a]) | \(texts[b])")
      }
    }
  }
}
