import Basics
import Glibc

/// A hash over the fields that together stand once in an extract.
enum KeyHash {
  /// Takes one more field into a hash, which is 0 before the first.
  @inline(__always)
  static func joined(_ hash: UInt64, _ text: UnsafeRawBufferPointer) -> UInt64 {
    (hash &* 0xD6E8_FEB8_6659_FD93) &+ ByteHash.hash(text)
  }
}

/// Finds rows whose keys may be equal in memory that does not grow with their number: hashes are put into partitions,
/// which are spilled to a scratch file where they grow, and each partition is looked through alone.
final class KeyPartitions {
  /// The eight highest bits of a hash name its partition.
  private static let partitionCount = 256
  private let rowsInMemory: Int
  private let scratchPath: String
  private var scratch: Int32 = -1
  /// Room for `rowsInMemory` rows a partition, hash and row in turn; and how many rows of each came since its last spill.
  private let recent: UnsafeMutablePointer<UInt64>
  private let recentRows: UnsafeMutablePointer<Int>
  /// By partition: where blocks of `rowsInMemory` rows lie in the scratch file.
  private var blocks: [[Int]]
  private var scratchBytes = 0

  /// - Parameters:
  ///   - scratchPath: a file that is made where it is needed, and removed in the end.
  ///   - rowsInMemory: of each partition.
  init(scratchPath: String, rowsInMemory: Int = 4_096) {
    self.scratchPath = scratchPath
    self.rowsInMemory = rowsInMemory
    recent = .allocate(capacity: Self.partitionCount * rowsInMemory * 2)
    recentRows = .allocate(capacity: Self.partitionCount)
    recentRows.initialize(repeating: 0, count: Self.partitionCount)
    blocks = [[Int]](repeating: [], count: Self.partitionCount)
  }

  deinit {
    recent.deallocate()
    recentRows.deallocate()
    if scratch >= 0 {
      close(scratch)
      unlink(scratchPath)
    }
  }

  /// Adds the keys of rows that follow each other.
  /// - Throws: `unwritable_file`.
  func add(_ hashes: UnsafeBufferPointer<UInt64>, firstRow: Int) throws(Problem) {
    let (recent, recentRows, rowsInMemory) = (recent, recentRows, rowsInMemory)
    for (index, hash) in hashes.enumerated() {
      let partition = Int(truncatingIfNeeded: hash >> 56)
      let count = recentRows[partition]
      let entry = recent + (partition &* rowsInMemory &+ count) &* 2
      entry[0] = hash
      entry[1] = UInt64(firstRow &+ index)
      recentRows[partition] = count &+ 1
      if count &+ 1 == rowsInMemory { try spill(partition) }
    }
  }

  /// What came of a partition since its last spill.
  private func recentEntries(of partition: Int) -> UnsafeBufferPointer<UInt64> {
    UnsafeBufferPointer(start: recent + partition * rowsInMemory * 2, count: recentRows[partition] * 2)
  }

  private func spill(_ partition: Int) throws(Problem) {
    if scratch < 0 {
      scratch = open(scratchPath, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
      guard scratch >= 0 else { throw .unwritable(scratchPath) }
    }
    let bytes = UnsafeRawBufferPointer(recentEntries(of: partition))
    guard pwriteAll(scratch, bytes, at: scratchBytes) else { throw .unwritable(scratchPath) }
    blocks[partition].append(scratchBytes)
    scratchBytes += bytes.count
    recentRows[partition] = 0
  }

  /// Rows whose hash another row has, ascending; nil where there are more than `limit`.
  /// - Throws: `unreadable_file`.
  func repeatedRows(limit: Int) throws(Problem) -> [Int]? {
    var rows: [Int] = []
    for partition in 0..<Self.partitionCount {
      if blocks[partition].isEmpty {
        Self.collect(recentEntries(of: partition), into: &rows)
      } else {
        let entries = try allEntries(of: partition)
        entries.withUnsafeBufferPointer { Self.collect($0, into: &rows) }
      }
      if rows.count > limit { return nil }
    }
    return rows.sorted()
  }

  private func allEntries(of partition: Int) throws(Problem) -> [UInt64] {
    let blockValues = 2 * rowsInMemory
    var isRead = true
    let spilled = [UInt64](unsafeUninitializedCapacity: blocks[partition].count * blockValues) { values, count in
      let raw = UnsafeMutableRawBufferPointer(values)
      for (index, offset) in blocks[partition].enumerated() {
        let from = index * blockValues * 8
        let target = UnsafeMutableRawBufferPointer(rebasing: raw[from..<from + blockValues * 8])
        isRead = isRead && preadAll(scratch, target, at: offset)
      }
      count = values.count
    }
    guard isRead else { throw .unreadable(scratchPath) }
    return spilled + recentEntries(of: partition)
  }

  /// Adds the rows of all hashes that come more than once.
  private static func collect(_ entries: UnsafeBufferPointer<UInt64>, into rows: inout [Int]) {
    let count = entries.count / 2
    var slotCount = 16
    while slotCount < count * 2 { slotCount *= 2 }
    let mask = slotCount - 1
    // One more than the number of the first entry with a hash; the highest bit once that entry is among the rows.
    var slots = [UInt32](repeating: 0, count: slotCount)
    let isTaken: UInt32 = 1 << 31
    slots.withUnsafeMutableBufferPointer { slots in
      for entry in 0..<count {
        let hash = entries[2 * entry]
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0, entries[2 * Int((slots[slot] & ~isTaken) - 1)] != hash { slot = (slot + 1) & mask }
        if slots[slot] == 0 {
          slots[slot] = UInt32(entry + 1)
          continue
        }
        if slots[slot] & isTaken == 0 {
          rows.append(Int(entries[2 * Int(slots[slot] - 1) + 1]))
          slots[slot] |= isTaken
        }
        rows.append(Int(entries[2 * entry + 1]))
      }
    }
  }
}

private func pwriteAll(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
  var done = 0
  while done < bytes.count {
    let written = pwrite(descriptor, bytes.baseAddress! + done, bytes.count - done, offset + done)
    if written < 0 && errno == EINTR { continue }
    if written <= 0 { return false }
    done += written
  }
  return true
}

private func preadAll(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer, at offset: Int) -> Bool {
  var done = 0
  while done < bytes.count {
    let read = pread(descriptor, bytes.baseAddress! + done, bytes.count - done, offset + done)
    if read < 0 && errno == EINTR { continue }
    if read <= 0 { return false }
    done += read
  }
  return true
}
