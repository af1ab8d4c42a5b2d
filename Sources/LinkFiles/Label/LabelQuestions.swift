import Basics
import Linkage

/// The pairs to ask a person about.
public struct LabelQuestions: Sendable {
  public let outcome: LinkOutcome
  /// Those that a file holds without an answer come first, in its order; then those whose answers would teach most.
  public let pairs: [RecordPair]

  /// - Parameters:
  ///   - file: what was asked already; answered pairs are not asked again.
  ///   - count: at most so many.
  public init(_ outcome: LinkOutcome, _ file: LabelFile, count: Int) {
    self.outcome = outcome
    let open = file.open.prefix(count)
    let chosen = LabelChooser.choose(
      outcome.candidates, outcome.result.pairs, outcome.result.probabilities, count: count - open.count,
      known: file.pairs)
    pairs = open + chosen.map { RecordPair($0.left, $0.right) }
  }

  /// A question as lines: a column each, both values, and how they agree where they are compared.
  ///
  /// What the model thinks of the pair is not said: it would be answered back.
  /// - Parameters:
  ///   - number: of the pair, from 0.
  ///   - showsValues: Otherwise values are shown by their shape.
  public func text(_ number: Int, showsValues: Bool) -> String {
    let pair = pairs[number]
    let records = outcome.run.input.records
    let (a, b) = (Int(pair.left), Int(pair.right))
    let explanation = outcome.run.linker.explain(a, b, outcome.trained.model)
    var rows = [["column", "A", "B", "agreement"]]
    for column in records.columns {
      let values = [column.text(a), column.text(b)]
      if values == [nil, nil] { continue }
      rows.append(
        [column.name] + values.map { Self.shown($0, showsValues) } + [agreement(column.name, explanation)])
    }
    let names = [a, b].map { ExplanationText.name(of: $0, in: records) }
    let head = "\(number + 1) of \(pairs.count): A is \(names[0]), B is \(names[1])."
    return ([head] + TableLines.lines(rows).map { "  " + $0 }).joined(separator: "\n") + "\n"
  }

  private static let valueWidth = 36

  private static func shown(_ value: String?, _ showsValues: Bool) -> String {
    value.map { TableLines.shortened(showsValues ? $0 : Masking.shape($0), valueWidth) } ?? ""
  }

  /// Of the field that the column is the first one of.
  private func agreement(_ column: String, _ explanation: Explanation) -> String {
    guard let field = outcome.run.matching.fields.first(where: { $0.columns.first == column }) else { return "" }
    let parts = explanation.parts.filter { $0.id == field.id || $0.id == "\(field.id)_across_scripts" }
    guard let part = parts.first(where: \.isCompared) else { return "" }
    return part.isSwapped ? "\(part.meaning); swapped" : part.meaning
  }
}

/// What a person says to a question.
public enum LabelAnswer: Sendable, Equatable {
  case yes, no
  /// Asked again another time.
  case open
  case quit

  /// Any case, with blanks around it; nil where it is none of `y`, `yes`, `n`, `no`, `?`, `q`, `quit`.
  public init?(_ text: String) {
    switch text.filter({ !$0.isWhitespace }).lowercased() {
    case "y", "yes": self = .yes
    case "n", "no": self = .no
    case "?": self = .open
    case "q", "quit": self = .quit
    default: return nil
    }
  }
}
