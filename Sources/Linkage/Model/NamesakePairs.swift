import Basics

/// Pairs of two records with the same value in a field of names, each pair as likely.
struct NamesakePairs {
  /// By field, then by value: where its pairs begin among all, and its records in `records`.
  private var ends: [Double] = []
  private var blocks: [Range<Int>] = []
  private var records: [Int32] = []

  /// nil where no two records have one name.
  init?(_ fields: [Field], _ numbers: [Int]) {
    var total = 0.0
    for number in numbers {
      let field = fields[number]
      var starts = [Int](repeating: 0, count: field.values.count + 1)
      for value in 0..<field.values.count { starts[value + 1] = starts[value] + Int(field.counts[value]) }
      let base = records.count
      records += [Int32](repeating: 0, count: field.known)
      var places = starts
      for (record, value) in field.codes.enumerated() where value >= 0 {
        records[base + places[Int(value)]] = Int32(record)
        places[Int(value)] += 1
      }
      for value in 0..<field.values.count where field.counts[value] > 1 {
        total += Double(field.counts[value]) * Double(field.counts[value] - 1)
        ends.append(total)
        blocks.append((base + starts[value])..<(base + starts[value + 1]))
      }
    }
    if blocks.isEmpty { return nil }
  }

  func next(_ draws: inout SplitMix64) -> (Int32, Int32) {
    let place = Double(draws.next() >> 11) / 9_007_199_254_740_992 * ends[ends.count - 1]
    var (low, high) = (0, ends.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] > place { high = middle } else { low = middle + 1 }
    }
    let block = blocks[low]
    let one = draws.below(block.count)
    let other = (one + 1 + draws.below(block.count - 1)) % block.count
    return (records[block.lowerBound + one], records[block.lowerBound + other])
  }
}
