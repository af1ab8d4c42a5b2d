import Basics
import Columns
import Definition
import Standards

/// What a sender says of one file: how many records it holds and what their amounts add up to.
struct DeliveryStatement: Equatable {
  var records: Int
  var sum: Int64

  /// Reads the fields behind the name or mark: rows and sum.
  init?(rows: String, sum: String) {
    guard let records = Int(rows), records >= 0, let amount = try? Money.parse(sum) else { return nil }
    self.records = records
    self.sum = amount.minorUnits
  }
}

/// The control file of a delivery: one line `file|rows|sum` for each file.
struct ControlFile {
  var path: String
  private var statements: [String: DeliveryStatement] = [:]

  /// - Parameter name: the path as messages give it.
  /// - Throws: `bad_control_file`.
  init(_ path: String, named name: String) throws(Problem) {
    self.path = name
    var number = 0
    for line in try Files.text(of: path).split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      let text = line.hasSuffix("\r") ? line.dropLast() : line
      if text.isEmpty { continue }
      let fields = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 3, let statement = DeliveryStatement(rows: fields[1], sum: fields[2]) else {
        throw Problem(
          "bad_control_file", "a line of the control file cannot be read", at: Place(name, line: number),
          expected: "file|rows|sum", advice: "Ask the source system to deliver the control file again")
      }
      statements[fields[0]] = statement
    }
  }

  /// - Throws: `not_in_control_file`.
  func statement(for file: String) throws(Problem) -> DeliveryStatement {
    if let statement = statements[Files.name(file)] { return statement }
    throw Problem(
      "not_in_control_file", "the control file does not list \(Files.name(file))", at: Place(path),
      advice: "Ask the source system whether the delivery is complete")
  }
}

/// One extract file of the night, as it is looked for before anything is read.
struct ArrivedFile {
  /// Relative to the extracts folder.
  var path: String
  /// Nil where the file is missing and its source goes on without it.
  var absolutePath: String?
  var bytes: Int
  var statement: DeliveryStatement?
}

/// Looks for every source's file and control file before any of them is read.
enum Arrivals {
  /// - Throws: `Problems` with every file that is late (kind `.tryAgain`) or, if none is late, missing (`.data`).
  static func find(for pipeline: PipelineDefinition, on date: CalendarDate, in folder: String) throws -> [ArrivedFile] {
    var late: [Problem] = []
    var failed: [Problem] = []
    var controls: [String: ControlFile] = [:]
    var arrived: [ArrivedFile] = []
    for source in pipeline.sources {
      let path = source.file.path(compact: date.compact, dashed: date.description)
      var file = ArrivedFile(path: path, absolutePath: "\(folder)/\(path)", bytes: 0)
      let control = source.arrival.control?.file.path(compact: date.compact, dashed: date.description)
      if !Files.exists("\(folder)/\(path)") {
        let problem = missing("the extract of \(source.id) is not there", path, in: folder)
        switch source.arrival.onMissing {
        case .wait: late.append(problem)
        case .fail: failed.append(problem)
        case .empty, .carry: file.absolutePath = nil
        }
      } else if let control, !Files.exists("\(folder)/\(control)") {
        late.append(missing("the control file of \(source.id) is not there", control, in: folder))
      } else {
        file.bytes = try Files.size("\(folder)/\(path)")
        do throws(Problem) {
          if let control {
            if controls[control] == nil {
              controls[control] = try ControlFile("\(folder)/\(control)", named: control)
            }
            file.statement = try controls[control]?.statement(for: path)
          }
        } catch {
          // A control file that vouches for several files is wrong once.
          if !failed.contains(error) { failed.append(error) }
        }
      }
      arrived.append(file)
    }
    if !late.isEmpty { throw Problems(.tryAgain, late + failed) }
    if !failed.isEmpty { throw Problems(.data, failed) }
    return arrived
  }

  private static func missing(_ message: String, _ path: String, in folder: String) -> Problem {
    Problem(
      "late_extract", message, at: Place(path), expected: "it in \(folder)",
      advice: "Wait for the delivery and run again, or ask the source system")
  }
}

enum DeliveriesTable {
  static let schema = TableSchema(
    "deliveries",
    [
      ColumnSpec("source", .code), ColumnSpec("file", .utf8), ColumnSpec("bytes", .int64), ColumnSpec("sha256", .utf8),
      ColumnSpec("records", .int64), ColumnSpec("accepted", .int64), ColumnSpec("quarantined", .int64),
      ColumnSpec("sum", .money, metadata: ["unit": "minor"]),
    ])

  static func write(
    _ results: [SourceResult], of sources: [SourceDefinition], to path: String
  ) throws(Problem) -> Int {
    let writer = try TableWriter(path, schema: schema)
    let columns = schema.columns.map { writer.column($0.name) }
    for (source, result) in zip(sources, results) {
      columns[0].append(result.source)
      columns[1].append(result.file)
      columns[2].append(Int64(result.bytes))
      columns[3].append(result.sha256)
      columns[4].append(Int64(result.records))
      columns[5].append(Int64(result.accepted))
      columns[6].append(Int64(result.quarantined.count))
      if let sum = StatedFigures.sum(result, of: source) {
        columns[7].append(sum.accepted + sum.quarantined)
      } else {
        columns[7].appendNull()
      }
      try writer.endRow()
    }
    return try writer.finish()
  }
}
