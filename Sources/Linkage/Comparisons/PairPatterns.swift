/// What patterns are made of: the fields, what is compared and how. Shared by all threads.
struct PairPatterns: Sendable {
  let fields: [Field]
  let comparisons: [Comparison]
  let comparers: [FieldComparer]
  /// By record, then by field: the number of its value, -1 where it is missing. What a pair needs of one record lies side
  /// by side. 4 bytes a record and field.
  let codes: [Int32]

  init(_ fields: [Field], _ comparisons: [Comparison]) {
    self.fields = fields
    self.comparisons = comparisons
    comparers = fields.map(FieldComparer.init)
    let (count, stride) = (fields.first?.recordCount ?? 0, fields.count)
    codes = [Int32](unsafeUninitializedCapacity: count * stride) { buffer, initialized in
      for (number, field) in fields.enumerated() {
        field.codes.withUnsafeBufferPointer { codes in
          for record in 0..<count { buffer.initializeElement(at: record &* stride &+ number, to: codes[record]) }
        }
      }
      initialized = count * stride
    }
  }

  @inline(__always)
  func code(_ field: Int, _ record: Int) -> Int32 { codes[record &* fields.count &+ field] }

  /// The pattern of one pair, without memory of others: for single pairs.
  func pattern(_ a: Int, _ b: Int) -> UInt64 {
    var pattern: UInt64 = 0
    for number in comparisons.indices {
      switch comparisons[number].subject {
      case .field(let field):
        pattern |= UInt64(level(field, code(field, a), code(field, b))) << UInt64(number * 4)
      case .script(let field, let isAcross):
        let (x, y) = (code(field, a), code(field, b))
        guard let names = fields[field].features.names, x >= 0, y >= 0, names.areAcross(x, y) == isAcross else {
          continue
        }
        pattern |= UInt64(level(field, x, y)) << UInt64(number * 4)
      case .swappable: break
      case .order(let given, let family):
        let levels = NameOrder.levels(
          (code(given, a), code(family, a)), (code(given, b), code(family, b)),
          mayCross: { _, _ in true }, given: { level(given, $0, $1) }, family: { level(family, $0, $1) })
        pattern |= levels.pattern(given, family, order: number)
      }
    }
    return pattern
  }

  /// The level of one value pair; -1 stands for a missing value.
  private func level(_ field: Int, _ a: Int32, _ b: Int32) -> UInt8 {
    if a < 0 || b < 0 { return 0 }
    if a == b { return 1 }
    return comparers.withUnsafeBufferPointer { $0[field].level(min(a, b), max(a, b)) }
  }
}

/// Levels of given and family name in the order that fits better: turned only where nothing agrees as it stands.
struct NameOrder {
  var given: UInt8
  var family: UInt8
  /// 1 straight, 2 swapped, 0 where both names are missing.
  var order: UInt8

  /// - Parameters:
  ///   - a: the numbers of given and family name of one record, which have one numbering.
  ///   - mayCross: false only where two values differ by more than a slip.
  @inline(__always)
  static func levels(
    _ a: (given: Int32, family: Int32), _ b: (given: Int32, family: Int32), mayCross: (Int32, Int32) -> Bool,
    given: (Int32, Int32) -> UInt8, family: (Int32, Int32) -> UInt8
  ) -> NameOrder {
    let straightGiven = given(a.given, b.given)
    let straightFamily = family(a.family, b.family)
    let isAgreeing = straightGiven &- 1 < 5 || straightFamily &- 1 < 5
    if !isAgreeing {
      let (first, second) = (mayCross(a.given, b.family), mayCross(a.family, b.given))
      if first || second {
        let (first, second) = (given(a.given, b.family), given(a.family, b.given))
        // The one the same or nearly so, the other at least an initial of it, or missing.
        if first &- 1 < 2 && second <= 6 || second &- 1 < 2 && first <= 6 {
          return NameOrder(given: first, family: second, order: 2)
        }
      }
    }
    return NameOrder(
      given: straightGiven, family: straightFamily, order: straightGiven == 0 && straightFamily == 0 ? 0 : 1)
  }

  @inline(__always)
  func pattern(_ givenNumber: Int, _ familyNumber: Int, order number: Int) -> UInt64 {
    UInt64(given) << UInt64(givenNumber &* 4) | UInt64(family) << UInt64(familyNumber &* 4)
      | UInt64(order) << UInt64(number &* 4)
  }
}
