import Basics
import Columns
import Glibc
import StageKit
import Definition

/// Writes the stage's own tables.
struct ResolveTables {
  let folder: String

  func writeCustomers(_ customers: Customers, lastNumber: Int64) throws(Problem) -> Int {
    let schema = TableSchema(
      "customers",
      [
        ColumnSpec("customer_id", .utf8, isNullable: false), ColumnSpec("records", .int32, isNullable: false),
        .partyRecord("first_record"),
      ],
      metadata: [CustomerIds.lastNumberKey: String(lastNumber)])
    let writer = try TableWriter("\(folder)/customers.arrow", schema: schema)
    let (id, records, first) = (writer.column(at: 0), writer.column(at: 1), writer.column(at: 2))
    var text: [UInt8] = []
    for customer in 0..<customers.count {
      text.removeAll(keepingCapacity: true)
      CustomerIds.append(customers.ids[customer], to: &text)
      text.withUnsafeBytes { id.append(utf8: $0) }
      records.append(Int64(customers.recordCounts[customer]))
      first.append(Int64(customers.firstRows[customer]))
      try writer.endRow()
    }
    return try writer.finish()
  }

  func writeMembership(_ party: Table, _ customers: Customers, lastNumber: Int64) throws(Problem) -> Int {
    let schema = TableSchema(
      "membership",
      [
        ColumnSpec("source", .code, isNullable: false), ColumnSpec("key", .utf8, isNullable: false),
        ColumnSpec("customer_id", .utf8, isNullable: false), ColumnSpec("customer", .int32, isNullable: false),
      ],
      metadata: [CustomerIds.lastNumberKey: String(lastNumber)])
    let writer = try TableWriter("\(folder)/membership.arrow", schema: schema)
    let (partySource, partyKey) = (try party.column("source"), try party.column("key"))
    let (source, key) = (writer.column(at: 0), writer.column(at: 1))
    let (id, customer) = (writer.column(at: 2), writer.column(at: 3))
    let codes = partySource.dictionary.map { source.intern($0) }
    var text: [UInt8] = []
    for row in 0..<party.rowCount {
      source.append(code: codes[Int(partySource.code(row))])
      key.append(utf8: partyKey.bytes(row))
      let number = customers.customerOfRow[row]
      text.removeAll(keepingCapacity: true)
      CustomerIds.append(customers.ids[Int(number)], to: &text)
      text.withUnsafeBytes { id.append(utf8: $0) }
      customer.append(Int64(number))
      try writer.endRow()
    }
    return try writer.finish()
  }

  /// - Parameter causes: what joined, by number: the rules, then the model.
  func writePairs(_ joins: [Join], causes: [String]) throws(Problem) -> Int {
    let schema = TableSchema(
      "pairs", Self.pairColumns + [ColumnSpec("rule", .code, isNullable: false)] + Self.weightColumns)
    return try TableWriter.write(
      "\(folder)/pairs.arrow", schema: schema,
      columns: [
        .int32(joins.map(\.left)), .int32(joins.map(\.right)), .codes(joins.map(\.rule), dictionary: causes),
      ] + Self.weights(joins.map(\.weight)))
  }

  func writeReview(_ reviews: [Review]) throws(Problem) -> Int {
    let schema = TableSchema(
      "review", Self.pairColumns + [ColumnSpec("reason", .code, isNullable: false)] + Self.weightColumns)
    return try TableWriter.write(
      "\(folder)/review.arrow", schema: schema,
      columns: [
        .int32(reviews.map(\.left)), .int32(reviews.map(\.right)),
        .codes(reviews.map { Int32($0.reason.rawValue) }, dictionary: Review.Reason.allCases.map(\.code)),
      ] + Self.weights(reviews.map(\.weight)))
  }

  /// Whole numbers, as everywhere: thousandths of a bit, and millionths of certainty.
  private static let weightColumns = [ColumnSpec("weight_millibits", .int32), ColumnSpec("probability_ppm", .int32)]

  private static func weights(_ weights: [Double?]) -> [ColumnData] {
    let valid = weights.map { $0 != nil }
    func numbers(_ number: (Double) -> Double) -> [Int32] { weights.map { Int32(($0.map(number) ?? 0).rounded()) } }
    return [
      .int32(numbers { $0 * 1_000 }, valid: valid), .int32(numbers { 1_000_000 / (1 + exp2(-$0)) }, valid: valid),
    ]
  }

  private static let pairColumns: [ColumnSpec] = [.partyRecord("left"), .partyRecord("right")]
}
