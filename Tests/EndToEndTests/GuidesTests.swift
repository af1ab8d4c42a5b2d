import Basics
import Foundation
import TestSupport
import Testing

/// Carries out a guide of docs/ or a README: the edits that it shows, on a copy of the worked example, then the commands that it shows.
private struct Guide {
  let folder: TemporaryFolder
  /// What each command of `guiyi` wrote to stdout, and to stderr.
  var outputs: [String] = []
  var errors: [String] = []

  init(_ name: String) throws {
    folder = try TemporaryFolder()
    for part in ["pipelines", "samples"] {
      try FileManager.default.copyItem(atPath: "\(repositoryRoot)/\(part)", toPath: "\(folder.path)/\(part)")
    }
    var instruction: String?
    var block: [String]?
    for line in try Files.text(of: "\(repositoryRoot)/\(name)").components(separatedBy: "\n") {
      if line.hasPrefix("<!-- ") {
        instruction = String(line.dropFirst(5).dropLast(4))
      } else if line.hasPrefix("```"), let lines = block {
        if let instruction { try carryOut(instruction, lines) }
        (instruction, block) = (nil, nil)
      } else if line.hasPrefix("```") {
        block = []
      } else {
        block?.append(line)
      }
    }
  }

  private mutating func carryOut(_ instruction: String, _ lines: [String]) throws {
    if instruction == "run" { return try run(lines) }
    if instruction.hasPrefix("run: "), let status = Int32(instruction.dropFirst(5)) {
      return try run(lines, endingWith: status)
    }
    let text = lines.joined(separator: "\n") + "\n"
    if instruction.hasPrefix("edit: create ") {
      try folder.write(text, to: String(instruction.dropFirst(13)))
    } else if instruction.hasPrefix("edit: append ") {
      let path = String(instruction.dropFirst(13))
      try folder.write(Files.text(of: "\(folder.path)/\(path)") + text, to: path)
    } else if instruction.hasPrefix("edit: insert-after ") {
      let parts = instruction.components(separatedBy: "\"")
      let path = parts[2].trimmingCharacters(in: .whitespaces)
      var old = try Files.text(of: "\(folder.path)/\(path)").components(separatedBy: "\n")
      let place = try #require(old.firstIndex { $0.hasPrefix(parts[1]) }, "no line begins with \(parts[1])")
      old.insert(contentsOf: lines, at: place + 1)
      try folder.write(old.joined(separator: "\n"), to: path)
    } else {
      Issue.record("an instruction that no test can carry out: \(instruction)")
    }
  }

  /// Commands as they are written, but for their comments and for the size of a generated bank.
  /// - Parameter status: how the first command of `guiyi` ends; what follows it succeeds.
  private mutating func run(_ commands: [String], endingWith status: Int32 = 0) throws {
    var expected = status
    for command in commands {
      let plain = command.components(separatedBy: " #").first ?? ""
      guard plain.hasPrefix("guiyi ") else {
        try shell(plain)
        continue
      }
      let arguments = Self.words(plain).dropFirst().map { $0 == "1000000" ? "300" : $0 }
      let process = try GuiyiProcess(
        arguments, in: folder.path, environment: ["GUIYI_HOME": "\(folder.path)/home"])
      #expect(process.status == expected, "\(command): \(process.errors)")
      expected = 0
      outputs.append(process.output)
      errors.append(process.errors)
    }
  }

  /// Files put in place, moved and changed, as the reader of the guide would.
  private func shell(_ command: String) throws {
    #expect(["cp", "mkdir", "mv", "sed", "truncate"].contains(command.split(separator: " ").first.map(String.init)))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(command)")
  }

  /// Words between blanks; a text in double quotes is one.
  private static func words(_ command: String) -> [String] {
    command.components(separatedBy: "\"").enumerated().flatMap { index, part in
      index % 2 == 1 ? [part] : part.split(separator: " ").map(String.init)
    }
  }
}

struct GuidesTests {
  @Test func `Add a source`() throws {
    let guide = try Guide("docs/add-a-source.md")
    try #require(guide.outputs.count == 4)
    let payments = rows(ofCSV: guide.outputs[2])
    #expect(payments.map { $0["key"] } == ["K1", "K2"])
    #expect(payments.map { $0["amount"] } == ["35.00", "128.50"])
    let quarantine = guide.outputs[3].split(separator: "\n")
    #expect(quarantine.first?.contains(":4, byte ") == true)
    #expect(quarantine.dropFirst().first == "  bad_amount in field amount")
    #expect(quarantine.count { $0.contains(" in field ") } == 1)
  }

  @Test func `Add a tag`() throws {
    let guide = try Guide("docs/add-a-tag.md")
    try #require(guide.outputs.count == 4)
    #expect(rows(ofCSV: guide.outputs[3]).count == 5)
    #expect(guide.outputs[2].hasPrefix("customer_id,") && guide.outputs[2].contains("senior_money_out"))
    #expect(guide.outputs[3].contains("money_out_30d"))
  }

  @Test func `Add a campaign`() throws {
    let guide = try Guide("docs/add-a-campaign.md")
    try #require(guide.outputs.count == 3)
    let decisions = rows(ofCSV: guide.outputs[2])
    #expect(!decisions.isEmpty)
    #expect(decisions.allSatisfy { $0["campaign"] == "loan_follow_up" && $0["reason"]?.isEmpty == false })
    let lists = "\(guide.folder.path)/home/published/broadcast/lists"
    #expect(Files.exists("\(lists)/loan_follow_up.todo.csv"))
    #expect(Files.exists("\(lists)/loan_follow_up.sms.csv"))
  }

