import Basics
@testable import Linkage

/// Small record sets, fields and draws for tests of the engine.
enum SmallRecords {
  static func set(_ columns: [(String, [String?])], files: [Int]? = nil) -> RecordSet {
    let count = columns[0].1.count
    let files = (files ?? [count]).enumerated().map { RecordSet.File(name: "file\($0)", recordCount: $1) }
    return RecordSet(files: files, columns: columns.map { InternedColumn(name: $0, values: $1) })
  }

  static func plan(
    _ id: String, _ kind: FieldKind, _ group: FieldGroup = .other, isShared: Bool = false
  ) -> Matching.FieldPlan {
    Matching.FieldPlan(id: id, kind: kind, group: group, columns: [id], isShared: isShared)
  }

  /// One field of the values, one a record.
  static func field(_ kind: FieldKind, _ values: [String?]) -> Field {
    Field.prepare(
      set([("x", values)]), Matching(fields: [plan("x", kind)], swappable: [], blocking: []), threads: 1)[0]
  }

  /// The level of two records in a field alone.
  static func level(_ field: Field, _ a: Int, _ b: Int) -> UInt8 {
    let matching = Matching(fields: [field.plan], swappable: [], blocking: [])
    return PatternTable.level(PairPatterns([field], Comparison.all(matching)).pattern(a, b), 0)
  }
}

extension SplitMix64 {
  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

  /// Below 1.
  mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

  /// An index with the probability that stands there; the shares sum to 1.
  mutating func index(_ shares: [Double]) -> Int {
    var rest = unit()
    for (index, share) in shares.enumerated() {
      if rest < share { return index }
      rest -= share
    }
    return shares.count - 1
  }

  mutating func letters(_ count: Int, of alphabet: String = "abcdefghijklmnopqrstuvwxyz") -> String {
    let letters = Array(alphabet)
    return String((0..<count).map { _ in pick(letters) })
  }

  /// The text with one character left out, doubled, replaced or turned with its neighbour.
  mutating func slip(_ text: String) -> String {
    var letters = Array(text)
    if letters.count < 2 { return text + "x" }
    let place = below(letters.count - 1)
    switch below(4) {
    case 0: letters.remove(at: place)
    case 1: letters.insert(letters[place], at: place)
    case 2: letters[place] = letters[place].isNumber ? Character(String(below(10))) : pick(Array("aeioutrns"))
    default: letters.swapAt(place, place + 1)
    }
    return String(letters)
  }
}
