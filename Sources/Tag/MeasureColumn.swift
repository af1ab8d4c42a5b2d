import Basics
import Columns
import Definition

/// One measure while its facts are read, and its values by customer afterwards.
///
/// Dense arrays indexed by customer: 4 bytes a customer for counts, 8 for sums and extremes, 12 for first and last.
final class MeasureColumn {
  let definition: MeasureDefinition
  /// Of the code column that `first` and `last` take their value from.
  private(set) var dictionary: [String] = []
  /// Rows left out because their currency has no rate.
  private(set) var rowsWithoutRate = 0
  private(set) var hasOverflowed = false

  private let aggregate: MeasureDefinition.Aggregate
  /// Sums, extremes, the dates of `first` and `last`, or for `distinct` a bit a code where 64 bits suffice.
  private let numbers: UnsafeMutableBufferPointer<Int64>
  /// Counts, or the codes of `first` and `last`.
  private let codes: UnsafeMutableBufferPointer<Int32>
  private var source: Column?
  private var date: Column?
  private var conversion: CurrencyConversion?
  /// For `distinct` over more than 64 values: customer in the upper half, value in the lower.
  private var pairs: [UInt64] = []
  private var values: ByteInterner?
  private var countsPairs = false

  init(_ definition: MeasureDefinition, customers: Int) {
    self.definition = definition
    aggregate = definition.aggregate
    var needsNumbers = true
    var needsCodes = true
    switch definition.aggregate {
    case .count: needsNumbers = false
    case .sum, .minimum, .maximum: needsCodes = false
    case .first, .last, .distinct: break
    }
    numbers = .allocate(capacity: needsNumbers ? customers : 0)
    codes = .allocate(capacity: needsCodes ? customers : 0)
    let start: Int64 =
      switch definition.aggregate {
      case .minimum, .first: .max
      case .maximum, .last: .min
      case .count, .sum, .distinct: 0
      }
    numbers.initialize(repeating: start)
    codes.initialize(repeating: aggregate == .first || aggregate == .last ? -1 : 0)
  }

  deinit {
    numbers.deallocate()
    codes.deallocate()
  }

  /// Points the measure at the table that it reads.
  /// - Throws: `unknown_column`, `damaged_table`.
  func attach(to rows: Table, conversion: CurrencyConversion?) throws(Problem) {
    if let name = definition.of { source = try rows.column(name) }
    if let name = definition.dateColumn { date = try rows.column(name) }
    if source?.spec.type == .money { self.conversion = conversion }
    if aggregate == .first || aggregate == .last { dictionary = source?.dictionary ?? [] }
    if aggregate == .distinct, let source {
      countsPairs = source.spec.type != .code || source.dictionary.count > 64
      if countsPairs && source.spec.type != .code { values = ByteInterner() }
    }
  }

  /// Adds a row that meets the measure's conditions. A null in the column aggregated does not count.
  @inline(__always)
  func add(row: Int, customer: Int) {
    if aggregate == .count {
      codes[customer] &+= 1
      return
    }
    guard let source, !source.isNull(row) else { return }
    switch aggregate {
    case .count: break
    case .sum: addToSum(source, row, customer)
    case .minimum:
      let value = amount(source, row)
      if let value, value < numbers[customer] { numbers[customer] = value }
    case .maximum:
      let value = amount(source, row)
      if let value, value > numbers[customer] { numbers[customer] = value }
    case .first:
      guard let date, !date.isNull(row) else { return }
      let day = date.integer(row)
      if day < numbers[customer] || codes[customer] < 0 { take(day, source.code(row), customer) }
    case .last:
      guard let date, !date.isNull(row) else { return }
      let day = date.integer(row)
      // Of rows with one date, the later row is the last.
      if day >= numbers[customer] { take(day, source.code(row), customer) }
    case .distinct: addDistinct(source, row, customer)
    }
  }

  private func take(_ date: Int64, _ code: Int32, _ customer: Int) {
    numbers[customer] = date
    codes[customer] = code
  }

  private func addToSum(_ source: Column, _ row: Int, _ customer: Int) {
    guard let value = amount(source, row) else { return }
    let (sum, overflow) = numbers[customer].addingReportingOverflow(value)
    numbers[customer] = sum
    if overflow { hasOverflowed = true }
  }

  /// The value to aggregate, in the pipeline's currency where it is money; nil where there is no rate for it.
  @inline(__always)
  private func amount(_ source: Column, _ row: Int) -> Int64? {
    let value = source.integer(row)
    guard let conversion else { return value }
    do {
      return try conversion.converted(value, row: row)
    } catch {
      if error == .unknownCurrency { rowsWithoutRate += 1 } else { hasOverflowed = true }
      return nil
    }
  }

  private func addDistinct(_ source: Column, _ row: Int, _ customer: Int) {
    if !countsPairs {
      numbers[customer] |= 1 << Int64(source.code(row))
      return
    }
    let value: Int32
    switch source.spec.type {
    case .code: value = source.code(row)
    case .utf8: value = values?.intern(source.bytes(row)) ?? 0
    default: value = withUnsafeBytes(of: source.integer(row)) { values?.intern($0) ?? 0 }
    }
    pairs.append(UInt64(customer) << 32 | UInt64(UInt32(bitPattern: value)))
  }

  /// Counts what `distinct` has gathered; after the last row.
  func finish() {
    guard aggregate == .distinct else { return }
    if !countsPairs {
      for customer in numbers.indices { codes[customer] = Int32(numbers[customer].nonzeroBitCount) }
      return
    }
    pairs.sort()
    for index in pairs.indices where index == 0 || pairs[index] != pairs[index - 1] {
      codes[Int(pairs[index] >> 32)] += 1
    }
    pairs = []
    values = nil
  }

  /// The number that the measure has for a customer; nil where no row counts. Not for `first` and `last`.
  func number(_ customer: Int) -> Int64? {
    switch aggregate {
    case .count, .distinct: Int64(codes[customer])
    case .sum: numbers[customer]
    case .minimum: numbers[customer] == .max ? nil : numbers[customer]
    case .maximum: numbers[customer] == .min ? nil : numbers[customer]
    case .first, .last: nil
    }
  }

  /// The index into `dictionary` of the value of `first` and `last`; -1 where no row counts.
  func code(_ customer: Int) -> Int32 { codes[customer] }
}
