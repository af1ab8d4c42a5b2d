import Basics
import Definition
import Standards

/// Holds what the sender says of an extract, in its trailer or control file, against what the extract holds.
struct StatedFigures {
  private let source: SourceDefinition
  private let file: ArrivedFile

  init(_ source: SourceDefinition, _ file: ArrivedFile) {
    self.source = source
    self.file = file
  }

  /// The sum that is stated: of `sum_of`, else nothing.
  static func sum(_ part: SourceResult, of source: SourceDefinition) -> FieldSum? {
    guard let name = source.arrival.sumOf else { return nil }
    let field = source.fields.first { $0.to == name || $0.from == name }?.from ?? name
    return part.sums.first { $0.field == field }
  }

  /// What the sender says, where it says so and it can be read.
  static func statement(_ part: SourceResult, of source: SourceDefinition, _ file: ArrivedFile) -> DeliveryStatement? {
    if let stated = file.statement { return stated }
    guard let mark = source.arrival.trailer?.mark,
      let fields = part.marked.last(where: { $0.fields[0] == mark })?.fields
    else { return nil }
    return fields.count == 3 ? DeliveryStatement(rows: fields[1], sum: fields[2]) : nil
  }

  func check(_ part: SourceResult) throws(Problem) {
    let sum = Self.sum(part, of: source)
    // Money is counted exactly or not at all.
    if let sum, sum.readable == nil { throw amountOverflow }
    if file.absolutePath == nil { return }
    if let mark = source.arrival.trailer?.mark {
      guard let trailer = part.marked.last(where: { $0.fields[0] == mark }), trailer.recordsBefore == part.records
      else {
        throw Problem(
          "missing_trailer", "the extract does not end with its trailer, so it may have been cut off",
          at: Place(file.path, line: part.marked.last(where: { $0.fields[0] == mark })?.line),
          expected: "a last line \(mark)|rows|sum", advice: Self.deliverAgain)
      }
      guard trailer.fields.count == 3,
        let statement = DeliveryStatement(rows: trailer.fields[1], sum: trailer.fields[2])
      else {
        throw Problem(
          "bad_trailer", "the trailer cannot be read", at: Place(file.path, line: trailer.line),
          expected: "\(mark)|rows|sum", advice: Self.deliverAgain)
      }
      try check(statement, by: "the trailer", part, sum)
    }
    if let statement = file.statement { try check(statement, by: "the control file", part, sum) }
  }

  private func check(
    _ statement: DeliveryStatement, by whom: String, _ part: SourceResult, _ sum: FieldSum?
  ) throws(Problem) {
    guard statement.records == part.records else {
      throw Problem(
        "count_mismatch", "\(whom) states another number of records than the extract holds", at: Place(file.path),
        found: "\(part.records)", expected: "\(statement.records)", advice: Self.deliverAgain)
    }
    let sum = sum ?? FieldSum("")
    guard let readable = sum.readable, !statement.sum.subtractingReportingOverflow(readable).overflow else {
      throw amountOverflow
    }
    if readable == statement.sum || sum.unreadable > 0 { return }
    throw Problem(
      "sum_mismatch", "\(whom) states another sum than the extract holds", at: Place(file.path),
      found: Money(minorUnits: readable).description, expected: Money(minorUnits: statement.sum).description,
      advice: Self.deliverAgain)
  }

  private static let deliverAgain = "Ask the source system to deliver the file again"

  private var amountOverflow: Problem {
    Problem(
      "amount_overflow", "the amounts of \(source.id) add up to more than can be counted exactly", at: Place(file.path),
      expected: "sums between -\(Money(minorUnits: .max)) and \(Money(minorUnits: .max))",
      advice: "Ask the source system to check its amounts")
  }
}
