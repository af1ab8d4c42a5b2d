import Basics
import Foundation
import Glibc
import TestSupport
import Testing

/// Exit codes, help and messages of every command, as a scheduler and a person see them.
struct CommandLineTests {
  static let pipeline = "pipelines/retail-nightly"

  @Test(arguments: [
    ("run", ["0 ", "1 ", "2 ", "75 "]), ("retry", ["0 ", "1 ", "2 ", "75 "]), ("plan", ["0 ", "1 ", "2 ", "75 "]),
    ("check", ["0 ", "2 "]), ("ls", ["0 ", "2 "]), ("runs", ["0 ", "2 "]), ("show", ["0 ", "1 ", "2 "]),
    ("init", ["0 ", "1 ", "2 "]), ("schema", ["0 ", "1 ", "2 "]), ("link", ["0 ", "1 ", "2 "]),
    ("generate", ["0 ", "1 ", "2 "]),
    ("train", ["0 ", "1 ", "2 "]),
  ])
  func helpNamesExitCodes(command: String, codes: [String]) throws {
    let help = try guiyi(command, "--help")
    let lines = help.split(separator: "\n").map(String.init)
    let start = try #require(lines.firstIndex(of: "EXIT CODES:"))
    let named = lines[(start + 1)...].prefix { $0.hasPrefix("  ") }.map { $0.dropFirst(2) }
    #expect(named.count == codes.count)
    for (line, code) in zip(named, codes) { #expect(line.hasPrefix(code)) }
    #expect(help.contains("USAGE: guiyi \(command)"))
  }

  @Test(arguments: [
    (["runx"], "Error: Unexpected argument 'runx'"),
    (["run", "--date", "2026-11-20"], "Error: Missing expected argument '--pipeline <dir>'"),
    (
      ["run", "--pipeline", pipeline, "--date", "2026-02-30"],
      "Error: The value '2026-02-30' is invalid for '--date <date>': '2026-02-30' is not a day of the form yyyy-MM-dd."
    ),
    (
      ["run", "--pipeline", pipeline, "--date", "2026-11-20", "--threads", "0"],
      "Error: --threads must be 1 to 256."
    ),
    (
      ["run", "--pipeline", pipeline, "--date", "2026-11-20", "--select", "reslve"],
      "error [unknown_stage]: --select names a stage that does not exist; found \"reslve\", expected one of ingest, "
        + "resolve, merge, tag, broadcast. Use resolve."
    ),
    (
      ["run", "--pipeline", pipeline, "--date", "2026-11-20", "--select", "tag", "--exclude", "tag"],
      "error [empty_selection]: the selection names no stage; found --select tag --exclude tag, expected at least one "
        + "of ingest, resolve, merge, tag, broadcast. Leave both options out to run all stages."
    ),
    (
      ["run", "--pipeline", pipeline, "--date", "2026-11-20", "--accept", "crm_customers"],
      "Error: --accept and --reason go together."
    ),
    (
      [
        "run", "--pipeline", pipeline, "--date", "2026-11-20", "--accept", "crm_custmers", "--reason", "sure", "--home",
        "/nowhere/at/all",
      ],
      "error [unknown_source]: --accept names a source that does not exist; found \"crm_custmers\", expected one of "
        + "crm_customers, core_customers, mobile_users, branch_visitors, core_accounts, core_transactions, crm_contacts, "
        + "mobile_events, branch_visits, crm_consents, crm_assignments, crm_relations. Use crm_customers."
    ),
    (
      ["runs", "--home", "/nowhere/at/all"],
      "/nowhere/at/all: error [unknown_home]: there is no such home. Give --home, or start with guiyi run."
    ),
    (
      ["retry", "--home", "/nowhere/at/all"],
      "/nowhere/at/all: error [nothing_to_retry]: nothing was ever started here. Start with guiyi run, or give "
        + "--pipeline and --date."
    ),
    (
      ["show", "tags", "--home", "/nowhere/at/all"],
      "error [unknown_stage]: show names a stage that does not exist; found \"tags\", expected one of ingest, resolve, "
        + "merge, tag, broadcast. Use tag."
    ),
    (
      ["show", "tag", "--home", "/nowhere/at/all"],
      "/nowhere/at/all: error [no_such_run]: no run in this home has a result of tag that fits. See guiyi runs."
    ),
    (
      ["show", "tag/tags", "--where", "tier", "--home", "/nowhere"],
      "Error: --where must be column=value, not 'tier'."
    ),
    (
      ["init", "source", "--id", "Cards-1", "Package.swift"],
      "Error: --id must be small letters, digits and _, beginning with a letter, not 'Cards-1'."
    ),
    (
      ["init", "source", "--kind", "card", "Package.swift"],
      "Error: The value 'card' is invalid for '--kind <kind>'. Please provide one of the following:"
    ),
    (["schema"], "Error: Name a file to print, or give --out."),
    (
      ["schema", "sources"],
      "Error: There is no schema 'sources', only pipeline, source, resolve, merge, tags, broadcast, campaign, "
        + "matching."
    ),
    (
      ["init", "Sources"],
      "error [folder_not_empty]: Sources is there already and not an empty folder. Name a folder that does not exist yet."
    ),
    (
      ["generate", "--customers", "0", "--date", "2026-11-20", "--out", "/nowhere"],
      "error [bad_option]: the number of customers is out of range; found 0, expected 1 to 30000000."
    ),
    (
      ["generate", "people", "--records", "0", "--out", "/nowhere"],
      "error [bad_option]: the number of records is out of range; found 0, expected 1 to 100000000."
    ),
  ])
  func wrongUsageEndsWith2(arguments: [String], message: String) throws {
    let process = try GuiyiProcess(arguments)
    #expect(process.status == 2)
    #expect(process.errors.split(separator: "\n").first.map(String.init) == message)
    #expect(process.output == "")
  }

  @Test func unknownPipelinesEndWith2() throws {
    let process = try GuiyiProcess(["check", "--pipeline", "/nowhere/at/all"])
    #expect(process.status == 2)
    #expect(process.errors.contains("error ["))
  }

  @Test func checkListsEverything() throws {
    let folder = try TemporaryFolder()
    let bank = folder.path + "/bank"
    func change(_ file: String, _ find: String, _ replacement: String) throws {
      let text = try Files.text(of: "\(bank)/\(file)")
      #expect(text.contains(find))
      try Files.write(text.replacing(find, with: replacement), to: "\(bank)/\(file)")
    }
    try guiyi("init", bank)
    #expect(
      try guiyi("check", "--pipeline", bank)
        == "my_bank: 2 sources, 3 products, 1 measures, 1 tags, 1 campaigns: no problem\n")
    // What is wrong with SQL is said as soon as the files can be read; a warning ends nothing.
    try change("tags.yaml", "WHEN age < 60", "WHEN agee < 60 AND gendre = 'male'")
    try change("campaigns/deposit_matures.yaml", "deposits_maturing_15d > 0", "maturing > 0")
    try Files.write("", to: bank + "/sources/old.yaml")
    let sql = try GuiyiProcess(["check", "--pipeline", bank])
    #expect(sql.status == 2 && sql.output == "")
    let heads = sql.errors.split(separator: "\n").compactMap { $0.components(separatedBy: "; found").first }
    #expect(
      heads == [
        "sources/old.yaml: warning [unused_file]: no source of pipeline.yaml stands in this file. List it under sources "
          + "or remove it.",
        "tags.yaml:21:12: error [unknown_column]: customer has no column agee",
        "tags.yaml:21:12: error [unknown_column]: customer has no column gendre",
        "campaigns/deposit_matures.yaml:6:11: error [unknown_column]: customer has no column maturing",
      ])
    try change("sources/customers.yaml", "kind: party", "kind: partys")
    try change("resolve.yaml", "equal: [document]", "equal: [documents]")
    let files = try GuiyiProcess(["check", "--pipeline", bank])
    #expect(
      files.errors == """
        resolve.yaml:5:13: error [unknown_value]: equal has a value that is not known; found "documents", expected \
        document, mobile, name, birth_date. Perhaps "document" is meant.
        sources/customers.yaml:5:7: error [unknown_value]: kind has a value that is not known; found "partys", expected \
        party, holding, transaction, interaction, consent, assignment, relation. Perhaps "party" is meant.

        """)
  }

  @Test func aSourceIsSketchedFromItsFile() throws {
    let file = "samples/retail-nightly/20261120/crm_relations_20261120.csv"
    let sketch = try guiyi("init", "source", file, "--pipeline", Self.pipeline, "--id", "family")
    #expect(sketch.contains("\nsource: family\n") && sketch.contains("\nparty: crm_customers\n"))
    #expect(sketch.contains("file: \"{date:yyyyMMdd}/crm_relations_{date:yyyyMMdd}.csv\"\n"))
    let missing = try GuiyiProcess(["init", "source", "/nowhere/at/all"])
    #expect(missing.status == 1)
    #expect(missing.errors.contains("[unreadable_file]: cannot read /nowhere/at/all"))
  }

  @Test func schemasAreWrittenAndPrinted() throws {
    let folder = try TemporaryFolder()
    #expect(try guiyi("schema", "--out", folder.path + "/schemas") == "")
    #expect(
      try Files.names(in: folder.path + "/schemas") == [
        "broadcast.schema.json", "campaign.schema.json", "matching.schema.json", "merge.schema.json",
        "pipeline.schema.json", "resolve.schema.json", "source.schema.json", "tags.schema.json",
      ])
    #expect(try guiyi("schema", "source") == Files.text(of: folder.path + "/schemas/source.schema.json"))
  }

  @Test func lateInputEndsWith75() throws {
    let folder = try TemporaryFolder()
    let process = try GuiyiProcess([
      "run", "--pipeline", Self.pipeline, "--date", "2026-11-01", "--home", folder.path,
    ])
    #expect(process.status == 75)
    #expect(
      process.errors.hasPrefix(
        "20261101/branch_visits_20261101.xml: error [late_extract]: the extract of branch_visitors, branch_visits has "
          + "not arrived; expected a file at "))
    #expect(!Files.exists(folder.path + "/published"))
  }

  @Test func aHeldLockEndsWith75() throws {
    let folder = try TemporaryFolder()
    let lock = open(try folder.write("pid 1, business date 2026-11-20, since then\n", to: "lock"), O_RDWR)
    defer { close(lock) }
    #expect(flock(lock, LOCK_EX) == 0)
    let process = try GuiyiProcess([
      "run", "--pipeline", Self.pipeline, "--date", "2026-11-20", "--home", folder.path,
    ])
    #expect(process.status == 75)
    #expect(
      process.errors.hasSuffix(
        "\(folder.path)/lock: error [locked]: another run is working in this home; found pid 1, business date 2026-11-20, "
          + "since then. Try again when it has ended.\n"))
  }

  @Test func aStarterRunsFailsAndIsRetried() throws {
    let folder = try TemporaryFolder()
    let (pipeline, home) = (folder.path + "/bank", folder.path + "/home")
    try guiyi("init", pipeline)
    #expect(try guiyi("check", "--pipeline", pipeline).hasPrefix("my_bank: "))
    let extract = pipeline + "/samples/20261120/customers_20261120.csv"
    let good = try Files.text(of: extract)
    try Files.write("not,what,was,agreed\n1,2,3,4\n", to: extract)
    let failed = try GuiyiProcess(["run", "--pipeline", pipeline, "--date", "2026-11-20", "--home", home])
    #expect(failed.status == 1)
    #expect(failed.errors.contains("error ["))
    #expect(try guiyi("runs", "--home", home).contains("2026-11-20/001  failed"))
    try Files.write(good, to: extract)
    #expect(try guiyi("retry", "--home", home).hasPrefix("published 2026-11-20/001\n"))
    #expect(try guiyi("retry", "--home", home) == "nothing to retry 2026-11-20/001\n")
    #expect(try guiyi("runs", "--home", home).contains("2026-11-20/001  published  5/5"))
    let plan = try guiyi("plan", "--pipeline", pipeline, "--date", "2026-11-20", "--home", home)
    #expect(plan.split(separator: "\n").last == "broadcast  reuse 2026-11-20/001  unchanged")
  }

  /// With closed streams the first files opened would get their numbers, and messages would land in them.
  @Test(arguments: ["2>&1 | head -n 0", "<&- >&- 2>&-"])
  func nobodyListeningDoesNotEndARun(redirection: String) throws {
    let folder = try TemporaryFolder()
    try guiyi("init", folder.path + "/bank")
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = [
      "-c",
      "{ '\(GuiyiProcess.program)' run --pipeline '\(folder.path)/bank' --date 2026-11-20 --home '\(folder.path)/home'; "
        + "echo $? >'\(folder.path)/status'; } \(redirection)",
    ]
    try shell.run()
    shell.waitUntilExit()
    #expect(try Files.text(of: folder.path + "/status") == "0\n")
    #expect(try guiyi("runs", "--home", folder.path + "/home").contains("2026-11-20/001  published  5/5"))
    #expect(try Files.text(of: folder.path + "/home/lock").split(separator: "\n").count == 1)
  }

  @Test func logsAsJSONAreOneObjectALine() throws {
    let folder = try TemporaryFolder()
    try guiyi("init", folder.path + "/bank")
    let process = try GuiyiProcess([
      "run", "--pipeline", folder.path + "/bank", "--date", "2026-11-20", "--home", folder.path + "/home",
      "--log-format", "json",
    ])
    #expect(process.status == 0)
    let events = try process.errors.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])["event"] as? String
    }
    #expect(events.first == "attempt" && events.last == "published")
    #expect(events.filter { $0 == "stage_ended" }.count == 5)
    let again = try GuiyiProcess(["retry", "--home", folder.path + "/home", "--log-format", "json"])
    #expect(
      again.errors == "{\"event\":\"nothing_to_retry\",\"run\":\"2026-11-20/001\",\"why\":\"it is published\"}\n")
    let late = try GuiyiProcess([
      "run", "--pipeline", folder.path + "/bank", "--date", "2026-11-19", "--home", folder.path + "/home",
      "--log-format", "json",
    ])
    #expect(late.status == 75)
    #expect(late.errors.hasPrefix("{\"event\":\"error\",\"problem\":{\"code\":\"late_extract\","))
  }
}
