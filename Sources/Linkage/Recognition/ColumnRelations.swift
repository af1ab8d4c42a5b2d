/// Measures what columns say about one another.
enum ColumnRelations {
  /// The most records that are looked at.
  static let recordLimit = 16_000
  /// From which share of the records on a column counts as within another, the same as it, or joined of others.
  static let sameShare = 0.95
  /// From which share beyond chance on a column determines another.
  static let determinesShare = 0.5

  private static let leastSupport = 8

  /// - Parameter skipping: by column, whether nothing is to be measured of it.
  static func measure(_ records: RecordSet, skipping: [Bool]) -> [ColumnRelation] {
    let rows = sampledRows(records.count)
    let samples = records.columns.enumerated().map { index, column in
      skipping[index] ? nil : ColumnSample(column, rows: rows, withWords: true)
    }
    var relations: [ColumnRelation] = []
    for (column, sample) in samples.enumerated() {
      guard let sample else { continue }
      for (other, otherSample) in samples.enumerated() where other != column {
        guard let otherSample else { continue }
        relations += texts(column, sample, other, otherSample)
        relations += determined(column, sample, other, otherSample)
      }
    }
    relations += joins(samples, relations)
    return relations.sorted { ($0.column, $0.other, $0.sort.rawValue) < ($1.column, $1.other, $1.sort.rawValue) }
  }

  /// Spread over all records, each at a place in its stretch that does not repeat: deliveries have periods.
  private static func sampledRows(_ count: Int) -> [Int] {
    if count <= recordLimit { return Array(0..<count) }
    return (0..<recordLimit).map { place in
      let start = place * count / recordLimit
      let width = (place + 1) * count / recordLimit - start
      let mixed = (UInt64(place) &* 0x9E37_79B9_7F4A_7C15) >> 33
      return start + Int(mixed % UInt64(width))
    }
  }

  // MARK: Texts

  private static func texts(_ column: Int, _ a: ColumnSample, _ other: Int, _ b: ColumnSample) -> [ColumnRelation] {
    var both = 0
    var within = 0
    var same = 0
    for place in a.codes.indices {
      let (left, right) = (Int(a.codes[place]), Int(b.codes[place]))
      if left < 0 || right < 0 { continue }
      both += 1
      if a.sums[left] == b.sums[right] {
        same += 1
        within += 1
      } else if isWithin(a, left, b, right) {
        within += 1
      }
      // Most columns have nothing to do with each other.
      if both == 200, within < 150 { return [] }
    }
    guard both >= leastSupport, Double(within) >= sameShare * Double(both) else { return [] }
    if Double(same) >= sameShare * Double(both) {
      return [relation(.same, column, other, same, both)]
    }
    return [relation(.within, column, other, within, both)]
  }

  private static func relation(_ sort: ColumnRelation.Sort, _ column: Int, _ other: Int, _ hits: Int, _ support: Int)
    -> ColumnRelation
  {
    ColumnRelation(sort: sort, column: column, other: other, strength: Double(hits) / Double(support), support: support)
  }

  /// Both lists ascend.
  private static func isWithin(_ a: ColumnSample, _ left: Int, _ b: ColumnSample, _ right: Int) -> Bool {
    var place = Int(b.starts[right])
    let end = Int(b.starts[right + 1])
    let tokens = Int(a.starts[left])..<Int(a.starts[left + 1])
    if tokens.isEmpty || tokens.count > end - place { return false }
    for token in tokens {
      while place < end, b.tokens[place] < a.tokens[token] { place += 1 }
      if place == end || b.tokens[place] != a.tokens[token] { return false }
      place += 1
    }
    return true
  }

  /// Columns that are others, one behind the other; the others are among those within it.
  private static func joins(_ samples: [ColumnSample?], _ relations: [ColumnRelation]) -> [ColumnRelation] {
    var joins: [ColumnRelation] = []
    for (whole, sample) in samples.enumerated() {
      guard let sample else { continue }
      let parts = relations.filter { $0.sort == .within && $0.other == whole }.map(\.column)
      if parts.count < 2 { continue }
      var sets = parts.indices.flatMap { first in
        parts.indices.filter { $0 > first }.map { [parts[first], parts[$0]] }
      }
      if parts.count > 2 { sets.append(parts) }
      for set in sets {
        let (hits, support) = joined(sample, set.compactMap { samples[$0] })
        guard support >= leastSupport, Double(hits) >= sameShare * Double(support) else { continue }
        joins += set.map { relation(.joins, whole, $0, hits, support) }
        break
      }
    }
    return joins
  }

