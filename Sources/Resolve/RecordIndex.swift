import Basics
import Columns
import Linkage

/// Finds party records by source and key.
struct RecordIndex {
  private let key: Column
  /// By source: its index, and the row behind its last.
  private var indexes: [String: (index: HashIndex, end: Int32)] = [:]

  /// - Parameter sources: ids of the party sources; part i of the table is that of source i.
  init(_ party: Table, sources: [String]) throws(Problem) {
    key = try party.column("key")
    for (part, source) in sources.enumerated() {
      let start = party.partStarts[part]
      let end = part + 1 < sources.count ? party.partStarts[part + 1] : party.rowCount
      var index = HashIndex(capacity: end - start)
      for row in start..<end { index.insert(Int32(row), hash: ByteHash.hash(key.bytes(row))) }
      indexes[source] = (index, Int32(end))
    }
  }

  func keys(of source: String) -> SourceKeys? {
    indexes[source].map { SourceKeys(index: $0.index, key: key, end: $0.end) }
  }

  /// The records of one source.
  struct SourceKeys {
    private let index: HashIndex
    private let key: Column
    private let end: Int32
    /// The row found last, -1 before the first.
    private var last: Int32 = -1

    fileprivate init(index: HashIndex, key: Column, end: Int32) {
      self.index = index
      self.key = key
      self.end = end
    }

    /// The party row with this key, -1 where there is none.
    ///
    /// Facts of one party often follow one another, and tables keep the order of parties: the row found last and the next
    /// are tried before the index, whose slots lie far apart in memory.
    mutating func row(_ bytes: UnsafeRawBufferPointer) -> Int32 {
      if last >= 0 {
        if isKey(last, bytes) { return last }
        if last + 1 < end, isKey(last + 1, bytes) {
          last += 1
          return last
        }
      }
      let found = index.first(ByteHash.hash(bytes)) { isKey($0, bytes) }
      if found >= 0 { last = found }
      return found
    }

    private func isKey(_ row: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
      ByteHash.areEqual(key.bytes(Int(row)), bytes)
    }
  }
}
