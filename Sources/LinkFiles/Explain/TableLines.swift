import Basics

/// Lines of a table for a terminal, in which Chinese characters are two places wide.
enum TableLines {
  /// Two spaces between columns; those of `right` stand to the right, others to the left.
  static func lines(_ rows: [[String]], right: Set<Int> = []) -> [String] {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in rows.map { column < $0.count ? width($0[column]) : 0 }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (column, text) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - width(text))
        if column > 0 { line += "  " }
        line += right.contains(column) ? padding + text : text + padding
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// Places that a text takes.
  static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + places($1) }
  }

  /// Two for what East Asian Width calls wide or full (Unicode Standard Annex 11), none for marks on other characters.
  private static func places(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case ..<0x300: return 1
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default:
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: return 0
      default: return 1
      }
    }
  }

  /// `values` shortened to `limit` places, with an ellipsis where something is missing.
  static func shortened(_ text: String, _ limit: Int) -> String {
    if width(text) <= limit { return text }
    var result = ""
    var used = 1
    for character in text {
      let more = width(String(character))
      if used + more > limit { break }
      used += more
      result.append(character)
    }
    return result + "…"
  }
}

extension Decimals {
  /// With a sign: `+1.20`, `-0.35`, `0.00`.
  static func signed(_ number: Double, _ places: Int) -> String {
    let text = text(number, places)
    return number > 0 && text.contains { $0 != "0" && $0 != "." } ? "+" + text : text
  }

  /// Of how many one is such: `1 in 325`; shares of a half and more as percent.
  static func oneIn(_ share: Double) -> String {
    share >= 0.5 ? percent(share) : "1 in \(grouped(1 / max(share, 1e-12)))"
  }

  /// Rounded to a whole number, from 100,000 on to three digits; with commas between thousands.
  static func grouped(_ number: Double) -> String {
    var whole = Int(min(number, 1e15).rounded())
    if whole >= 100_000 {
      var unit = 1
      while whole / unit >= 1_000 { unit *= 10 }
      whole = (whole + unit / 2) / unit * unit
    }
    return grouped(whole)
  }

  /// With commas between thousands.
  static func grouped(_ whole: Int) -> String {
    let digits = Array(String(whole.magnitude))
    var text = whole < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// Rounded to decimals, for JSON.
  static func rounded(_ number: Double, _ places: Int) -> Double {
    let scale = (0..<places).reduce(1.0) { value, _ in value * 10 }
    let value = (number * scale).rounded() / scale
    return value == 0 ? 0 : value
  }
}
