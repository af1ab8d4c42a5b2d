/// Numbers as a person reads them.
enum Decimals {
  /// With a fixed count of decimals, rounded half away from zero; what rounds to nothing has no sign. Bounded by ±10^12.
  static func text(_ number: Double, _ places: Int) -> String {
    let scale = (0..<places).reduce(1) { value, _ in value * 10 }
    let bounded = number.isNaN ? 0 : min(max(number, -1e12), 1e12)
    let units = Int((abs(bounded) * Double(scale)).rounded())
    let sign = bounded < 0 && units > 0 ? "-" : ""
    if places == 0 { return "\(sign)\(units)" }
    let decimals = String(units % scale)
    return "\(sign)\(units / scale)." + String(repeating: "0", count: places - decimals.count) + decimals
  }

  static func percent(_ share: Double) -> String { text(share * 100, 1) + " %" }

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
