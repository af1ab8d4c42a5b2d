import Basics

/// What is counted of a source's records; tallies of parts of an extract add up to the extract's, in any order.
struct SourceTally: Sendable {
  /// All but header and trailer records.
  var records = 0
  /// By number of money field.
  var sums: [FieldSum]
  /// By number of converter: accepted records without a value, and with one that was left out.
  var empty: [Int]
  var emptied: [Int]
  /// By number of coded field: how often each code stands in accepted records.
  var codes: [[String: Int]]

  init(_ plan: SourcePlan) {
    sums = plan.moneyFields.map { FieldSum(plan.converters[$0].field.from, decimals: Int(plan.decimals.own)) }
    empty = plan.converters.map { _ in 0 }
    emptied = empty
    codes = plan.codedFields.map { _ in [:] }
  }

  mutating func add(_ other: SourceTally) {
    records += other.records
    for index in sums.indices { sums[index].add(other.sums[index]) }
    for index in empty.indices {
      empty[index] += other.empty[index]
      emptied[index] += other.emptied[index]
    }
    for index in codes.indices { codes[index].merge(other.codes[index], uniquingKeysWith: +) }
  }

  /// Takes accepted records out that turned out to be duplicates: their amounts are quarantined now.
  mutating func quarantine(_ accepted: SourceTally) {
    for index in sums.indices { sums[index].quarantineAccepted(accepted.sums[index]) }
    for index in empty.indices {
      empty[index] -= accepted.empty[index]
      emptied[index] -= accepted.emptied[index]
    }
    for index in codes.indices { codes[index].merge(accepted.codes[index], uniquingKeysWith: -) }
  }

  /// One for every field that is read, in the definition's order.
  func profile(_ plan: SourcePlan, accepted: Int) -> [FieldProfile] {
    plan.source.fields.map { field in
      var profile = FieldProfile(field: field.from)
      guard let converter = plan.converters.first(where: { $0.field.to == field.to }) else {
        profile.empty = accepted
        return profile
      }
      profile.empty = empty[converter.number] + emptied[converter.number]
      profile.emptied = emptied[converter.number]
      if let index = plan.codedFields.firstIndex(of: converter.number) {
        profile.codes = codes[index].filter { $0.value > 0 }.map(\.key).sorted {
          $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
      }
      return profile
    }
  }
}
