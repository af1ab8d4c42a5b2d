import Basics

/// What can be said about an expression's text before SQLite parses it, so that it cannot leave its parentheses.
enum ExpressionText {
  /// Words that begin a query or something with a state; no column can have such a name without quotes anyway.
  private static let forbiddenWords: Set<String> = ["select", "values", "with", "over", "raise"]

  static func check(_ text: String, at place: Place?) -> Problem? {
    var scanner = Scanner(bytes: Array(text.utf8))
    guard let message = scanner.problem() else { return nil }
    return Problem("invalid_expression", message, at: place, found: text)
  }

  private struct Scanner {
    let bytes: [UInt8]
    var index = 0
    var depth = 0
    var isEmpty = true

    mutating func problem() -> String? {
      while index < bytes.count {
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"):
          guard skipQuoted(byte) else { return "a quotation mark is not closed" }
          isEmpty = false
          continue
        case UInt8(ascii: "["): return "names are quoted with \", not with ["
        case UInt8(ascii: ";"): return "one expression, without a semicolon"
        case UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "$"), UInt8(ascii: "#"):
          return "an expression has no parameters"
        case 0: return "an expression has no zero byte"
        case UInt8(ascii: "-") where next == byte, UInt8(ascii: "/") where next == UInt8(ascii: "*"):
          return "an expression has no comments"
        case UInt8(ascii: "("): depth += 1
        case UInt8(ascii: ")"):
          depth -= 1
          if depth < 0 { return "a parenthesis is closed that was never opened" }
        case _ where Self.isWord(byte):
          let word = takeWord()
          if word == "in" && !isListNext { return "IN takes a list in parentheses" }
          if ExpressionText.forbiddenWords.contains(word) {
            return "\(word.uppercased()) is not allowed in an expression"
          }
          isEmpty = false
          continue
        case 9, 10, 13, 32: break
        default: isEmpty = false
        }
        index += 1
      }
      if depth > 0 { return "a parenthesis is not closed" }
      return isEmpty ? "an expression is empty" : nil
    }

    /// Whether a parenthesis follows: without one, IN would name a table.
    private var isListNext: Bool {
      bytes[index...].first { ![9, 10, 13, 32].contains($0) } == UInt8(ascii: "(")
    }

    private var next: UInt8? { index + 1 < bytes.count ? bytes[index + 1] : nil }

    private static func isWord(_ byte: UInt8) -> Bool {
      switch byte {
      case 48...57, 65...90, 97...122, UInt8(ascii: "_"), 0x80...: true
      default: false
      }
    }

    private mutating func takeWord() -> String {
      let start = index
      while index < bytes.count, Self.isWord(bytes[index]) { index += 1 }
      return String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
    }

    /// Goes behind a quoted text or name, in which a doubled quotation mark is one of its characters.
    private mutating func skipQuoted(_ quote: UInt8) -> Bool {
      index += 1
      while index < bytes.count {
        if bytes[index] == quote {
          index += 1
          if index == bytes.count || bytes[index] != quote { return true }
        }
        index += 1
      }
      return false
    }
  }
}
