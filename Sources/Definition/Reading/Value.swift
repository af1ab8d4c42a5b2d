import Basics
import Yams

/// A text of a definition with its place.
struct Word: Hashable {
  var text: String
  var place: Place
  /// Written in quotes (or as a block), so that nobody reads it as a number.
  var isQuoted: Bool

  /// In quotes, control characters written out, as messages say what was found: `"\x01"`.
  var quoted: String {
    let scalars = text.unicodeScalars.map { scalar in
      if scalar.value >= 32 && scalar.value != 127 { return String(scalar) }
      return "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
    }
    return "\"" + scalars.joined() + "\""
  }

  static func == (a: Word, b: Word) -> Bool { a.text == b.text }
  func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// A value in a YAML file under the name by which messages call it; every getter reports what does not fit and gives nil.
struct Value {
  let node: Node
  /// The key that it stands under, or what the document is.
  let name: String
  /// Relative to the pipeline's folder.
  let file: String
  let problems: ProblemCollector

  var place: Place { place(of: node) }

  func place(of node: Node) -> Place {
    guard let mark = node.mark else { return Place(file) }
    return Place(file, line: mark.line, column: mark.column)
  }

  private func inner(_ node: Node, _ name: String) -> Value {
    Value(node: node, name: name, file: file, problems: problems)
  }

  private var shape: String {
    switch node {
    case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "a text"
    case .sequence: "a list"
    case .mapping: "keys with values"
    case .alias: "an alias"
    }
  }

  private func reportShape(expected: String) {
    problems.report(
      "wrong_shape", "\(name) is of the wrong shape", at: place, found: shape, expected: expected)
  }

  // MARK: Texts

  /// A text, or nothing; neither a list nor keys.
  var isText: Bool { if case .scalar = node { true } else { false } }

  /// A text that is not empty.
  func word() -> Word? {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
      reportShape(expected: "a text")
      return nil
    }
    return Word(text: scalar.string, place: place, isQuoted: scalar.style != .plain && scalar.style != .any)
  }

  func text() -> String? { word()?.text }

  /// A name in snake case: `crm_customers`.
  func identifier() -> Word? {
    guard let word = word() else { return nil }
    guard word.text.isSnakeCase else {
      problems.report(
        "bad_name", "\(name) is not a name", at: word.place, found: "\"\(word.text)\"",
        expected: "small letters, digits and _, beginning with a letter")
      return nil
    }
    return word
  }

  func expression() -> SQLExpression? {
    guard let word = word() else { return nil }
    let text = word.text.trimmingWhitespace
    if text.isEmpty {
      reportShape(expected: "an SQL expression")
      return nil
    }
    return SQLExpression(text, at: word.place)
  }

