import Basics
import Definition
import StageKit
import Standards

/// One extract file of the night, ready to be read.
struct ArrivedFile: Sendable {
  /// Relative to the extracts folder.
  var path: String
  /// Nil where the file is missing and its source goes on without it.
  var absolutePath: String?
  var bytes: Int
  var sha256: String
}

/// How one source gets its part tonight, decided before any extract is read.
struct DeliveryPlan: Sendable {
  enum Way: Sendable {
    case read(ArrivedFile, control: DeliveryStatement?)
    /// The last accepted delivery stands for the missing one.
    case carry(DeliveryRow)
    /// What is wrong with the delivery was found before reading it.
    case refuse([Problem])
  }

  var source: SourceDefinition
  /// Of the extract, relative to the extracts folder.
  var path: String
  var way: Way

  var file: ArrivedFile? {
    if case .read(let file, _) = way { return file }
    return nil
  }

  var control: DeliveryStatement? {
    if case .read(_, let control) = way { return control }
    return nil
  }
}

/// Looks at every source's file and control file before any of them is read.
struct DeliveryPlanner {
  private let context: StageContext
  private let previous: [DeliveryRow]
  /// Control files by their layout, each read once though it vouches for several extracts.
  private var controls: [(layout: ControlStatement, file: Result<ControlFile, Problem>)] = []

  init(_ context: StageContext, previous: [DeliveryRow]) {
    self.context = context
    self.previous = previous
  }

  mutating func plan(_ source: SourceDefinition) -> DeliveryPlan {
    let date = context.businessDate
    let path = source.file.path(compact: date.compact, dashed: date.description)
    if context.delivery.missing.contains(source.id) {
      return DeliveryPlan(source: source, path: path, way: wayWithout(source, path))
    }
    do throws(Problem) {
      return DeliveryPlan(source: source, path: path, way: try way(source, path))
    } catch {
      return DeliveryPlan(source: source, path: path, way: .refuse([error]))
    }
  }

  private mutating func wayWithout(_ source: SourceDefinition, _ path: String) -> DeliveryPlan.Way {
    if let problem = brokenPromise(source, path) { return .refuse([problem]) }
    // Without changes, what changes accumulated in stands as it is.
    guard source.arrival.onMissing == .carry, source.load == .full else {
      return .read(ArrivedFile(path: path, absolutePath: nil, bytes: 0, sha256: ""), control: nil)
    }
    guard let row = previous.first(where: { $0.source == source.id && $0.delivered != nil }) else {
      return .refuse([
        Problem(
          "missing_extract",
          "the extract of \(source.id) has not arrived, and there is no accepted delivery that could stand for it",
          at: Place(path), advice: "Ask the owners of \(source.system) for it")
      ])
    }
    return .carry(row)
  }

  /// A control file may be there although the extract is not: then the sender says what is missing.
  private mutating func brokenPromise(_ source: SourceDefinition, _ path: String) -> Problem? {
    let date = context.businessDate
    guard source.arrival.onMissing == .empty, let layout = source.arrival.control,
      context.delivery.files[layout.file.path(compact: date.compact, dashed: date.description)] != nil,
      let rows = (try? control(layout).statement(for: path))?.rows, rows > 0
    else { return nil }
    return Problem(
      "promised_extract", "the control file states records of an extract that is not there", at: Place(path),
      found: "no file", expected: "\(rows) records", advice: "Ask the source system to deliver the file again")
  }

  private mutating func way(_ source: SourceDefinition, _ path: String) throws(Problem) -> DeliveryPlan.Way {
    let absolute = path.hasPrefix("/") ? path : "\(context.extractsFolder)/\(path)"
    var file: NightDelivery.File
    if let known = context.delivery.files[path] {
      file = known
    } else {
      let (sha256, bytes) = try SHA256.ofFile(absolute)
      file = NightDelivery.File(bytes: bytes, sha256: sha256)
    }
    var problems: [Problem] = []
    var control: DeliveryStatement?
    if let layout = source.arrival.control {
      let statement = try self.control(layout).statement(for: path)
      let check = StatementCheck(
        source: source, businessDate: context.businessDate, path: path, decimals: context.pipeline.decimals)
      problems += try check.problems(statement, file, at: absolute)
      control = statement
    }
    if try TwiceInOneFile.holds(absolute) { problems.append(TwiceInOneFile.problem(at: path, bytes: file.bytes)) }
    if !problems.isEmpty { return .refuse(problems) }
    return .read(
      ArrivedFile(path: path, absolutePath: absolute, bytes: file.bytes, sha256: file.sha256), control: control)
  }

  private mutating func control(_ layout: ControlStatement) throws(Problem) -> ControlFile {
    if let known = controls.first(where: { $0.layout == layout }) { return try known.file.get() }
    let date = context.businessDate
    let name = layout.file.path(compact: date.compact, dashed: date.description)
    let path = name.hasPrefix("/") ? name : "\(context.extractsFolder)/\(name)"
    let decimals = context.pipeline.decimals
    let file = Result<ControlFile, Problem> { () throws(Problem) in
      try ControlFile(path, named: name, layout, decimals: decimals)
    }
    controls.append((layout, file))
    return try file.get()
  }
}
