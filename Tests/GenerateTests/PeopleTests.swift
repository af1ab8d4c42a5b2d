import Basics
import Foundation
import Standards
import TestSupport
import Testing

@testable import Generate

/// A generated file of people, read back the slow way.
private struct People {
  let summary: PeopleSummary
  let data: Data
  let rows: [[String]]

  init(
    _ records: Int, seed: UInt64 = 1, style: PeopleStyle = .english, threads: Int = 2,
    change: (inout PeopleOptions) -> Void = { _ in }
  ) throws {
    let folder = try TemporaryFolder()
    var options = PeopleOptions(records: records, path: "\(folder.path)/people.csv")
    options.seed = seed
    options.style = style
    options.threads = threads
    change(&options)
    summary = try generatePeople(options)
    data = try Data(contentsOf: URL(fileURLWithPath: options.path))
    rows = String(decoding: data, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  var records: ArraySlice<[String]> { rows.dropFirst() }

  /// Rows by person.
  var clusters: [String: [[String]]] { Dictionary(grouping: records) { $0[1] } }
}

@Suite struct PeopleTests {
  @Test(arguments: PeopleStyle.allCases)
  func sameSeedGivesTheSameBytesForAnyThreads(style: PeopleStyle) throws {
    let one = try People(9_000, style: style, threads: 1)
    let three = try People(9_000, style: style, threads: 3)
    #expect(one.data == three.data)
    #expect(one.summary == three.summary)
    #expect(one.data != (try People(9_000, seed: 2, style: style).data))
  }

  @Test(arguments: PeopleStyle.allCases, [1, 2, 10, 3_000])
  func everyRowParses(style: PeopleStyle, records: Int) throws {
    let people = try People(records, style: style)
    let header = "rec_id,cluster,first_name,surname,dob,sex,phone,email,street,city,postcode"
    #expect(people.rows[0].joined(separator: ",") == header)
    #expect(people.records.count == records)
    #expect(people.summary.bytes + header.utf8.count + 1 == people.data.count)
    #expect(String(data: people.data, encoding: .utf8) != nil)
    #expect(!people.data.contains(UInt8(ascii: "\"")))
    let today = PeopleHouseholds.today
    for (index, row) in people.records.enumerated() {
      #expect(row.count == 11, "\(row)")
      #expect(row[0] == "\(index + 1)")
      #expect(row[4].isEmpty || CalendarDate(row[4]).map { $0 <= today || $0.day <= 12 } == true, "\(row)")
      #expect(["", "M", "F"].contains(row[5]))
      #expect(!(row[2].isEmpty && row[4].isEmpty), "nobody can be told from \(row)")
    }
  }

  @Test func truthHasTheDeclaredShareOfDuplicates() throws {
    for share in [0, 0.1, 0.3, 0.6] {
      let people = try People(3_000) { $0.duplicates = share }
      let clusters = people.clusters
      #expect(clusters.count == 3_000 - Int(3_000 * share))
      #expect(clusters.count == people.summary.persons)
      #expect(clusters.values.allSatisfy { $0.count <= 5 })
      #expect(Set(clusters.keys) == Set((1...clusters.count).map(String.init)))
    }
    let sizes = try People(8_000).clusters.values.map(\.count)
    for size in 1...5 { #expect(sizes.filter { $0 == size }.count > 20, "clusters of \(size)") }
  }

  @Test func orderSaysNothing() throws {
    let clusters = try People(5_000).records.compactMap { Int($0[1]) }
    let neighbours = zip(clusters, clusters.dropFirst()).filter { abs($0 - $1) < 10 }.count
    #expect(neighbours < 100, "\(neighbours) of 5,000 rows stand beside their family")
  }

  @Test func duplicatesHaveTheDeclaredErrors() throws {
    let summary = try People(8_000).summary
    let duplicates = Double(summary.duplicates)
    #expect(abs(Double(summary.withManyErrors) / duplicates - 0.20) < 0.03)
    #expect(abs(Double(summary.withoutErrors) / duplicates - 0.24) < 0.03)
    for error in PeopleError.allCases { #expect(summary.errors[error.rawValue] > 10, "\(error)") }
    #expect(PeopleError.allCases.reduce(0) { $0 + $1.weight } == 1_000)
    // Of duplicates at most one in five, of first records at most one in six; children may have no e-mail address.
    for (field, missing) in zip(PeopleField.allCases, summary.missing) {
      #expect(missing > 50 && missing < (field == .email ? 2_800 : 1_500), "\(field): \(missing)")
    }
  }

  @Test func duplicatesAgreeInMostAndDifferInSome() throws {
    var (pairs, same) = (0, [Int](repeating: 0, count: 11))
    for rows in try People(4_000).clusters.values where rows.count > 1 {
      pairs += 1
      for column in 2..<11 where rows[0][column] == rows[1][column] { same[column] += 1 }
    }
    for column in 2..<11 {
      let share = Double(same[column]) / Double(pairs)
      #expect(share > 0.45 && share < 0.95, "column \(column): \(share)")
    }
  }
}

@Suite struct PeopleHouseholdTests {
  private static func households(_ seed: UInt64, _ style: PeopleStyle = .english) throws -> PeopleHouseholds {
    PeopleHouseholds(
      seed: seed, style: style, persons: 5_000, shares: PeopleShares(), lexicon: PeopleLexicon(),
      chinese: style == .chinese ? try PeopleChinese() : nil)
  }

  @Test func familiesAreAsDeclared() throws {
    let households = try Self.households(3)
    var (spouses, sameName, sons, juniors, twins, children) = (0, 0, 0, 0, 0, 0)
    var (head, before) = (PeopleMember(), PeopleMember())
    for number in 0..<households.persons {
      let (member, size) = households.member(number)
      #expect(member.number == number && size <= PeopleHouseholds.largest)
      if member.role == .head { head = member }
      #expect(head.number == member.head)
      if member.role == .spouse {
        spouses += 1
        #expect(member.sex != head.sex)
        if member.surname == head.surname { sameName += 1 }
      }
      if member.role == .child {
        children += 1
        #expect(member.surname == head.surname)
        #expect(member.birth > head.birth)
        if before.role != .child && member.sex == .male && head.sex == .male {
          sons += 1
          if member.first == head.first { juniors += 1 }
        }
        if before.role == .child && member.birth == before.birth {
          twins += 1
          #expect(member.first != before.first || member.sex != before.sex)
        } else if before.role == .child {
          #expect(abs(member.birth.days(since: before.birth)) > 280, "seed 3, person \(number)")
        }
      }
      before = member
    }
    #expect(abs(Double(sameName) / Double(spouses) - 0.88) < 0.04)
    #expect(abs(Double(juniors) / Double(sons) - 0.06) < 0.04)
    #expect(twins > 5 && twins < children / 20)
    let families = Double(households.countInFamilies()) / Double(households.persons)
    #expect(families > 0.8 && families < 0.95)
  }

  /// Members of a household give the same address and often the same telephone number.
  @Test func familiesShareAddressAndTelephone() throws {
    let people = try People(6_000, seed: 5) { $0.duplicates = 0 }
    let byAddress = Dictionary(grouping: people.records.filter { !$0[8].isEmpty && !$0[9].isEmpty }) { $0[8] + $0[9] }
    let families = byAddress.values.filter { $0.count > 1 }
    let shared = families.filter { rows in
      let phones = rows.map { $0[6] }.filter { !$0.isEmpty }
      return Set(phones).count < phones.count
    }
    #expect(families.count > 1_000)
    #expect(shared.count > families.count / 4 && shared.count < families.count * 3 / 4)
  }

  /// The commonest surname has about 0.9 %, and there are many rare ones.
  @Test func surnamesFallAsTheirRank() throws {
    var draws = Draws(1, .peopleHousehold, 1)
    var counts: [Int: Int] = [:]
    for _ in 0..<50_000 { counts[PeopleLexicon.surname(&draws), default: 0] += 1 }
    #expect(abs(Double(counts[0] ?? 0) / 50_000 - 1.0 / 112) < 0.002)
    #expect(counts.count > 15_000)
    #expect(counts.keys.allSatisfy { (0..<131_064).contains($0) })
  }

  @Test(arguments: [
    (0, 0.3, "the number of records is out of range"), (10, 0.7, "the share of duplicates is out of range"),
    (10, -1, "the share of duplicates is out of range"), (10, .nan, "the share of duplicates is out of range"),
  ])
  func refusesWhatCannotBe(records: Int, duplicates: Double, message: String) {
    var options = PeopleOptions(records: records, path: "/nowhere/people.csv")
    options.duplicates = duplicates
    let problem = #expect(throws: Problem.self) { try generatePeople(options) }
    #expect(problem?.code == "bad_option")
    #expect(problem?.message == message)
  }
}
