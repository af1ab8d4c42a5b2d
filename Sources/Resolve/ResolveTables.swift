import Basics
import Columns
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

  func writePairs(_ joins: [Join], rules: [JoinRule]) throws(Problem) -> Int {
    let schema = TableSchema("pairs", Self.pairColumns + [ColumnSpec("rule", .code, isNullable: false)])
    return try TableWriter.write(
      "\(folder)/pairs.arrow", schema: schema,
      columns: [
        .int32(joins.map(\.left)), .int32(joins.map(\.right)),
        .codes(joins.map(\.rule), dictionary: rules.map(\.id)),
      ])
  }

  func writeReview(_ reviews: [Review]) throws(Problem) -> Int {
    let schema = TableSchema("review", Self.pairColumns + [ColumnSpec("reason", .code, isNullable: false)])
    return try TableWriter.write(
      "\(folder)/review.arrow", schema: schema,
      columns: [
        .int32(reviews.map(\.left)), .int32(reviews.map(\.right)),
        .codes(reviews.map { Int32($0.reason.rawValue) }, dictionary: Review.Reason.allCases.map(\.code)),
      ])
  }

  private static let pairColumns: [ColumnSpec] = [.partyRecord("left"), .partyRecord("right")]
}
