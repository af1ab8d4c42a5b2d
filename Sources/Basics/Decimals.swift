/// Numbers with a fixed count of decimals.
public enum Decimals {
  /// Rounded half away from zero; what rounds to nothing has no sign. Bounded by ±10^12.
  public static func text(_ number: Double, _ places: Int) -> String {
    let scale = (0..<places).reduce(1) { value, _ in value * 10 }
    let bounded = number.isNaN ? 0 : min(max(number, -1e12), 1e12)
    let units = Int((abs(bounded) * Double(scale)).rounded())
    let sign = bounded < 0 && units > 0 ? "-" : ""
    if places == 0 { return "\(sign)\(units)" }
    let decimals = String(units % scale)
    return "\(sign)\(units / scale)." + String(repeating: "0", count: places - decimals.count) + decimals
  }

  public static func percent(_ share: Double) -> String { text(share * 100, 1) + " %" }
}
