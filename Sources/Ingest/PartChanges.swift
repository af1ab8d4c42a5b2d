import Basics
import Columns

/// What tonight's records of an increment or delta do to each key: by key number, in memory that grows with tonight's
/// records only.
final class PartChanges {
  private let keys = ByteInterner()
  /// By row of tonight's table: the number of its key, -1 where it has none.
  private var keyOfRow: [Int32] = []
  private var keyOfDeletion: [Int32] = []
  private var offsets: Column?
  private let deletions: [Deletion]
  private let insertions: [Bool]
  /// By key: the row that stands at the end of the night, -1 where it ends deleted.
  private var lastRow: [Int] = []
  /// By key: whether the previous part has it.
  private(set) var isKnown: [Bool] = []

  /// - Parameter table: tonight's records; nil where none came.
  init(_ table: Table?, _ result: SourceResult?) throws(Problem) {
    deletions = result?.deletions ?? []
    insertions = result?.insertions ?? []
    if let table {
      offsets = try table.column("offset")
      let key = try table.column("key")
      keyOfRow.reserveCapacity(table.rowCount)
      for row in 0..<table.rowCount {
        keyOfRow.append(key.isNull(row) ? -1 : keys.intern(key.bytes(row)))
      }
    }
    keyOfDeletion = deletions.map { keys.intern($0.key) }
    lastRow = [Int](repeating: -1, count: keys.count)
    isKnown = [Bool](repeating: false, count: keys.count)
    forEachEvent { key, row in lastRow[key] = row ?? -1 }
  }

  /// Calls `body` with every change of a key, in the extract's order; without a row for deletions.
  private func forEachEvent(_ body: (_ key: Int, _ row: Int?) -> Void) {
    var next = 0
    func deletions(before offset: Int64) {
      while next < self.deletions.count, Int64(self.deletions[next].offset) < offset {
        body(Int(keyOfDeletion[next]), nil)
        next += 1
      }
    }
    for row in keyOfRow.indices where keyOfRow[row] >= 0 {
      if let offsets { deletions(before: offsets.integer(row)) }
      body(Int(keyOfRow[row]), row)
    }
    deletions(before: .max)
  }

  /// What becomes of a row of the previous part; told once for every such row.
  enum Fate { case unchanged, replaced, deleted }

  func fate(_ key: Column, _ row: Int) -> Fate {
    guard !key.isNull(row), let key = keys.find(key.bytes(row)) else { return .unchanged }
    isKnown[Int(key)] = true
    return lastRow[Int(key)] < 0 ? .deleted : .replaced
  }

  /// Whether a row of tonight's table stands at the end of the night.
  func stands(_ row: Int) -> Bool { keyOfRow[row] < 0 || lastRow[Int(keyOfRow[row])] == row }

  /// Marks that contradict what was there; right only once every row of the previous part was told.
  func contradictions() -> (insertionsOfKnown: Int, updatesOfUnknown: Int, deletionsOfUnknown: Int) {
    var found = (insertionsOfKnown: 0, updatesOfUnknown: 0, deletionsOfUnknown: 0)
    var isThere = isKnown
    forEachEvent { key, row in
      if let row, row < insertions.count {
        if insertions[row], isThere[key] { found.insertionsOfKnown += 1 }
        if !insertions[row], !isThere[key] { found.updatesOfUnknown += 1 }
      } else if row == nil, !isThere[key] {
        found.deletionsOfUnknown += 1
      }
      isThere[key] = row != nil
    }
    return found
  }
}
