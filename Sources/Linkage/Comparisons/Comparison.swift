/// One comparison of two records: of a field, or of whether given and family name stand in the same order.
struct Comparison: Sendable {
  enum Subject: Sendable, Equatable {
    /// The field with this number.
    case field(Int)
    /// Of whole names: of those in one script, or of those of which one is in Chinese characters and one in letters.
    case script(Int, isAcross: Bool)
    /// Of e-mail addresses, which people make of their names: of those whose owners' names agree, or of the others.
    case namesakes(Int, agree: Bool, names: [NameTest])
    /// Of a field whose values may stand in another one's place, and which comparison tells so.
    case swappable(Int, other: Int, order: Int)
    /// Whether the two fields are swapped in one of the records.
    case order(Int, Int)
  }

  /// Says of a pattern whether a name agrees in it.
  struct NameTest: Sendable, Equatable {
    /// The number of the name's comparison.
    var comparison: Int
    /// From the first level to this one the name agrees.
    var last: UInt8
  }

  let id: String
  let subject: Subject
  let ladder: Ladder
  let group: FieldGroup
  /// Whether people of one household usually agree in it.
  let isShared: Bool
  var isDate: Bool { ladder == .date }
  /// Whether it is of whole names, of which people of one household usually share a part.
  var isWholeName: Bool { ladder == .wholeName }

  /// Whether it hangs on the levels of other comparisons.
  var isDependent: Bool { if case .namesakes = subject { true } else { false } }

  /// Whether it is of names, or of their order.
  var isOfNames: Bool {
    if case .order = subject { return true }
    return group == .name
  }

  static let order = Ladder(levels: [
    Ladder.Level("straight", 960, "given and family name in the same places"),
    Ladder.Level("swapped_in_second", 20, "given and family name in one another's places in the second record"),
    Ladder.Level("swapped_in_first", 20, "given and family name in one another's places in the first record"),
  ])

  /// The number of the field that it compares; nil of the order of names.
  var fieldNumber: Int? {
    switch subject {
    case .field(let number), .script(let number, _), .namesakes(let number, _, _), .swappable(let number, _, _): number
    case .order: nil
    }
  }

  /// Comparisons of a matching's fields, in their order; then the orders of names, then names across scripts, then e-mail
  /// addresses of namesakes.
  ///
  /// - Parameter mixed: numbers of the fields that hold names in several scripts.
  static func all(_ matching: Matching, mixed: [Int] = []) -> [Comparison] {
    let numbers = Dictionary(uniqueKeysWithValues: matching.fields.enumerated().map { ($1.id, $0) })
    var result: [Comparison] = []
    var orders: [(given: Int, family: Int, id: String)] = []
    for pair in matching.swappable {
      guard let given = numbers[pair.given], let family = numbers[pair.family] else { continue }
      orders.append((given, family, "order_of_\(pair.given)"))
    }
    let names = matching.fields.enumerated().compactMap { nameTest($1, $0) }
    for (number, plan) in matching.fields.enumerated() {
      var subject = Subject.field(number)
      for (index, order) in orders.enumerated() {
        let place = matching.fields.count + index
        if order.given == number { subject = .swappable(number, other: order.family, order: place) }
        if order.family == number { subject = .swappable(number, other: order.given, order: place) }
      }
      if mixed.contains(number) { subject = .script(number, isAcross: false) }
      if plan.kind == .email, !names.isEmpty { subject = .namesakes(number, agree: false, names: names) }
      result.append(
        Comparison(
          id: plan.id, subject: subject, ladder: .of(plan.kind), group: plan.group, isShared: plan.isShared))
    }
    for order in orders {
      result.append(
        Comparison(
          id: order.id, subject: .order(order.given, order.family), ladder: Self.order, group: .other, isShared: false))
    }
    for number in mixed {
      let plan = matching.fields[number]
      result.append(
        Comparison(
          id: "\(plan.id)_across_scripts", subject: .script(number, isAcross: true), ladder: .of(plan.kind),
          group: plan.group, isShared: plan.isShared))
    }
    if names.isEmpty { return result }
    for (number, plan) in matching.fields.enumerated() where plan.kind == .email {
      result.append(
        Comparison(
          id: "\(plan.id)_of_namesakes", subject: .namesakes(number, agree: true, names: names), ladder: .of(plan.kind),
          group: plan.group, isShared: plan.isShared))
    }
    return result
  }

  /// Where a name is the same, nearly so, or a nickname.
  private static func nameTest(_ plan: Matching.FieldPlan, _ number: Int) -> NameTest? {
    guard plan.group == .name else { return nil }
    switch plan.kind {
    case .givenName: return NameTest(comparison: number, last: 3)
    case .familyName: return NameTest(comparison: number, last: 2)
    case .wholeName: return NameTest(comparison: number, last: 8)
    default: return nil
    }
  }

  /// Whether a name agrees in a pattern.
  @inline(__always)
  static func areNamesakes(_ pattern: UInt64, _ names: [NameTest]) -> Bool {
    for name in names where PatternTable.level(pattern, name.comparison) &- 1 < name.last { return true }
    return false
  }
}
