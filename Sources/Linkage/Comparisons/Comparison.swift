/// One comparison of two records: of a field, or of whether given and family name stand in the same order.
struct Comparison: Sendable {
  enum Subject: Sendable, Equatable {
    /// The field with this number.
    case field(Int)
    /// Of whole names: of those in one script, or of those of which one is in Chinese characters and one in letters.
    case script(Int, isAcross: Bool)
    /// Of a field whose values may stand in another one's place, and which comparison tells so.
    case swappable(Int, other: Int, order: Int)
    /// Whether the two fields are swapped in one of the records.
    case order(Int, Int)
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

  static let order = Ladder(levels: [
    Ladder.Level("straight", 960, "given and family name in the same places"),
    Ladder.Level("swapped", 40, "given and family name in one another's places"),
  ])

  /// The number of the field that it compares; nil of the order of names.
  var fieldNumber: Int? {
    switch subject {
    case .field(let number), .script(let number, _), .swappable(let number, _, _): number
    case .order: nil
    }
  }

  /// Comparisons of a matching's fields, in their order; then the orders of names, then names across scripts.
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
    for (number, plan) in matching.fields.enumerated() {
      var subject = Subject.field(number)
      for (index, order) in orders.enumerated() {
        let place = matching.fields.count + index
        if order.given == number { subject = .swappable(number, other: order.family, order: place) }
        if order.family == number { subject = .swappable(number, other: order.given, order: place) }
      }
      if mixed.contains(number) { subject = .script(number, isAcross: false) }
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
    return result
  }
}