  private static func joined(_ whole: ColumnSample, _ parts: [ColumnSample]) -> (hits: Int, support: Int) {
    var hits = 0
    var support = 0
    for place in whole.codes.indices where whole.codes[place] >= 0 {
      var sum: UInt64 = 0
      for part in parts where part.codes[place] >= 0 { sum &+= part.sums[Int(part.codes[place])] }
      support += 1
      if sum == whole.sums[Int(whole.codes[place])] { hits += 1 }
      if support == 200, hits < 150 { break }
    }
    return (hits, support)
  }

  // MARK: Dependencies

  /// The probability that another record with the same value has the same value in the other column, beyond chance:
  /// (p − c) / (1 − c), p weighted by record, c the probability that any two records agree there (Goodman and Kruskal's
  /// tau, without the bias that values of one record bring).
  private static func determined(_ column: Int, _ a: ColumnSample, _ other: Int, _ b: ColumnSample) -> [ColumnRelation]
  {
    if a.valueCount < 2 || b.valueCount < 2 { return [] }
    let records = grouped(a, b)
    var counts = [Int32](repeating: 0, count: b.valueCount)
    var totals = [Int32](repeating: 0, count: b.valueCount)
    var agreeing = 0.0
    var support = 0
    var all = 0
    for value in 0..<a.valueCount {
      let group = records.values[Int(records.starts[value])..<Int(records.starts[value + 1])]
      all += group.count
      // Twice the number of pairs that agree.
      var pairs = 0
      for code in group {
        pairs += 2 * Int(counts[Int(code)])
        counts[Int(code)] += 1
        totals[Int(code)] += 1
      }
      for code in group { counts[Int(code)] = 0 }
      if group.count < 2 { continue }
      support += group.count
      agreeing += Double(pairs) / Double(group.count - 1)
    }
    guard support >= 30, all > 1 else { return [] }
    let chance = totals.reduce(0.0) { $0 + Double($1) * Double($1 - 1) } / Double(all) / Double(all - 1)
    let strength = chance >= 1 ? 0 : (agreeing / Double(support) - chance) / (1 - chance)
    guard strength >= determinesShare else { return [] }
    return [ColumnRelation(sort: .determines, column: column, other: other, strength: strength, support: support)]
  }

  /// The other column's values by value of the first, of records that have both.
  private static func grouped(_ a: ColumnSample, _ b: ColumnSample) -> (starts: [Int32], values: [Int32]) {
    var starts = [Int32](repeating: 0, count: a.valueCount + 1)
    var total = 0
    for place in a.codes.indices where a.codes[place] >= 0 && b.codes[place] >= 0 {
      starts[Int(a.codes[place]) + 1] += 1
      total += 1
    }
    for value in 0..<a.valueCount { starts[value + 1] += starts[value] }
    var ends = starts
    var values = [Int32](repeating: 0, count: total)
    for place in a.codes.indices where a.codes[place] >= 0 && b.codes[place] >= 0 {
      let value = Int(a.codes[place])
      values[Int(ends[value])] = b.codes[place]
      ends[value] += 1
    }
    return (starts, values)
  }

  // MARK: Redundant columns

  /// Marks columns that are joined of others, and the later of two that are the same; never where the others lack a value
  /// that the column has in more than one record of twenty.
  static func markRedundant(_ columns: inout [RecognisedColumn], _ relations: [ColumnRelation]) {
    for relation in relations where relation.sort == .same {
      let (column, other) = (columns[relation.column], columns[relation.other])
      let isLater = (other.stats.missingCount, other.index) < (column.stats.missingCount, column.index)
      guard isLater, relation.support * 20 >= column.stats.filledCount * 19 || relation.support >= recordLimit * 19 / 20
      else { continue }
      guard column.kind.isEvidence, other.kind.isEvidence else { continue }
      mark(
        &columns[relation.column], [other.index],
        "Says the same as \(other.name) in \(percent(relation)) of the records.")
    }
    for whole in columns.indices where columns[whole].kind.isEvidence {
      let parts = relations.filter { $0.sort == .joins && $0.column == whole }
      guard parts.count >= 2, parts.allSatisfy({ columns[$0.other].kind.isEvidence }) else { continue }
      let names = parts.map { columns[$0.other].name }.joined(separator: " and ")
      mark(&columns[whole], parts.map(\.other), "Is \(names) joined, in \(percent(parts[0])) of the records.")
    }
  }

  private static func percent(_ relation: ColumnRelation) -> String { ColumnReasons.percent(relation.strength) }

  private static func mark(_ column: inout RecognisedColumn, _ others: [Int], _ reason: String) {
    column.kind = .redundant
    column.redundantOf = others.sorted()
    column.reason = reason
  }
}
