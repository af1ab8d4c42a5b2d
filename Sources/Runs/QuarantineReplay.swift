import Audit
import Basics
import Definition
import Ingest
import StageKit
import Standards

/// Places corrected records beside the extracts of a night, after holding them against the quarantine they came from.
public struct QuarantineReplay {
  public struct Placed: Sendable {
    /// Absolute.
    public var path: String
    public var source: String
    public var records: Int
  }

  let home: Home
  let pipeline: PipelineDefinition
  let extractsFolder: String
  let businessDate: CalendarDate
  let by: String
  let reason: String
  let replaces: Bool

  /// - Parameters:
  ///   - businessDate: the night that shall take them.
  ///   - by: who corrected them, and `reason`, why they are right now: both are kept with every record.
  ///   - replaces: whether a sheet that was placed before for this night and source is replaced.
  public init(
    home: Home, pipeline: PipelineDefinition, extractsFolder: String, businessDate: CalendarDate, by: String,
    reason: String, replaces: Bool
  ) {
    self.home = home
    self.pipeline = pipeline
    self.extractsFolder = extractsFolder
    self.businessDate = businessDate
    self.by = by
    self.reason = reason
    self.replaces = replaces
  }

  /// - Throws: `Problems` of kind `.definition` with everything that is wrong with the sheet; `Problem` where it cannot be
  ///   read or placed.
  public func place(_ path: String) throws -> Placed {
    let sheet = try CorrectionSheet(path, named: path, for: pipeline)
    try checkOriginals(of: sheet, in: path)
    guard let source = pipeline.source(sheet.source) else { preconditionFailure("a sheet of no source") }
    let target = "\(extractsFolder)/\(source.correctionsPath(on: businessDate))"
    if Files.exists(target), !replaces {
      throw Problems(
        .definition,
        [
          Problem(
            "corrections_exist", "corrections of \(sheet.source) were given for \(businessDate) before",
            at: Place(target), advice: "Put all of them into one sheet and give --replace")
        ])
    }
    try Files.makeFolder(Files.parent(target))
    let writing = target + ".writing"
    try Files.write(sheet.placed(by: by, reason: reason), to: writing)
    try Files.rename(writing, to: target)
    return Placed(path: target, source: sheet.source, records: sheet.rows.count)
  }

  /// Every row corrects a record that a run of its night put into quarantine.
  private func checkOriginals(of sheet: CorrectionSheet, in path: String) throws {
    var known: Set<CorrectionSheet.Original> = []
    for attempt in home.attempts(of: sheet.originalDate) {
      guard let folder = attempt.quarantineFolder else { continue }
      for place in try QuarantineView(ingestFolder: folder).places(of: sheet.source) {
        known.insert(
          CorrectionSheet.Original(
            file: place.file, line: place.line, byteOffset: place.byteOffset, code: place.code))
      }
    }
    let unknown = sheet.rows.filter { !known.contains($0.original) }.prefix(20).map { row in
      Problem(
        "unknown_original", "no run of \(sheet.originalDate) in this home refused that record",
        at: Place(path, line: row.line), found: "\(row.original.file):\(row.original.line)",
        advice: "Leave the columns that begin with _ as guiyi quarantine export wrote them")
    }
    if !unknown.isEmpty { throw Problems(.definition, unknown) }
  }
}

extension Attempt {
  /// Where this attempt's quarantine lies: in its ingest stage, or in what is left of one that failed.
  public var quarantineFolder: String? {
    [folder(of: .ingest), failedFolder(of: .ingest)].first { Files.exists("\($0)/quarantine.arrow") }
  }

  /// What a stage that failed leaves for whoever has to find out why.
  func failedFolder(of stage: StageName) -> String { "\(folder)/.\(stage.rawValue).failed" }
}
