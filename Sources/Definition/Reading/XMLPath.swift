import Basics

/// The form of a path in an XML extract: elements from the root, or a field relative to its record.
///
/// Steps are joined with `/`: `name` or `prefix:name`, behind it perhaps which of several (`[2]`, `[*]` for all,
/// `[@type='home']`), at last perhaps an attribute `@name`; `..` in front climbs out of the record. Whether the elements
/// exist is not known here.
struct XMLPath {
  enum Step: Equatable {
    case parent
    case element(prefix: Substring?, isChosen: Bool)
    case attribute(prefix: Substring?)
  }

  let steps: [Step]

  /// Nil where the text is no path; `.` has no steps.
  init?(_ text: String) {
    if text == "." {
      steps = []
      return
    }
    var steps: [Step] = []
    for part in Self.parts(of: text) {
      guard let step = Self.step(part) else { return nil }
      if case .attribute = steps.last { return nil }
      if step == .parent, steps.contains(where: { $0 != .parent }) { return nil }
      steps.append(step)
    }
    self.steps = steps
  }

  /// Split at `/` outside of brackets.
  private static func parts(of text: String) -> [Substring] {
    var parts: [Substring] = []
    var start = text.startIndex
    var isInBrackets = false
    for index in text.indices {
      if text[index] == "[" { isInBrackets = true }
      if text[index] == "]" { isInBrackets = false }
      if text[index] != "/" || isInBrackets { continue }
      parts.append(text[start..<index])
      start = text.index(after: index)
    }
    return parts + [text[start...]]
  }

  private static func step(_ part: Substring) -> Step? {
    if part == ".." { return .parent }
    if part.hasPrefix("@") {
      guard let name = qualified(part.dropFirst()) else { return nil }
      return .attribute(prefix: name.prefix)
    }
    let bracket = part.firstIndex(of: "[") ?? part.endIndex
    guard let name = qualified(part[..<bracket]), bracket == part.endIndex || isChoice(part[bracket...]) else {
      return nil
    }
    return .element(prefix: name.prefix, isChosen: bracket != part.endIndex)
  }

  /// `[2]`, `[*]`, `[@type='home']`.
  private static func isChoice(_ text: Substring) -> Bool {
    guard text.last == "]" else { return false }
    let inside = text.dropFirst().dropLast()
    if inside == "*" { return true }
    if let number = Int(inside), inside.first != "+" { return (1...9_999).contains(number) }
    guard inside.hasPrefix("@"), let equals = inside.firstIndex(of: "=") else { return false }
    let value = inside[inside.index(after: equals)...]
    return qualified(inside[..<equals].dropFirst()) != nil && value.count >= 2 && value.first == "'"
      && value.last == "'" && !value.dropFirst().dropLast().contains { "']".contains($0) }
  }

  private static func qualified(_ text: Substring) -> (prefix: Substring?, name: Substring)? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy(isName) else { return nil }
    return (parts.count == 2 ? parts[0] : nil, parts[parts.count - 1])
  }

  static func isName(_ name: Substring) -> Bool {
    guard let first = name.first, first.isLetter || first == "_" else { return false }
    return name.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
  }

  // MARK: What it may be used for

  /// A path from the root to an element that is a record.
  var isOfElements: Bool {
    !steps.isEmpty
      && steps.allSatisfy { step in
        if case .element(_, isChosen: false) = step { true } else { false }
      }
  }

  /// A path from a record to a field: `..` leads only to attributes of elements around it, not above the root.
  ///
  /// - Parameter depth: of the record, the root being 1.
  func isOfField(inDepth depth: Int) -> Bool {
    let climbed = steps.prefix { $0 == .parent }.count
    if climbed == 0 { return true }
    guard climbed < depth, steps.count == climbed + 1, case .attribute = steps.last else { return false }
    return true
  }

  func checkPrefixes(of word: Word, declared: [String], _ problems: ProblemCollector) {
    for step in steps {
      switch step {
      case .element(let prefix?, _), .attribute(let prefix?):
        if declared.contains(String(prefix)) { continue }
        problems.reportUnknown(
          Word(text: String(prefix), place: word.place, isQuoted: false), "unknown_namespace",
          "no prefix of `namespaces` is called so", valid: declared)
      default: continue
      }
    }
  }
}
