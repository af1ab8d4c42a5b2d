import Standards
import TestSupport
import Testing

@testable import Generate

@Suite struct PopulationTests {
  static func population(_ customers: Int, _ change: (inout GeneratorShares) -> Void = { _ in }) throws -> Population {
    let date = CalendarDate(year: 2026, month: 11, day: 20) ?? .distantFuture
    var options = GeneratorOptions(customers: customers, seed: 11, firstDate: date, nights: 2, folder: "")
    change(&options.shares)
    return Population(options, try Vocabulary())
  }

  @Test func familyNamesFollowThePublishedShares() throws {
    let population = try Self.population(1)
    let vocabulary = population.vocabulary
    var counts = [Int](repeating: 0, count: vocabulary.words.count)
    var draws = population.draws(.identity, 0)
    let total = 200_000
    for _ in 0..<total { counts[Int(vocabulary.families.draw(&draws))] += 1 }
    let sorted = counts.sorted(by: >)
    // Four standard deviations of 200,000 draws are 0.23 % at most.
    for (count, percent) in zip(sorted, [7.25, 7.19, 6.83]) {
      #expect(abs(Double(count) * 100 / Double(total) - percent) < 0.25, "\(count)")
    }
    #expect(abs(Double(sorted.prefix(100).reduce(0, +)) * 100 / Double(total) - 85.9) < 0.5)
    #expect(sorted.filter { $0 > 0 }.count > 250)
  }

  @Test func sharesAreWithinBounds() throws {
    let population = try Self.population(4_000)
    var (companies, rich, crm, core, mobile, men) = (0, 0, 0, 0, 0, 0)
    for number in 0..<4_000 {
      let person = population.person(number)
      companies += person.isCompany ? 1 : 0
      rich += person.wealth >= 5_000_000 ? 1 : 0
      men += person.sex == .male ? 1 : 0
      let presence = population.presence(of: number)
      crm += presence.crm
      core += presence.core
      mobile += presence.mobile ? 1 : 0
      #expect(presence.crm + presence.core > 0)
    }
    #expect((20...65).contains(companies), "\(companies)")
    #expect((520...700).contains(rich), "\(rich)")
    #expect((3_280...3_480).contains(crm), "\(crm)")
    #expect((3_750...3_900).contains(core), "\(core)")
    #expect((2_270...2_530).contains(mobile), "\(mobile)")
    #expect((1_800...2_300).contains(men), "\(men)")
  }

  @Test func householdsHoldTogether() throws {
    let population = try Self.population(800)
    for number in 0..<800 {
      let person = population.person(number)
      #expect(population.household(of: person.head).role == .head)
      guard person.role != .head else { continue }
      #expect(!population.isCompany(person.head))
      let head = population.person(person.head)
      #expect(head.branch == person.branch)
      if person.role == .child && !person.name.isMinority && !head.name.isMinority {
        #expect(person.birth > head.birth)
        #expect(person.name.words[0] == head.name.words[0])
      }
    }
  }

  @Test func numbersAreNobodyElses() throws {
    let population = try Self.population(3_000) { $0.recycledPhones = 0 }
    var seen: Set<Int> = []
    for number in 0..<3_000 where population.household(of: number).role.rawValue < 2 {
      #expect(seen.insert(population.phone(number, .head, head: number, changes: 0)).inserted)
    }
  }

  @Test func recycledNumbersWereSomebodysBefore() throws {
    let population = try Self.population(4_000) { $0.recycledPhones = 5_000 }
    var recycled = 0
    for number in 0..<4_000 where population.hasStalePhone(number) {
      let heir = number ^ 64
      #expect(population.phone(heir, .head, head: heir, changes: 0) == population.formerPhone(number))
      #expect(population.phone(number, .head, head: number, changes: 0) != population.formerPhone(number))
      recycled += 1
    }
    #expect((140...260).contains(recycled), "\(recycled)")
  }

  @Test func secondNightChangesTheStatedShares() throws {
    let generated = try Generated(customers: 2_500, nights: 2) {
      $0.shares.balances = 4_000
      $0.shares.phones = 2_000
      $0.shares.joining = 1_000
      $0.shares.leaving = 1_000
    }
    func column(_ extract: Extract, _ night: Int, _ index: Int) throws -> [String: String] {
      Dictionary(uniqueKeysWithValues: try generated.rows(extract, night: night).map { ($0[0], $0[index]) })
    }
    func changed(_ extract: Extract, _ index: Int) throws -> Int {
      let before = try column(extract, 0, index)
      let after = try column(extract, 1, index)
      return before.filter { after[$0.key] != $0.value }.count
    }
    #expect(generated.summary.nights.map(\.persons) == [2_500, 2_525])
    #expect(try generated.rows(.coreCustomers, night: 1).count > generated.rows(.coreCustomers).count)
    // Leaving empties accounts too; shared family phones and CRM's hearing of half of the changes lower the others.
    #expect((70...220).contains(try changed(.coreAccounts, 4)))
    #expect((25...70).contains(try changed(.coreCustomers, 6)))
    #expect((10...45).contains(try changed(.coreCustomers, 9)))
    #expect((15...50).contains(try changed(.mobileUsers, 3)))
    #expect(try changed(.crmCustomers, 2) == 0)
    #expect(try changed(.coreCustomers, 3) == 0)
  }

  @Test func depositsAreRenewedAndProductsPaidOut() throws {
    let generated = try Generated(customers: 1_500, nights: 15)
    let last = generated.summary.nights[14].date
    var paidOut = 0
    for row in try generated.rows(.coreAccounts, night: 14) where !row[6].isEmpty {
      let matures = try #require(CalendarDate(row[6], format: .compact))
      switch row[2] {
      case "D002", "D003": #expect(matures > last)
      case "W002", "W003":
        guard matures <= last else { continue }
        #expect(row[7] == "1" && row[4] == "0.00")
        paidOut += 1
      default: break
      }
    }
    #expect(paidOut > 0)
  }
}

@Suite struct NameListTests {
  @Test func listsAreWhole() {
    #expect(NameLists.commonFamilies.count == 100)
    #expect(Set(NameLists.commonFamilies).count == 100)
    let rare = NameLists.rareFamilies.filter { $0 != "\n" }
    #expect(Set(rare).count == rare.count)
    #expect(Set(rare).isDisjoint(with: NameLists.commonFamilies))
    for cohort in NameLists.men + NameLists.women { #expect(cohort.count >= 30) }
  }

  /// 東 and others hold the separator's byte: readers that split before decoding fail on them.
  @Test func someCharactersHoldTheSeparatorsByte() throws {
    let vocabulary = try Vocabulary()
    let holding = vocabulary.traditional.filter { number in
      let word = vocabulary.words[Int(number)]
      let offset = Int(word.gbOffset)
      return vocabulary.pool[offset..<offset + Int(word.gbCount)].contains(124)
    }
    #expect(holding.count >= 2)
  }
}

@Suite struct DrawsTests {
  /// Values of the same formula in another language.
  @Test func streamsArePinned() {
    var draws = Draws(7, .identity, 42)
    #expect(
      (0..<3).map { _ in draws.next() } == [
        0x142AE81B88D7720E, 0x3F8D29A93C82BB0A, 0xA6B7F6A3420473E7,
      ])
  }

  @Test func spreadingIsOneToOne() {
    #expect(Set((0..<1_000).map { spread($0, over: 1_000, by: 27_644_437) }).count == 1_000)
  }
}
