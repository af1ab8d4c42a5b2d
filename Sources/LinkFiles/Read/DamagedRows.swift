import Basics
import Extracts

/// Counts records that could not be read and keeps the first of each kind and file to be shown.
struct DamagedRows {
  /// Of one kind in one file that are told with their place.
  private static let shown = 5
  private(set) var count = 0
  private(set) var notes: [Problem] = []
  private var kinds: [(code: DamagedRecord.Code, count: Int)] = []
  private var inFile = 0

  /// - Parameter row: Of the file, from 1.
  mutating func add(_ damage: DamagedRecord, file: String, row: Int) {
    count += 1
    inFile += 1
    let kind = kinds.firstIndex { $0.code == damage.code } ?? kinds.count
    if kind == kinds.count { kinds.append((damage.code, 0)) }
    kinds[kind].count += 1
    if kinds[kind].count > Self.shown { return }
    notes.append(
      Problem(
        damage.code.rawValue, "row \(row) cannot be read; it stays in its place without values", severity: .warning,
        at: Place(file, line: damage.place.line), found: damage.found, expected: damage.expected,
        advice: damage.advice))
  }

  /// Ends a file with a word on those that were not shown.
  /// - Throws: `unreadable_records` where more than half of the records could not be read.
  mutating func endFile(_ file: String, rowCount: Int) throws(Problem) {
    for kind in kinds where kind.count > Self.shown {
      notes.append(
        Problem(
          kind.code.rawValue, "\(kind.count - Self.shown) more rows cannot be read for the same reason",
          severity: .warning, at: Place(file)))
    }
    let isUseless = inFile * 2 > rowCount
    let (damaged, first) = (inFile, kinds.first?.code.rawValue ?? "")
    kinds = []
    inFile = 0
    guard isUseless else { return }
    throw Problem(
      "unreadable_records", "\(damaged) of \(rowCount) records cannot be read, the first for \(first)",
      at: Place(file), expected: "lines with as many fields as the first one has names",
      advice: "Check the file's separator, quotes and encoding")
  }
}
