import Basics
import Linkage

extension Evaluation {
  /// The report that a person reads first: rates, errors by kind, fields, thresholds, pairs to look at.
  public var text: String {
    ([head, rates, errorsByKind, fieldsTable, thresholdsTable, examples] as [[String]])
      .filter { !$0.isEmpty }
      .map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  private var head: [String] {
    let known = recordCount == 0 ? 1 : Double(clusters.recordCount) / Double(recordCount)
    return [
      "Truth from \(origin): \(clusters.recordCount) of \(recordCount) records (\(Decimals.percent(known))) are of "
        + "\(clusters.entityCount) known entities, \(sweep.truePairs) pairs of records are of one.",
      "They are in \(clusters.clusterCount) clusters, the largest of \(clusters.largestCluster) records.",
    ]
  }

  private var rates: [String] {
    var rows = [
      ["", "precision", "recall", "F1", "right", "wrong", "missed"],
      row("clusters, their pairs", clusters.pairs), row("clusters, exact", clusters.exact),
      row("clusters of two or more, exact", clusters.exactGroups),
      ["clusters, B-cubed"] + Self.cells(clusters.bCubed) + ["", "", ""],
      row("pairs from \(Decimals.text(Double(threshold), 2)) bits on", atThreshold.counts),
    ]
    guard let best = sweep.best else { return Self.lines(rows) }
    rows.append(row("pairs at their best, from \(Decimals.text(Double(best.weight), 2)) bits on", best.counts))
    let lost = best.counts.rates.f1 - atThreshold.counts.rates.f1
    return Self.lines(rows) + [
      "The threshold costs \(Decimals.text(lost, 4)) of the F1 that the best of all thresholds would give."
    ]
  }

  private var errorsByKind: [String] {
    var lines = ["Pairs that went wrong in clusters:"]
    let rows = LinkErrors.Kind.allCases.map { kind in
      ["  \(kind.isJoin ? "two entities" : "one entity"), \(kind.text)", String(errors.count(kind))]
    }
    lines += Self.lines(rows)
    return lines
  }

  private var fieldsTable: [String] {
    let joins: [LinkErrors.Kind] = [.joinedByScore, .joinedByOthers]
    let scored: [LinkErrors.Kind] = [.missedByScore, .missedByClustering]
    let groups = [joins, scored, [.missedByBlocking]]
    let totals = groups.map { kinds in kinds.reduce(0) { $0 + errors.lookedAt[$1.rawValue] } }
    if totals.reduce(0, +) == 0 { return [] }
    var rows = [
      [""] + zip(["joined", "missed, scored", "missed by blocking"], totals).map { "\($0) (\($1))" }
    ]
    for field in errors.fields {
      rows.append(
        [field.name]
          + groups.map { kinds in
            [field.same, field.different, field.missing]
              .map { counts in String(kinds.reduce(0) { $0 + counts[$1.rawValue] }) }
              .joined(separator: " / ")
          })
    }
    return ["Fields of these pairs: same / different / missing"] + Self.lines(rows)
  }

  private var thresholdsTable: [String] {
    let table = sweep.table
    if table.isEmpty { return [] }
    let rows = table.map { row in
      [Decimals.text(Double(row.weight), 1), Decimals.text(Double(row.probability), 6)]
        + Self.cells(row.counts.rates) + [row.counts.right, row.counts.wrong, row.counts.missed].map(String.init)
    }
    return ["Pairs by threshold:"]
      + Self.lines(
        [["weight", "probability", "precision", "recall", "F1", "right", "wrong", "missed"]] + rows, right: 0)
  }

  private var examples: [String] {
    let places = FilePlaces(files)
    var lines: [String] = []
    for kind in LinkErrors.Kind.allCases {
      let found = errors.examples[kind.rawValue]
      if found.isEmpty { continue }
      lines.append("  \(kind.text):")
      for example in found {
        let weight = example.weight.map { ", \(Decimals.text(Double($0), 2)) bits" } ?? ""
        lines.append("    \(place(example.left, places)) and \(place(example.right, places))\(weight)")
      }
    }
    return lines.isEmpty ? [] : ["Pairs to look at:"] + lines
  }

  private func place(_ record: Int32, _ places: FilePlaces) -> String {
    var file = 0
    let row = places.find(Int(record), near: &file)
    return files.count == 1 ? "row \(row)" : "\(files[file].name) row \(row)"
  }

  private func row(_ name: String, _ counts: PairCounts) -> [String] {
    [name] + Self.cells(counts.rates) + [counts.right, counts.wrong, counts.missed].map(String.init)
  }

  /// Columns from `right` on hold numbers.
  private static func lines(_ rows: [[String]], right: Int = 1) -> [String] {
    TableLines.lines(rows, right: Set(right..<9))
  }

  private static func cells(_ rates: Rates) -> [String] {
    [rates.precision, rates.recall, rates.f1].map { Decimals.text($0, 4) }
  }
}
