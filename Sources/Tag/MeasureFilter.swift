import Columns
import Definition

/// Which of up to 64 measures a row can count for, by one code column: a bit a measure, looked up by code.
///
/// All conditions on a column, of however many measures, cost one lookup a row.
struct CodeFilter {
  let column: Column
  /// At code + 1; at 0 for null, which meets no condition.
  let masks: [UInt64]

  /// - Parameters:
  ///   - all: the bits of all measures of the plan.
  ///   - texts: what a code stands for in the conditions: itself, or the catalogue's word for it.
  init(
    column: Column, all: UInt64, conditions: [(bit: UInt64, values: [String])], texts: (String) -> String?
  ) {
    self.column = column
    let conditioned = conditions.reduce(UInt64(0)) { $0 | $1.bit }
    var masks = [UInt64](repeating: all & ~conditioned, count: column.dictionary.count + 1)
    for (code, entry) in column.dictionary.enumerated() {
      guard let text = texts(entry) else { continue }
      // A measure may name one column twice; then both conditions must hold.
      var failed: UInt64 = 0
      for condition in conditions where !condition.values.contains(text) { failed |= condition.bit }
      masks[code + 1] |= conditioned & ~failed
    }
    self.masks = masks
  }
}

/// Which of up to 64 measures a row can count for, by the windows on one date column.
///
/// The mask is constant between the windows' ends, so a row costs one binary search over those.
struct DateFilter {
  let column: Column
  private let isTimestamp: Bool
  /// Days at which the mask changes, rising; `masks[i]` holds from `bounds[i]` on, up to the next.
  private let bounds: [Int64]
  private let masks: [UInt64]
  private let outside: UInt64

  init(column: Column, all: UInt64, windows: [(bit: UInt64, days: ClosedRange<Int64>)]) {
    self.column = column
    isTimestamp = column.spec.type == .timestamp
    let outside = all & ~windows.reduce(UInt64(0)) { $0 | $1.bit }
    let bounds = Set(windows.flatMap { [$0.days.lowerBound, $0.days.upperBound + 1] }).sorted()
    self.outside = outside
    self.bounds = bounds
    masks = bounds.map { day in
      windows.reduce(outside) { $1.days.contains(day) ? $0 | $1.bit : $0 }
    }
  }

  @inline(__always)
  func mask(_ row: Int) -> UInt64 {
    if column.isNull(row) { return outside }
    let value = column.integer(row)
    let day = isTimestamp ? dayOfTimestamp(value) : value
    var lower = 0
    var upper = bounds.count
    while lower < upper {
      let middle = (lower &+ upper) >> 1
      if bounds[middle] <= day { lower = middle &+ 1 } else { upper = middle }
    }
    return lower == 0 ? outside : masks[lower &- 1]
  }
}

/// The day of a local timestamp in seconds since 1970-01-01T00:00:00.
@inline(__always)
func dayOfTimestamp(_ seconds: Int64) -> Int64 {
  seconds >= 0 ? seconds / 86_400 : -((-seconds &+ 86_399) / 86_400)
}
