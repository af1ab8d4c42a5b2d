/// Compares pairs of records in all comparisons, remembering the levels of value pairs.
///
/// One for each thread. 12 bits of memory a remembered pair and field; a level costs one look into it where both values
/// were compared lately.
struct PatternFinder: ~Copyable {
  private let fields: [Field]
  private let comparisons: [Comparison]
  private let comparers: [FieldComparer]
  private var memories: [LevelMemory]
  private var buffer: [UInt8] = []

  init(_ fields: [Field], _ comparisons: [Comparison]) {
    self.fields = fields
    self.comparisons = comparisons
    comparers = fields.map(FieldComparer.init)
    memories = fields.map { _ in LevelMemory() }
  }

  /// The level of one value pair; -1 stands for a missing value.
  @inline(__always)
  private mutating func level(_ field: Int, _ a: Int32, _ b: Int32) -> UInt8 {
    if a < 0 || b < 0 { return 0 }
    if a == b { return 1 }
    return memories[field].level(min(a, b), max(a, b), comparers[field])
  }

  /// Writes the pattern of each pair; rules are left to the caller.
  mutating func find(left: [Int32], right: [Int32], into patterns: inout [UInt64]) {
    patterns.removeAll(keepingCapacity: true)
    patterns.append(contentsOf: repeatElement(0, count: left.count))
    for number in comparisons.indices {
      let shift = UInt64(number * 4)
      switch comparisons[number].subject {
      case .field(let field):
        for pair in left.indices {
          let codes = fields[field].codes
          patterns[pair] |= UInt64(level(field, codes[Int(left[pair])], codes[Int(right[pair])])) << shift
        }
      case .swappable: break
      case .order(let given, let family):
        let places = (UInt64(given * 4), UInt64(family * 4))
        for pair in left.indices {
          let levels = nameLevels(given, family, Int(left[pair]), Int(right[pair]))
          patterns[pair] |= UInt64(levels.given) << places.0 | UInt64(levels.family) << places.1 | UInt64(levels.order) << shift
        }
      }
    }
  }

  /// Levels of given and family name in the order that fits better: turned only where nothing agrees as it stands.
  private mutating func nameLevels(
    _ given: Int, _ family: Int, _ a: Int, _ b: Int
  ) -> (given: UInt8, family: UInt8, order: UInt8) {
    let (g, f) = (fields[given].codes, fields[family].codes)
    let straightGiven = level(given, g[a], g[b])
    let straightFamily = level(family, f[a], f[b])
    let isAgreeing = straightGiven &- 1 < 5 || straightFamily &- 1 < 5
    if !isAgreeing {
      let first = level(given, g[a], f[b])
      let second = level(given, f[a], g[b])
      if first &- 1 < 2 && (second <= 5) || second &- 1 < 2 && first <= 5 { return (first, second, 2) }
    }
    return (straightGiven, straightFamily, straightGiven == 0 && straightFamily == 0 ? 0 : 1)
  }
}

/// Levels of value pairs that were compared lately, in a fixed number of places.
struct LevelMemory {
  private var keys = [UInt64](repeating: .max, count: 1 << LevelMemory.bits)
  private var levels = [UInt8](repeating: 0, count: 1 << LevelMemory.bits)
  private static let bits = 14

  @inline(__always)
  mutating func level(_ a: Int32, _ b: Int32, _ comparer: borrowing FieldComparer) -> UInt8 {
    let key = UInt64(UInt32(bitPattern: a)) << 32 | UInt64(UInt32(bitPattern: b))
    let place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - LevelMemory.bits))
    if keys[place] == key { return levels[place] }
    let level = comparer.level(a, b)
    keys[place] = key
    levels[place] = level
    return level
  }
}
