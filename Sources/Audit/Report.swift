import Basics
import Definition
import StageKit
import Standards

/// `report.html`: what a night brought, on one page without clock times or personal data.
public struct Report: Sendable {
  public static let fileName = "report.html"

  public let html: String

  public init(
    pipeline: PipelineDefinition, businessDate: CalendarDate, runFolder: String, records: [StageRecord],
    extracts: [FileRecord], absent: [String], previousRun: Manifest.Predecessor?
  ) throws(Problem) {
    html = ""
  }
}
