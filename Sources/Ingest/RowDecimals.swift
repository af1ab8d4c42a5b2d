import Columns
import Definition

/// How many decimals the amounts of rows have: those of the row's currency.
struct RowDecimals: Sendable {
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

  /// Gives each row's amount in the parts that `FieldSum` adds up.
  func parts(_ columns: [ColumnBuffer]) -> (_ amount: Int64, _ row: Int) -> Int128 {
    let own = FieldSum.parts(ofMinorUnit: Int(own))
    guard let column, !areOwn(columns) else { return { amount, _ in Int128(amount) * own } }
    let buffer = columns[column]
    let table = table(of: buffer).map { FieldSum.parts(ofMinorUnit: Int($0)) }
    return { amount, row in
      let isKnown = buffer.presence[row] == Presence.present
      let code = Int(buffer.values.load(fromByteOffset: row &* 4, as: Int32.self))
      return Int128(amount) * (isKnown ? table[code] : own)
    }
  }

  /// Whether all amounts have as many decimals as those whose row names no currency.
  func areOwn(_ columns: [ColumnBuffer]) -> Bool {
    guard let column else { return true }
    return table(of: columns[column]).allSatisfy { $0 == own }
  }

  /// By code of the column.
  private func table(of buffer: ColumnBuffer) -> [UInt8] {
    (0..<Int32(buffer.dictionary.count)).map { UInt8(conventions.decimals(of: buffer.dictionary.string($0))) }
  }
}
