import Basics
import Definition
import StageKit
import Standards

/// Holds what the sender says of an extract against the extract.
struct StatementCheck {
  let source: SourceDefinition
  let businessDate: CalendarDate
  /// As messages give it.
  let path: String
  /// Of the pipeline's currency, in which sums are stated.
  let decimals: Int

  private static let deliverAgain = "Ask the source system to deliver the file again"

  /// As messages call it.
  private var controlFile: String {
    let date = businessDate
    let path = source.arrival.control?.file.path(compact: date.compact, dashed: date.description)
    return "the control file" + (path.map { " \(Files.name($0))" } ?? "")
  }

  // MARK: Before the extract is read

  /// Size, checksum and date, as the control file states them.
  /// - Throws: `unreadable_file`.
  func problems(
    _ statement: DeliveryStatement, _ file: NightDelivery.File, at absolute: String
  ) throws(Problem) -> [Problem] {
    let whom = controlFile
    var problems = dateProblems(statement, by: whom, line: nil)
    if let bytes = statement.bytes, bytes != file.bytes {
      problems.append(
        Problem(
          "size_mismatch", "\(whom) states another size than the file has", at: Place(path),
          found: "\(file.bytes) bytes", expected: "\(bytes) bytes", advice: Self.deliverAgain))
    }
    var checksums: [(name: String, stated: String, found: String)] = []
    if let stated = statement.sha256 { checksums.append(("sha256", stated, file.sha256)) }
    if let stated = statement.md5 { checksums.append(("md5", stated, try MD5.ofFile(absolute))) }
    for checksum in checksums where checksum.stated != checksum.found {
      problems.append(
        Problem(
          "checksum_mismatch", "\(whom) states another \(checksum.name) than the file has", at: Place(path),
          found: checksum.found, expected: checksum.stated, advice: Self.deliverAgain))
    }
    return problems
  }

  private func dateProblems(_ statement: DeliveryStatement, by whom: String, line: Int?) -> [Problem] {
    guard let date = statement.date, date != businessDate else { return [] }
    return [
      Problem(
        "wrong_business_date", "\(whom) states another business date than the night's", at: Place(path, line: line),
        found: date.description, expected: businessDate.description,
        advice: "Ask the source system for the delivery of \(businessDate)")
    ]
  }

  // MARK: After it is read

  /// What is wrong with header and trailer, counts and sums.
  /// - Parameter control: what the control file says, where there is one.
  func problems(_ result: SourceResult, control: DeliveryStatement?) -> [Problem] {
    var problems = overflowProblems(result, control)
    let (marked, markedProblems) = statements(of: result)
    problems += markedProblems
    for (statement, whom, line) in marked {
      if let name = statement.file, name != Files.name(path) {
        problems.append(
          Problem(
            "wrong_file", "\(whom) states the name of another file", at: Place(path, line: line), found: name,
            expected: Files.name(path), advice: Self.deliverAgain))
      }
      problems += dateProblems(statement, by: whom, line: line)
      problems += figureProblems(statement, by: whom, line: line, result)
    }
    if let control { problems += figureProblems(control, by: controlFile, line: nil, result) }
    return problems
  }

  /// The number of records that the sender states, and its sums, from whoever says them first.
  func stated(_ result: SourceResult, control: DeliveryStatement?) -> (rows: Int?, sums: [DeliveryStatement.Sum]) {
    let all = [control].compactMap { $0 } + statements(of: result).statements.map(\.statement)
    var sums: [DeliveryStatement.Sum] = []
    for sum in all.flatMap(\.sums) where !sums.contains(where: { fieldName($0) == fieldName(sum) }) { sums.append(sum) }
    return (all.compactMap(\.rows).first, sums)
  }

  private typealias Marked = (statement: DeliveryStatement, whom: String, line: Int)

  private func statements(of result: SourceResult) -> (statements: [Marked], problems: [Problem]) {
    var statements: [Marked] = []
    var problems: [Problem] = []
    if let header = source.arrival.header {
      read(header, "header", result.marked.filter { $0.fields.first == header.mark }, result, &statements, &problems)
    }
    if let trailer = source.arrival.trailer {
      read(trailer, "trailer", result.marked.filter { $0.fields.first == trailer.mark }, result, &statements, &problems)
    }
    return (statements, problems)
  }

