import Basics
import Foundation
import Linkage
import TestSupport
import Testing

@testable import Definition

/// The interpreter of an environment with jsonschema and pyyaml, which `scripts/test.sh` makes.
private let python = ProcessInfo.processInfo.environment["GUIYI_PYTHON"]

@Suite struct SchemaTests {
  @Test func hasASchemaForEveryFile() {
    #expect(
      DefinitionSchema.names == ["pipeline", "source", "resolve", "merge", "tags", "broadcast", "campaign", "matching"])
    #expect(DefinitionSchema.text(of: "sources") == nil)
  }

  @Test func saysWhatEveryKeyMeans() throws {
    for (name, table) in DefinitionSchema.tables {
      for part in [table] + table.partsBelow {
        for key in part.keys { #expect(!key.meaning.isEmpty, "\(name): \(part.title): \(key.name)") }
        #expect(Set(part.keys.map(\.name)).count == part.keys.count)
      }
    }
  }

  @Test func looksLikeThis() throws {
    let text = try #require(DefinitionSchema.text(of: "resolve"))
    #expect(
      text.hasPrefix(
        """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "guiyi: the resolve definition",
          "type": "object",
          "properties": {
            "rules": {
              "description": "tried in this order; the first that joins two records is recorded as the cause",
              "type": "array",
              "items": {
                "$ref": "#/$defs/a_join_rule"
              }
            },
            "max_people_per_mobile": {
              "description": "a mobile that stands with more different names is a shared line and joins nobody",
              "type": "integer",
              "minimum": 1,
              "maximum": 1000
            },
            "linkage": {
              "description": "how a stored model links what no rule joins",
              "$ref": "#/$defs/the_linkage"
            }
          },
          "required": [
            "rules",
            "max_people_per_mobile"
          ],
          "additionalProperties": false,
          "$defs": {
            "a_join_rule": {
              "type": "object",

        """))
  }

  @Test func knowsEveryKeyOfAMatching() throws {
    let text = try #require(DefinitionSchema.text(of: "matching"))
    let schema = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let keys = try #require(schema["properties"] as? [String: [String: Any]])
    #expect(Set(keys.keys) == Set(KeyTable.matching.keys.map(\.name)))
    let parts = try #require(schema["$defs"] as? [String: [String: Any]])
    let field = try #require(parts["a_field_of_evidence"]?["properties"] as? [String: [String: Any]])
    #expect(Set(field.keys) == Set(KeyTable.matchingField.keys.map(\.name)))
    #expect(field["kind"]?["enum"] as? [String] == FieldKind.allCases.map(\.rawValue))
    // What is written uses no key that is not known, and every one that is needed.
    let written = MatchingText.yaml(MatchingExamples.all[0])
    for key in KeyTable.matching.keys {
      #expect(written.contains("\(key.name): ") || written.contains("\(key.name):\n"))
    }
  }

  @Test func tellsWhatHoldsWhereAKeyIsLeftOut() throws {
    let text = try #require(DefinitionSchema.text(of: "source"))
    let schema = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let keys = try #require(schema["properties"] as? [String: [String: Any]])
    #expect(keys["encoding"]?["default"] as? String == "utf-8")
    #expect(keys["separator"]?["default"] as? String == ",")
    #expect(keys["header"]?["default"] as? Bool == true)
    #expect(keys["reject"]?["default"] == nil)
    #expect(keys["load"]?["description"] as? String == "how an extract stands to the ones before it")
  }
}

/// Against a validator that knows nothing of us.
@Suite(
  .enabled(
    if: python != nil,
    "needs jsonschema and pyyaml: run scripts/test.sh, which installs them and sets GUIYI_PYTHON to their interpreter"))
struct SchemaValidationTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in DefinitionSchema.names {
      try folder.write(try #require(DefinitionSchema.text(of: name)), to: "\(name).schema.json")
    }
  }

  /// What `validate.py` says of each document.
  private func validate(_ documents: [(schema: String, text: String)]) throws -> [String] {
    var arguments = [Files.parent(#filePath) + "/validate.py"]
    for (index, document) in documents.enumerated() {
      try folder.write(document.text, to: "\(index).yaml")
      arguments += ["\(folder.path)/\(document.schema).schema.json", "\(folder.path)/\(index).yaml"]
    }
    let process = Process()
    let place = try #require(python)
    process.executableURL = URL(fileURLWithPath: Files.isFolder(place) ? place + "/bin/python3" : place)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// The schema of a file below a pipeline's folder.
  private static func schema(of path: String) -> String? {
    guard path.hasSuffix(".yaml") else { return nil }
    if path.hasPrefix("sources/") { return "source" }
    if path.hasPrefix("campaigns/") { return "campaign" }
    return String(path.dropLast(5))
  }

  @Test func acceptsEveryDefinitionThatLoads() throws {
    var files = Array(TinyPipeline.files) + Array(RichPipeline.files)
    files += Starter.files.map { (key: $0.path, value: $0.text) }
    for pipeline in try Files.names(in: repositoryRoot + "/pipelines") {
      let root = "\(repositoryRoot)/pipelines/\(pipeline)"
      for path in try Files.filesBelow(root) where path.hasSuffix(".yaml") {
        files.append((key: path, value: try Files.text(of: "\(root)/\(path)")))
      }
    }
    var documents = files.compactMap { path, text in Self.schema(of: path).map { (path, $0, text) } }
    documents += MatchingExamples.all.map { ("matching.yaml", "matching", MatchingText.yaml($0)) }
    let answers = try validate(documents.map { ($0.1, $0.2) })
    #expect(answers.count == documents.count && documents.count > 40)
    for (answer, document) in zip(answers, documents) { #expect(answer == "ok", "\(document.0)") }
  }

  @Test func refusesWhatTheReadersRefuse() throws {
    let people = try #require(RichPipeline.files["sources/people.yaml"])
    let accounts = try #require(RichPipeline.files["sources/accounts.yaml"])
    let tags = try #require(TinyPipeline.files["tags.yaml"])
    let cases: [(schema: String, text: String, place: String)] = [
      ("source", people.replacing("system: crm\n", with: ""), "/"),
      ("source", people.replacing("line_ends", with: "line_end"), "/"),
      ("source", people.replacing("kind: party", with: "kind: partys"), "kind"),
      ("source", people.replacing("quoted_lines: 3", with: "quoted_lines: many"), "limits/quoted_lines"),
      ("source", people.replacing("invalid: empty", with: "invalid: ignore"), "fields/2/invalid"),
      ("source", people.replacing("{date:yyyyMMdd}", with: "today"), "file"),
      ("source", accounts.replacing("width: 10", with: "width: 0"), "columns"),
      ("source", accounts.replacing("deadline: D+1 06:30", with: "deadline: \"06:30\""), "arrival/deadline"),
      ("source", accounts.replacing("fall_percent: 30", with: "fall_percents: 30"), "change/sum"),
      ("tags", tags.replacing("\"50000\"", with: "50000"), "policy/aum_line"),
      ("tags", tags.replacing("zh: 贷款, ", with: ""), "tags/0/title"),
      (
        "matching", MatchingText.yaml(MatchingExamples.all[0]).replacing("group: name", with: "group: names"),
        "fields/0/group"
      ),
      (
        "matching", MatchingText.yaml(MatchingExamples.all[0]).replacing("shared: false", with: "share: false"),
        "fields/0"
      ),
    ]
    let answers = try validate(cases.map { ($0.schema, $0.text) })
    #expect(answers == cases.map(\.place))
  }
}
