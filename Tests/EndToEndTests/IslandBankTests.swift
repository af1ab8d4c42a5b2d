import Basics
import Foundation
import TestSupport
import Testing

/// The example of a bank elsewhere, run once for all tests here.
private struct IslandNight {
  static let date = "2026-11-20"
  static let samples = "\(repositoryRoot)/samples/island-bank"

  let folder: TemporaryFolder
  var home: String { folder.path + "/home" }

  init() throws {
    folder = try TemporaryFolder()
    try guiyi("run", "--pipeline", "pipelines/island-bank", "--date", Self.date, "--home", home)
  }

  static let shared = Result { try IslandNight() }

  func table(_ name: String) throws -> String {
    try guiyi("show", name, "--date", Self.date, "--home", home, "--show-values")
  }
}

struct IslandBankTests {
  /// Compares with what is committed; GUIYI_RECORD=1 writes it instead.
  @Test func givesTheCommittedResults() throws {
    let night = try IslandNight.shared.get()
    var results = [
      "quarantine.csv": try night.table("ingest/quarantine"), "profiles.csv": try night.table("merge/profiles"),
    ]
    let lists = "\(night.home)/runs/\(IslandNight.date)/001/broadcast/lists"
    for name in try Files.names(in: lists) { results["lists/" + name] = try Files.text(of: "\(lists)/\(name)") }
    let golden = "\(IslandNight.samples)/expected"
    if ProcessInfo.processInfo.environment["GUIYI_RECORD"] == "1" {
      for (name, text) in results {
        try Files.makeFolder(Files.parent("\(golden)/\(name)"))
        try Files.write(text, to: "\(golden)/\(name)")
      }
      return
    }
    #expect(try Files.filesBelow(golden) == results.keys.sorted())
    for (name, text) in results { #expect(try Files.text(of: "\(golden)/\(name)") == text, "\(name) differs") }
  }

  /// The samples' maker says who is who and what everybody has.
  @Test func everyPersonComesOutAsPlanned() throws {
    let night = try IslandNight.shared.get()
    var customers: [String: String] = [:]
    for row in rows(ofCSV: try night.table("resolve/membership")) { customers[row["key"] ?? ""] = row["customer_id"] }
    let profiles = Dictionary(
      rows(ofCSV: try night.table("merge/profiles")).map { ($0["customer_id"] ?? "", $0) },
      uniquingKeysWith: { a, _ in a })
    let truth = rows(ofCSV: try Files.text(of: "\(IslandNight.samples)/truth.csv").replacing(";", with: ","))
    #expect(truth.count == 40 && profiles.count == 40)
    #expect(Set(truth.map { customers[$0["customer"] ?? ""] ?? "" }).count == 40)
    for person in truth {
      let customer = try #require(customers[person["customer"] ?? ""])
      if let user = person["user"], !user.isEmpty { #expect(customers[user] == customer, "\(user)") }
      let cents = try #require(Int(person["aum_cents"] ?? ""))
      let aum = String(format: "%@%d.%02d", cents < 0 ? "-" : "", abs(cents) / 100, abs(cents) % 100)
      #expect(profiles[customer]?["aum"] == aum, "\(person["customer"] ?? "")")
      #expect(profiles[customer]?["mobile"]?.count == 7)
    }
  }

  @Test func theScriptWritesTheSamples() throws {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "\(repositoryRoot)/scripts/make-island-samples.py", folder.path + "/samples"]
    try process.run()
    process.waitUntilExit()
    let written = try Files.filesBelow(folder.path + "/samples")
    #expect(written.count == 5)
    for name in written {
      #expect(
        try Files.text(of: "\(folder.path)/samples/\(name)") == Files.text(of: "\(IslandNight.samples)/\(name)"),
        "\(name)")
    }
  }
}
