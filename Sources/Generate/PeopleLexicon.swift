import Basics

/// Texts in one run of bytes, by number; read by several threads, changed by none once it is filled.
struct TextPool {
  private(set) var bytes: [UInt8] = []
  private(set) var ends: [UInt32] = [0]

  var count: Int { ends.count - 1 }

  mutating func add(_ text: String) {
    bytes += Array(text.utf8)
    ends.append(UInt32(bytes.count))
  }

  init(_ texts: [String]) { for text in texts { add(text) } }

  @inline(__always)
  func write(_ number: Int, to line: inout PeopleText) {
    for index in Int(ends[number])..<Int(ends[number + 1]) { line.append(bytes[index]) }
  }
}

/// The English names and places of a file of people, with how often each is drawn.
struct PeopleLexicon: Sendable {
  private(set) var firstNames: TextPool
  /// By sex (men first) and decade of birth from the 1930s on.
  private(set) var firstChoices: [WeightedChoice] = []
  /// Nicknames of first name n are `nicknameStarts[n]..<nicknameStarts[n + 1]` of `nicknames`.
  private(set) var nicknames = TextPool([])
  private(set) var nicknameStarts: [Int] = [0]
  let commonSurnames = TextPool(NameLists.list(PeopleNameLists.surnames))
  private let starts = TextPool(NameLists.list(PeopleNameLists.surnameStarts))
  private let middles = TextPool([""] + NameLists.list(PeopleNameLists.surnameMiddles))
  private let ends = TextPool(NameLists.list(PeopleNameLists.surnameEnds))
  private let foreignStarts = TextPool(NameLists.list(PeopleNameLists.foreignStarts))
  private let foreignMiddles = TextPool(NameLists.list(PeopleNameLists.foreignMiddles))
  private let foreignEnds = TextPool(NameLists.list(PeopleNameLists.foreignEnds))
  let cities: TextPool
  let streets = TextPool(NameLists.list(PeopleNameLists.streets))
  let streetKinds = TextPool(NameLists.list(PeopleNameLists.streetKinds))
  let mailHosts = TextPool(NameLists.list(PeopleNameLists.mailHosts))

  init() {
    var names: [String] = []
    var numbers: [String: Int] = [:]
    func number(_ name: String) -> Int {
      if let known = numbers[name] { return known }
      numbers[name] = names.count
      names.append(name)
      return names.count - 1
    }
    var choices: [WeightedChoice] = []
    for (groups, endings) in [
      (PeopleNameLists.men, PeopleNameLists.menEnds), (PeopleNameLists.women, PeopleNameLists.womenEnds),
    ] {
      let common = groups.map { NameLists.list($0).map(number) }
      let made = NameLists.list(PeopleNameLists.firstStarts).flatMap { start in
        NameLists.list(endings).map { number(start + $0) }
      }
      for decade in 0..<10 { choices.append(PeopleLexicon.choice(common, rare: made, decade: decade)) }
    }
    firstChoices = choices
    firstNames = TextPool(names)
    var shortForms: [String: [String]] = [:]
    for entry in NameLists.list(PeopleNameLists.nicknames) {
      let parts = entry.split(separator: ":")
      shortForms[String(parts[0])] = parts[1].split(separator: ",").map(String.init)
    }
    for name in names {
      for short in shortForms[name] ?? [] { nicknames.add(short) }
      nicknameStarts.append(nicknames.count)
    }
    var places = NameLists.list(PeopleNameLists.cities)
    for end in NameLists.list(PeopleNameLists.cityEnds) {
      places += NameLists.list(PeopleNameLists.surnameStarts).prefix(62).map { $0 + end }
    }
    cities = TextPool(places)
  }

  /// Nine tenths are common names, falling as 1 / (rank + 4) and as the square of the distance from their fashion.
  private static func choice(_ common: [[Int]], rare: [Int], decade: Int) -> WeightedChoice {
    let fashions = [1, 3, 5, 8]
    var weights: [(Int, Int)] = []
    for (group, names) in common.enumerated() {
      let distance = decade - fashions[group]
      for (rank, name) in names.enumerated() {
        weights.append((name, 100_000_000 / ((rank + 5) * (1 + distance * distance))))
      }
    }
    let total = weights.reduce(0) { $0 + $1.1 }
    let unit = rare.indices.reduce(0) { $0 + 1_000_000 / ($1 + 200) }
    for (rank, name) in rare.enumerated() {
      // Which of the made names are the commoner ones is spread over the syllables.
      let at = (rank * 601 + decade * 17) % rare.count
      weights.append((name, 1_000_000 / (at + 200) * (total / 9) / unit))
    }
    return WeightedChoice(weights)
  }

  /// A rank from 0, falling as 1 / rank: each doubling of the rank is equally likely. The ten commonest have 0.9 % each,
  /// as Smith and Jones; there are 131,064 in all.
  @inline(__always)
  static func surname(_ draws: inout Draws) -> Int {
    let doubling = draws.between(3, 16)
    return (1 << doubling) + draws.below(1 << doubling) - 8
  }

  func writeSurname(_ rank: Int, to line: inout PeopleText) {
    if rank < commonSurnames.count { return commonSurnames.write(rank, to: &line) }
    // Neighbouring ranks have nothing in common.
    let code = (rank &* 40_503) & 0x1_FFFF
    let half = code >> 1
    if code & 1 == 0 {
      starts.write(half % starts.count, to: &line)
      middles.write(half / starts.count % middles.count, to: &line)
      ends.write(half / (starts.count * middles.count) % ends.count, to: &line)
    } else {
      foreignStarts.write(half % foreignStarts.count, to: &line)
      foreignMiddles.write(half / foreignStarts.count % foreignMiddles.count, to: &line)
      if half % 3 == 0 { line.append(UInt8(ascii: "l")) }
      foreignEnds.write(half / (foreignStarts.count * foreignMiddles.count) % foreignEnds.count, to: &line)
    }
  }
}
