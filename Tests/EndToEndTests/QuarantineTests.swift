import Basics
import Foundation
import TestSupport
import Testing

/// Refused records from their count to their correction.
struct QuarantineTests {
  static let pipeline = "pipelines/retail-nightly"

  /// A run of the sample's first night over extracts of its own.
  struct Night {
    let folder = try! TemporaryFolder()
    var home: String { "\(folder.path)/home" }
    var extracts: String { "\(folder.path)/in" }
    var sheet: String { "\(folder.path)/sheet.csv" }

    init() throws {
      try FileManager.default.copyItem(
        atPath: "\(repositoryRoot)/samples/retail-nightly/20261120", toPath: "\(folder.path)/in-20261120")
      try Files.makeFolder(extracts)
      try Files.rename("\(folder.path)/in-20261120", to: "\(extracts)/20261120")
      try run()
    }

    func run() throws {
      try guiyi(
        "run", "--pipeline", QuarantineTests.pipeline, "--date", "2026-11-20", "--extracts", extracts, "--home", home)
    }

    func export() throws -> [[String: String]] {
      try guiyi(
        "quarantine", "export", "core_accounts", "--out", sheet, "--pipeline", QuarantineTests.pipeline, "--home", home)
      return rows(ofCSV: try Files.text(of: sheet))
    }

    /// Writes the sheet anew, with its columns in their order.
    func write(_ records: [[String: String]]) throws {
      let header = try Files.text(of: sheet).split(separator: "\n")[0].split(separator: ",").map(String.init)
      let lines = records.map { record in CSVText.line(header.map { record[$0] ?? "" }) }
      try Files.write(CSVText.line(header) + lines.joined(), to: sheet)
    }

    func replay(_ more: String...) throws -> GuiyiProcess {
      try GuiyiProcess(
        [
          "quarantine", "replay", sheet, "--into", "2026-11-20", "--by", "wang", "--reason", "checked with core",
          "--pipeline", QuarantineTests.pipeline, "--extracts", extracts, "--home", home,
        ] + more)
    }
  }

  @Test func `Records are counted and shown by their shape`() throws {
    let night = try Night()
    let list = try guiyi("quarantine", "ls", "--home", night.home)
    #expect(list.hasPrefix("source             reason            field                   records  first\n"))
    #expect(
      list.contains(
        "core_accounts      bad_date          matures_on              1        20261120/core_accounts_20261120.txt:451\n"
      ))
    let shown = try guiyi("quarantine", "show", "core_accounts:207", "--home", night.home)
    #expect(
      shown == """
        core_accounts 20261120/core_accounts_20261120.txt:207, byte 12729
          unknown_code in field status
          found     9
          expected  one of 0, 1
          fix       Add the word to the field's `codes`, or give `other`, if the source writes it on purpose
          record    9999999999999|9999999999|X999|XXX|9999.99|99999999|99999999|9

        """)
    let values = try guiyi("quarantine", "show", "core_accounts:207", "--show-values", "--home", night.home)
    #expect(values.contains("  record    62") && !values.contains("X999"))
  }

  @Test func `Corrected records stand in the table and are tied to their originals`() throws {
    let night = try Night()
    var records = try night.export()
    #expect(records.map { $0["_code"] } == ["duplicate_key", "unknown_code", "bad_date"])
    for index in records.indices { records[index]["_replay"] = "yes" }
    records[1]["status"] = "0"
    records[2]["matures_on"] = "20271301"
    try night.write(records)
    let replay = try night.replay()
    #expect(replay.status == 0, "\(replay.errors)")
    #expect(
      replay.output == """
        \(night.extracts)/corrections/20261120/core_accounts.csv: 3 records of core_accounts
        now run the night: guiyi run --date 2026-11-20

        """)
    try night.run()
    let replayed = rows(ofCSV: try guiyi("show", "ingest/replayed", "--home", night.home))
    #expect(replayed.map { $0["outcome"] } == ["duplicate_key", "accepted", "bad_date"])
    #expect(replayed.map { $0["corrected_by"] } == ["wang", "wang", "wang"])
    #expect(replayed.map { $0["original_line"] } == ["79", "207", "451"])
    let holdings = rows(
      ofCSV: try guiyi("show", "ingest/holding/core_accounts", "--where", "line=207", "--home", night.home))
    #expect(holdings.count == 1)
    #expect(holdings.first?["key"] == records[1]["account_no"] && holdings.first?["status"] == "open")
    let totals = try Files.text(of: "\(night.home)/runs/2026-11-20/002/control_totals.json")
    #expect(totals.contains("core_accounts corrections"))
    let quarantine = rows(
      ofCSV: try guiyi("show", "ingest/quarantine", "--where", "source=core_accounts", "--home", night.home))
    // The extract's three, and the two corrections that were none.
    #expect(quarantine.count == 5)
    #expect(quarantine.filter { $0["file"] == "corrections/20261120/core_accounts.csv" }.count == 2)
    let again = try night.replay()
    #expect(again.status == 2)
    #expect(
      again.errors.contains(
        "error [corrections_exist]: corrections of core_accounts were given for 2026-11-20 before. Put all of them into "
          + "one sheet and give --replace."))
    #expect(try night.replay("--replace").status == 0)
  }

  @Test func `A sheet is held against the quarantine it came from`() throws {
    let night = try Night()
    let exported = try night.export()
    let nothing = try night.replay()
    #expect(nothing.status == 2)
    #expect(
      nothing.errors == """
        \(night.sheet): error [nothing_to_replay]: no row of the sheet is to be replayed. Write yes in the column \
        _replay of the rows that are corrected.

        """)
    var records = exported
    records[0]["_replay"] = "yes"
    records[0]["_line"] = "80"
    records[1]["_replay"] = "perhaps"
    try night.write([records[0]])
    let unknown = try night.replay()
    #expect(unknown.status == 2)
    #expect(
      unknown.errors == """
        \(night.sheet):2: error [unknown_original]: no run of 2026-11-20 in this home refused that record; found \
        20261120/core_accounts_20261120.txt:80. Leave the columns that begin with _ as guiyi quarantine export wrote them.

        """)
    try night.write([records[1]])
    #expect(
      try night.replay().errors.contains("\(night.sheet):2: error [bad_word]: _replay is neither yes nor no.\n"))
    #expect(!Files.exists("\(night.extracts)/corrections"))
  }

  @Test func `A refused night leaves its quarantine to be looked at`() throws {
    let night = try Night()
    let path = "\(night.extracts)/20261120/crm_relations_20261120.csv"
    var lines = try Files.text(of: path).split(separator: "\n").map(String.init)
    lines += (0..<60).map { "X\($0),broken" }
    try Files.write(lines.joined(separator: "\n") + "\n", to: path)
    let run = try GuiyiProcess([
      "run", "--pipeline", Self.pipeline, "--date", "2026-11-20", "--extracts", night.extracts, "--home", night.home,
    ])
    #expect(run.status == 1)
    #expect(run.errors.contains("error [too_many_rejected]"))
    let list = try guiyi("quarantine", "ls", "--home", night.home)
    #expect(list.contains("crm_relations      too_few_fields                            61"))
  }
}
