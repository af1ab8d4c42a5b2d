import Basics
import Definition
import Standards

/// What a stage gets: it reads finished folders and writes into one that is its own.
public struct StageContext: Sendable {
  public var pipeline: PipelineDefinition
  public var businessDate: CalendarDate
  /// Where the extracts of all nights lie.
  public var extractsFolder: String
  /// The run's folder; the results of earlier stages are below it, by stage name.
  public var runFolder: String
  /// Empty, and made into `<runFolder>/<stage>` once the stage has ended.
  public var outputFolder: String
  /// The folder of the last run published for an earlier business date.
  public var previousRun: String?
  public var delivery: NightDelivery
  public var threads: Int
  public var progress: Progress

  public init(
    pipeline: PipelineDefinition, businessDate: CalendarDate, extractsFolder: String, runFolder: String,
    outputFolder: String, previousRun: String?, delivery: NightDelivery = NightDelivery(), threads: Int,
    progress: Progress = Progress()
  ) {
    self.pipeline = pipeline
    self.businessDate = businessDate
    self.extractsFolder = extractsFolder
    self.runFolder = runFolder
    self.outputFolder = outputFolder
    self.previousRun = previousRun
    self.delivery = delivery
    self.threads = threads
    self.progress = progress
  }

  /// The folder of an earlier stage's result.
  public func folder(of stage: StageName) -> String { "\(runFolder)/\(stage.rawValue)" }
}

/// Says how far a stage is; called often, from any thread, so whoever shows it must be quick.
public struct Progress: Sendable {
  /// Rows done so far and, where it can be known, rows or bytes to do; `unit` names what is counted.
  public typealias Report = @Sendable (_ done: Int, _ total: Int?, _ unit: String) -> Void
  private let report: Report?

  public init(_ report: Report? = nil) { self.report = report }

  public func callAsFunction(_ done: Int, of total: Int? = nil, _ unit: String = "rows") { report?(done, total, unit) }
}

/// What a stage gives beside its files.
public struct StageResult: Sendable {
  /// Rows of each table written, by path relative to the stage's folder, in a fixed order.
  public var tables: [(path: String, rows: Int)]
  /// The conservation equations; one that does not hold fails the run.
  public var equations: [ConservationEquation]
  /// Figures for report and journal, in a fixed order: `customers`, `joined_by_same_document`…
  public var figures: [(name: String, value: Int)]
  /// What a person should look at; a warning never stops the run.
  public var warnings: [Problem]

  public init(
    tables: [(path: String, rows: Int)] = [], equations: [ConservationEquation] = [],
    figures: [(name: String, value: Int)] = [], warnings: [Problem] = []
  ) {
    self.tables = tables
    self.equations = equations
    self.figures = figures
    self.warnings = warnings
  }
}

/// `total = sum of parts`, in rows or in minor units of money.
public struct ConservationEquation: Sendable, Equatable, Codable {
  /// What is conserved: `crm_customers rows`.
  public var name: String
  public var unit: Unit
  public var total: Int64
  public var totalName: String
  public var parts: [Part]

  public enum Unit: String, Sendable, Codable { case rows, minorUnits = "minor_units" }

  public struct Part: Sendable, Equatable, Codable {
    public var name: String
    public var value: Int64

    public init(_ name: String, _ value: Int64) {
      self.name = name
      self.value = value
    }
  }

  public init(_ name: String, unit: Unit = .rows, _ totalName: String, _ total: Int64, _ parts: [Part]) {
    self.name = name
    self.unit = unit
    self.total = total
    self.totalName = totalName
    self.parts = parts
  }

  public var holds: Bool { parts.reduce(Int64(0)) { $0 &+ $1.value } == total }

  /// `crm_customers rows: read 300 = accepted 296 + quarantined 4`
  public var description: String {
    "\(name): \(totalName) \(total) \(holds ? "=" : "≠") "
      + parts.map { "\($0.name) \($0.value)" }.joined(separator: " + ")
  }
}

/// One of the five stages.
public protocol Stage: Sendable {
  static var name: StageName { get }
  /// Whether it looks into `StageContext.previousRun`; others are not given one.
  static var readsPreviousRun: Bool { get }
  /// Whether it looks at this file of its own folder in the previous run; only such files are verified before.
  static func readsOfPreviousRun(_ path: String, _ context: StageContext) -> Bool
  /// - Throws: `Problem` or `Problems` of kind `.data`.
  static func run(_ context: StageContext) throws -> StageResult
}

extension Stage {
  public static var readsPreviousRun: Bool { name == .ingest || name == .resolve }

  public static func readsOfPreviousRun(_ path: String, _ context: StageContext) -> Bool { true }
}
