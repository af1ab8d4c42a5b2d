import Basics
import Definition
import Foundation
import StageKit

/// What a finished stage says about itself: `stage.json` in its folder. Equal work gives equal bytes.
public struct StageRecord: Sendable, Equatable {
  /// One of the things that a stage's result depends on.
  public struct Input: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable {
      case format, code, businessDate = "business_date", definition, extract, acceptance, upstream
      case previousRun = "previous_run"
    }

    public var kind: Kind
    public var name: String
    /// A SHA-256, a date, the reason of an acceptance, `absent` or `not used`.
    public var value: String

    public init(_ kind: Kind, _ name: String, _ value: String) {
      self.kind = kind
      self.name = name
      self.value = value
    }
  }

  public struct TableRows: Sendable, Equatable, Codable {
    public var path: String
    public var rows: Int

    public init(path: String, rows: Int) {
      self.path = path
      self.rows = rows
    }
  }

  public struct Figure: Sendable, Equatable, Codable {
    public var name: String
    public var value: Int

    public init(name: String, value: Int) {
      self.name = name
      self.value = value
    }
  }

  public static let fileName = "stage.json"
  public static let formatVersion = 1

  public var stage: StageName
  public var inputs: [Input]
  public var tables: [TableRows]
  public var figures: [Figure]
  public var equations: [ConservationEquation]
  public var warnings: [Problem]
  /// Every file of the stage's folder but this record, in byte order of the paths.
  public var files: [FileRecord]

  public init(stage: StageName, inputs: [Input], result: StageResult, files: [FileRecord]) {
    self.stage = stage
    self.inputs = inputs
    tables = result.tables.map { TableRows(path: $0.path, rows: $0.rows) }
    figures = result.figures.map { Figure(name: $0.name, value: $0.value) }
    equations = result.equations
    warnings = result.warnings
    self.files = files
  }

  /// SHA-256 over the inputs: equal fingerprints mean equal results.
  public var fingerprint: String { StageRecord.fingerprint(of: inputs) }

  public static func fingerprint(of inputs: [Input]) -> String {
    SHA256.of(inputs.map { "\($0.kind.rawValue)\t\($0.name)\t\($0.value)\n" }.joined())
  }

  /// SHA-256 over the files' names and hashes: what later stages depend on.
  public var outputs: String { SHA256.of(files.map { "\($0.sha256)  \($0.path)\n" }.joined()) }

  public var rows: Int { tables.reduce(0) { $0 + $1.rows } }
}

extension StageRecord {
  /// What the stage says, and a hash over it, so that a later change of any figure is noticed.
  public var json: JSON { .object(members + [("sha256", .string(seal))]) }

  private var seal: String { SHA256.of(JSON.object(members).line) }

  private var members: [(key: String, value: JSON)] {
    [
      ("format", .integer(StageRecord.formatVersion)),
      ("stage", .string(stage.rawValue)),
      ("fingerprint", .string(fingerprint)),
      ("outputs", .string(outputs)),
      (
        "inputs",
        .array(
          inputs.map {
            .object([
              ("kind", .string($0.kind.rawValue)), ("name", .string($0.name)), ("value", .string($0.value)),
            ])
          })
      ),
      ("tables", .array(tables.map { .object([("path", .string($0.path)), ("rows", .integer($0.rows))]) })),
      ("figures", .array(figures.map { .object([("name", .string($0.name)), ("value", .integer($0.value))]) })),
      ("equations", .array(equations.map(\.json))),
      ("warnings", .array(warnings.map(\.json))),
      ("files", .array(files.map(\.json))),
    ]
  }

  public func write(to folder: String) throws(Problem) {
    try Files.write(json.pretty, to: "\(folder)/\(StageRecord.fileName)")
  }

  private struct Contents: Decodable {
    var format: Int
    var stage: String
    var fingerprint: String
    var inputs: [Input]
    var tables: [TableRows]
    var figures: [Figure]
    var equations: [ConservationEquation]
    var warnings: [Problem]
    var files: [FileRecord]
    var outputs: String
    var sha256: String
  }

  /// The record of a finished stage.
  /// - Throws: `Problem` `unreadable_file`, or `damaged_record` where it is not one of ours.
  public init(readingFrom folder: String) throws(Problem) {
    let path = "\(folder)/\(StageRecord.fileName)"
    let contents = try decodeJSON(Contents.self, at: path)
    guard contents.format == StageRecord.formatVersion, let stage = StageName(rawValue: contents.stage) else {
      throw .damagedRecord(path, "it has format \(contents.format), stage \(contents.stage)")
    }
    self.stage = stage
    inputs = contents.inputs
    tables = contents.tables
    figures = contents.figures
    equations = contents.equations
    warnings = contents.warnings
    files = contents.files
    guard contents.fingerprint == fingerprint else {
      throw .damagedRecord(path, "its fingerprint is not that of its inputs")
    }
    guard contents.outputs == outputs, contents.sha256 == seal else {
      throw .damagedRecord(path, "it is not as it was written")
    }
  }
}

/// Reads a small JSON file that this project wrote; keys are in snake case.
func decodeJSON<Value: Decodable>(_ type: Value.Type, at path: String) throws(Problem) -> Value {
  let text = try Files.text(of: path)
  let decoder = JSONDecoder()
  decoder.keyDecodingStrategy = .convertFromSnakeCase
  do {
    return try decoder.decode(type, from: Data(text.utf8))
  } catch {
    throw .damagedRecord(path, "it cannot be read as JSON of the expected form")
  }
}

extension Problem {
  static func damagedRecord(_ path: String, _ why: String) -> Problem {
    Problem(
      "damaged_record", "\(why)", at: Place(path),
      advice: "Run the night again with --full-refresh; keep the file if you want to know who changed it")
  }

  /// For records and journal; absent parts are left out.
  public var json: JSON {
    var members: [(key: String, value: JSON)] = [
      ("code", .string(code)), ("severity", .string(severity.rawValue)), ("message", .string(message)),
    ]
    if let place {
      var parts: [(key: String, value: JSON)] = [("file", .string(place.file))]
      if let line = place.line { parts.append(("line", .integer(line))) }
      if let column = place.column { parts.append(("column", .integer(column))) }
      if let byteOffset = place.byteOffset { parts.append(("byte_offset", .integer(byteOffset))) }
      if let field = place.field { parts.append(("field", .string(field))) }
      members.append(("place", .object(parts)))
    }
    if let found { members.append(("found", .string(found))) }
    if let expected { members.append(("expected", .string(expected))) }
    if let advice { members.append(("advice", .string(advice))) }
    return .object(members)
  }
}
