import Basics
import Columns
import Definition
import Linkage

/// Finds the customer of every fact by the key of its party.
struct FactLinks {
  let records: RecordIndex
  let customers: Customers
  let ingest: String
  let folder: String

  /// Rows of ingest's tables, and the links written for them, each counted by itself.
  struct Count {
    var facts = 0
    var linked = 0
    var orphaned = 0
  }

  /// Writes `links/<kind>.arrow`, aligned with the kind's table; an empty one where the pipeline has no such sources.
  func write(_ kind: RecordKind, sources: [SourceDefinition]) throws(Problem) -> Count {
    var columns = [ColumnSpec("customer", .int32)]
    if kind == .relation { columns.append(ColumnSpec("other_customer", .int32)) }
    let schema = TableSchema("links_\(kind.rawValue)", columns)
    let writer = try TableWriter("\(folder)/\(kind.rawValue).arrow", schema: schema)
    var count = Count()
    for source in sources {
      let table = try Table("\(ingest)/\(kind.rawValue)/\(source.id).arrow")
      guard let keys = source.partySource.flatMap({ records.keys(of: $0) }) else {
        throw Problem(
          "unknown_party_source", "source \(source.id) belongs to no source of parties", at: source.place,
          found: source.partySource, expected: "the id of a source of kind party",
          advice: "Set party_source in the source's definition")
      }
      var party = try Lookup(table.column("party"), keys, customers)
      var other = kind == .relation ? try Lookup(table.column("other"), keys, customers) : nil
      let builder = writer.column(at: 0)
      for row in 0..<table.rowCount {
        let customer = party.customer(row)
        if customer < 0 { count.orphaned += 1 } else { count.linked += 1 }
        builder.append(number: customer)
        if let found = other?.customer(row) { writer.column(at: 1).append(number: found) }
        try writer.endRow()
      }
      count.facts += table.rowCount
    }
    _ = try writer.finish()
    return count
  }

  /// Looks up the customers of one column of keys.
  private struct Lookup {
    private let column: Column
    private var keys: RecordIndex.SourceKeys
    private let customers: Customers

    init(_ column: Column, _ keys: RecordIndex.SourceKeys, _ customers: Customers) {
      self.column = column
      self.keys = keys
      self.customers = customers
    }

    /// The customer number, -1 where the key is unknown or missing.
    mutating func customer(_ row: Int) -> Int32 {
      let bytes = column.bytes(row)
      let record = bytes.isEmpty ? -1 : keys.row(bytes)
      return record < 0 ? -1 : customers.customerOfRow[Int(record)]
    }
  }
}

extension ColumnBuilder {
  /// Appends a row number, or null where it is negative.
  fileprivate func append(number: Int32) {
    if number < 0 { appendNull() } else { append(Int64(number)) }
  }
}
