import Basics

/// What a blocking rule makes, pairs of other rules among them.
public struct BlockFigures: Sendable, Equatable {
  public var blocks = 0
  public var recordsInBlocks = 0
  public var largestBlock = 0
  public var pairs = 0
  /// Pairs that are not compared, because their block is too large.
  public var pairsLeftOut = 0
}

/// A pair of records and a rule that makes it, in 64 bits: sorted, they come by left record, right record and rule.
struct RulePair {
  static let recordLimit = 1 << 29

  let bits: UInt64

  @inline(__always)
  init(bits: UInt64) { self.bits = bits }

  @inline(__always)
  init(_ left: Int32, _ right: Int32, rule: Int) {
    bits = UInt64(UInt32(bitPattern: left)) << 34 | UInt64(UInt32(bitPattern: right)) << 5 | UInt64(rule)
  }

  @inline(__always)
  var left: Int32 { Int32(truncatingIfNeeded: bits >> 34) }
  @inline(__always)
  var right: Int32 { Int32(truncatingIfNeeded: bits >> 5 & 0x1FFF_FFFF) }
  @inline(__always)
  var rule: UInt32 { UInt32(truncatingIfNeeded: bits & 31) }
}

/// The pairs that one blocking rule makes, in pieces by their left record. 8 bytes a pair.
struct BlockPairs: Sendable {
  private(set) var figures = BlockFigures()
  private var pairs: [UInt64] = []
  /// By piece: where its pairs begin; and where the last one's end.
  private var starts: [Int]

  /// - Parameters:
  ///   - keys: records by key; equal keys stand together, their records ascending.
  ///   - pieces: ranges of left records, all but the last as long as the first.
  ///   - largest: records of larger blocks are compared with the next `largest / 2` of their block only.
  ///   - firstNew: records before this one make no pairs with one another.
  init(_ keys: KeyedRows, rule: Int, pieces: [Range<Int>], largest: Int, firstNew: Int) {
    let length = max(1, pieces.first?.count ?? 1)
    var counts = [Int](repeating: 0, count: pieces.count)
    var figures = BlockFigures()
    Self.each(keys, largest, firstNew, &figures) { left, partners in counts[Int(left) / length] += partners.count }
    starts = [0]
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    var places = starts
    let total = starts[pieces.count]
    pairs = [UInt64](unsafeUninitializedCapacity: total) { buffer, initialized in
      var again = BlockFigures()
      Self.each(keys, largest, firstNew, &again) { left, partners in
        var place = places[Int(left) / length]
        for index in partners {
          buffer[place] = RulePair(left, keys.rows[index], rule: rule).bits
          place &+= 1
        }
        places[Int(left) / length] = place
      }
      initialized = total
    }
    self.figures = figures
  }

  func pairs(of piece: Int) -> ArraySlice<UInt64> { pairs[starts[piece]..<starts[piece + 1]] }

  /// Each record with where its partners behind it in a block stand in `keys`.
  @inline(__always)
  private static func each(
    _ keys: KeyedRows, _ largest: Int, _ firstNew: Int, _ figures: inout BlockFigures,
    _ body: (Int32, Range<Int>) -> Void
  ) {
    var start = 0
    while let block = keys.group(from: start) {
      start = block.upperBound
      let count = block.count
      if count < 2 || Int(keys.rows[block.upperBound - 1]) < firstNew { continue }
      figures.blocks += 1
      figures.recordsInBlocks += count
      figures.largestBlock = max(figures.largestBlock, count)
      let window = count > largest ? largest / 2 : count
      var old = block.lowerBound
      while old < block.upperBound, Int(keys.rows[old]) < firstNew { old += 1 }
      for index in block {
        let end = min(block.upperBound, index + 1 + window)
        let begin = max(index + 1, old)
        figures.pairsLeftOut += block.upperBound - max(begin, end)
        if begin >= end { continue }
        figures.pairs += end - begin
        body(keys.rows[index], begin..<end)
      }
    }
  }
}
