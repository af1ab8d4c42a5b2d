/// A JSON value that is written with its keys in the order given, so that equal values are equal bytes.
public enum JSON: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int)
  /// Written with as many digits as give it back; null where it is not finite.
  case number(Double)
  case string(String)
  case array([JSON])
  case object([(key: String, value: JSON)])

  public static func == (a: JSON, b: JSON) -> Bool { a.line == b.line }

  public static func strings(_ values: [String]) -> JSON { .array(values.map(JSON.string)) }

  /// On one line, without spaces.
  public var line: String {
    var text = ""
    append(to: &text, indent: nil)
    return text
  }

  /// Indented by two spaces, with a final line end.
  public var pretty: String {
    var text = ""
    append(to: &text, indent: 0)
    return text + "\n"
  }

  private func append(to text: inout String, indent: Int?) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += value.isFinite ? "\(value)" : "null"
    case .string(let value): text += JSON.quoted(value)
    case .array(let values):
      JSON.list(values, "[", "]", to: &text, indent: indent) { value, text, inner in
        value.append(to: &text, indent: inner)
      }
    case .object(let members):
      JSON.list(members, "{", "}", to: &text, indent: indent) { member, text, inner in
        text += JSON.quoted(member.key) + (inner == nil ? ":" : ": ")
        member.value.append(to: &text, indent: inner)
      }
    }
  }

  private static func list<Element>(
    _ elements: [Element], _ open: String, _ close: String, to text: inout String, indent: Int?,
    each: (Element, inout String, Int?) -> Void
  ) {
    text += open
    let inner = indent.map { $0 + 2 }
    for (index, element) in elements.enumerated() {
      if index > 0 { text += "," }
      if let inner { text += "\n" + String(repeating: " ", count: inner) }
      each(element, &text, inner)
    }
    if let indent, !elements.isEmpty { text += "\n" + String(repeating: " ", count: indent) }
    text += close
  }

  /// A JSON string literal of `text`, with control characters, quotes and backslashes escaped.
  public static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
