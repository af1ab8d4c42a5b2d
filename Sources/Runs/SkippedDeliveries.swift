import Basics
import Definition
import Standards

/// Increments and deltas that were delivered between the night that is built on and this one: no night took their
/// changes, and a later delivery does not repeat them.
struct SkippedDeliveries {
  let pipeline: PipelineDefinition
  let extractsFolder: String

  /// How far back is looked; a home that rested for longer is taken up with full snapshots.
  private static let mostNights = 31

  /// One warning a source that has such a delivery, naming the first.
  func warnings(after previous: CalendarDate, before night: CalendarDate) -> [Problem] {
    let gap = night.days(since: previous)
    guard gap > 1 else { return [] }
    let between = (max(1, gap - Self.mostNights)..<gap).map { previous.adding(days: $0) }
    return pipeline.sources.compactMap { source in
      if source.load == .full { return nil }
      let skipped = between.filter { Files.exists(location(source, on: $0)) }
      guard let first = skipped.first else { return nil }
      return Problem(
        "skipped_delivery", "no night took this delivery of \(source.id), so its changes are missing from \(night)",
        severity: .warning, at: Place(path(source, on: first)),
        found: skipped.count == 1 ? "1 delivery after \(previous)" : "\(skipped.count) deliveries after \(previous)",
        advice: "Run \(skipped.map(\.description).joined(separator: ", ")), then \(night) again")
    }
  }

  private func path(_ source: SourceDefinition, on date: CalendarDate) -> String {
    source.file.path(compact: date.compact, dashed: date.description)
  }

  private func location(_ source: SourceDefinition, on date: CalendarDate) -> String {
    let path = path(source, on: date)
    return path.hasPrefix("/") ? path : "\(extractsFolder)/\(path)"
  }
}
