/// What column names say: the kinds that a name may stand for, with a strength from 0 to 1.
enum ColumnNames {
  struct Reading {
    /// The word of the table that was found.
    var word: String
    var strength: Double
  }

  /// Of a name, all kinds that a word in it stands for.
  static func readings(of name: String) -> (kinds: [ColumnKind: Reading], part: Int?) {
    var tokens = Self.tokens(of: name)
    let part = cutPart(&tokens)
    var found: [ColumnKind: Reading] = [:]
    func add(_ word: String, _ strength: Double) {
      for (kind, own) in words[word] ?? [] where (found[kind]?.strength ?? 0) < own * strength {
        found[kind] = Reading(word: word, strength: own * strength)
      }
    }
    let whole = tokens.joined()
    add(whole, 1)
    if found.isEmpty { addRuns(tokens, add) }
    if found.isEmpty { addContained(whole, add) }
    return (found, part)
  }

  /// Runs of tokens, longer ones first; a run at the end says more than one before it (`city_name` aside).
  private static func addRuns(_ tokens: [String], _ add: (String, Double) -> Void) {
    for length in stride(from: tokens.count - 1, to: 0, by: -1) {
      var isFound = false
      for start in 0...(tokens.count - length) {
        let run = tokens[start..<start + length].joined()
        if words[run] == nil || (length == 1 && vague.contains(run) && start + length < tokens.count) { continue }
        add(run, start + length == tokens.count ? 0.92 : 0.75)
        isFound = true
      }
      if isFound { return }
    }
  }

  /// The longest words within a name that is written in one: `kundenvorname`, `客户手机号码`.
  private static func addContained(_ whole: String, _ add: (String, Double) -> Void) {
    for length in stride(from: whole.count - 1, through: 2, by: -1) {
      var isFound = false
      let characters = Array(whole)
      for start in 0...(characters.count - length) {
        let run = String(characters[start..<start + length])
        let isLong = length >= 5 || !run.utf8.allSatisfy { $0 < 0x80 }
        if isLong, words[run] != nil {
          add(run, start + length == characters.count ? 0.9 : 0.7)
          isFound = true
        }
      }
      if isFound { return }
    }
  }

  /// Words that say what a name is of when others stand behind them: `name_of_city`, `id_type`.
  private static let vague: Set<String> = ["name", "id", "no", "number", "type", "code", "date", "title", "nr", "key"]

  // MARK: Tokens

  /// Lower-case words without accents, split at signs, at digits, and where a small letter precedes a capital.
  static func tokens(of name: String) -> [String] {
    var tokens: [String] = []
    var current = ""
    var last: Character = " "
    func end() {
      if !current.isEmpty { tokens.append(current) }
      current = ""
    }
    for character in name {
      let isWord = character.isLetter || character.isNumber
      if !isWord || (last.isLowercase && character.isUppercase) || (last.isLetter && character.isNumber) { end() }
      if last.isNumber, character.isLetter { end() }
      if isWord { current += folded(character) }
      last = character
    }
    end()
    return tokens
  }

  private static func folded(_ character: Character) -> String {
    switch character.lowercased() {
    case "ä", "á", "à", "â", "ã", "å": "a"
    case "é", "è", "ê", "ë": "e"
    case "í", "ì", "î", "ï": "i"
    case "ö", "ó", "ò", "ô", "õ", "ø": "o"
    case "ü", "ú", "ù", "û": "u"
    case "ñ": "n"
    case "ç": "c"
    case "ß": "ss"
    case let other: other
    }
  }

  /// Takes a number at the end (`address_2`, `fname_c1`, `tel1`) from the tokens, and the marks of two sides of a pair.
  private static func cutPart(_ tokens: inout [String]) -> Int? {
    if tokens.count > 1, let last = tokens.last, let number = Int(last), (1...9).contains(number) {
      tokens.removeLast()
      if tokens.count > 1, ["c", "p", "part", "line", "no"].contains(tokens.last ?? "") { tokens.removeLast() }
      return number
    }
    if tokens.count > 1, ["l", "r", "x", "y", "a", "b", "left", "right"].contains(tokens.last ?? "") {
      tokens.removeLast()
    }
    return nil
  }

  // MARK: Words

  private static let words: [String: [(ColumnKind, Double)]] = {
    var words: [String: [(ColumnKind, Double)]] = [:]
    for (kind, strength, list) in ColumnNameWords.lists {
      for word in list.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        words[String(word), default: []].append((kind, strength))
      }
    }
    return words
  }()
}
