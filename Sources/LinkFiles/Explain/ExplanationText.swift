import Basics
import Glibc
import Linkage

/// An explanation as a table that a person reads: what was compared, how it agreed, and what that says.
public enum ExplanationText {
  private static let valueWidth = 28

  /// - Parameters:
  ///   - first: What the records are called, `row 3 of a.csv`.
  ///   - showsValues: Otherwise values are shown by their shape.
  public static func text(
    _ explanation: Explanation, first: String, second: String, showsValues: Bool = false
  ) -> String {
    var lines = ["A is \(first), B is \(second)."]
    if !showsValues { lines.append("Values are shown by their shape.") }
    lines.append("")
    lines += TableLines.lines(rows(explanation, showsValues), right: [4, 5, 6, 7])
    lines.append("")
    lines += verdict(explanation)
    return lines.joined(separator: "\n") + "\n"
  }

  /// What a record is called: its row, and its file where there are several.
  public static func name(of record: Int, in records: RecordSet) -> String {
    var file = 0
    let row = FilePlaces(records.files).find(record, near: &file)
    return records.files.count == 1 ? "row \(row)" : "row \(row) of \(records.files[file].name)"
  }

  private static func rows(_ explanation: Explanation, _ showsValues: Bool) -> [[String]] {
    var rows = [["field", "A", "B", "agreement", "of matches", "by chance", "records", "bits"]]
    rows.append(["two records at random", "", "", "", "", "", "", bits(explanation.prior)])
    for part in explanation.parts where part.level != "not_compared" {
      let values = [part.left, part.right].map { value in
        value.map { TableLines.shortened(showsValues ? $0 : Masking.shape($0), valueWidth) } ?? ""
      }
      if !part.isCompared {
        rows.append([part.id] + values + [part.meaning, "", "", "", bits(0)])
        continue
      }
      let counts = part.knownCount == 0 ? "" : counts(part)
      rows.append(
        [part.id] + values + [
          part.isSwapped ? "\(part.meaning); swapped" : part.meaning, Decimals.percent(part.m), Decimals.oneIn(part.u),
          counts, bits(part.agreementBits),
        ])
      if abs(part.frequencyBits) >= 0.005 {
        let rarity = part.frequencyBits > 0 ? "rarer than usual" : "commoner than usual"
        rows.append(["", "", "", rarity, "", "", "", bits(part.frequencyBits)])
      }
    }
    for group in explanation.groups {
      let name = group.group == .name ? "a new name" : "moved house"
      rows.append([
        name, "", "", "may have changed as a whole", Decimals.percent(1 - group.kept), "", "", bits(group.bits),
      ])
    }
    if let household = explanation.household {
      rows.append(["one household", "", "", "may be two people of one", "", "", "", bits(household)])
    }
    rows.append(["sum", "", "", "", "", "", "", bits(explanation.weight)])
    return rows
  }

  /// How many records have each value.
  private static func counts(_ part: Explanation.Part) -> String {
    part.left == part.right
      ? Decimals.grouped(part.leftCount) : "\(Decimals.grouped(part.leftCount)), \(Decimals.grouped(part.rightCount))"
  }

  private static func bits(_ bits: Double) -> String { Decimals.signed(bits, 2) }

  /// The sum in words, and what weighs most on each side.
  static func verdict(_ explanation: Explanation) -> [String] {
    let bound = abs(explanation.weight) > 30
    let odds = bound ? "more than 1,000,000,000" : Decimals.grouped(exp2(abs(explanation.weight)))
    var lines = [
      "\(bits(explanation.weight)) bits: \(odds) to 1 that they are \(explanation.weight < 0 ? "not one" : "one"), "
        + "a probability of \(Decimals.text(explanation.probability, 6))."
    ]
    let compared = explanation.parts.filter(\.isCompared)
    if let best = compared.max(by: { $0.bits < $1.bits }), best.bits > 0 {
      lines.append("Most for it: \(best.id), \(best.meaning) (\(bits(best.bits))).")
    }
    let worst = compared.min { $0.bits < $1.bits }
    if let household = explanation.household, household < -1, household < worst?.bits ?? 0 {
      lines.append("Most against it: they may be two people of one household (\(bits(household))).")
    } else if let worst, worst.bits < -0.5 {
      lines.append("Most against it: \(worst.id), \(worst.meaning) (\(bits(worst.bits))).")
    }
    if explanation.areNamesSwapped {
      lines.append("Given and family name stand in one another's places in one of them.")
    }
    return lines
  }
}
