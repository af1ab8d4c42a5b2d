import Basics

/// Which columns of all attributes each party record fills, as bits in the attributes' order: read once, column by column,
/// instead of here and there for each customer.
struct FilledColumns {
  private let bits: [UInt64]

  static let maxColumns = 64

  /// - Throws: `too_many_attributes`.
  init(_ attributes: [Attribute], rows: Int) throws(Problem) {
    let count = attributes.reduce(0) { $0 + $1.columns.count }
    guard count <= Self.maxColumns else {
      throw Problem(
        "too_many_attributes", "the merge definition names \(count) columns",
        expected: "at most \(Self.maxColumns)")
    }
    var bits = [UInt64](repeating: 0, count: rows)
    for attribute in attributes {
      for (index, column) in attribute.columns.enumerated() {
        let bit: UInt64 = 1 << (attribute.firstBit + UInt64(index))
        for row in 0..<rows where !column.isNull(row) { bits[row] |= bit }
      }
    }
    self.bits = bits
  }

  @inline(__always)
  subscript(row: Int32) -> UInt64 { bits[Int(row)] }
}
