import Basics
import Foundation
import Standards
import TestSupport
import Testing

@testable import Generate

@Suite struct GenerateTests {
  @Test func sameSeedGivesTheSameBytesForAnyThreads() throws {
    let one = try Generated(customers: 300, nights: 2, threads: 1).everything()
    let three = try Generated(customers: 300, nights: 2, threads: 3).everything()
    #expect(one.count == 2 * 12 + 2)
    #expect(one.keys.sorted() == three.keys.sorted())
    for (name, bytes) in one { #expect(bytes == three[name], "\(name)") }
  }

  /// Not a machine, a day or a release of the C library may change what a seed gives: recorded once.
  @Test func bytesArePinned() throws {
    let generated = try Generated(customers: 50)
    let hashes = try [Extract.crmCustomers, .coreCustomers, .coreAccounts].map {
      try SHA256.ofFile("\(generated.folder.path)/20261120/\($0.fileName("20261120"))").hex.prefix(16)
    }
    #expect(hashes == ["acc2713a8907bf74", "b1dbc1749a49917a", "d5cbe6769f80d98a"])
  }

  @Test func otherSeedsGiveOtherBytes() throws {
    let one = try Generated(customers: 100, seed: 1)
    let two = try Generated(customers: 100, seed: 2)
    for extract in [Extract.crmCustomers, .coreAccounts, .mobileUsers] {
      #expect(try one.rows(extract) != two.rows(extract), "\(extract)")
    }
  }

  @Test func aNightDoesNotDependOnHowManyFollow() throws {
    let short = try Generated(customers: 200, nights: 1).everything()
    let long = try Generated(customers: 200, nights: 3).everything()
    for (name, bytes) in short where name.hasPrefix("20261120/") { #expect(bytes == long[name], "\(name)") }
  }

  @Test func controlTotalsMatchTheFiles() throws {
    let generated = try Generated(customers: 1_000)
    let files = generated.summary.nights[0].files
    #expect(files.map(\.name).sorted() == Extract.allCases.map { $0.fileName("20261120") }.sorted())
    func file(_ extract: Extract) throws -> GeneratorSummary.File {
      try #require(files.first { $0.name == extract.fileName("20261120") })
    }
    for extract in Extract.allCases where extract != .mobileEvents && extract != .branchVisits {
      #expect(try generated.rows(extract).count == file(extract).rows, "\(extract)")
    }
    #expect(try generated.text(.mobileEvents).components(separatedBy: "<event ").count - 1 == file(.mobileEvents).rows)
    #expect(try generated.text(.branchVisits).components(separatedBy: "<visit ").count - 1 == file(.branchVisits).rows)
    var control = ""
    for (extract, column) in [(Extract.coreCustomers, -1), (.coreAccounts, 4), (.coreTransactions, 5)] {
      let rows = try generated.rows(extract)
      let sum = try rows.reduce(Int64(0)) { column < 0 ? 0 : $0 + (try Money.parse($1[column]).minorUnits) }
      if column >= 0 { #expect(try file(extract).sum?.minorUnits == sum) }
      let totals = "|\(rows.count)|\(Money(minorUnits: sum))\n"
      let bytes = try generated.bytes("20261120/\(extract.fileName("20261120"))")
      #expect(bytes.suffix(totals.utf8.count + 7) == Data("TRAILER\(totals)".utf8))
      control += extract.fileName("20261120") + totals
    }
    #expect(try generated.bytes("20261120/core_20261120.ctl") == Data(control.utf8))
    let expected = String(decoding: try generated.bytes("expected_totals.json"), as: UTF8.self)
    #expect(expected.contains("\"sum\": \"\(try #require(file(.coreAccounts).sum))\""))
  }

  @Test func headersComeFirst() throws {
    let generated = try Generated(customers: 8_000) { $0.shares.leaving = 0 }
    #expect(try generated.text(.mobileUsers).hasPrefix("user_id,real_name,cert_no,phone,"))
    #expect(try generated.text(.crmCustomers).hasPrefix("customer_no,party_type,name,gender,"))
    #expect(
      try generated.text(.branchVisits).hasPrefix(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<branches date=\"2026-11-20\">"))
    #expect(try generated.text(.branchVisits).hasSuffix("</branch>\n</branches>\n"))
  }

  /// Only what was spoilt on purpose fails our own checks.
  @Test func idsPassOurChecksButForThePlanted() throws {
    let generated = try Generated(customers: 2_000) { $0.shares.idSlips = 3_000 }
    var ids = try generated.rows(.crmCustomers).map { ($0[5], $0[6]) }
    ids += try generated.rows(.coreCustomers).map { ($0[2], $0[3]) }
    ids += Generated.pieces(try generated.text(.branchVisits), after: "<document type=\"", before: "\"/>").map {
      ($0.components(separatedBy: "\"")[0], $0.components(separatedBy: "\"")[2])
    }
    // Mobile banking has no types: only what looks like a resident id is one.
    ids += try generated.rows(.mobileUsers).map { ($0[2].count == 18 ? "01" : "", $0[2]) }
    let types = [
      "01": "resident_id", "02": "passport", "03": "hk_macau_permit", "04": "taiwan_permit", "05": "military",
      "06": "foreign_permanent_resident", "11": "social_credit_code",
    ]
    var failed = 0
    for (code, number) in ids where !number.isEmpty {
      guard let id = types[code] else { continue }
      let kind = try #require(DocumentKind.chinese.first { $0.id == id })
      let (_, result) = DocumentNumber.standardise(number, kind: kind)
      if result.notes.contains(.masked) { continue }
      #expect(result.hasText, "\(code) \(result.fault?.rawValue ?? "")")
      if result.status == .doubtful { failed += 1 }
    }
    #expect(failed == generated.summary.nights[0].idSlips)
    #expect(failed > 50)
  }

  @Test func truthNamesEveryRecordOnce() throws {
    let generated = try Generated(customers: 1_000)
    let truth = String(decoding: try generated.bytes("truth.csv"), as: UTF8.self).split(separator: "\n")
    #expect(truth[0] == "night,source,key,person")
    let found = truth.dropFirst().map { $0.split(separator: ",")[1...2].joined(separator: ",") }.sorted()
    var expected = try generated.rows(.crmCustomers).map { "crm_customers,\($0[0])" }
    expected += try generated.rows(.coreCustomers).map { "core_customers,\($0[0])" }
    expected += try generated.rows(.mobileUsers).map { "mobile_users,\($0[0])" }
    expected += Generated.pieces(try generated.text(.branchVisits), after: "<visit id=\"", before: "\"").map {
      "branch_visitors,\($0)"
    }
    #expect(found == expected.sorted())
    #expect(Set(found).count == found.count)
  }

  @Test func rowsHaveTheirFields() throws {
    let generated = try Generated(customers: 500)
    let widths: [(Extract, Int)] = [
      (.crmCustomers, 19), (.crmConsents, 5), (.crmAssignments, 6), (.crmContacts, 8), (.crmRelations, 4),
      (.coreCustomers, 11), (.coreAccounts, 8), (.coreTransactions, 8), (.mobileUsers, 7),
    ]
    for (extract, width) in widths {
      let rows = try generated.rows(extract)
      #expect(!rows.isEmpty, "\(extract)")
      #expect(rows.allSatisfy { $0.count == width }, "\(extract)")
    }
    let phones = try generated.rows(.crmCustomers).map { $0[7] } + generated.rows(.mobileUsers).map { $0[3] }
    for phone in phones where !phone.isEmpty {
      #expect(PhoneNumber.standardise(phone, plans: [.chinese]).result.hasText, "\(phone.count)")
    }
    for row in try generated.rows(.coreTransactions) {
      let time = try #require(Timestamp(row[3], format: .compact))
      #expect(
        time.date <= generated.summary.nights[0].date && time.date.days(since: generated.summary.nights[0].date) > -90)
    }
  }

  @Test func refusesWhatItCannotDo() throws {
    let generated = try Generated(customers: 1)
    var options = GeneratorOptions(
      customers: 1, seed: 1, firstDate: generated.summary.nights[0].date, nights: 1, folder: generated.folder.path)
    #expect(throws: Problem.self) { try generate(options) }
    do { _ = try generate(options) } catch {
      #expect(
        error.description
          == "\(options.folder)/truth.csv: error [output_exists]: there are generated extracts already. "
          + "Give another folder, or remove this one.")
    }
    options.customers = 0
    do {
      _ = try generate(options)
      Issue.record("0 customers were generated")
    } catch {
      #expect(
        error.description == "error [bad_option]: the number of customers is out of range; found 0, "
          + "expected 1 to 30000000.")
    }
  }
}
