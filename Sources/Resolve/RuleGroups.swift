import Definition
import Linkage

/// Brings together the records that agree in several fields.
enum RuleGroups {
  /// The records that have all of `fields`, sorted by their values; within one group in row order.
  ///
  /// Two values fit into one key; each further field first numbers the groups so far.
  static func rows(_ keys: PartyKeys, equal fields: [IdentityField]) -> KeyedRows {
    guard let first = fields.first else { return KeyedRows() }
    var values = keys.values(of: first)
    var result = KeyedRows(capacity: values.count)
    if fields.count == 1 {
      for row in values.indices where values[row] >= 0 { result.append(UInt64(values[row]), row: Int32(row)) }
      result.sort()
    }
    for (index, field) in fields.enumerated().dropFirst() {
      let others = keys.values(of: field)
      result = KeyedRows(capacity: values.count)
      for row in values.indices where values[row] >= 0 && others[row] >= 0 {
        result.append(UInt64(values[row]) << 32 | UInt64(others[row]), row: Int32(row))
      }
      result.sort()
      if index < fields.count - 1 { values = numbers(of: result, rows: values.count) }
    }
    return result
  }

  /// By row: the number of its group, -1 for rows in none.
  private static func numbers(of sorted: KeyedRows, rows: Int) -> [Int32] {
    var numbers = [Int32](repeating: -1, count: rows)
    var number: Int32 = 0
    var start = 0
    while let range = sorted.group(from: start) {
      start = range.upperBound
      for row in sorted.rows[range] { numbers[Int(row)] = number }
      number += 1
    }
    return numbers
  }
}
