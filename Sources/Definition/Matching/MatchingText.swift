import Basics
import Linkage

/// Why a matching was chosen, for the comments of `matching.yaml`.
public struct MatchingComments: Sendable {
  /// By column: what it was taken for and why, one sentence.
  public var columns: [String: String] = [:]
  /// Columns that are no evidence, with the reason, in the order of the file.
  public var unused: [(column: String, reason: String)] = []
  /// By blocking rule: estimated pairs, and the share of all matches that it adds to those of the rules before.
  public var rules: [(pairs: Int, added: Double)] = []

  public init() {}

  /// Of what was recognised and chosen.
  public init(_ table: RecognisedTable, _ matching: Matching, _ choice: BlockingChooser.Choice) {
    let used = Set(matching.fields.flatMap(\.columns))
    for column in table.columns {
      if used.contains(column.name) {
        columns[column.name] = "\(column.kind.title): \(column.reason)"
      } else {
        unused.append((column.name, "\(column.kind.title): \(column.reason)"))
      }
    }
    if choice.pairs.count == matching.blocking.count, choice.added.count == choice.pairs.count {
      rules = zip(choice.pairs, choice.added).map { ($0, $1) }
    }
  }
}

/// Writes `matching.yaml`, for people to read and edit.
///
/// The same matching and comments give the same bytes; read back by `MatchingReader` it is the same matching.
public enum MatchingText {
  public static func yaml(_ matching: Matching, comments: MatchingComments = MatchingComments()) -> String {
    yaml(MatchingDefinition(matching: matching), comments: comments)
  }

