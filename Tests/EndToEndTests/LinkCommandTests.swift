import Basics
import Foundation
import Glibc
import TestSupport
import Testing

/// Files of people for `guiyi link`, and what running it in a folder of them gives.
struct LinkFolder {
  let folder: TemporaryFolder
  var path: String { folder.path }

  /// 80 people in 120 records: the last 40 are copies with errors.
  static func people(_ rows: Range<Int> = 0..<120) -> String { LinkPeople.csv(rows, people: 80, truth: true) }

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Self.people(), to: "people.csv")
    try folder.write(Self.people(0..<80), to: "old.csv")
    try folder.write(Self.people(80..<120), to: "new.csv")
  }

  func run(_ arguments: [String], input: String? = nil) throws -> GuiyiProcess {
    try GuiyiProcess(arguments, in: path, input: input)
  }

  /// Runs and expects 0 and no message.
  @discardableResult
  func link(_ arguments: String..., input: String? = nil) throws -> String {
    let process = try run(["link"] + arguments, input: input)
    #expect(process.status == 0 && process.errors == "", "\(arguments): \(process.errors)")
    return process.output
  }

  func text(_ name: String) throws -> String { try Files.text(of: "\(path)/\(name)") }

  func mode(_ name: String) throws -> mode_t {
    var status = stat()
    try #require(stat("\(path)/\(name)", &status) == 0)
    return status.st_mode & 0o777
  }

  static let columns = ["--id", "key", "--ignore", "person"]
}

/// `guiyi link` and its commands, as a person runs them.
struct LinkCommandTests {
  private let folder: LinkFolder

  init() throws { folder = try LinkFolder() }

