import Basics
import Linkage

/// Blocking rules, what each adds and what all may miss, for people and for programs.
public enum BlockingText {
  public static func text(_ figures: BlockingFigures) -> String {
    var lines = [head(figures)]
    if figures.rules.isEmpty { return lines[0] + "\n" }
    lines.append("")
    lines += TableLines.lines(table(figures), right: Set(0...11).subtracting([1]))
    lines.append("")
    lines.append(
      "Adds: what no rule above makes. Left out: pairs of too large blocks; may miss: matches expected among them.")
    lines.append("")
    lines += missed(figures)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func head(_ figures: BlockingFigures) -> String {
    let records = "\(Decimals.grouped(figures.recordCount)) records make \(Decimals.grouped(figures.allPairs)) pairs"
    if figures.rules.isEmpty { return "\(records), and all are compared." }
    let budget = figures.budget > 0 ? ", of a budget of \(Decimals.grouped(figures.budget))" : ""
    return "\(records); \(figures.rules.count) \(figures.rules.count == 1 ? "rule picks" : "rules pick") "
      + "\(Decimals.grouped(figures.pairs)) of them\(budget)."
  }

  private static func table(_ figures: BlockingFigures) -> [[String]] {
    var rows = [
      [
        "rule", "records agree in", "blocks", "largest", "pairs", "only here", "adds", "matches", "only here", "adds",
        "left out", "may miss",
      ]
    ]
    for (index, rule) in figures.rules.enumerated() {
      let whole = [rule.blocks.blocks, rule.blocks.largestBlock, rule.pairs, rule.pairsOnly, rule.pairsAdded]
      rows.append(
        [String(index + 1), rule.atoms.joined(separator: " and ")] + whole.map { Decimals.grouped($0) } + [
          count(rule.matches), count(rule.matchesOnly), count(rule.matchesAdded),
          Decimals.grouped(rule.blocks.pairsLeftOut), count(rule.matchesLeftOut),
        ])
    }
    return rows
  }

  private static func missed(_ figures: BlockingFigures) -> [String] {
    let found = "All rules together find \(count(figures.matches)) matches."
    guard let missed = figures.missed, let total = missed.count else {
      return [found, "What they miss cannot be estimated: that takes rules of two fields that find matches."]
    }
    let share = total / max(1e-9, total + figures.matches)
    return [
      "\(found) At least an estimated \(count(total)) are missed (\(Decimals.percent(share))).",
      missed.classCount == 1
        ? "So many agree in no rule if fields agree independently; rules of four fields or more would tell more."
        : "So many agree in no rule if there are two kinds of matches, easy and hard to find, and fields agree independently "
          + "in either (Agresti 1994).",
      "Matches that have next to nothing in common are beyond this estimate, so that more may be missed.",
    ]
  }

  /// Of matches: whole from 100 on, one decimal below.
  private static func count(_ number: Double) -> String {
    number >= 99.95 ? Decimals.grouped(Int(number.rounded())) : Decimals.text(number, 1)
  }

  /// One object, indented; expected matches with 3 decimals.
  public static func json(_ figures: BlockingFigures) -> String {
    func number(_ value: Double) -> JSON { .number(Decimals.rounded(value, 3)) }
    let rules = figures.rules.map { rule in
      JSON.object([
        ("atoms", .strings(rule.atoms)), ("blocks", .integer(rule.blocks.blocks)),
        ("records_in_blocks", .integer(rule.blocks.recordsInBlocks)),
        ("largest_block", .integer(rule.blocks.largestBlock)),
        ("pairs", .integer(rule.pairs)), ("pairs_only", .integer(rule.pairsOnly)),
        ("pairs_added", .integer(rule.pairsAdded)),
        ("matches", number(rule.matches)), ("matches_only", number(rule.matchesOnly)),
        ("matches_added", number(rule.matchesAdded)), ("pairs_left_out", .integer(rule.blocks.pairsLeftOut)),
        ("matches_left_out", number(rule.matchesLeftOut)),
      ])
    }
    let missed = figures.missed.map { missed in
      JSON.object([("at_least", missed.count.map(number) ?? .null), ("classes", .integer(missed.classCount))])
    }
    return JSON.object([
      ("records", .integer(figures.recordCount)), ("all_pairs", .integer(figures.allPairs)),
      ("pairs", .integer(figures.pairs)), ("budget", .integer(figures.budget)), ("matches", number(figures.matches)),
      ("rules", .array(rules)), ("missed", missed ?? .null),
    ]).pretty
  }
}
