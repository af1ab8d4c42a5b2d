import Basics
import Columns

/// The party records of each customer, in row order, by a counting sort over the memberships.
struct CustomerRecords {
  /// By customer: where its records begin in `rows`; one more at the end.
  private let starts: [Int32]
  private let rows: [Int32]

  init(_ membership: Table, customers: Int) throws(Problem) {
    let customer = try membership.column("customer")
    let count = membership.rowCount
    var starts = [Int32](repeating: 0, count: customers + 2)
    for row in 0..<count { starts[Int(customer.integer(row)) + 2] += 1 }
    for index in starts.indices.dropFirst(2) { starts[index] += starts[index - 1] }
    // Filled one place ahead, each customer's start becomes its end, which is the start of the next.
    rows = [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
      for row in 0..<count {
        let owner = Int(customer.integer(row)) + 1
        buffer.initializeElement(at: Int(starts[owner]), to: Int32(row))
        starts[owner] += 1
      }
      initialized = count
    }
    self.starts = starts
  }

  var count: Int { starts.count - 2 }

  @inline(__always)
  func range(_ customer: Int) -> Range<Int> { Int(starts[customer])..<Int(starts[customer + 1]) }

  @inline(__always)
  func row(_ index: Int) -> Int32 { rows[index] }
}
