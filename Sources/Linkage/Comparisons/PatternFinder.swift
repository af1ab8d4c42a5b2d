/// Compares pairs of records in all comparisons, remembering the levels of value pairs.
///
/// One for each thread. A level costs one look into the memory where both values were compared lately.
struct PatternFinder: ~Copyable {
  private let pairs: PairPatterns
  private var memories: [LevelMemory]

  init(_ pairs: PairPatterns) {
    self.pairs = pairs
    memories = pairs.fields.map { LevelMemory(valueCount: $0.values.count) }
  }

  /// Replaces `patterns` with the pattern of each pair.
  mutating func find(left: [Int32], right: [Int32], into patterns: inout [UInt64]) {
    patterns.removeAll(keepingCapacity: true)
    patterns.append(contentsOf: repeatElement(0, count: left.count))
    for number in pairs.comparisons.indices { find(number, left, right, &patterns) }
  }

  private mutating func find(_ number: Int, _ left: [Int32], _ right: [Int32], _ patterns: inout [UInt64]) {
    let shift = UInt64(number * 4)
    switch pairs.comparisons[number].subject {
    case .field(let field):
      let codes = pairs.fields[field].codes
      for pair in left.indices {
        let (a, b) = (codes[Int(left[pair])], codes[Int(right[pair])])
        let level: UInt8
        if a < 0 || b < 0 {
          continue
        } else if a == b {
          level = 1
        } else {
          level = memories[field].level(min(a, b), max(a, b), pairs.comparers[field])
        }
        patterns[pair] |= UInt64(level) << shift
      }
    case .script(let field, let isAcross):
      guard let names = pairs.fields[field].features.names else { return }
      let codes = pairs.fields[field].codes
      for pair in left.indices {
        let (a, b) = (codes[Int(left[pair])], codes[Int(right[pair])])
        if a < 0 || b < 0 || names.areAcross(a, b) != isAcross { continue }
        let level = a == b ? 1 : memories[field].level(min(a, b), max(a, b), pairs.comparers[field])
        patterns[pair] |= UInt64(level) << shift
      }
    case .swappable: break
    case .order(let given, let family):
      for pair in left.indices {
        let levels = pairs.nameLevels(given, family, Int(left[pair]), Int(right[pair]), &memories)
        patterns[pair] |=
          UInt64(levels.given) << UInt64(given * 4) | UInt64(levels.family) << UInt64(family * 4)
          | UInt64(levels.order) << shift
      }
    }
  }
}

/// What patterns are made of: the fields, what is compared and how. Shared by all threads.
struct PairPatterns: Sendable {
  let fields: [Field]
  let comparisons: [Comparison]
  let comparers: [FieldComparer]

  init(_ fields: [Field], _ comparisons: [Comparison]) {
    self.fields = fields
    self.comparisons = comparisons
    comparers = fields.map(FieldComparer.init)
  }

  /// The pattern of one pair, without memory of others: for single pairs.
  func pattern(_ a: Int, _ b: Int) -> UInt64 {
    var pattern: UInt64 = 0
    var none: [LevelMemory] = []
    for (number, comparison) in comparisons.enumerated() {
      switch comparison.subject {
      case .field(let field):
        let codes = fields[field].codes
        pattern |= UInt64(level(field, codes[a], codes[b], &none)) << UInt64(number * 4)
      case .script(let field, let isAcross):
        let codes = fields[field].codes
        guard let names = fields[field].features.names, codes[a] >= 0, codes[b] >= 0 else { continue }
        if names.areAcross(codes[a], codes[b]) != isAcross { continue }
        pattern |= UInt64(level(field, codes[a], codes[b], &none)) << UInt64(number * 4)
      case .swappable: break
      case .order(let given, let family):
        let levels = nameLevels(given, family, a, b, &none)
        pattern |=
          UInt64(levels.given) << UInt64(given * 4) | UInt64(levels.family) << UInt64(family * 4)
          | UInt64(levels.order) << UInt64(number * 4)
      }
    }
    return pattern
  }

  /// The level of one value pair; -1 stands for a missing value.
  @inline(__always)
  fileprivate func level(_ field: Int, _ a: Int32, _ b: Int32, _ memories: inout [LevelMemory]) -> UInt8 {
    if a < 0 || b < 0 { return 0 }
    if a == b { return 1 }
    if memories.isEmpty { return comparers[field].level(min(a, b), max(a, b)) }
    return memories[field].level(min(a, b), max(a, b), comparers[field])
  }

  /// Levels of given and family name in the order that fits better: turned only where nothing agrees as it stands.
  fileprivate func nameLevels(
    _ given: Int, _ family: Int, _ a: Int, _ b: Int, _ memories: inout [LevelMemory]
  ) -> (given: UInt8, family: UInt8, order: UInt8) {
    let (g, f) = (fields[given].codes, fields[family].codes)
    let straightGiven = level(given, g[a], g[b], &memories)
    let straightFamily = level(family, f[a], f[b], &memories)
    let isAgreeing = straightGiven &- 1 < 5 || straightFamily &- 1 < 5
    if !isAgreeing {
      let first = level(given, g[a], f[b], &memories)
      let second = level(given, f[a], g[b], &memories)
      if first &- 1 < 2 && second <= 5 || second &- 1 < 2 && first <= 5 { return (first, second, 2) }
    }
    return (straightGiven, straightFamily, straightGiven == 0 && straightFamily == 0 ? 0 : 1)
  }
}

/// Levels of value pairs that were compared lately, in a fixed number of places.
struct LevelMemory {
  private var keys: [UInt64]
  private var levels: [UInt8]
  private let shift: UInt64

  /// - Parameter valueCount: few values need few places.
  init(valueCount: Int) {
    var bits = 8
    while bits < 16, 1 << bits < valueCount * 8 { bits += 1 }
    keys = [UInt64](repeating: .max, count: 1 << bits)
    levels = [UInt8](repeating: 0, count: 1 << bits)
    shift = UInt64(64 - bits)
  }

  @inline(__always)
  mutating func level(_ a: Int32, _ b: Int32, _ comparer: borrowing FieldComparer) -> UInt8 {
    let key = UInt64(UInt32(bitPattern: a)) << 32 | UInt64(UInt32(bitPattern: b))
    let place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
    if keys[place] == key { return levels[place] }
    let level = comparer.level(a, b)
    keys[place] = key
    levels[place] = level
    return level
  }
}
