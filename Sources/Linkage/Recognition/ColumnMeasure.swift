/// What was counted over the values of one column.
struct ColumnMeasure {
  var name: String
  var stats = ColumnStats()
  /// By trait: share of the distinct values looked at; of traits told by known words, share of their records: spelling
  /// mistakes are many values and few records.
  private var shares: [Double]
  /// Share of the values that have the most frequent length.
  private(set) var lengthShare = 0.0
  /// The 5th and 95th of a hundred years, of values that are dates.
  private(set) var years: (low: Int, high: Int) = (0, 0)
  /// The most frequent length, in characters.
  private(set) var usualLength = 0

  func share(_ trait: ValueShape.Trait) -> Double { shares[trait.rawValue] }

  /// O(distinct values + `limit` values' bytes).
  init(_ column: InternedColumn, limit: Int) {
    name = column.name
    shares = [Double](repeating: 0, count: ValueShape.Trait.allCases.count)
    stats.recordCount = column.recordCount
    stats.valueCount = column.valueCount
    measureCounts(column)
    measureValues(column, limit: limit)
  }

  // MARK: Frequencies

  private mutating func measureCounts(_ column: InternedColumn) {
    // Nearly all counts are small: the logarithms of those are looked up.
    var small = [Int](repeating: 0, count: 256)
    var total = 0
    var squares = 0.0
    var logs = 0.0
    var top = 0
    column.counts.withUnsafeBufferPointer { counts in
      for value in counts {
        let count = Int(value)
        total += count
        if count < 256 {
          small[count] += 1
        } else {
          squares += Double(count) * Double(count - 1)
          logs += Double(count) * binaryLogarithm(Double(count))
        }
        top = max(top, count)
      }
    }
    for count in 1..<256 where small[count] > 0 {
      squares += Double(small[count] * count * (count - 1))
      logs += Double(small[count] * count) * binaryLogarithm(Double(count))
    }
    stats.missingCount = column.recordCount - total
    stats.topCount = top
    if total > 0 { stats.entropy = max(0, binaryLogarithm(Double(total)) - logs / Double(total)) }
    if total > 1 { stats.collision = squares / Double(total) / Double(total - 1) }
  }

  // MARK: Shapes

  private struct Tally {
    var traits = [Int](repeating: 0, count: 64)
    var weights = [Int](repeating: 0, count: 64)
    var lengths = [Int](repeating: 0, count: 64)
    var orders = [Int](repeating: 0, count: 8)
    var years = [Int](repeating: 0, count: 2200)
    var count = 0
    var records = 0
    var characters = 0
    var tokens = 0
    var digits = 0
    var longest = 0
    var dated = 0
    var numbers = 0
    var minimum = Double.infinity
    var maximum = -Double.infinity

    mutating func add(_ shape: ValueShape, records: Int) {
      count += 1
      self.records += records
      var bits = shape.traits
      while bits != 0 {
        traits[bits.trailingZeroBitCount] += 1
        weights[bits.trailingZeroBitCount] += records
        bits &= bits - 1
      }
      lengths[min(shape.length, 63)] += 1
      characters += shape.length
      tokens += shape.tokens
      digits += shape.digits
      longest = max(longest, shape.length)
      var orders = shape.dates.orders
      if orders != 0 {
        dated += 1
        years[shape.dates.year] += 1
      }
      while orders != 0 {
        self.orders[orders.trailingZeroBitCount] += 1
        orders &= orders - 1
      }
      if !shape.number.isNaN {
        numbers += 1
        minimum = min(minimum, shape.number)
        maximum = max(maximum, shape.number)
      }
    }
  }

  private mutating func measureValues(_ column: InternedColumn, limit: Int) {
    let words = CommonWords.table
    var tally = Tally()
    let count = column.valueCount
    let sample = min(count, limit)
    for place in 0..<sample {
      let value = Int32(sample == count ? place : place * count / sample)
      column.texts.withBytes(value) { bytes in
        let bytes = Self.trimmed(bytes)
        if !bytes.isEmpty { tally.add(ValueShape(bytes, words: words), records: Int(column.counts[Int(value)])) }
      }
    }
    stats.sampledCount = tally.count
    if tally.count > 0 { summarise(tally) }
  }

  private mutating func summarise(_ tally: Tally) {
    let count = Double(tally.count)
    for trait in ValueShape.Trait.allCases {
      let place = trait.rawValue
      shares[place] =
        trait.isOfWords
        ? Double(tally.weights[place]) / Double(max(1, tally.records)) : Double(tally.traits[place]) / count
    }
    stats.meanLength = Double(tally.characters) / count
    stats.maxLength = tally.longest
    stats.meanTokens = Double(tally.tokens) / count
    stats.digitShare = tally.characters == 0 ? 0 : Double(tally.digits) / Double(tally.characters)
    stats.hanShare = share(.han)
    stats.dateShare = Double(tally.dated) / count
    usualLength = tally.lengths.indices.max { tally.lengths[$0] < tally.lengths[$1] } ?? 0
    lengthShare = Double(tally.lengths[usualLength]) / count
    if tally.numbers * 10 >= tally.count * 8 { (stats.minimum, stats.maximum) = (tally.minimum, tally.maximum) }
    if tally.dated * 10 < tally.count * 7 { return }
    let best = tally.orders.indices.max { tally.orders[$0] < tally.orders[$1] } ?? 0
    stats.dateOrder = DateOrder.allCases.first { ValueDates.bit($0) == 1 << UInt8(best) }
    let isDayFirst = stats.dateOrder == .dayMonthYear || stats.dateOrder == .compactDayMonthYear
    stats.isDateOrderDoubtful = isDayFirst && tally.orders[best] == tally.orders[best + 1]
    years = (percentile(5, tally), percentile(95, tally))
  }

  private func percentile(_ hundredth: Int, _ tally: Tally) -> Int {
    var seen = 0
    for (year, count) in tally.years.enumerated() {
      seen += count
      if seen * 100 > tally.dated * hundredth { return year }
    }
    return 0
  }

  static func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    var end = bytes.count
    while start < end, bytes[start] <= 32 { start += 1 }
    while end > start, bytes[end - 1] <= 32 { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
  }
}

/// Base 2, exact at powers of two, otherwise to 12 digits; without Foundation, and so the same on all systems.
func binaryLogarithm(_ value: Double) -> Double {
  precondition(value > 0)
  let exponent = Double(value.exponent)
  // ln m = 2 artanh((m - 1) / (m + 1)), m in 1..<2.
  let ratio = (value.significand - 1) / (value.significand + 1)
  let square = ratio * ratio
  var term = ratio
  var sum = 0.0
  var odd = 1.0
  while odd < 29 {
    sum += term / odd
    term *= square
    odd += 2
  }
  return exponent + 2 * sum * 1.4426950408889634
}