  func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) -> Choice?
  where Choice.RawValue == String {
    choice(among: Array(Choice.allCases))
  }

  func choice<Choice: RawRepresentable>(among choices: [Choice]) -> Choice? where Choice.RawValue == String {
    guard let word = word() else { return nil }
    if let choice = choices.first(where: { $0.rawValue == word.text }) { return choice }
    problems.reportUnknown(
      word, "unknown_value", "\(name) has a value that is not known", valid: choices.map(\.rawValue))
    return nil
  }

  func boolean() -> Bool? {
    guard let word = word() else { return nil }
    if word.text == "true" || word.text == "false" { return word.text == "true" }
    problems.reportUnknown(word, "unknown_value", "\(name) has a value that is not known", valid: ["true", "false"])
    return nil
  }

  func integer(in range: ClosedRange<Int>) -> Int? {
    guard let word = word() else { return nil }
    if let number = Int(word.text), range.contains(number) { return number }
    problems.report(
      "bad_number", "\(name) is not a whole number in its range", at: word.place, found: "\"\(word.text)\"",
      expected: "\(range.lowerBound) to \(range.upperBound)")
    return nil
  }

  /// A byte of ASCII but for NUL and line ends.
  func character(orNone: Bool = false) -> UInt8? {
    guard let word = word() else { return nil }
    let bytes = Array(word.text.utf8)
    if bytes.count == 1, Self.mayStandInLines(bytes[0]) { return bytes[0] }
    problems.report(
      "bad_byte", "\(name) is not one byte", at: word.place, found: word.quoted,
      expected: orNone ? "one ASCII character, or none" : "one ASCII character")
    return nil
  }

  /// One to eight ASCII characters.
  func separator() -> String? {
    guard let word = word() else { return nil }
    let bytes = word.text.utf8
    if bytes.count <= 8, bytes.allSatisfy(Self.mayStandInLines) { return word.text }
    problems.report(
      "bad_separator", "\(name) does not separate fields", at: word.place, found: word.quoted,
      expected: "1 to 8 ASCII characters without line ends")
    return nil
  }

  private static func mayStandInLines(_ byte: UInt8) -> Bool { byte < 128 && byte != 10 && byte != 13 && byte != 0 }

  /// An exact decimal in quotes with at most `maxDecimals` decimals: the number times 10^decimals, and the decimals.
  /// - Parameter isNegative: whether the first character is a minus, which is passed over.
  func decimal(maxDecimals: Int, example: String, isNegative: Bool = false) -> (units: Int64, decimals: Int)? {
    guard let word = word() else { return nil }
    guard word.isQuoted else {
      problems.report(
        "unquoted_decimal", "\(name) is an exact decimal and must stand in quotes", at: word.place, found: word.text,
        expected: "\"\(word.text)\"")
      return nil
    }
    let number = word.text.dropFirst(isNegative ? 1 : 0)
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    let digits = parts.joined()
    let decimals = parts.count == 2 ? parts[1].count : 0
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }), digits.allSatisfy(\.isASCIIDigit),
      digits.count <= 18, decimals <= maxDecimals, let units = Int64(digits)
    else {
      problems.report(
        "bad_decimal", "\(name) is not an exact decimal with at most \(maxDecimals) decimals", at: word.place,
        found: "\"\(word.text)\"", expected: "a number like \"\(example)\"")
      return nil
    }
    return (units, decimals)
  }

  /// An amount in minor units.
  ///
  /// - Parameters:
  ///   - decimals: decimals of its currency.
  ///   - signed: whether a minus may stand in front.
  func money(decimals most: Int, signed: Bool = false) -> Int64? {
    let isNegative = signed && node.string?.first == "-"
    guard let (units, decimals) = decimal(maxDecimals: most, example: Self.amountExample(most), isNegative: isNegative)
    else {
      return nil
    }
    let scale = (decimals..<most).reduce(1 as Int64) { scale, _ in scale * 10 }
    let (amount, overflow) = units.multipliedReportingOverflow(by: scale)
    if overflow {
      problems.report("bad_number", "\(name) is too large an amount", at: place, found: node.string)
      return nil
    }
    return isNegative ? -amount : amount
  }

  private static func amountExample(_ decimals: Int) -> String {
    decimals == 0 ? "50000" : "50000." + String(repeating: "0", count: decimals)
  }

  // MARK: Lists and keys

  func items() -> [Value]? {
    guard case .sequence(let sequence) = node else {
      reportShape(expected: "a list")
      return nil
    }
    return sequence.map { inner($0, name) }
  }

  /// A list of different texts.
  func words() -> [Word]? {
    guard let words = items()?.compactMap({ $0.word() }) else { return nil }
    return distinct(words)
  }

  func identifiers() -> [Word]? {
    guard let words = items()?.compactMap({ $0.identifier() }) else { return nil }
    return distinct(words)
  }

  func choices<Choice: RawRepresentable & CaseIterable & Hashable>(_ type: Choice.Type) -> [Choice]?
  where Choice.RawValue == String {
    guard let words = words() else { return nil }
    return words.compactMap { word in
      if let choice = Choice(rawValue: word.text) { return choice }
      problems.reportUnknown(
        word, "unknown_value", "\(name) has a value that is not known", valid: Choice.allCases.map(\.rawValue))
      return nil
    }
  }

  /// Keys with values, in the order of the file.
  func pairs() -> [(key: Word, value: Value)]? {
    guard case .mapping(let mapping) = node else {
      reportShape(expected: "keys with values")
      return nil
    }
    return mapping.compactMap { key, value in
      guard let word = inner(key, "a key of \(name)").word() else { return nil }
      return (word, inner(value, word.text))
    }
  }

  private func distinct(_ words: [Word]) -> [Word] {
    var seen: Set<Word> = []
    return words.filter { word in
      if seen.insert(word).inserted { return true }
      problems.report("listed_twice", "\(name) lists \"\(word.text)\" twice", at: word.place)
      return false
    }
  }
}

extension Character {
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

extension String {
  /// Small letters, digits and `_`, beginning with a letter.
  var isSnakeCase: Bool {
    guard let first = utf8.first, (97...122).contains(first) else { return false }
    return utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
  }

  var trimmingWhitespace: String {
    guard let start = firstIndex(where: { !$0.isWhitespace }), let end = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[start...end])
  }
}
