/// How many edits turn one folded text into another.
public enum EditDistance {
  public typealias Units = UnsafeBufferPointer<UInt16>

  /// The optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours, no part edited
  /// twice (Damerau's edits). `limit + 1` where it is above `limit`.
  ///
  /// Where the shorter text, without the common beginning and end, has at most 64 units, a column of the table is one word:
  /// H. Hyyrö, "A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances", Nordic Journal of Computing
  /// 10 (2003), 29–39, figure 5; O(longer text). Otherwise a band of the table around its diagonal, O(limit · longer text).
  /// Symmetric; no metric, as the triangle inequality does not hold.
  public static func osa(_ a: Units, _ b: Units, limit: Int) -> Int {
    let limit = min(max(limit, 0), max(a.count, b.count))
    var pattern = a
    var text = b
    if a.count > b.count { swap(&pattern, &text) }
    if text.count &- pattern.count > limit { return limit + 1 }
    (pattern, text) = stripped(pattern, text)
    if pattern.count == 0 { return text.count }
    if limit == 0 { return 1 }
    if pattern.count > 64 { return banded(pattern, text, limit) }
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 128) { table in
      let table = table.baseAddress!
      if let masks = ASCIIMasks(pattern, table: table) { return masked(pattern, text, limit, masks) }
      if pattern.count <= ScannedMasks.longest {
        return masked(pattern, text, limit, ScannedMasks(pattern: pattern))
      }
      return withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 128) { keys in
        masked(pattern, text, limit, HashedMasks(pattern, table: table, keys: keys.baseAddress!))
      }
    }
  }

  /// Without the common beginning and end, which no best alignment edits. The first is not longer than the second.
  @inline(__always)
  private static func stripped(_ a: Units, _ b: Units) -> (Units, Units) {
    var start = 0
    while start < a.count, a[start] == b[start] { start &+= 1 }
    var endOfA = a.count
    var endOfB = b.count
    while endOfA > start, a[endOfA &- 1] == b[endOfB &- 1] {
      endOfA &-= 1
      endOfB &-= 1
    }
    return (Units(rebasing: a[start..<endOfA]), Units(rebasing: b[start..<endOfB]))
  }

  /// Names as in the paper: bits of VP and VN say where a column rises and falls, D0 where its diagonal stays.
  @inline(__always)
  private static func masked<Masks: MatchMasks>(
    _ pattern: Units, _ text: Units, _ limit: Int, _ masks: Masks
  ) -> Int {
    let last = UInt64(pattern.count &- 1)
    var vp = ~UInt64(0)
    var vn: UInt64 = 0
    var d0: UInt64 = 0
    var before: UInt64 = 0
    var distance = pattern.count
    // What the distance may be here, so that one step down for each unit left still ends within the limit.
    var bound = limit &+ text.count
    for place in 0..<text.count {
      let here = masks.mask(text[place])
      let swaps = (~d0 & here) << 1 & before
      d0 = ((here & vp) &+ vp) ^ vp | here | vn | swaps
      var hp = vn | ~(d0 | vp)
      var hn = d0 & vp
      distance &+= Int(truncatingIfNeeded: hp &>> last & 1) &- Int(truncatingIfNeeded: hn &>> last & 1)
      bound &-= 1
      if distance > bound { return limit + 1 }
      hp = hp << 1 | 1
      hn <<= 1
      vp = hn | ~(d0 | hp)
      vn = hp & d0
      before = here
    }
    return distance
  }

  /// Three rows of the table, and of each only the cells at most `limit` from the diagonal.
  private static func banded(_ a: Units, _ b: Units, _ limit: Int) -> Int {
    let width = b.count + 1
    let beyond = Int32(truncatingIfNeeded: limit + 1)
    return withUnsafeTemporaryAllocation(of: Int32.self, capacity: 3 * width) { cells in
      var beforeLast = cells.baseAddress!
      var last = beforeLast + width
      var row = last + width
      cells.initialize(repeating: beyond)
      for column in 0...min(limit, b.count) { last[column] = Int32(truncatingIfNeeded: column) }
      var leastOfLast: Int32 = 0
      for i in 1...a.count {
        let first = max(1, i - limit)
        let end = min(b.count, i + limit)
        row[first - 1] = first == 1 ? min(beyond, Int32(truncatingIfNeeded: i)) : beyond
        var least = row[first - 1]
        for j in stride(from: first, through: end, by: 1) {
          let substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
          var cell = min(substitution, last[j] + 1, row[j - 1] + 1)
          if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cell = min(cell, beforeLast[j - 2] + 1) }
          row[j] = min(cell, beyond)
          least = min(least, cell)
        }
        if end < b.count { row[end + 1] = beyond }
        // A swap reaches back two rows, so both must be beyond the limit.
        if least >= beyond, leastOfLast >= beyond { return limit + 1 }
        leastOfLast = least
        (beforeLast, last, row) = (last, row, beforeLast)
      }
      return Int(min(last[b.count], beyond))
    }
  }
}
