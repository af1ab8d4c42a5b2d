import Basics
import Foundation
import TestSupport
import Testing

/// Carries out a guide of docs/ or a README: the edits that it shows, on a copy of the worked example, then the commands that it shows.
private struct Guide {
  let folder: TemporaryFolder
  var outputs: [String] = []

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

  /// Commands of `guiyi` as they are written, but for their comments and for the size of a generated bank.
  private mutating func run(_ commands: [String]) throws {
    for command in commands {
      let words = (command.components(separatedBy: " #").first ?? "").split(separator: " ").map(String.init)
      #expect(words.first == "guiyi")
      let arguments = words.dropFirst().map { $0 == "1000000" ? "300" : $0 }
      let process = try GuiyiProcess(
        arguments, in: folder.path, environment: ["GUIYI_HOME": "\(folder.path)/home"])
      #expect(process.status == 0, "\(command): \(process.errors)")
      outputs.append(process.output)
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
    let quarantine = rows(ofCSV: guide.outputs[3])
    #expect(quarantine.map { [$0["line"], $0["code"], $0["field"]] } == [["4", "bad_amount", "amount"]])
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
    try #require(guide.outputs.count == 8)
    #expect(rows(ofCSV: guide.outputs[4]).count == 12, "twelve sources deliver")
    #expect(rows(ofCSV: guide.outputs[6]).map { $0["customer_id"] } == ["G000000055"])
  }

  @Test(arguments: ["README.md", "README.zh-CN.md"])
  func `The commands of the README work as they stand`(page: String) throws {
    let guide = try Guide(page)
    try #require(guide.outputs.count == 8)
    #expect(rows(ofCSV: guide.outputs[5]).count > 0, "nobody is opted out")
    #expect(Files.exists("\(guide.folder.path)/my-pipeline/pipeline.yaml"))
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
