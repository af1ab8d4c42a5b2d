import Definition

/// Which column of a canonical table each field probably fills.
struct Binding {
  let kind: RecordKind
  /// By field; nil where no column is known to fit.
  let columns: [RecordKind.Column?]

  /// - Parameter hasNames: whether fields have names of their own, not only numbers.
  init(_ profiles: [ColumnProfile], kind: RecordKind?, hasNames: Bool) {
    let kinds = kind.map { [$0] } ?? RecordKind.allCases
    let bindings = kinds.map { Binding(profiles, as: $0, hasNames: hasNames) }
    // Of equals the first kind: a party.
    self = bindings.reduce(bindings[0]) { $1.score > $0.score ? $1 : $0 }
  }

  private init(_ profiles: [ColumnProfile], as kind: RecordKind, hasNames: Bool) {
    var columns = [RecordKind.Column?](repeating: nil, count: profiles.count)
    let open = kind.columns.filter { $0.name != "notes" }
    func bind(_ column: RecordKind.Column, where isRight: (ColumnProfile) -> Bool) {
      if columns.contains(column) { return }
      let index = profiles.indices.first { columns[$0] == nil && isRight(profiles[$0]) }
      if let index { columns[index] = column }
    }
    if hasNames {
      for strength in [ColumnWords.Strength.exact, .ending] {
        for column in open {
          bind(column) {
            ColumnWords.strength(of: $0.name, for: column.name, of: kind) == strength && $0.shape.fits(column)
          }
        }
      }
    } else {
      for column in open { bind(column) { $0.isTellingly(column) } }
    }
    self.kind = kind
    self.columns = columns
  }

  /// The needed columns that nothing fills.
  var missing: [String] {
    kind.neededColumns.filter { name in !columns.contains { $0?.name == name } }
  }

  private var score: Int {
    columns.count { $0 != nil } + 2 * kind.neededColumns.count - 4 * missing.count
  }
}

extension ColumnProfile.Shape {
  /// Whether such values can be read into the column.
  func fits(_ column: RecordKind.Column) -> Bool {
    switch (column.storage, self) {
    case (.text, .date), (.text, .timestamp), (.text, .money): false
    case (.text, _): true
    case (.code, .codes), (.code, .text), (.code, .integer), (.code, .personName): true
    case (.money, .money), (.money, .integer): true
    case (.date, .date), (.date, .timestamp), (.timestamp, .timestamp): true
    case (.boolean, .codes), (.integer, .integer): true
    default: false
    }
  }
}

extension ColumnProfile {
  /// Whether the values alone, without a name, say that this is the column.
  fileprivate func isTellingly(_ column: RecordKind.Column) -> Bool {
    switch (column.name, shape) {
    case ("key", .text), ("key", .integer): isUnique
    case ("name", .personName), ("document_number", .residentId), ("mobile", .mobile), ("email", .email): true
    case ("balance", .money), ("amount", .money), ("happened_at", .timestamp): true
    case ("currency", .codes):
      codes.allSatisfy { $0.word.utf8.count == 3 && $0.word.utf8.allSatisfy { (65...90).contains($0) } }
    default: false
    }
  }
}
