/// Tells what columns are, by their values and by their names; values outvote names that contradict them.
///
/// A kind's score is `fit · (1 − (1 − evidence)(1 − name))`: what the values allow, times the noisy-or of what the values
/// alone and the name alone say. Then columns that stand together help one another: year, month and day; latitude and
/// longitude; the number of a house before its street.
public enum ColumnRecogniser {
  /// The most distinct values of a column that are looked at.
  public static let valueLimit = 8_000

  /// What each column is; as `recognise(table:)`, without the groups.
  public static func recognise(_ records: RecordSet) -> [RecognisedColumn] { recognise(table: records).columns }

  /// O(columns · (records + values looked at) + columns² · records of the sample).
  public static func recognise(table records: RecordSet) -> RecognisedTable {
    var candidates = records.columns.enumerated().map { Candidate($0, $1, limit: valueLimit) }
    ColumnContext.apply(to: &candidates)
    let relations = ColumnRelations.measure(records, skipping: candidates.map { $0.kind == .freeText || !$0.hasValues })
    var columns = candidates.map { $0.column }
    RecordNumbers.settle(&columns, records, candidates)
    ColumnRelations.markRedundant(&columns, relations)
    return ColumnGroups.table(columns, relations)
  }
}

/// A column on its way to be recognised.
struct Candidate {
  let index: Int
  let measure: ColumnMeasure
  let readings: [ColumnKind: ColumnNames.Reading]
  let part: Int?
  /// What other columns add to the evidence, by kind, with why.
  var context: [ColumnKind: (strength: Double, reason: String)] = [:]

  init(_ index: Int, _ column: InternedColumn, limit: Int) {
    self.index = index
    measure = ColumnMeasure(column, limit: limit)
    let name = ColumnNames.readings(of: column.name)
    readings = name.kinds
    part = name.kinds.isEmpty ? nil : name.part
  }

  var stats: ColumnStats { measure.stats }
  var hasValues: Bool { stats.valueCount > 1 }

  /// How strongly the name alone means a kind.
  func named(_ kind: ColumnKind) -> Double { readings[kind]?.strength ?? 0 }

  func score(_ kind: ColumnKind) -> Double {
    let values = measure.evidence(for: kind)
    let context = context[kind]?.strength ?? 0
    return values.fit * (1 - (1 - values.evidence) * (1 - named(kind)) * (1 - context))
  }

  /// The likeliest kind; of equals, the one that stands first in `ColumnKind`.
  var best: (kind: ColumnKind, score: Double) {
    if stats.filledCount == 0 { return (.empty, 1) }
    if stats.valueCount == 1 { return (.constant, 1) }
    var best = (kind: ColumnKind.freeText, score: 0.0)
    for kind in ColumnKind.allCases {
      let score = score(kind)
      if score > best.score { best = (kind, score) }
    }
    return best
  }

  var kind: ColumnKind { best.kind }

  var column: RecognisedColumn {
    let best = best
    return RecognisedColumn(
      index: index, name: measure.name, kind: best.kind, content: best.kind, confidence: best.score,
      reason: ColumnReasons.sentence(for: best.kind, self), stats: stats, part: part)
  }
}