  public static func yaml(_ definition: MatchingDefinition, comments: MatchingComments = MatchingComments()) -> String {
    let matching = definition.matching
    let parts = [
      head, fields(matching, comments), swappable(matching), blocking(matching, comments), settings(definition),
    ]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  // MARK: Parts

  private static let head = [
    "# How guiyi link matches these records: which columns are compared as what, and which pairs of records at all.",
    "# All of it was chosen from the data. Change what you know better and give the file back:",
    "#   guiyi link FILE… --config matching.yaml --out DIR",
    "# Unchanged it gives the same results, to the byte. What follows a # is for people and is not read.",
  ]

  private static func fields(_ matching: Matching, _ comments: MatchingComments) -> [String] {
    var lines = [
      "# Fields of evidence. A field is made of one column or of several, which are joined; a date also of year, month and",
      "# day, a place of latitude and longitude. Fields of the groups name and address may change all at once (marriage,",
      "# moving house). shared: people of one household usually have the same.",
    ]
    lines += wrapped("kinds: " + FieldKind.allCases.map(\.rawValue).joined(separator: ", "))
    lines += wrapped("groups: " + FieldGroup.allCases.map(\.word).joined(separator: ", "))
    lines.append(matching.fields.isEmpty ? "fields: []" : "fields:")
    for field in matching.fields {
      lines += [
        "  - id: \(scalar(field.id))", "    kind: \(field.kind.rawValue)", "    group: \(field.group.word)",
        "    shared: \(field.isShared)", field.columns.isEmpty ? "    columns: []" : "    columns:",
      ]
      lines += field.columns.map { "      - " + scalar($0) + trailing(comments.columns[$0]) }
    }
    if comments.unused.isEmpty { return lines }
    return lines + ["", "# Columns that are not compared:"]
      + comments.unused.map { "#   \(plain($0.column)): \(plain($0.reason))" }
  }

  private static func swappable(_ matching: Matching) -> [String] {
    if matching.swappable.isEmpty { return [] }
    return ["# Given and family names that may stand in one another's place.", "swappable:"]
      + matching.swappable.map { "  - [\(scalar($0.given)), \(scalar($0.family))]" }
  }

  private static func blocking(_ matching: Matching, _ comments: MatchingComments) -> [String] {
    if matching.blocking.isEmpty { return ["# Every pair of records is compared.", "blocking: []", largest(matching)] }
    var lines = [
      "# Blocking: records that agree in all parts that one of these rules names are compared, others are not."
    ]
    for kind in FieldKind.allCases where matching.fields.contains(where: { $0.kind == kind }) {
      lines.append("#   \(kind.rawValue): \(kind.blockingParts.map(\.word).joined(separator: ", "))")
    }
    lines.append(
      "# Behind each rule: about how many pairs it makes, and which share of all matches no rule above it finds.")
    lines.append("blocking:")
    let rules = matching.blocking.map { "  - " + rule($0) }
    let width = rules.map(\.count).max() ?? 0
    for (index, rule) in rules.enumerated() {
      guard comments.rules.count == rules.count else {
        lines.append(rule)
        continue
      }
      let (pairs, added) = comments.rules[index]
      let padding = String(repeating: " ", count: width - rule.count)
      let gain = added < 0.0005 ? "a second way to matches found above" : "\(percent(added)) % of the matches"
      lines.append("\(rule)\(padding)  # \(grouped(pairs)) pairs, \(gain)")
    }
    return lines + [largest(matching)]
  }

  private static func largest(_ matching: Matching) -> String {
    "largest_block: \(matching.largestBlock)  # records that agree in one key; in a larger block each is compared with the "
      + "next \(grouped(matching.largestBlock / 2)) only"
  }

  private static func rule(_ rule: Matching.BlockingRule) -> String {
    var ids: [String] = []
    var parts: [String: [String]] = [:]
    for atom in rule.atoms {
      if parts[atom.field] == nil { ids.append(atom.field) }
      parts[atom.field, default: []].append(atom.part.word)
    }
    let members = ids.map { id in
      let words = parts[id] ?? []
      return "\(scalar(id)): " + (words.count == 1 ? words[0] : "[\(words.joined(separator: ", "))]")
    }
    return "{\(members.joined(separator: ", "))}"
  }

  private static func settings(_ definition: MatchingDefinition) -> [String] {
    var lines = ["# What the engine finds out by itself unless it is told here."]
    if let threshold = definition.threshold {
      lines.append("threshold: \(threshold)  # bits: average weight from which on records are joined")
    } else {
      lines.append("# threshold: 0.5  # bits: average weight from which on records are joined")
    }
    switch definition.withoutDuplicates {
    case .automatic: lines.append("sources_without_duplicates: auto  # or a list of sources that hold everybody once")
    case .sources(let names):
      lines.append("sources_without_duplicates: [\(names.map(scalar).joined(separator: ", "))]")
    }
    return lines
  }

  // MARK: Comments

  private static func trailing(_ comment: String?) -> String { comment.map { "  # " + plain($0) } ?? "" }

  /// On one line, without what YAML does not allow in comments.
  private static func plain(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars { result.unicodeScalars.append(isPrintable(scalar) ? scalar : " ") }
    return result.trimmingWhitespace
  }

  /// Comment lines of at most 118 characters, later ones indented.
  private static func wrapped(_ text: String) -> [String] {
    var lines: [String] = []
    var line = "#"
    for word in text.split(separator: " ") {
      if line.count + 1 + word.count > 118 {
        lines.append(line)
        line = "#  "
      }
      line += " " + word
    }
    return lines + [line]
  }

  /// `1234567` as `1,234,567`.
  private static func grouped(_ number: Int) -> String {
    var text = ""
    for (index, digit) in String(number).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  /// With one decimal.
  private static func percent(_ share: Double) -> String {
    let tenths = Int((min(max(share, 0), 1) * 1_000).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  // MARK: Scalars

  /// A YAML scalar, in quotes where any reader could take it for something else.
  static func scalar(_ text: String) -> String {
    if isPlain(text) { return text }
    // A JSON string is a YAML scalar, but for what YAML does not allow as it is.
    return JSON.quoted(text).unicodeScalars.reduce(into: "") { result, scalar in
      if isPrintable(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        let hex = String(scalar.value, radix: 16)
        let width = scalar.value > 0xFFFF ? 8 : 4
        result += (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - hex.count) + hex
      }
    }
  }

  /// Words that YAML 1.1 or 1.2 reads as something else than a text.
  private static let reserved: Set<String> = [
    "true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf",
  ]

  /// Letters first; then letters, digits, `_`, `-`, `.` and single blanks between them.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.properties.isAlphabetic || first == "_",
      text.unicodeScalars.last != " ", !reserved.contains(text.lowercased())
    else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      scalar.properties.isAlphabetic && isPrintable(scalar) || ("0"..."9").contains(scalar) || scalar == "_"
        || scalar == "-"
        || scalar == "." || scalar == " "
    }
  }

  /// What may stand in a YAML file as it is, line ends and tabs aside (YAML 1.1, section 4.1).
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: true
    case 0x1_0000...0x10_FFFF: scalar.value & 0xFFFE != 0xFFFE
    default: false
    }
  }
}
