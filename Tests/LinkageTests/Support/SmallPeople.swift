import Basics
@testable import Linkage

/// People in families, some of whom have several records with errors; for tests that need a truth.
struct SmallPeople {
  static let columnNames = ["first", "last", "birth", "home", "town", "postcode", "phone", "mail"]
  /// By column, then by record.
  var columns: [[String?]] = Array(repeating: [], count: 8)
  /// By record.
  var person: [Int] = []
  /// By person.
  var family: [Int] = []

  var records: RecordSet { SmallRecords.set(Array(zip(Self.columnNames, columns))) }

  static let matching = Matching(
    fields: [
      SmallRecords.plan("first", .givenName, .name), SmallRecords.plan("last", .familyName, .name, isShared: true),
      SmallRecords.plan("birth", .date, .birth), SmallRecords.plan("home", .text, .address, isShared: true),
      SmallRecords.plan("town", .text, .address, isShared: true),
      SmallRecords.plan("postcode", .postcode, .address, isShared: true),
      SmallRecords.plan("phone", .phone, .contact, isShared: true), SmallRecords.plan("mail", .email, .contact),
    ], swappable: [("first", "last")], blocking: [])

  private static let given =
    "james mary robert linda john susan david karen michael lisa william nancy thomas sandra daniel ashley mark emily paul "
    + "donna steven carol andrew ruth kevin sharon brian laura george amy edward anna jason helen ryan grace jacob judith "
    + "gary rose eric julia peter irene adam martha henry gloria carl teresa arthur sara roger alice"

  /// - Parameters:
  ///   - count: of records.
  ///   - duplicateShare: of people with a second record; a third of these has a third one.
  init(count: Int, seed: UInt64, duplicateShare: Double = 0.3) {
    var draws = SplitMix64(seed: seed)
    let given = Self.given.split(separator: " ").map(String.init)
    let syllables = [
      "bar", "ton", "mal", "ker", "son", "win", "dre", "fos", "hal", "ley", "gar", "pen", "rid", "tho", "van",
    ]
    let towns = (0..<40).map { _ in
      (draws.letters(3) + draws.pick(syllables) + "ville", "\(1_000 + draws.below(9_000))")
    }
    while person.count < count {
      let last = draws.pick(syllables) + draws.pick(syllables) + (draws.below(2) == 0 ? "" : draws.pick(syllables))
      let town = draws.pick(towns)
      let home = "\(1 + draws.below(120)) \(draws.pick(syllables))\(draws.pick(syllables)) street"
      let phone = "0" + draws.letters(9, of: "0123456789")
      for _ in 0...draws.below(4) {
        let first = draws.pick(given)
        let born = "\(1930 + draws.below(75))-\(two(1 + draws.below(12)))-\(two(1 + draws.below(28)))"
        let mail = draws.below(2) == 0 ? nil : "\(first).\(draws.letters(5))@\(draws.pick(["mail", "post", "web"])).org"
        let values = [first, last, born, home, town.0, town.1, phone, mail]
        family.append(familyCount)
        append(values)
        while draws.unit() < duplicateShare { append(Self.damaged(values, &draws)) }
      }
      familyCount += 1
    }
    shuffle(&draws, keeping: count)
  }

  private var familyCount = 0

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private mutating func append(_ values: [String?]) {
    for (column, value) in values.enumerated() { columns[column].append(value) }
    person.append(family.count - 1)
  }

  /// One field in ten has a slip, one in twelve is missing, one name in fifteen is turned, one in twelve has moved house.
  private static func damaged(_ values: [String?], _ draws: inout SplitMix64) -> [String?] {
    var values = values
    for index in values.indices {
      guard let value = values[index] else { continue }
      if draws.below(12) == 0, index != 1 {
        values[index] = nil
      } else if draws.below(10) == 0 {
        values[index] = draws.slip(value)
      }
    }
    if draws.below(15) == 0 { values.swapAt(0, 1) }
    if draws.below(12) == 0 {
      values[3] = "\(1 + draws.below(120)) \(draws.letters(6)) street"
      values[4] = draws.letters(6) + "ville"
      values[5] = "\(1_000 + draws.below(9_000))"
    }
    return values
  }

  /// Records of one person need not follow one another.
  private mutating func shuffle(_ draws: inout SplitMix64, keeping count: Int) {
    var order = Array(person.indices)
    for place in order.indices.dropLast() { order.swapAt(place, place + draws.below(order.count - place)) }
    order = Array(order.prefix(count))
    columns = columns.map { column in order.map { column[$0] } }
    person = order.map { person[$0] }
  }

  /// All pairs of records of one person, left below right.
  var truePairs: [(Int, Int)] {
    let byPerson = Dictionary(grouping: person.indices) { person[$0] }
    return byPerson.values.flatMap { records in
      records.indices.flatMap { place in records[..<place].map { (min($0, records[place]), max($0, records[place])) } }
    }
  }

  /// Precision, recall and F1 of the pairs within clusters.
  func f1(_ clusters: Clustering) -> Double {
    func pairs(_ numbers: [[Int]]) -> Double {
      Dictionary(grouping: numbers) { $0 }.values.reduce(0) { $0 + Double($1.count * ($1.count - 1)) / 2 }
    }
    let found = clusters.numbers.map { [Int($0)] }
    let both = pairs(zip(found, person).map { $0 + [$1] })
    return 2 * both / (pairs(found) + pairs(person.map { [$0] }))
  }
}
