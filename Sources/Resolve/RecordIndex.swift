import Basics
import Columns
import Linkage

/// Finds party records by source and key.
struct RecordIndex {
  private let key: Column
  private var indexes: [String: HashIndex] = [:]

  /// - Parameter sources: ids of the party sources; part i of the table is that of source i.
  init(_ party: Table, sources: [String]) throws(Problem) {
    key = try party.column("key")
    for (part, source) in sources.enumerated() {
      let start = party.partStarts[part]
      let end = part + 1 < sources.count ? party.partStarts[part + 1] : party.rowCount
      var index = HashIndex(capacity: end - start)
      for row in start..<end { index.insert(Int32(row), hash: ByteHash.hash(key.bytes(row))) }
      indexes[source] = index
    }
  }

  func keys(of source: String) -> SourceKeys? { indexes[source].map { SourceKeys(index: $0, key: key) } }

  /// The records of one source.
  struct SourceKeys {
    fileprivate let index: HashIndex
    fileprivate let key: Column

    /// The party row with this key, -1 where there is none.
    func row(_ bytes: UnsafeRawBufferPointer) -> Int32 {
      index.first(ByteHash.hash(bytes)) { ByteHash.areEqual(key.bytes(Int($0)), bytes) }
    }
  }
}
