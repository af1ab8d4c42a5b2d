/// Compares pairs of records in all comparisons, remembering the levels of value pairs.
///
/// One for each thread; give it about a thousand pairs at a time. A level costs one look into the memory where both values
/// were compared lately.
struct PatternFinder: ~Copyable {
  private let pairs: PairPatterns
  /// One after the other, by field.
  private let memories: UnsafeMutablePointer<LevelMemory>
  /// Comparisons of fields whose values are compared faster than they are remembered.
  private let isDirect: [Bool]
  /// Keeps `touch` from being taken for useless.
  private var touched: UInt64 = 0

  init(_ pairs: PairPatterns) {
    self.pairs = pairs
    memories = .allocate(capacity: pairs.fields.count)
    for (number, field) in pairs.fields.enumerated() {
      (memories + number).initialize(to: LevelMemory(valueCount: field.values.count))
    }
    isDirect = pairs.fields.map { $0.kind == .date || $0.kind == .number || $0.kind == .place }
  }

  deinit {
    memories.deinitialize(count: pairs.fields.count)
    memories.deallocate()
  }

  /// Replaces `patterns` with the pattern of each pair.
  mutating func find(left: [Int32], right: [Int32], into patterns: inout [UInt64]) {
    patterns.removeAll(keepingCapacity: true)
    patterns.append(contentsOf: repeatElement(0, count: left.count))
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        pairs.codes.withUnsafeBufferPointer { codes in
          patterns.withUnsafeMutableBufferPointer { patterns in
            let batch = Batch(left: left, right: right, codes: codes, stride: pairs.fields.count, patterns: patterns)
            for number in pairs.comparisons.indices where !pairs.comparisons[number].isDependent { find(number, batch) }
            for number in pairs.comparisons.indices where pairs.comparisons[number].isDependent { find(number, batch) }
          }
        }
      }
    }
  }

  private struct Batch {
    let left: UnsafeBufferPointer<Int32>
    let right: UnsafeBufferPointer<Int32>
    let codes: UnsafeBufferPointer<Int32>
    let stride: Int
    let patterns: UnsafeMutableBufferPointer<UInt64>

    /// The values of both records of a pair.
    @inline(__always)
    func values(_ pair: Int, _ field: Int) -> (Int32, Int32) {
      (codes[Int(left[pair]) &* stride &+ field], codes[Int(right[pair]) &* stride &+ field])
    }
  }

  private mutating func find(_ number: Int, _ batch: Batch) {
    switch pairs.comparisons[number].subject {
    case .field(let field): find(number, of: field, batch) { _, _, _ in true }
    case .script(let field, let isAcross):
      guard let names = pairs.fields[field].features.names else { return }
      find(number, of: field, batch) { a, b, _ in names.areAcross(a, b) == isAcross }
    case .namesakes(let field, let agree, let names):
      find(number, of: field, batch) { _, _, pattern in Comparison.areNamesakes(pattern, names) == agree }
    case .swappable: break
    case .order(let given, let family): findOrder(given, family, order: number, batch)
    }
  }

  /// - Parameter isCompared: of two values and the pattern as it is so far.
  @inline(__always)
  private mutating func find(
    _ number: Int, of field: Int, _ batch: Batch, where isCompared: (Int32, Int32, UInt64) -> Bool
  ) {
    let shift = UInt64(number * 4)
    let comparer = pairs.comparers[field]
    touched ^= touch(field, comparer, batch)
    let isDirect = isDirect[field]
    for pair in batch.patterns.indices {
      let (a, b) = batch.values(pair, field)
      if a < 0 || b < 0 || !isCompared(a, b, batch.patterns[pair]) { continue }
      let level: UInt8 =
        if a == b { 1 } else if isDirect { comparer.level(a, b) } else { memories[field].level(a, b, comparer) }
      batch.patterns[pair] |= UInt64(level) << shift
    }
  }

  /// Reads what comparing will read first, each load independent of the others: so they wait for memory together, not one
  /// after the other.
  private func touch(_ field: Int, _ comparer: borrowing FieldComparer, _ batch: Batch) -> UInt64 {
    var touched: UInt64 = 0
    comparer.withSignatures { signatures in
      if signatures.isEmpty { return }
      for pair in batch.patterns.indices {
        let (a, b) = batch.values(pair, field)
        if a >= 0, b >= 0 { touched ^= signatures[Int(a)].bits ^ signatures[Int(b)].bits }
      }
    }
    return touched
  }

  private mutating func findOrder(_ given: Int, _ family: Int, order number: Int, _ batch: Batch) {
    let (comparer, familyComparer) = (pairs.comparers[given], pairs.comparers[family])
    let memories = memories
    for pair in batch.patterns.indices {
      let (givenOfA, givenOfB) = batch.values(pair, given)
      let (familyOfA, familyOfB) = batch.values(pair, family)
      let levels = NameOrder.levels(
        (givenOfA, familyOfA), (givenOfB, familyOfB), mayCross: { comparer.mayBeOneSlip($0, $1) },
        swappedness: { pairs.swappedness(given, family, $0, $1) },
        given: { $0 < 0 || $1 < 0 ? 0 : $0 == $1 ? 1 : memories[given].level($0, $1, comparer) },
        family: { $0 < 0 || $1 < 0 ? 0 : $0 == $1 ? 1 : memories[family].level($0, $1, familyComparer) })
      batch.patterns[pair] |= levels.pattern(given, family, order: number)
    }
  }
}
