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
}
