/// CSV as this project writes it: UTF-8, commas, LF, a field quoted only where it must be (RFC 4180).
public enum CSVText {
  /// One line with its LF.
  public static func line(_ fields: [String]) -> String {
    fields.map(field).joined(separator: ",") + "\n"
  }

  public static func field(_ text: String) -> String {
    let mustQuote = text.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13 }
    guard mustQuote else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// For lists that people open in a spreadsheet: a cell that would run as a formula gets a leading apostrophe.
  public static func cellForPeople(_ text: String) -> String {
    guard let first = text.utf8.first, "=+-@\t\r".utf8.contains(first) else { return text }
    return "'" + text
  }
}
