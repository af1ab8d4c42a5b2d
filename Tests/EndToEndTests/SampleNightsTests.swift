import Basics
import Foundation
import TestSupport
import Testing

/// The worked example's two nights, run once for all tests here.
private struct SampleNights {
  static let dates = ["2026-11-20", "2026-11-21"]

  let folder: TemporaryFolder
  var home: String { folder.path + "/home" }

  init(threads: Int = 2, environment: [String: String] = [:]) throws {
    folder = try TemporaryFolder()
    for date in Self.dates {
      try guiyi(
        "run", "--pipeline", "pipelines/retail-nightly", "--date", date, "--home", home, "--threads", String(threads),
        environment: environment)
    }
  }

  static let shared = Result { try SampleNights(environment: ["TZ": "Asia/Shanghai", "LANG": "C", "LC_ALL": "C"]) }

  func folder(of date: String) -> String { "\(home)/runs/\(date)/001" }

  func table(_ name: String, _ date: String) throws -> String {
    try guiyi("show", name, "--date", date, "--home", home, "--show-values")
  }
}

struct SampleNightsTests {
  /// Compares with what is committed; GUIYI_RECORD=1 writes it instead.
  @Test(arguments: SampleNights.dates)
  func givesTheCommittedResults(date: String) throws {
    let nights = try SampleNights.shared.get()
    let run = nights.folder(of: date)
    var results = [
      "quarantine.csv": try nights.table("ingest/quarantine", date),
      "decisions.csv": try nights.table("broadcast/decisions", date),
      "control_totals.json": try Files.text(of: run + "/control_totals.json"),
    ]
    for name in try Files.names(in: run + "/broadcast/lists") {
      results["lists/" + name] = try Files.text(of: "\(run)/broadcast/lists/\(name)")
    }
    let golden = "\(repositoryRoot)/samples/retail-nightly/expected/\(date)"
    if ProcessInfo.processInfo.environment["GUIYI_RECORD"] == "1" {
      try Files.remove(golden)
      for (name, text) in results {
        try Files.makeFolder(Files.parent("\(golden)/\(name)"))
        try Files.write(text, to: "\(golden)/\(name)")
      }
      return
    }
    #expect(Files.isFolder(golden), "nothing is committed at \(golden); record it with GUIYI_RECORD=1 and read it")
    #expect(try Files.filesBelow(golden) == results.keys.sorted())
    for (name, text) in results {
      #expect(try Files.text(of: "\(golden)/\(name)") == text, "\(date) \(name) differs from what is committed")
    }
  }

  /// The samples' maker computed from its people, and not from a pipeline, what each must come to.
  @Test(arguments: SampleNights.dates)
  func everyPersonComesOutAsPlanned(date: String) throws {
    let nights = try SampleNights.shared.get()
    let samples = "\(repositoryRoot)/samples/retail-nightly"
    let people = try customersOfPeople(nights, date, truth: rows(ofCSV: Files.text(of: samples + "/truth.csv")))
    func byCustomer(_ table: String) throws -> [String: [[String: String]]] {
      Dictionary(grouping: rows(ofCSV: try nights.table(table, date))) { $0["customer_id"] ?? "" }
    }
    let profiles = try byCustomer("merge/profiles")
    let tags = try byCustomer("tag/tags")
    let decisions = try byCustomer("broadcast/decisions")
    let expectations = rows(ofCSV: try Files.text(of: samples + "/expected.csv")).filter { $0["night"] == date }
    #expect(expectations.count > 280)
    for expected in expectations {
      let person = expected["person"] ?? ""
      let customers = people[person] ?? []
      #expect(customers.count == 1, "\(person) is \(customers.sorted())")
      guard let customer = customers.min() else { continue }
      #expect(profiles[customer]?.first?["aum"] == expected["aum"], "AUM of \(person)")
      #expect(tags[customer]?.first?["mode"] == expected["mode"], "mode of \(person)")
      for campaign in ["wealth_maturing", "standard_wealth_sms", "birthday_care"] {
        let decision = decisions[customer]?.first { $0["campaign"] == campaign }
        expectDecision(decision, expected[campaign] ?? "", "\(campaign) to \(person)")
      }
    }
  }

  private func expectDecision(_ decision: [String: String]?, _ wanted: String, _ what: String) {
    let isSent = decision?["status"] == "sent"
    if wanted == "-" {
      #expect(decision == nil, "\(what): no candidate")
    } else if wanted.hasPrefix("no:") {
      #expect(!isSent, "\(what): \(wanted)")
    } else {
      #expect(isSent && decision?["channels"] == wanted, "\(what): \(decision ?? [:])")
    }
  }

