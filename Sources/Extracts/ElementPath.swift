/// A path of an `ElementFormat`, whose grammar is given there, in its parts.
struct ElementPath {
  struct Name: Equatable {
    var prefix: String?
    var local: String
  }

  /// Which of the elements of one name in one parent a step takes.
  enum Choice: Equatable {
    case single
    case number(Int32)
    case all
    case attribute(Name, value: String)
  }

  struct Step: Equatable {
    var name: Name
    var choice = Choice.single
  }

  /// How often it climbs before anything else.
  private(set) var climbs = 0
  private(set) var steps: [Step] = []
  private(set) var attribute: Name?

  /// Nil where the text is no path.
  init?(_ text: String) {
    if text == "." { return }
    var parts = Self.parts(of: text)
    while parts.first == ".." {
      climbs += 1
      parts.removeFirst()
    }
    if let last = parts.last, last.hasPrefix("@") {
      guard let name = Self.name(last.dropFirst()) else { return nil }
      attribute = name
      parts.removeLast()
    }
    for part in parts {
      guard let step = Self.step(part) else { return nil }
      steps.append(step)
    }
    if steps.isEmpty && attribute == nil { return nil }
  }

  /// Split at the slashes outside of brackets.
  private static func parts(of text: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = text[...]
    while true {
      var isInside = false
      let end = rest.firstIndex { character in
        if character == "[" { isInside = true }
        if character == "]" { isInside = false }
        return character == "/" && !isInside
      }
      guard let end else { return parts + [rest] }
      parts.append(rest[..<end])
      rest = rest[rest.index(after: end)...]
    }
  }

  private static func step(_ part: Substring) -> Step? {
    let bracket = part.firstIndex(of: "[") ?? part.endIndex
    guard let name = name(part[..<bracket]) else { return nil }
    if bracket == part.endIndex { return Step(name: name) }
    guard let choice = choice(part[bracket...]) else { return nil }
    return Step(name: name, choice: choice)
  }

  private static func choice(_ text: Substring) -> Choice? {
    guard text.last == "]" else { return nil }
    let inside = text.dropFirst().dropLast()
    if inside == "*" { return .all }
    if inside.first != "+", let number = Int32(inside) { return (1...9_999).contains(number) ? .number(number) : nil }
    guard inside.hasPrefix("@"), let equals = inside.firstIndex(of: "="),
      let attribute = name(inside[..<equals].dropFirst())
    else { return nil }
    let quoted = inside[inside.index(after: equals)...]
    let value = quoted.dropFirst().dropLast()
    guard quoted.utf8.count >= 2, quoted.first == "'", quoted.last == "'", !value.contains(where: { "']".contains($0) })
    else { return nil }
    return .attribute(attribute, value: String(value))
  }

  private static func name(_ text: Substring) -> Name? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ isName($0) }) else { return nil }
    return Name(prefix: parts.count == 2 ? String(parts[0]) : nil, local: String(parts[parts.count - 1]))
  }

  private static func isName(_ name: Substring) -> Bool {
    guard let first = name.first, first.isLetter || first == "_" else { return false }
    return name.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
  }
}