  @Test func writesItsFilesAndTheSameAgain() throws {
    let first = try folder.link("people.csv", "--out", "one", "--id", "key", "--truth", "person", "--threads", "1")
    #expect(first.hasPrefix("120 records are "))
    let names = ["clusters.csv", "matching.yaml", "model.json", "pairs.csv"]
    #expect(try Files.names(in: folder.path + "/one").sorted() == names)
    #expect(try folder.mode("one") == 0o700)
    for name in names { #expect(try folder.mode("one/\(name)") == 0o600) }
    #expect(try folder.text("one/clusters.csv").hasPrefix("file,row,id,cluster\npeople.csv,1,p1,1\n"))
    #expect(rows(ofCSV: try folder.text("one/clusters.csv")).count == 120)
    #expect(
      try folder.text("one/pairs.csv").hasPrefix("file_a,row_a,id_a,file_b,row_b,id_b,weight,probability\n"))
    let second = try folder.link(
      "people.csv", "--out", "two", "--id", "key", "--truth", "person", "--threads", "2", "--config",
      "one/matching.yaml")
    for name in names { #expect(try folder.text("one/\(name)") == folder.text("two/\(name)"), "\(name)") }
    // A budget is only told where it was kept to.
    func withoutBudget(_ text: String) -> String { text.replacing(#/( \(|, )budget [0-9]+\)?/#, with: "") }
    #expect(withoutBudget(first) == withoutBudget(second))
    // The command's name can be left out, or said.
    try folder.link("files", "people.csv", "--out", "three", "--id", "key", "--truth", "person")
    #expect(try folder.text("one/pairs.csv") == folder.text("three/pairs.csv"))
  }

  @Test func severalFilesAreOneSetOfRecords() throws {
    try folder.link("old.csv", "new.csv", "--out", "out", "--id", "key", "--ignore", "person")
    let clusters = rows(ofCSV: try folder.text("out/clusters.csv"))
    #expect(
      clusters.map { $0["file"] } == Array(repeating: "old.csv", count: 80) + Array(repeating: "new.csv", count: 40))
    #expect(clusters[80]["row"] == "1" && clusters[80]["id"] == "p81")
    let all = try folder.link("people.csv", "--out", "all", "--id", "key", "--ignore", "person")
    #expect(all.contains("\nevidence   "))
  }

  @Test(arguments: [
    ["link"], ["link", "files"], ["link", "explain"], ["link", "profile"], ["link", "blocking"], ["link", "evaluate"],
    ["link", "label"],
  ])
  func helpNamesExitCodes(command: [String]) throws {
    let process = try GuiyiProcess(command + ["--help"])
    #expect(process.status == 0)
    let lines = process.output.split(separator: "\n")
    let start = try #require(lines.firstIndex { $0.hasSuffix("EXIT CODES:") })
    #expect(lines[(start + 1)...].prefix(3).map { $0.split(separator: " ")[0] } == ["0", "1", "2"])
  }

  // MARK: Looks

  /// Holds a text against a file of this name in Golden, which is written where `GUIYI_RECORD` asks for it.
  private func expect(_ text: String, isIn name: String) throws {
    let path = "\(repositoryRoot)/Tests/EndToEndTests/Golden/\(name)"
    if ProcessInfo.processInfo.environment["GUIYI_RECORD"] != nil { try Files.write(text, to: path) }
    #expect(try Files.text(of: path) == text, "\(name)")
  }

  @Test func explainLooksLikeThis() throws {
    let arguments = LinkFolder.columns
    let shapes = try folder.run(["link", "explain", "p6", "p86", "people.csv"] + arguments)
    try expect(shapes.output, isIn: "explain.txt")
    #expect(!shapes.output.contains("Frank"))
    let values = try folder.run(["link", "explain", "p86", "p6", "people.csv", "--show-values"] + arguments)
    #expect(values.output.contains("frank"))
    let json = try folder.run(["link", "explain", "people.csv:6", "86", "people.csv", "--format", "json"] + arguments)
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect((object?["comparisons"] as? [Any])?.isEmpty == false)
    let svg = try folder.run(["link", "explain", "6", "86", "people.csv", "--format", "svg"] + arguments)
    #expect(svg.output.hasPrefix("<svg ") && svg.output.hasSuffix("</svg>\n"))
  }

  @Test func profileLooksLikeThis() throws {
    let text = try folder.link("profile", "people.csv", "--id", "key", "--ignore", "person")
    try expect(text, isIn: "profile.txt")
    #expect(!text.contains("Miller"))
    let json = try folder.link("profile", "people.csv", "--id", "key", "--json", "--show-values")
    #expect(json.contains("Miller") && json.hasPrefix("{\n"))
  }

  private static let matching = """
    fields:
      - {id: first, kind: given_name, group: name, columns: [first name]}
      - {id: surname, kind: family_name, group: name, shared: true, columns: [surname]}
      - {id: born, kind: date, group: birth, columns: [dob]}
      - {id: town, kind: text, group: address, shared: true, columns: [town]}
    swappable:
      - [first, surname]
    blocking:
      - {born: exact}
      - {first: prefix 3, surname: exact}
    largest_block: 50

    """

  @Test func blockingLooksLikeThis() throws {
    try folder.folder.write(Self.matching, to: "matching.yaml")
    let text = try folder.link(
      "blocking", "people.csv", "--id", "key", "--ignore", "person", "--config", "matching.yaml")
    try expect(text, isIn: "blocking.txt")
    let all = try folder.link("blocking", "people.csv", "--id", "key", "--ignore", "person")
    #expect(all == "120 records make 7,140 pairs, and all are compared.\n")
    let json = try folder.link(
      "blocking", "people.csv", "--id", "key", "--ignore", "person", "--config", "matching.yaml", "--json")
    #expect(json.contains("\"all_pairs\": 7140"))
  }

  @Test func evaluateLooksLikeThis() throws {
    let text = try folder.link("evaluate", "people.csv", "--id", "key", "--truth", "person", "--chart", "chart.svg")
    try expect(text, isIn: "evaluate.txt")
    #expect(try folder.text("chart.svg").contains("<svg "))
    let pairs = (1...40).reduce(into: "id_a,id_b\n") { $0 += "p\($1),p\($1 + 80)\n" }
    try folder.folder.write(pairs, to: "truth.csv")
    let byFile = try folder.link(
      "evaluate", "people.csv", "--id", "key", "--ignore", "person", "--truth", "truth.csv")
    #expect(
      byFile.replacing("file truth.csv", with: "column person").contains(text.split(separator: "\n")[3]), "\(byFile)")
  }

  // MARK: Models

  @Test func aGivenModelIsKeptAndItsDriftTold() throws {
    try folder.link("people.csv", "--out", "one", "--id", "key", "--ignore", "person")
    let text = try folder.link(
      "people.csv", "--out", "two", "--id", "key", "--ignore", "person", "--config", "one/matching.yaml", "--model",
      "one/model.json", "--threads", "2")
    #expect(text.contains("\n\nDrift from the model (levels of links):\n"))
    #expect(text.hasSuffix("\n\nThe records are like those that the model was learnt from.\n"))
    for name in ["clusters.csv", "pairs.csv", "matching.yaml", "model.json"] {
      #expect(try folder.text("one/\(name)") == folder.text("two/\(name)"), "\(name)")
    }
    #expect(
      try folder.text("two/drift.json").hasPrefix("{\n  \"basis\": \"levels of links\",\n  \"degree\": \"steady\","))
    // Without any town, the links' towns are missing.
    let bare = LinkFolder.people().replacing(#/,(Leeds|York|Bath|Derby|Truro),/#, with: ",,")
    try folder.folder.write(bare, to: "bare.csv")
    let drifted = try folder.link(
      "bare.csv", "--out", "three", "--id", "key", "--ignore", "person", "--config", "one/matching.yaml", "--model",
      "one/model.json")
    #expect(drifted.contains("\" in town was "), "\(drifted)")
    #expect(try folder.text("three/drift.json").contains("\"degree\": \"changed\""))
    #expect(try folder.text("three/model.json") == folder.text("one/model.json"))
  }

  // MARK: New records

  @Test func newRecordsAreLinkedToExistingOnes() throws {
    try folder.link("old.csv", "new.csv", "--out", "one", "--id", "key", "--ignore", "person")
    let lines = try folder.text("one/clusters.csv").split(separator: "\n", omittingEmptySubsequences: false)
    // Existing numbers are not those that a run would give.
    let known = ([lines[0]] + lines[1...80].map { $0 + "00" }).joined(separator: "\n") + "\n"
    try folder.folder.write(known, to: "known.csv")
    let arguments = [
      "new.csv", "--against", "old.csv", "--clusters", "known.csv", "--config", "one/matching.yaml", "--model",
      "one/model.json", "--id", "key", "--ignore", "person", "--out",
    ]
    let process = try folder.run(["link"] + arguments + ["night", "--threads", "1"])
    #expect(process.status == 0 && process.errors == "", "\(process.errors)")
    #expect(process.output.hasPrefix("40 new records: "))
    #expect(process.output.contains("pairs of new records"))
    #expect(try folder.text("night/clusters.csv").hasPrefix(known.dropLast()))
    let before = rows(ofCSV: try folder.text("one/clusters.csv")).map { $0["cluster"]! }
    let after = rows(ofCSV: try folder.text("night/clusters.csv")).map { $0["cluster"]! }
    func joined(_ clusters: [String]) -> [Bool] { (0..<40).map { clusters[$0] == clusters[80 + $0] } }
    let same = zip(joined(before), joined(after)).count { $0 == $1 }
    #expect(same >= 38, "\(same) of 40 as in one run")
    #expect(try folder.text("night/bridges.csv").hasPrefix("file,row,id,cluster,weight,other_cluster,other_weight\n"))
    #expect(
      try Files.names(in: folder.path + "/night").sorted() == [
        "bridges.csv", "clusters.csv", "drift.json", "matching.yaml", "model.json", "pairs.csv",
      ])
    _ = try folder.run(["link"] + arguments + ["again", "--threads", "2"])
    for name in try Files.names(in: folder.path + "/night") {
      #expect(try folder.text("night/\(name)") == folder.text("again/\(name)"), "\(name)")
    }
    let trained = try folder.link(
      "new.csv", "--against", "old.csv", "--id", "key", "--ignore", "person", "--out", "trained")
    #expect(trained.contains("as no model was given; with --model only those of new records are made"))
  }

