import Basics
import Definition
import Foundation
import StageKit
import Standards

/// What a complete run was made of and what it made: `manifest.json`, written last, the same bytes for the same night.
public struct Manifest: Sendable, Equatable {
  public static let fileName = "manifest.json"
  public static let formatVersion = 1

  /// The run that this one builds on, by its content and not by the attempt that made it.
  public struct Predecessor: Sendable, Equatable, Codable {
    public var businessDate: String
    public var manifestSha256: String

    public init(businessDate: CalendarDate, manifestSHA256: String) {
      self.businessDate = businessDate.description
      self.manifestSha256 = manifestSHA256
    }
  }

  public struct Definition: Sendable, Equatable, Codable {
    public var path: String
    public var sha256: String
  }

  public struct StageEntry: Sendable, Equatable, Codable {
    public var stage: String
    public var fingerprint: String
    public var outputs: String
    public var files: [FileRecord]
  }

  public var pipeline: String
  public var businessDate: String
  public var codeSha256: String
  public var previousRun: Predecessor?
  public var definition: [Definition]
  /// What was delivered; a file that may be missing and was has no entry.
  public var extracts: [FileRecord]
  public var stages: [StageEntry]
  /// The run's own pages beside the stages.
  public var files: [FileRecord]

  public init(
    pipeline: PipelineDefinition, businessDate: CalendarDate, codeSHA256: String, previousRun: Predecessor?,
    extracts: [FileRecord], stages: [StageRecord], stageFolders: String, files: [FileRecord]
  ) throws(Problem) {
    self.pipeline = pipeline.name
    self.businessDate = businessDate.description
    codeSha256 = codeSHA256
    self.previousRun = previousRun
    definition = pipeline.files.map { Definition(path: $0.path, sha256: $0.sha256) }
    self.extracts = extracts
    self.files = files
    var entries: [StageEntry] = []
    for record in stages {
      let folder = "\(stageFolders)/\(record.stage.rawValue)"
      let own = try FileRecord(StageRecord.fileName, in: folder)
      entries.append(
        StageEntry(
          stage: record.stage.rawValue, fingerprint: record.fingerprint, outputs: record.outputs,
          files: record.files + [own]))
    }
    self.stages = entries
  }

  public var json: JSON {
    .object([
      ("format", .integer(Manifest.formatVersion)),
      ("pipeline", .string(pipeline)),
      ("business_date", .string(businessDate)),
      ("code_sha256", .string(codeSha256)),
      (
        "previous_run",
        previousRun.map {
          .object([
            ("business_date", .string($0.businessDate)), ("manifest_sha256", .string($0.manifestSha256)),
          ])
        } ?? .null
      ),
      (
        "definition",
        .array(definition.map { .object([("path", .string($0.path)), ("sha256", .string($0.sha256))]) })
      ),
      ("extracts", .array(extracts.map(\.json))),
      (
        "stages",
        .array(
          stages.map {
            .object([
              ("stage", .string($0.stage)), ("fingerprint", .string($0.fingerprint)),
              ("outputs", .string($0.outputs)), ("files", .array($0.files.map(\.json))),
            ])
          })
      ),
      ("files", .array(files.map(\.json))),
    ])
  }

  private struct Contents: Decodable {
    var format: Int
    var pipeline: String
    var businessDate: String
    var codeSha256: String
    var previousRun: Predecessor?
    var definition: [Definition]
    var extracts: [FileRecord]
    var stages: [StageEntry]
    var files: [FileRecord]
  }

  /// - Throws: `Problem` `unreadable_file` or `damaged_record`.
  public init(readingFrom runFolder: String) throws(Problem) {
    let path = "\(runFolder)/\(Manifest.fileName)"
    let contents = try decodeJSON(Contents.self, at: path)
    guard contents.format == Manifest.formatVersion else {
      throw .damagedRecord(path, "it has format \(contents.format)")
    }
    pipeline = contents.pipeline
    businessDate = contents.businessDate
    codeSha256 = contents.codeSha256
    previousRun = contents.previousRun
    definition = contents.definition
    extracts = contents.extracts
    stages = contents.stages
    files = contents.files
  }

  /// What differs between a run's folder and its manifest.
  /// - Parameter besides: files of the run's folder that are not part of its compared content.
  public func differences(in runFolder: String, besides: Set<String>, depth: VerificationDepth) -> [Problem] {
    let records =
      stages.flatMap { stage in
        stage.files.map { FileRecord(path: "\(stage.stage)/\($0.path)", bytes: $0.bytes, sha256: $0.sha256) }
      } + files
    return FileRecord.differences(
      records, in: runFolder, besides: besides.union([Manifest.fileName]), depth: depth)
  }
}
