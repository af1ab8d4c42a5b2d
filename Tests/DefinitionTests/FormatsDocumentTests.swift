import Basics
import Foundation
import TestSupport
import Testing

@testable import Definition

/// Holds docs/formats.md against the code: its tables of columns word for word, its tables of keys by name.
@Suite(.serialized) struct FormatsDocumentTests {
  private let lines: [Substring]

  init() throws {
    lines = try Files.text(of: repositoryRoot + "/docs/formats.md")
      .split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The table that follows a marker.
  private func table(after marker: String) throws -> [Substring] {
    let start = try #require(lines.firstIndex(of: "<!-- \(marker) -->"), "docs/formats.md lacks the marker \(marker)")
    return Array(lines[(start + 1)...].prefix { $0.hasPrefix("|") })
  }

  // MARK: Columns

  private static let columnTables: [(name: String, columns: [RecordKind.Column], needed: [String]?)] =
    RecordKind.allCases.map { ($0.rawValue, $0.columns, $0.neededColumns) } + [
      ("place", RecordKind.placeColumns, nil), ("merge", CustomerRow.mergeColumns, nil),
      ("built_in", CustomerRow.builtInColumns, nil),
    ]

  static func rows(_ columns: [RecordKind.Column], needed: [String]?) -> [String] {
    let head = needed == nil ? ["| column | storage | meaning |"] : ["| column | storage | needed | meaning |"]
    return head + [needed == nil ? "|---|---|---|" : "|---|---|---|---|"]
      + columns.map { column in
        let values = column.values.map { "`\($0)`" }.joined(separator: ", ")
        let meaning = column.meaning + (values.isEmpty ? "" : ": " + values)
        let mark = needed.map { $0.contains(column.name) ? "yes | " : "| " } ?? ""
        return "| `\(column.name)` | \(column.storage.rawValue) | \(mark)\(meaning) |"
      }
  }

  @Test func listsTheColumnsOfEveryTable() throws {
    for (name, columns, needed) in Self.columnTables {
      let expected = Self.rows(columns, needed: needed)
      #expect(try table(after: "columns: \(name)").map(String.init) == expected, "\(expected.joined(separator: "\n"))")
    }
  }

  // MARK: Keys

  /// Every part of a definition whose keys stand in a table of the code.
  static let keyTables: [KeyTable] = [
    .source, .column, .limits, .field, .increment, .delta, .arrival, .control, .header, .trailer, .columnChanges,
    .reject, .rejectLimit, .change, .span,
  ]

  @Test(arguments: keyTables.map(\.title))
  func documentsEveryKey(of title: String) throws {
    let expected = try #require(Self.keyTables.first { $0.title == title }).documentation
    if Self.isRecording { try Self.record(expected, after: "keys: \(title)") }
    #expect(try table(after: "keys: \(title)").map(String.init) == expected, "\(expected.joined(separator: "\n"))")
  }

  private static let isRecording = ProcessInfo.processInfo.environment["GUIYI_RECORD"] != nil

  /// Writes a table into the document, where that was asked for; the next run must pass.
  private static func record(_ table: [String], after marker: String) throws {
    let path = repositoryRoot + "/docs/formats.md"
    var lines = try Files.text(of: path).components(separatedBy: "\n")
    let start = try #require(lines.firstIndex(of: "<!-- \(marker) -->")) + 1
    let end = lines[start...].firstIndex { !$0.hasPrefix("|") } ?? lines.endIndex
    lines.replaceSubrange(start..<end, with: table)
    try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// Where a key that does not exist can be put, so that the message lists those that do.
  static let sections: [(title: String, file: String, before: String)] = [
    ("a pipeline", "pipeline.yaml", "pipeline: tiny"),
    ("the resolve definition", "resolve.yaml", "max_people_per_mobile: 3"),
    ("a join rule", "resolve.yaml", "id: same_document,"),
    ("the merge definition", "merge.yaml", "priority: [people]"),
    ("an attribute", "merge.yaml", "columns: [name],"),
    ("the AUM rule", "merge.yaml", "holdings: [accounts],"),
    ("the tag definition", "tags.yaml", "policy:"),
    ("the policy", "tags.yaml", "aum_line: \"50000\""),
    ("a tier", "tags.yaml", "id: mass,"),
    ("a measure", "tags.yaml", "id: matures_soon"),
    ("a tag", "tags.yaml", "id: loan_lead"),
    ("the broadcast definition", "broadcast.yaml", "max_customers_per_mobile: 3"),
    ("a suppression", "broadcast.yaml", "reason: deceased,"),
    ("a template", "broadcast.yaml", "id: offer_sms,"),
    ("a campaign", "campaigns/offer.yaml", "campaign: offer"),
    ("a channel", "campaigns/offer.yaml", "channel: todo,"),
  ]

  @Test(arguments: sections)
  func listsTheKeysOfEverySection(_ section: (title: String, file: String, before: String)) throws {
    // The flow form needs a comma behind the new key, the block form a line end and the same indentation.
    let file = section.file
    let text = try #require(TinyPipeline.files[file])
    let start = try #require(text.range(of: section.before)?.lowerBound)
    let lineStart = text[..<start].lastIndex(of: "\n").map(text.index(after:)) ?? text.startIndex
    let indentation = String(repeating: " ", count: text.distance(from: lineStart, to: start))
    let behind = section.before.hasSuffix(",") ? " " : "\n" + indentation
    var changed = text
    changed.insert(contentsOf: "zzzzzz: 1" + (section.before.hasSuffix(",") ? "," : "") + behind, at: start)
    let messages = try TinyPipeline.problems(adding: [file: changed])
    let message = try #require(messages.first { $0.contains("[unknown_key]: \(section.title) has no such key") })
    let keys = try #require(message.split(separator: "expected ").last).dropLast().split(separator: ", ")
    let documented = try table(after: "keys: \(section.title)").dropFirst(2).map { row in
      row.split(separator: "|")[0].filter { $0 != "`" && $0 != " " }
    }
    #expect(documented == keys.map(String.init))
  }

  // MARK: Codes

  @Test func listsBroadcastsOwnReasons() {
    for reason in DecisionReason.allCases.map(\.rawValue) {
      #expect(lines.contains { $0.hasPrefix("| ") && $0.contains("`\(reason)`") }, "\(reason)")
    }
  }
}
