import Basics
import Linkage

extension Drift {
  /// A table, then a sentence for each comparison that has drifted.
  public var text: String {
    if rows.isEmpty { return "Nothing to compare with the model.\n" }
    let table = rows.map { row in
      [
        row.comparison, Decimals.text(row.distance, 3), Decimals.text(row.index, 3), row.degree.rawValue, row.level,
        Decimals.percent(row.before), Decimals.percent(row.now),
      ]
    }
    var lines = ["Drift from the model (\(basis)):"]
    lines += TableLines.lines(
      [["", "distance", "index", "degree", "most in", "then", "now"]] + table, right: Set(1...6))
    let sentences = rows.compactMap(\.sentence)
    lines += [""] + (sentences.isEmpty ? ["The records are like those that the model was learnt from."] : sentences)
    return lines.joined(separator: "\n") + "\n"
  }
}
