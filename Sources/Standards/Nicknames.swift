/// Which given names stand for one another: Bob for Robert, Liesl for Elisabeth, Pepe for José.
///
/// Source: `NicknameTable` for English, `EuropeanNicknames` for other languages. Loaded at first use.
public enum Nicknames {
  /// Numbers of the formal names that a name, in lower-case ASCII, may stand for, ascending; empty where it is in no list.
  ///
  /// Two names may be one person's where these have a number in common: bob and rob share robert, while alan and albert,
  /// of which both may be called al, share nothing.
  public static func formalNames(of name: String) -> [UInt16] { table.formals[name] ?? [] }

  /// Whether one name may stand for the other, or both for a third; also true for equal names that are in a list.
  public static func mayBeSame(_ a: String, _ b: String) -> Bool {
    let others = formalNames(of: b)
    return formalNames(of: a).contains { others.contains($0) }
  }

  private static let table = Table()

  private struct Table: Sendable {
    var formals: [String: [UInt16]] = [:]

    init() {
      var numbers: [String: UInt16] = [:]
      for text in [NicknameTable.text, EuropeanNicknames.text] {
        for line in text.split(separator: "\n") {
          let words = line.split(separator: " ").map(String.init)
          guard let formal = words.first else { continue }
          let number = numbers[formal] ?? UInt16(numbers.count)
          numbers[formal] = number
          for word in words where !formals[word, default: []].contains(number) {
            formals[word, default: []].append(number)
          }
        }
      }
      for word in formals.keys { formals[word]?.sort() }
    }
  }
}
