import Basics
import Columns
import Linkage

/// Gives customers their ids, and keeps those of the last published run.
///
/// Each earlier id goes to the customer that has the greater part of its records, and each customer keeps the id that
/// the greater part of it had: pairs of (id, customer) are taken by records in common, the most first, then the smaller
/// id, then the customer with the smaller first row. Customers without an id get the next ones in order of their first
/// row. An id that ends is never given again: the last number used is kept in the tables' metadata.
struct CustomerIds {
  /// By cluster, in order of first row.
  let numbers: [Int64]
  let kept: Int
  /// Earlier ids that no customer has any more.
  let retired: Int
  let lastNumber: Int64

  static let lastNumberKey = "last_number"
  /// Ids stay below this, so that an id and a cluster fit into one sort key.
  static let limit: Int64 = 1 << 33

  /// One earlier record that is still there.
  struct Earlier {
    var number: Int64
    var cluster: Int32
  }

  /// - Parameters:
  ///   - clusters: how many customers there are tonight.
  ///   - earlier: for each record of the last run that is there tonight too, its id and its cluster of tonight.
  ///   - earlierIds: how many different ids the last run had.
  init(clusters: Int, earlier: [Earlier], earlierIds: Int, lastNumber: Int64) {
    var numbers = [Int64](repeating: 0, count: clusters)
    var kept = 0
    let overlaps = Self.overlaps(earlier)
    var isTaken = [Bool](repeating: false, count: overlaps.count)
    for index in Self.mostRecordsFirst(overlaps) {
      let overlap = overlaps[Int(index)]
      if isTaken[Int(overlap.first)] || numbers[Int(overlap.cluster)] != 0 { continue }
      numbers[Int(overlap.cluster)] = overlap.number
      isTaken[Int(overlap.first)] = true
      kept += 1
    }
    var last = lastNumber
    for cluster in numbers.indices where numbers[cluster] == 0 {
      last += 1
      numbers[cluster] = last
    }
    self.numbers = numbers
    self.kept = kept
    retired = earlierIds - kept
    self.lastNumber = last
  }

  private struct Overlap {
    var number: Int64
    var cluster: Int32
    var records: Int32
    /// Index of the first overlap with this number.
    var first: Int32
  }

  /// Pairs of id and cluster with the number of records in common, in order of id and cluster.
  private static func overlaps(_ earlier: [Earlier]) -> [Overlap] {
    var sorted = KeyedRows(capacity: earlier.count)
    for record in earlier { sorted.append(UInt64(record.number) << 31 | UInt64(record.cluster), row: 0) }
    sorted.sort()
    var overlaps: [Overlap] = []
    var start = 0
    while let range = sorted.group(from: start) {
      start = range.upperBound
      let key = sorted.keys[range.lowerBound]
      let number = Int64(key >> 31)
      let first = overlaps.last?.number == number ? overlaps[overlaps.count - 1].first : Int32(overlaps.count)
      overlaps.append(
        Overlap(number: number, cluster: Int32(key & 0x7FFF_FFFF), records: Int32(range.count), first: first))
    }
    return overlaps
  }

  private static func mostRecordsFirst(_ overlaps: [Overlap]) -> [Int32] {
    var sorted = KeyedRows(capacity: overlaps.count)
    for (index, overlap) in overlaps.enumerated() {
      sorted.append(UInt64(Int32.max - overlap.records), row: Int32(index))
    }
    sorted.sort()
    return sorted.rows
  }

  // MARK: The text of an id

  /// `G` and at least nine digits.
  static func append(_ number: Int64, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "G"))
    var divisor: Int64 = 100_000_000
    while number / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(48 + number / divisor % 10))
      divisor /= 10
    }
  }

  static func text(_ number: Int64) -> String {
    var bytes: [UInt8] = []
    append(number, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The number of an id, nil for other texts.
  static func number(_ bytes: UnsafeRawBufferPointer) -> Int64? {
    guard bytes.count >= 10, bytes.count <= 18, bytes[0] == UInt8(ascii: "G") else { return nil }
    var number: Int64 = 0
    for byte in bytes.dropFirst() {
      guard byte &- 48 <= 9 else { return nil }
      number = number * 10 + Int64(byte - 48)
    }
    return number < limit ? number : nil
  }
}

extension CustomerIds {
  /// Reads the memberships of the last published run, if there is one, and gives tonight's ids.
  ///
  /// - Parameters:
  ///   - clusterOfRow: by party row of tonight.
  ///   - previousRun: the folder of that run.
  /// - Throws: `unreadable_file`, `damaged_table`; `bad_customer_id` where an id is not one of ours.
  init(
    clusters: Int, clusterOfRow: [Int32], records: RecordIndex, previousRun: String?
  ) throws(Problem) {
    guard let previousRun else {
      self.init(clusters: clusters, earlier: [], earlierIds: 0, lastNumber: 0)
      return
    }
    let path = "\(previousRun)/resolve/membership.arrow"
    let membership = try Table(path)
    let source = try membership.column("source")
    let key = try membership.column("key")
    let id = try membership.column("customer_id")
    let sources = source.dictionary.map { records.keys(of: $0) }
    var earlier: [Earlier] = []
    earlier.reserveCapacity(membership.rowCount)
    var lastNumber = Int64(membership.schema.metadata[Self.lastNumberKey] ?? "") ?? 0
    for row in 0..<membership.rowCount {
      guard let number = Self.number(id.bytes(row)) else {
        throw Problem(
          "bad_customer_id", "row \(row + 1) of the last run's memberships holds no customer id",
          at: Place(path, field: "customer_id"), expected: "G and at least nine digits",
          advice: "Restore that run's folder from its backup")
      }
      lastNumber = max(lastNumber, number)
      let code = source.code(row)
      let found = code < 0 ? -1 : sources[Int(code)]?.row(key.bytes(row)) ?? -1
      if found >= 0 { earlier.append(Earlier(number: number, cluster: clusterOfRow[Int(found)])) }
    }
    let customer = try membership.column("customer")
    var earlierIds: Int64 = 0
    for row in 0..<membership.rowCount { earlierIds = max(earlierIds, customer.integer(row) + 1) }
    self.init(clusters: clusters, earlier: earlier, earlierIds: Int(earlierIds), lastNumber: lastNumber)
  }
}
