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
    var isDependent = false
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
      case .namesakes: isDependent = true
      case .order(let given, let family):
        let levels = NameOrder.levels(
          (code(given, a), code(family, a)), (code(given, b), code(family, b)),
          mayCross: { _, _ in true }, swappedness: { swappedness(given, family, $0, $1) },
          given: { level(given, $0, $1) }, family: { level(family, $0, $1) })
        pattern |= levels.pattern(given, family, order: number)
      }
    }
    return isDependent ? withNamesakes(pattern, a, b) : pattern
  }

  /// With the comparisons that hang on whether names agree.
  private func withNamesakes(_ others: UInt64, _ a: Int, _ b: Int) -> UInt64 {
    var pattern = others
    for number in comparisons.indices {
      guard case .namesakes(let field, let agree, let names) = comparisons[number].subject else { continue }
      if Comparison.areNamesakes(others, names) != agree { continue }
      pattern |= UInt64(level(field, code(field, a), code(field, b))) << UInt64(number * 4)
    }
    return pattern
  }

  /// How much likelier it is that a record's names stand in one another's places than that they do not, by how often the
  /// values stand in each; 1 where nothing is known.
  @inline(__always)
  func swappedness(_ given: Int, _ family: Int, _ givenValue: Int32, _ familyValue: Int32) -> Float {
    func ratio(_ value: Int32) -> Float {
      if value < 0 { return 1 }
      return Float(fields[family].counts[Int(value)] + 1) / Float(fields[given].counts[Int(value)] + 1)
    }
    return ratio(givenValue) / ratio(familyValue)
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
  /// 1 straight, 2 swapped in the second record, 3 in the first; 0 where both names are missing.
  var order: UInt8

  /// - Parameters:
  ///   - a: the numbers of given and family name of one record, which have one numbering.
  ///   - mayCross: false only where two values differ by more than a slip.
  ///   - swappedness: of given and family name of a record: the greater, the likelier they are swapped in it.
  @inline(__always)
  static func levels(
    _ a: (given: Int32, family: Int32), _ b: (given: Int32, family: Int32), mayCross: (Int32, Int32) -> Bool,
    swappedness: (Int32, Int32) -> Float, given: (Int32, Int32) -> UInt8, family: (Int32, Int32) -> UInt8
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
          return swappedness(a.given, a.family) > swappedness(b.given, b.family)
            ? NameOrder(given: second, family: first, order: 3) : NameOrder(given: first, family: second, order: 2)
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
