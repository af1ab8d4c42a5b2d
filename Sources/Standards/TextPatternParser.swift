/// What a text pattern says, before it becomes an automaton.
indirect enum TextPatternNode: Equatable {
  case scalar(ScalarClass)
  case sequence([TextPatternNode])
  case alternatives([TextPatternNode])
  case repeated(TextPatternNode, least: Int, most: Int?)
}

/// Reads a text pattern by recursive descent: alternatives, sequences, repetitions, atoms.
struct TextPatternParser {
  typealias Mistake = TextPattern.Mistake

  private let scalars: [UInt32]
  private var at = 0
  private var depth = 0

  init(_ text: String) { scalars = text.unicodeScalars.map(\.value) }

  mutating func parse() throws(Mistake) -> TextPatternNode {
    let node = try alternatives()
    if at < scalars.count { throw mistake("this bracket was never opened") }
    return node
  }

  private mutating func alternatives() throws(Mistake) -> TextPatternNode {
    var nodes = [try sequence()]
    while take("|") { nodes.append(try sequence()) }
    return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
  }

  private mutating func sequence() throws(Mistake) -> TextPatternNode {
    var nodes: [TextPatternNode] = []
    while at < scalars.count, !isNext("|"), !isNext(")") {
      var node = try atom()
      while let (least, most) = try repetition() {
        if case .repeated = node { throw mistake("a repetition of a repetition", before: 1) }
        node = .repeated(node, least: least, most: most)
      }
      nodes.append(node)
    }
    return .sequence(nodes)
  }

  private mutating func repetition() throws(Mistake) -> (Int, Int?)? {
    if take("?") { return (0, 1) }
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    guard take("{") else { return nil }
    let start = at
    let least = try number()
    var most: Int? = least
    if take(",") { most = isNext("}") ? nil : try number() }
    guard take("}") else { throw mistake("expected } behind the numbers of a repetition") }
    if let most, most < least || most == 0 {
      at = start
      throw mistake("the second number of a repetition must not be smaller than the first, nor 0")
    }
    return (least, most)
  }

  private mutating func number() throws(Mistake) -> Int {
    var value: Int?
    while at < scalars.count, (0x30...0x39).contains(scalars[at]) {
      value = (value ?? 0) * 10 + Int(scalars[at] - 0x30)
      if value ?? 0 > TextPattern.positionLimit {
        throw mistake("at most \(TextPattern.positionLimit) repetitions are possible")
      }
      at += 1
    }
    guard let value else { throw mistake("expected a number") }
    return value
  }

  private mutating func atom() throws(Mistake) -> TextPatternNode {
    if take("(") {
      depth += 1
      if depth > 32 { throw mistake("brackets nest too deeply") }
      let node = try alternatives()
      guard take(")") else { throw mistake("a bracket is not closed") }
      depth -= 1
      return node
    }
    if take("[") { return .scalar(try scalarClass()) }
    if take(".") { return .scalar(.any) }
    for sign: Unicode.Scalar in ["?", "*", "+", "{"] where isNext(sign) {
      throw mistake("there is nothing before the \(sign) that could be repeated")
    }
    for sign: Unicode.Scalar in ["^", "$"] where isNext(sign) {
      throw mistake("\(sign) is not needed: a pattern always describes the whole text")
    }
    if take("\\") { return .scalar(try escaped()) }
    at += 1
    return .scalar(ScalarClass(ranges: [scalars[at - 1]...scalars[at - 1]]))
  }

  private mutating func escaped() throws(Mistake) -> ScalarClass {
    guard at < scalars.count else { throw mistake("a backslash stands at the end", before: 1) }
    if take("d") { return .digit }
    let scalar = scalars[at]
    let isWordCharacter =
      (0x30...0x39).contains(scalar) || (0x41...0x5A).contains(scalar) || (0x61...0x7A).contains(scalar)
    if scalar >= 0x80 || isWordCharacter {
      throw mistake("only \\d and a backslash before a sign are known")
    }
    at += 1
    return ScalarClass(ranges: [scalar...scalar])
  }

  private mutating func scalarClass() throws(Mistake) -> ScalarClass {
    var result = ScalarClass(ranges: [], isNegated: take("^"))
    while true {
      guard at < scalars.count else { throw mistake("a class is not closed with ]") }
      if take("]") { break }
      let item = try classItem()
      guard isNext("-"), at + 1 < scalars.count, scalars[at + 1] != 0x5D, item.ranges.count == 1 else {
        result.ranges += item.ranges
        continue
      }
      at += 1
      let upper = try classItem()
      guard let low = item.ranges.first?.lowerBound, let high = upper.ranges.first?.upperBound, low <= high else {
        throw mistake("a range of a class runs backwards", before: 1)
      }
      result.ranges.append(low...high)
    }
    if result.ranges.isEmpty { throw mistake("a class is empty", before: 1) }
    return result
  }

  private mutating func classItem() throws(Mistake) -> ScalarClass {
    if take("\\") { return try escaped() }
    at += 1
    return ScalarClass(ranges: [scalars[at - 1]...scalars[at - 1]])
  }

  private func isNext(_ sign: Unicode.Scalar) -> Bool { at < scalars.count && scalars[at] == sign.value }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    if !isNext(sign) { return false }
    at += 1
    return true
  }

  private func mistake(_ message: String, before: Int = 0) -> Mistake {
    Mistake(message: message, character: min(at, scalars.count) - before + 1)
  }
}