  // MARK: Labels

  @Test func asksAndLearns() throws {
    let arguments = ["link", "label", "people.csv", "--labels", "labels.csv", "--count", "4"] + LinkFolder.columns
    let first = try folder.run(arguments, input: "y\nperhaps\nn\n?\nq\n")
    #expect(first.status == 0 && first.errors == "", "\(first.errors)")
    #expect(first.output.hasPrefix("1 of 4: A is row "))
    #expect(first.output.components(separatedBy: "Are both one? y yes, n no, ? leave open, q quit: ").count == 6)
    #expect(first.output.hasSuffix("1 yes and 1 no are in labels.csv.\n"))
    #expect(!first.output.contains("Miller") && !first.output.contains("Leeds"))
    var answers = rows(ofCSV: try folder.text("labels.csv"))
    #expect(answers.map { $0["answer"] } == ["yes", "no", ""])
    #expect(try folder.mode("labels.csv") == 0o600)
    // The open one is asked first, and the end of the input ends it.
    let open = answers[2]
    let second = try folder.run(arguments + ["--show-values"], input: "n\n")
    #expect(second.output.hasPrefix("1 of 4: A is row \(open["row_a"]!), B is row \(open["row_b"]!).\n"))
    #expect(second.output.contains("2 of 4: ") && second.output.hasSuffix("0 yes and 1 no are in labels.csv.\n"))
    answers = rows(ofCSV: try folder.text("labels.csv"))
    #expect(answers.map { $0["answer"] } == ["yes", "no", "no"])

    let listed = try folder.run(arguments + ["--list"])
    #expect(listed.output.hasSuffix("\n4 questions are in labels.csv: write yes or no in the column answer.\n"))
    answers = rows(ofCSV: try folder.text("labels.csv"))
    #expect(answers.map { $0["answer"] } == ["yes", "no", "no", "", "", "", ""])
    #expect(Set(answers.map { "\($0["row_a"]!) \($0["row_b"]!)" }).count == 7)

    let text = try folder.link(
      "people.csv", "--out", "out", "--id", "key", "--ignore", "person", "--labels", "labels.csv")
    #expect(text.contains("\nlabels     1 yes, 2 no\n"))
    let clusters = rows(ofCSV: try folder.text("out/clusters.csv")).map { $0["cluster"] }
    for answer in answers.prefix(3) {
      let (a, b) = (Int(answer["row_a"]!)! - 1, Int(answer["row_b"]!)! - 1)
      #expect((clusters[a] == clusters[b]) == (answer["answer"] == "yes"), "\(answer)")
    }
  }
}