  @Test func `The commands of the operations page work as they stand`() throws {
    let guide = try Guide("docs/operations.md")
    try #require(guide.outputs.count == 29)
    try expectArrivals(guide)
    #expect(rows(ofCSV: guide.outputs[25]).count == 12, "twelve sources deliver")
    #expect(rows(ofCSV: guide.outputs[27]).map { $0["customer_id"] } == ["G000000054"])
    #expect(rows(ofCSV: guide.outputs[28]).map { $0["customer_id"] } == ["G000000054"])
  }

  /// The steps through files that are late, wrong and damaged.
  private func expectArrivals(_ guide: Guide) throws {
    func codes(_ index: Int) -> [String] {
      guide.errors[index].matches(of: /(?:error|warning) \[([a-z_]+)\]/).map { String($0.1) }
        .filter { $0 != "quarantined" }
    }
    func delivered(_ index: Int) -> [String?] { rows(ofCSV: guide.outputs[index]).map { $0["delivered"] } }
    #expect(codes(1) == ["late_extract"])
    #expect(codes(2) == ["carried_forward"])
    #expect(delivered(3) == ["2026-11-20"])
    #expect(guide.outputs[4].hasPrefix("published 2026-11-21/002"))
    #expect(delivered(5) == ["2026-11-21"])
    #expect(codes(6) == ["count_mismatch"])
    #expect(guide.outputs[7].hasPrefix("published 2026-11-21/003"))
    #expect(codes(8) == ["missing_trailer", "count_mismatch"])
    #expect(rows(ofCSV: guide.outputs[9]).map { $0["read"] } == ["471"])
    #expect(guide.outputs[10].hasPrefix("published 2026-11-21/004"))
    #expect(codes(11) == ["repeated_delivery"])
    #expect(codes(12).sorted() == ["repeated_delivery", "replaced_delivery"])
    #expect(rows(ofCSV: guide.outputs[13]).map { $0["accepted_by_hand"] } == ["Li of CRM: no changes today"])
    #expect(codes(14) == ["replaced_delivery"])
    #expect(rows(ofCSV: guide.outputs[20]).map { $0["outcome"] } == ["accepted"])
    let report = try Files.text(of: "\(guide.folder.path)/home/runs/2026-11-21/006/report.html")
    #expect(report.contains("人工放行") && report.contains("Li of CRM: no changes today"))
  }

  /// Whoever is called at night finds every code of a delivery there.
  @Test func `The operations page names every code of a delivery`() throws {
    let page = try Files.text(of: "\(repositoryRoot)/docs/operations.md")
    let ingest = [
      "AcceptedNight", "ChangeCheck", "ControlFile", "DeliveryJudgement", "DeliveryPlan", "ExtractOpener", "PartMerge",
      "RejectCheck", "StatementCheck", "TwiceInOneFile",
    ]
    var codes: Set<String> = ["misplaced_header", "misplaced_trailer", "bad_header", "bad_trailer"]
    for path in ingest.map({ "Ingest/\($0)" }) + ["Runs/Arrivals", "Runs/NightInputs", "Runs/SkippedDeliveries"] {
      let text = try Files.text(of: "\(repositoryRoot)/Sources/\(path).swift")
      for match in text.matches(of: /(?:Problem|report)\(\s*"([a-z_0-9]+)"/) { codes.insert(String(match.1)) }
    }
    #expect(codes.count > 25)
    for code in codes.sorted() { #expect(page.contains("`\(code)`"), "docs/operations.md lacks \(code)") }
  }

  @Test(arguments: ["README.md", "README.zh-CN.md"])
  func `The commands of the README work as they stand`(page: String) throws {
    let guide = try Guide(page)
    try #require(guide.outputs.count == 12)
    #expect(rows(ofCSV: guide.outputs[5]).count > 0, "nobody is opted out")
    #expect(Files.exists("\(guide.folder.path)/my-pipeline/pipeline.yaml"))
    #expect(guide.outputs[7].contains("kind: consent"))
    #expect(Files.exists("\(guide.folder.path)/schemas/source.schema.json"))
    #expect(guide.outputs[9].contains("stray_quote") && guide.outputs[10].contains("invalid_utf8"))
    #expect(Files.exists("\(guide.folder.path)/bank/truth.csv"))
  }

  @Test(arguments: ["README.md", "README.zh-CN.md"])
  func `The README shows what the demo shows`(page: String) throws {
    let list = try Files.text(
      of: "\(repositoryRoot)/samples/retail-nightly/expected/2026-11-21/lists/wealth_maturing.todo.csv")
    let shown = list.components(separatedBy: "\n").prefix(4).filter { !$0.isEmpty }.joined(separator: "\n")
    #expect(try Files.text(of: "\(repositoryRoot)/\(page)").contains(shown + "\n```"))
  }

  /// Every guide and every page that the README names is there.
  @Test func `Links in the documents lead somewhere`() throws {
    var checked = 0
    for page in ["README.md", "README.zh-CN.md"] + (try Files.names(in: "\(repositoryRoot)/docs")).map({ "docs/\($0)" })
    where page.hasSuffix(".md") {
      let text = try Files.text(of: "\(repositoryRoot)/\(page)")
      for match in text.matches(of: /\]\(([^)#:]+)(?:#[^)]*)?\)/) {
        let target = "\(repositoryRoot)/\(Files.parent(page))/\(match.1)"
        #expect(Files.exists(target), "\(page) links to \(match.1)")
        checked += 1
      }
    }
    #expect(checked > 10)
  }
}