  /// The customers that hold a person's records; a customer of two people fails.
  private func customersOfPeople(
    _ nights: SampleNights, _ date: String, truth: [[String: String]]
  ) throws -> [String: Set<String>] {
    let systems = [
      "crm_customers": "crm", "core_customers": "core", "mobile_users": "mobile", "branch_visitors": "branch",
    ]
    let persons = Dictionary(
      truth.map { ("\($0["system"] ?? "") \($0["key"] ?? "")", $0["person"] ?? "") }, uniquingKeysWith: { a, _ in a })
    var customers: [String: Set<String>] = [:]
    var peopleOf: [String: Set<String>] = [:]
    for row in rows(ofCSV: try nights.table("resolve/membership", date)) {
      let key = "\(systems[row["source"] ?? ""] ?? "") \(row["key"] ?? "")"
      // Planted rows that are kept have no person.
      guard let person = persons[key], let customer = row["customer_id"] else { continue }
      customers[person, default: []].insert(customer)
      peopleOf[customer, default: []].insert(person)
    }
    for (customer, people) in peopleOf { #expect(people.count == 1, "\(customer) is \(people.sorted())") }
    return customers
  }

  /// What was planted for quarantine is there under its code, and nothing else.
  @Test(arguments: SampleNights.dates)
  func quarantineHoldsWhatWasPlanted(date: String) throws {
    let nights = try SampleNights.shared.get()
    let planted = rows(ofCSV: try Files.text(of: "\(repositoryRoot)/samples/retail-nightly/planted.csv"))
      .filter { $0["night"] == date && $0["handling"] == "quarantine" }
    let found = rows(ofCSV: try nights.table("ingest/quarantine", date))
    func key(_ file: String, _ line: String) -> String { "\(Files.name(file)):\(line)" }
    let foundCodes = Dictionary(grouping: found) { key($0["file"] ?? "", $0["line"] ?? "") }
      .mapValues { Set($0.compactMap { $0["code"] }) }
    var plantedPlaces: Set<String> = []
    for row in planted {
      let place = key(row["file"] ?? "", row["line"] ?? "")
      plantedPlaces.insert(place)
      #expect(
        foundCodes[place]?.contains(row["code"] ?? "") ?? false, "\(place): \(row), found \(foundCodes[place] ?? [])")
    }
    #expect(Set(foundCodes.keys).subtracting(plantedPlaces) == [])
  }

  @Test func showSaysWhenNothingFits() throws {
    let nights = try SampleNights.shared.get()
    let process = try GuiyiProcess([
      "show", "ingest/party", "--where", "source=crm_custmers", "--where", "gender=male", "--home", nights.home,
    ])
    #expect(process.status == 0)
    #expect(process.errors.hasSuffix("no row has source=crm_custmers and gender=male\n"))
  }

  /// The samples are what their script writes, so that a change is made there and not by hand.
  @Test func theScriptWritesTheSamples() throws {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "\(repositoryRoot)/scripts/make-samples.py", "\(folder.path)/samples"]
    process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONDONTWRITEBYTECODE": "1"]) { $1 }
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let written = try Files.filesBelow("\(folder.path)/samples")
    #expect(written.count > 25)
    for name in written {
      let committed = try SHA256.ofFile("\(repositoryRoot)/samples/retail-nightly/\(name)").hex
      #expect(try SHA256.ofFile("\(folder.path)/samples/\(name)").hex == committed, "\(name) differs from the script's")
    }
  }

  @Test func sameBytesForAnyThreadsZoneAndLanguage() throws {
    let one = try SampleNights.shared.get()
    let other = try SampleNights(
      threads: 1, environment: ["TZ": "America/New_York", "LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8"])
    for date in SampleNights.dates {
      let (a, b) = (one.folder(of: date), other.folder(of: date))
      let paths = try Files.filesBelow(a)
      #expect(try Files.filesBelow(b) == paths)
      #expect(paths.count > 40)
      for path in paths where path != "events.jsonl" {
        #expect(try SHA256.ofFile("\(a)/\(path)").hex == SHA256.ofFile("\(b)/\(path)").hex, "\(date)/\(path)")
      }
    }
  }

  @Test func nothingPersonalOutsideTablesAndLists() throws {
    let nights = try SampleNights.shared.get()
    let date = SampleNights.dates[0]
    let run = nights.folder(of: date)
    var pages = try ["report.html", "manifest.json", "control_totals.json", "events.jsonl"].map {
      try Files.text(of: "\(run)/\($0)")
    }
    for stage in ["ingest", "resolve", "merge", "tag", "broadcast"] {
      pages.append(try Files.text(of: "\(run)/\(stage)/stage.json"))
    }
    pages.append(try guiyi("show", "merge/profiles", "--date", date, "--home", nights.home))
    let profiles = rows(ofCSV: try nights.table("merge/profiles", date))
    for column in ["name", "mobile", "document_number"] {
      let values = Set(profiles.compactMap { $0[column] }.filter { !$0.isEmpty })
      #expect(values.count > 100)
      for page in pages { #expect(values.allSatisfy { !page.contains($0) }, "a \(column) stands in clear") }
    }
  }
}
