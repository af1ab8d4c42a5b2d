import Linkage

/// What no evidence overrides: two different valid documents of one type, two birth dates both from valid documents, a
/// person and an organisation are never one customer.
enum NeverTogether {
  /// One slot a document type, then the verified birth date, then the party type.
  static func sets(for keys: PartyKeys) -> ConstrainedSets {
    var sets = ConstrainedSets(count: keys.count)
    sets.reserveValues(keys.count * 2)
    let birthSlot = UInt8(keys.documentTypes)
    let partySlot = birthSlot + 1
    for row in 0..<keys.count {
      if keys.partyTypes[row] >= 0 { sets.assign(UInt64(keys.partyTypes[row]), slot: partySlot, to: Int32(row)) }
      let document = keys.documents[row]
      if document < 0 { continue }
      let facts = keys.documentFacts[Int(document)]
      if facts.birthDate >= 0 { sets.assign(UInt64(facts.birthDate), slot: birthSlot, to: Int32(row)) }
      if facts.isExclusive { sets.assign(UInt64(document), slot: facts.type, to: Int32(row)) }
    }
    return sets
  }

  /// The same as columns by row, -1 for none, and by column its slot; columns without a value are left out.
  static func columns(for keys: PartyKeys) -> (columns: [[Int32]], slots: [Int]) {
    var columns = [[Int32]?](repeating: nil, count: keys.documentTypes + 2)
    func put(_ value: Int32, _ slot: Int, _ row: Int) {
      if columns[slot] == nil { columns[slot] = [Int32](repeating: -1, count: keys.count) }
      columns[slot]![row] = value
    }
    for row in 0..<keys.count {
      if keys.partyTypes[row] >= 0 { put(keys.partyTypes[row], keys.documentTypes + 1, row) }
      let document = keys.documents[row]
      if document < 0 { continue }
      let facts = keys.documentFacts[Int(document)]
      if facts.birthDate >= 0 { put(facts.birthDate, keys.documentTypes, row) }
      if facts.isExclusive { put(document, Int(facts.type), row) }
    }
    let used = columns.indices.filter { columns[$0] != nil }
    return (used.map { columns[$0]! }, used)
  }

  static func reason(_ slot: Int, _ keys: PartyKeys) -> Review.Reason {
    if slot < keys.documentTypes { return .blockedByDocument }
    return slot == keys.documentTypes ? .blockedByBirthDate : .blockedByPartyType
  }
}
