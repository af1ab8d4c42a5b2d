import Basics

/// The precision–recall curve of an evaluation as a picture that stands alone: SVG, readable on light and dark grounds.
public enum PrecisionRecallChart {
  private static let side = 400.0
  private static let left = 64.0
  private static let top = 24.0

  /// - Parameter name: What was linked, for the title.
  public static func svg(_ evaluation: Evaluation, name: String) -> String {
    let chosen = evaluation.atThreshold
    let low = lowest(evaluation)
    let (rates, best) = (chosen.counts.rates, evaluation.sweep.best?.counts.rates)
    let said =
      "At the threshold of \(Decimals.text(Double(chosen.weight), 2)) bits precision is "
      + "\(Decimals.text(rates.precision, 4)), recall \(Decimals.text(rates.recall, 4)), F1 "
      + "\(Decimals.text(rates.f1, 4))"
      + (best.map { "; the best F1 of all thresholds is \(Decimals.text($0.f1, 4))" } ?? "")
      + "."
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 520 500\" width=\"520\" height=\"500\" role=\"img\" "
        + "aria-labelledby=\"pr-title pr-desc\">",
      "<title id=\"pr-title\">Precision and recall of pairs, \(escaped(name))</title>",
      "<desc id=\"pr-desc\">\(said)</desc>", style,
      "<clipPath id=\"pr-area\"><rect x=\"\(n(left))\" y=\"\(n(top))\" width=\"\(n(side))\" height=\"\(n(side))\"/>"
        + "</clipPath>",
    ]
    lines += axes(low)
    lines.append("<g clip-path=\"url(#pr-area)\">")
    for f1 in [0.5, 0.8, 0.9, 0.95, 0.99] where f1 > low { lines.append(contour(f1, low)) }
    let points = evaluation.sweep.curve.map { point($0.counts.rates, low) }
    lines.append(
      "<polyline class=\"curve\" points=\"\(points.map { "\(n($0.x)),\(n($0.y))" }.joined(separator: " "))\"/>")
    lines.append("</g>")
    if let best { lines.append(mark(best, low, "best", "best F1 \(Decimals.text(best.f1, 4))", 34)) }
    lines.append(mark(rates, low, "chosen", "threshold, F1 \(Decimals.text(rates.f1, 4))", 16))
    lines.append("</svg>")
    return lines.joined(separator: "\n") + "\n"
  }

  private static let style = """
    <style>
    svg { color-scheme: light dark; font: 12px system-ui, sans-serif; }
    text { fill: #1f2328; } .frame, .grid { fill: none; stroke: #8c959f; } .grid { stroke-opacity: .35; }
    .contour { fill: none; stroke: #8c959f; stroke-dasharray: 2 4; } .contour-text { fill: #59636e; font-size: 10px; }
    .curve { fill: none; stroke: #0969da; stroke-width: 2; stroke-linejoin: round; }
    .best { fill: none; stroke: #1a7f37; stroke-width: 2; } .chosen { fill: #bc4c00; }
    .named { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round; }
    @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; } .contour-text { fill: #9198a1; } .curve { stroke: #58a6ff; } .best { stroke: #3fb950; }
    .chosen { fill: #ffa657; } .named { stroke: #0d1117; }
    }
    </style>
    """

  /// Where both axes begin, so that what is good fills the picture.
  private static func lowest(_ evaluation: Evaluation) -> Double {
    let shown = [evaluation.atThreshold.counts.rates] + (evaluation.sweep.best.map { [$0.counts.rates] } ?? [])
    let least = shown.map { min($0.precision, $0.recall) }.min() ?? 0
    return [0.98, 0.95, 0.9, 0.8, 0.5].first { least > $0 + (1 - $0) * 0.25 } ?? 0
  }

  private static func point(_ rates: Rates, _ low: Double) -> (x: Double, y: Double) {
    (left + (rates.recall - low) / (1 - low) * side, top + (1 - rates.precision) / (1 - low) * side)
  }

  private static func axes(_ low: Double) -> [String] {
    var lines = [
      "<rect class=\"frame\" x=\"\(n(left))\" y=\"\(n(top))\" width=\"\(n(side))\" height=\"\(n(side))\"/>"
    ]
    for step in 0...5 {
      let value = low + (1 - low) * Double(step) / 5
      let (x, y) = point(Rates(precision: value, recall: value, f1: 0), low)
      let label = Decimals.text(value, low < 0.8 ? 1 : low < 0.98 ? 2 : 3)
      if step > 0 && step < 5 {
        lines.append(
          "<path class=\"grid\" d=\"M\(n(x)) \(n(top))V\(n(top + side))M\(n(left)) \(n(y))H\(n(left + side))\"/>")
      }
      lines.append("<text x=\"\(n(x))\" y=\"\(n(top + side + 18))\" text-anchor=\"middle\">\(label)</text>")
      lines.append("<text x=\"\(n(left - 8))\" y=\"\(n(y + 4))\" text-anchor=\"end\">\(label)</text>")
    }
    let middle = n(top + side / 2)
    lines.append("<text x=\"\(n(left + side / 2))\" y=\"\(n(top + side + 40))\" text-anchor=\"middle\">recall</text>")
    lines.append(
      "<text x=\"16\" y=\"\(middle)\" text-anchor=\"middle\" transform=\"rotate(-90 16 \(middle))\">precision</text>")
    return lines
  }

  /// Where F1 is the same: precision = F1 · recall / (2 · recall - F1).
  private static func contour(_ f1: Double, _ low: Double) -> String {
    let start = f1 / (2 - f1)
    let points = (0...40).map { step in
      let recall = start + (1 - start) * Double(step) / 40
      let place = point(Rates(precision: f1 * recall / (2 * recall - f1), recall: recall, f1: f1), low)
      return "\(n(place.x)),\(n(place.y))"
    }
    // Named where precision and recall are equal.
    let (x, y) = point(Rates(precision: f1, recall: f1, f1: f1), low)
    let line = "<polyline class=\"contour\" points=\"\(points.joined(separator: " "))\"/>"
    // No room is left for the name in the upper right corner.
    if x > left + side - 48 { return line }
    return line
      + "<text class=\"contour-text named\" x=\"\(n(x + 3))\" y=\"\(n(y - 3))\">F1 \(Decimals.text(f1, 2))</text>"
  }

  private static func mark(_ rates: Rates, _ low: Double, _ kind: String, _ text: String, _ above: Double) -> String {
    let (x, y) = point(rates, low)
    let textY = top + side - above
    return "<circle class=\"\(kind)\" cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"\(kind == "best" ? 7 : 4)\"/>"
      + "<circle class=\"\(kind)\" cx=\"\(n(left + 14))\" cy=\"\(n(textY - 4))\" r=\"\(kind == "best" ? 5 : 4)\"/>"
      + "<text class=\"named\" x=\"\(n(left + 26))\" y=\"\(n(textY))\">\(text)</text>"
  }

  private static func n(_ number: Double) -> String { Decimals.text(number, 1) }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
  }
}
