/// Tells numbers of records from numbers of people: the former say nothing, even where two files use the same.
enum RecordNumbers {
  private static let answers: Set<String> = [
    "cluster", "clusterid", "clusterno", "entityid", "entityno", "goldid", "goldcluster", "truth", "truthid",
    "duplicateof",
    "dupid", "matchid", "groupid",
  ]

  static func settle(_ columns: inout [RecognisedColumn], _ records: RecordSet, _ candidates: [Candidate]) {
    for index in columns.indices {
      let isUnnamed = candidates[index].readings.isEmpty
      switch columns[index].kind {
      case .recordId: settleNamed(&columns[index], records, candidates[index])
      case .documentNumber where isUnnamed || candidates[index].named(.recordId) > 0.5,
        .number where isUnnamed, .phone where isUnnamed && candidates[index].measure.share(.markedPhone) < 0.5,
        .postcode where isUnnamed, .freeText where isUnnamed && candidates[index].stats.digitShare > 0.3,
        .houseNumber where isUnnamed, .birthYear where isUnnamed && candidates[index].context[.birthYear] == nil:
        if isUnique(columns[index].stats) {
          become(.recordId, &columns[index], "Every record has its own: it cannot tell that two records are one.")
        }
      default: break
      }
    }
  }

  private static func isUnique(_ stats: ColumnStats) -> Bool {
    stats.missingCount == 0 && stats.valueCount == stats.recordCount && stats.recordCount > 1
  }

  private static func settleNamed(_ column: inout RecognisedColumn, _ records: RecordSet, _ candidate: Candidate) {
    if let word = candidate.readings[.recordId]?.word, answers.contains(word) {
      column.reason = "Named like the answer of another linkage, which is never evidence."
      return
    }
    if isUnique(column.stats) {
      column.reason = "Every record has its own: it cannot tell that two records are one."
      return
    }
    if agrees(column.index, records) {
      become(
        .documentNumber, &column, "Records that share one agree elsewhere too: it is a number of what they describe.")
    } else {
      column.reason = "Named like a record's number, and records that share one have nothing else in common."
    }
  }

  private static func become(_ kind: ColumnKind, _ column: inout RecognisedColumn, _ reason: String) {
    column.kind = kind
    column.content = kind
    column.reason = reason
  }

  /// Whether two records with the same value have the same in another column of many values, more often than not.
  private static func agrees(_ index: Int, _ records: RecordSet) -> Bool {
    let column = records.columns[index]
    var firsts = [Int32](repeating: -1, count: column.valueCount)
    var pairs: [(Int, Int)] = []
    for (row, code) in column.codes.enumerated() where code >= 0 && column.counts[Int(code)] > 1 {
      if firsts[Int(code)] < 0 {
        firsts[Int(code)] = Int32(row)
      } else {
        pairs.append((Int(firsts[Int(code)]), row))
        if pairs.count == 2000 { break }
      }
    }
    if pairs.isEmpty { return false }
    for (other, values) in records.columns.enumerated() where other != index && values.valueCount > 10 {
      var both = 0
      var same = 0
      for (first, second) in pairs where values.codes[first] >= 0 && values.codes[second] >= 0 {
        both += 1
        if values.codes[first] == values.codes[second] { same += 1 }
      }
      // A column of few values agrees by chance; more than ten values seldom agree in half of all pairs.
      let top = Double(values.counts.max() ?? 0) / Double(max(1, values.recordCount - values.missingCount))
      if both >= 3, Double(same) > Double(both) * (0.4 + 0.6 * top) { return true }
    }
    return false
  }
}
