/// Puts together the columns that are one name, one date or one place.
enum ColumnGroups {
  static func table(_ columns: [RecognisedColumn], _ relations: [ColumnRelation]) -> RecognisedTable {
    RecognisedTable(
      columns: columns, nameGroups: names(columns), dateGroups: dates(columns), geoGroups: places(columns),
      relations: relations, sourceColumn: columns.first { $0.kind == .source }?.index)
  }

  /// Words for whose name or date it is, where it is not the record's own.
  private static let relatives: [String] = [
    "mother", "father", "spouse", "husband", "wife", "partner", "parent", "guardian", "child", "emergency", "mutter",
    "vater",
    "ehepartner", "mere", "pere", "conjoint", "madre", "padre", "conyuge", "配偶", "父亲", "母亲", "联系人", "担保人",
  ]

  /// Whose a column is; empty for the record's own.
  private static func owner(_ column: RecognisedColumn) -> String {
    let tokens = ColumnNames.tokens(of: column.name)
    return relatives.first { relative in
      tokens.contains { $0.hasPrefix(relative) || (!relative.utf8.allSatisfy { $0 < 0x80 } && $0.contains(relative)) }
    } ?? ""
  }

  /// Owners in the order in which they first come, with their columns of the wanted kinds, by part.
  private static func byOwner(_ columns: [RecognisedColumn], _ kinds: [ColumnKind]) -> [[RecognisedColumn]] {
    var owners: [String] = []
    var groups: [[RecognisedColumn]] = []
    for column in columns where kinds.contains(column.kind) {
      let owner = owner(column)
      if let place = owners.firstIndex(of: owner) {
        groups[place].append(column)
      } else {
        owners.append(owner)
        groups.append([column])
      }
    }
    return groups.map { $0.sorted { ($0.part ?? 0, $0.index) < ($1.part ?? 0, $1.index) } }
  }

  private static func names(_ columns: [RecognisedColumn]) -> [NameGroup] {
    byOwner(columns, [.givenName, .middleName, .familyName, .wholeName, .otherName]).map { group in
      var names = NameGroup()
      for column in group {
        switch column.kind {
        case .givenName: names.given.append(column.index)
        case .middleName: names.middle.append(column.index)
        case .familyName: names.family.append(column.index)
        case .wholeName: names.whole.append(column.index)
        default: names.other.append(column.index)
        }
      }
      return names
    }
  }

  private static func dates(_ columns: [RecognisedColumn]) -> [DateGroup] {
    byOwner(columns, [.birthYear, .birthMonth, .birthDay]).compactMap { group in
      guard let year = group.first(where: { $0.kind == .birthYear }) else { return nil }
      let month = group.first { $0.kind == .birthMonth }?.index
      let day = group.first { $0.kind == .birthDay }?.index
      return DateGroup(year: year.index, month: month, day: day)
    }
  }

  private static func places(_ columns: [RecognisedColumn]) -> [GeoGroup] {
    let latitudes = columns.filter { $0.kind == .latitude }
    let longitudes = columns.filter { $0.kind == .longitude }
    return zip(latitudes, longitudes).map { GeoGroup(latitude: $0.index, longitude: $1.index) }
  }
}
