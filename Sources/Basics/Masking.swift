/// Personal data as it may appear in logs, messages and reports.
public enum Masking {
  /// Keeps the first and the last character of longer values: `13812345678` → `1*********8`, `张伟` → `张*`.
  public static func mask(_ value: String) -> String {
    let count = value.unicodeScalars.count
    if count <= 1 { return String(repeating: "*", count: count) }
    let first = String(value.unicodeScalars.first!)
    if count == 2 { return first + "*" }
    return first + String(repeating: "*", count: count - 2) + String(value.unicodeScalars.last!)
  }

  /// The shape of a text, which shows what is wrong with it and not whose it is: `C0009,张伟,x@b.cn` →
  /// `X9999,字字,x@x.xx`. Signs stand as they are; control characters become pictures of themselves.
  public static func shape(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39: result.append("9")
      case 0x41...0x5A: result.append("X")
      case 0x61...0x7A: result.append("x")
      case 0..<0x20: result.append(Unicode.Scalar(0x2400 + scalar.value)!)
      case 0x7F: result.append("\u{2421}")
      case ..<0x80: result.append(scalar)
      default: result.append(contentsOf: shape(ofOther: scalar).unicodeScalars)
      }
    }
    return String(result)
  }

  private static func shape(ofOther scalar: Unicode.Scalar) -> String {
    let properties = scalar.properties
    if scalar.value == 0xFFFD { return "\u{FFFD}" }
    if properties.isIdeographic { return "字" }
    if properties.numericType != nil { return "9" }
    if properties.isAlphabetic { return properties.isUppercase ? "X" : "x" }
    switch properties.generalCategory {
    case .privateUse, .unassigned, .control, .format, .surrogate: return "\u{25A1}"
    default: return String(scalar)
    }
  }
}
