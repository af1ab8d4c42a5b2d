import Standards

/// Everybody there is: each person follows from the seed and the person's number alone, and each night's changes from
/// these and the night's number, so that any night and any part of it can be made by itself.
struct Population: Sendable {
  let seed: UInt64
  /// Persons of the first night; those who join later have the numbers after them.
  let customers: Int
  let firstDate: CalendarDate
  let shares: GeneratorShares
  let vocabulary: Vocabulary
  let branches: Int

  init(_ options: GeneratorOptions, _ vocabulary: Vocabulary) {
    seed = options.seed
    customers = options.customers
    firstDate = options.firstDate
    shares = options.shares
    self.vocabulary = vocabulary
    branches = min(999, max(5, options.customers / 5_000))
  }

  var joiningEachNight: Int { (customers * shares.joining + 50_000) / 100_000 }

  /// Persons on a night; 0 is the first.
  func count(on night: Int) -> Int { customers + night * joiningEachNight }

  /// The night in which a person first appears; nil for those who were there from the start.
  func joinedNight(_ number: Int) -> Int? {
    number < customers ? nil : (number - customers) / joiningEachNight + 1
  }

  func draws(_ purpose: Purpose, _ number: Int, _ part: Int = 0) -> Draws { Draws(seed, purpose, number, part) }

  // MARK: Households

  /// Sizes of the households among eight persons in a row.
  private static let patterns: [[Int]] = [
    [1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 2, 2], [2, 3, 3], [1, 3, 4], [4, 4], [1, 1, 2, 4], [2, 2, 2, 2],
    [1, 1, 1, 2, 3],
  ]

  /// For each pattern and each of the eight: the offset of the head.
  private static let heads: [[Int]] = patterns.map { sizes in
    var heads: [Int] = []
    for size in sizes { heads += [Int](repeating: heads.count, count: size) }
    return heads
  }

  func household(of number: Int) -> (head: Int, role: HouseholdRole) {
    let offset = number % 8
    let head = heads(around: number)[offset]
    switch offset - head {
    case 0: return (number, .head)
    case 1: return (number - 1, .spouse)
    case 2: return (number - 2, .child)
    default: return (number - 3, (number / 8) % 3 == 0 ? .parent : .child)
    }
  }

  private func heads(around number: Int) -> [Int] {
    var draws = draws(.household, number / 8)
    return Population.heads[draws.below(Population.heads.count)]
  }

  /// Companies stand among the households of one: 18 of the 64 places in the patterns.
  func isCompany(_ number: Int) -> Bool {
    let offset = number % 8
    let heads = heads(around: number)
    guard heads[offset] == offset, offset == 7 || heads[offset + 1] == offset + 1 else { return false }
    var draws = draws(.identity, number, 4)
    return draws.chance(shares.companies * 64 / 18)
  }

  func presence(of number: Int) -> Presence {
    var draws = draws(.presence, number)
    var presence = Presence()
    presence.crm = draws.chance(82_500) ? (draws.chance(shares.twoCRMRecords) ? 2 : 1) : 0
    presence.core = draws.chance(93_000) ? (draws.chance(shares.twoCoreRecords) ? 2 : 1) : 0
    if presence.crm + presence.core == 0 { presence.core = 1 }
    presence.mobile = draws.chance(60_600) && !isCompany(number)
    return presence
  }

  // MARK: Nights

  /// What happened to a person in the nights 1 to `night`.
  func changes(of number: Int, until night: Int) -> Changes {
    var changes = Changes()
    let first = (joinedNight(number) ?? 0) + 1
    guard night >= first else { return changes }
    for each in first...night {
      var draws = draws(.nightly, number, each)
      if draws.chance(shares.balances) {
        // 80 to 120 %, never 100.
        let percent = draws.between(80, 99) + (draws.chance(50_000) ? 21 : 0)
        changes.balanceFactor = changes.balanceFactor * Int64(percent) / 100
      }
      if draws.chance(shares.phones) {
        changes.phones += 1
        changes.phoneNight = each
      }
      if draws.chance(shares.leaving) {
        changes.leftNight = each
        return changes
      }
    }
    return changes
  }

  // MARK: Phones

  private static let prefixes = [
    134, 135, 136, 137, 138, 139, 150, 151, 152, 157, 158, 159, 182, 183, 184, 187, 188, 130, 131, 132, 155, 156, 185,
    186,
    133, 153, 180, 181, 189, 177, 173, 199, 198, 166, 176, 178,
  ]

  /// Versions 0 to 15 of a person's own number; no two persons have a number in common.
  private func ownPhone(_ number: Int, version: Int) -> Int {
    let index = spread(number * 16 + version % 16, over: Population.prefixes.count * 100_000_000, by: 2_654_435_761)
    return Population.prefixes[index / 100_000_000] * 100_000_000 + index % 100_000_000
  }

  /// Whose former number this person was given, if any.
  private func formerOwner(_ number: Int) -> Int? {
    let owner = number ^ 64
    guard number < customers, owner < customers, number & 64 == 0 else { return nil }
    var draws = draws(.identity, number, 2)
    return draws.chance(shares.recycledPhones * 2) ? owner : nil
  }

  private func gaveNumberAway(_ number: Int) -> Bool { number & 64 != 0 && formerOwner(number ^ 64) == number }

  /// The number that a person really has after so many changes.
  func phone(_ number: Int, _ role: HouseholdRole, head: Int, changes: Int) -> Int {
    if role == .child || role == .parent {
      var draws = draws(.identity, number, 3)
      if draws.chance(60_000) { return phone(head, .head, head: head, changes: 0) }
    }
    if changes == 0, let owner = formerOwner(number) { return ownPhone(owner, version: 0) }
    return ownPhone(number, version: changes + (gaveNumberAway(number) ? 1 : 0))
  }

  /// A number that the person had before; somebody else's by now for those who gave theirs away.
  func formerPhone(_ number: Int) -> Int { ownPhone(number, version: gaveNumberAway(number) ? 0 : 15) }

  func hasStalePhone(_ number: Int) -> Bool { gaveNumberAway(number) }
}
