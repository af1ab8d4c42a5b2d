/// Texts as YAML scalars.
enum YAMLText {
  private static let reserved: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]

  /// Plain where nobody can misread it, else in double quotes.
  static func scalar(_ text: String) -> String {
    let isWord = text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || "_-/".unicodeScalars.contains($0)
    }
    let isPlain =
      isWord && text.unicodeScalars.first?.properties.isAlphabetic == true && !reserved.contains(text.lowercased())
    return isPlain ? text : quoted(text)
  }

  static func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": return "\\\""
      case "\\": return "\\\\"
      case "\t": return "\\t"
      case _ where scalar.value < 32 || (127...159).contains(scalar.value):
        return "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: return String(scalar)
      }
    }
    return "\"" + scalars.joined() + "\""
  }

  static func list(_ words: [String]) -> String { "[" + words.map(scalar).joined(separator: ", ") + "]" }
}
