import Basics
import Columns

/// How often combinations of codes stand in a table.
struct Counts {
  /// By key, in byte order of the keys.
  private(set) var rows: [(key: [String], count: Int)] = []

  /// - Parameter columns: text or code columns.
  /// - Throws: `Problem` where the table is damaged or lacks a column.
  init(_ path: String, by columns: [String]) throws(Problem) {
    let table = try Table(path)
    var keys: [Column] = []
    for name in columns { keys.append(try table.column(name)) }
    var counts: [[String]: Int] = [:]
    // Text is made once for a combination of codes, not once for a row.
    var codes: [[Int32]: Int] = [:]
    let allCodes = keys.allSatisfy { $0.spec.type == .code }
    for row in 0..<table.rowCount {
      if allCodes {
        codes[keys.map { $0.code(row) }, default: 0] += 1
      } else {
        counts[keys.map { $0.text(row) }, default: 0] += 1
      }
    }
    for (code, count) in codes {
      counts[zip(keys, code).map { $1 < 0 ? "" : $0.dictionary[Int($1)] }, default: 0] += count
    }
    rows = counts.map { ($0.key, $0.value) }.sorted { Counts.precedes($0.key, $1.key) }
  }

  var total: Int { rows.reduce(0) { $0 + $1.count } }

  private static func precedes(_ a: [String], _ b: [String]) -> Bool {
    for (left, right) in zip(a, b) where left != right {
      return Array(left.utf8).lexicographicallyPrecedes(Array(right.utf8))
    }
    return a.count < b.count
  }
}
