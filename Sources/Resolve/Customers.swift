import Linkage

/// Tonight's customers in order of their ids, and which customer each party record belongs to.
struct Customers {
  /// By customer number: the number in its id, ascending.
  let ids: [Int64]
  /// By customer number.
  let firstRows: [Int32]
  let recordCounts: [Int32]
  /// By party row: the customer number.
  let customerOfRow: [Int32]

  /// - Parameters:
  ///   - clusterOfRow: by party row; clusters are numbered in order of first row.
  ///   - numbers: by cluster.
  init(clusterOfRow: [Int32], numbers: [Int64]) {
    var byId = KeyedRows(capacity: numbers.count)
    for (cluster, number) in numbers.enumerated() { byId.append(UInt64(number), row: Int32(cluster)) }
    byId.sort()
    let order = byId.rows
    var customerOfCluster = [Int32](repeating: 0, count: numbers.count)
    for (customer, cluster) in order.enumerated() { customerOfCluster[Int(cluster)] = Int32(customer) }
    var counts = [Int32](repeating: 0, count: numbers.count)
    var firsts = [Int32](repeating: -1, count: numbers.count)
    customerOfRow = clusterOfRow.map { customerOfCluster[Int($0)] }
    for (row, customer) in customerOfRow.enumerated() {
      if firsts[Int(customer)] < 0 { firsts[Int(customer)] = Int32(row) }
      counts[Int(customer)] += 1
    }
    ids = order.map { numbers[Int($0)] }
    firstRows = firsts
    recordCounts = counts
  }

  var count: Int { ids.count }

  /// Numbers the sets of `roots` in order of their first rows.
  static func clusters(of roots: [Int32]) -> (clusterOfRow: [Int32], count: Int) {
    var clusterOfRow = roots
    var count: Int32 = 0
    for row in roots.indices {
      if roots[row] == Int32(row) {
        clusterOfRow[row] = count
        count += 1
      } else {
        // The root comes first, so its number is known.
        clusterOfRow[row] = clusterOfRow[Int(roots[row])]
      }
    }
    return (clusterOfRow, Int(count))
  }
}
