/// The words in which files and reports speak of a matching.
extension FieldGroup {
  /// `name`, `birth`, …
  public var word: String { String(describing: self) }

  public init?(word: String) {
    guard let group = FieldGroup.allCases.first(where: { $0.word == word }) else { return nil }
    self = group
  }
}

extension Matching.KeyPart {
  /// In prefixes and suffixes: how many characters.
  public static let lengths = 1...32

  /// `exact`, `prefix 3`, `suffix 6`, …
  public var word: String {
    switch self {
    case .prefix(let length): "prefix \(length)"
    case .suffix(let length): "suffix \(length)"
    default: sort
    }
  }

  /// Without the number of characters.
  var sort: String {
    switch self {
    case .exact: "exact"
    case .prefix: "prefix"
    case .suffix: "suffix"
    case .phonetic: "phonetic"
    case .year: "year"
    case .monthAndDay: "month_and_day"
    case .yearAndMonth: "year_and_month"
    case .words: "words"
    case .givenNames: "given_names"
    case .familySounds: "family_sounds"
    case .syllables: "syllables"
    case .similar: "similar"
    case .localPart: "local_part"
    }
  }

  /// Those that hold no number.
  private static let plain: [Matching.KeyPart] = [
    .exact, .phonetic, .year, .monthAndDay, .yearAndMonth, .words, .givenNames, .familySounds, .syllables, .similar,
    .localPart,
  ]

  /// Reads what `word` writes; a number of characters must be in `lengths`.
  public init?(word: String) {
    if let part = Self.plain.first(where: { $0.word == word }) {
      self = part
      return
    }
    let words = word.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 2, let length = Int(words[1]), Self.lengths.contains(length), String(length) == words[1] else {
      return nil
    }
    switch words[0] {
    case "prefix": self = .prefix(length)
    case "suffix": self = .suffix(length)
    default: return nil
    }
  }

  /// Whether a value has several keys of this part; a blocking rule holds one such part at most.
  public var isSeveral: Bool { Matching.isSeveral(self) }
}

extension FieldKind {
  /// Of what its values can be blocked by, as examples: other numbers of characters will do as well.
  public var blockingParts: [Matching.KeyPart] { keyParts }

  /// Whether its values can be blocked by this part, whatever the number of characters.
  public func canBlock(by part: Matching.KeyPart) -> Bool { keyParts.contains { $0.sort == part.sort } }
}

extension Matching {
  /// How many comparisons a model has at most.
  public static let comparisonLimit = PatternTable.comparisonLimit
  /// How many blocking rules there are at most.
  public static let ruleLimit = PatternTable.ruleLimit

  /// How many comparisons its fields may need: one each, one for every two names that may be swapped, one more for
  /// whole names in several scripts and for e-mail addresses of namesakes.
  public var mostComparisons: Int {
    fields.count + swappable.count + fields.count { $0.kind == .wholeName || $0.kind == .email }
  }
}
