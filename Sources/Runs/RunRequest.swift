import Basics
import Definition
import StageKit
import Standards

/// What was asked for; the journal's first line holds it, so that `retry` can go on with it.
public struct RunRequest: Sendable, Equatable, Codable {
  /// Absolute path of the pipeline's folder.
  public var pipeline: String
  /// yyyy-MM-dd.
  public var date: String
  /// Absolute path of the extracts folder, where the command line named one.
  public var extracts: String?
  public var select: [String]
  public var exclude: [String]
  public var fullRefresh: Bool
  public var threads: Int
  /// Deliveries that a person takes although a limit objects.
  public var acceptance: Acceptance?

  public init(
    pipeline: String, date: CalendarDate, extracts: String? = nil, select: [String] = [], exclude: [String] = [],
    fullRefresh: Bool = false, threads: Int = 1, acceptance: Acceptance? = nil
  ) {
    self.pipeline = pipeline
    self.date = date.description
    self.extracts = extracts
    self.select = select
    self.exclude = exclude
    self.fullRefresh = fullRefresh
    self.threads = threads
    self.acceptance = acceptance
  }

  var json: JSON {
    .object([
      ("pipeline", .string(pipeline)), ("date", .string(date)), ("extracts", extracts.map(JSON.string) ?? .null),
      ("select", .strings(select)), ("exclude", .strings(exclude)), ("full_refresh", .bool(fullRefresh)),
      ("threads", .integer(threads)), ("acceptance", acceptance.map(\.json) ?? .null),
    ])
  }

  /// - Throws: `Problems` of kind `.definition`.
  public func selection() throws(Problems) -> Selection { try Selection(select: select, exclude: exclude) }

  public var businessDate: CalendarDate? { CalendarDate(date) }
}

extension Acceptance {
  var json: JSON { .object([("sources", .strings(sources)), ("reason", .string(reason))]) }
}
