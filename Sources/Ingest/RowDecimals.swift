import Columns
import Definition

/// How many decimals the amounts of rows have: those of the row's currency.
struct RowDecimals: Sendable {
  /// Sums over several currencies count hundredths.
  static let ofSums = 2

  /// The column of the currency; nil where the table has none.
  let column: Int?
  /// Of amounts whose row names no currency.
  let own: UInt8
  private let conventions: Conventions

  init(schema: TableSchema, conventions: Conventions, own: Int) {
    column = schema.index(of: "currency")
    self.own = UInt8(own)
    self.conventions = conventions
  }

  /// Tells the batch how many decimals its rows have, once their currencies are filled in.
  func read(_ buffer: ColumnBuffer, from start: Int, _ batch: ConversionBatch) {
    let table = table(of: buffer)
    let codes = buffer.values.assumingMemoryBound(to: Int32.self) + start
    let presence = buffer.presence + start
    for row in 0..<batch.count where presence[row] == Presence.present {
      batch.decimals[row] = table[Int(codes[row])]
    }
  }

  /// Gives each row's amount in hundredths, nil where it has smaller parts or is too great.
  func hundredths(_ columns: [ColumnBuffer]) -> (_ amount: Int64, _ row: Int) -> Int64? {
    guard let column, !isHundredths(columns[column]) else {
      let own = Int(own)
      return { amount, _ in Self.scaled(amount, from: own) }
    }
    let buffer = columns[column]
    let table = table(of: buffer)
    return { amount, row in
      let isKnown = buffer.presence[row] == Presence.present
      let code = Int(buffer.values.load(fromByteOffset: row &* 4, as: Int32.self))
      return Self.scaled(amount, from: Int(isKnown ? table[code] : own))
    }
  }

  /// Whether all amounts are in hundredths as they stand.
  func areHundredths(_ columns: [ColumnBuffer]) -> Bool {
    Int(own) == Self.ofSums && (column.map { isHundredths(columns[$0]) } ?? true)
  }

  private func isHundredths(_ buffer: ColumnBuffer) -> Bool {
    Int(own) == Self.ofSums && table(of: buffer).allSatisfy { Int($0) == Self.ofSums }
  }

  /// By code of the column.
  private func table(of buffer: ColumnBuffer) -> [UInt8] {
    (0..<Int32(buffer.dictionary.count)).map { UInt8(conventions.decimals(of: buffer.dictionary.string($0))) }
  }

  private static func scaled(_ amount: Int64, from decimals: Int) -> Int64? {
    var (amount, decimals) = (amount, decimals)
    while decimals < ofSums {
      let (tenfold, overflow) = amount.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      (amount, decimals) = (tenfold, decimals + 1)
    }
    while decimals > ofSums {
      if amount % 10 != 0 { return nil }
      (amount, decimals) = (amount / 10, decimals - 1)
    }
    return amount
  }
}
