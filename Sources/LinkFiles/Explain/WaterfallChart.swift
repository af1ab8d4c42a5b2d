import Basics
import Linkage

/// An explanation as a waterfall from the prior over every comparison to the sum: SVG that stands alone, readable on light
/// and dark grounds. It shows no values.
public enum WaterfallChart {
  private static let width = 860.0
  private static let left = 330.0
  private static let right = 790.0
  private static let top = 34.0
  private static let rowHeight = 36.0
  private static let barHeight = 18.0
  /// In places; longer names and meanings are cut.
  private static let nameWidth = 40
  private static let meaningWidth = 52

  /// One bar, from `start` to `end`, in bits.
  private struct Step {
    var name: String
    var meaning: String
    var start: Double
    var end: Double
    var isTotal = false
  }

  public static func svg(_ explanation: Explanation) -> String {
    let steps = steps(explanation)
    let scale = Scale(steps.flatMap { [$0.start, $0.end] })
    let height = top + Double(steps.count) * rowHeight + 34
    let said = steps.map { step in
      step.isTotal
        ? "\(step.name) \(bits(step.end)) bits" : "\(step.name) (\(step.meaning)) \(bits(step.end - step.start)) bits"
    }
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(n(width)) \(n(height))\" width=\"\(n(width))\" "
        + "height=\"\(n(height))\" role=\"img\" aria-labelledby=\"waterfall-title waterfall-desc\">",
      "<title id=\"waterfall-title\">Why two records have \(bits(explanation.weight)) bits</title>",
      "<desc id=\"waterfall-desc\">\(escaped(said.joined(separator: ", "))). The probability that they are one is "
        + "\(Decimals.text(explanation.probability, 6)).</desc>", style,
    ]
    lines += axis(scale, bottom: top + Double(steps.count) * rowHeight)
    for (row, step) in steps.enumerated() { lines += bar(step, row, isLast: row == steps.count - 1, scale) }
    lines.append("</svg>")
    return lines.joined(separator: "\n") + "\n"
  }

  private static let style = """
    <style>
    svg { color-scheme: light dark; font: 13px system-ui, sans-serif; }
    text { fill: #1f2328; } .meaning, .axis { fill: #59636e; font-size: 11px; }
    .grid { stroke: #8c959f; stroke-opacity: .35; } .even { stroke: #59636e; } .link { stroke: #8c959f; stroke-dasharray: 2 2; }
    .for { fill: #0969da; } .against { fill: #bc4c00; } .total { fill: #59636e; } .bold { font-weight: 600; }
    .bits { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round; }
    @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; } .meaning, .axis { fill: #9198a1; } .even { stroke: #9198a1; }
    .for { fill: #58a6ff; } .against { fill: #ffa657; } .total { fill: #9198a1; } .bits { stroke: #0d1117; }
    }
    </style>
    """

  private static func steps(_ explanation: Explanation) -> [Step] {
    var sum = explanation.prior
    var steps = [Step(name: "at random", meaning: "two records drawn at random", start: 0, end: sum, isTotal: true)]
    func add(_ name: String, _ meaning: String, _ bits: Double) {
      steps.append(Step(name: name, meaning: meaning, start: sum, end: sum + bits))
      sum += bits
    }
    for part in explanation.parts where part.level != "not_compared" {
      var meaning = part.isSwapped ? "\(part.meaning); swapped" : part.meaning
      if abs(part.frequencyBits) >= 0.05 { meaning += part.frequencyBits > 0 ? "; rare" : "; common" }
      add(part.id, meaning, part.bits)
    }
    for group in explanation.groups {
      add(group.group == .name ? "a new name" : "moved house", "may have changed as a whole", group.bits)
    }
    if let household = explanation.household { add("one household", "may be two people of one", household) }
    steps.append(
      Step(
        name: "sum", meaning: "a probability of \(Decimals.text(explanation.probability, 6))", start: 0,
        end: explanation.weight, isTotal: true))
    return steps
  }

  /// From bits to places.
  private struct Scale {
    let low: Double
    let high: Double
    let step: Double

    init(_ values: [Double]) {
      let (least, most) = (min(0, values.min() ?? 0), max(0, values.max() ?? 0))
      step = [1, 2, 5, 10, 20, 50].first { (most - least) / $0 <= 10 } ?? 100
      low = (least / step).rounded(.down) * step
      high = max(low + step, (most / step).rounded(.up) * step)
    }

    func x(_ bits: Double) -> Double { left + (bits - low) / (high - low) * (right - left) }

    var ticks: [Double] { (0...Int(((high - low) / step).rounded())).map { low + Double($0) * step } }
  }

  private static func axis(_ scale: Scale, bottom: Double) -> [String] {
    var lines = scale.ticks.flatMap { tick -> [String] in
      let x = n(scale.x(tick))
      return [
        "<path class=\"\(tick == 0 ? "even" : "grid")\" d=\"M\(x) \(n(top))V\(n(bottom))\"/>",
        "<text class=\"axis\" x=\"\(x)\" y=\"\(n(bottom + 16))\" text-anchor=\"middle\">\(Decimals.signed(tick, 0))</text>",
      ]
    }
    lines.append(
      "<text class=\"axis\" x=\"\(n(scale.x(0)))\" y=\"\(n(top - 10))\" text-anchor=\"middle\">even odds</text>")
    lines.append("<text class=\"axis\" x=\"\(n(left - 26))\" y=\"\(n(bottom + 16))\" text-anchor=\"end\">bits</text>")
    return lines
  }

  private static func bar(_ step: Step, _ row: Int, isLast: Bool, _ scale: Scale) -> [String] {
    let y = top + Double(row) * rowHeight
    let (from, to) = (scale.x(min(step.start, step.end)), scale.x(max(step.start, step.end)))
    let change = step.isTotal ? step.end : step.end - step.start
    let kind = step.isTotal ? "total" : change >= 0 ? "for" : "against"
    let barY = y + (rowHeight - barHeight) / 2
    let meaning = escaped(TableLines.shortened(step.meaning, meaningWidth))
    let name = escaped(TableLines.shortened(step.name, nameWidth))
    let bold = step.isTotal ? " class=\"bold\"" : ""
    var lines = [
      "<text\(bold) x=\"\(n(left - 14))\" y=\"\(n(y + 16))\" text-anchor=\"end\">\(name)</text>",
      "<text class=\"meaning\" x=\"\(n(left - 14))\" y=\"\(n(y + 30))\" text-anchor=\"end\">\(meaning)</text>",
      "<rect class=\"\(kind)\" x=\"\(n(from))\" y=\"\(n(barY))\" width=\"\(n(max(1, to - from)))\" "
        + "height=\"\(n(barHeight))\" rx=\"2\"/>",
      // A rim of the ground's colour keeps lines that pass behind the number apart from it.
      "<text class=\"\(step.isTotal ? "bold bits" : "bits")\" x=\"\(n(to + 5))\" y=\"\(n(barY + 13.5))\">"
        + "\(bits(change))</text>",
    ]
    if !isLast {
      let x = n(scale.x(step.end))
      lines.append("<path class=\"link\" d=\"M\(x) \(n(barY + barHeight))V\(n(barY + rowHeight))\"/>")
    }
    return lines
  }

  private static func bits(_ bits: Double) -> String { Decimals.signed(bits, 2) }

  private static func n(_ number: Double) -> String { Decimals.text(number, 1) }

  static func escaped(_ text: String) -> String {
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
