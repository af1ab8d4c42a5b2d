import Columns
import Definition
import Standards

/// The least and the greatest value that a field may have, in its column's storage.
struct ValueRange: Sendable, CustomStringConvertible {
  private let least: Int64
  private let greatest: Int64
  private let type: FieldType
  private let hasMinimum: Bool
  private let hasMaximum: Bool

  /// Nil where the field has neither bound.
  init?(of field: FieldDefinition, businessDate: CalendarDate) {
    if field.minimum == nil && field.maximum == nil { return nil }
    type = field.type
    hasMinimum = field.minimum != nil
    hasMaximum = field.maximum != nil
    least = Self.value(field.minimum, field.type, businessDate, isMaximum: false) ?? .min
    greatest = Self.value(field.maximum, field.type, businessDate, isMaximum: true) ?? .max
  }

  private static func value(
    _ bound: FieldBound?, _ type: FieldType, _ businessDate: CalendarDate, isMaximum: Bool
  ) -> Int64? {
    switch bound {
    case nil: return nil
    case .value(let value)?: return value
    case .businessDate(let days)?:
      let day = Int64(businessDate.adding(days: days).days)
      if type != .timestamp { return day }
      // A whole day is allowed, to its last second.
      return isMaximum ? (day + 1) * 86_400 - 1 : day * 86_400
    }
  }

  /// Rejects, or leaves out, what lies outside.
  func check(_ target: ConversionTarget) {
    for row in 0..<target.count where target.presence[row] & 1 == 1 {
      let value = target.integer(row)
      if value < least || value > greatest { target.invalidReadable(row, .outOfRange) }
    }
  }

  var description: String {
    if !hasMinimum { return "at most \(text(greatest))" }
    return hasMaximum ? "\(text(least)) to \(text(greatest))" : "at least \(text(least))"
  }

  private func text(_ value: Int64) -> String {
    switch type {
    case .money: Money(minorUnits: value).description
    case .date: CalendarDate(days: Int32(truncatingIfNeeded: value)).description
    case .timestamp: Timestamp(seconds: value).description
    default: String(value)
    }
  }
}
