import Columns
import Definition

/// How many decimals the amounts of a row have: those of its currency.
final class AmountDecimals {
  /// Sums over several currencies count hundredths.
  static let ofSums = 2

  private let column: Int?
  private let builder: ColumnBuilder?
  private let own: Int
  private let conventions: Conventions
  /// By the three letters of a code, as they came.
  private var known: [UInt32: Int] = [:]

  /// - Parameter currency: of amounts whose row names none.
  init(schema: TableSchema, builders: [ColumnBuilder], conventions: Conventions, currency: String) {
    column = schema.index(of: "currency")
    builder = column.map { builders[$0] }
    self.conventions = conventions
    own = conventions.decimals(of: currency)
  }

  func decimals(_ row: StagedRow) -> Int {
    guard let column, let builder, !row.isNull(column) else { return own }
    if let code = row.code(column) { return conventions.decimals(of: builder.dictionary.string(code)) }
    return row.withBytes(column, decimals(of:)) ?? own
  }

  private func decimals(of code: UnsafeRawBufferPointer) -> Int {
    guard code.count == 3 else { return conventions.decimals(of: String(decoding: code, as: UTF8.self)) }
    let key = UInt32(code[0]) << 16 | UInt32(code[1]) << 8 | UInt32(code[2])
    if let found = known[key] { return found }
    let found = conventions.decimals(of: String(decoding: code, as: UTF8.self))
    known[key] = found
    return found
  }

  /// The amount in the hundredths that sums count; nil where it has smaller parts or is too great.
  func forSum(_ amount: Int64, decimals: Int) -> Int64? {
    var (amount, decimals) = (amount, decimals)
    while decimals < Self.ofSums {
      let (tenfold, overflow) = amount.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      (amount, decimals) = (tenfold, decimals + 1)
    }
    while decimals > Self.ofSums {
      if amount % 10 != 0 { return nil }
      (amount, decimals) = (amount / 10, decimals - 1)
    }
    return amount
  }
}
