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
    guard let estimate = figures.estimate, let missed = figures.missed else {
      return [
        found,
        "What they miss cannot be estimated: there are no two rules that share no field and find matches together.",
      ]
    }
    let share = missed / max(1e-9, missed + figures.matches)
    let interval = estimate.interval
    return [
      "\(found) An estimated \(count(missed)) are missed (\(Decimals.percent(share))).",
      "By capture and recapture: \(names(figures.groups[0])) \(finds(figures.groups[0])) n1 = \(count(estimate.first)), "
        + "\(names(figures.groups[1])) \(finds(figures.groups[1])) n2 = \(count(estimate.second)), both find m = "
        + "\(count(estimate.both)).",
      "N = (n1 + 1)(n2 + 1) / (m + 1) - 1 = \(count(estimate.total)) (Chapman 1951), 95 % of \(count(interval.low)) to "
        + "\(count(interval.high)) (Seber 1970).",
      "These groups share no field. Pairs that differ in many fields are missed by both more often than by chance, so that "
        + "more may be missed than is estimated.",
    ]
  }

  private static func finds(_ group: [Int]) -> String { group.count == 1 ? "finds" : "find" }

  private static func names(_ group: [Int]) -> String {
    let numbers = group.map { String($0 + 1) }
    if numbers.count == 1 { return "rule \(numbers[0])" }
    return "rules \(numbers.dropLast().joined(separator: ", ")) and \(numbers[numbers.count - 1])"
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
    var estimate = JSON.null
    if let found = figures.estimate, let missed = figures.missed {
      estimate = .object([
        ("formula", .string("(n1 + 1)(n2 + 1) / (m + 1) - 1")), ("source", .string("Chapman 1951, Seber 1970")),
        ("rules_1", .array(figures.groups[0].map { .integer($0 + 1) })),
        ("rules_2", .array(figures.groups[1].map { .integer($0 + 1) })), ("n1", number(found.first)),
        ("n2", number(found.second)), ("m", number(found.both)), ("total", number(found.total)),
        ("low", number(found.interval.low)), ("high", number(found.interval.high)), ("missed", number(missed)),
      ])
    }
    return JSON.object([
      ("records", .integer(figures.recordCount)), ("all_pairs", .integer(figures.allPairs)),
      ("pairs", .integer(figures.pairs)), ("budget", .integer(figures.budget)), ("matches", number(figures.matches)),
      ("rules", .array(rules)), ("estimate", estimate),
    ]).pretty
  }
}
