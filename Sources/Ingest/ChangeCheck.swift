import Basics
import Definition
import Standards

/// Holds a delivery against the last accepted one: a change that is too great is more often a mistake than the truth.
struct ChangeCheck {
  let source: SourceDefinition
  /// As messages give it.
  let path: String
  let before: DeliveryProfile
  /// The business date of the last accepted delivery.
  let date: CalendarDate
  /// Of the pipeline's currency.
  let decimals: Int

  /// What goes beyond the limits; severity says whether it is refused.
  func problems(_ now: DeliveryProfile) -> [Problem] {
    let limits = source.change
    guard max(before.rows, now.rows) >= limits.atLeastRows else { return [] }
    var problems: [Problem] = []
    if let span = limits.rows, let words = Self.exceeded(span, before: Int64(before.rows), now: Int64(now.rows)) {
      problems += report(
        "rows_changed", "the extract of \(source.id) holds \(words)", found: "\(now.rows) records",
        expected: Self.range(span, of: "\(before.rows)"), limits.reaction)
    }
    for (index, field) in now.fields.enumerated() {
      // A field of the extract may fill several columns, and then has several profiles.
      let number = now.fields[..<index].count { $0.name == field.name }
      guard let earlier = before.fields.filter({ $0.name == field.name }).dropFirst(number).first else { continue }
      problems += sumProblems(field, earlier) + emptyProblems(field, earlier, rows: now.rows)
      problems += codeProblems(field, earlier)
    }
    return problems
  }

  private func sumProblems(_ field: DeliveryProfile.Field, _ earlier: DeliveryProfile.Field) -> [Problem] {
    guard let span = source.change.sum, isSummed(field.name), let sum = field.sum, let old = earlier.sum,
      Self.exceeded(span, before: old, now: sum) != nil
    else { return [] }
    return report(
      "sum_changed", "the sum of \(field.name) is far from that of the last accepted delivery",
      found: Money(minorUnits: sum).text(decimals: decimals),
      expected: Self.range(span, of: Money(minorUnits: old).text(decimals: decimals)),
      source.change.reaction)
  }

  private func isSummed(_ field: String) -> Bool {
    guard let name = source.arrival.sumOf else { return true }
    return source.fields.contains { $0.from == field && ($0.from == name || $0.to == name) }
  }

  private func emptyProblems(
    _ field: DeliveryProfile.Field, _ earlier: DeliveryProfile.Field, rows: Int
  ) -> [Problem] {
    guard let points = source.change.emptyPoints, rows > 0, before.rows > 0 else { return [] }
    let rise = Int128(field.empty) * Int128(before.rows) - Int128(earlier.empty) * Int128(rows)
    guard rise * 100 > Int128(points) * Int128(rows) * Int128(before.rows) else { return [] }
    func share(_ empty: Int, of rows: Int) -> String { "\(empty * 100 / rows) %" }
    return report(
      "empty_share_changed", "\(field.name) is empty far more often than in the last accepted delivery",
      found: "\(share(field.empty, of: rows)) of \(rows) records",
      expected: "at most \(points) points more than \(share(earlier.empty, of: before.rows))", source.change.reaction)
  }

  private func codeProblems(_ field: DeliveryProfile.Field, _ earlier: DeliveryProfile.Field) -> [Problem] {
    guard let codes = field.codes, let old = earlier.codes, codes != old else { return [] }
    let appeared = codes.filter { !old.contains($0) }.map { "+\($0)" }
    let vanished = old.filter { !codes.contains($0) }.map { "-\($0)" }
    return report(
      "codes_changed", "\(field.name) has other codes than in the last accepted delivery",
      found: Self.some(appeared + vanished), expected: Self.some(old), source.change.codes)
  }

  private func report(
    _ code: String, _ message: String, found: String, expected: String, _ reaction: Reaction
  ) -> [Problem] {
    guard reaction != .accept else { return [] }
    let advice =
      reaction == .refuse
      ? "Ask the source system; if it is true, run again with --accept \(source.id) --reason \"…\""
      : "Ask the source system whether that is true"
    return [
      Problem(
        code, message, severity: reaction == .refuse ? .error : .warning, at: Place(path), found: found,
        expected: "\(expected), as on \(date)", advice: advice)
    ]
  }

  // MARK: Limits

  /// Says which way a figure went too far; nil where it did not.
  static func exceeded(_ span: ChangeLimits.Span, before: Int64, now: Int64) -> String? {
    let change = (Int128(now) - Int128(before)) * 100
    let size = Int128(before.magnitude)
    if let percent = span.fallPercent, -change > size * Int128(percent) {
      return "far fewer records than the last accepted delivery"
    }
    if let percent = span.growPercent, change > size * Int128(percent) {
      return "far more records than the last accepted delivery"
    }
    return nil
  }

  /// `1000 -10 % +20 %`
  private static func range(_ span: ChangeLimits.Span, of before: String) -> String {
    var text = before
    if let percent = span.fallPercent { text += " -\(percent) %" }
    if let percent = span.growPercent { text += " +\(percent) %" }
    return text
  }

  private static func some(_ codes: [String]) -> String {
    let shown = codes.prefix(10).joined(separator: ", ")
    return codes.count > 10 ? "\(shown), … (\(codes.count))" : shown
  }
}
