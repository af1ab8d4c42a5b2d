import Basics
import Definition
import StageKit
import Standards

/// Which deliveries of a night are complete, and what is decided about the others.
struct Arrivals: Sendable {
  /// A source that the night goes on without.
  struct Missing: Sendable, Equatable {
    var source: String
    /// The first of its files that is not there.
    var file: String
    var onMissing: ArrivalRule.OnMissing
    /// When it passed; nil where there is none.
    var deadline: String?

    var json: [(key: String, value: JSON)] {
      [
        ("source", .string(source)), ("file", .string(file)), ("on_missing", .string(onMissing.rawValue)),
        ("deadline", deadline.map(JSON.string) ?? .null),
      ]
    }

    /// `crm_relations: 20261120/crm_relations_20261120.csv is not there (on_missing: carry, deadline 2026-11-21 06:30 …)`
    var description: String {
      "\(source): \(file) is not there (on_missing: \(onMissing.rawValue)\(deadline.map { ", deadline \($0)" } ?? ""))"
    }
  }

  /// What a decision depends on beside the folder.
  struct Circumstances: Sendable {
    var clock: DeadlineClock
    /// Sources whose deadline had passed when an earlier attempt at the night decided: the clock is not asked again.
    var decided: Set<String> = []
    /// Sources whose last accepted delivery the previous run holds.
    var carriable: Set<String> = []
  }

  private enum Verdict { case complete, late, failed, nothingToCarry, goesOn }

  /// In the pipeline's order.
  let missing: [Missing]

  /// - Parameter absent: files that are not there, by path.
  /// - Throws: `Problems` that name every file that is late or missing, once: of kind `.tryAgain`, or of kind `.data`
  ///   where the absence of one means failure.
  init(
    _ pipeline: PipelineDefinition, on date: CalendarDate, files: [ExtractFile], absent: Set<String>,
    _ circumstances: Circumstances
  ) throws(Problems) {
    var missing: [Missing] = []
    var lacking: [String: [(source: SourceDefinition, verdict: Verdict)]] = [:]
    for source in pipeline.sources {
      let gone = source.deliveryFiles(on: date).filter { absent.contains($0.path) }
      guard let first = gone.first else { continue }
      let verdict = Self.verdict(source, isExtractThere: first.role != .data, date, circumstances)
      if verdict == .goesOn {
        let deadline = source.arrival.deadline.map { circumstances.clock.text($0, of: date) }
        missing.append(
          Missing(source: source.id, file: first.path, onMissing: source.arrival.onMissing, deadline: deadline))
      } else {
        for file in gone { lacking[file.path, default: []].append((source, verdict)) }
      }
    }
    self.missing = missing
    if lacking.isEmpty { return }
    let isFatal = lacking.values.contains { $0.contains { $0.verdict != .late } }
    let problems = files.compactMap { file in
      lacking[file.path].map { Self.problem(file, $0, date, circumstances.clock) }
    }
    throw Problems(isFatal ? .data : .tryAgain, problems)
  }

  private static func verdict(
    _ source: SourceDefinition, isExtractThere: Bool, _ date: CalendarDate, _ circumstances: Circumstances
  ) -> Verdict {
    let rule = source.arrival
    var isOver: Bool?
    if let deadline = rule.deadline {
      isOver = circumstances.decided.contains(source.id) || circumstances.clock.hasPassed(deadline, of: date)
    }
    if isOver == false { return .late }
    switch rule.onMissing {
    case .wait: return .late
    case .fail: return .failed
    // An extract that is there without its control file or flag is being delivered: only a deadline ends the waiting.
    case .empty where isExtractThere && isOver == nil: return .late
    case .carry where isExtractThere && isOver == nil: return .late
    case .empty: return .goesOn
    case .carry where source.load != .full: return .goesOn
    case .carry: return circumstances.carriable.contains(source.id) ? .goesOn : .nothingToCarry
    }
  }

  // MARK: Messages

  private static func problem(
    _ file: ExtractFile, _ lacking: [(source: SourceDefinition, verdict: Verdict)], _ date: CalendarDate,
    _ clock: DeadlineClock
  ) -> Problem {
    let ids = lacking.map(\.source.id).joined(separator: ", ")
    let system = lacking[0].source.system
    let isFatal = lacking.contains { $0.verdict != .late }
    let deadline = lacking.compactMap(\.source.arrival.deadline).first.map { clock.text($0, of: date) }
    var message =
      switch file.role {
      case .data: "the extract of \(ids) has not arrived"
      case .control: "the control file of \(ids) has not arrived, so their delivery is not complete"
      case .corrections: "the corrections of \(ids) are not there"
      case .flag: "the flag file of \(ids) has not arrived, so their delivery is not complete"
      }
    if lacking.contains(where: { $0.verdict == .nothingToCarry }) {
      message += ", and there is no accepted delivery that could stand for it"
    }
    let advice =
      isFatal
      ? "Ask the owners of \(system) for it; nothing was started"
      : "Run again when \(system) has delivered it; nothing was started"
    return Problem(
      isFatal ? "missing_extract" : "late_extract", message, at: Place(file.path), found: otherForm(of: file),
      expected: "a file at \(file.absolute)" + (deadline.map { " by \($0)" } ?? ""), advice: advice)
  }

  /// What was delivered compressed and is expected plain, or the other way round.
  private static func otherForm(of file: ExtractFile) -> String? {
    let other = file.otherForm
    return Files.exists(other.absolute) ? other.path : nil
  }
}

extension ExtractFile {
  /// The same delivery, compressed where this is plain and plain where this is compressed.
  var otherForm: (path: String, absolute: String) {
    func other(_ path: String) -> String { path.hasSuffix(".gz") ? String(path.dropLast(3)) : path + ".gz" }
    return (other(path), other(absolute))
  }

  /// Set where both forms lie there: nothing says which of them is meant.
  var deliveredTwice: Problem? {
    let other = otherForm
    guard role == .data, Files.exists(absolute), Files.exists(other.absolute) else { return nil }
    return Problem(
      "delivered_twice", "the extract lies there twice, compressed and not", at: Place(path),
      found: "\(path) and \(other.path)", expected: "one of them",
      advice: "Ask the source system which is meant and remove the other; nothing was started")
  }
}