  /// - Parameter word: `header`, which stands before all records, or `trailer`, which stands behind them.
  private func read(
    _ rule: MarkedStatement, _ word: String, _ found: [MarkedRecord], _ result: SourceResult,
    _ statements: inout [Marked], _ problems: inout [Problem]
  ) {
    let position = word == "header" ? 0 : result.records
    let layout = StatementColumn.layout(rule.columns, separator: source.format.separator, mark: rule.mark)
    func report(_ code: String, _ message: String, line: Int?, _ expected: String) {
      problems.append(
        Problem(code, message, at: Place(path, line: line), expected: expected, advice: Self.deliverAgain))
    }
    if found.count > 1 {
      return report(
        "misplaced_\(word)", "the extract has \(found.count) \(word)s, so it may hold two deliveries",
        line: found[word == "header" ? 1 : 0].line, "one \(word)")
    }
    guard let record = found.first, record.recordsBefore == position else {
      return word == "header"
        ? report(
          "missing_header", "the extract does not begin with its header", line: found.first?.line,
          "a first line \(layout)")
        : report(
          "missing_trailer", "the extract does not end with its trailer, so it may have been cut off",
          line: found.first?.line, "a last line \(layout)")
    }
    guard let statement = DeliveryStatement(record.fields, columns: rule.columns, decimals: decimals) else {
      return report("bad_\(word)", "the \(word) cannot be read", line: record.line, layout)
    }
    statements.append((statement, "the \(word)", record.line))
  }

  private func figureProblems(
    _ statement: DeliveryStatement, by whom: String, line: Int?, _ result: SourceResult
  ) -> [Problem] {
    var problems: [Problem] = []
    if let rows = statement.rows, rows != result.records {
      problems.append(
        Problem(
          "count_mismatch", "\(whom) states another number of records than the extract holds",
          at: Place(path, line: line), found: "\(result.records)", expected: "\(rows)", advice: Self.deliverAgain))
    }
    for stated in statement.sums {
      let sum = self.sum(stated, result)
      guard sum.isCountable, sum.readable != stated.amount, sum.unreadable == 0 else { continue }
      let what = stated.field.map { " of \($0)" } ?? ""
      problems.append(
        Problem(
          "sum_mismatch", "\(whom) states another sum\(what) than the extract holds",
          at: Place(path, line: line),
          found: sum.text, expected: text(stated.amount),
          advice: Self.deliverAgain))
    }
    return problems
  }

  /// Money is counted exactly or not at all.
  private func overflowProblems(_ result: SourceResult, _ control: DeliveryStatement?) -> [Problem] {
    let stated = stated(result, control: control).sums
    var overflows = stated.contains { stated in
      let sum = sum(stated, result)
      return !sum.isCountable || sum.rest(of: stated.amount) == nil
    }
    if source.arrival.sumOf != nil, !sum(.init(field: nil, amount: 0), result).isCountable { overflows = true }
    guard overflows else { return [] }
    return [
      Problem(
        "amount_overflow", "the amounts of \(source.id) add up to more than can be counted exactly", at: Place(path),
        expected: "sums between -\(text(.max)) and \(text(.max))",
        advice: "Ask the source system to check its amounts")
    ]
  }

  private func text(_ amount: Int64) -> String { Money(minorUnits: amount).text(decimals: decimals) }

  /// The field that a stated sum is of, by its name in the extract; empty where the source adds none up.
  func fieldName(_ sum: DeliveryStatement.Sum) -> String {
    guard let name = sum.field ?? source.arrival.sumOf else { return "" }
    return source.fields.first { $0.from == name || $0.to == name }?.from ?? name
  }

  /// What the extract holds of it; nothing where the source adds nothing up.
  func sum(_ stated: DeliveryStatement.Sum, _ result: SourceResult) -> FieldSum {
    let name = fieldName(stated)
    return result.sums.first { $0.field == name } ?? FieldSum(name, decimals: decimals)
  }
}

extension ExtractFormat {
  /// What stands between fields; a comma where the format has none.
  var separator: String {
    if case .delimited(let layout) = self { return layout.separator }
    return ","
  }
}
