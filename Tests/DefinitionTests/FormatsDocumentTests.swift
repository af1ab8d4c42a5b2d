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

  /// Every part of a definition; the load rule's two are explained by what they hold.
  static let keyTables = DefinitionSchema.tables.flatMap { [$0.table] + $0.table.partsBelow }
    .filter { $0.title != KeyTable.load.title }

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

  // MARK: Codes

  @Test(arguments: [
    ("date", FieldReader.dateFormats), ("timestamp", FieldReader.timestampFormats),
    ("money", FieldReader.amountFormats),
  ])
  func listsEveryFormat(of type: String, _ formats: [String]) throws {
    let head = try #require(lines.firstIndex(of: "| type | `format` |"))
    let row = try #require(lines[head...].first { $0.hasPrefix("| `\(type)` | ") })
    for format in formats { #expect(row.contains("`\(format)`"), "\(type): \(format)") }
  }

  @Test func listsBroadcastsOwnReasons() {
    for reason in DecisionReason.allCases.map(\.rawValue) {
      #expect(lines.contains { $0.hasPrefix("| ") && $0.contains("`\(reason)`") }, "\(reason)")
    }
  }
}
