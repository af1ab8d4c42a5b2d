import Basics

/// Chooses how records are matched from what their columns are.
public enum MatchingChooser {
  /// Fields of evidence, of the recognised columns, and which names may be swapped.
  public static func fields(
    _ table: RecognisedTable
  ) -> (fields: [Matching.FieldPlan], swappable: [(String, String)]) {
    var chosen = ChosenFields(table)
    for group in table.nameGroups { chosen.add(group) }
    for group in table.dateGroups { chosen.add(group) }
    for group in table.geoGroups { chosen.add(group) }
    for column in table.columns { chosen.add(column) }
    return chosen.result
  }
}

private struct ChosenFields {
  private let table: RecognisedTable
  private var used: Set<Int> = []
  private var fields: [Matching.FieldPlan] = []
  private var swappable: [(String, String)] = []

  init(_ table: RecognisedTable) { self.table = table }

  /// At most as many as a pattern holds, the order of names counted.
  var result: (fields: [Matching.FieldPlan], swappable: [(String, String)]) {
    let kept = Array(
      fields.prefix(
        PatternTable.comparisonLimit - swappable.count - fields.count { $0.kind == .wholeName || $0.kind == .email }))
    let ids = Set(kept.map(\.id))
    return (kept, swappable.filter { ids.contains($0.0) && ids.contains($0.1) })
  }

  private mutating func add(
    _ columns: [Int], _ kind: FieldKind, _ group: FieldGroup, isShared: Bool = false
  ) -> String {
    let names = columns.map { table.columns[$0].name }
    used.formUnion(columns)
    var id = names[0]
    if columns.count > 1 {
      id = kind == .date ? "date_of_\(names[0])" : kind == .place ? "place" : names.joined(separator: "_")
    }
    fields.append(Matching.FieldPlan(id: id, kind: kind, group: group, columns: names, isShared: isShared))
    return id
  }

  mutating func add(_ group: NameGroup) {
    func free(_ columns: [Int]) -> [Int] { columns.filter { !used.contains($0) && table.columns[$0].kind.isEvidence } }
    let (given, family, middle) = (free(group.given), free(group.family), free(group.middle))
    if let first = given.first, let last = family.first {
      let a = add([first], .givenName, .name)
      let b = add([last], .familyName, .name, isShared: true)
      swappable.append((a, b))
    } else {
      for column in given.prefix(1) { _ = add([column], .givenName, .name) }
      for column in family.prefix(1) { _ = add([column], .familyName, .name, isShared: true) }
      for column in free(group.whole) { _ = add([column], .wholeName, .name) }
    }
    for column in given.dropFirst() + middle { _ = add([column], .givenName, .other) }
    for column in family.dropFirst() { _ = add([column], .familyName, .other, isShared: true) }
    for column in free(group.other) { _ = add([column], .wholeName, .other) }
    // A whole name beside its parts says the same again.
    used.formUnion(group.whole)
  }

  mutating func add(_ group: DateGroup) {
    guard let month = group.month, let day = group.day else { return }
    let columns = [group.year, month, day]
    guard columns.allSatisfy({ !used.contains($0) }) else { return }
    _ = add(columns, .date, .birth)
  }

  mutating func add(_ group: GeoGroup) {
    guard !used.contains(group.latitude), !used.contains(group.longitude) else { return }
    _ = add([group.latitude, group.longitude], .place, .address, isShared: true)
  }

  mutating func add(_ column: RecognisedColumn) {
    guard !used.contains(column.index), column.kind.isEvidence else { return }
    let only = [column.index]
    switch column.kind {
    case .givenName, .middleName: _ = add(only, .givenName, .name)
    case .familyName: _ = add(only, .familyName, .name, isShared: true)
    case .wholeName, .otherName: _ = add(only, .wholeName, .name)
    case .organisationName: _ = add(only, .organisation, .other)
    case .birthDate, .birthYear: _ = add(only, .date, .birth)
    case .otherDate: _ = add(only, .date, .other)
    case .birthMonth, .birthDay, .age, .number, .latitude, .longitude: _ = add(only, .number, .other)
    case .sex, .category: _ = add(only, .category, .other)
    case .phone: _ = add(only, .phone, .contact, isShared: true)
    case .email: _ = add(only, .email, .contact, isShared: true)
    case .houseNumber, .region, .country: _ = add(only, .category, .address, isShared: true)
    case .street, .addressLine, .locality: _ = add(only, .text, .address, isShared: true)
    case .postcode: _ = add(only, .postcode, .address, isShared: true)
    case .documentNumber: _ = add(only, .code, .other)
    case .place: _ = add(only, .place, .address, isShared: true)
    case .list: _ = add(only, .list, .other)
    case .freeText: _ = add(only, .longText, .other)
    case .url: _ = add(only, .text, .other)
    case .recordId, .source, .constant, .empty, .redundant: break
    }
  }
}
