/// Rows with a key each, to be sorted by key so that equal keys stand together.
public struct KeyedRows: Sendable {
  /// As many as `rows`.
  public var keys: [UInt64] = []
  public var rows: [Int32] = []

  public init(capacity: Int = 0) {
    keys.reserveCapacity(capacity)
    rows.reserveCapacity(capacity)
  }

  public var count: Int { keys.count }

  @inlinable
  public mutating func append(_ key: UInt64, row: Int32) {
    keys.append(key)
    rows.append(row)
  }

  /// Stable: rows of one key keep their order. Radix sort by bytes from the lowest, leaving out bytes that are the same
  /// in all keys: O(count) for each other byte, 12 bytes of extra memory a row.
  public mutating func sort() {
    if keys.count < 2 { return }
    let histograms = byteHistograms()
    for byte in 0..<8 {
      let histogram = histograms[byte * 256..<(byte + 1) * 256]
      if !histogram.contains(Int32(keys.count)) { scatter(shift: UInt64(byte * 8), counts: histogram.map(Int.init)) }
    }
  }

  /// Sorts as `sort` does, in two steps instead of eight, if keys are well mixed over all of their bits, as hashes are.
  ///
  /// Stable. Two steps of radix sort by the highest bits, about as many as tell all rows apart; the few that agree in these
  /// are sorted by insertion. O(count), 12 bytes of extra memory a row.
  public mutating func gather() {
    let count = keys.count
    if count < 64 { return sortByInsertion(0..<count) }
    let digit = max(4, min(12, (Int.bitWidth - count.leadingZeroBitCount + 1) / 2))
    scatter(shift: UInt64(64 - 2 * digit), bits: digit)
    scatter(shift: UInt64(64 - digit), bits: digit)
    let shift = UInt64(64 - 2 * digit)
    var start = 0
    while start < count {
      var end = start + 1
      let high = keys[start] >> shift
      var isSorted = true
      while end < count, keys[end] >> shift == high {
        if keys[end] < keys[end - 1] { isSorted = false }
        end += 1
      }
      if !isSorted { sortByInsertion(start..<end) }
      start = end
    }
  }

  private mutating func sortByInsertion(_ range: Range<Int>) {
    for index in range.dropFirst() {
      let (key, row) = (keys[index], rows[index])
      var place = index
      while place > range.lowerBound, keys[place - 1] > key {
        keys[place] = keys[place - 1]
        rows[place] = rows[place - 1]
        place -= 1
      }
      keys[place] = key
      rows[place] = row
    }
  }

  private mutating func scatter(shift: UInt64, bits: Int) {
    var counts = [Int](repeating: 0, count: 1 << bits)
    let mask = UInt64(counts.count - 1)
    for key in keys { counts[Int(truncatingIfNeeded: key >> shift & mask)] += 1 }
    scatter(shift: shift, counts: counts)
  }

  /// One step of radix sort.
  ///
  /// - Parameter counts: by digit, of those bits from `shift` on that tell as many digits apart: how many keys have it.
  private mutating func scatter(shift: UInt64, counts: [Int]) {
    let (count, mask) = (keys.count, UInt64(counts.count - 1))
    var starts = counts
    var total = 0
    for digit in starts.indices { (starts[digit], total) = (total, total + starts[digit]) }
    var otherKeys = [UInt64](unsafeUninitializedCapacity: count) { $1 = count }
    var otherRows = [Int32](unsafeUninitializedCapacity: count) { $1 = count }
    starts.withUnsafeMutableBufferPointer { starts in
      otherKeys.withUnsafeMutableBufferPointer { outKeys in
        otherRows.withUnsafeMutableBufferPointer { outRows in
          for index in 0..<count {
            let digit = Int(truncatingIfNeeded: keys[index] >> shift & mask)
            let place = starts[digit]
            starts[digit] = place &+ 1
            outKeys[place] = keys[index]
            outRows[place] = rows[index]
          }
        }
      }
    }
    (keys, rows) = (otherKeys, otherRows)
  }

  private func byteHistograms() -> [Int32] {
    var histograms = [Int32](repeating: 0, count: 8 * 256)
    histograms.withUnsafeMutableBufferPointer { histograms in
      for key in keys {
        for byte in 0..<8 { histograms[byte &* 256 &+ Int(truncatingIfNeeded: key >> UInt64(byte &* 8) & 0xFF)] &+= 1 }
      }
    }
    return histograms
  }

  /// The rows, as indexes into `rows`, that share the key at `start`, in a sorted list; nil at its end.
  public func group(from start: Int) -> Range<Int>? {
    guard start < keys.count else { return nil }
    var end = start + 1
    while end < keys.count, keys[end] == keys[start] { end += 1 }
    return start..<end
  }
}
