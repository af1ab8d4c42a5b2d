import Basics
import Foundation
import TestSupport
import Testing

/// The worked example with sources that deliver changes only, over nights that are run, and run again.
struct AccumulatingNightsTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for part in ["pipelines", "samples"] {
      try FileManager.default.copyItem(atPath: "\(repositoryRoot)/\(part)", toPath: "\(folder.path)/\(part)")
    }
    try edit("pipelines/retail-nightly/sources/crm_contacts.yaml") {
      $0 + "load: {increment: {keep_days: 60, by: happened_at}}\n"
    }
    try edit("pipelines/retail-nightly/sources/crm_relations.yaml") {
      $0.replacingOccurrences(of: "on_missing: empty", with: "on_missing: carry")
    }
  }

  private func edit(_ path: String, _ change: (String) -> String) throws {
    try folder.write(change(Files.text(of: "\(folder.path)/\(path)")), to: path)
  }

  private func run(_ date: String, _ more: String...) throws -> GuiyiProcess {
    try GuiyiProcess(
      ["run", "--pipeline", "pipelines/retail-nightly", "--date", date, "--home", "home"] + more, in: folder.path)
  }

  private func hashes(_ run: String) throws -> [String] {
    let path = "\(folder.path)/home/runs/\(run)"
    return try Files.filesBelow(path).filter { $0 != "events.jsonl" }
      .map { try "\($0) \(SHA256.ofFile("\(path)/\($0)").hex)" }
  }

  private func equations(_ run: String) throws -> [String] {
    struct Totals: Decodable {
      struct Part: Decodable { var name: String, value: Int }
      struct Equation: Decodable { var name: String, total: Int, parts: [Part], holds: Bool }
      struct Stage: Decodable { var equations: [Equation] }
      var stages: [Stage]
    }
    let data = Data(try Files.text(of: "\(folder.path)/home/runs/\(run)/control_totals.json").utf8)
    let equations = try JSONDecoder().decode(Totals.self, from: data).stages.flatMap(\.equations)
    #expect(equations.allSatisfy { $0.holds })
    return equations.filter { $0.name.hasPrefix("crm_contacts ") }.map { equation in
      "\(equation.name) \(equation.total) = " + equation.parts.map { "\($0.name) \($0.value)" }.joined(separator: " + ")
    }
  }

  @Test func `A night is the same whenever it is run, whatever ran after it`() throws {
    try Files.remove("\(folder.path)/samples/retail-nightly/20261121/crm_relations_20261121.csv")
    for date in ["2026-11-20", "2026-11-21"] {
      let process = try run(date)
      #expect(process.status == 0, "\(process.errors)")
    }
    let (first, second) = (try hashes("2026-11-20/001"), try hashes("2026-11-21/001"))
    for (date, expected) in [("2026-11-20", first), ("2026-11-21", second)] {
      #expect(try run(date, "--full-refresh").status == 0)
      #expect(try hashes("\(date)/002") == expected, "\(date)")
    }
    // Every contact of the first night is kept, replaced or too old on the second.
    let kept = try equations("2026-11-20/001")
    #expect(kept.count == 3 && kept[1].hasSuffix(" 0 = kept 0 + replaced 0 + deleted 0 + aged 0"))
    let merged = try equations("2026-11-21/001")
    #expect(merged.count == 3 && !merged[1].contains("kept 0 + replaced 0"))
    let deliveries = rows(
      ofCSV: try guiyi("show", "ingest/deliveries", "--home", "\(folder.path)/home", "--date", "2026-11-21"))
    let relations = try #require(deliveries.first { $0["source"] == "crm_relations" })
    #expect(relations["delivered"] == "2026-11-20" && relations["before_delivered"] == "2026-11-20")
  }

  @Test func `What was carried forward and altered on disk is not carried`() throws {
    #expect(try run("2026-11-20").status == 0)
    try Files.remove("\(folder.path)/samples/retail-nightly/20261121/crm_relations_20261121.csv")
    let ingest = "\(folder.path)/home/runs/2026-11-20/001/ingest"
    // A part that the next night reads, and one that it does not.
    for (part, status) in [("relation/crm_relations.arrow", Int32(1)), ("party/crm_customers.arrow", 0)] {
      let whole = try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(ingest)/\(part)")))
      var altered = whole
      altered[altered.count / 2] ^= 1
      try Data(altered).write(to: URL(fileURLWithPath: "\(ingest)/\(part)"))
      let process = try run("2026-11-21")
      #expect(process.status == status, "\(part): \(process.errors)")
      #expect(process.errors.contains("[damaged_run]") == (status == 1))
      try Data(whole).write(to: URL(fileURLWithPath: "\(ingest)/\(part)"))
    }
  }
}
